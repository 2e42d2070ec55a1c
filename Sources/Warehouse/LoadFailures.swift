import Intake
import SourceText

extension Diagnostic {
  /// A file that cannot be read as rows, as a defect of that file.
  package init(_ failure: IntakeFailure, file: String) {
    let (line, found, expected, hint) = Self.words(failure)
    var code = "unreadable-file"
    if case .noRoom = failure { code = "disk-full" }
    self.init(
      code: code, at: SourcePlace(file: file == "-" ? "standard input" : file, line: line), found: found, expected: expected,
      hint: hint)
  }

  private static func words(_ failure: IntakeFailure) -> (line: Int, found: String, expected: String, hint: String) {
    switch failure {
    case .cannotRead(let reason): (1, reason, "a file that can be read", "")
    case .folder: (1, "a folder", "a file", "")
    case .empty: (1, "no rows", "a header and rows", "")
    case .kind(let kind): words(kind)
    case .mixedEncodings(let line, let encoding):
      (line, "bytes that are not \(encoding.rawValue), in which the lines before are written", "one encoding", "--encoding says another one")
    case .noEncoding:
      (1, "bytes of an encoding that is not known", "UTF-8, UTF-16, GBK, GB18030 or windows-1252", "convert the file to UTF-8, or say --encoding")
    case .noRoom(let folder): (1, "no room in \(folder)", "room for all of it", "TMPDIR names another folder; nothing was loaded")
    case .unknownEncoding(let encoding):
      (1, "a text in \(encoding.rawValue)", "an encoding that this system's iconv knows", "convert the file to UTF-8")
    case .openQuote(let line): (line, "a quote that is never closed", "\"", "was the file cut off?")
    case .cutOff(let line, let fields, let expected):
      (line, "a last line of \(fields) fields without a line end", "\(expected) fields", "the file was cut off; if it was not, end the line")
    case .notJSON(let line, let reason): (line, reason, "a JSON object", "")
    case .notText(let line): (line, "a byte 0", "a text", "")
    case .tooManyColumns(let count): (1, "\(count) columns", "2,000 at most, as SQLite has it", "keep what is needed, or turn columns into rows")
    case .noSheet(let name, let names): (1, "no sheet \(name)", names.joined(separator: ", "), "")
    case .workbook(.damaged(let part, let reason)): (1, "\(part): \(reason)", "a workbook as Excel writes it", "was the file cut off?")
    case .workbook(.bomb(let part, let packed, let unpacked)):
      (1, "\(part): \(packed) bytes that unpack to \(unpacked) or more", "a workbook, not a zip bomb", "")
    case .workbook(.encrypted): (1, "a workbook with a password", "one without", "")
    }
  }

  private static func words(_ kind: IntakeFailure.FileKind) -> (line: Int, found: String, expected: String, hint: String) {
    let expected = "CSV, TSV, JSON Lines or an Excel workbook (.xlsx)"
    return switch kind {
    case .sqlite: (1, "a SQLite database", expected, "it is asked in place: warehouse: {file: …} in dataset.yaml, or wenshu draft")
    case .oldExcel: (1, "an Excel file of the old kind, or one with a password", expected, "save it as .xlsx")
    case .parquet: (1, "a Parquet file", expected, "")
    case .pdf: (1, "a PDF file", expected, "")
    case .zip: (1, "an archive without a workbook in it", expected, "unpack it first, or zcat FILE | wenshu load - --table NAME")
    case .binary: (1, "no text", expected, "")
    }
  }
}
