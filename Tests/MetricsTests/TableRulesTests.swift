import SourceText
import TestSupport
import Testing

@testable import Metrics

/// Rules of tables and cleaning of columns, as `tables.yaml` says them.
@Suite struct TableRulesTests {
  private static let others = """

      stores: {key: store_id, columns: {store_id: integer, city: text, opened: date}}
      lines: {joins: {orders: id}, columns: {id: integer, amount: decimal(2), pieces: integer}}
      people: {key: id, columns: {id: integer, boss: integer}}
    """

  /// The table `orders` with more keys, and others around it.
  private func read(_ keys: String, columns: String = "") -> (table: Table?, diagnostics: [Diagnostic]) {
    let text = """
      tables:
        orders:
          key: id
          time: day
          joins: {stores: store_id}
          columns:
            id: integer
            store_id: integer
            day: date
            shop: text
            amount: decimal(2)
            paid: decimal(2)
            pieces: integer
            price: decimal(2)
      \(columns)
      \(keys)\(Self.others)
      """
    let (dictionary, diagnostics) = Sample.read(tables: text, dimensions: "dimensions: {}")
    return (dictionary?.schema["orders"], diagnostics)
  }

  private func rule(_ text: String) throws -> TableRule {
    let (table, diagnostics) = read("    rules: [{soft: \"\(text)\"}]")
    #expect(diagnostics.filter { $0.severity == .error }.isEmpty, "\(diagnostics)")
    return try #require(table?.rules.rules.first)
  }

  // MARK: What is read

