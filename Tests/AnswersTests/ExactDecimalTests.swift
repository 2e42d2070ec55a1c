import Tables
import Testing

@testable import Answers

@Suite struct ExactDecimalTests {
  @Test(arguments: [
    (1.005, 2, "1.01"), (0.125, 2, "0.13"), (2.5, 0, "3"), (999.995, 2, "1,000.00"), (1234567.891, 1, "1,234,567.9"),
    (0, 2, "0.00"), (0.0004, 2, "0.00"), (1e21, 0, "1,000,000,000,000,000,000,000"), (1.5e-7, 8, "0.00000015"),
    (0.5, 0, "1"), (0.049, 1, "0.0"), (12, 3, "12.000"),
  ])
  func roundsHalfUpOverTheShortestDecimal(value: Double, decimals: Int, expected: String) throws {
    #expect(try #require(ExactDecimal(value)).text(decimals: decimals).text == expected)
  }

  @Test func keepsEveryDigitOfLongIntegers() {
    #expect(ExactDecimal(units: Int64.min, scale: 0).fullText(grouped: false) == "-9223372036854775808")
    #expect(ExactDecimal(units: 123_456_789_012_345_678, scale: 2).text(decimals: 2).text == "1,234,567,890,123,456.78")
  }

  @Test func knowsWholeNumbersAndSize() throws {
    #expect(ExactDecimal(units: 1200, scale: 2).isWhole)
    #expect(!ExactDecimal(units: 1201, scale: 2).isWhole)
    #expect(ExactDecimal(units: 10_000, scale: 0).reaches(powerOfTen: 4))
    #expect(!ExactDecimal(units: 9_999, scale: 0).reaches(powerOfTen: 4))
    #expect(ExactDecimal(Double.nan) == nil)
    #expect(ExactDecimal(Cell.text("1")) == nil)
  }
}
