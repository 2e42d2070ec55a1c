import Intake
import Metrics
import SourceText
import Tables
import Warehouse

/// Files into the scratch database: each value as it will stand in the warehouse.
extension Staging {
  /// Reads the tables of one file.
  ///
  /// - Parameter file: its name in the folder of the data.
  /// - Throws: `DiagnosticsError`
  mutating func add(path: String, file: String) throws(DiagnosticsError) {
    do throws(IntakeFailure) {
      let input = try InputFile(path: path)
      for table in try input.tables() {
        if table.form.isHidden {
          note("\(file): the hidden sheet \(table.name) was left out")
        } else {
          try add(table, of: input, path: path, file: file)
        }
      }
    } catch {
      // One unreadable file in a folder is no reason to look at none.
      guard error == .empty, path.hasSuffix("/" + file) else { throw DiagnosticsError([Diagnostic(error, file: path)]) }
      note("\(file): empty, left out")
    }
  }

  private mutating func add(_ table: InputTable, of input: InputFile, path: String, file: String) throws(IntakeFailure) {
    let width = min(table.columns.count, Staging.mostColumns)
    var cells = try table.guesses(rows: 5_000).prefix(width).map { StagedCells($0, isMeasure: headers.isMeasure($0.name), magnitude: headers.text($0.name).magnitude) }
    let isLarge = input.size > Staging.wholeBytes
    let most = min(Staging.mostRows, Staging.mostCells / max(1, width))
    // A cell of a business table is some eight bytes; the exact number matters little.
    let step = isLarge ? 1 : max(1, input.size / max(1, width * 8) / most)
    let feed: any RowFeed = if isLarge, let parts = FilePartsFeed(path, table, input.size) { parts } else { WholeFeed(try table.rows(), until: Staging.wholeBytes) }
    var (rows, kept, ragged) = (0, 0, 0)
    let stage = "t\(stages)"
    stages += 1
    let filling: Result<Void, IntakeFailure>
    do {
      try scratch.fill(stage, columns: width) { () throws -> [String?]? in
        while try feed.next() {
          // What a load would set aside; a row of totals would make a text of a column of days, and count everything twice.
          if feed.isDefect || feed.count != table.columns.count || TotalRow.word(feed.view) != nil {
            ragged += 1
            continue
          }
          rows += 1
          let isKept = rows % step == 0 || step == 1
          var texts: [String?] = []
          for index in 0..<width {
            let text = cells[index].add(feed.bytes(index), wanted: isKept)
            if isKept { texts.append(text) }
          }
          guard isKept else { continue }
          kept += 1
          return texts
        }
        return nil
      }
      filling = .success(())
    } catch let error as IntakeFailure { filling = .failure(error) } catch {
      filling = .failure(.cannotRead(reason: "\(error)"))
    }
    try filling.get()
    if rows == 0, ragged > 0 {
      note("\(file): none of its rows has as many fields as its header; left out")
      return
    }
    if table.columns.count > width { note("\(file): only the first \(width) of \(table.columns.count) columns were looked at") }
    var staged = StagedTable(
      origin: file, baseName: table.name, parts: [(path, table.name)], file: file,
      columns: zip(table.columns, cells).map { StagedTable.Column(header: $0, tally: $1.tally, format: $1.format, unit: $1.unit, cleaning: $1.cleaning) },
      rows: rows, sampled: kept, stage: stage)
    staged.loading = reasons(table, file: file, ragged: feed.isSample ? 0 : ragged, cells: cells)
    if feed.isSample {
      staged.rows = max(kept + 1, Int(Double(rows) * Double(input.size) / Double(max(1, feed.bytesRead))))
      if loadsLarge { staged.loading.append("it is large") }
      note("\(file): \(input.size >> 20) MB; \(kept) rows \(feed.places) were looked at, of about \(staged.rows)")
    }
    tables.append(staged)
  }

