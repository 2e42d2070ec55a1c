#!/usr/bin/env python3
"""Writes a dataset with very many names: large.py FOLDER [METRICS] [VALUES]

By default 10,000 metrics with Chinese and English titles, and 1,000,000 values spread evenly over six dimensions (a dimension of more
than 200,000 values is not looked up by value). Beside the dataset it writes `questions.txt`: 300 questions that name metrics and values
of it, one a line, and `unknown.txt`: 30 more, each with a word that is none. The same arguments always give the same bytes.
"""
import os
import sys

AREAS = ["仓储 warehouse", "物流 logistics", "客服 helpdesk", "采购 procurement", "研发 engineering", "法务 legal", "人事 personnel", "财务 treasury", "质检 inspection",
         "安保 security", "信息 computing", "行政 facilities", "培训 training", "品牌 branding", "直播 streaming", "跨境 overseas", "冷链 coldchain", "门诊 clinic",
         "食堂 canteen", "车队 fleet", "印刷 printing", "装配 assembly", "涂装 painting", "锻造 forging", "纺织 weaving"]
THINGS = ["设备 equipment", "合同 contract", "工单 ticket", "票据 voucher", "托盘 pallet", "模具 mould", "样品 sample", "备件 sparepart", "软件 software", "证照 permit",
          "包材 packing", "燃料 fuel", "水电 utility", "租赁 lease", "保险 insurance", "差旅 travel", "外包 outsourcing", "咨询 advisory", "翻译 translation", "检定 calibration"]
KINDS = ["成本 cost", "预算 budget", "押金 deposit", "赔款 indemnity", "罚金 penalty", "补贴 subsidy", "摊销 amortisation", "折旧 depreciation", "欠款 arrears",
         "结余 surplus", "杂费 sundries", "定金 advance", "奖金 bonus", "税额 duty", "手续费 fee", "利息 interest", "缺口 gap", "损耗 wastage", "垫款 outlay", "准备金 reserve"]
FIRST = "恒 源 泰 丰 鼎 盛 嘉 禾 宏 远 瑞 祥 德 隆 永 昌 金 辉 华 茂 兴 旺 顺 达 广 聚 安 康 和 雅 天 成 福 临 万 通 百 汇 博 创".split()
ENGLISH = ["Alder", "Birch", "Cedar", "Dawson", "Elm", "Falcon", "Granite", "Harbour", "Ivory", "Juniper", "Kestrel", "Linden", "Maple", "Nimbus", "Osprey",
           "Poplar", "Quartz", "Rowan", "Sable", "Tamarack", "Umber", "Violet", "Willow", "Xenon", "Yarrow", "Zephyr", "Amber", "Bramble", "Copper", "Drift"]


def stem(number):
    """Four characters, each number its own."""
    count = len(FIRST)
    return FIRST[number % count] + FIRST[number // count % count] + FIRST[number // count**2 % count] + FIRST[number // count**3 % count]


def english(number):
    count = len(ENGLISH)
    return " ".join(ENGLISH[number // count**place % count] for place in range(4))


DIMENSIONS = [
    ("supplier", "供应商", lambda n: stem(n) + "有限公司"),
    ("customer", "客户", lambda n: english(n) + " Ltd"),
    ("project", "项目", lambda n: stem(n * 7 + 3) + "工程"),
    ("device", "机台", lambda n: f"DV-{n:06d}"),
    ("material", "物料", lambda n: stem(n * 11 + 5) + "料"),
    ("outlet", "网点", lambda n: stem(n * 13 + 1) + "营业所"),
]


def metrics(count):
    for number in range(count):
        rest, kind = divmod(number, len(KINDS))
        rest, thing = divmod(rest, len(THINGS))
        turn, area = divmod(rest, len(AREAS))
        (a, x), (b, y), (c, z) = AREAS[area].split(), THINGS[thing].split(), KINDS[kind].split()
        again = "" if turn == 0 else str(turn + 1)
        yield f"m{number}", a + b + c + again, f"{x} {y} {z}{again and ' ' + again}"


def write(folder, metric_count=10_000, value_count=1_000_000):
    os.makedirs(folder + "/data", exist_ok=True)
    rows = -(-value_count // len(DIMENSIONS))
    if rows > 200_000:
        sys.exit("large.py: more than 200,000 values a dimension are not looked up")
    with open(folder + "/dataset.yaml", "w") as file:
        file.write("name: large\ntitle: {zh: 大字典, en: Large}\nlanguage: zh\ncurrency: CNY\ncalendar: {anchor: latest-data}\n")
    with open(folder + "/tables.yaml", "w") as file:
        file.write("tables:\n  facts:\n    key: fact_id\n    time: happened_on\n    columns:\n      fact_id: integer\n      happened_on: date\n"
                   "      kind: integer\n      amount: decimal(2)\n")
        file.writelines(f"      {name}: text\n" for name, _, _ in DIMENSIONS)
    with open(folder + "/dimensions.yaml", "w") as file:
        file.write("dimensions:\n")
        file.writelines(f"  {name}:\n    title: {{zh: {title}, en: {name}}}\n    column: facts.{name}\n" for name, title, _ in DIMENSIONS)
    with open(folder + "/metrics.yaml", "w") as file:
        file.write("metrics:\n")
        file.writelines(f'  {name}:\n    title: {{zh: {zh}, en: {en}}}\n    formula: "sum(facts.amount where facts.kind = {number})"\n    unit: CNY\n'
                        f"    owner: 数据组\n    status: certified\n" for number, (name, zh, en) in enumerate(metrics(metric_count)))
    with open(folder + "/data/facts.csv", "w") as file:
        file.write("fact_id,happened_on,kind,amount," + ",".join(name for name, _, _ in DIMENSIONS) + "\n")
        for row in range(rows):
            day = f"2026-{row % 12 % 10 + 1:02d}-{row % 28 + 1:02d}"
            file.write(f"{row + 1},{day},{row % metric_count},{row % 9973}.{row % 100:02d}," + ",".join(make(row) for _, _, make in DIMENSIONS) + "\n")
    known = list(metrics(metric_count))
    for name, numbers, odd in [("questions", range(300), False), ("unknown", range(300, 330), True)]:
        with open(f"{folder}/{name}.txt", "w") as file:
            file.writelines(line + "\n" for line in questions(known, rows, numbers, odd))


def questions(known, rows, numbers, odd):
    for number in numbers:
        _, zh, en = known[number * 7919 % len(known)]
        name, title, make = DIMENSIONS[number % len(DIMENSIONS)]
        value = make(number * 104729 % rows)
        shape = number % 5
        if shape == 0:
            yield f"{value}上月{'的火星' if odd else ''}{zh}"
        elif shape == 1:
            yield f"{en} of {value} last month{' on Mars' if odd else ''}"
        elif shape == 2:
            yield f"今年各{title}的{zh}前10{'火星' if odd else ''}"
        elif shape == 3:
            yield f"{en} by month this year{' zorply' if odd else ''}"
        else:
            yield f"{value}10月{zh}环比{'火星' if odd else ''}"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    write(sys.argv[1], *(int(number) for number in sys.argv[2:4]))
