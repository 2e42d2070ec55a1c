import Tables

/// Rows of raw text, one after the other, in bounded memory.
///
/// Fields are counted from 0; their bytes are UTF-8 and hold until the next row is read.
package protocol InputRows: AnyObject {
  /// The line, or row of the sheet, at which the current row starts, counted from 1.
  var line: Int { get }
  /// How many fields the current row has.
  var count: Int { get }
  /// What is wrong with the current row; its fields are what could be made of it.
  var defect: RowDefect? { get }
  /// Bytes of the file read so far, for progress.
  var bytesRead: Int { get }

  /// Moves to the next row; false at the end.
  /// - Throws: `IntakeFailure`
  func next() throws(IntakeFailure) -> Bool
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8>
  /// The fields of the current row, for reading many.
  var view: RowView { get }
  /// Whether the field is a text even when empty or made of digits: it stood in quotes in a JSON object or is a text cell.
  func isText(_ index: Int) -> Bool
  /// The row as it stands in the file, where its fields could not be told apart.
  var raw: String? { get }
}

extension InputRows {
  package var raw: String? { nil }
  package func text(_ index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }
  /// All fields of the current row.
  package var fields: [String] { (0..<count).map(text) }
}

/// How a file turned out to be written.
package struct FileForm: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case delimited(separator: Character)
    case jsonLines
    case sheet(name: String)
  }

  package var kind: Kind
  /// Nil for sheets, and for texts of ASCII alone.
  package var encoding: TextEncoding?
  package var hasHeader: Bool
  /// Rows above the header that are no data: a title, a blank row.
  package var preamble = 0
  /// Whether it is a sheet that its workbook hides.
  package var isHidden = false
  /// How many runs of cells merged downwards are read as if each held the value.
  package var mergedRuns = 0
  /// Whether the last line has no line end; it may be cut off.
  package var endsInLine = false
  /// Whether columns are called otherwise than in the header: one has no name, two have the same, one has odd signs in it.
  package var isRenamed = false
}

/// A table found in a file: what it is called, what its columns are, and its rows.
///
///     for table in try InputFile(path: "orders.xlsx").tables() {
///       print(table.name, table.form, table.columns)
///       let rows = try table.rows()
///       while try rows.next() { print(rows.line, rows.fields) }
///     }
package struct InputTable {
  /// The file's name without its ending, or the sheet's.
  package let name: String
  package let form: FileForm
  /// Names of the columns as the header has them, trimmed; `column_3` where it is empty or missing, `amount_2` for a
  /// second `amount`.
  package let columns: [String]
  let open: () throws(IntakeFailure) -> any InputRows

  /// The rows from the first behind the header, each time anew.
  ///
  /// A row whose number of fields is not the header's says so in `defect`, and so does the header when it comes again.
  /// - Throws: `IntakeFailure`
  package func rows() throws(IntakeFailure) -> any InputRows { try open() }

  func renamed(_ name: String) -> InputTable { InputTable(name: name, form: form, columns: columns, open: open) }
}

/// What the caller knows about a file and need not be guessed.
package struct IntakeOptions: Hashable, Sendable {
  package var encoding: TextEncoding?
  package var separator: Character?
  package var hasHeader: Bool?

  package init(encoding: TextEncoding? = nil, separator: Character? = nil, hasHeader: Bool? = nil) {
    self.encoding = encoding
    self.separator = separator
    self.hasHeader = hasHeader
  }
}
