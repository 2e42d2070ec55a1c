import GRDBSQLite

/// Numbers by the keys of a small table, in a few bytes a key.
///
/// A million members by their numbers took 96 MB as a dictionary of `KeyValue`; they take 4.
struct KeyTable {
  /// By the key itself, where keys are small numbers; -1 where there is none.
  private var dense: [Int32] = []
  private var others: [Int64: Int32] = [:]
  private var texts = ByteTable()
  private var lastText: [UInt8] = []
  private var lastNumber: Int32?

  private static let mostDense: Int64 = 8_000_000

  /// Notes the key that a column of the current row holds; nothing for null.
  mutating func note(_ statement: OpaquePointer, _ column: Int32, _ number: Int) throws {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: return
    case SQLITE_INTEGER:
      let key = sqlite3_column_int64(statement, column)
      guard key >= 0, key < Self.mostDense else {
        others[key] = Int32(number)
        return
      }
      if Int(key) >= dense.count { dense.append(contentsOf: repeatElement(-1, count: max(Int(key) + 1, dense.count * 3 / 2) - dense.count)) }
      dense[Int(key)] = Int32(number)
    case SQLITE_TEXT: try Self.withText(statement, column) { texts.insert($0, number) }
    default: throw RollupDoubt("a key of another type")
    }
  }

  /// The number of what a column of the current row holds; 0 where there is none.
  mutating func number(_ statement: OpaquePointer, _ column: Int32) throws -> Int {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: return 0
    case SQLITE_INTEGER:
      let key = sqlite3_column_int64(statement, column)
      if key >= 0, key < dense.count { return Int(max(0, dense[Int(key)])) }
      return Int(others[key] ?? 0)
    case SQLITE_TEXT:
      return try Self.withText(statement, column) { bytes in
        if let lastNumber, lastText.elementsEqual(bytes) { return Int(lastNumber) }
        let number = texts.find(bytes) ?? 0
        (lastText, lastNumber) = (Array(bytes), Int32(number))
        return number
      }
    default: throw RollupDoubt("a key of another type")
    }
  }

  private static func withText<Result>(_ statement: OpaquePointer, _ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) throws -> Result {
    guard let start = sqlite3_column_text(statement, column) else { throw RollupDoubt("a text that cannot be read") }
    return body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
  }
}
