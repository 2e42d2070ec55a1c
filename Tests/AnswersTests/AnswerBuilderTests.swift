import CivilTime
import Metrics
import Planning
import Questions
import SourceText
import Tables
import Testing

@testable import Answers

@Suite struct AnswerBuilderTests {
  @Test func oneNumberWithItsFormulaInChinese() {
    let answer = Shop.conversion(.chinese)
    #expect(answer.status == .answered)
    #expect(answer.headline == "转化率 · 华东 · 2026-10-01 至 2026-10-31（上月）")
    #expect(answer.texts == [["12.34%"]])
    #expect(answer.inputs == [[.integer(12345), .integer(100_040)]])
    #expect(answer.canonical == "measure conversion_rate | where region = 华东 | during month(-1)")
    #expect(
      answer.details == [
        AnswerDetail("公式", ["转化率 = 支付买家数 ÷ 访客数 = 12,345 ÷ 100,040"]),
        AnswerDetail("口径", ["v3（2026-01-01 起）· 已认证 · 负责人 增长运营部", "支付过订单的访客占比"]),
        AnswerDetail("来源", ["orders（8,412 行）、visits（100,040 行）· 数据截至 2026-10-31"]),
      ])
    #expect(answer.metrics.first?.formula == "paying_buyers / visitors")
    #expect(answer.filters == [AnswerFilter(notation: "region = 华东", text: "大区为华东")])
  }

  @Test func oneNumberInEnglish() {
    let answer = Shop.conversion(.english)
    #expect(answer.headline == "Conversion rate · East China · 2026-10-01 to 2026-10-31 (last month)")
    #expect(answer.details[0].lines == ["Conversion rate = paying buyers ÷ visitors = 12,345 ÷ 100,040"])
    #expect(answer.details[2].lines == ["orders (8,412 rows), visits (100,040 rows) · data up to 2026-10-31"])
  }

  @Test func scaledColumnsNullsAndComparison() {
    let answer = Shop.ranking(.chinese)
    #expect(
      answer.headline
        == "净销售额 · 按城市 · 2026-10-01 至 2026-10-31（上月）· 同比 2025-10-01 至 2025-10-31 · 前3名")
    #expect(answer.columns.map(\.header) == ["城市", "净销售额（万元）", "去年同期（万元）", "同比"])
    #expect(
      answer.texts == [
        ["上海", "234.57", "200.00", "+17.28%"], ["苏州", "98.77", "100.00", "-1.23%"], ["（空）", "50.00", "—", "—"],
      ])
    #expect(answer.rows[0][1] == .decimal(units: 234_567_890, scale: 2))
    #expect(answer.columns.map(\.type) == [.text, .decimal, .decimal, .real])
    #expect(answer.columns.map(\.unit) == [nil, "CNY", "CNY", "%"])
    #expect(answer.notices.map(\.text) == ["最后一名并列，另有 2 个数值相同而未列出。", "净销售额有 1 行在对比期为零或没有数据，算不出增长率。"])
    #expect(Shop.ranking(.english).columns.map(\.header) == ["City", "Net sales (¥K)", "Year before (¥K)", "Growth"])
  }

  @Test func noRowsIsEmptyAndSaysSo() {
    let sales = Measure("net_sales")
    let question = Question(subject: .measures([sales]), groups: [.dimension("city")], period: Shop.lastMonth)
    let columns = [
      PlanColumn(name: "city", role: .group(.dimension("city"))),
      PlanColumn(name: "net_sales", role: .value(sales), unit: .money("CNY")),
    ]
    let answer = Shop.builder(.chinese).answer(
      question: "?", plan: Shop.plan(question, columns: columns),
      result: ResultTable(columns: columns.map(\.name), rows: []))
    #expect(answer.status == .empty)
    #expect(answer.exitCode == 0)
    #expect(answer.notices.map(\.text) == ["这段时间没有数据。"])
  }

  @Test func whereThereIsNoDataAZeroIsShownAsNothing() {
    let sales = Measure("net_sales")
    let question = Question(
      subject: .measures([sales]), period: Shop.lastMonth, comparison: Comparison(.yearBefore))
    let columns = [
      PlanColumn(name: "net_sales", role: .value(sales), unit: .money("CNY")),
      PlanColumn(name: "net_sales_base", role: .base(sales), unit: .money("CNY")),
      PlanColumn(name: "net_sales_growth", role: .growth(sales), unit: .percent),
    ]
    let data = Period(Day(2024, 1, 1), Day(2026, 10, 1))
    let answer = Shop.builder(.english).answer(
      question: "?", plan: Shop.plan(question, columns: columns, notices: [.noData(available: data)]),
      result: ResultTable(columns: columns.map(\.name), rows: [[.integer(0), .integer(5), .real(-1)]]))
    #expect(answer.status == .empty)
    #expect(answer.texts == [["—", "¥5.00", "—"]])
    #expect(answer.notices.map(\.text) == ["There is no data in this period. There is for: 2024-01-01 to 2026-09-30."])
    #expect(
      answer.headline
        == "Net sales · 2026-10-01 to 2026-10-31 (last month) · vs 2025-10-01 to 2025-10-31 (a year before)")
  }

  @Test func theTotalOfSharesIsToldOnce() {
    let sales = Measure("net_sales")
    let question = Question(subject: .measures([sales]), groups: [.dimension("city")], share: Share(.total))
    let columns = [
      PlanColumn(name: "city", role: .group(.dimension("city"))),
      PlanColumn(name: "net_sales", role: .value(sales), unit: .money("CNY")),
      PlanColumn(name: "net_sales_share", role: .share(sales), unit: .percent),
      PlanColumn(name: "net_sales_whole", role: .whole(sales), unit: .money("CNY")),
    ]
    let answer = Shop.builder(.chinese).answer(
      question: "?", plan: Shop.plan(question, columns: columns),
      result: ResultTable(
        columns: columns.map(\.name),
        rows: [
          [.text("上海"), .integer(3), .real(0.75), .integer(4)], [.text("苏州"), .integer(1), .real(0.25), .integer(4)],
        ]))
    #expect(answer.shownColumns.map(\.header) == ["城市", "净销售额", "占比"])
    #expect(answer.shownTexts == [["上海", "¥3.00", "75.00%"], ["苏州", "¥1.00", "25.00%"]])
    #expect(answer.rows[0].count == 4)
    #expect(answer.details.first == AnswerDetail("合计", ["净销售额 ¥4.00"]))
  }

  @Test func severalMetricsTakeALineEach() {
    let (rate, sales) = (Measure("conversion_rate"), Measure("net_sales"))
    let question = Question(subject: .measures([sales, rate]))
    let columns = [
      PlanColumn(name: "net_sales", role: .value(sales), unit: .money("CNY")),
      PlanColumn(name: "conversion_rate", role: .value(rate), unit: .percent),
    ]
    let all = Period(Day(2024, 1, 1), Day(2026, 11, 1))
    let answer = Shop.builder(.chinese).answer(
      question: "?", plan: Shop.plan(question, columns: columns, notices: [.allTime(all)]),
      result: ResultTable(columns: columns.map(\.name), rows: [[.decimal(units: 100_000_050, scale: 2), .real(0.1)]]))
    #expect(answer.headline == "净销售额、转化率 · 2024-01-01 至 2026-10-31（全部时间）")
    #expect(answer.notices.isEmpty)
    #expect(answer.texts == [["¥1,000,000.50", "10.00%"]])
    #expect(answer.details[0].lines == ["净销售额 = 求和(订单.金额)", "转化率 = 支付买家数 ÷ 访客数"])
    #expect(
      answer.details[1].lines == [
        "净销售额：v1 · 已认证 · 负责人 林晓（财务部）", "转化率：v3（2026-01-01 起）· 已认证 · 负责人 增长运营部",
      ])
  }

  @Test func sameInputsSameIdOtherwiseAnother() {
    let id = Shop.conversion(.chinese).id
    #expect(id.count == 10)
    #expect(id == Shop.conversion(.english).id)
    #expect(id != Shop.ranking(.chinese).id)
    #expect(AnswerIdentity.id(["a", "bc"]) != AnswerIdentity.id(["ab", "c"]))
  }

  @Test func partsOfTimeAndFlagsInWords() {
    let sales = Measure("net_sales")
    let question = Question(subject: .measures([sales]), groups: [.part(.weekday), .dimension("paid")])
    let columns = [
      PlanColumn(name: "weekday", role: .group(.part(.weekday))),
      PlanColumn(name: "paid", role: .group(.dimension("paid"))),
      PlanColumn(name: "net_sales", role: .value(sales), unit: .money("CNY")),
    ]
    let result = ResultTable(
      columns: columns.map(\.name),
      rows: [[.integer(1), .integer(1), .null], [.integer(7), .integer(0), .integer(3)]])
    let plan = Shop.plan(question, columns: columns)
    let chinese = Shop.builder(.chinese).answer(question: "?", plan: plan, result: result)
    #expect(chinese.texts == [["周一", "是", "—"], ["周日", "否", "¥3.00"]])
    #expect(chinese.rows[0][0] == .integer(1))
    let english = Shop.builder(.english).answer(question: "?", plan: plan, result: result)
    #expect(english.texts == [["Mon", "yes", "—"], ["Sun", "no", "¥3.00"]])
  }

  @Test func definitionsComeFromTheDictionary() {
    let question = Question(subject: .about(.definition, ["gmv"]))
    let answer = Shop.builder(.chinese).definition(question: "成交总额怎么算", question)
    #expect(answer.headline == "成交总额的口径")
    #expect(
      answer.details == [
        AnswerDetail("公式", ["成交总额 = 求和(订单.list_amount)"]), AnswerDetail("单位", ["元（CNY）"]),
        AnswerDetail("状态", ["已停用"]), AnswerDetail("版本", ["v1"]), AnswerDetail("替代指标", ["净销售额"]),
      ])
  }

  @Test func lineageGoesDownToColumns() {
    let question = Question(subject: .about(.lineage, ["conversion_rate"]))
    let answer = Shop.builder(.english).definition(question: "?", question)
    #expect(
      answer.details == [
        AnswerDetail("Formula", ["Conversion rate = paying buyers ÷ visitors"]),
        AnswerDetail(
          "Built from", ["Paying buyers = number of distinct orders.buyer", "Visitors = number of visits"]),
        AnswerDetail("Tables", ["orders, visits"]), AnswerDetail("Columns", ["orders.buyer"]),
      ])
  }

  @Test func listsAreTables() {
    let question = Question(subject: .list(.values("region")))
    let answer = Shop.builder(.english).definition(question: "?", question, members: ["华东", "华北"])
    #expect(answer.headline == "Region · 2")
    #expect(answer.texts == [["East China", "华东"], ["华北", "华北"]])
    let metrics = Shop.builder(.chinese).definition(question: "?", Question(subject: .list(.metrics)))
    #expect(metrics.headline == "指标 · 共 6 个")
    #expect(metrics.texts[1] == ["净销售额", "net_sales", "元（CNY）", "已认证", "林晓 财务部", "—"])
  }

  @Test func ambiguousQuestionsOfferCanonicalChoices() {
    let choices = ["net_sales", "gmv"].map {
      Choice(question: Question(subject: .measures([Measure($0)]), conditions: [Shop.east], period: Shop.lastMonth))
    }
    let answer = Shop.builder(.chinese).problem(.ambiguous(choices), question: "上月华东销售额")
    #expect(answer.status == .unclear)
    #expect(answer.exitCode == 2)
    #expect(answer.headline == "这句话有 2 种理解，请选一种：")
    #expect(answer.choices.map(\.text) == ["上月，大区为华东，净销售额", "上月，大区为华东，成交总额"])
    #expect(answer.choices[0].notation == "measure net_sales | where region = 华东 | during month(-1)")
  }

  @Test func explanationAddsUpAdditiveMeasures() {
    let sales = Measure("net_sales")
    let question = Question(subject: .measures([sales]), groups: [.dimension("city")], period: Shop.lastMonth)
    let columns = [
      PlanColumn(name: "city", role: .group(.dimension("city"))),
      PlanColumn(name: "net_sales", role: .value(sales), unit: .money("CNY")),
    ]
    let plan = Shop.plan(question, columns: columns)
    let result = ResultTable(
      columns: columns.map(\.name),
      rows: [[.text("上海"), .decimal(units: 1010, scale: 2)], [.text("苏州"), .decimal(units: 25, scale: 2)]])
    let answer = Shop.builder(.chinese).answer(
      question: "?", plan: plan, result: result, sql: AnswerSQL(text: "SELECT ?", arguments: [.text("a")]))
    let told = Explanation(words: ["上月 → month(-1)"]).filled(
      answer, plan: plan, dictionary: Shop.dictionary, totals: ["net_sales": .decimal(units: 1035, scale: 2)])
    #expect(
      told.explanation == [
        AnswerDetail("词语", ["上月 → month(-1)"]),
        AnswerDetail("问题", ["measure net_sales | by city | during month(-1)", "上月，按城市，净销售额"]),
        AnswerDetail("SQL", ["SELECT ?", "参数 1：a"]),
        AnswerDetail("加总核对", ["净销售额：2 组之和 = ¥10.35，与合计 ¥10.35 一致"]),
      ])
  }
}
