import Answers
import Tables

/// The rows for spreadsheets (`csv`): RFC 4180 quoting, a header of column names, raw values, lines ending in LF.
///
/// An answer without rows gives its header alone, a problem gives nothing; programs should look at the exit code.
/// Texts are given as stored, also those that a spreadsheet might take for a formula (`=…`, `+…`, `@…`): changing data
/// would be worse than a warning, which the program gives on standard error.
package struct CSVFormat: AnswerFormat {
  package init() {}
  package var separator: String { "\n" }

  package func text(_ answer: Answer) -> String {
    guard !answer.columns.isEmpty else { return "" }
    var writer = CSVWriter()
    writer.row(answer.columns.map(\.name))
    for row in answer.rows { writer.row(row) }
    return writer.text
  }
}

extension AnswerFormat where Self == CSVFormat {
  package static func csv() -> CSVFormat { CSVFormat() }
}
