import CivilTime
import Metrics
import SourceText
import TestSupport
import Testing

@Suite struct DictionaryReaderTests {
  private static let metrics = """
    metrics:
      gmv:
        title: {zh: 成交总额, en: GMV}
        synonyms: {zh: [流水, 交易额], en: [gross merchandise value]}
        states: {zh: {亏损: "< 0", 大单: ">= 10%"}}
        formula: sum(orders.amount)
        unit: CNY
        decimals: 2
        direction: up
        means: 已支付订单金额
        owner: 林晓
        level: strategic
        category: {zh: 交易, en: trade}
        drivers: [order_count]
        sensitivity: private
        version: 3
        valid_from: 2026-01-01
        change: {zh: 去掉了赠品单}
        history:
          - {version: 2, valid_from: 2024-11-01, formula: sum(orders.freight), means: 含赠品单}
          - {version: 1, valid_from: 2023-01-01}
        time: orders.ordered_on
        dimensions: [region, city]
        required: [region]
        nulls: "null"
        examples:
          - "? 上月流水 => measure gmv | during month(-1)"
      order_count:
        counts: [订单, 单]
        verbs: {zh: [下单], en: [ordered]}
        formula: count(orders)
        unit: {zh: 单, en: orders}
        means: 订单数
        department: 运营
    """

  @Test func readsEveryKeyOfAMetric() throws {
    let dictionary = Sample.dictionary(Self.metrics)
    let gmv = try #require(dictionary.metric("gmv"))
    #expect(gmv.title == LocalText([.chinese: "成交总额", .english: "GMV"]))
    #expect(gmv.synonyms.all == ["流水", "交易额", "gross merchandise value"])
    #expect(gmv.states.map(\.word) == ["亏损", "大单"])
    #expect(gmv.states[1].comparator == .atLeast && gmv.states[1].value == 0.1)
    #expect(gmv.unit == .money("CNY") && gmv.decimals == 2 && gmv.direction == .up && gmv.nulls == .null)
    #expect(gmv.meaning[.chinese] == "已支付订单金额")
    #expect(gmv.level == .strategic && gmv.sensitivity == .private && gmv.drivers == ["order_count"])
    #expect(gmv.versions.map(\.number) == [3, 2, 1])
    #expect(gmv.versions.map(\.validFrom) == [Day(2026, 1, 1), Day(2024, 11, 1), Day(2023, 1, 1)])
    #expect(gmv.versions.map { FormulaNotation.text($0.formula) } == ["sum(orders.amount)", "sum(orders.freight)", "sum(orders.freight)"])
    #expect(gmv.time == ColumnPath("orders.ordered_on"))
    #expect(gmv.allowedDimensions == ["region", "city"] && gmv.requiredDimensions == ["region"])
    #expect(gmv.examples.map(\.text) == ["? 上月流水 => measure gmv | during month(-1)"])
    let orders = try #require(dictionary.metric("order_count"))
    #expect(orders.counts == LocalWords([.chinese: ["订单", "单"]]))
    #expect(orders.unit == .count(LocalText([.chinese: "单", .english: "orders"])))
    #expect(orders.title[.chinese] == "order_count" && orders.allowedDimensions == nil)
  }

  @Test func readsTablesAndDimensions() throws {
    let dictionary = Sample.dictionary("metrics: {}")
    let orders = try #require(dictionary.schema["orders"])
    #expect(orders.file == "orders.csv" && orders.key == ["order_id"] && orders.time == ColumnPath("orders.ordered_on"))
    #expect(orders.column("amount")?.type == .decimal(scale: 2))
    #expect(orders.join("ship_day")?.table == "days")
    #expect(orders.join("ship_day")?.hereColumns == ["shipped_on"] && orders.join("ship_day")?.thereColumns == ["day"])
    let region = try #require(dictionary.dimension("region"))
    #expect(region.values.map(\.stored) == ["华东", "华南"])
    #expect(region.values[0].synonyms[.chinese] == ["华东区"] && region.values[1].synonyms[.english] == ["South China"])
    #expect(dictionary.dimension("lead_days")?.type == .real && dictionary.dimension("lead_days")?.kind == .number)
    #expect(dictionary.dimension("shipped")?.type == .boolean && dictionary.dimension("shipped")?.kind == .flag)
    #expect(dictionary.hierarchy(of: "city")?.level == 1)
  }

