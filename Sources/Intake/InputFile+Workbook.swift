import Tables

/// Workbooks: a table for each sheet with rows.
extension InputFile {
  func workbookTables() throws(IntakeFailure) -> [InputTable] {
    let book = try Workbook(self)
    var tables: [InputTable] = []
    for sheet in book.sheets {
      if let table = try sheetTable(book, sheet.name, sheet.part, isHidden: sheet.isHidden) { tables.append(table) }
    }
    if tables.isEmpty { throw .empty }
    // One sheet that nobody named is the file's table.
    if tables.count == 1, InputFile.isStandardName(tables[0].name) { return [tables[0].renamed(baseName)] }
    return tables.map { InputFile.isStandardName($0.name) ? $0.renamed(baseName + "_" + $0.name) : $0 }
  }

  private static func isStandardName(_ name: String) -> Bool {
    let stem = name.lowercased().filter { !$0.isNumber && $0 != " " }
    return ["sheet", "工作表", "表", "worksheet"].contains(stem)
  }

  /// Nil for a sheet without rows.
  private func sheetTable(_ book: Workbook, _ name: String, _ part: String, isHidden: Bool) throws(IntakeFailure) -> InputTable? {
    let look = try SheetRows(book, part: part, width: 0, header: [])
    var (sample, lines): ([[String]], [Int]) = ([], [])
    while sample.count < 1000, try look.next() {
      sample.append(look.fields)
      lines.append(look.line)
    }
    if sample.isEmpty { return nil }
    let preamble = HeaderGuess.preamble(sample)
    let body = Array(sample.dropFirst(preamble))
    let hasHeader = options.hasHeader ?? HeaderGuess.hasHeader(body)
    // Cells right of the header's last one are none of the table's; without a header the widest row counts.
    var first = body.first ?? []
    while hasHeader, first.last == "" { first.removeLast() }
    let width = hasHeader ? first.count : body.reduce(0) { max($0, $1.count) }
    if width > HeaderGuess.mostColumns { throw .tooManyColumns(width) }
    let names = hasHeader ? HeaderGuess.unique(first) : (0..<width).map { "column_\($0 + 1)" }
    let header = hasHeader ? first : []
    var form = FileForm(kind: .sheet(name: name), encoding: nil, hasHeader: hasHeader, preamble: preamble)
    form.isHidden = isHidden
    let headerLine = lines.dropFirst(preamble).first ?? 0
    let merges = try SheetMerges.read(book, part).filter { $0.rows.lowerBound > (hasHeader ? headerLine : 0) }
    return InputTable(name: name, form: form, columns: names) { () throws(IntakeFailure) in
      let rows = try SheetRows(book, part: part, width: width, header: header, merges: merges)
      for _ in 0..<preamble + (hasHeader ? 1 : 0) { _ = try rows.next() }
      return rows
    }
  }
}

/// Cells merged over several rows: written behind all rows, so the sheet is unpacked once more to its end.
private struct SheetMerges {
  private var found: [SheetMerge] = []

  static func read(_ book: Workbook, _ part: String) throws(IntakeFailure) -> [SheetMerge] {
    var merges = SheetMerges()
    let tail = try tail(book, part)
    for piece in tail.split(separator: "<mergeCell ").dropFirst() {
      let parts = piece.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
      if parts.count == 3, parts[0].hasSuffix("ref=") { merges.add(parts[1]) }
    }
    return merges.found
  }

  /// What stands behind the rows, as text.
  private static func tail(_ book: Workbook, _ part: String) throws(IntakeFailure) -> String {
    let stream = try book.archive.stream(part)
    let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
    defer { block.deallocate() }
    let sign = Array("sheetData>".utf8)
    var (tail, isBehind, last): ([UInt8], Bool, [UInt8]) = ([], false, [])
    while true {
      let count = try stream.fill(block)
      if count == 0 { break }
      let piece = last + block[0..<count]
      if isBehind {
        tail.append(contentsOf: block[0..<count])
      } else if let end = SheetMerges.lastIndex(of: sign, in: piece), end > 0, piece[..<end].last == UInt8(ascii: "/") || piece[..<end].last == UInt8(ascii: ":") {
        tail = Array(piece[end...])
        isBehind = true
      }
      if tail.count > 16 << 20 { break }
      last = Array(piece.suffix(sign.count + 2))
    }
    return String(decoding: tail, as: UTF8.self)
  }

  private static func lastIndex(of sign: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= sign.count else { return nil }
    var index = bytes.count - sign.count
    while index >= 0 {
      if bytes[index] == sign[0], bytes[index..<index + sign.count].elementsEqual(sign) { return index }
      index -= 1
    }
    return nil
  }

  /// `A2:A5`; over several columns only the first is filled.
  private mutating func add(_ reference: Substring) {
    let ends = reference.split(separator: ":")
    guard ends.count == 2, let from = place(ends[0]), let to = place(ends[1]), to.row > from.row else { return }
    found.append(SheetMerge(column: from.column, rows: from.row...to.row))
  }

  private func place(_ text: Substring) -> (column: Int, row: Int)? {
    let letters = text.prefix { $0.isLetter }
    guard let row = Int(text.dropFirst(letters.count)), !letters.isEmpty, letters.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
    return (letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 } - 1, row)
  }
}
