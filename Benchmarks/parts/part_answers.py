"""Answers beside the sqlite3 shell and DuckDB on the same rows, and beside SQL written by hand."""
import json
import os
import re
import sqlite3
import subprocess
import tempfile
import time

from parts.machine import HERE
from parts.measuring import Missing, interleaved, median, memory, note, output, ratio, table, wall

# As Wenshu opens a warehouse.
PRAGMAS = "PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;"
# The first of them says something, which is no row of an answer.
SHELL_PRAGMAS = f".output /dev/null\n{PRAGMAS}\n.output\n"
# A question whose answer has a row for each order.
LONG = "measure orders | by order_number"


class Question:
    """A block of answers/questions.sql."""

    def __init__(self, block):
        lines = block.strip().split("\n")
        self.kind, self.text = lines[0][3:], lines[1][5:]
        parts = re.split(r"^-- (duckdb|best)$", "\n".join(lines[2:]), flags=re.M)
        self.sql = {name: sql.strip() for name, sql in zip(parts[1::2], parts[2::2])}


def questions():
    text = open(HERE + "/answers/questions.sql").read()
    return [Question("-- " + block) for block in re.split(r"\n\n-- (?=\w+\n-- \? )", text)[1:]]


class DuckDB:
    """A process that keeps DuckDB open."""

    def __init__(self, bench, folder):
        command = [bench.python("python"), HERE + "/parts/duckdb_server.py", f"{folder}/duckdb", HERE + "/answers/duckdb.sql", folder + "/data"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        said = self.process.stdout.readline()
        if not said:
            raise Missing("DuckDB did not start")
        self.threads = json.loads(said)["threads"]

    def run(self, sql):
        self.process.stdin.write(json.dumps(sql) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        if "error" in said:
            raise RuntimeError(f"DuckDB: {said['error']}\n{sql}")
        return said

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Shell:
    """SQL of ours in the sqlite3 shell and in SQLite in process, with the settings that Wenshu uses."""

    def __init__(self, file):
        self.file = file
        self.database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        self.database.executescript(PRAGMAS)

    def process(self, sql, arguments):
        """Wall seconds of a shell that runs one statement."""
        seconds, status = wall(["sqlite3", "-readonly", "-csv", self.file], SHELL_PRAGMAS + inlined(sql, arguments) + ";\n")
        if status != 0:
            raise Missing("a function of ours" if own_functions(sql) else f"the shell exited with {status}")
        return seconds

    def run(self, sql, arguments=()):
        if own_functions(sql):
            raise Missing("a function of ours")
        start = time.perf_counter()
        rows = self.database.execute(sql, arguments).fetchall()
        return time.perf_counter() - start, rows


def own_functions(sql):
    return bool(re.search(r"\b(median|percentile\w*|stddev\w*|wenshu_\w+)\(", sql))


def inlined(sql, arguments):
    """The statement with its values written in, outside comments and texts."""
    rest = list(arguments)

    def value():
        found = rest.pop(0)
        if found is None:
            return "NULL"
        return "'" + found.replace("'", "''") + "'" if isinstance(found, str) else str(found)

    return re.sub(r"--[^\n]*|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\?", lambda match: value() if match[0] == "?" else match[0], sql)


def asked(bench, folder, texts):
    """The answers of a batch in one process, one after another."""
    lines = "".join(json.dumps({"id": number, "question": text}, ensure_ascii=False) + "\n" for number, text in enumerate(texts))
    said = output(bench.wenshu("batch", "-", "--input", "jsonl", "--format", "jsonl", "--jobs", "1", dataset=folder), lines, bench.environment)
    return [json.loads(line) for line in said.splitlines()]


def same(rows, others):
    """Whether two results hold the same, whatever the order of rows: texts alike, numbers to nine digits."""
    def key(row):
        return tuple(f"{cell:.9g}" if isinstance(cell, (int, float)) and not isinstance(cell, bool) else str(cell) for cell in row)

    return sorted(map(key, rows)) == sorted(map(key, others))


def run(bench):
    folder = bench.retail()
    shell = Shell(bench.warehouse(folder))
    known = questions()
    try:
        duck = DuckDB(bench, folder)
    except Missing as reason:
        note(f"DuckDB: {reason}")
        duck = None
    first = asked(bench, folder, [question.text for question in known])
    seconds = {question.text: [] for question in known}
    rows, hand, factors = [], [], {"shell": [], "process": [], "duckdb": [], "best": []}
    for _ in range(bench.rounds):
        for question, answer in zip(known, asked(bench, folder, [question.text for question in known])):
            seconds[question.text].append(answer["seconds"])
    for question, answer in zip(known, first):
        if answer["status"] != "answered":
            rows.append([question.kind, question.text, answer["status"], *[""] * 9])
            continue
        one_shot = bench.wenshu(question.text, "--format", "csv", dataset=folder)
        found = interleaved(bench.rounds, [
            ("sqlite", lambda: shell.run(answer["sql"], values(answer))[0] * 1000),
            ("duckdb", lambda: duck.run(question.sql["duckdb"])["seconds"] * 1000 if duck else missing("missing")),
            ("one-shot", lambda: wall(one_shot, env=bench.environment)[0] * 1000),
            ("shell", lambda: shell.process(answer["sql"], values(answer)) * 1000),
            ("best", lambda: shell.run(question.sql["best"])[0] * 1000 if "best" in question.sql else missing("")),
        ])
        batch = median(seconds[question.text]) * 1000
        said = []
        if duck and not same(answer["rows"], duck.run(question.sql["duckdb"])["rows"]):
            said.append("DuckDB differs")
        if "best" in question.sql and not same(answer["rows"], shell.run(question.sql["best"])[1]):
            said.append("best differs")
        rows.append([question.kind, question.text, len(answer["rows"]), batch, found["sqlite"], found["duckdb"],
                     ratio(batch, found["sqlite"]), ratio(batch, found["duckdb"]), found["one-shot"], found["shell"],
                     ratio(found["one-shot"], found["shell"]), ", ".join(said) or " "])
        if "best" in question.sql:
            hand.append([question.text, batch, found["sqlite"], found["best"], ratio(batch, found["best"]), ratio(found["sqlite"], found["best"])])
        for name, one, other in [("shell", batch, found["sqlite"]), ("duckdb", batch, found["duckdb"]), ("process", found["one-shot"], found["shell"]),
                                 ("best", batch, found["best"])]:
            if not isinstance(other, str):
                factors[name].append(one / other)
        bench.keep(f"answers.{question.text}.ms", batch)
    if duck:
        duck.close()
    table(f"Answers on {bench.orders:,} orders, in ms: in a batch; the SQL we print in SQLite in process; DuckDB on "
          f"{duck.threads if duck else 0} threads (SQLite has one); then whole processes: wenshu once, the sqlite3 shell",
          ["kind", "question", "rows", "wenshu", "SQLite", "DuckDB", "÷ SQLite", "÷ DuckDB", "one-shot", "shell", "÷ shell", ""], rows)
    table("Beside the best SQL that was found by hand, in ms", ["question", "wenshu", "our SQL", "best SQL", "wenshu ÷ best", "our SQL ÷ best"], hand)
    for name, what in [("shell", "our SQL in SQLite"), ("process", "the shell, as processes"), ("duckdb", "DuckDB"), ("best", "the best SQL")]:
        if factors[name]:
            note(f"wenshu ÷ {what}: median {median(factors[name]):.2f}, most {max(factors[name]):.2f}")
            bench.keep(f"answers.of_{name}", median(factors[name]))
    besides(bench)
    long(bench, folder, shell)


def missing(reason):
    raise Missing(reason)


def values(answer):
    """The arguments as they are bound: decimals as their units are given by the answer."""
    return answer["arguments"]


def besides(bench):
    """What an answer costs where SQLite has next to nothing to do: retail as it comes with the program."""
    texts = [question.text for question in questions()]
    totals, most = [], []
    for _ in range(bench.rounds):
        said = asked(bench, "retail", texts + texts)
        times = [answer["seconds"] * 1000 for answer in said[len(texts):]]
        totals.append(median(times))
        most.append(max(times))
    note(f"on retail as it comes (20,000 orders), asked again in the same process: median {median(totals):.2f} ms, most {median(most):.2f} ms an answer")
    bench.keep("answers.again.ms", median(totals))


def long(bench, folder, shell):
    """An answer with a row for each order, as CSV."""
    with tempfile.TemporaryDirectory() as scratch:
        query = bench.wenshu("query", LONG, "--format", "csv", dataset=folder)
        jsonl = output(bench.wenshu("batch", "-", "--input", "jsonl", "--format", "jsonl", dataset="retail"), json.dumps({"query": LONG}) + "\n", bench.environment)
        answer = json.loads(jsonl)
        found = interleaved(bench.rounds, [
            ("wenshu", lambda: wall(query, env=bench.environment, output=scratch + "/ours")[0]),
            ("shell", lambda: wall(["sqlite3", "-readonly", "-csv", "-header", shell.file], SHELL_PRAGMAS + inlined(answer["sql"], values(answer)) + ";\n",
                                   output=scratch + "/theirs")[0]),
        ])
        count = sum(1 for _ in open(scratch + "/ours")) - 1
        alike = count == sum(1 for _ in open(scratch + "/theirs")) - 1
    resident = memory(query, env=bench.environment)
    table(f"{count:,} rows as CSV, in seconds{'' if alike else ' (ROWS DIFFER)'}", ["", "s", "÷ shell", "resident MB"],
          [["wenshu query --format csv", found["wenshu"], ratio(found["wenshu"], found["shell"]), resident], ["sqlite3 -csv", found["shell"], "", ""]])
    bench.keep("answers.long.s", found["wenshu"])
    bench.keep("answers.long.resident_mb", resident)
    if not isinstance(found["shell"], str):
        bench.keep("answers.long.of_shell", found["wenshu"] / found["shell"])
