import Metrics
import SourceText
import Tables
import Testing

@testable import Answers

@Suite struct NumberFormatTests {
  func text(
    _ cell: Cell, _ unit: MeasureUnit, _ style: NumberFormat.Style = .plain,
    _ language: Language = .chinese, decimals: Int? = nil
  ) -> String {
    NumberFormat(unit: unit, style: style, decimals: decimals, language: language, cells: [cell]).text(cell)
  }

  @Test func money() {
    #expect(text(.decimal(units: 123_450, scale: 2), .money("CNY")) == "¥1,234.50")
    #expect(text(.decimal(units: -5, scale: 2), .money("USD")) == "-$0.05")
    #expect(text(.real(1234.5678), .money("CHF")) == "CHF 1,234.57")
    #expect(text(.decimal(units: 123_450, scale: 2), .money("CNY"), decimals: 0) == "¥1,235")
    #expect(text(.decimal(units: 100, scale: 2), .money("CNY"), .change) == "+¥1.00")
    #expect(text(.decimal(units: 0, scale: 2), .money("CNY"), .change) == "¥0.00")
  }

  @Test func percentAndPoints() {
    #expect(text(.real(0.12340063974410236), .percent) == "12.34%")
    #expect(text(.real(0.012), .percent, .change) == "+1.20 个百分点")
    #expect(text(.real(-0.012), .percent, .change, .english) == "-1.20 pp")
    #expect(text(.real(-0.00001), .money("CNY"), .fraction(signed: true)) == "0.00%")
    #expect(text(.real(0.5), .money("CNY"), .fraction(signed: true)) == "+50.00%")
    #expect(text(.real(0.5), .money("CNY"), .fraction(signed: false)) == "50.00%")
  }

  @Test func countsDurationsAndPlainNumbers() {
    #expect(text(.integer(12345), .count(LocalText("单", in: .chinese))) == "12,345")
    #expect(text(.real(12345.5), .count(LocalText("单", in: .chinese))) == "12,345.50")
    #expect(text(.real(3.25), .days) == "3.25 天")
    #expect(text(.integer(90), .minutes, .plain, .english) == "90 min")
    #expect(text(.real(0.1234567), .plain) == "0.1235")
  }

  @Test func nothingIsNotZero() {
    #expect(text(.null, .money("CNY")) == "—")
    #expect(text(.real(.nan), .plain) == "nan")
    #expect(text(.integer(0), .money("CNY")) == "¥0.00")
  }

  @Test func scalesOnlyWhereTwoDecimalsStillTellRowsApart() {
    let big: [Cell] = [.integer(23_456_789), .integer(1_000_000)]
    let money = MeasureUnit.money("CNY")
    #expect(NumberScale.choose(for: big, changes: [], unit: money, language: .chinese)?.word == "万")
    #expect(NumberScale.choose(for: big, changes: [], unit: money, language: .english)?.word == "K")
    #expect(NumberScale.choose(for: big + [.integer(5)], changes: [], unit: money, language: .chinese) == nil)
    #expect(NumberScale.choose(for: big, changes: [.integer(50)], unit: money, language: .chinese) == nil)
    #expect(
      NumberScale.choose(for: [.integer(2_000_000_000)], changes: [], unit: money, language: .chinese)?.word == "亿")
    #expect(NumberScale.choose(for: big, changes: [], unit: .percent, language: .chinese) == nil)
    #expect(NumberScale(power: 4, word: "万").header(money, .chinese) == "（万元）")
    #expect(NumberScale(power: 6, word: "M").header(money, .english) == " (¥M)")
  }
}
