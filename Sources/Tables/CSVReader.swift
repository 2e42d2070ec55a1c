/// Reads comma-separated values row by row, in bounded memory, as RFC 4180 describes them.
///
/// UTF-8 with or without a byte order mark; lines end with CRLF, LF or CR; a field in quotes may hold commas, line ends
/// and doubled quotes. Blank lines are skipped. How many fields a row should have is the caller's business.
///
///     let reader = try CSVReader(path: "orders.csv")
///     while try reader.next() { print(reader.line, reader.text(0)) }
package final class CSVReader {
  @exclusivity(unchecked) private var scanner: CSVScanner

  /// The line on which the current row starts, counted from 1.
  package var line: Int { scanner.line }
  /// How many fields the current row has.
  package var count: Int { scanner.fields.count }

  /// - Throws: `CSVFailure.cannotRead`
  package init(path: String, separator: Character = ",") throws(CSVFailure) {
    scanner = CSVScanner(try ByteSource(path: path), separator)
  }

  package init(bytes: [UInt8], separator: Character = ",") {
    scanner = CSVScanner(ByteSource(bytes: bytes), separator)
  }

  /// Reads what `supply` gives. When lenient, a row with text behind a closing quote or with a NUL does not end the
  /// reading: `defect` names it.
  package init(separator: Character = ",", isLenient: Bool, supply: @escaping ByteSupply) {
    scanner = CSVScanner(ByteSource(supply: supply), separator, isLenient: isLenient)
  }

  /// What is wrong with the current row, when lenient.
  package var defect: CSVFailure? { scanner.defect }
  /// Whether the current row is the last and has no line end behind it.
  package var endsWithoutLineEnd: Bool { scanner.endsWithoutLineEnd }

  /// Moves to the next row; false at the end.
  /// - Throws: `CSVFailure`
  package func next() throws(CSVFailure) -> Bool { try scanner.next() }

  /// The text of a field of the current row.
  package func text(_ index: Int) -> String {
    withBytes(index) { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a field of the current row, valid only inside `body`.
  package func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    body(bytes(index))
  }

  /// The bytes of a field of the current row, valid until the next row is read.
  package func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { scanner.bytes[scanner.range(index)] }

  /// The whole current row, valid until the next one is read.
  package var view: RowView { scanner.view }

  package func isEmpty(_ index: Int) -> Bool { scanner.range(index).isEmpty }

  /// Whether the field stood in quotes: `""` is an empty text where a bare nothing is null.
  package func isQuoted(_ index: Int) -> Bool { scanner.fields[index].isQuoted }

  /// All fields of the current row.
  package var fields: [String] { (0..<count).map(text) }
}

/// Why a CSV file cannot be read, with the line.
package enum CSVFailure: Error, Hashable, Sendable {
  case cannotRead(path: String, reason: String)
  /// A quote that is never closed; the line on which its row starts.
  case openQuote(line: Int)
  /// `"a"b`: something other than a comma behind a closing quote.
  case textBehindQuote(line: Int)
  case notUTF8(line: Int)
  /// A byte 0 inside a text.
  case nul(line: Int)

  /// The line of the defect, nil if the file could not be opened.
  package var line: Int? {
    switch self {
    case .cannotRead: nil
    case .openQuote(let line), .textBehindQuote(let line), .notUTF8(let line), .nul(let line): line
    }
  }
}
