import Answers
import Tables

/// The rows for spreadsheets (`csv`): RFC 4180 quoting, a header of column names, raw values with weekdays by name, lines ending in LF.
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
    let isLabelled = answer.columns.contains { !$0.labels.isEmpty }
    for row in answer.rows { writer.row(isLabelled ? zip(row, answer.columns).map { $1.told($0) } : row) }
    return writer.text
  }
}

extension AnswerFormat where Self == CSVFormat {
  package static func csv() -> CSVFormat { CSVFormat() }
}
