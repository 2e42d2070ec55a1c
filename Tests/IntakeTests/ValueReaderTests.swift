import Metrics
import Testing

@testable import Intake

/// Good and bad forms of every type.
@Suite struct ValueReaderTests {
  private func read(_ text: String, _ type: ColumnType, _ format: String? = nil) throws -> String {
    let reader = try #require(ValueReader(type: type, format: format))
    switch reader.read(text) {
    case .null: return "null"
    case .integer(let value): return "\(value)"
    case .real(let value): return "\(value)"
    case .text(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .bad: return "bad"
    }
  }

  @Test(arguments: [
    ("12.30", "1230"), ("-5", "-500"), ("¥1,234.50", "123450"), ("$ 1,963.10", "196310"), ("1.2万", "1200000"), ("3亿元", "30000000000"),
    ("(300)", "-30000"), ("（３００．５）", "-30050"), ("100-", "-10000"), ("12%", "12"), ("-€5.00", "-500"), ("1'234.5", "123450"),
    ("1.5E3", "150000"), ("", "null"), ("N/A", "null"), ("-", "null"), ("０.５", "50"), ("人民币 5 元", "500"), (".5", "50"), ("5.", "500"),
    ("1.230", "123"),
    ("1.234", "bad"), ("1,23", "bad"), ("12,34,567", "bad"), ("abc", "bad"), ("1 2", "bad"), ("99999999999999999999", "bad"), ("1.2.3", "bad"),
    ("2024-01-05", "bad"), ("5 apples", "bad"), ("12.5%", "bad"),
  ])
  func amounts(text: String, expected: String) throws {
    #expect(try read(text, .decimal(scale: 2)) == expected, "\(text)")
  }

  @Test(arguments: [("12", "12"), ("3.0", "3"), ("1,000", "1000"), ("-7", "-7"), ("+7", "7"), ("3.5", "bad"), ("", "null"), ("9223372036854775807", "9223372036854775807")])
  func integers(text: String, expected: String) throws { #expect(try read(text, .integer) == expected, "\(text)") }

  @Test(arguments: [("0.1", "0.1"), ("12.5%", "0.125"), ("1e-3", "0.001"), ("1.7976931348623157e400", "bad"), ("NaN", "null"), ("123456789012345678901.5", "1.2345678901234568e+20")])
  func reals(text: String, expected: String) throws { #expect(try read(text, .real) == expected, "\(text)") }

  @Test(arguments: [("1.234,56", "123456"), ("12,5", "1250"), ("1.000", "100000"), ("1,234.5", "bad")])
  func decimalCommas(text: String, expected: String) throws {
    #expect(try read(text, .decimal(scale: 2), "1.234,56") == expected, "\(text)")
  }

  @Test(arguments: [
    ("2024-01-05", ""), ("2024/1/5", ""), ("2024.1.5", ""), ("2024年1月5日", ""), ("2024年01月05号", ""), ("20240105", ""), ("5-Jan-24", ""),
    ("5 January 2024", ""), ("Jan 5, 2024", ""), ("Fri, 5 Jan 2024", ""), ("2024-01-05 00:00:00", ""), ("2024-01-05T00:00:00Z", ""),
    ("5/1/2024", "d/m/y"), ("05.01.24", "d/m/y"), ("1/5/24", "m/d/y"), ("24/1/5", "y/m/d"), ("45296", "excel"), ("45296.0", "excel"),
    ("2024/1/5", "d/m/y"), (" 2024-01-05 ", ""), ("5/1/2024", "d/m/y, excel"), ("45296", "d/m/y, excel"),
  ])
  func daysInEveryForm(text: String, format: String) throws {
    #expect(try read(text, .date, format.isEmpty ? nil : format) == "2024-01-05", "\(text)")
  }

  @Test(arguments: [
    ("5/1/2024", ""), ("2024-02-30", ""), ("45296", ""), ("2024-13-01", ""), ("31/31/2024", "d/m/y"), ("2024-01-05 08:30", ""), ("20241301", ""),
    ("soon", ""), ("1/13/2024", "d/m/y"), ("2024-1", ""),
  ])
  func noDays(text: String, format: String) throws { #expect(try read(text, .date, format.isEmpty ? nil : format) == "bad", "\(text)") }

  @Test(arguments: [
    ("2024-01-05 08:30:00", "2024-01-05 08:30:00"), ("2024-01-05T08:30:00.25Z", "2024-01-05 08:30:00.25"), ("2024/1/5 8:30", "2024-01-05 08:30:00"),
    ("2024年1月5日 下午3时05分", "2024-01-05 15:05:00"), ("2024-01-05", "2024-01-05 00:00:00"), ("5-Jan-24 3:05 PM", "2024-01-05 15:05:00"),
    ("2024-01-05 12:00:00 AM", "2024-01-05 00:00:00"), ("2024-01-05T08:30:00+08:00", "2024-01-05 08:30:00"), ("2024-01-05 25:00", "bad"),
    ("2024-01-05 08:61", "bad"), ("2024-01-05 abc", "bad"),
  ])
  func moments(text: String, expected: String) throws { #expect(try read(text, .timestamp) == expected, "\(text)") }

  @Test func excelMoments() throws { #expect(try read("45296.5", .timestamp, "excel") == "2024-01-05 12:00:00") }

  @Test(arguments: [("2024-01", "2024-01-01"), ("202401", "2024-01-01"), ("2024年1月", "2024-01-01"), ("Jan 2024", "2024-01-01"), ("2024-13", "bad")])
  func months(text: String, expected: String) throws { #expect(try read(text, .date, "y-m") == expected, "\(text)") }

  @Test(arguments: [("是", "1"), ("否", "0"), ("Y", "1"), ("no", "0"), ("TRUE", "1"), ("0", "0"), ("", "null"), ("maybe", "bad"), ("2", "bad")])
  func yesAndNo(text: String, expected: String) throws { #expect(try read(text, .boolean) == expected, "\(text)") }

  @Test(arguments: [("上海", "上海"), (" 上海\u{3000}", "上海"), ("NULL", "null"), ("\\N", "null"), ("NA", "NA"), ("  ", "null"), ("Ã", "Ã"), ("、", "、")])
  func texts(text: String, expected: String) throws { #expect(try read(text, .text) == expected, "\(text)") }

  @Test func rulesAreTold() throws {
    let reader = try #require(ValueReader(type: .decimal(scale: 2), format: nil))
    _ = reader.read("(¥1,200)")
    #expect(reader.rules == [.brackets, .currency, .thousands])
    _ = reader.read("12")
    #expect(reader.rules.isEmpty)
  }

  @Test func formatsThatAreNone() {
    #expect(ValueReader(type: .date, format: "q/r") == nil && ValueReader(type: .text, format: "d/m/y") == nil)
  }

  // MARK: Cleaning that a column declares

  private func clean(_ text: String, _ type: ColumnType, _ change: (inout ColumnCleaning) -> Void) throws -> (value: String, rules: CleaningRules) {
    var cleaning = ColumnCleaning()
    change(&cleaning)
    let reader = try #require(ValueReader(type: type, format: nil, cleaning: cleaning))
    let value: String =
      switch reader.read(text) {
      case .null: "null"
      case .integer(let value): "\(value)"
      case .real(let value): "\(value)"
      case .text(let bytes): String(decoding: bytes, as: UTF8.self)
      case .bad: "bad"
      }
    return (value, reader.rules)
  }

  @Test(arguments: [
    ("1.25", "1250000"), ("0", "0"), ("3万", "3000000"), ("1,000", "1000000000"), ("0.00001", "10"), ("0.0000001", "bad"), ("", "null"), ("-2", "-2000000"),
    ("99999999999999", "bad"), ("x", "bad"),
  ])
  func amountsInTenThousands(text: String, expected: String) throws {
    #expect(try clean(text, .decimal(scale: 2)) { $0.unit = .init(mantissa: 1, exponent: 4) }.value == expected, "\(text)")
  }

  @Test func otherUnits() throws {
    #expect(try clean("150", .decimal(scale: 2)) { $0.unit = .init("cents") }.value == "150")
    #expect(try clean("3", .integer) { $0.unit = .init("12") }.value == "36")
    #expect(try clean("1.5", .real) { $0.unit = .init("千") }.value == "1500.0")
    #expect(try clean("1.5", .integer) { $0.unit = .init("1") }.value == "bad")
  }

  @Test func textsArePutRightInOrder() throws {
    func all(_ cleaning: inout ColumnCleaning) {
      cleaning.isHalfWidth = true
      cleaning.letterCase = .upper
      cleaning.map = ["BJ": "北京", "NONE": ""]
      cleaning.fallback = "未知"
    }
    #expect(try clean(" ｂｊ ", .text, all) == ("北京", [.fullWidth, .letterCase, .mapped, .trim]))
    #expect(try clean("", .text, all) == ("未知", [.filled]))
    #expect(try clean("none", .text, all).value == "未知")
    #expect(try clean("LYON", .text, all) == ("LYON", []))
    #expect(try clean("北京", .text, all) == ("北京", []))
  }

  @Test func valuesStandForOthersInEveryType() throws {
    #expect(try clean("男", .integer) { $0.map = ["男": "1"] }.value == "1")
    #expect(try clean("", .date) { $0.fallback = "2024-01-05" }.value == "2024-01-05")
    #expect(try clean("n/a", .integer) { $0.fallback = "0" }.value == "0")
  }
}
