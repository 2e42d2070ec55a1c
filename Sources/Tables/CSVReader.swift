/// Reads comma-separated values row by row, in bounded memory, as RFC 4180 describes them.
///
/// UTF-8 with or without a byte order mark; lines end with CRLF, LF or CR; a field in quotes may hold commas, line ends
/// and doubled quotes. Blank lines are skipped. How many fields a row should have is the caller's business.
///
///     let reader = try CSVReader(path: "orders.csv")
///     while try reader.next() { print(reader.line, reader.text(0)) }
package final class CSVReader {
  /// The line on which the current row starts, counted from 1.
  package private(set) var line = 0
  /// How many fields the current row has.
  package var count: Int { ends.count }

  private var source: ByteSource
  private let separator: UInt8
  private var nextLine = 1
  /// The fields of the current row, unquoted, one behind the other.
  private var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  private var ends: [Int] = []
  private var quoted: [Bool] = []
  private var hasWideBytes = false

  /// A row longer than this is taken for a quote that was never closed. In bytes.
  private static let longestRow = 16 << 20

  /// - Throws: `CSVFailure.cannotRead`
  package convenience init(path: String, separator: Character = ",") throws(CSVFailure) {
    self.init(try ByteSource(path: path), separator)
  }

  package convenience init(bytes: [UInt8], separator: Character = ",") {
    self.init(ByteSource(bytes: bytes), separator)
  }

  private init(_ source: consuming ByteSource, _ separator: Character) {
    self.source = source
    self.separator = separator.asciiValue ?? UInt8(ascii: ",")
  }

  /// Moves to the next row; false at the end.
  /// - Throws: `CSVFailure`
  package func next() throws(CSVFailure) -> Bool {
    if line == 0 { try source.skipMark() }
    try skipBlankLines()
    guard try source.peek() != nil else { return false }
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    quoted.removeAll(keepingCapacity: true)
    hasWideBytes = false
    line = nextLine
    while try readField() {}
    if hasWideBytes { try checkEncoding() }
    return true
  }

  /// The text of a field of the current row.
  package func text(_ index: Int) -> String {
    withBytes(index) { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a field of the current row, valid only inside `body`.
  package func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { body(.init(rebasing: $0[range(index)])) }
  }

  package func isEmpty(_ index: Int) -> Bool { range(index).isEmpty }

  /// Whether the field stood in quotes: `""` is an empty text where a bare nothing is null.
  package func isQuoted(_ index: Int) -> Bool { quoted[index] }

  /// All fields of the current row.
  package var fields: [String] { (0..<count).map(text) }

  private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  // MARK: Scanning

  private func skipBlankLines() throws(CSVFailure) {
    while let byte = try source.peek(), byte == .lineFeed || byte == .carriageReturn { try endLine() }
  }

  /// Reads one field; true if another follows in this row.
  private func readField() throws(CSVFailure) -> Bool {
    if try source.peek() == .quote {
      source.skip()
      try readQuoted()
      quoted.append(true)
    } else {
      try readPlain()
      quoted.append(false)
    }
    ends.append(bytes.count)
    guard let byte = try source.peek() else { return false }
    if byte == separator {
      source.skip()
      return true
    }
    try endLine()
    return false
  }

  private func readPlain() throws(CSVFailure) {
    repeat {
      let (separator, start) = (separator, source.position)
      var wide: UInt8 = 0
      source.advance { byte in
        if byte == separator || byte == .lineFeed || byte == .carriageReturn { return false }
        wide |= byte
        return true
      }
      source.append(from: start, to: &bytes)
      if wide >= 0x80 { hasWideBytes = true }
      try checkLength()
    } while try source.refillIfEmpty()
  }

  private func readQuoted() throws(CSVFailure) {
    while true {
      let start = source.position
      var (wide, lines) = (UInt8(0), 0)
      source.advance { byte in
        if byte == .quote { return false }
        if byte == .lineFeed { lines += 1 }
        wide |= byte
        return true
      }
      source.append(from: start, to: &bytes)
      nextLine += lines
      if wide >= 0x80 { hasWideBytes = true }
      try checkLength()
      guard try source.peek() == .quote else {
        if try source.peek() == nil { throw .openQuote(line: line) }
        continue
      }
      source.skip()
      guard try source.peek() == .quote else { return try checkBehindQuote() }
      source.skip()
      bytes.append(.quote)
    }
  }

  private func checkBehindQuote() throws(CSVFailure) {
    guard let byte = try source.peek() else { return }
    if byte != separator, byte != .lineFeed, byte != .carriageReturn { throw .textBehindQuote(line: nextLine) }
  }

  private func endLine() throws(CSVFailure) {
    let first = try source.peek()
    source.skip()
    if first == .carriageReturn, try source.peek() == .lineFeed { source.skip() }
    nextLine += 1
  }

  private func checkLength() throws(CSVFailure) {
    if bytes.count > CSVReader.longestRow { throw .openQuote(line: line) }
  }

  private func checkEncoding() throws(CSVFailure) {
    let valid = bytes.withUnsafeBufferPointer { (try? UTF8Span(validating: $0.span)) != nil }
    if !valid { throw .notUTF8(line: line) }
  }
}

/// Why a CSV file cannot be read, with the line.
package enum CSVFailure: Error, Hashable, Sendable {
  case cannotRead(path: String, reason: String)
  /// A quote that is never closed; the line on which its row starts.
  case openQuote(line: Int)
  /// `"a"b`: something other than a comma behind a closing quote.
  case textBehindQuote(line: Int)
  case notUTF8(line: Int)

  /// The line of the defect, nil if the file could not be opened.
  package var line: Int? {
    switch self {
    case .cannotRead: nil
    case .openQuote(let line), .textBehindQuote(let line), .notUTF8(let line): line
    }
  }
}

extension UInt8 {
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