  @Test func theFingerprintFollowsTheText() {
    let one = Sample.dictionary("metrics: {}").fingerprint
    #expect(one.count == 16)
    #expect(Sample.dictionary("metrics: {}").fingerprint == one)
    #expect(Sample.dictionary("metrics: {}  # edited").fingerprint != one)
  }

  @Test func oneFileMayHoldEverything() throws {
    let text = Sample.tables + Sample.dimensions + Self.metrics
    let (dictionary, diagnostics) = DictionaryReader.read([.init(name: "dataset.yaml", text: text)])
    #expect(dictionary?.metrics.count == 2, "\(diagnostics)")
  }

  @Test func aFolderWithoutADictionaryIsSaid() {
    let (dictionary, diagnostics) = DictionaryReader.read(folder: "no/such/folder")
    #expect(dictionary == nil && diagnostics.map(\.code) == ["no-dataset"])
  }

  // MARK: Defects of metrics.yaml, each with its exact place

  @Test(arguments: [
    ("metrics:\n  a:\n⟦\t⟧formula: count(orders)", "tab-indent"),
    ("metrics:\n  a: {formula: count(orders)\nb⟦:⟧ 1", "bad-yaml"),
    ("metrics:\n  a:\n    formula: count(orders)\n    ⟦formula⟧: count(lines)", "duplicate-key"),
    ("metrics:\n  a:\n    formula: count(orders)\n    ⟦titel⟧: x", "unknown-key"),
    ("metrics:\n  a:\n    formula: count(orders)\n    title: {⟦fr⟧: commandes}", "unknown-language"),
    ("metrics:\n  a:\n    formula: ⟦[count(orders)]⟧", "wrong-type"),
    ("metrics:\n  a:\n    formula: count(orders)\n    decimals: ⟦two⟧", "wrong-type"),
    ("metrics:\n  a:\n    formula: count(orders)\n    decimals: 99", "bad-scale"),
    ("metrics:\n  a:\n    formula: count(orders)\n    status: ⟦certifed⟧", "unknown-choice"),
    ("metrics:\n  a:\n    formula: count(orders)\n    valid_from: ⟦2026-02-30⟧", "bad-day"),
    ("metrics:\n  a:\n    formula: count(orders)\n    unit: ⟦RMB⟧", "unknown-unit"),
    ("metrics:\n  a:\n    formula: count(orders)\n    states: {亏损: ⟦under 0⟧}", "bad-state"),
    ("metrics:\n  ⟦a⟧: {title: x}", "missing-key"),
    ("metrics:\n  ⟦1a⟧: {formula: count(orders)}", "bad-name"),
    ("metrics:\n  ⟦where⟧: {formula: count(orders)}", "reserved-name"),
    ("metrics:\n  ⟦region⟧: {formula: count(orders)}", "word-with-two-meanings"),
    ("metrics:\n  a:\n    formula: sum(⟦orders.amout⟧)", "unknown-column"),
    ("metrics:\n  a:\n    formula: \"count(orders where orders.status != \\\"x\\\" and ⟦orders.sttus⟧ = 'y')\"", "unknown-column"),
    ("metrics:\n  a:\n    formula: 'count(orders where orders.status = ''x'' and ⟦orders.sttus⟧ = ''y'')'", "unknown-column"),
    ("metrics:\n  a:\n    formula: >\n      count(orders)\n      + sum(⟦orders.amout⟧)", "unknown-column"),
    ("metrics:\n  a:\n    formula: |\n      count(orders)\n      + sum(⟦orders.amout⟧)", "unknown-column"),
    ("metrics:\n  a:\n    formula: count(orders)\n      + sum(⟦orders.amout⟧)", "unknown-column"),
    ("metrics:\n  a: {formula: sum(⟦orders.status⟧)}", "sum-of-text"),
    ("metrics:\n  a: {formula: 1 + ⟦b⟧}\n  b: {formula: a * 2}", "formula-circle"),
    ("metrics:\n  a: {formula: 2 * ⟦a⟧}", "formula-circle"),
    ("metrics:\n  a: {formula: 2 * ⟦bb⟧}", "unknown-metric"),
    ("metrics:\n  a: {formula: 2 * ⟦orders⟧}", "unknown-metric"),
    ("metrics:\n  a: {formula: count(orders where ⟦chanel⟧ = 'x')}", "unknown-dimension"),
    ("metrics:\n  a: {formula: count(visits where ⟦channel⟧ = 'x')}", "unreachable-dimension"),
    ("metrics:\n  a: {formula: count(orders), drivers: [⟦b⟧]}", "unknown-metric"),
    ("metrics:\n  a: {formula: count(orders), parent: ⟦b⟧}", "unknown-metric"),
    ("metrics:\n  a: {formula: count(orders), dimensions: [region, ⟦shop⟧]}", "unknown-dimension"),
    ("metrics:\n  a: {formula: count(orders), dimensions: [region, ⟦product⟧]}", "unreachable-dimension"),
    ("metrics:\n  a: {formula: count(orders), ⟦time⟧: orders.status}", "time-of-wrong-type"),
    ("metrics:\n  a: {formula: count(orders), ⟦time⟧: visits.visited_on}", "unreachable-column"),
    ("metrics:\n  a: {formula: count(orders), ⟦unit⟧: CNY}", "unit-mismatch"),
    ("metrics:\n  a: {formula: count(orders), unit: 单}\n  b: {formula: sum(orders.amount), unit: CNY}\n  c: {⟦formula⟧: a + b}", "unit-mismatch"),
    ("metrics:\n  a: {formula: sum(orders.freight), unit: USD}\n  b: {formula: sum(orders.amount), unit: CNY}\n  c: {⟦formula⟧: b - a}", "unit-mismatch"),
    ("metrics:\n  a: {formula: count(orders), title: 订单数}\n  b: {formula: count(lines), ⟦title⟧: \"订单 数\"}", "word-with-two-meanings"),
    ("metrics:\n  a: {formula: count(orders), ⟦synonyms⟧: [大区]}", "word-with-two-meanings"),
    ("metrics:\n  a: {formula: count(orders), version: 2, ⟦history⟧: [{version: 3}]}", "history-out-of-order"),
    ("metrics:\n  a: {formula: count(orders), examples: [⟦\"上月订单\"⟧]}", "bad-example"),
  ])
  func placesDefectsOfMetrics(sample: String, code: String) throws {
    let marked = MarkedText(sample)
    let (dictionary, diagnostics) = Sample.read(marked.text)
    let errors = diagnostics.filter { $0.severity == .error }
    #expect(dictionary == nil)
    #expect(errors.map(\.code) == [code])
    if let mark = marked.marks.first {
      #expect(errors.first?.place == SourcePlace(file: "metrics.yaml", line: mark.line, column: mark.column))
    }
  }

