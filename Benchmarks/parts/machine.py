"""What is measured, on what, and where its files are."""
import os
import platform
import shutil
import subprocess
import sys

from parts.measuring import Missing, environment, output

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HOME = os.path.dirname(HERE)
# recognizers-text-suite and jionlp read emoji as it was before 2.0; newer releases of dbt-core fetch a parser from outside the
# package index when they are installed.
COMPETITORS = {
    "python": ["duckdb", "jieba", "emoji==1.7.0", "jionlp", "recognizers-text-suite"],
    "metricflow": ["dbt-metricflow", "dbt-duckdb", "dbt-core==1.11.2"],
}


def say(text):
    print("benchmark: " + text, file=sys.stderr, flush=True)


class Bench:
    """The settings of one run, and the figures found in it: `figures["start.retail"] = 12.1`."""

    def __init__(self, options):
        self.orders = options.orders
        self.rounds = max(5, options.rounds)
        self.cache = os.path.abspath(options.cache or os.path.join(
            os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "wenshu-benchmarks"))
        self.warehouses = self.cache + "/warehouses"
        os.makedirs(self.warehouses, exist_ok=True)
        self.figures = {}
        self.missing = {}
        self.program = self.find_program(options.program or os.environ.get("WENSHU_BINARY"))
        # A program that was installed has its words and datasets beside it.
        installed = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(self.program))), "share", "wenshu")
        self.home = installed if os.path.isdir(installed + "/grammar") else HOME
        self.environment = environment(WENSHU_HOME=self.home)

    def find_program(self, given):
        if given:
            return os.path.abspath(given)
        subprocess.run([HOME + "/wenshu", "--version"], check=True, stdout=subprocess.DEVNULL)
        return HOME + "/.build/release/wenshu"

    def wenshu(self, *arguments, dataset=None):
        """A command line; `dataset` is a folder, else retail as it comes with the program."""
        return [self.program, *arguments, "--dataset", dataset or "retail", "--cache", self.warehouses, "--today", "2026-11-01", "--quiet"]

    def keep(self, name, value):
        """Keeps a figure for the history. Smaller is better, unless its name ends in `/s`."""
        if isinstance(value, (int, float)):
            self.figures[name] = float(f"{value:.5g}")

    # MARK: Data

    def retail(self):
        """The folder of a retail dataset with as many orders as asked for, its warehouse built."""
        folder = f"{self.cache}/retail-{self.orders}"
        if not os.path.exists(folder + "/data/stores.csv"):
            say(f"writing {self.orders:,} orders")
            os.makedirs(folder, exist_ok=True)
            subprocess.run([self.program, "sample", "retail", "--orders", str(self.orders), "--out", folder + "/data"], env=self.environment, check=True,
                           stderr=subprocess.DEVNULL)
        for name in ("dataset.yaml", "tables.yaml", "dimensions.yaml", "metrics.yaml"):
            shutil.copy(f"{self.home}/datasets/retail/{name}", folder)
        self.build(folder)
        return folder

    def build(self, folder):
        say(f"opening {os.path.basename(folder)} (its warehouse is built the first time)")
        output(self.wenshu("query", "list metrics", "--format", "csv", dataset=folder), env=self.environment)

    def warehouse(self, folder):
        """The SQLite file that answers a dataset's questions."""
        name = os.path.basename(folder).split("-")[0]
        files = [f"{self.warehouses}/{file}" for file in os.listdir(self.warehouses) if file.startswith(name + "-") and file.endswith(".sqlite")]
        import sqlite3
        counts = {}
        for file in files:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as db:
                counts[file] = db.execute("SELECT count(*) FROM orders").fetchone()[0]
        return max((file for file in files if counts[file] == self.orders), key=os.path.getmtime)

    # MARK: Competitors

    def python(self, kind):
        """The interpreter of an environment of competitors, made if it is not there.

        Raises `Missing` if it cannot be made."""
        folder = f"{self.cache}/{kind}"
        program = folder + "/bin/python"
        if os.path.exists(folder + "/complete"):
            return program
        if kind in self.missing:
            raise Missing(self.missing[kind])
        say(f"installing {', '.join(COMPETITORS[kind])}")
        done = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, text=True)
        if done.returncode == 0:
            done = subprocess.run([program, "-m", "pip", "install", "-q", *COMPETITORS[kind]], capture_output=True, text=True)
        if done.returncode != 0:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            self.missing[kind] = f"missing: cannot be installed ({last[:80]})"
            raise Missing(self.missing[kind])
        open(folder + "/complete", "w").close()
        return program

    def ask_python(self, kind, script, *arguments, input=""):
        """What a script of ours prints under the interpreter of an environment of competitors."""
        return output([self.python(kind), f"{HERE}/parts/{script}", *arguments], input=input, env=environment(PYTHONPATH=HERE))

    def version_of(self, kind, packages):
        try:
            program = self.python(kind)
        except Missing as reason:
            return {name: str(reason) for name in packages}
        script = "import importlib.metadata as m, sys\nfor n in sys.argv[1:]: print(n, m.version(n))"
        return dict(line.split(" ", 1) for line in output([program, "-c", script, *packages]).splitlines())

    def surroundings(self):
        """Versions and machine, as they stand in the history."""
        commit = subprocess.run(["git", "-C", HOME, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
        changed = subprocess.run(["git", "-C", HOME, "status", "--porcelain", "Sources"], capture_output=True, text=True).stdout.strip()
        model = "unknown processor"
        if os.path.exists("/proc/cpuinfo"):
            model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), model)
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
        return {
            "wenshu": output([self.program, "--version"], env=self.environment).strip() + (f" {commit}{'+' if changed else ''}" if commit else ""),
            "program": "debug" if "/debug/" in os.path.realpath(self.program) else "release",
            "machine": f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}",
            "orders": self.orders, "load": round(os.getloadavg()[0], 2),
        }
