"""What was found before, and what got worse since."""
import json
import os
import time

from parts.machine import HERE

FILE = HERE + "/history.jsonl"
WORSE = 1.10


def last(surroundings):
    """The last run kept of the same machine, rows and kind of program; None if there is none."""
    if not os.path.exists(FILE):
        return None
    runs = [json.loads(line) for line in open(FILE) if line.strip()]
    same = [run for run in runs if all(run.get(key) == surroundings[key] for key in ("machine", "orders", "program"))]
    return same[-1] if same else None


def worse(before, figures):
    """The figures that are more than 10 % worse than before: name, before, now, by how much."""
    found = []
    for name, now in figures.items():
        old = before["figures"].get(name)
        if not old or not now:
            continue
        times = old / now if name.endswith("/s") else now / old
        if times > WORSE:
            found.append([name, old, now, f"{(times - 1) * 100:+.0f} %"])
    return sorted(found, key=lambda row: -float(row[3].split()[0]))


def keep(surroundings, figures):
    with open(FILE, "a") as file:
        file.write(json.dumps({"at": time.strftime("%Y-%m-%d"), **surroundings, "figures": figures}, ensure_ascii=False) + "\n")
