import CivilTime
import SourceText
import Testing

@testable import Parsing

private func read(_ text: String) throws -> ReadQuantity? { ReadQuantity(try TermReader.items(text)[0][0]) }

@Suite struct ReadQuantityTests {
  @Test func kinds() throws {
    #expect(try read("percent(0.29)")?.value == 29)
    #expect(try read("money(5, CNY, 6, 0.1)")?.value == 5.6)
    #expect(try read("over(1, 4)")?.value == 0.25)
    #expect(try read("money(times(30, 1000000), USD)")?.value == 3e7)
    #expect(try read("money(20, any)")?.currency == nil)
    #expect(try read("between(10, money(20, EUR))")?.currency == "EUR")
    let both = try read("both(compare(<=, 30), compare(>, 20))")
    #expect(both?.low == 20 && both?.lowInclusive == false && both?.high == 30 && both?.highInclusive == true)
  }

  /// Nothing lies between 50 and 12, and 15 % is no end of a range of money.
  @Test(arguments: ["both(compare(>, 50), compare(<, 12))", "between(50, 12)", "between(percent(0.15), money(4, CNY))", "gmv",
    "between(percent(0.06), 309)", "out_of(5, 2025)", "out_of(20, 5)", "over(2025, 2024)",
  ])
  func refused(_ text: String) throws { #expect(try read(text) == nil) }

  @Test func traditionalFindsSimplified() {
    #expect(NormalisedText("上個月銷售額").scalars == NormalisedText("上个月销售额").scalars)
  }
}