  /// What keeps a file from being read where it lies.
  private func reasons(_ table: InputTable, file: String, ragged: Int, cells: [StagedCells]) -> [String] {
    var reasons: [String] = []
    if table.form.kind != .delimited(separator: ",") { reasons.append("it is no comma-separated file") }
    if let encoding = table.form.encoding, ![.utf8, .utf8Mark].contains(encoding) { reasons.append("it is written in \(encoding.rawValue)") }
    if !table.form.hasHeader { reasons.append("it has no header") }
    if table.form.preamble > 0 { reasons.append("its header stands below other rows") }
    if ragged > 0 { reasons.append("\(ragged) rows are broken, or totals, and set aside") }
    if !file.lowercased().hasSuffix(".csv") { reasons.append("its name does not end in .csv") }
    if table.form.isRenamed, table.form.hasHeader { reasons.append("some columns have no name of their own in the header") }
    if cells.contains(where: \.isConverted) { reasons.append("some values are written as people write them") }
    return reasons
  }
}

/// The values of one column on their way into the scratch database.
struct StagedCells {
  private(set) var tally = ColumnTally()
  let format: String?
  /// Reads values that do not stand as the warehouse has them.
  private let reader: ValueReader?
  private var unread = 0
  private var rules: String

  /// The power of ten that one in the file is worth: 万.
  let unit: String?

  var isConverted: Bool { reader != nil }
  var cleaning: [String] {
    guard reader != nil else { return [] }
    let unit = unit.map { ["in \($0), as its header says"] } ?? []
    return ["read as \(format ?? "people write it")" + (rules.isEmpty ? "" : ": " + rules)] + unit + (unread > 0 ? ["\(unread) values could not be read"] : [])
  }

  /// - Parameter isMeasure: whether the header speaks of an amount or a day; a number of invoices with a few letters among
  ///   them is a text, an amount with a few is one with rows to be mended.
  /// - Parameter magnitude: the power of ten in its header: 万 of 销售额(万元).
  init(_ guess: GuessedColumn, isMeasure: Bool, magnitude: String = "") {
    let isPlain = guess.format == nil && guess.evidence.rules.keys.allSatisfy { $0 == .trim } && guess.evidence.exceptions == 0
    let isTyped = (guess.type.isTime || guess.type.isNumeric) && (guess.evidence.exceptions == 0 || isMeasure)
    // 20240105 is a date only as the guess has it.
    let isCompact = guess.notes.contains(.compactDates)
    var (type, cleaning) = (guess.type, ColumnCleaning())
    if isTyped, guess.type.isNumeric, guess.type != .boolean, let worth = ColumnCleaning.Unit(magnitude) {
      cleaning.unit = worth
      if case .decimal(let scale) = type { type = .decimal(scale: max(2, scale)) } else if type == .integer { type = .decimal(scale: 2) }
    }
    unit = cleaning.unit == nil ? nil : magnitude
    let isRead = isTyped && (!isPlain || isCompact || unit != nil)
    (reader, format) = isRead ? (ValueReader(type: type, format: guess.format, cleaning: cleaning), guess.format) : (nil, nil)
    rules = guess.evidence.rules.keys.filter { $0 != .trim }.map(\.name).sorted().joined(separator: ", ")
  }

  /// Counts a value; gives its text if that is wanted.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, wanted: Bool) -> String? {
    guard let reader else {
      tally.add(bytes)
      return wanted && !bytes.isEmpty ? Staging.trimmed(String(decoding: bytes, as: UTF8.self)) : nil
    }
    let text: String?
    switch reader.read(bytes) {
    case .null: text = nil
    case .integer(let units):
      if case .decimal(let scale) = reader.type { text = Cell.decimal(units: units, scale: scale).plainText } else { text = String(units) }
    case .real(let value): text = Cell.real(value).plainText
    case .text(let bytes): text = String(decoding: bytes, as: UTF8.self)
    case .bad:
      unread += 1
      text = nil
    }
    tally.add(text)
    return text
  }
}
