#!/usr/bin/env python3
"""Five questions answered from rollups, by reading every row, and by DuckDB over the same rows.

    Benchmarks/rollups.py --program .build/release/wenshu [--orders 524000] [--rounds 5] [--folder DIR [--loaded]] [--json]

Makes the sample data (1.9 lines an order), loads it with and without rollups, copies the tables to DuckDB, and asks in turn. A figure of
ours is the first answer of a question in a process that has answered other questions before: none comes from the cache of results, all
with the program and the file warm. A figure of DuckDB is its best of three in one process. Medians of the rounds are printed, with the
cost of making the rollups against loading, the peak memory of both loads, and the size against the file. Answers are compared: a figure
that DuckDB does not have ends the run. DuckDB is left out, and said to be missing, where its Python package is not installed.
"""
import argparse, json, os, shutil, statistics, subprocess, sys, tempfile, time
from decimal import Decimal

TODAY = "2026-11-01"
PAID = "o.status = 'paid'"
LINES = "order_lines l JOIN orders o USING (order_id)"
REFUNDS = "refunds f JOIN orders o USING (order_id)"
STORES = "JOIN stores s USING (store_id) JOIN regions r USING (region_id)"


def net(key, more, time):
    """Paid sales less refunds by a key, each from its own table."""
    lines, refunds = time("o.ordered_at"), time("f.refunded_on")
    return f"""
      WITH a AS (SELECT {key('o.ordered_at')} AS k, sum(l.amount) AS v FROM {LINES} {STORES} WHERE {PAID} AND {lines} {more} GROUP BY ALL),
           b AS (SELECT {key('f.refunded_on')} AS k, sum(f.amount) AS v FROM {REFUNDS} {STORES} WHERE {refunds} {more} GROUP BY ALL)
      SELECT coalesce(a.k, b.k) AS k, coalesce(a.v, 0) - coalesce(b.v, 0) AS v FROM a FULL JOIN b ON a.k = b.k"""


def between(first, past):
    return lambda column: f"{column} >= DATE '{first}' AND {column} < DATE '{past}'"


def rate(first, past):
    return f"""
      SELECT a.k, b.v / a.v FROM
        (SELECT channel AS k, count(*) AS v FROM orders o JOIN channels USING (channel_id)
          WHERE {PAID} AND {between(first, past)('o.ordered_at')} GROUP BY ALL) a
        JOIN (SELECT channel AS k, count(DISTINCT f.order_id) AS v FROM {REFUNDS} JOIN channels USING (channel_id)
          WHERE {between(first, past)('f.refunded_on')} GROUP BY ALL) b ON a.k = b.k"""


QUESTIONS = {
    "a": ("revenue of one region last month", "measure net_sales | where region = 华东 | during month(-1)",
          net(lambda t: "r.region", "AND r.region = '华东'", between("2026-10-01", "2026-11-01")), lambda row: [row["net_sales"]]),
    "b": ("revenue by region by month over a year", "measure net_sales | by region, month | during year(-1)",
          net(lambda t: f"r.region || strftime({t}, '%Y-%m')", "", between("2025-01-01", "2026-01-01")), lambda row: [row["net_sales"]]),
    "c": ("refund rate by channel with YoY", "measure refund_rate | by channel | during month(-1) | compare yoy",
          f"SELECT x.k, x.v, y.v FROM ({rate('2026-10-01', '2026-11-01').replace('b.v / a.v', 'b.v / a.v AS v')}) x "
          f"JOIN ({rate('2025-10-01', '2025-11-01').replace('b.v / a.v', 'b.v / a.v AS v')}) y ON x.k = y.k",
          lambda row: [row["refund_rate"], row["refund_rate_base"]]),
    "d": ("distinct buyers by month over a year", "measure paying_buyers | by month | during year(-1)",
          f"SELECT strftime(o.ordered_at, '%Y-%m') AS k, count(DISTINCT o.buyer_id) FROM orders o WHERE {PAID} AND "
          + between("2025-01-01", "2026-01-01")("o.ordered_at") + " GROUP BY ALL", lambda row: [row["paying_buyers"]]),
    "e": ("top 10 stores by revenue in a quarter", "measure net_sales | by store | during quarter(-1) | top 10",
          "SELECT * FROM (" + net(lambda t: "s.store", "", between("2026-07-01", "2026-10-01")) + ") ORDER BY v DESC LIMIT 10",
          lambda row: [row["net_sales"]]),
}


