/// Why a file cannot be read as rows. Nothing of such a file is used.
package enum IntakeFailure: Error, Hashable, Sendable {
  case cannotRead(reason: String)
  /// A folder where a file was expected.
  case folder
  case empty
  /// A file of a kind that holds no rows for us.
  case kind(FileKind)
  /// Lines before this one are in `encoding`, this one is not.
  case mixedEncodings(line: Int, encoding: TextEncoding)
  /// Bytes that are no text in any encoding that is looked for.
  case noEncoding
  /// The folder in which standard input is kept has no room for it.
  case noRoom(folder: String)
  /// The system's iconv does not know the encoding.
  case unknownEncoding(TextEncoding)
  /// A quote opened on this line is never closed: the file was cut off, or a quote is too many.
  case openQuote(line: Int)
  /// The last line has too few fields and no line end.
  case cutOff(line: Int, fields: Int, expected: Int)
  /// Text that is neither a JSON object nor blank.
  case notJSON(line: Int, reason: String)
  case notText(line: Int)
  case tooManyColumns(Int)
  case noSheet(String, among: [String])
  case workbook(WorkbookFailure)

  /// Kinds of files that are known by their first bytes and not read.
  package enum FileKind: Hashable, Sendable {
    case sqlite, oldExcel, parquet, pdf, zip, binary
  }

  /// What is wrong with a workbook.
  package enum WorkbookFailure: Hashable, Sendable {
    /// A part that is missing or cannot be unpacked.
    case damaged(part: String, reason: String)
    /// A part that grows beyond all measure when unpacked; sizes in bytes.
    case bomb(part: String, packed: Int, unpacked: Int)
    case encrypted
  }
}

/// What is wrong with one row; the rest of the file can be read.
package enum RowDefect: Hashable, Sendable {
  case textBehindQuote
  case nul
  /// A key that no object before had.
  case newKey(String)
  /// A number of fields that is not the header's.
  case fieldCount(Int, expected: Int)
  /// The header once more.
  case headerAgain
  /// An object that cannot be read.
  case notJSON(String)
  /// A cell with a formula whose value the workbook does not hold; the column's name, or its number.
  case formulaWithoutValue(column: String)
}
