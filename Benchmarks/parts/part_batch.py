"""Batches: questions a second, parsed a second, memory."""
import tempfile

from parts import part_parse
from parts.measuring import Missing, interleaved, memory, note, ratio, table, wall

METRICS = ["销售额", "支付金额", "成交总额", "订单数", "支付订单数", "支付买家数", "访客数", "转化率", "退款金额", "客单价"]
TIMES = ["上月", "10月", "9月", "上季度", "今年", "昨天", "上周", "2025年"]
MEMBERS = ["", "华东", "华北", "华南", "华中", "西南", "东北", "上海", "北京", "广州", "小程序", "天猫", "京东"]


def questions():
    """1,000 different questions for one number each."""
    every = [time + member + metric for metric in METRICS for time in TIMES for member in MEMBERS]
    return every[:1000]


def run(bench):
    texts = questions()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        def file(name, lines):
            with open(f"{folder}/{name}.txt", "w") as target:
                target.write("\n".join(lines) + "\n")
            return target.name

        every, some, often = file("every", texts), file("some", texts[::4]), file("often", texts[::20] * 5)

        def seconds(name, jobs):
            return wall(bench.wenshu("batch", name, "--format", "jsonl", "--jobs", str(jobs)), env=bench.environment)[0]

        found = interleaved(bench.rounds, [(f"{what}, jobs {jobs}", lambda name=name, jobs=jobs: 250 / seconds(name, jobs))
                                           for what, name in [("250 questions", some), ("50 questions, 5 times each", often)] for jobs in (1, 2)])
        for what, value in found.items():
            rows.append([what, value, ratio(value, found["250 questions, jobs 1"])])
        table("Batches of single numbers on retail as it comes, --format jsonl, with the start of the process", ["", "answered/s", "of one job"], rows)
        resident = memory(bench.wenshu("batch", every, "--format", "jsonl", "--jobs", "2", dataset=bench.retail()), env=bench.environment)
        note(f"most memory of a batch of 1,000 questions on {bench.orders:,} orders, two jobs: {resident:.0f} MB")
    bench.keep("batch.answered/s", found["250 questions, jobs 2"])
    bench.keep("batch.resident_mb", resident)
    try:
        said = part_parse.timings(bench, texts, "retail", bench.rounds)
        rate = 1e6 * said["count"] / said["total"]
        note(f"1,000 of them, understood alone: {rate:,.0f} a second on one core ({said['understood']} of {said['count']} are questions)")
        bench.keep("batch.parsed/s", rate)
    except Missing as reason:
        note(f"parsed a second: {reason}")
