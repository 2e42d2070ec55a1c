"""From exec to the first answer, and what is resident then."""
from parts.measuring import Missing, first_byte, interleaved, memory, note, ratio, table, wall

QUESTION = "上月华东区转化率多少"


def run(bench):
    ask = [bench.program, QUESTION, "--dataset", "retail", "--cache", bench.warehouses, "--today", "2026-11-01"]
    for _ in range(2):  # builds the warehouse and the snapshot, then reads them once
        wall(ask, env=bench.environment)

    def shell():
        try:
            return wall(["sqlite3", ":memory:", "select 1"])[0] * 1000
        except FileNotFoundError:
            raise Missing("missing: no sqlite3 shell")

    found = interleaved(max(21, bench.rounds), [
        ("first byte", lambda: first_byte(ask, bench.environment) * 1000),
        ("end", lambda: wall(ask, env=bench.environment)[0] * 1000),
        ("version", lambda: wall([bench.program, "--version"], env=bench.environment)[0] * 1000),
        ("shell", shell),
        ("nothing", lambda: wall(["true"])[0] * 1000),
    ])
    resident = interleaved(5, [("wenshu", lambda: memory(ask, env=bench.environment)),
                               ("shell", lambda: memory(["sqlite3", ":memory:", "select 1"]))])
    floor = found["shell"]
    table("Start: one answer of retail as it comes with the program, in ms", ["", "ms", "of sqlite3", "of an empty process"], [
        ["wenshu, first byte of the answer", found["first byte"], ratio(found["first byte"], floor), ratio(found["first byte"], found["nothing"])],
        ["wenshu, to its end", found["end"], ratio(found["end"], floor), ratio(found["end"], found["nothing"])],
        ["wenshu --version", found["version"], ratio(found["version"], floor), ratio(found["version"], found["nothing"])],
        ["sqlite3 :memory: 'select 1'", floor, "", ratio(floor, found["nothing"])],
        ["an empty process (true)", found["nothing"], "", ""],
    ])
    note(f"resident for one answer: wenshu {resident['wenshu']:.1f} MB, sqlite3 {resident['shell']:.1f} MB"
         if not isinstance(resident["wenshu"], str) else f"resident: {resident['wenshu']}")
    bench.keep("start.ms", found["end"])
    bench.keep("start.resident_mb", resident["wenshu"])
    if not isinstance(floor, str):
        bench.keep("start.of_sqlite3", found["end"] / floor)