  @Test(arguments: [
    ("a: {formula: count(orders), means: x}", "no-owner"),
    ("a: {formula: count(orders), owner: x}", "no-definition"),
    ("a: {formula: count(orders), means: x, owner: y, status: deprecated}", "no-successor"),
    ("a: {formula: count(products), means: x, owner: y}", "no-time"),
    ("a: {formula: sum(orders.amount), means: x, owner: y}", "no-unit"),
    ("a: {formula: count(orders) / count(lines), unit: \"%\", means: x, owner: y}\n  b: {formula: count(orders) / count(visits), unit: \"%\", means: x, owner: y}\n  c: {formula: a + b, means: x, owner: y}", "summed-ratio"),
  ])
  func warnsAndStillReads(metrics: String, code: String) {
    let (dictionary, diagnostics) = Sample.read("metrics:\n  " + metrics)
    #expect(dictionary != nil)
    #expect(diagnostics.map(\.code) == [code])
    #expect(diagnostics.allSatisfy { $0.severity == .warning })
  }

  // MARK: Defects of tables.yaml and dimensions.yaml

  @Test(arguments: [
    ("tables:\n  a: {key: id, columns: {id: integr}}", "unknown-type"),
    ("tables:\n  a: {key: id, columns: {id: decimal(20)}}", "bad-scale"),
    ("tables:\n  a: {key: idd, columns: {id: integer}}", "unknown-column"),
    ("tables:\n  a: {key: id, time: id, columns: {id: integer}}", "time-of-wrong-type"),
    ("tables:\n  a: {columns: {}}", "no-columns"),
    ("tables:\n  a: {columns: {id: integer, b_id: integer}, joins: {b: b_id}}", "unknown-table"),
    ("tables:\n  a: {columns: {b_id: integer}, joins: {b: b_id}}\n  b: {columns: {b_id: integer}}", "join-to-no-key"),
    ("tables:\n  a: {columns: {b_id: text}, joins: {b: b_id}}\n  b: {key: b_id, columns: {b_id: integer}}", "join-types-differ"),
    ("tables:\n  a: {columns: {x: integer}, joins: {b: b_id}}\n  b: {key: b_id, columns: {b_id: integer}}", "unknown-column"),
    ("tables:\n  a: {columns: {x: integer}, joins: {b: \"x =\"}}\n  b: {key: b_id, columns: {b_id: integer}}", "bad-join"),
    ("tables: [a]", "wrong-type"),
    ("calendar: {fiscal_start: 13}\ntables: {}", "bad-month"),
    ("calendar: {anchor: yesterday}\ntables: {}", "unknown-choice"),
    ("metrics: {}", "duplicate-section"),
    ("tabels: {}", "unknown-key"),
  ])
  func findsDefectsOfTables(tables: String, code: String) {
    let (_, diagnostics) = Sample.read(tables: tables, dimensions: "dimensions: {}")
    #expect(diagnostics.filter { $0.severity == .error }.map(\.code) == [code])
  }

