import GRDBSQLite

/// Numbers of 32 bits for the members of sets: a whole number is its own, others are numbered as they are met.
struct ValueNumbers {
  private var codes = ValueCodes()
  private var isOwn: Bool?

  /// Whether other numbers would be given in another pass.
  var isNumbered: Bool { isOwn == false }

  mutating func number(_ statement: OpaquePointer, _ column: Int32) throws -> UInt32 {
    if isOwn != false, let own = ValueNumbers.own(statement, column) {
      isOwn = true
      return own
    }
    // Numbers of both kinds in one column would mix.
    if isOwn == true { throw RollupDoubt("members of several kinds") }
    isOwn = false
    guard let code = codes.code(statement, column) else { throw RollupDoubt("a member that is no number or text") }
    return UInt32(code)
  }
}

extension ValueNumbers {
  fileprivate static func own(_ statement: OpaquePointer, _ column: Int32) -> UInt32? {
    guard sqlite3_column_type(statement, column) == SQLITE_INTEGER else { return nil }
    return UInt32(exactly: sqlite3_column_int64(statement, column))
  }
}
