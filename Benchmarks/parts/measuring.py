"""Timing of processes, medians, tables. Nothing here knows what is measured."""
import os
import statistics
import subprocess
import tempfile
import time


class Missing(Exception):
    """A competitor that is not there, with the reason: it is said, and its figures are left out."""


def median(values):
    return statistics.median(values)


def environment(**more):
    return {**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "WENSHU_UNANSWERED": "off", **more}


def wall(command, input="", env=None, output=None):
    """Seconds from exec to the end of a process, and what it exited with. Its output goes to `output`, else nowhere."""
    env = env or environment()
    with tempfile.TemporaryFile() as given:
        given.write(input.encode())
        given.seek(0)
        target = os.open(output or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            actions = [(os.POSIX_SPAWN_DUP2, given.fileno(), 0), (os.POSIX_SPAWN_DUP2, target, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)]
            start = time.perf_counter()
            child = os.posix_spawnp(command[0], command, env, file_actions=actions)
            _, status = os.waitpid(child, 0)
            return time.perf_counter() - start, os.waitstatus_to_exitcode(status)
        finally:
            os.close(target)
            os.close(nowhere)


def first_byte(command, env=None):
    """Seconds from exec until the first byte of the answer is there."""
    reading, writing = os.pipe()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, writing, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, env or environment(), file_actions=actions)
    os.close(writing)
    os.read(reading, 1)
    seconds = time.perf_counter() - start
    while os.read(reading, 1 << 16):
        pass
    os.waitpid(child, 0)
    os.close(reading)
    os.close(nowhere)
    return seconds


def memory(command, input="", env=None):
    """The most memory a process had resident, in MB. By time(1): a child of ours would be charged with our own memory."""
    if not os.path.exists("/usr/bin/time"):
        raise Missing("time(1) is not installed")
    with tempfile.NamedTemporaryFile("r") as said:
        subprocess.run(["/usr/bin/time", "-o", said.name, "-f", "%M", *command], input=input.encode(), env=env or environment(),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return int(said.read().split()[-1]) / 1024


def output(command, input="", env=None, check=True):
    done = subprocess.run(command, input=input.encode(), env=env or environment(), capture_output=True)
    if check and done.returncode not in (0, 2):
        raise RuntimeError(f"{' '.join(command[:3])} … exited with {done.returncode}: {done.stderr.decode()[-400:]}")
    return done.stdout.decode()


def interleaved(rounds, competitors):
    """Runs each of the named functions once a round, in turn, and gives the median of what each returned.

    One that is missing, or fails, is left out of all rounds; its reason stands in its place.
    """
    found = {name: [] for name, _ in competitors}
    for _ in range(rounds):
        for name, run in competitors:
            if isinstance(found[name], str):
                continue
            try:
                found[name].append(run())
            except Missing as reason:
                found[name] = str(reason)
    return {name: values if isinstance(values, str) else median(values) for name, values in found.items()}


def told(value, unit=""):
    """A figure as people read it: three digits that count; a text stands as it is."""
    if value is None or isinstance(value, str):
        return "–" if value is None else value
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}{unit}"
    return f"{value:.3g}{unit}" if abs(value) < 1 else f"{value:.{2 if abs(value) < 10 else 1}f}{unit}"


def ratio(one, other):
    """`1.30 ×`; nothing where one of them is no number."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)) and other > 0:
        return f"{one / other:.2f} ×"
    return "–"


def width(text):
    return sum(2 if ord(character) >= 0x2E80 else 1 for character in text)


def table(title, header, rows):
    """Prints a table: texts to the left, figures to the right."""
    rows = [[told(cell) for cell in row] for row in rows]
    widths = [max(width(row[place]) for row in [header, *rows]) for place in range(len(header))]

    def line(row):
        cells = [cell + " " * (size - width(cell)) if place == 0 else " " * (size - width(cell)) + cell
                 for place, (cell, size) in enumerate(zip(row, widths))]
        return "  " + "  ".join(cells).rstrip()

    print(f"\n{title}\n\n{line(header)}\n{line(['─' * size for size in widths])}")
    for row in rows:
        print(line(row))
    print(flush=True)


def note(text):
    print("  " + text, flush=True)
