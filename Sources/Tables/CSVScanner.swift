/// Finds the fields of one row after the other.
///
/// A struct of its own and not part of the class: every access to a class's property is checked for exclusivity at run
/// time, which costs more than the scanning.
struct CSVScanner: ~Copyable {
  private(set) var line = 0
  /// The fields of the current row, unquoted, one behind the other.
  private(set) var bytes = GrowingBytes()
  /// Where each field lies in `bytes`.
  private(set) var fields = RowFields()

  private var source: ByteSource
  private let separator: UInt8
  /// Whether a row with a defect is given with it, rather than ending the reading.
  private let isLenient: Bool
  /// What is wrong with the current row, when lenient.
  private(set) var defect: CSVFailure?
  private var nextLine = 1
  private var hasWideBytes = false

  /// A row longer than this is taken for a quote that was never closed. In bytes.
  private static let longestRow = 16 << 20

  init(_ source: consuming ByteSource, _ separator: Character, isLenient: Bool = false) {
    self.source = source
    self.isLenient = isLenient
    self.separator = separator.asciiValue ?? UInt8(ascii: ",")
  }

  func range(_ index: Int) -> Range<Int> { fields[index].start..<fields[index].end }
  var view: RowView { fields.view(bytes) }

  /// Whether nothing is left, not even the line end of the current row.
  private(set) var endsWithoutLineEnd = false

  mutating func next() throws(CSVFailure) -> Bool {
    if line == 0 { try source.skipMark() }
    try skipBlankLines()
    guard try source.peek() != nil else { return false }
    bytes.removeAll()
    fields.removeAll()
    hasWideBytes = false
    defect = nil
    line = nextLine
    while try readField() {}
    if hasWideBytes { try checkEncoding() }
    if isLenient, bytes.all.contains(0) { defect = .nul(line: line) }
    return true
  }

  private mutating func skipBlankLines() throws(CSVFailure) {
    while let byte = try source.peek(), byte == .lineFeed || byte == .carriageReturn { try endLine() }
  }

  /// Reads one field; true if another follows in this row.
  private mutating func readField() throws(CSVFailure) -> Bool {
    let start = bytes.count
    let isQuoted = try source.peek() == .quote
    if isQuoted {
      source.skip()
      try readQuoted()
    } else {
      try readPlain()
    }
    fields.append(FieldPlace(start: start, end: bytes.count, isQuoted: isQuoted))
    guard let byte = try source.peek() else {
      endsWithoutLineEnd = true
      return false
    }
    if byte == separator {
      source.skip()
      return true
    }
    try endLine()
    return false
  }

  private mutating func readPlain() throws(CSVFailure) {
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

  private mutating func readQuoted() throws(CSVFailure) {
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

  private mutating func checkBehindQuote() throws(CSVFailure) {
    guard let byte = try source.peek() else { return }
    if byte == separator || byte == .lineFeed || byte == .carriageReturn { return }
    guard isLenient else { throw .textBehindQuote(line: nextLine) }
    defect = .textBehindQuote(line: nextLine)
    try readPlain()
  }

  private mutating func endLine() throws(CSVFailure) {
    let first = try source.peek()
    source.skip()
    if first == .carriageReturn, try source.peek() == .lineFeed { source.skip() }
    nextLine += 1
  }

  private func checkLength() throws(CSVFailure) {
    if bytes.count > CSVScanner.longestRow { throw .openQuote(line: line) }
  }

  private func checkEncoding() throws(CSVFailure) {
    let valid = (try? UTF8Span(validating: bytes.all.span)) != nil
    if !valid { throw .notUTF8(line: line) }
  }
}

extension UInt8 {
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