def run(*command, **more):
    environment = dict(os.environ, **more.pop("environment", {}))
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **more)
    if done.returncode not in (0,):
        sys.exit(f"{' '.join(command)}\n{done.stderr.decode()}")
    return done.stdout.decode()


# Asked before the five: other measures, keys and times, so that no answer and no statement of theirs is there yet.
WARMING = ["measure orders | by province | during month(-2)", "measure refund_amount | during month(-3)", "measure average_order_value | by month | during quarter(-2)"]


class Wenshu:
    def __init__(self, program, home, folder):
        self.program, self.home, self.folder = program, home, folder

    def load(self, data):
        """Seconds and the peak of resident memory in MB."""
        start = time.time()
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen([self.program, "load", data, "--dataset", self.folder], stdout=said, stderr=said,
                                       env=dict(os.environ, WENSHU_HOME=self.home))
            _, status, usage = os.wait4(process.pid, 0)
            if status != 0:
                said.seek(0)
                sys.exit(f"load of {data}\n{said.read().decode()}")
        return time.time() - start, usage.ru_maxrss / 1024

    def ask(self):
        """The first answer of each question, in one process warmed by other questions."""
        lines = [json.dumps({"id": "warm", "query": query, "today": TODAY}) for query in WARMING]
        lines += [json.dumps({"id": key, "query": question[1], "today": TODAY}) for key, question in QUESTIONS.items()]
        out = run(self.program, "batch", "-", "--format", "jsonl", "--jobs", "1", "--input", "jsonl", "--dataset", self.folder, "--private",
                  input="\n".join(lines).encode(), environment={"WENSHU_HOME": self.home})
        answers = {}
        for line in out.splitlines():
            answer = json.loads(line)
            if answer["status"] != "answered":
                sys.exit(f"{answer['id']}: {answer}")
            if answer["id"] != "warm":
                answers[answer["id"]] = answer
        return answers


def figures(answer, pick):
    names = [column["name"] for column in answer["columns"]]
    return sorted(tuple(round(float(value), 6) for value in pick(dict(zip(names, row)))) for row in answer["rows"])


