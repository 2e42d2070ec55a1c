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
  }

  /// The file or the table of a database, as messages name it.
  var origin: String
  /// Without folder and ending.
  var baseName: String
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
  /// Columns beyond those that are looked at.
  var columnsLeftOut = 0

  var isWhole: Bool { sampled == rows }
}

/// Brings files and databases into a scratch database, where they can be asked about.
struct Staging {
  let scratch: RawDatabase
  private(set) var tables: [StagedTable] = []
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
  init() throws(DiagnosticsError) { scratch = try RawDatabase() }

  mutating func note(_ text: String) { notes.append(text) }

  // MARK: Files

  /// Reads one CSV file.
  /// - Throws: `DiagnosticsError`
  mutating func add(csv path: String, file: String) throws(DiagnosticsError) {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let separator: Character = name.lowercased().hasSuffix(".tsv") ? "\t" : ","
    let size = FileFacts(path)?.size ?? 0
    do throws(CSVFailure) {
      let reader = try CSVReader(path: path, separator: separator)
      guard try reader.next() else {
        note("\(file): empty, left out")
        return
      }
      let headers = reader.fields
      if size > Staging.wholeBytes {
        try addParts(path: path, file: file, headers: headers, size: size, separator: separator)
      } else {
        try addRows(file: file, headers: headers, step: step(headers.count, size, path)) { () throws(CSVFailure) in try reader.next() ? reader : nil }
      }
    } catch {
      throw DiagnosticsError([Diagnostic(code: "bad-data", at: SourcePlace(file: path, line: error.line ?? 1), found: "\(error)")])
    }
  }

  /// Each how many rows one is kept, from the size of the file and the width of its table.
  private func step(_ columns: Int, _ size: Int, _ path: String) -> Int {
    let most = min(Staging.mostRows, Staging.mostCells / max(1, columns))
    // A cell of a business table is some eight bytes; the exact number matters little.
    return max(1, size / max(1, columns * 8) / max(1, most))
  }

  private mutating func addRows(
    file: String, headers: [String], step: Int, _ next: () throws(CSVFailure) -> CSVReader?
  ) throws(CSVFailure) {
    let width = min(headers.count, Staging.mostColumns)
    var tallies = Array(repeating: ColumnTally(), count: width)
    var (rows, kept, ragged) = (0, 0, 0)
    let stage = "t\(tables.count)"
    let filling: Result<Void, CSVFailure>
    do {
      try scratch.fill(stage, columns: width) { () throws -> [String?]? in
        while let reader = try next() {
          guard reader.count == headers.count else {
            ragged += 1
            continue
          }
          for index in 0..<width { reader.withBytes(index) { tallies[index].add($0) } }
          rows += 1
          guard rows % step == 0 || step == 1 else { continue }
          kept += 1
          return (0..<width).map { reader.isEmpty($0) ? nil : Staging.trimmed(reader.text($0)) }
        }
        return nil
      }
      filling = .success(())
    } catch let error as CSVFailure { filling = .failure(error) } catch {
      filling = .failure(.cannotRead(path: file, reason: "\(error)"))
    }
    try filling.get()
    if ragged > 0 { note("\(file): \(ragged) rows with another number of fields than the header were not looked at") }
    append(file: file, headers: headers, tallies, rows, kept, stage)
  }

  private mutating func append(file: String, headers: [String], _ tallies: [ColumnTally], _ rows: Int, _ kept: Int, _ stage: String) {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    let columns = zip(headers, tallies).map { StagedTable.Column(header: $0, tally: $1) }
    tables.append(
      StagedTable(
        origin: file, baseName: base, file: file, columns: columns, rows: rows, sampled: kept, stage: stage,
        columnsLeftOut: headers.count - tallies.count))
    if headers.count > tallies.count { note("\(file): only the first \(tallies.count) of \(headers.count) columns were looked at") }
  }

  /// A large file: pieces spread evenly over it, each from the first line break in it on.
  private mutating func addParts(path: String, file: String, headers: [String], size: Int, separator: Character) throws(CSVFailure) {
    let pieces = 48
    let length = 1 << 20
    var (bytesRead, index) = (0, 0)
    var current: CSVReader?
    func open() throws(CSVFailure) -> CSVReader? {
      while index < pieces {
        defer { index += 1 }
        guard var bytes = FileParts.read(path, at: (size - length) / (pieces - 1) * index, count: length),
          let start = bytes.firstIndex(of: 10), let end = bytes.lastIndex(of: 10), start < end
        else { continue }
        bytes = Array(bytes[(start + 1)...end])
        bytesRead += bytes.count
        return CSVReader(bytes: bytes, separator: separator)
      }
      return nil
    }
    let before = tables.count
    try addRows(file: file, headers: headers, step: 1) { () throws(CSVFailure) -> CSVReader? in
      while true {
        if current == nil { current = try open() }
        guard let reader = current else { return nil }
        // A piece may begin inside quotes; what cannot be read of it is no row of the sample.
        if (try? reader.next()) == true { return reader }
        current = nil
      }
    }
    guard tables.count > before, bytesRead > 0 else { return }
    let sampled = tables[before].sampled
    tables[before].rows = max(sampled + 1, Int(Double(sampled) * Double(size) / Double(bytesRead)))
    note("\(file): \(size >> 20) MB; \(sampled) rows from \(pieces) places were looked at, of about \(tables[before].rows)")
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
    for shape in try database.shapes() where !shape.columns.isEmpty { try add(shape, database) }
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
    let stage = "t\(tables.count)"
    var next = kept.makeIterator()
    try scratch.fill(stage, columns: columns.count) { next.next() }
    if kept.count < rows { note("\(shape.name): \(kept.count) of \(rows) rows were looked at") }
    var staged = StagedTable(
      origin: shape.name, baseName: shape.name, file: nil,
      columns: zip(columns, tallies).map { StagedTable.Column(header: $0.name, tally: $1, declared: $0.declared) }, rows: rows,
      sampled: kept.count, stage: stage, columnsLeftOut: shape.columns.count - columns.count)
    (staged.primaryKey, staged.foreignKeys) = (shape.primaryKey, shape.foreignKeys)
    tables.append(staged)
  }
}
