import GRDB
import Intake
import Metrics
import SQLText
import SourceText
import Tables

/// One load inside its transaction: table by table, file by file.
struct LoadTransaction {
  let loader: WarehouseLoader
  let db: GRDB.Database
  let mode: LoadMode
  let inputs: [LoadInput]
  let progress: (LoadProgress) -> Void
  private var bytesDone = 0
  private let allBytes: Int
  /// For each load the rows read that were not taken, counted from 1: the others are numbered in the table as they came.
  private var left: [Int: Set<Int>] = [:]

  init(loader: WarehouseLoader, db: GRDB.Database, mode: LoadMode, inputs: [LoadInput], progress: @escaping (LoadProgress) -> Void) {
    (self.loader, self.db, self.mode, self.inputs, self.progress) = (loader, db, mode, inputs, progress)
    allBytes = inputs.reduce(0) { $0 + $1.size }
  }

  private var schema: Schema { loader.dictionary.schema }

  /// - Throws: `DiagnosticsError`, `DatabaseError`
  mutating func run() throws -> [LoadRecord] {
    var records: [Int: LoadRecord] = [:]
    var order: [String] = []
    for input in inputs where !order.contains(input.target.name) { order.append(input.target.name) }
    for table in schema.tables where !order.contains(table.name) {
      if try !db.tableExists(table.name) {
        try create(table, as: table.name)
        let indexes = TableIndexes(table, schema, keys: true)
        for index in indexes.all { try indexes.create(index, db) }
      }
    }
    for name in LoadOrder(schema).sorted(order) {
      let places = inputs.indices.filter { inputs[$0].target.name == name }
      for (place, record) in zip(places, try load(places.map { inputs[$0] })) { records[place] = record }
    }
    try db.execute(sql: "PRAGMA analysis_limit = 1000; ANALYZE")
    return inputs.indices.map { records[$0]! }
  }

  /// All files of one table.
  private mutating func load(_ inputs: [LoadInput]) throws -> [LoadRecord] {
    let table = inputs[0].target
    let definition = Self.definition(table)
    let current = try String.fetchAll(
      db, sql: "SELECT hash FROM _wenshu_loads WHERE table_name = ? AND is_current = 1 AND definition = ? ORDER BY id", arguments: [table.name, definition])
    let exists = try db.tableExists(table.name)
    // A file of mended rows adds to what is there, whatever else is wished.
    let isMended = inputs.allSatisfy { $0.input.columns.contains("_reject") }
    let mode = isMended && mode == .replace ? .append : mode
    if mode == .replace, exists, Set(current) == Set(inputs.map(\.hash)) { return inputs.map(unchanged) }
    if mode == .replace || !exists {
      try startOver(table)
      let records = try inputs.map { try fill(table, $0, .replace, definition, mode) }
      return try index(table, inputs, records)
    }
    try widen(table)
    // Between two times of the same file others may have brought its rows up to date.
    let same = mode == .upsert ? Array(current.suffix(1)) : current
    return try inputs.map { same.contains($0.hash) ? unchanged($0) : try fill(table, $0, mode, definition, mode) }
  }

  private func unchanged(_ input: LoadInput) -> LoadRecord {
    var record = LoadRecord(input, mode)
    record.isUnchanged = true
    return record
  }

  /// What of a table's definition decides how a file is read.
  private static func definition(_ table: Table) -> String {
    var hash = Fingerprint()
    for column in table.columns {
      hash.add("\(column.name) \(column.physicalName) \(column.type.notation) \(column.format ?? "") \(column.rules) \(column.cleaning)")
    }
    for rule in table.rules.rules where !rule.isSoft { hash.add(rule.text) }
    hash.add("\(String(describing: table.rules.kept))")
    for key in [table.key] + table.unique { hash.add(key.joined(separator: ",")) }
    return hash.hex
  }

  // MARK: Tables

  private func create(_ table: Table, as name: String) throws {
    let columns = table.columns.map { "\(SQLiteDialect.name($0.physicalName)) \($0.type.storage)" }.joined(separator: ", ")
    try db.execute(sql: "CREATE TABLE \(SQLiteDialect.name(name)) (\(columns))")
  }

  /// An empty table in place of the old one. Its pages go to the list of free ones, which a rollback puts back.
  private func startOver(_ table: Table) throws {
    try db.execute(sql: "DROP TABLE IF EXISTS \(SQLiteDialect.name(table.name))")
    try create(table, as: table.name)
    try db.execute(sql: "UPDATE _wenshu_loads SET is_current = 0 WHERE table_name = ?", arguments: [table.name])
    try db.execute(sql: "DELETE FROM _wenshu_rejects WHERE table_name = ?", arguments: [table.name])
  }

