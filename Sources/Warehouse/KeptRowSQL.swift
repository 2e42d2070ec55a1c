import Metrics
import SQLText

/// Which rows of those that share their values are not the one that stays.
enum KeptRowSQL {
  /// The numbers of rows that come later, by some order, than another with the same values.
  /// - Parameter filled: whether a row without one of the values has no rival.
  static func later(_ table: String, partedBy columns: [String], orderedBy order: String, filled: Bool) -> String {
    let list = columns.map(SQLiteDialect.name).joined(separator: ", ")
    let present = filled ? " WHERE " + columns.map { SQLiteDialect.name($0) + " IS NOT NULL" }.joined(separator: " AND ") : ""
    return """
      SELECT row FROM (SELECT rowid AS row, row_number() OVER (PARTITION BY \(list) ORDER BY \(order)) AS place
      FROM \(SQLiteDialect.name(table))\(present)) WHERE place > 1
      """
  }

  /// Rows that make way for another with the same key.
  static func older(_ kept: KeptRow, of table: Table) -> String {
    var order = "rowid DESC"
    if case .newest(let by) = kept { order = "\(SQLiteDialect.name(table.column(by)?.physicalName ?? by)) DESC, rowid DESC" }
    return later(table.name, partedBy: table.key.map { table.column($0)?.physicalName ?? $0 }, orderedBy: order, filled: true)
  }

  static func delete(_ kept: KeptRow, of table: Table) -> String {
    "DELETE FROM \(SQLiteDialect.name(table.name)) WHERE rowid IN (\(older(kept, of: table)))"
  }
}