  @Test func references() throws {
    #expect(try rule("store_id in stores").kind == .reference(["store_id"], table: "stores", ["store_id"]))
    #expect(try rule("shop in stores.city").kind == .reference(["shop"], table: "stores", ["city"]))
    // A list of values is a test of the row, no reference.
    guard case .agreement = try rule("shop in ('a', 'b')").kind else { return #expect(Bool(false)) }
  }

  @Test func rowsThatMustBeThereOnce() throws {
    #expect(try rule("unique(shop, day)").kind == .unique(["shop", "day"]))
    #expect(try rule("distinct rows").kind == .distinctRows)
    let (table, _) = read("    rules: [\"unique(shop, day)\"]")
    #expect(table?.unique == [["shop", "day"]])
    // A soft one is counted, and identifies nothing.
    #expect(read("    rules: [{soft: \"unique(shop, day)\"}]").table?.unique == [])
  }

  @Test(arguments: [
    "paid <= amount", "amount = pieces * price", "paid is null or paid <= amount", "shop starts 'A'", "abs(amount) < 100",
    "days_between(day, stores.opened) < 0", "not (paid > amount and amount > 0)",
  ])
  func agreements(text: String) throws {
    guard case .agreement(_, let totals) = try rule(text).kind else { return #expect(Bool(false), "\(text)") }
    #expect(totals.isEmpty)
  }

  @Test func tolerance() throws {
    let near = RowCondition.comparison(
      .absolute(.binary(.minus, .column(ColumnPath("orders.amount")), .column(ColumnPath("orders.paid")))), .atMost, .number(0.01))
    #expect(try rule("amount = paid within 0.01").kind == .agreement(near, totals: []))
  }

  @Test func totalsOfOtherTables() throws {
    guard case .agreement(_, let totals) = try rule("amount = sum(lines.amount * lines.pieces) + paid within 1").kind else { return #expect(Bool(false)) }
    #expect(totals.map(\.table) == ["lines"] && totals.map(\.role) == ["orders"])
    #expect(try rule("pieces = count(lines)").columns.map(\.description) == ["orders.pieces"])
  }

  @Test func timeAndRows() {
    let (table, _) = read("    fresh: 2 weeks\n    rows: {per: week, range: [50%, 200%], of: 8}\n    keep: newest by day")
    #expect(table?.rules.fresh == 14 && table?.rules.kept == .newest(by: "day"))
    #expect(table?.rules.usualRows == UsualRows(grain: .week, least: 0.5, most: 2, units: 8))
    #expect(UsualRows(grain: .day, least: 0.5, most: 2).holds(50, usual: 100) && !UsualRows(grain: .day, least: 0.5, most: 2).holds(49, usual: 100))
    #expect(!UsualRows(grain: .day, least: 0.5, most: 2).holds(201, usual: 100) && UsualRows(grain: .day, least: 0.5, most: 2).holds(3, usual: 0))
  }

  @Test func cleaning() throws {
    let (table, _) = read("", columns: "      city: {type: text, width: half, case: upper, map: {BJ: 北京}, default: 未知}\n      fee: {type: decimal(2), unit: 万元}")
    let city = try #require(table?.column("city")?.cleaning)
    #expect(city.isHalfWidth && city.letterCase == .upper && city.map == ["BJ": "北京"] && city.fallback == "未知")
    #expect(table?.column("fee")?.cleaning.unit == .init(mantissa: 1, exponent: 4))
  }

  @Test(arguments: [
    ("万", 1, 4), ("亿元", 1, 8), ("Million", 1, 6), ("100", 100, 0), ("0.01", 1, -2), ("12", 12, 0), ("元", 0, 0), ("0", 0, 0), ("-1", 0, 0),
    ("1e3", 0, 0), ("dozen", 0, 0), ("", 0, 0), (".5", 0, 0), ("1.2.3", 0, 0),
  ])
  func unitsOfFiles(text: String, mantissa: Int64, exponent: Int) {
    #expect(ColumnCleaning.Unit(text) == (mantissa == 0 ? nil : .init(mantissa: mantissa, exponent: exponent)), "\(text)")
  }

  // MARK: Defects

  @Test(arguments: [
    ("rules: [⟦payd⟧ <= amount]", "unknown-column", "did you mean paid?"),
    ("rules: [⟦paid⟧ <= shop]", "type-mismatch", ""),
    ("rules: [store_id in ⟦store⟧]", "unknown-table", "did you mean stores?"),
    ("rules: [store_id in ⟦lines⟧]", "bad-reference", ""),
    ("rules: [shop in ⟦stores⟧]", "join-types-differ", ""),
    ("rules: [⟦stroe_id⟧ in stores]", "unknown-column", "did you mean store_id or id?"),
    ("rules: [\"unique(⟦shp⟧)\"]", "unknown-column", "did you mean shop?"),
    ("rules: [paid < amount ⟦within⟧ 1]", "bad-formula", ""),
    ("rules: [⟦amount = sum(lines.amount)⟧]", "needs-soft", "rows of the other table may be loaded later, so it can only be counted"),
    ("rules: [{soft: amount = sum(⟦line⟧.amount)}]", "unknown-table", "did you mean lines?"),
    ("rules: [{soft: amount = sum(⟦stores⟧.store_id)}]", "no-common-table", ""),
    ("rules: [paid <= amount ⟦amount⟧]", "bad-formula", ""),
    ("rules: [⟦lines.amount⟧ > 0]", "unreachable-column", "orders has no join that leads to lines"),
    ("rules: [{⟦sotf⟧: paid <= amount}]", "bad-rule", ""),
    ("rules: ⟦paid⟧", "wrong-type", "- paid <= amount"),
    ("fresh: ⟦soon⟧", "bad-rule", ""),
    ("rows: {per: day, range: ⟦[50%]⟧}", "bad-range", ""),
    ("rows: {per: day, range: ⟦[1, 2]⟧}", "bad-range", ""),
    ("rows: {per: ⟦fortnight⟧, range: [50%, 200%]}", "unknown-choice", ""),
    ("keep: ⟦oldest⟧", "bad-rule", ""),
    ("keep: newest by ⟦dya⟧", "unknown-column", "did you mean day?"),
  ])
  func placesDefects(sample: String, code: String, hint: String) throws {
    let marked = MarkedText("    " + sample)
    let (_, diagnostics) = read(marked.text)
    let mark = try #require(marked.marks.first)
    let found = try #require(diagnostics.first { $0.severity == .error && $0.code == code }, "\(diagnostics)")
    #expect(found.hint == hint)
    // Keys stand below 15 lines of columns.
    if code != "wrong-type", code != "bad-rule", code != "bad-range" { #expect(found.place == SourcePlace(file: "tables.yaml", line: 16, column: mark.column), "\(found)") }
  }

  @Test(arguments: [
    ("{type: integer, case: upper}", "bad-cleaning"), ("{type: date, width: half}", "bad-cleaning"), ("{type: text, width: full}", "unknown-choice"),
    ("{type: text, case: Upper}", "unknown-choice"), ("{type: text, unit: 万元}", "bad-unit"), ("{type: decimal(2), unit: 个元}", "bad-unit"),
    ("{type: boolean, unit: 万}", "bad-unit"), ("{type: text, map: [a]}", "wrong-type"),
  ])
  func defectsOfCleaning(column: String, code: String) {
    let (_, diagnostics) = read("", columns: "      more: \(column)")
    #expect(diagnostics.filter { $0.severity == .error }.map(\.code) == [code])
  }

  @Test func aTableWithoutTimeHasNoNewestDay() {
    let tables = "tables:\n  a: {key: id, fresh: 2 days, columns: {id: integer}}"
    #expect(Sample.read(tables: tables, dimensions: "dimensions: {}").diagnostics.map(\.code).contains("rule-without-time"))
    let keyless = "tables:\n  a: {keep: last, columns: {id: integer}}"
    #expect(Sample.read(tables: keyless, dimensions: "dimensions: {}").diagnostics.map(\.code).contains("keep-without-key"))
    let own = "tables:\n  a: {key: id, rules: [boss in a], columns: {id: integer, boss: integer}}"
    #expect(Sample.read(tables: own, dimensions: "dimensions: {}").diagnostics.map(\.code).contains("needs-soft"))
  }
}