  /// Columns that were added to `tables.yaml` since.
  private func widen(_ table: Table) throws {
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

  // MARK: Rows

  /// Reads one file into its table.
  private mutating func fill(
    _ table: Table, _ input: LoadInput, _ way: LoadMode, _ definition: String, _ mode: LoadMode
  ) throws -> LoadRecord {
    let checking = try RowChecking(table, input.input.columns)
    try checkMapping(checking.mapping, table, input)
    var record = LoadRecord(input, mode)
    (record.at, record.by) = (loader.at, loader.by)
    record.missing = table.columns.indices.filter { checking.mapping.places[$0] == nil }.map { table.columns[$0].name }
    record.ignored = checking.mapping.ignored
    let number = try LoadedWarehouse.add(record, of: table, definition: definition, db)
    let before = try count(table)
    let lastRow = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM \(SQLiteDialect.name(table.name))") ?? 0
    // One key, one row: what is added may stand in the place of what is there.
    let upserts = way == .upsert || way == .append && table.rules.kept != nil
    let inserting = try RowInserting(table: table, mapping: checking.mapping, upserts: upserts, db)
    let rules = try RowRuleChecking(table, loader.dictionary, db)
    var (notTaken, older): (Set<Int>, Int) = ([], 0)
    var aside = SettingAside(db: db, load: number, input: input, mostShare: loader.mostSetAside)
    let rejectPlace = checking.mapping.rejectPlace
    let rows = try opened(input)
    while try advance(rows, input) {
      record.read += 1
      if record.read % 32_768 == 0 { tell(input, record.read, rows.bytesRead) }
      var reason: RejectReason?
      if let rules {
        reason = checking.read(rows) { index, value in
          inserting.bind(value, at: index)
          rules.bind(value, at: index)
        }
        if reason == nil, let rule = try rules.broken() { reason = self.reason(rule, rows, checking) }
      } else {
        reason = checking.read(rows) { inserting.bind($1, at: $0) }
      }
      if reason == nil, let failure = inserting.insertRow() {
        guard failure.isDuplicate else { throw DatabaseError(resultCode: failure.code, message: failure.message) }
        reason = duplicate(rows, checking)
      }
      if let reason {
        try aside.add(rows, reason, read: record.read)
        notTaken.insert(record.read)
      } else {
        checking.taken()
        if upserts, !inserting.hasChanged { older += 1 }
      }
      if let rejectPlace { try aside.forget(rows.text(rejectPlace)) }
    }
    tell(input, record.read, input.size)
    bytesDone += input.size
    record.number = number
    record.setAside = aside.count
    let accepted = record.read - aside.count
    record.loaded = try count(table) - before
    record.updated = way == .upsert ? accepted - record.loaded - older : 0
    record.changes = Self.changes(checking)
    if upserts, way == .append { older = accepted - record.loaded }
    record.add(older: older, of: table)
    left[number] = notTaken
    if way == .append, !upserts, table.rules.hasDistinctRows {
      var records = [record]
      try setAsideRepeated(table, [input], &records, after: lastRow)
      record = records[0]
    }
    try finish(record)
    return record
  }

  private func count(_ table: Table) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM \(SQLiteDialect.name(table.name))") ?? 0 }

  private func finish(_ record: LoadRecord) throws {
    try db.execute(
      sql: "UPDATE _wenshu_loads SET read = ?, loaded = ?, updated = ?, set_aside = ?, changes = ? WHERE id = ?",
      arguments: [
        record.read, record.loaded, record.updated, record.setAside,
        LoadedWarehouse.text(record.changes.flatMap { [$0.column, $0.rule, "\($0.count)"] }), record.number,
      ])
  }

  private static func changes(_ checking: RowChecking) -> [LoadRecord.Change] {
    checking.table.columns.indices.flatMap { column in
      CleaningRule.allCases.compactMap { rule in
        let count = checking.changes[column][rule.rawValue]
        return count == 0 ? nil : LoadRecord.Change(column: checking.table.columns[column].name, rule: rule.name, count: count)
      }
    }
  }

  private func tell(_ input: LoadInput, _ rows: Int, _ bytes: Int) {
    progress(LoadProgress(table: input.target.name, rows: rows, bytes: bytesDone + min(bytes, input.size), allBytes: allBytes))
  }

  /// A file that has nothing to do with the table, or lacks its key, is refused.
  private func checkMapping(_ mapping: ColumnMapping, _ table: Table, _ input: LoadInput) throws {
    let place = SourcePlace(file: input.path, line: 1)
    let missing = table.columns.indices.filter {
      mapping.places[$0] == nil && (table.key.contains(table.columns[$0].name) || table.columns[$0].rules.isRequired)
    }
    var defects = missing.map { index in
      let name = table.columns[index].physicalName
      let near = NearMiss.nearest(to: name, among: input.input.columns)
      return Diagnostic(
        code: "missing-column", at: place, found: "no column \(name)", expected: "a header with it, as table \(table.name) needs it",
        hint: near.isEmpty ? "" : "did you mean \(near.joined(separator: ", "))?")
    }
    if defects.isEmpty, mapping.found == 0 {
      defects = [
        Diagnostic(
          code: "wrong-table", at: place, found: "columns \(input.input.columns.prefix(8).joined(separator: ", "))",
          expected: "columns of table \(table.name): \(table.columns.prefix(8).map(\.name).joined(separator: ", "))")
      ]
    }
    if !defects.isEmpty { throw DiagnosticsError(defects) }
  }

  private func duplicate(_ rows: any InputRows, _ checking: RowChecking) -> RejectReason {
    let key = ([checking.table.key] + checking.table.unique).first { !$0.isEmpty } ?? []
    return RejectReason(.key, column: key.joined(separator: ", "), found: values(key, rows, checking))
  }

  private func reason(_ rule: TableRule, _ rows: any InputRows, _ checking: RowChecking) -> RejectReason {
    let names = rule.columns.filter { $0.head == checking.table.name && $0.parts.count == 2 }.map(\.column)
    var kind = RejectReason.Kind.rule
    if case .reference = rule.kind { kind = .reference }
    return RejectReason(
      kind, column: names.joined(separator: ", "), found: String(values(names, rows, checking).prefix(200)), expected: rule.text)
  }

  private func values(_ names: [String], _ rows: any InputRows, _ checking: RowChecking) -> String {
    names.map { name in
      checking.table.columns.firstIndex { $0.name == name }.flatMap { checking.mapping.places[$0] }.map { rows.text($0) } ?? ""
    }.joined(separator: ", ")
  }

  private func opened(_ input: LoadInput) throws -> any InputRows {
    do throws(IntakeFailure) { return try input.input.rows() } catch { throw DiagnosticsError([Diagnostic(error, file: input.path)]) }
  }

  private func advance(_ rows: any InputRows, _ input: LoadInput) throws -> Bool {
    do throws(IntakeFailure) { return try rows.next() } catch { throw DiagnosticsError([Diagnostic(error, file: input.path)]) }
  }

  // MARK: Keys of a whole new table

  /// Makes the indexes. Rows whose key is there already, of which the first stays, are found and set aside now: sorting once
  /// is far cheaper than looking every key up while loading.
  private mutating func index(_ table: Table, _ inputs: [LoadInput], _ records: [LoadRecord]) throws -> [LoadRecord] {
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
  private func setAsideRepeated(_ table: Table, _ inputs: [LoadInput], _ records: inout [LoadRecord], after last: Int64) throws {
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
      var aside = SettingAside(db: db, load: records[place].number, input: input, mostShare: loader.mostSetAside)
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

/// Keeps rows aside, and ends the load when they are too many.
private struct SettingAside {
  let db: GRDB.Database
  let load: Int
  let input: LoadInput
  let mostShare: Double
  private(set) var count = 0
  private var kinds: [String: (count: Int, first: Int, reason: RejectReason)] = [:]

  init(db: GRDB.Database, load: Int, input: LoadInput, mostShare: Double) {
    (self.db, self.load, self.input, self.mostShare) = (db, load, input, mostShare)
  }

  mutating func add(_ rows: any InputRows, _ reason: RejectReason, read: Int) throws {
    count += 1
    let kind = reason.kind.rawValue + " " + reason.column
    kinds[kind, default: (0, rows.line, reason)].count += 1
    try db.execute(
      sql: """
        INSERT INTO _wenshu_rejects (load, table_name, file, line, reason, column_name, found, expected, header, fields)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        load, input.target.name, input.path, rows.line, reason.kind.rawValue, reason.column, reason.found, reason.expected,
        LoadedWarehouse.text(input.input.columns), LoadedWarehouse.text(rows.raw.map { [$0] } ?? rows.fields),
      ])
    if count > 1000, Double(count) > Double(read) * mostShare { throw tooMany(read) }
  }

  /// Takes back a row that was set aside before and has come again.
  func forget(_ number: String) throws {
    guard let number = Int(number) else { return }
    try db.execute(sql: "DELETE FROM _wenshu_rejects WHERE id = ? AND load <> ?", arguments: [number, load])
  }

  private func tooMany(_ read: Int) -> DiagnosticsError {
    let list = kinds.values.sorted { $0.count > $1.count }.prefix(3).map { kind in
      Diagnostic(
        code: "too-many-set-aside", at: SourcePlace(file: input.path, line: kind.first),
        found: "\(count) of \(read) rows would be set aside, \(kind.count) of them like this one: "
          + "\(kind.reason.kind.rawValue)\(kind.reason.column.isEmpty ? "" : " of " + kind.reason.column) \(kind.reason.found)",
        expected: kind.reason.expected, hint: "nothing was loaded; mend tables.yaml or the file, or allow more with --most-rejects")
    }
    return DiagnosticsError(list)
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