def duck(data, folder):
    try:
        import duckdb
    except ImportError:
        return None, None
    connection = duckdb.connect(folder + "/rows.duckdb")
    for name in ["orders", "order_lines", "refunds", "stores", "regions", "channels"]:
        types = {"order_lines": "'amount': 'DECIMAL(18,2)', 'cost': 'DECIMAL(18,2)', 'unit_price': 'DECIMAL(18,2)'",
                 "refunds": "'amount': 'DECIMAL(18,2)'", "orders": "'amount': 'DECIMAL(18,2)'"}.get(name, "")
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{data}/{name}.csv'" + (f", types={{{types}}}" if types else "") + ")")
    return connection, duckdb.__version__


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    options.add_argument("--program", "--binary", required=True)
    options.add_argument("--home", default=os.path.dirname(here))
    options.add_argument("--orders", type=int, default=524_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--folder", help="kept, with its data, instead of a temporary one")
    options.add_argument("--loaded", action="store_true", help="with --folder: ask what an earlier run has loaded")
    options.add_argument("--json", action="store_true")
    options = options.parse_args()
    folder = options.folder or tempfile.mkdtemp()
    try:
        report = measure(options, folder)
    finally:
        if not options.folder:
            shutil.rmtree(folder)
    print(json.dumps(report, ensure_ascii=False) if options.json else text(report))


def measure(options, folder):
    data = folder + "/data"
    if not os.path.exists(data + "/orders.csv"):
        run(options.program, "sample", "retail", "--orders", str(options.orders), "--out", data, environment={"WENSHU_HOME": options.home})
    loads, wenshu, peaks = {}, {}, {}
    for name, setting in [("scan", "rollups: off\n"), ("rollups", "")]:
        own = f"{folder}/{name}"
        wenshu[name] = Wenshu(options.program, options.home, own)
        if options.loaded:
            continue
        shutil.rmtree(own, ignore_errors=True)
        os.makedirs(own)
        for file in ["dataset.yaml", "tables.yaml", "dimensions.yaml", "metrics.yaml"]:
            shutil.copy(f"{options.home}/datasets/retail/{file}", own)
        with open(own + "/dataset.yaml", "a") as file:
            file.write("warehouse: {file: warehouse.sqlite}\n" + setting)
        loads[name], peaks[name] = wenshu[name].load(data)
    facts = json.loads(run(options.program, "rollups", "--dataset", folder + "/rollups", "--format", "json", environment={"WENSHU_HOME": options.home}))
    tables = [table for table in facts["tables"] if table["rollups"]]
    if os.path.exists(folder + "/rows.duckdb"):
        os.remove(folder + "/rows.duckdb")
    connection, version = duck(data, folder)
    seconds = {key: {"rollups": [], "scan": [], "duckdb": []} for key in QUESTIONS}
    for turn in range(options.rounds):
        for name in ["rollups", "scan"]:
            answers = wenshu[name].ask()
            for key, answer in answers.items():
                seconds[key][name].append(answer["seconds"])
                if turn == 0 and connection:
                    found = figures(answer, QUESTIONS[key][3])
                    wanted = sorted(tuple(round(float(v), 6) for v in row[1:]) for row in connection.execute(QUESTIONS[key][2]).fetchall())
                    if found != wanted:
                        sys.exit(f"{key}, {name}: {found}\nDuckDB: {wanted}")
        if connection:
            for key, question in QUESTIONS.items():
                times = []
                for _ in range(3):
                    start = time.perf_counter()
                    connection.execute(question[2]).fetchall()
                    times.append(time.perf_counter() - start)
                seconds[key]["duckdb"].append(min(times))
    size = {name: os.path.getsize(f"{folder}/{name}/warehouse.sqlite") for name in wenshu}
    medians = {key: {name: statistics.median(values) if values else None for name, values in own.items()} for key, own in seconds.items()}
    lines = sum(1 for _ in open(data + "/order_lines.csv", "rb")) - 1
    return {"lines": lines, "duckdb": version, "load_seconds": loads, "load_peak_mb": peaks, "making_seconds": sum(t["seconds"] for t in tables), "bytes": size,
            "rollups": sum(len(t["rollups"]) for t in tables), "questions": medians, "cores": os.cpu_count(), "load": os.getloadavg()[0]}


def text(report):
    lines = [f"{report['lines']:,} order lines, {report['cores']} cores, load {report['load']:.1f}, DuckDB {report['duckdb'] or 'missing'}",
             f"{'':45} {'rollups':>10} {'scan':>10} {'DuckDB':>10}  scan/rollups DuckDB/rollups"]
    for key, own in report["questions"].items():
        kept, scan, duckdb = own["rollups"], own["scan"], own["duckdb"]
        cells = [f"{value * 1000:8.2f}ms" if value is not None else "   missing" for value in (kept, scan, duckdb)]
        lines.append(f"({key}) {QUESTIONS[key][0]:41} {' '.join(cells)}  {scan / kept:11.1f}× " + (f"{duckdb / kept:13.1f}×" if duckdb else ""))
    if report["load_seconds"]:
        a, b = report["load_seconds"]["scan"], report["load_seconds"]["rollups"]
        lines.append(f"load {a:.1f} s without, {b:.1f} s with {report['rollups']} rollups: making them takes {(b - a) / a:.2f} × loading ({report['making_seconds']:.1f} s)")
        lines.append(f"peak memory {report['load_peak_mb']['scan']:.0f} MB without, {report['load_peak_mb']['rollups']:.0f} MB with")
    sizes = report["bytes"]
    lines.append(f"file {sizes['scan'] / 2**20:.0f} MB without, {sizes['rollups'] / 2**20:.0f} MB with: {(sizes['rollups'] - sizes['scan']) / sizes['scan']:.0%} more")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
