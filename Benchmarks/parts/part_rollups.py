"""The rollups' own measurements, in a script of their own."""
import os
import subprocess

from parts.machine import HERE
from parts.measuring import Missing, note


def run(bench):
    script = HERE + "/rollups.py"
    if not os.path.exists(script):
        return note("rollups: there is no Benchmarks/rollups.py yet")
    try:
        interpreter = bench.python("python")
    except Missing as reason:
        return note(f"rollups: {reason}")
    done = subprocess.run([interpreter, script, "--orders", str(bench.orders), "--program", bench.program], env=bench.environment)
    if done.returncode != 0:
        note(f"rollups: Benchmarks/rollups.py exited with {done.returncode}")
