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
  static let builderVersion = "6"

  func name(of table: Table) -> String {
    let file = table.file.isEmpty ? table.name + ".csv" : table.file
    return dictionary.dataFolder.isEmpty ? file : dictionary.dataFolder + "/" + file
  }

  func path(of table: Table) -> String {
    let name = name(of: table)
    return name.hasPrefix("/") ? name : folder + "/" + name
  }

  /// Files of tables that changed after everything was loaded: what they hold now is not asked.
  func newerFiles(than loaded: FileFacts) -> [Diagnostic] {
    // Seconds and nanoseconds; the second number has no zeros in front.
    func moment(_ facts: FileFacts) -> [Int] { facts.changed.split(separator: ".").map { Int($0) ?? 0 } }
    return dictionary.schema.tables.compactMap { table in
      guard let facts = FileFacts(path(of: table)), moment(loaded).lexicographicallyPrecedes(moment(facts)) else { return nil }
      return Diagnostic(
        .warning, code: "newer-file", at: SourcePlace(file: name(of: table), line: 1), found: "changed since \(LoadedWarehouse.fileName) was loaded",
        expected: "the rows that are asked", hint: "wenshu load brings it in")
    }
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
    let columns = table.columns.map { $0.name + "=" + $0.physicalName + ":" + $0.type.notation + ($0.trim ? ":trim" : "") + ($0.format ?? "") }
    let joins = table.joins.map {
      $0.role + ">" + $0.table + ":" + ($0.hereColumns + ["="] + $0.thereColumns).joined(separator: ",")
    }
    return ([table.name, table.time?.description ?? ""] + columns + joins + rules(of: table)).joined(separator: " ")
  }

  /// What decides which rows and values there are, and what is measured of them.
  private func rules(of table: Table) -> [String] {
    var texts = table.columns.filter { !$0.rules.isEmpty || !$0.cleaning.isEmpty }.map { "\($0.name) \($0.rules) \($0.cleaning)" }
    texts += table.rules.rules.map(\.text)
    if !table.rules.isEmpty { texts.append("\(String(describing: table.rules.usualRows)) \(String(describing: table.rules.kept))") }
    return texts + (table.key.isEmpty ? [] : ["key"] + table.key) + table.unique.map { $0.joined(separator: ",") }
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
    if let kept = table.rules.kept { try db.execute(sql: KeptRowSQL.delete(kept, of: table)) }
    let indexes = TableIndexes(table, dictionary.schema, keys: false)
    for index in indexes.all {
      do { try indexes.create(index, db) } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        defects.append(try duplicate(index.names, in: table, db))
      }
    }
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
