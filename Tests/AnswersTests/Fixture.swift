import CivilTime
import Metrics
import Planning
import Questions
import SourceText
import Tables

@testable import Answers

/// A small shop: five metrics over two tables, with Chinese and English titles.
enum Shop {
  static func text(_ zh: String, _ en: String) -> LocalText { LocalText([.chinese: zh, .english: en]) }

  static func metric(_ name: String, _ zh: String, _ en: String, _ formula: Formula, _ unit: MeasureUnit) -> Metric {
    var metric = Metric(name: name, versions: [MetricVersion(number: 1, formula: formula)])
    metric.title = text(zh, en)
    metric.unit = unit
    return metric
  }

  static func sum(_ path: String) -> Formula {
    .aggregate(Aggregate(function: .sum, table: "orders", argument: .column(ColumnPath(path))))
  }

  static let buyers: Formula = .aggregate(
    Aggregate(function: .countDistinct, table: "orders", argument: .column(ColumnPath("orders.buyer_id"))))
  static let visits: Formula = .aggregate(Aggregate(function: .count, table: "visits"))

  static var dictionary: MetricDictionary {
    var rate = metric(
      "conversion_rate", "转化率", "conversion rate",
      .binary(.dividedBy, .metric("paying_buyers"), .metric("visitors")), .percent)
    rate.versions[0].number = 3
    rate.versions[0].validFrom = Day(2026, 1, 1)
    rate.versions.append(
      MetricVersion(
        number: 2, validFrom: Day(2024, 11, 1), formula: .metric("paying_buyers"), change: text("初版", "first version")))
    rate.department = "增长运营部"
    rate.meaning = text("支付过订单的访客占比", "part of visitors who paid for an order")
    rate.direction = .up
    var sales = metric("net_sales", "净销售额", "net sales", sum("orders.amount"), .money("CNY"))
    sales.owner = "林晓"
    sales.department = "财务部"
    var old = metric("gmv", "成交总额", "GMV", sum("orders.list_amount"), .money("CNY"))
    old.status = .deprecated
    old.successor = "net_sales"
    return MetricDictionary(
      name: "shop", schema: schema, dimensions: dimensions,
      hierarchies: [Hierarchy(name: "geography", levels: ["region", "city"])],
      metrics: [
        rate, sales, old, metric("paying_buyers", "支付买家数", "paying buyers", buyers, .count(text("人", "buyers"))),
        metric("visitors", "访客数", "visitors", visits, .count(text("人", "visitors"))),
        metric("delivery_days", "配送时长", "delivery time", sum("orders.days"), .days),
      ])
  }

  static var schema: Schema {
    let columns = [
      Column(name: "amount", type: .decimal(scale: 2), title: text("金额", "amount")),
      Column(name: "buyer_id", type: .integer, title: text("买家", "buyer")),
    ]
    return Schema(tables: [
      Table(name: "orders", title: text("订单", "orders"), columns: columns),
      Table(name: "visits", title: text("访问", "visits")),
    ])
  }

  static var dimensions: [Dimension] {
    var region = Dimension(name: "region", source: .column(ColumnPath("orders.region")))
    region.title = text("大区", "region")
    region.values = [DimensionValue(stored: "华东", synonyms: LocalWords([.english: ["East China"]]))]
    var city = Dimension(name: "city", source: .column(ColumnPath("orders.city")))
    city.title = text("城市", "city")
    var discount = Dimension(
      name: "discount", source: .column(ColumnPath("orders.discount")), type: .real, kind: .number)
    discount.title = text("折扣", "discount")
    var paid = Dimension(
      name: "paid", source: .flag(.missing(.column(ColumnPath("orders.paid_at")), negated: true)), kind: .flag)
    paid.title = text("已付款", "paid")
    return [region, city, discount, paid]
  }

  static let today = Day(unchecked: 2026, 11, 1)
  static let october = Period(Day(unchecked: 2026, 10, 1), Day(unchecked: 2026, 11, 1))

  static func builder(_ language: Language) -> AnswerBuilder {
    AnswerBuilder(
      dictionary: dictionary, language: language, today: today, user: "ana", dataVersion: "d1",
      dataAsOf: Day(2026, 10, 31))
  }

  static func plan(_ question: Question, columns: [PlanColumn], sources: [String] = ["orders"], notices: [Notice] = [])
    -> Plan
  {
    Plan(
      question: question, period: question.period.map { _ in ResolvedTime(period: october, grain: .month) },
      comparison: question.comparison.map {
        PlannedComparison(
          kind: $0, this: october, base: Period(Day(unchecked: 2025, 10, 1), Day(unchecked: 2025, 11, 1)))
      },
      versions: [], root: PlanStep(name: "answer", note: .none, operation: .rows([]), columns: []), columns: columns,
      sources: sources.map { PlanSource(table: $0, step: $0) }, notices: notices)
  }

  // MARK: Questions and their results

  static let lastMonth = TimeExpression.unit(.month, offset: -1)
  static let east = Condition.comparison(.dimension("region"), .equal, .text("华东"))

  /// 上月华东区转化率多少
  static func conversion(_ language: Language) -> Answer {
    let rate = Measure("conversion_rate")
    let question = Question(subject: .measures([rate]), conditions: [east], period: lastMonth)
    let inputs: [(String, Formula)] = [("in1", .metric("paying_buyers")), ("in2", .metric("visitors"))]
    let columns =
      [PlanColumn(name: "conversion_rate", role: .value(rate), unit: .percent)]
      + inputs.map {
        PlanColumn(name: $0.0, role: .input(FormulaInput(of: rate, formula: $0.1)), unit: .count(LocalText()))
      }
    let result = ResultTable(
      columns: ["conversion_rate", "in1", "in2"],
      rows: [[.real(0.12340063974410236), .integer(12345), .integer(100_040)]])
    return builder(language).answer(
      question: "上月华东区转化率多少", plan: plan(question, columns: columns, sources: ["orders", "visits"]), result: result,
      sourceRows: ["orders": 8412, "visits": 100_040])
  }

  /// 上月净销售额前3的城市，同比
  static func ranking(_ language: Language) -> Answer {
    let sales = Measure("net_sales")
    let question = Question(
      subject: .measures([sales]), groups: [.dimension("city")], period: lastMonth,
      comparison: Comparison(.yearBefore), ranking: Ranking(.top, 3))
    let money = MeasureUnit.money("CNY")
    let columns = [
      PlanColumn(name: "city", role: .group(.dimension("city"))),
      PlanColumn(name: "net_sales", role: .value(sales), unit: money),
      PlanColumn(name: "net_sales_base", role: .base(sales), unit: money),
      PlanColumn(name: "net_sales_growth", role: .growth(sales), unit: .percent),
    ]
    let result = ResultTable(
      columns: columns.map(\.name),
      rows: [
        [
          .text("上海"), .decimal(units: 234_567_890, scale: 2), .decimal(units: 200_000_000, scale: 2), .real(0.1728395),
        ],
        [.text("苏州"), .decimal(units: 98_765_432, scale: 2), .decimal(units: 100_000_000, scale: 2), .real(-0.0123)],
        [.null, .decimal(units: 50_000_050, scale: 2), .null, .null],
      ])
    return builder(language).answer(
      question: "上月净销售额前3的城市，同比", plan: plan(question, columns: columns, notices: [.tie(count: 2)]),
      result: result, sourceRows: ["orders": 8412])
  }
}
