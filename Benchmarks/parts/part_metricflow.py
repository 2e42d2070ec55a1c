"""The same metric requests through dbt MetricFlow on DuckDB."""
import json
import os
import shutil
import subprocess

from parts.machine import HERE
from parts.measuring import Missing, environment, interleaved, note, ratio, table, wall
from parts.part_answers import DuckDB, asked

OCTOBER = {"start": "2026-10-01", "end": "2026-10-31"}
QUARTER = {"start": "2026-07-01", "end": "2026-09-30"}
YEAR = {"start": "2025-11-01", "end": "2026-10-31"}
REQUESTS = [
    ("上月支付金额", {"metrics": ["paid_sales"], **OCTOBER}),
    ("上月各大区支付金额", {"metrics": ["paid_sales"], "by": ["store__region"], **OCTOBER}),
    ("上月各品类成交总额", {"metrics": ["gmv"], "by": ["product__category"], **OCTOBER}),
    ("上月各渠道订单数", {"metrics": ["orders"], "by": ["channel__channel_name"], **OCTOBER}),
    ("近12个月每月支付金额", {"metrics": ["paid_sales"], "by": ["metric_time__month"], **YEAR}),
    ("近12个月每月支付买家数", {"metrics": ["paying_buyers"], "by": ["metric_time__month"], **YEAR}),
    ("上季度支付金额前20的商品", {"metrics": ["paid_sales"], "by": ["product__product_name"], "order": ["-paid_sales"], "limit": 20, **QUARTER}),
    ("上月各渠道退款率", {"metrics": ["refund_rate"], "by": ["channel__channel_name"], **OCTOBER}),
]


class MetricFlow:
    """A dbt project over a copy of the DuckDB file, built, and a process that keeps it open."""

    def __init__(self, bench, folder):
        self.python = bench.python("metricflow")
        self.bin = os.path.dirname(self.python)
        DuckDB(bench, folder).close()  # fills the file if it is not there
        self.folder = f"{folder}/metricflow"
        shutil.copytree(HERE + "/metricflow", self.folder, dirs_exist_ok=True)
        shutil.copy(folder + "/duckdb", self.folder + "/retail.duckdb")
        self.environment = environment(RETAIL_DUCKDB=self.folder + "/retail.duckdb", DBT_SEND_ANONYMOUS_USAGE_STATS="false",
                                       DBT_PROJECT_DIR=self.folder, DBT_PROFILES_DIR=self.folder, PATH=self.bin + ":" + os.environ["PATH"])
        done = subprocess.run([self.bin + "/dbt", "build", "--quiet"], cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise Missing("missing: dbt build failed: " + (done.stdout + done.stderr).strip()[-300:])
        self.process = None

    def open(self):
        """Starts the process; the seconds until it takes requests."""
        self.process = subprocess.Popen([self.python, HERE + "/parts/metricflow_server.py"], cwd=self.folder, env=self.environment, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        said = self.process.stdout.readline()
        if not said:
            raise Missing("missing: MetricFlow did not start")
        return json.loads(said)["seconds"]

    def ask(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        if "error" in said:
            raise Missing(said["error"][:60])
        return said

    def cold(self, request):
        """Wall seconds of `mf query`. The file is one process's at a time: the open one is closed before."""
        command = [self.bin + "/mf", "query", "--metrics", ",".join(request["metrics"]), "--start-time", request["start"], "--end-time", request["end"]]
        if "by" in request:
            command += ["--group-by", ",".join(request["by"])]
        if "order" in request:
            command += ["--order", ",".join(request["order"]), "--limit", str(request["limit"])]
        here = os.getcwd()
        os.chdir(self.folder)
        try:
            seconds, status = wall(command, env=self.environment)
        finally:
            os.chdir(here)
        if status != 0:
            raise Missing(f"mf query exited with {status}")
        return seconds

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def numbers(rows):
    return sorted(f"{row[-1]:.7g}" for row in rows if isinstance(row[-1], (int, float)))


def run(bench):
    folder = bench.retail()
    try:
        flow = MetricFlow(bench, folder)
    except Missing as reason:
        return note(f"MetricFlow: {reason}")
    texts = [text for text, _ in REQUESTS]
    colds = {}
    for text, request in REQUESTS[:2]:
        colds[text] = interleaved(bench.rounds, [
            ("wenshu", lambda: wall(bench.wenshu(text, dataset=folder), env=bench.environment)[0]), ("mf", lambda: flow.cold(request))])
    start = flow.open()
    answers = dict(zip(texts, asked(bench, folder, texts)))
    rows, factors = [], []
    for text, request in REQUESTS:
        seconds = interleaved(bench.rounds, [
            ("wenshu", lambda: asked(bench, folder, [text])[0]["seconds"] * 1000), ("mf", lambda: flow.ask(request)["seconds"] * 1000)])
        differs = ""
        if not isinstance(seconds["mf"], str):
            factors.append(seconds["mf"] / seconds["wenshu"])
            differs = " " if numbers(answers[text]["rows"]) == numbers(flow.ask(request)["rows"]) else "differs"
        cold = colds.get(text, {"wenshu": None, "mf": None})
        rows.append([text, seconds["wenshu"], seconds["mf"], ratio(seconds["mf"], seconds["wenshu"]),
                     cold["wenshu"] and cold["wenshu"] * 1000, cold["mf"] * 1000 if isinstance(cold["mf"], float) else cold["mf"],
                     ratio(cold["mf"], cold["wenshu"]), differs])
        bench.keep(f"metricflow.{text}.ms", seconds["wenshu"])
    flow.close()
    table(f"MetricFlow on DuckDB, {bench.orders:,} orders, in ms: in process (wenshu's first of a process, from words), and whole processes",
          ["", "wenshu", "MetricFlow", "÷ wenshu", "wenshu, once", "mf query", "÷ wenshu", ""], rows)
    note(f"MetricFlow takes {start:.1f} s until it takes requests")
    if factors:
        factors.sort()
        note(f"in process, MetricFlow ÷ wenshu: median {factors[len(factors) // 2]:.2f}, least {factors[0]:.2f}")
