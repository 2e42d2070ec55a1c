import Metrics
import TestSupport
import Testing

@Suite struct FormulaReaderTests {
  private static let schema = Sample.schema

  /// What is written is what is printed, so reading and printing are each other's inverse.
  @Test(arguments: [
    "sum(orders.amount)",
    "sum(lines.quantity * lines.price)",
    "sum(orders.amount - orders.freight where stores.city = '上海')",
    "count(orders)",
    "count(orders where orders.status in ('已支付', '已完成') and not orders.paid = 0)",
    "count(distinct orders.buyer_id where region = '华东')",
    "avg(lines.price)",
    "median(orders.amount)",
    "stddev(orders.amount)",
    "percentile(orders.amount, 0.9)",
    "last(orders.amount over day)",
    "avg(orders.amount over month)",
    "支付买家数 / 访客数",
    "a - (b - c)",
    "a + (b + c)",
    "(a + b) * c / 2",
    "-a * 100",
    "rolling(gmv, 30 days)",
    "to_date(gmv, year)",
    "shift(gmv, 1 year)",
    "convert(visits.visitor -> orders.buyer_id within 7 days)",
    "convert(visits.visitor -> orders.buyer_id on day 7)",
    "avg(gmv per day)",
    "percentile(gmv per store, 90)",
    "max(avg(gmv per store, day) per month)",
    "score(0.6 * a, 0.4 * b)",
    "avg(days_between(orders.ordered_on, orders.shipped_on))",
    "sum(if(orders.shipped_on is null, 0, orders.amount))",
    "sum(coalesce(orders.freight, 0) + abs(orders.amount))",
    "count(orders where orders.status contains '付' or orders.status starts 'it''s')",
    "count(orders where (orders.paid = 1 or orders.amount > 5) and stores.city not in ('上海'))",
    "count(orders where orders.ordered_on >= '2026-01-01')",
    "sum(lines.orders.stores.store_id)",
  ])
  func readsAndPrints(text: String) throws {
    let formula = try FormulaReader.read(text, schema: Self.schema)
    #expect(FormulaNotation.text(formula) == text)
    #expect(try FormulaReader.read(FormulaNotation.text(formula), schema: Self.schema) == formula)
  }

  @Test(arguments: [
    ("sum(lines.quantity * products.cost)", "lines"),
    ("sum(lines.price where stores.region = '华东')", "lines"),
    ("count(orders where order_day.month = '2026-01')", "orders"),
    ("count(distinct ship_day.month)", "orders"),
    ("count(distinct orders.buyer_id where products.name = 'x')", "lines"),
  ])
  func takesTheFinestTable(text: String, table: String) throws {
    // `count(distinct orders.buyer_id where products…)` has no single table named in it; lines reaches both.
    let formula = try FormulaReader.read(text, schema: Self.schema)
    #expect(formula.tables == [table])
  }

  @Test func bindsAsArithmeticDoes() throws {
    let formula = try FormulaReader.read("a - b - c * d", schema: Self.schema)
    let expected = Formula.binary(
      .minus, .binary(.minus, .metric("a"), .metric("b")), .binary(.times, .metric("c"), .metric("d")))
    #expect(formula == expected)
  }

  @Test(arguments: [
    ("sum(⟦orders.amout⟧)", "unknown-column", "did you mean orders.amount?"),
    ("sum(⟦oders.amount⟧)", "unknown-table", "did you mean orders?"),
    ("sum(⟦amount⟧)", "unqualified-column", "did you mean orders.amount?"),
    ("sum(orders.amount where stores.city = ⟦上海⟧)", "unqualified-column", "a text stands in quotes: '上海'"),
    ("sum(⟦orders.status⟧)", "sum-of-text", "count(distinct …) takes texts"),
    ("avg(⟦orders.ordered_on⟧)", "sum-of-text", "days_between(a, b) gives a number"),
    ("sum(orders.amount + ⟦orders.status⟧)", "text-in-arithmetic", ""),
    ("sum(⟦orders.freight⟧ where lines.quantity > 1)", "fan-out", "the condition names lines, which is finer; put it on a table that orders joins to"),
    ("sum(orders.amount * ⟦visits.visitor⟧)", "no-common-table", ""),
    ("count(orders where ⟦products.name⟧ = 'x')", "unreachable-column", "orders has no join that leads to products"),
    ("count(orders where ⟦days.month⟧ = 'x')", "ambiguous-path", ""),
    ("count(⟦oders⟧)", "unknown-table", "did you mean orders?"),
    ("count(⟦orders.buyer_id⟧)", "unknown-table", "write count(distinct orders.buyer_id)"),
    ("⟦summ⟧(orders.amount)", "unknown-function", "did you mean sum?"),
    ("sum(⟦sum⟧(orders.amount))", "unknown-function", "an aggregate cannot stand inside an aggregate"),
    ("⟦orders.amount⟧ / 2", "column-outside-aggregate", "a column stands in an aggregate: sum(orders.amount)"),
    ("sum(orders.amount", "bad-formula", ""),
    ("percentile(gmv per store⟦)⟧", "bad-formula", "write percentile(gmv per store, 90)"),
    ("convert(visits.visitor -> orders.buyer_id on ⟦week⟧ 7)", "bad-formula", ""),
    ("a + ⟦⟧", "bad-formula", ""),
    ("a ⟦b⟧", "bad-formula", ""),
    ("a ⟦÷⟧ b", "bad-formula", "write /"),
    ("count(orders where orders.status = ⟦'已支付⟧)", "bad-formula", ""),
    ("count(orders where ⟦orders.amount⟧ = '已支付')", "type-mismatch", ""),
    ("count(orders where region = ⟦华东⟧)", "bad-formula", "a text stands in quotes: '华东'"),
    ("rolling(a, 30 ⟦dayz⟧)", "bad-formula", "did you mean day?"),
    ("percentile(orders.amount, ⟦90⟧)", "bad-formula", ""),
    ("sum(orders.amount ⟦over⟧ day)", "bad-formula", "over … stands with last, first and avg"),
  ])
  func saysWhatIsWrongAndWhere(sample: String, code: String, hint: String) throws {
    let marked = MarkedText(sample)
    let reading = FormulaReader.formula(marked.text, schema: Self.schema)
    let failure = try #require(reading.failures.first, "\(marked.text) was read without a word")
    #expect(failure.code == code)
    #expect(failure.offset == marked.marks.first?.offset ?? marked.text.unicodeScalars.count)
    #expect(failure.hint == hint)
    #expect(reading.failures.count == 1)
  }

  @Test func notesWhatItNames() {
    let reading = FormulaReader.formula("sum(orders.amount where region = '华东') / 访客数", schema: Self.schema)
    #expect(reading.mentions.map(\.name) == ["region", "访客数"])
    #expect(reading.mentions.map(\.kind) == [.dimension, .metric])
    #expect(reading.mentions.map(\.offset) == [24, 41])
  }

  @Test func reportsEveryDefectOfAFormula() {
    let reading = FormulaReader.formula("sum(orders.amout) / sum(orders.fright)", schema: Self.schema)
    #expect(reading.failures.map(\.found) == ["orders.amout", "orders.fright"])
  }
}
