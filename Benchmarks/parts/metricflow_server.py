"""MetricFlow behind a pipe, in process: reads a request as JSON a line, writes its seconds and rows as JSON a line.

Run by `part_metricflow.py` under the interpreter that has it, in the folder of the dbt project.
"""
import datetime
import decimal
import json
import sys
import time


def plain(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value


def main():
    start = time.perf_counter()
    from dbt_metricflow.cli.cli_configuration import CLIConfiguration
    from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

    configuration = CLIConfiguration()
    configuration.setup(configure_file_logging=False)
    engine = configuration.mf
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            start = time.perf_counter()
            result = engine.query(MetricFlowQueryRequest.create(
                metric_names=asked["metrics"], group_by_names=asked.get("by"), order_by_names=asked.get("order"), limit=asked.get("limit"),
                time_constraint_start=datetime.datetime.fromisoformat(asked["start"]), time_constraint_end=datetime.datetime.fromisoformat(asked["end"])))
            rows = [[plain(cell) for cell in row] for row in result.result_df.rows]
            print(json.dumps({"seconds": time.perf_counter() - start, "rows": rows}), flush=True)
        except Exception as reason:  # noqa: BLE001
            print(json.dumps({"error": str(reason)[:300]}), flush=True)


if __name__ == "__main__":
    main()
