import Intake
import SourceText
import Tables
import Warehouse

/// A table as it was found, with a part or all of its rows in the scratch database.
struct StagedTable {
  struct Column {
    var header: String
    var tally: ColumnTally
    /// What a database says of it; nil for a file.
    var declared: String?
    /// How its values are written, where they do not tell: `d/m/y`.
    var format: String?
    /// What one in the file is worth, where its header says so: 万.
    var unit: String?
    /// What was done to read its values, and what could not be read.
    var cleaning: [String] = []
  }

  /// The file or the table of a database, as messages name it.
  var origin: String
  /// Without folder and ending, or the name of a sheet.
  var baseName: String
  /// Files of it, as they were named, with the table in each; empty for a table of a database.
  var parts: [(path: String, table: String)] = []
  /// In the folder of the data; nil for a table of a database.
  var file: String?
  var columns: [Column]
  /// All rows, or about as many.
  var rows: Int
  /// Rows in the scratch database.
  var sampled: Int
  /// `t0` in the scratch database, with columns `c0`, `c1` …
  var stage: String
  var primaryKey: [String] = []
  var foreignKeys: [(here: String, table: String, there: String)] = []
  /// Why its files cannot be read where they lie, but have to be loaded; empty if they can.
  var loading: [String] = []

  var isWhole: Bool { sampled == rows }
}

/// Brings files and databases into a scratch database, where they can be asked about.
struct Staging {
  let scratch: RawDatabase
  let headers: HeaderReader
  var tables: [StagedTable] = []
  /// Tables of the scratch database so far.
  var stages = 0
  /// Whether a file that was only sampled is loaded: then a value that the sample did not tell of costs a row, not the answer.
  var loadsLarge = false
  /// What was left out, and why.
  private(set) var notes: [String] = []

  /// More rows than this are sampled.
  static let mostRows = 120_000
  /// Cells of a wide table count too.
  static let mostCells = 4_000_000
  /// SQLite's own limit is 2,000.
  static let mostColumns = 1_500
  /// A file beyond this size is read in parts.
  static let wholeBytes = 192 << 20

  /// - Throws: `DiagnosticsError`
  init(_ headers: HeaderReader) throws(DiagnosticsError) {
    scratch = try RawDatabase()
    self.headers = headers
  }

  mutating func note(_ text: String) { notes.append(text) }

  /// Files of one name but for a number or a date at its end, with the same columns, are one table.
  /// - Throws: `DiagnosticsError`
  mutating func joinParts() throws(DiagnosticsError) {
    var joined: [StagedTable] = []
    for table in tables {
      let stem = Staging.stem(table.baseName)
      guard !stem.isEmpty, let index = joined.firstIndex(where: { Staging.stem($0.baseName) == stem && $0.file != nil && Staging.isAlike($0, table) }) else {
        joined.append(table)
        continue
      }
      try scratch.append(table.stage, to: joined[index].stage)
      for column in table.columns.indices { joined[index].columns[column].tally.add(table.columns[column].tally) }
      joined[index].rows += table.rows
      joined[index].sampled += table.sampled
      joined[index].parts += table.parts
      joined[index].origin += ", " + table.origin
      joined[index].baseName = stem
      joined[index].loading += table.loading + ["several files are one table"]
    }
    tables = joined
  }

  private static func isAlike(_ a: StagedTable, _ b: StagedTable) -> Bool {
    a.columns.map(\.header) == b.columns.map(\.header) && a.columns.map(\.format) == b.columns.map(\.format)
  }

  /// `orders_2024-01` is a part of `orders`.
  private static func stem(_ name: String) -> String {
    var name = name[...]
    while let last = name.last, last.isNumber || "-_ .()（）年月日".contains(last) { name = name.dropLast() }
    return String(name)
  }

  /// Without spaces around it; nil for nothing.
  static func trimmed(_ text: String) -> String? {
    guard text.utf8.first.map({ $0 <= 32 }) == true || text.utf8.last.map({ $0 <= 32 }) == true else { return text.isEmpty ? nil : text }
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest.isEmpty ? nil : String(rest)
  }

  // MARK: Databases

  /// Looks at the tables of a SQLite file, in place.
  /// - Throws: `DiagnosticsError`
  mutating func add(database: RawDatabase) throws(DiagnosticsError) {
    for shape in try database.shapes() where !shape.columns.isEmpty {
      if Names.isName(shape.name) { try add(shape, database) } else { note("\(shape.name): left out, since formulas cannot name it") }
    }
  }

  private mutating func add(_ shape: RawDatabase.Shape, _ database: RawDatabase) throws(DiagnosticsError) {
    let columns = shape.columns.prefix(Staging.mostColumns)
    let table = RawDatabase.quoted(shape.name)
    let rows = Int(try database.rows("SELECT count(*) FROM \(table)").first?.first?.number ?? 0)
    let most = min(Staging.mostRows, Staging.mostCells / columns.count)
    let step = max(1, rows / max(1, most))
    var tallies = Array(repeating: ColumnTally(), count: columns.count)
    var kept: [[String?]] = []
    let list = columns.map { RawDatabase.quoted($0.name) }.joined(separator: ", ")
    let sampling = step > 1 && !shape.isView ? " WHERE rowid % \(step) = 0" : ""
    let read = { (sql: String) throws(DiagnosticsError) in
      try database.each(sql) { row in
        let texts = row.map { $0.isNull ? nil : $0.plainText }
        for (index, text) in texts.enumerated() { tallies[index].add(text) }
        kept.append(texts.map { $0?.isEmpty == true ? nil : $0 })
      }
    }
    do throws(DiagnosticsError) { try read("SELECT \(list) FROM \(table)\(sampling)") } catch {
      // A table without rowid.
      kept = []
      tallies = Array(repeating: ColumnTally(), count: columns.count)
      try read("SELECT \(list) FROM \(table) LIMIT \(most)")
    }
    let stage = "t\(stages)"
    stages += 1
    var next = kept.makeIterator()
    try scratch.fill(stage, columns: columns.count) { next.next() }
    if kept.count < rows { note("\(shape.name): \(kept.count) of \(rows) rows were looked at") }
    if shape.columns.count > columns.count { note("\(shape.name): only the first \(columns.count) of \(shape.columns.count) columns were looked at") }
    var staged = StagedTable(
      origin: shape.name, baseName: shape.name, columns: zip(columns, tallies).map { StagedTable.Column(header: $0.name, tally: $1, declared: $0.declared) },
      rows: rows, sampled: kept.count, stage: stage)
    (staged.primaryKey, staged.foreignKeys) = (shape.primaryKey, shape.foreignKeys)
    tables.append(staged)
  }
}
