import CivilTime
import Metrics
import Tables

/// Turns the text of a CSV field into a value of its column's type.
struct ValueParsing {
  let type: ColumnType
  let trim: Bool

  /// The value; nil if the text is none of the type. An empty field is null.
  func cell(_ bytes: UnsafeBufferPointer<UInt8>) -> Cell? {
    if bytes.isEmpty { return .null }
    if type == .text {
      return .text(trim ? String(decoding: ValueParsing.trimmed(bytes), as: UTF8.self) : String(decoding: bytes, as: UTF8.self))
    }
    let bytes = ValueParsing.trimmed(bytes)
    if bytes.isEmpty { return .null }
    switch type {
    case .integer: return ValueParsing.decimal(bytes, 0).map(Cell.integer)
    case .decimal(let scale): return ValueParsing.decimal(bytes, scale).map(Cell.integer)
    case .real: return ValueParsing.real(bytes)
    case .date: return ValueParsing.day(bytes)
    case .timestamp: return ValueParsing.moment(bytes)
    case .boolean: return ValueParsing.boolean(bytes)
    case .text: return nil
    }
  }

  /// What a value should have looked like.
  var expected: String {
    switch type {
    case .integer: "an integer"
    case .decimal(let scale): "a number with at most \(scale) decimals"
    case .real: "a number"
    case .date: "a day such as 2026-10-31"
    case .timestamp: "a moment such as 2026-10-31 08:30:00"
    case .boolean: "1 or 0, true or false"
    case .text: "a text"
    }
  }

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
    while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  /// `-12.30` in units of `10^-scale`; more decimals than that only if they are zeros. Nil also beyond 64 bits.
  static func decimal(_ bytes: UnsafeBufferPointer<UInt8>, _ scale: Int) -> Int64? {
    var index = 0
    let negative = bytes[0] == UInt8(ascii: "-")
    if negative || bytes[0] == UInt8(ascii: "+") { index = 1 }
    var units: Int64 = 0
    var decimals = -1
    var digits = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
        continue
      }
      guard byte >= 48, byte <= 57 else { return nil }
      digits += 1
      if decimals >= scale {
        if byte != 48 { return nil }
        continue
      }
      if decimals >= 0 { decimals += 1 }
      guard let next = appended(units, Int64(byte - 48)) else { return nil }
      units = next
    }
    for _ in max(0, decimals)..<scale {
      guard let next = appended(units, 0) else { return nil }
      units = next
    }
    return digits == 0 ? nil : negative ? -units : units
  }

  private static func appended(_ units: Int64, _ digit: Int64) -> Int64? {
    let (product, over) = units.multipliedReportingOverflow(by: 10)
    let (sum, overAgain) = product.addingReportingOverflow(digit)
    return over || overAgain ? nil : sum
  }

  private static func real(_ bytes: UnsafeBufferPointer<UInt8>) -> Cell? {
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
    return .real(value)
  }

  /// `2026-10-31`, also with a midnight behind it.
  private static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Cell? {
    guard bytes.count >= 10, let day = isoDay(bytes) else { return nil }
    for byte in bytes[10...] where !"0:. TZ".utf8.contains(byte) { return nil }
    return .text(day)
  }

  private static func isoDay(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let text = String(decoding: bytes[0..<10], as: UTF8.self)
    guard text.utf8.count == 10, let day = Day(iso: text), day.description == text else { return nil }
    return text
  }

  /// `2026-10-31 08:30:00`: a `T` becomes a space, missing seconds or hours become zeros.
  private static func moment(_ bytes: UnsafeBufferPointer<UInt8>) -> Cell? {
    guard bytes.count >= 10, let day = isoDay(bytes) else { return nil }
    if bytes.count == 10 { return .text(day + " 00:00:00") }
    guard bytes[10] == 32 || bytes[10] == UInt8(ascii: "T"), bytes.count >= 16 else { return nil }
    var time = String(decoding: bytes[11...], as: UTF8.self)
    if time.hasSuffix("Z") { time.removeLast() }
    if time.utf8.count == 5 { time += ":00" }
    return isClock(Array(time.utf8)) ? .text(day + " " + time) : nil
  }

  private static func isClock(_ text: [UInt8]) -> Bool {
    guard text.count >= 8, text[2] == 58, text[5] == 58 else { return false }
    func pair(_ at: Int) -> Int? {
      guard (48...57).contains(text[at]), (48...57).contains(text[at + 1]) else { return nil }
      return Int(text[at] - 48) * 10 + Int(text[at + 1] - 48)
    }
    guard let hour = pair(0), let minute = pair(3), let second = pair(6), hour < 24, minute < 60, second < 61 else { return false }
    return text.count == 8 || (text[8] == 46 && text.dropFirst(9).allSatisfy { (48...57).contains($0) })
  }

  private static func boolean(_ bytes: UnsafeBufferPointer<UInt8>) -> Cell? {
    switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "1", "true", "是": .integer(1)
    case "0", "false", "否": .integer(0)
    default: nil
    }
  }
}
