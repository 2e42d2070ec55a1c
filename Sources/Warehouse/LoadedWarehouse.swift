import GRDB
import Intake
import Metrics
import SQLText
import SourceText
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The tables in which a loaded warehouse keeps what was loaded and what was set aside.
package enum LoadedWarehouse {
  /// Where a dataset that is loaded keeps its warehouse unless `dataset.yaml` says otherwise.
  package static let fileName = "warehouse.sqlite"

  /// The warehouse file of a dataset.
  package static func path(_ dictionary: MetricDictionary, folder: String) -> String {
    let file = dictionary.warehouseFile ?? fileName
    return file.hasPrefix("/") ? file : folder + "/" + file
  }

  static let tables = """
    CREATE TABLE IF NOT EXISTS _wenshu_loads (id INTEGER PRIMARY KEY, at TEXT, by TEXT, file TEXT, hash TEXT, table_name TEXT,
      mode TEXT, read INTEGER, loaded INTEGER, updated INTEGER, set_aside INTEGER, changes TEXT, missing TEXT, ignored TEXT,
      definition TEXT, types TEXT, is_current INTEGER);
    CREATE TABLE IF NOT EXISTS _wenshu_rejects (id INTEGER PRIMARY KEY, load INTEGER, table_name TEXT, file TEXT, line INTEGER,
      reason TEXT, column_name TEXT, found TEXT, expected TEXT, header TEXT, fields TEXT);
    """

  /// Stands in the head of every file made by loading: `PRAGMA application_id`.
  static let mark: Int32 = 0x5753_4C44

  /// Whether a file bears our mark; read from its bytes, since a database that a kill left half-written opens for nobody who
  /// may not write.
  private static func isMarked(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 { return false }
    defer { close(file) }
    var bytes: [UInt8] = [0, 0, 0, 0]
    return pread(file, &bytes, 4, 68) == 4 && bytes.reduce(0) { $0 << 8 | Int32($1) } == mark
  }

  /// Whether the file was made by loading, or is not there yet; somebody else's database is only read.
  static func isOurs(_ db: GRDB.Database) throws -> Bool {
    if try db.tableExists("_wenshu_loads") { return true }
    return try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
  }

  /// Whether a file was made by loading.
  package static func isLoaded(_ path: String) -> Bool { isMarked(path) }

  // MARK: Reading

  /// The loads of a dataset, newest first; none if nothing was loaded.
  /// - Throws: `DiagnosticsError` for a file that cannot be read.
  package static func loads(_ path: String) throws(DiagnosticsError) -> [LoadRecord] {
    try read(path) { db in
      try Row.fetchAll(db, sql: "SELECT * FROM _wenshu_loads ORDER BY id DESC").map(record)
    }
  }

  /// The rows set aside, in the order of loads and lines.
  /// - Parameters:
  ///   - table: only those of this table.
  ///   - load: only those of the load with this number.
  /// - Throws: `DiagnosticsError`
  package static func rejects(_ path: String, table: String? = nil, load: Int? = nil) throws(DiagnosticsError) -> [Reject] {
    try read(path) { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM _wenshu_rejects WHERE (?1 IS NULL OR table_name = ?1) AND (?2 IS NULL OR load = ?2) ORDER BY load, line, id",
        arguments: [table, load]
      ).map(reject)
    }
  }

  /// Why the rows of a load were set aside: how often, and the first of each.
  package struct Reasons: Hashable, Sendable {
    package var reason: RejectReason
    package var count: Int
    package var line: Int
  }

  /// - Throws: `DiagnosticsError`
  package static func reasons(_ path: String, load: Int) throws(DiagnosticsError) -> [Reasons] {
    try read(path) { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT reason, column_name, count(*) AS rows, min(line) AS line, found, expected FROM _wenshu_rejects WHERE load = ?
          GROUP BY reason, column_name, CASE WHEN reason = 'fields' THEN found END ORDER BY rows DESC, line
          """, arguments: [load]
      ).map { row in
        let kind = RejectReason.Kind(rawValue: row["reason"]) ?? .type
        return Reasons(
          reason: RejectReason(kind, column: row["column_name"], found: row["found"], expected: row["expected"]), count: row["rows"], line: row["line"])
      }
    }
  }

  private static func read<Value>(_ path: String, _ body: (GRDB.Database) throws -> [Value]) throws(DiagnosticsError) -> [Value] {
    guard FileFacts(path) != nil else { return [] }
    do {
      recover(path)
      return try DatabaseQueue(path: path, configuration: WarehouseBuilder.reading).read { db in
        try db.tableExists("_wenshu_loads") ? body(db) : []
      }
    } catch { throw DiagnosticsError([WarehouseBuilder.failure("warehouse-unreadable", path, error)]) }
  }

  /// Brings a file back to before a load that was killed: a reader that may not write could not.
  static func recover(_ path: String) {
    guard FileFacts(path + "-journal") != nil, isMarked(path) else { return }
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else { return }
    _ = try? queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
    try? queue.close()
  }

  private static func record(_ row: Row) -> LoadRecord {
    var record = LoadRecord(file: row["file"], hash: row["hash"], table: row["table_name"], mode: LoadMode(rawValue: row["mode"]) ?? .replace)
    record.number = row["id"]
    (record.at, record.by) = (row["at"], row["by"])
    (record.read, record.loaded, record.updated, record.setAside) = (row["read"], row["loaded"], row["updated"], row["set_aside"])
    (record.missing, record.ignored) = (list(row["missing"]), list(row["ignored"]))
    let parts = list(row["changes"])
    record.changes = stride(from: 0, to: parts.count - 2, by: 3).map {
      LoadRecord.Change(column: parts[$0], rule: parts[$0 + 1], count: Int(parts[$0 + 2]) ?? 0)
    }
    return record
  }

  private static func reject(_ row: Row) -> Reject {
    let reason = RejectReason(
      RejectReason.Kind(rawValue: row["reason"]) ?? .type, column: row["column_name"], found: row["found"], expected: row["expected"])
    return Reject(
      number: row["id"], load: row["load"], table: row["table_name"], file: row["file"], line: row["line"], reason: reason,
      header: list(row["header"]), fields: list(row["fields"]))
  }

  // MARK: Lists as one text

  /// Texts as a row of CSV, as they are kept in one column.
  static func text(_ list: [String]) -> String {
    var writer = CSVWriter()
    if list.isEmpty { return "" }
    writer.row(list)
    return String(writer.text.dropLast())
  }

  static func list(_ text: String) -> [String] {
    let reader = CSVReader(bytes: Array(text.utf8))
    return (try? reader.next()) == true ? reader.fields : []
  }

  // MARK: Writing

  /// The types in which a table's columns are stored: `amount`, `decimal(2)`, …
  private static func types(_ table: Table) -> [String] { table.columns.flatMap { [$0.physicalName, $0.type.notation] } }

  /// Columns whose type in `tables.yaml` is no longer the one they were loaded with: a decimal of other digits would be read as
  /// another number.
  static func changedTypes(_ table: Table, _ db: GRDB.Database) throws -> [Diagnostic] {
    guard try db.tableExists("_wenshu_loads") else { return [] }
    let lists = try String.fetchAll(
      db, sql: "SELECT DISTINCT types FROM _wenshu_loads WHERE table_name = ? AND is_current = 1", arguments: [table.name])
    var found: [Diagnostic] = []
    for list in lists.map(list) {
      for index in stride(from: 0, to: list.count - 1, by: 2) {
        guard let column = table.columns.first(where: { $0.physicalName == list[index] }), column.type.notation != list[index + 1] else { continue }
        found.append(
          Diagnostic(
            code: "type-changed", at: column.place ?? table.place, found: "\(column.name), a \(column.type.notation), was loaded as \(list[index + 1])",
            expected: "the type it was loaded with", hint: "load all files of \(table.name) again with wenshu load"))
      }
    }
    return found
  }

  static func add(_ record: LoadRecord, of table: Table, definition: String, _ db: GRDB.Database) throws -> Int {
    let changes = record.changes.flatMap { [$0.column, $0.rule, "\($0.count)"] }
    try db.execute(
      sql: """
        INSERT INTO _wenshu_loads (at, by, file, hash, table_name, mode, read, loaded, updated, set_aside, changes, missing, ignored,
          definition, types, is_current) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
        """,
      arguments: [
        record.at, record.by, record.file, record.hash, record.table, record.mode.rawValue, record.read, record.loaded, record.updated,
        record.setAside, text(changes), text(record.missing), text(record.ignored), definition, text(types(table)),
      ])
    return Int(db.lastInsertedRowID)
  }
}
