"""Understanding texts, in process; and the same with very many names."""
import glob
import json
import os
import re
import subprocess

from parts.machine import HERE, HOME, say
from parts.measuring import Missing, interleaved, memory, note, output, ratio, table, wall

# recognizers-text takes milliseconds a sentence: of the sentences, every n-th, so many.
COMPARED = 200


def dev_questions(name):
    """The questions of a real dataset that lie beside the checkout; none if there is none."""
    path = f"{HOME}/../shared/data/{name}/questions.dev.jsonl"
    return [json.loads(line)["question"] for line in open(path)] if os.path.exists(path) else []


def examples(files, prompt):
    """What stands behind a `?` in files of questions or rules, up to the `=>`."""
    found = []
    for file in sorted(files):
        for line in open(file):
            match = re.match(prompt, line)
            if match:
                found.append(match[1].split(" =>")[0].strip())
    return found


def corpora(bench):
    """Name, dataset and texts of what is read."""
    real = {name: dev_questions(name) for name in ("adventureworks", "chaoshi", "tmall", "usregional")}
    found = [(f"dev questions of {name}", f"{HOME}/Tests/RealData/{name}", texts) for name, texts in real.items() if texts]
    found.append(("examples of the grammar", "retail", examples(glob.glob(bench.home + "/grammar/*/*.grammar"), r"\s+\? (.*)")))
    found.append(("datasets/retail/questions", "retail", examples(glob.glob(bench.home + "/datasets/retail/questions/*"), r"\? (.*)")))
    return found


def timings(bench, texts, dataset, rounds):
    """What `wenshu parse --timings` says; raises `Missing` of a program without it."""
    command = [bench.program, "parse", "--timings", str(rounds), "--dataset", dataset, "--cache", bench.warehouses, "--today", "2026-11-01"]
    done = subprocess.run(command, input="\n".join(texts), text=True, capture_output=True, env=bench.environment)
    if done.returncode != 0:
        raise Missing(f"this program has no parse --timings: {done.stderr.strip().splitlines()[0][:60] if done.stderr else ''}")
    return json.loads(done.stdout)


def row(name, said):
    return [name, said["count"], said["understood"], said["p50"], said["p99"], said["longest"], 1e6 * said["count"] / said["total"]]


HEADER = ["", "texts", "understood", "p50 µs", "p99 µs", "longest µs", "texts/s"]


def run(bench):
    rows = []
    try:
        for name, dataset, texts in corpora(bench):
            said = timings(bench, texts, dataset, bench.rounds)
            rows.append(row(name, said))
            key = name.split()[-1].split("/")[-1]
            bench.keep(f"parse.{key}.p50_us", said["p50"])
            bench.keep(f"parse.{key}.p99_us", said["p99"])
    except Missing as reason:
        return note(f"parse: {reason}")
    table("Understanding, in process and warm (one core)", HEADER, rows)
    compare(bench)


def compare(bench):
    """The same sentences, read by each."""
    texts = [text for _, _, texts in corpora(bench) for text in texts]
    texts = texts[:: max(1, len(texts) // COMPARED)][:COMPARED]
    said = timings(bench, texts, "retail", bench.rounds)
    rows = [["wenshu: the whole question", said["count"], said["p50"], said["p99"], "", ""]]
    try:
        others = bench.ask_python("python", "parse_others.py", str(bench.rounds), input="\n".join(texts))
    except Missing as reason:
        return note(f"competitors in parsing: {reason}")
    for line in others.splitlines():
        other = json.loads(line)
        if "missing" in other:
            rows.append([other["name"], "missing", other["missing"], "", "", ""])
            continue
        rows.append([other["name"], other["count"], other["p50"], other["p99"], ratio(other["p50"], said["p50"]), ratio(other["p99"], said["p99"])])
    table(f"The same {len(texts)} sentences on retail; they find less: words, or times and numbers", ["", "texts", "p50 µs", "p99 µs", "p50 of wenshu's", "p99 of wenshu's"], rows)


def run_large(bench):
    """10,000 metrics, 1,000,000 values."""
    folder = bench.cache + "/large"
    if not os.path.exists(folder + "/unknown.txt"):
        say("writing the large dictionary")
        subprocess.run(["python3", HERE + "/large.py", folder], check=True)
    say("building the large warehouse (the first time)")
    question = open(folder + "/questions.txt").readline().strip()
    ask = [bench.program, question, "--dataset", folder, "--cache", bench.warehouses, "--today", "2026-11-01"]
    built, status = wall(ask, env=bench.environment)
    if status not in (0, 2):
        # What fails fails again at every start: its time is none of an answer.
        return note(f"large: wenshu exited with {status}: {' '.join(ask)}")
    found = interleaved(bench.rounds, [
        ("start", lambda: wall(ask, env=bench.environment)[0] * 1000),
        ("shell", lambda: wall(["sqlite3", ":memory:", "select 1"])[0] * 1000),
    ])
    resident = memory(ask, env=bench.environment)
    table("10,000 metrics and 1,000,000 values: start", ["", "ms", "of sqlite3", "resident MB"], [
        ["wenshu, one answer", found["start"], ratio(found["start"], found["shell"]), resident],
        ["the first of this run (builds what is not there)", built * 1000, "", ""],
    ])
    bench.keep("large.start.ms", found["start"])
    bench.keep("large.resident_mb", resident)
    rows = []
    try:
        # A text with an unknown word is compared with every name: seconds each, where that is slow.
        for name, title, rounds in [("questions", "of known names", 5), ("unknown", "with a word that is none", 1)]:
            texts = [line.strip() for line in open(f"{folder}/{name}.txt")]
            said = timings(bench, texts, folder, rounds)
            rows.append(row(title, said))
            bench.keep(f"large.{name}.p50_us", said["p50"])
            bench.keep(f"large.{name}.p99_us", said["p99"])
    except Missing as reason:
        return note(f"large: {reason}")
    table("10,000 metrics and 1,000,000 values: understanding", HEADER, rows)
