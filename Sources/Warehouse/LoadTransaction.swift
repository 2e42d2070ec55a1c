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
  var left: [Int: Set<Int>] = [:]

  init(loader: WarehouseLoader, db: GRDB.Database, mode: LoadMode, inputs: [LoadInput], progress: @escaping (LoadProgress) -> Void) {
    (self.loader, self.db, self.mode, self.inputs, self.progress) = (loader, db, mode, inputs, progress)
    allBytes = inputs.reduce(0) { $0 + $1.size }
  }

  var schema: Schema { loader.dictionary.schema }

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
  static func definition(_ table: Table) -> String {
    var hash = Fingerprint()
    for column in table.columns {
      hash.add("\(column.name) \(column.physicalName) \(column.type.notation) \(column.format ?? "") \(column.rules) \(column.cleaning)")
    }
    for rule in table.rules.rules where !rule.isSoft { hash.add(rule.text) }
    hash.add("\(String(describing: table.rules.kept))")
    for key in [table.key] + table.unique { hash.add(key.joined(separator: ",")) }
    return hash.hex
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
    var aside = try SettingAside(db: db, load: number, input: input, mostShare: loader.mostSetAside)
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
    if way == .replace { try aside.checkNotAll(of: record.read) }
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

  func count(_ table: Table) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM \(SQLiteDialect.name(table.name))") ?? 0 }

  func finish(_ record: LoadRecord) throws {
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

}
