import GRDB
import GRDBSQLite
import Metrics
import SQLText
import Tables

/// One prepared INSERT, bound cell by cell. The library's own arguments cost more than the insert when there are millions.
struct RowInserting {
  private let statement: Statement
  private let handle: OpaquePointer

  /// - Throws: `DatabaseError`
  init(table: Table, _ db: GRDB.Database) throws {
    let places = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
    statement = try db.makeStatement(sql: "INSERT INTO \(SQLiteDialect.name(table.name)) VALUES (\(places))")
    handle = statement.sqliteStatement
  }

  func bind(_ cell: Cell, at index: Int) {
    let place = Int32(index + 1)
    switch cell {
    case .null: sqlite3_bind_null(handle, place)
    case .integer(let value), .decimal(let value, _): sqlite3_bind_int64(handle, place, value)
    case .real(let value): sqlite3_bind_double(handle, place, value)
    case .boolean(let value): sqlite3_bind_int64(handle, place, value ? 1 : 0)
    case .text(var text):
      // SQLite copies the bytes before the closure ends.
      _ = text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(handle, place, $0.baseAddress, Int32($0.count), RowInserting.transient)
        }
      }
    }
  }

  /// Inserts what is bound; gives what SQLite said if it fails.
  func insert() -> String? {
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    return code == SQLITE_DONE ? nil : String(cString: sqlite3_errstr(code))
  }

  private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
