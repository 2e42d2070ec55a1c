import GRDB
import Intake
import Metrics
import SQLText
import SourceText
import Tables

/// The tables that rows are loaded into: made, emptied, widened.
extension LoadTransaction {
  func create(_ table: Table, as name: String) throws {
    let columns = table.columns.map { "\(SQLiteDialect.name($0.physicalName)) \($0.type.storage)" }.joined(separator: ", ")
    try db.execute(sql: "CREATE TABLE \(SQLiteDialect.name(name)) (\(columns))")
  }

  /// An empty table in place of the old one. Its pages go to the list of free ones, which a rollback puts back.
  func startOver(_ table: Table) throws {
    try db.execute(sql: "DROP TABLE IF EXISTS \(SQLiteDialect.name(table.name))")
    try create(table, as: table.name)
    try db.execute(sql: "UPDATE _wenshu_loads SET is_current = 0 WHERE table_name = ?", arguments: [table.name])
    try db.execute(sql: "DELETE FROM _wenshu_rejects WHERE table_name = ?", arguments: [table.name])
  }

  /// Columns that were added to `tables.yaml` since.
  func widen(_ table: Table) throws {
    let changed = try LoadedWarehouse.changedTypes(table, db)
    if !changed.isEmpty { throw DiagnosticsError(changed) }
    let there = Set(try db.columns(in: table.name).map { $0.name.lowercased() })
    for column in table.columns where !there.contains(column.physicalName.lowercased()) {
      try db.execute(
        sql: "ALTER TABLE \(SQLiteDialect.name(table.name)) ADD COLUMN \(SQLiteDialect.name(column.physicalName)) \(column.type.storage)")
    }
    let indexes = TableIndexes(table, schema, keys: true)
    for index in indexes.all {
      do { try indexes.create(index, db) } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        throw DiagnosticsError([
          Diagnostic(
            code: "key-not-unique", at: table.place, found: "\(index.names.joined(separator: ", ")) more than once in what was loaded before",
            expected: "a key of \(table.name)", hint: "load all its files again, without --append or --upsert")
        ])
      }
    }
  }
}

extension ColumnType {
  /// The column's type in SQLite.
  var storage: String {
    switch self {
    case .integer, .boolean, .decimal: "INTEGER"
    case .real: "REAL"
    case .text, .date, .timestamp: "TEXT"
    }
  }
}
