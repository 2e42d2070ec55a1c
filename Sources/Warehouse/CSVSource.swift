import GRDB
import Metrics
import Planning
import SQLText
import SourceText
import Tables

/// The CSV files of a dataset, and how they become tables.
struct CSVSource {
  let dictionary: MetricDictionary
  let folder: String

  /// Raised when the way of building changes, so that older files are built anew.
  static let builderVersion = "4"

  func name(of table: Table) -> String {
    let file = table.file.isEmpty ? table.name + ".csv" : table.file
    return dictionary.dataFolder.isEmpty ? file : dictionary.dataFolder + "/" + file
  }

  func path(of table: Table) -> String {
    let name = name(of: table)
    return name.hasPrefix("/") ? name : folder + "/" + name
  }

  /// A text that changes with the tables' definition, the dimensions and the files.
  /// - Throws: `DiagnosticsError` for files that are missing, all of them.
  func key() throws(DiagnosticsError) -> String {
    var hash = Fingerprint()
    hash.add(CSVSource.builderVersion)
    var missing: [Diagnostic] = []
    for table in dictionary.schema.tables {
      hash.add(definition(of: table))
      guard let facts = FileFacts(path(of: table)) else {
        missing.append(
          Diagnostic(
            code: "missing-file", at: table.place, found: "no file \(name(of: table)) for table \(table.name)",
            expected: "a CSV file with its rows"))
        continue
      }
      hash.add("\(facts.size) \(facts.changed)")
    }
    for dimension in dictionary.dimensions { hash.add(dimension.definition) }
    for timed in FormulaTables.ownTimes(in: dictionary) { hash.add("\(timed.table) by \(timed.time?.description ?? "")") }
    if !missing.isEmpty { throw DiagnosticsError(missing) }
    return hash.hex
  }

  private func definition(of table: Table) -> String {
    let columns = table.columns.map { $0.name + "=" + $0.physicalName + ":" + $0.type.name + ($0.trim ? ":trim" : "") }
    let joins = table.joins.map {
      $0.role + ">" + $0.table + ":" + ($0.hereColumns + ["="] + $0.thereColumns).joined(separator: ",")
    }
    return ([table.name, table.time?.description ?? ""] + columns + joins).joined(separator: " ")
  }

  /// Makes and fills all tables and their indexes; gives the version of the data.
  /// - Throws: `DiagnosticsError`, `DatabaseError`
  func load(into db: GRDB.Database, _ progress: (String) -> Void) throws -> String {
    var hash = Fingerprint()
    var defects: [Diagnostic] = []
    for table in dictionary.schema.tables {
      progress(table.name)
      hash.add(definition(of: table))
      try CSVLoader(table: table, name: name(of: table), path: path(of: table)).load(into: db, &hash, &defects)
    }
    if !defects.isEmpty { throw DiagnosticsError(defects) }
    for table in dictionary.schema.tables { try index(table, db, &defects) }
    if !defects.isEmpty { throw DiagnosticsError(defects) }
    return hash.hex
  }

  // MARK: Indexes

  private func index(_ table: Table, _ db: GRDB.Database, _ defects: inout [Diagnostic]) throws {
    if let time = table.time, time.parts.count <= 2, time.head.isEmpty || time.head == table.name,
      let column = table.column(time.column)
    {
      try create("time", table, [column.physicalName], unique: false, db)
    }
    for columns in keys(of: table) {
      do {
        try create("key", table, columns.map { table.column($0)?.physicalName ?? $0 }, unique: true, db)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        defects.append(try duplicate(columns, in: table, db))
      }
    }
    // From a header to its lines: a question of one month reads that month's lines, not all of them.
    var made: Set<[String]> = []
    for join in table.joins where dictionary.schema[join.table]?.time != nil && made.insert(join.hereColumns).inserted {
      try create("of", table, join.hereColumns.map { table.column($0)?.physicalName ?? $0 }, unique: false, db)
    }
  }

  /// Column lists of this table that others join to.
  private func keys(of table: Table) -> [[String]] {
    var seen: Set<[String]> = []
    let joins = dictionary.schema.tables.flatMap(\.joins).filter { $0.table == table.name && $0.validity == nil }
    return joins.map(\.thereColumns).filter { seen.insert($0).inserted }
  }

  private func create(_ kind: String, _ table: Table, _ columns: [String], unique: Bool, _ db: GRDB.Database) throws {
    let name = SQLiteDialect.name("_\(kind)_\(table.name)_\(columns.joined(separator: "_"))")
    let list = columns.map(SQLiteDialect.name).joined(separator: ", ")
    try db.execute(sql: "CREATE \(unique ? "UNIQUE " : "")INDEX \(name) ON \(SQLiteDialect.name(table.name)) (\(list))")
  }

  /// A join to a key that is there twice would multiply rows.
  private func duplicate(_ columns: [String], in table: Table, _ db: GRDB.Database) throws -> Diagnostic {
    let list = columns.map { SQLiteDialect.name(table.column($0)?.physicalName ?? $0) }.joined(separator: ", ")
    let row = try Row.fetchOne(
      db, sql: "SELECT \(list) FROM \(SQLiteDialect.name(table.name)) GROUP BY \(list) HAVING count(*) > 1 LIMIT 1")
    let values = row.map { row in row.databaseValues.map { String(describing: $0.storage.value ?? "") } } ?? []
    return Diagnostic(
      code: "key-not-unique", at: SourcePlace(file: name(of: table), line: 1),
      found: "\(columns.joined(separator: ", ")) = \(values.joined(separator: ", ")) more than once",
      expected: "a key of \(table.name), since other tables join to it",
      hint: "a join to a value that is there twice would count rows twice")
  }
}

extension Dimension {
  /// A text that changes when the dimension's values may; written out by hand, because printing values by reflection
  /// costs as much as opening the database.
  var definition: String {
    let source =
      switch source {
      case .column(let path): path.description
      case .expression(let row): FormulaNotation.text(row)
      case .flag(let condition): FormulaNotation.text(condition)
      }
    return ([name, source] + others.map(\.description) + [kind.rawValue]).joined(separator: " ")
  }
}

extension ColumnType {
  /// `decimal(2)`, as in `tables.yaml`.
  fileprivate var name: String {
    switch self {
    case .integer: "integer"
    case .real: "real"
    case .text: "text"
    case .date: "date"
    case .timestamp: "timestamp"
    case .boolean: "boolean"
    case .decimal(let scale): "decimal(" + String(scale) + ")"
    }
  }
}
