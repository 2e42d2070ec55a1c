import GRDB
import GRDBSQLite
import Intake
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

  /// One for loading: when `upserts`, a row with the same key takes over the columns that the file has.
  /// - Throws: `DatabaseError`
  init(table: Table, mapping: ColumnMapping, upserts: Bool, _ db: GRDB.Database) throws {
    let places = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
    var sql = "INSERT INTO \(SQLiteDialect.name(table.name)) VALUES (\(places))"
    let names = table.columns.map { SQLiteDialect.name($0.physicalName) }
    if upserts {
      let key = table.columns.indices.filter { table.key.contains(table.columns[$0].name) }
      let sets = table.columns.indices.filter { mapping.places[$0] != nil && !key.contains($0) }.map { "\(names[$0]) = excluded.\(names[$0])" }
      sql = "INSERT INTO \(SQLiteDialect.name(table.name)) (\(names.joined(separator: ", "))) VALUES (\(places)) ON CONFLICT "
        + "(\(key.map { names[$0] }.joined(separator: ", "))) DO \(sets.isEmpty ? "NOTHING" : "UPDATE SET " + sets.joined(separator: ", "))"
      if !sets.isEmpty, case .newest(let by)? = table.rules.kept, let index = table.columns.firstIndex(where: { $0.name == by }),
        mapping.places[index] != nil
      {
        let column = table.columns[index]
        // A row that is older than the one that is there leaves it as it is.
        let name = SQLiteDialect.name(column.physicalName)
        let own = "\(SQLiteDialect.name(table.name)).\(name)"
        sql += " WHERE \(own) IS NULL OR excluded.\(name) >= \(own)"
      }
    }
    statement = try db.makeStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// Binds a value whose bytes hold until the row is inserted.
  func bind(_ value: RawValue, at index: Int) { RowInserting.bind(value, to: handle, at: index) }

  @inline(__always) static func bind(_ value: RawValue, to handle: OpaquePointer, at index: Int) {
    let place = Int32(index + 1)
    switch value {
    case .null, .bad: sqlite3_bind_null(handle, place)
    case .integer(let value): sqlite3_bind_int64(handle, place, value)
    case .real(let value): sqlite3_bind_double(handle, place, value)
    case .text(let bytes):
      guard let start = bytes.baseAddress else {
        sqlite3_bind_text(handle, place, "", 0, nil)
        return
      }
      sqlite3_bind_text(handle, place, UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil)
    }
  }

  /// Why a row could not be inserted.
  struct Failure: Equatable {
    var code: ResultCode
    var message: String
    var isDuplicate: Bool { code == .SQLITE_CONSTRAINT }
  }

  /// Inserts what is bound.
  func insertRow() -> Failure? {
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    return code == SQLITE_DONE ? nil : Failure(code: ResultCode(rawValue: code & 0xFF), message: String(cString: sqlite3_errstr(code)))
  }

  /// Whether the last row that was inserted is new or brought another up to date; false if the one that was there stayed.
  var hasChanged: Bool { sqlite3_changes(sqlite3_db_handle(handle)) > 0 }

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
