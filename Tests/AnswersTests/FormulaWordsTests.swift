import CivilTime
import Metrics
import SourceText
import Testing

@testable import Answers

@Suite struct FormulaWordsTests {
  func check(_ formula: Formula, _ chinese: String, _ english: String, _ place: SourceLocation = #_sourceLocation) {
    #expect(FormulaWords(Shop.dictionary, in: .chinese).text(formula) == chinese, sourceLocation: place)
    #expect(FormulaWords(Shop.dictionary, in: .english).text(formula) == english, sourceLocation: place)
  }

  @Test func aggregatesAndConditions() {
    check(Shop.sum("orders.amount"), "求和(订单.金额)", "sum of orders.amount")
    let condition = RowCondition.all([
      .dimension("region", .equal, .text("华东")),
      .any([
        .comparison(.column(ColumnPath("orders.amount")), .atLeast, .number(10)),
        .missing(.column(ColumnPath("orders.note")), negated: false),
      ]),
    ])
    check(
      .aggregate(Aggregate(function: .count, table: "orders", condition: condition)),
      "计数(订单)（限 大区 = 华东 且 (订单.金额 ≥ 10 或 订单.note 为空)）",
      "number of orders where region = East China and (orders.amount ≥ 10 or orders.note is empty)")
    check(
      .aggregate(
        Aggregate(
          function: .sum, table: "orders", argument: .column(ColumnPath("orders.amount")), overTime: .last,
          overGrain: .day)),
      "求和(订单.金额，取最后一天)", "sum of orders.amount on the last day")
  }

  @Test func bracketsOnlyWhereNeeded() {
    let (a, b) = (Formula.metric("net_sales"), Formula.metric("gmv"))
    check(
      .binary(.dividedBy, .binary(.minus, b, a), .binary(.times, a, .number(2))), "(成交总额 - 净销售额) ÷ (净销售额 × 2)",
      "(GMV - net sales) ÷ (net sales × 2)")
    check(.binary(.minus, a, .binary(.plus, a, b)), "净销售额 - (净销售额 + 成交总额)", "net sales - (net sales + GMV)")
    check(.binary(.plus, .binary(.times, a, b), b), "净销售额 × 成交总额 + 成交总额", "net sales × GMV + GMV")
    check(.rolling(a, 30, .day), "滚动30天(净销售额)", "(net sales) over the last 30 days")
  }

  @Test func numbersNeedEveryOperand() {
    let words = FormulaWords(Shop.dictionary, in: .chinese)
    let formula = Formula.binary(
      .dividedBy, .metric("paying_buyers"), .binary(.times, .metric("visitors"), .number(100)))
    let known: [Formula: String] = [.metric("paying_buyers"): "12", .metric("visitors"): "3"]
    #expect(words.numbers(formula) { known[$0] } == "12 ÷ (3 × 100)")
    #expect(words.numbers(formula) { _ in nil } == nil)
    #expect(words.numbers(.metric("visitors")) { known[$0] } == nil)
  }
}
