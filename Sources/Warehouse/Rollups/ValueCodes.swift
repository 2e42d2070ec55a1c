import GRDBSQLite

/// A value as SQLite stores it, without reals and blobs: those are no keys.
enum KeyValue: Hashable {
  case null
  case integer(Int64)
  case text(String)
}

/// Small numbers for the values of a column, in the order met.
///
/// Rows often have the value that the row before had; looking that one up costs nothing.
struct ValueCodes {
  private(set) var values: [KeyValue] = []
  private var known: [KeyValue: Int] = [:]
  private var lastText: [UInt8] = []
  private var lastTextCode = -1
  private var texts = ByteTable()
  private var lastInteger: Int64 = 0
  private var lastIntegerCode = -1

  var count: Int { values.count }

  mutating func code(of value: KeyValue) -> Int {
    if let code = known[value] { return code }
    let code = values.count
    known[value] = code
    values.append(value)
    return code
  }

  /// The code of what a column of the current row holds; nil for a real or a blob.
  mutating func code(_ statement: OpaquePointer, _ column: Int32) -> Int? {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER:
      let value = sqlite3_column_int64(statement, column)
      if lastIntegerCode >= 0, lastInteger == value { return lastIntegerCode }
      (lastInteger, lastIntegerCode) = (value, code(of: .integer(value)))
      return lastIntegerCode
    case SQLITE_TEXT:
      guard let start = sqlite3_column_text(statement, column) else { return nil }
      let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
      if lastTextCode >= 0, lastText.elementsEqual(bytes) { return lastTextCode }
      if let code = texts.find(bytes) {
        lastTextCode = code
      } else {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        lastTextCode = code(of: .text(text))
        texts.insert(bytes, lastTextCode)
      }
      lastText.removeAll(keepingCapacity: true)
      lastText.append(contentsOf: bytes)
      return lastTextCode
    case SQLITE_NULL: return code(of: .null)
    default: return nil
    }
  }
}

/// Numbers by texts, found by their bytes.
struct ByteTable {
  private var places: [Int32] = Array(repeating: -1, count: 64)
  private var starts: [Int32] = [0]
  private var arena: [UInt8] = []
  private var numbers: [Int32] = []

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return state ^ (state >> 29)
  }

  func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: Self.hash(bytes)) & mask
    while places[place] >= 0 {
      let index = Int(places[place])
      let (start, end) = (Int(starts[index]), Int(starts[index + 1]))
      if end - start == bytes.count, arena[start..<end].elementsEqual(bytes) { return Int(numbers[index]) }
      place = (place + 1) & mask
    }
    return nil
  }

  mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>, _ number: Int) {
    if numbers.count * 2 >= places.count { grow() }
    arena.append(contentsOf: bytes)
    starts.append(Int32(arena.count))
    numbers.append(Int32(number))
    put(Self.hash(bytes), numbers.count - 1)
  }

  private mutating func put(_ hash: UInt64, _ index: Int) {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while places[place] >= 0 { place = (place + 1) & mask }
    places[place] = Int32(index)
  }

  private mutating func grow() {
    places = Array(repeating: -1, count: places.count * 2)
    for index in numbers.indices {
      let hash = arena[Int(starts[index])..<Int(starts[index + 1])].withUnsafeBufferPointer { Self.hash($0) }
      put(hash, index)
    }
  }
}
