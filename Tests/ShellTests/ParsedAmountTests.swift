import SourceText
import Testing

@testable import Shell

@Suite struct ParsedAmountTests {
  private func amount(_ notation: String) throws -> ParsedAmount? {
    ParsedAmount(try #require(try TermReader.items(notation).first?.first))
  }

  @Test(arguments: [
    ("20", 20.0, nil), ("percent(0.29)", 29, nil), ("ordinal(3)", 3, nil), ("money(5, CNY)", 5, "CNY"),
    ("money(10, CNY, 3, 0.1)", 10.3, "CNY"), ("money(2, USD, 3, 0.01)", 2.03, "USD"),
    ("money(1, CNY, 2, 0.1, 3, 0.01)", 1.23, "CNY"), ("money(20, \"$\")", 20, nil),
    ("money(times(30, 1000000), USD)", 30_000_000, "USD"), ("out_of(2, 5)", 0.4, nil),
  ])
  func `one value`(notation: String, value: Double, currency: String?) throws {
    let found = try #require(try amount(notation))
    #expect(found.extent == .value(value))
    #expect(found.currency == currency)
  }

  @Test func `ranges with their ends in or out`() throws {
    typealias End = ParsedAmount.End
    #expect(try amount("compare(>, 100)")?.extent == .range(low: End(value: 100, isInside: false), high: nil))
    #expect(try amount("compare(<=, percent(0.2))")?.extent == .range(low: nil, high: End(value: 20, isInside: true)))
    #expect(
      try amount("between(5, 1)")?.extent
        == .range(low: End(value: 1, isInside: true), high: End(value: 5, isInside: true)))
    #expect(
      try amount("both(compare(>, 20), compare(<=, 35))")?.extent
        == .range(low: End(value: 20, isInside: false), high: End(value: 35, isInside: true)))
    #expect(try amount("between(10000, money(50000, CNY))")?.currency == "CNY")
  }

  @Test(arguments: ["month(-1)", "compare(!=, 3)", "between(1)", "money(x)", "percent(a)"])
  func `what is no amount is none`(notation: String) throws {
    #expect(try amount(notation) == nil)
  }
}
