import GRDB
import SQLText
import SourceText
import Tables

/// A SQLite database that no dictionary describes yet: a file of somebody else's, or a scratch one in memory.
///
///     let scratch = try RawDatabase()
///     try scratch.fill("t0", columns: 2) { rows.next() }
///     let found = try scratch.rows("SELECT count(DISTINCT c0) FROM t0")
package final class RawDatabase {
  /// A table or view as SQLite knows it.
  package struct Shape: Sendable {
    package var name: String
    package var columns: [(name: String, declared: String)]
    package var primaryKey: [String]
    package var foreignKeys: [(here: String, table: String, there: String)]
    package var isView: Bool
  }

  private let queue: DatabaseQueue
  private let path: String

  /// An empty one in memory, gone with the object.
  /// - Throws: `DiagnosticsError`
  package init() throws(DiagnosticsError) {
    path = "a scratch database"
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA temp_store = MEMORY") }
    do { queue = try DatabaseQueue(configuration: configuration) } catch { throw RawDatabase.failure("a scratch database", error) }
  }

  /// A file, read-only.
  /// - Throws: `DiagnosticsError` if it is no SQLite file that can be read.
  package init(file path: String) throws(DiagnosticsError) {
    self.path = path
    guard FileFacts(path) != nil else {
      throw DiagnosticsError([Diagnostic(code: "missing-warehouse", at: nil, found: "no file \(path)", expected: "a SQLite database")])
    }
    do { queue = try DatabaseQueue(path: path, configuration: WarehouseBuilder.reading) } catch { throw RawDatabase.failure(path, error) }
  }

  /// Tables and views, without SQLite's own and ours.
  /// - Throws: `DiagnosticsError`
  package func shapes() throws(DiagnosticsError) -> [Shape] {
    try reading { db in
      let sql = "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY rowid"
      return try Row.fetchAll(db, sql: sql).compactMap { row -> Shape? in
        let (name, kind): (String, String) = (row[0], row[1])
        if name.hasPrefix("sqlite_") || name.hasPrefix("_wenshu") { return nil }
        let columns = try db.columns(in: name).map { (name: $0.name, declared: $0.type) }
        let isView = kind == "view"
        let keys = isView ? [] : try db.foreignKeys(on: name).filter { $0.mapping.count == 1 }
        return Shape(
          name: name, columns: columns, primaryKey: isView ? [] : try Self.primaryKey(of: name, columns.map(\.name), db),
          foreignKeys: keys.map { ($0.mapping[0].origin, $0.destinationTable, $0.mapping[0].destination) }, isView: isView)
      }
    }
  }

  private static func primaryKey(of table: String, _ columns: [String], _ db: GRDB.Database) throws -> [String] {
    try db.primaryKey(table).columns.filter { columns.contains($0) }
  }

  /// The rows of a query, as SQLite stores them.
  /// - Throws: `DiagnosticsError`
  package func rows(_ sql: String) throws(DiagnosticsError) -> [[Cell]] {
    var rows: [[Cell]] = []
    try each(sql) { rows.append($0) }
    return rows
  }

  /// The rows of a query, one by one.
  /// - Throws: `DiagnosticsError`
  package func each(_ sql: String, _ body: ([Cell]) -> Void) throws(DiagnosticsError) {
    try reading { db in
      let cursor = try Row.fetchCursor(db, sql: sql)
      while let row = try cursor.next() { body(row.databaseValues.map(Self.cell)) }
    }
  }

  /// Makes a table of text columns `c0`, `c1` … and fills it until there are no more rows.
  /// - Throws: `DiagnosticsError`
  package func fill(_ table: String, columns: Int, _ next: () throws -> [String?]?) throws(DiagnosticsError) {
    let names = (0..<columns).map { "c\($0)" }
    do {
      try queue.writeWithoutTransaction { db in
        try db.inTransaction {
          try db.execute(sql: "CREATE TABLE \(table) (\(names.map { $0 + " TEXT" }.joined(separator: ", ")))")
          let places = Array(repeating: "?", count: columns).joined(separator: ", ")
          let statement = try db.makeStatement(sql: "INSERT INTO \(table) VALUES (\(places))")
          while let row = try next() { try statement.execute(arguments: StatementArguments(row)) }
          return .commit
        }
      }
    } catch let error as DiagnosticsError { throw error } catch { throw RawDatabase.failure(path, error) }
  }

  /// Copies the rows of one table of a scratch database behind those of another.
  /// - Throws: `DiagnosticsError`
  package func append(_ source: String, to target: String) throws(DiagnosticsError) {
    do { try queue.write { try $0.execute(sql: "INSERT INTO \(target) SELECT * FROM \(source); DROP TABLE \(source)") } } catch {
      throw RawDatabase.failure(path, error)
    }
  }

  /// A name in quotes.
  package static func quoted(_ name: String) -> String { SQLiteDialect.name(name) }

  private func reading<Value>(_ body: (GRDB.Database) throws -> Value) throws(DiagnosticsError) -> Value {
    do { return try queue.read(body) } catch { throw RawDatabase.failure(path, error) }
  }

  private static func failure(_ path: String, _ error: any Error) -> DiagnosticsError {
    DiagnosticsError([WarehouseBuilder.failure("warehouse-unreadable", path, error)])
  }

  private static func cell(_ value: DatabaseValue) -> Cell {
    switch value.storage {
    case .null: .null
    case .int64(let number): .integer(number)
    case .double(let number): .real(number)
    case .string(let text): .text(text)
    case .blob: .text("")
    }
  }
}
