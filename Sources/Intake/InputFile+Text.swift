import Tables

/// Texts: delimited rows, or JSON objects.
extension InputFile {
  /// How much of a text is looked at for its separator and header. In bytes.
  private static let lookedAt = 1 << 18

  func textTable() throws(IntakeFailure) -> InputTable {
    let (head, encoding, isWhole) = try lookAhead()
    if isJSON(head) { return try jsonTable(encoding) }
    var form = FileForm(kind: .delimited(separator: ","), encoding: encoding, hasHeader: true)
    // Excel's own way to name the separator: a first line `sep=;`.
    let told = SeparatorGuess.told(head)
    let separator = options.separator ?? told ?? SeparatorGuess.separator(head, isWhole: isWhole, ending: ending)
    form.kind = .delimited(separator: separator)
    let sample = try DelimitedRows.sample(head, separator, isWhole: isWhole, skipping: told == nil ? 0 : 1, path: path)
    if sample.isEmpty { throw .empty }
    form.preamble = HeaderGuess.preamble(sample) + (told == nil ? 0 : 1)
    let body = Array(sample.dropFirst(form.preamble - (told == nil ? 0 : 1)))
    form.hasHeader = options.hasHeader ?? HeaderGuess.hasHeader(body)
    let names = HeaderGuess.columns(body, hasHeader: form.hasHeader)
    if names.count > HeaderGuess.mostColumns { throw .tooManyColumns(names.count) }
    form.isRenamed = !form.hasHeader || (body.first ?? []) != names
    form.endsInLine = try isCutLine(encoding)
    let (raw, preamble, hasHeader) = (body.first ?? [], form.preamble, form.hasHeader)
    return InputTable(name: baseName, form: form, columns: names) { () throws(IntakeFailure) in
      let rows = DelimitedRows(self, separator, encoding: encoding, width: names.count, header: hasHeader ? raw : [])
      for _ in 0..<preamble + (hasHeader ? 1 : 0) { _ = try rows.skip() }
      return rows
    }
  }

  /// Whether the last line has no end, as when a file was cut off.
  private func isCutLine(_ encoding: TextEncoding?) throws(IntakeFailure) -> Bool {
    let width = encoding == .utf16LittleEndian || encoding == .utf16BigEndian ? 2 : 1
    let last = try bytes(at: max(0, size - width), count: width)
    return !last.contains { $0 == 10 || $0 == 13 || $0 == 0x1A }
  }

  private var ending: String { path.split(separator: ".").last.map { $0.lowercased() } ?? "" }

  /// The start of the text as UTF-8, up to the end of a line; its encoding; whether that is all of it.
  private func lookAhead() throws(IntakeFailure) -> (head: [UInt8], encoding: TextEncoding?, isWhole: Bool) {
    let counter = ByteCounter()
    let decoding = TextDecoding(encoding: options.encoding, isCertain: options.encoding != nil, read: reading(counter))
    var head: [UInt8] = []
    var isWhole = false
    do throws(CSVFailure) {
      let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
      defer { block.deallocate() }
      while head.count < InputFile.lookedAt {
        let count = try decoding.fill(block)
        if count == 0 {
          isWhole = true
          break
        }
        head.append(contentsOf: block[0..<count])
      }
    } catch { throw IntakeFailure(error, decoding) }
    if !isWhole, let end = head.lastIndex(of: 10) { head.removeLast(head.count - end - 1) }
    return (head, decoding.encoding, isWhole)
  }

  // MARK: JSON

  private func isJSON(_ head: [UInt8]) -> Bool {
    if ["csv", "tsv"].contains(ending) || options.separator != nil { return false }
    guard let first = head.firstIndex(where: { $0 > 32 }) else { return false }
    if head[first] == UInt8(ascii: "{") { return true }
    guard head[first] == UInt8(ascii: "["), let second = head[(first + 1)...].firstIndex(where: { $0 > 32 }) else { return false }
    return head[second] == UInt8(ascii: "{")
  }

  /// Columns are the keys of the first objects, in order of appearance.
  private func jsonTable(_ encoding: TextEncoding?) throws(IntakeFailure) -> InputTable {
    let look = JSONRows(self, encoding: encoding, columns: [], isOpen: true)
    for _ in 0..<2000 { if try !look.next() { break } }
    if look.columns.isEmpty { throw .empty }
    let names = look.columns
    if names.count > HeaderGuess.mostColumns { throw .tooManyColumns(names.count) }
    return InputTable(name: baseName, form: FileForm(kind: .jsonLines, encoding: encoding, hasHeader: true), columns: names) {
      JSONRows(self, encoding: encoding, columns: names, isOpen: false)
    }
  }
}

extension IntakeFailure {
  /// A failure of the reader of lines, told in terms of the file.
  init(_ failure: CSVFailure, _ decoding: TextDecoding) {
    switch failure {
    case .cannotRead(_, TextDecoding.noConverter): self = .unknownEncoding(decoding.encoding ?? .utf8)
    case .cannotRead(_, TextDecoding.noEncoding): self = .noEncoding
    case .cannotRead(_, let reason): self = .cannotRead(reason: reason)
    case .openQuote(let line), .textBehindQuote(let line): self = .openQuote(line: line)
    case .notUTF8(let line): self = .mixedEncodings(line: line, encoding: decoding.encoding ?? .utf8)
    case .nul(let line): self = .notText(line: line)
    }
  }
}