  @Test(arguments: [
    ("d: {column: ⟦stores.regon⟧}", "unknown-column"),
    ("d: {column: ⟦region⟧}", "unqualified-column"),
    ("d: {column: ⟦shops.region⟧}", "unknown-table"),
    ("⟦d⟧: {title: x}", "dimension-source"),
    ("d: {column: stores.region, ⟦flag⟧: \"orders.paid = 1\"}", "dimension-source"),
    ("d: {flag: ⟦city⟧ = 'x'}", "unqualified-column"),
    ("d: {expression: ⟦orders.status⟧ + 1}", "text-in-arithmetic"),
    ("⟦month⟧: {column: stores.region}", "reserved-name"),
    ("d: {column: stores.region, kind: ⟦catgory⟧}", "unknown-choice"),
    ("d: {column: stores.region, groups: {⟦g⟧: {values: []}}}", "empty-group"),
    ("d: {column: stores.region, groups: {⟦g⟧: {en: [x]}}}", "missing-key"),
    ("d: {column: stores.region, ⟦order⟧: [a, b, a]}", "repeated-value"),
    ("d: {column: stores.region, values: {华东: [东区], ⟦华北⟧: [东 区]}}", "word-with-two-meanings"),
    ("d: {column: stores.region, values: {华东: [东区]}, groups: {⟦东区⟧: [华东, 华北]}}", "word-with-two-meanings"),
  ])
  func placesDefectsOfDimensions(sample: String, code: String) throws {
    let marked = MarkedText("dimensions:\n  " + sample)
    let (_, diagnostics) = Sample.read(dimensions: marked.text)
    let mark = try #require(marked.marks.first)
    let errors = diagnostics.filter { $0.severity == .error }
    #expect(errors.first?.code == code)
    #expect(errors.first?.place == SourcePlace(file: "dimensions.yaml", line: mark.line, column: mark.column))
  }

  @Test func unknownLevelsAreSaid() {
    let (_, diagnostics) = Sample.read(dimensions: Sample.dimensions.replacing("[region, city]", with: "[region, citty]"))
    #expect(diagnostics.map(\.code) == ["unknown-dimension"])
    #expect(diagnostics.first?.hint == "did you mean city?")
  }

  @Test func namesAWordsFirstOwner() {
    let (_, diagnostics) = Sample.read(
      "metrics:\n  a: {formula: count(orders), title: GMV}\n  b: {formula: count(lines), title: Ｇｍｖ}")
    #expect(
      diagnostics.first?.description
        == "metrics.yaml:3:30: error[word-with-two-meanings]: \"Ｇｍｖ\" for metric b, already for metric a (as \"GMV\"); "
        + "expected each word for one metric or dimension; it stands first at 2")
  }

  @Test func showsTheWholeCircle() {
    let (_, diagnostics) = Sample.read(
      "metrics:\n  a: {formula: b + 1}\n  b: {formula: c + 1}\n  c: {formula: a + 1}")
    #expect(diagnostics.filter { $0.severity == .error }.map(\.found) == ["a → b → c → a"])
  }
}
