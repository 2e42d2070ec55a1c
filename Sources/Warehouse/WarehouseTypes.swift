import GRDB
import Metrics
import SourceText

/// What the columns of a SQLite file are declared as, for dictionaries that are written from it.
package enum WarehouseTypes {
  /// By table, then by column; columns without a declared type are left out.
  /// - Throws: `DiagnosticsError` if it is no SQLite file that can be read.
  package static func columns(ofFile path: String) throws(DiagnosticsError) -> [String: [String: ColumnType]] {
    guard FileFacts(path) != nil else {
      throw DiagnosticsError([Diagnostic(code: "missing-warehouse", at: nil, found: "no file \(path)", expected: "a SQLite database")])
    }
    do {
      let queue = try DatabaseQueue(path: path, configuration: WarehouseBuilder.reading)
      return try queue.read { db in
        var types: [String: [String: ColumnType]] = [:]
        for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')") {
          for column in try db.columns(in: table) { types[table, default: [:]][column.name] = type(column.type) }
        }
        return types
      }
    } catch {
      throw DiagnosticsError([WarehouseBuilder.failure("warehouse-unreadable", path, error)])
    }
  }

  /// By the words that SQLite itself goes by.
  private static func type(_ declared: String) -> ColumnType? {
    let word = declared.uppercased()
    if word.isEmpty { return nil }
    if word.contains("BOOL") { return .boolean }
    if word.contains("INT") { return .integer }
    if word.contains("DATETIME") || word.contains("TIMESTAMP") { return .timestamp }
    if word.contains("DATE") { return .date }
    if word.contains("CHAR") || word.contains("TEXT") || word.contains("CLOB") { return .text }
    return .real
  }
}
