import SourceText
import Testing

@Suite struct YAMLInsertionTests {
  /// Everything but the word stays as it was written.
  @Test(arguments: [
    ("m:\n  gmv:\n    synonyms: {zh: [流水], en: [GMV]}  # why\n", ["m", "gmv", "synonyms", "zh"],
      "m:\n  gmv:\n    synonyms: {zh: [流水, 业绩], en: [GMV]}  # why\n"),
    ("m:\n  gmv:\n    synonyms: {zh: [流水]}\n", ["m", "gmv", "synonyms", "en"], "m:\n  gmv:\n    synonyms: {zh: [流水], en: [业绩]}\n"),
    ("m:\n  gmv:\n    synonyms: []\n", ["m", "gmv", "synonyms", "zh"], "m:\n  gmv:\n    synonyms: [业绩]\n"),
    ("m:\n  gmv:\n    synonyms:\n      # all of them\n      - 流水\n      - a  # b\n    unit: x\n", ["m", "gmv", "synonyms", "zh"],
      "m:\n  gmv:\n    synonyms:\n      # all of them\n      - 流水\n      - a  # b\n      - 业绩\n    unit: x\n"),
    ("m:\n  gmv:\n    title: {zh: 成交}\n    unit: x\n", ["m", "gmv", "synonyms", "zh"],
      "m:\n  gmv:\n    title: {zh: 成交}\n    synonyms: {zh: [业绩]}\n    unit: x\n"),
    ("m:\n  gmv:\n    # the sum\n    formula: f\n", ["m", "gmv", "synonyms", "zh"],
      "m:\n  gmv:\n    # the sum\n    synonyms: {zh: [业绩]}\n    formula: f\n"),
    ("m:\n  gmv: {formula: \"a, [b]\", unit: x}\n", ["m", "gmv", "synonyms", "zh"],
      "m:\n  gmv: {formula: \"a, [b]\", unit: x, synonyms: {zh: [业绩]}}\n"),
    ("d: {values: {上海: [沪]}}", ["d", "values", "上海", "synonyms"], "d: {values: {上海: [沪, 业绩]}}"),
    ("d:\n  values:\n    上海:\n    北京: [京]\n", ["d", "values", "上海", "synonyms"], "d:\n  values:\n    上海: {synonyms: [业绩]}\n    北京: [京]\n"),
    ("name: shop\r\n", ["d", "x"], "name: shop\r\nd: {x: [业绩]}\n"),
  ])
  func adds(_ test: (before: String, path: [String], after: String)) throws {
    let edit = try YAMLInsertion(.member("业绩"), at: test.path, in: test.before, file: "x.yaml")
    #expect(edit.text == test.after)
    #expect(throws: Never.self) { try YAMLNode.parse(edit.text, file: "x.yaml") }
  }

  @Test func addsTextsOnce() throws {
    let once = try YAMLInsertion(.text("net_sales"), at: ["defaults", "Paris"], in: "name: shop", file: "x.yaml")
    #expect(once.text == "name: shop\ndefaults: {Paris: net_sales}\n")
    #expect(once.place.line == 2 || once.place.line == 1)
    #expect(throws: Diagnostic.self) { try YAMLInsertion(.text("city"), at: ["defaults", "Paris"], in: once.text, file: "x.yaml") }
  }

  /// Words that YAML would read as something else stand in quotes.
  @Test(arguments: [("no", "\"no\""), ("a: b", "\"a: b\""), ("12", "\"12\""), ("say \"x\"", "\"say \\\"x\\\"\""), ("net sales", "net sales"), ("#1", "\"#1\"")])
  func quotes(_ test: (word: String, written: String)) throws {
    let edit = try YAMLInsertion(.member(test.word), at: ["a"], in: "a: []\n", file: "x.yaml")
    #expect(edit.text == "a: [\(test.written)]\n")
  }

  @Test func refusesAnotherShape() {
    #expect(throws: Diagnostic.self) { try YAMLInsertion(.member("x"), at: ["a", "b"], in: "a: text\n", file: "x.yaml") }
  }
}
