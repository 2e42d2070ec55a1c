import CivilTime
import Metrics
import Tables

/// A raw text as a value of its column's type, as the warehouse stores it.
package enum RawValue {
  case null
  /// Also decimals, in units of `10^-scale`, and booleans.
  case integer(Int64)
  case real(Double)
  /// UTF-8, valid until the reader reads again: a text, a day `2026-10-31`, a moment `2026-10-31 08:30:00`.
  case text(UnsafeBufferPointer<UInt8>)
  /// Not of the type.
  case bad
}

/// Turns the raw texts of one column into values, one at a time.
///
///     let amount = ValueReader(type: .decimal(scale: 2), format: nil)
///     amount.read("¥1,234.50")     // .integer(123450)
///
/// What tells itself is understood in every column: money signs, separators of thousands, brackets and percent of numbers;
/// ISO, Chinese and named-month dates. What does not is read as the column's `format` says: `d/m/y`, `m/d/y`, `y/m/d`,
/// `excel`, `y-m` (also several, with commas) of dates; `1.234,56` of numbers.
package final class ValueReader {
  package let type: ColumnType
  private let orders: DateOrders
  private let hasDecimalComma: Bool
  private let trims: Bool
  /// What was needed to understand the last value beyond reading it as it stands.
  @exclusivity(unchecked) package private(set) var rules: CleaningRules = []
  @exclusivity(unchecked) private var scratch = GrowingBytes(capacity: 64)
  private let cleaning: ColumnCleaning?
  /// A text that was put right, for as long as its value is used.
  @exclusivity(unchecked) private var cleaned = GrowingBytes(capacity: 64)

  package static let decimalComma = "1.234,56"

  /// Nil if the format is none of the type's.
  package init?(type: ColumnType, format: String?, trims: Bool = true, cleaning: ColumnCleaning = ColumnCleaning()) {
    self.type = type
    self.cleaning = cleaning.isEmpty ? nil : cleaning
    self.trims = trims
    var orders: DateOrders = []
    var hasDecimalComma = false
    if let format {
      if type.isTime {
        guard let named = DateOrders(name: format) else { return nil }
        orders = named
      } else if type.isNumeric, format == ValueReader.decimalComma {
        hasDecimalComma = true
      } else { return nil }
    }
    (self.orders, self.hasDecimalComma) = (orders, hasDecimalComma)
  }

  /// What a value should have looked like.
  package var expected: String {
    switch type {
    case .integer: "an integer"
    case .decimal(let scale): "a number with at most \(scale) decimals"
    case .real: "a number"
    case .date: "a day such as 2026-10-31" + (orders.isEmpty ? "" : " or as \(orders.name)")
    case .timestamp: "a moment such as 2026-10-31 08:30:00" + (orders.isEmpty ? "" : " or as \(orders.name)")
    case .boolean: "1 or 0, true or false, yes or no, 是 or 否"
    case .text: "a text"
    }
  }

  package func read(_ text: String) -> RawValue {
    var text = text
    return text.withUTF8 { bytes in
      let value = read(bytes)
      guard case .text(let found) = value else { return value }
      // The bytes of `text` end with this call.
      scratch.removeAll()
      scratch.append(found)
      return .text(scratch.all)
    }
  }

  /// - Parameter bytes: valid as long as the value is used.
  package func read(_ bytes: UnsafeBufferPointer<UInt8>) -> RawValue {
    if !rules.isEmpty { rules = [] }
    if let cleaning { return clean(bytes, cleaning) }
    return plain(bytes)
  }

  private func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> RawValue {
    if bytes.isEmpty { return .null }
    switch type {
    case .text: return text(bytes)
    case .integer: return fastUnits(bytes, 0) ?? units(bytes, 0)
    case .decimal(let scale): return fastUnits(bytes, scale) ?? units(bytes, scale)
    case .boolean: return yesNo(bytes)
    case .date: return isPlainDay(bytes) ? .text(bytes) : date(bytes)
    case .timestamp: return isPlainMoment(bytes) ? .text(bytes) : date(bytes)
    case .real: return real(bytes)
    }
  }

  /// A value after the column's own rules of cleaning; an empty one is what they say stands for it.
  private func clean(_ bytes: UnsafeBufferPointer<UInt8>, _ cleaning: ColumnCleaning) -> RawValue {
    let inner = ValueReader.trimmed(bytes)
    let (text, done) = cleaning.text(String(decoding: inner, as: UTF8.self))
    var value = plain(hold(text))
    if done != [] { rules.formUnion(done) }
    if type == .text, trims, inner.count < bytes.count { rules.insert(.trim) }
    if case .null = value, let fallback = cleaning.fallback {
      value = plain(hold(fallback))
      rules.insert(.filled)
    }
    return value
  }

  private func hold(_ text: String) -> UnsafeBufferPointer<UInt8> {
    var text = text
    cleaned.removeAll()
    text.withUTF8 { cleaned.append($0) }
    return cleaned.all
  }

  // MARK: Texts

  private func text(_ bytes: UnsafeBufferPointer<UInt8>) -> RawValue {
    let first = bytes[0], last = bytes[bytes.count - 1]
    if first == UInt8(ascii: "\\") || first == UInt8(ascii: "N"), bytes.elementsEqual("\\N".utf8) || bytes.elementsEqual("NULL".utf8) {
      rules = [.emptyWord]
      return .null
    }
    if !trims || (first > 32 && last > 32 && last != 0x80 && last != 0xA0 && first != 0xE3 && first != 0xC2) { return .text(bytes) }
    let inner = ValueReader.trimmed(bytes)
    if inner.count == bytes.count { return .text(bytes) }
    rules = [.trim]
    return inner.isEmpty ? .null : .text(inner)
  }

  /// Without spaces at its ends: also those of full width, and those that do not break.
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (0, bytes.count)
    while start < end {
      if bytes[start] <= 32 { start += 1 } else if end - start >= 3, bytes[start] == 0xE3, bytes[start + 1] == 0x80, bytes[start + 2] == 0x80 {
        start += 3
      } else if end - start >= 2, bytes[start] == 0xC2, bytes[start + 1] == 0xA0 { start += 2 } else { break }
    }
    while end > start {
      if bytes[end - 1] <= 32 { end -= 1 } else if end - start >= 3, bytes[end - 3] == 0xE3, bytes[end - 2] == 0x80, bytes[end - 1] == 0x80 {
        end -= 3
      } else if end - start >= 2, bytes[end - 2] == 0xC2, bytes[end - 1] == 0xA0 { end -= 2 } else { break }
    }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  private static let emptyWords: Set<String> = [
    "null", "\\n", "n/a", "#n/a", "na", "nan", "none", "nil", "-", "--", "—", "——", "/", "无", "空", "暂无", "未知", "?",
  ]

  /// Words for nothing, in columns that are not texts.
  static func isEmptyWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= 6, let first = bytes.first, !(48...57).contains(first) else { return false }
    return emptyWords.contains(String(decoding: bytes, as: UTF8.self).lowercased())
  }

  // MARK: Numbers

  /// `-12.30` as most files have it; nil for everything else.
  private func fastUnits(_ bytes: UnsafeBufferPointer<UInt8>, _ scale: Int) -> RawValue? {
    let count = bytes.count
    guard count <= 18, !hasDecimalComma, cleaning?.unit == nil else { return nil }
    var (index, units, decimals) = (0, Int64(0), -1)
    let negative = bytes[0] == UInt8(ascii: "-")
    if negative { index = 1 }
    guard index < count else { return nil }
    let start = index
    while index < count {
      let digit = bytes[index] &- 48
      if digit <= 9 {
        units = units &* 10 &+ Int64(digit)
        if decimals >= 0 { decimals += 1 }
      } else if bytes[index] == UInt8(ascii: "."), decimals < 0, index > start { decimals = 0 } else { return nil }
      index += 1
    }
    var missing = scale - max(0, decimals)
    if missing < 0 || missing + count > 18 || decimals == 0 { return nil }
    while missing > 0 {
      units = units &* 10
      missing -= 1
    }
    return .integer(negative ? -units : units)
  }

  private func units(_ bytes: UnsafeBufferPointer<UInt8>, _ scale: Int) -> RawValue {
    guard var number = NumberText(bytes, hasDecimalComma: hasDecimalComma) else { return emptied(bytes) }
    if let unit = cleaning?.unit, !number.convert(from: unit) { return .bad }
    guard let units = number.units(scale) else { return .bad }
    rules = number.rules
    return .integer(units)
  }

  private func real(_ bytes: UnsafeBufferPointer<UInt8>) -> RawValue {
    if var number = NumberText(bytes, hasDecimalComma: hasDecimalComma) {
      if let unit = cleaning?.unit, !number.convert(from: unit) { return .bad }
      rules = number.rules.subtracting([.exponent])
      return .real(number.double)
    }
    // More digits than 64 bits hold.
    let inner = ValueReader.trimmed(bytes)
    if cleaning?.unit == nil, let first = inner.first, (43...57).contains(first), let value = Double(String(decoding: inner, as: UTF8.self)), value.isFinite {
      return .real(value)
    }
    return emptied(bytes)
  }

  private func emptied(_ bytes: UnsafeBufferPointer<UInt8>) -> RawValue {
    let inner = ValueReader.trimmed(bytes)
    if inner.isEmpty { return .null }
    guard ValueReader.isEmptyWord(inner) else { return .bad }
    rules = [.emptyWord]
    return .null
  }

  // MARK: Booleans

  static let yes: Set<String> = ["1", "true", "t", "yes", "y", "是", "有", "√", "✓", "真", "on"]
  static let no: Set<String> = ["0", "false", "f", "no", "n", "否", "无", "×", "假", "off"]

  private func yesNo(_ bytes: UnsafeBufferPointer<UInt8>) -> RawValue {
    if bytes.count == 1, bytes[0] == 48 || bytes[0] == 49 { return .integer(Int64(bytes[0] - 48)) }
    let word = String(decoding: ValueReader.trimmed(bytes), as: UTF8.self).lowercased()
    if word == "true" { return .integer(1) }
    if word == "false" { return .integer(0) }
    let value = ValueReader.yes.contains(word) ? 1 : ValueReader.no.contains(word) ? 0 : -1
    if value < 0 { return emptied(bytes) }
    rules = [.yesNo]
    return .integer(Int64(value))
  }

  // MARK: Dates

  /// `2026-10-31`
  private func isPlainDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45 else { return false }
    func digit(_ index: Int) -> Int? {
      let value = bytes[index] &- 48
      return value <= 9 ? Int(value) : nil
    }
    guard let a = digit(0), let b = digit(1), let c = digit(2), let d = digit(3), let e = digit(5), let f = digit(6), let g = digit(8),
      let h = digit(9)
    else { return false }
    let (month, day) = (e * 10 + f, g * 10 + h)
    guard month >= 1, month <= 12, day >= 1 else { return false }
    return day <= 28 || day <= Day.length(ofMonth: month, in: a * 1000 + b * 100 + c * 10 + d)
  }

  /// `2026-10-31 08:30:00`
  private func isPlainMoment(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count == 19, bytes[10] == 32, bytes[13] == 58, bytes[16] == 58 else { return false }
    func pair(_ index: Int) -> Int {
      let (tens, ones) = (bytes[index] &- 48, bytes[index + 1] &- 48)
      return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : 99
    }
    guard pair(11) < 24, pair(14) < 60, pair(17) < 61 else { return false }
    return isPlainDay(UnsafeBufferPointer(rebasing: bytes[0..<10]))
  }

  private func date(_ bytes: UnsafeBufferPointer<UInt8>) -> RawValue {
    let inner = ValueReader.trimmed(bytes)
    if inner.isEmpty { return .null }
    if orders.contains(.excel), let moment = ValueReader.excelMoment(inner) { return store(moment.day, moment.seconds, "", plain: false) }
    guard let date = DateText(inner), let day = date.day(orders) else { return emptied(inner) }
    if date.hasZone { rules.insert(.zone) }
    if date.hasShortYear { rules.insert(.shortYear) }
    return store(day, date.seconds ?? 0, date.fraction, plain: date.isPlain && inner.count == bytes.count)
  }

  /// `45296.5` is noon of 5 January 2024.
  static func excelMoment(_ bytes: UnsafeBufferPointer<UInt8>) -> (day: Day, seconds: Int)? {
    guard let number = NumberText(bytes), number.rules.isEmpty else { return nil }
    let value = number.double
    let whole = value.rounded(.down)
    guard whole > 60, whole < 110_000, var day = DateText.excelDay(Int(whole)) else { return nil }
    var seconds = Int(((value - whole) * 86_400).rounded())
    if seconds == 86_400 { (day, seconds) = (day.adding(days: 1), 0) }
    return (day, seconds)
  }

  private func store(_ day: Day, _ seconds: Int, _ fraction: String, plain: Bool) -> RawValue {
    if type == .date, seconds != 0 || fraction.contains(where: { $0 != "0" }) { return .bad }
    if !plain { rules.insert(.dateForm) }
    scratch.removeAll()
    var text = day.description
    if type == .timestamp {
      func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
      text += " \(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
      if !fraction.isEmpty { text += "." + fraction }
    }
    text.withUTF8 { scratch.append($0) }
    return .text(scratch.all)
  }
}
