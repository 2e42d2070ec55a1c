"""DuckDB behind a pipe: duckdb_server.py FILE SCHEMA DATA; reads a statement as JSON a line, writes its seconds and rows as JSON a line.

Run by `part_answers.py` under the interpreter that has DuckDB. FILE is filled from the CSV files of DATA if it is not there.
"""
import datetime
import decimal
import json
import os
import sys
import time

import duckdb


def plain(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value


def main():
    file, schema, data = sys.argv[1:4]
    if not os.path.exists(file):
        database = duckdb.connect(file + ".building")
        text = "\n".join(line for line in open(schema) if not line.startswith("--"))
        for statement in text.split(";"):
            if statement.strip():
                database.execute(statement)
                table = statement.split()[2]
                database.execute(f"COPY {table} FROM '{data}/{table}.csv' (HEADER)")
        database.close()
        os.rename(file + ".building", file)
    database = duckdb.connect(file, read_only=True)
    print(json.dumps({"threads": database.execute("SELECT current_setting('threads')").fetchone()[0]}), flush=True)
    for line in sys.stdin:
        try:
            start = time.perf_counter()
            rows = database.execute(json.loads(line)).fetchall()
            seconds = time.perf_counter() - start
            print(json.dumps({"seconds": seconds, "rows": [[plain(cell) for cell in row] for row in rows]}), flush=True)
        except Exception as reason:  # noqa: BLE001
            print(json.dumps({"error": str(reason)}), flush=True)


if __name__ == "__main__":
    main()
