import GRDB
import Intake
import Metrics
import SQLText
import SourceText
import Tables

/// Rows of a table that may not be there together: found when all are in it.
extension LoadTransaction {
  /// Makes the indexes. Rows whose key is there already, of which the first stays, are found and set aside now: sorting once
  /// is far cheaper than looking every key up while loading.
  mutating func index(_ table: Table, _ inputs: [LoadInput], _ records: [LoadRecord]) throws -> [LoadRecord] {
    let indexes = TableIndexes(table, schema, keys: true)
    var records = records
    if table.rules.hasDistinctRows { try setAsideRepeated(table, inputs, &records, after: 0) }
    if let kept = table.rules.kept { try keepOne(kept, of: table, inputs, &records) }
    for index in indexes.all {
      do { try indexes.create(index, db) } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        try setAside(repeated: index, table, inputs, &records)
        try indexes.create(index, db)
      }
    }
    return records
  }

  private func setAside(repeated index: TableIndexes.Index, _ table: Table, _ inputs: [LoadInput], _ records: inout [LoadRecord]) throws {
    let rows = try rows(of: table, partedBy: index.columns, orderedBy: "rowid", filled: true)
    try setAside(Set(rows), table, inputs, &records, after: 0) { rows, checking in
      RejectReason(.key, column: index.names.joined(separator: ", "), found: values(index.names, rows, checking))
    }
  }

  /// Rows that are the same as an earlier one in every column.
  func setAsideRepeated(_ table: Table, _ inputs: [LoadInput], _ records: inout [LoadRecord], after last: Int64) throws {
    let rows = try rows(of: table, partedBy: table.columns.map(\.physicalName), orderedBy: "rowid", filled: false)
    try setAside(Set(rows.filter { $0 > last }), table, inputs, &records, after: last) { _, _ in RejectReason(.repeated) }
  }

  /// Of rows with the same key, one stays; the record says how many did not.
  private func keepOne(_ kept: KeptRow, of table: Table, _ inputs: [LoadInput], _ records: inout [LoadRecord]) throws {
    let older = try Int64.fetchAll(db, sql: KeptRowSQL.older(kept, of: table))
    if older.isEmpty { return }
    var first: Int64 = 1
    for place in inputs.indices {
      let end = first + Int64(records[place].read - (left[records[place].number]?.count ?? 0))
      let count = older.count { $0 >= first && $0 < end }
      records[place].loaded -= count
      records[place].add(older: count, of: table)
      try finish(records[place])
      first = end
    }
    try delete(older, table)
  }

  /// The numbers of rows that have an earlier one, by some order, with the same values in some columns.
  private func rows(of table: Table, partedBy columns: [String], orderedBy order: String, filled: Bool) throws -> [Int64] {
    try Int64.fetchAll(db, sql: KeptRowSQL.later(table.name, partedBy: columns, orderedBy: order, filled: filled))
  }

  private func delete(_ rows: some Sequence<Int64>, _ table: Table) throws {
    let statement = try db.makeStatement(sql: "DELETE FROM \(SQLiteDialect.name(table.name)) WHERE rowid = ?")
    for row in rows { try statement.execute(arguments: [row]) }
  }

  /// Takes rows out of a table and keeps them aside. They are numbered as they were taken, behind those that were there:
  /// reading the files once more finds their lines.
  private func setAside(
    _ repeated: Set<Int64>, _ table: Table, _ inputs: [LoadInput], _ records: inout [LoadRecord], after last: Int64,
    _ reason: (any InputRows, RowChecking) -> RejectReason
  ) throws {
    if repeated.isEmpty { return }
    var row = last
    for (place, input) in inputs.enumerated() {
      let checking = try RowChecking(table, input.input.columns)
      let notTaken = left[records[place].number] ?? []
      var aside = try SettingAside(db: db, load: records[place].number, input: input, mostShare: loader.mostSetAside)
      let rows = try opened(input)
      var read = 0
      while try advance(rows, input) {
        read += 1
        if notTaken.contains(read) { continue }
        row += 1
        if repeated.contains(row) { try aside.add(rows, reason(rows, checking), read: read) }
      }
      records[place].setAside += aside.count
      records[place].loaded -= aside.count
      try finish(records[place])
    }
    try delete(repeated, table)
  }
}
