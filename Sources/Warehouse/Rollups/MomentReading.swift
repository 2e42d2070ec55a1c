import CivilTime
import GRDBSQLite

/// Reads the days of moments, and ends at one that SQLite would take for another day than its text says.
struct MomentReading {
  private var last: (UInt64, UInt16) = (0, 0)
  private var day: Int64 = 0

  mutating func day(_ statement: OpaquePointer, _ column: Int32, isDay: Bool) throws -> Int64? {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: return nil
    case SQLITE_TEXT: break
    default: throw RollupDoubt("a moment that is no text")
    }
    let count = Int(sqlite3_column_bytes(statement, column))
    guard count >= 10, let start = sqlite3_column_text(statement, column) else { throw RollupDoubt("a moment that is no day") }
    let raw = UnsafeRawPointer(start)
    let head = (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    if head != last {
      let text = String(decoding: UnsafeBufferPointer(start: start, count: 10), as: UTF8.self)
      guard let found = Day(iso: text), found.description == text else { throw RollupDoubt("a moment that is no day: \(text)") }
      (last, day) = (head, Int64(found.number))
    }
    if count > 10, isDay { throw RollupDoubt("a day with a clock") }
    if count > 10 { try checkClock(UnsafeBufferPointer(start: start, count: count)) }
    return day
  }

  /// ` 23:59`, `T23:59:59.999`: no zone, no 24th hour.
  private func checkClock(_ text: UnsafeBufferPointer<UInt8>) throws {
    func digit(_ place: Int) -> Int { place < text.count ? Int(text[place]) - 48 : -1 }
    guard text[10] == 32 || text[10] == 84, (0...2).contains(digit(11)), (0...9).contains(digit(12)), digit(11) * 10 + digit(12) < 24,
      text.count >= 16, text[13] == 58, (0...5).contains(digit(14)), (0...9).contains(digit(15))
    else { throw RollupDoubt("a moment of another form") }
    for place in 16..<text.count where !(48...58).contains(text[place]) && text[place] != 46 { throw RollupDoubt("a moment of another form") }
  }
}
