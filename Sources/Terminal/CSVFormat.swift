import Answers
import Tables

/// The rows for spreadsheets (`csv`): RFC 4180 with a header of column names, lines ending in CR LF, raw values.
///
/// An answer without rows gives its header alone, a problem gives nothing; programs should look at the exit code.
/// Texts are given as stored, also those that a spreadsheet might take for a formula (`=…`, `+…`, `@…`): changing data
/// would be worse than a warning when opening a file of unknown origin.
package struct CSVFormat: AnswerFormat {
  package init() {}
  package var separator: String { "\r\n" }

  package func text(_ answer: Answer) -> String {
    guard !answer.columns.isEmpty else { return "" }
    let lines = [answer.columns.map { CSVFormat.field($0.name) }] + answer.rows.map { $0.map(CSVFormat.field) }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// Nothing for null, `""` for an empty text, so that the two stay apart.
  private static func field(_ cell: Cell) -> String {
    switch cell {
    case .null: ""
    case .text(let text): text.isEmpty ? "\"\"" : field(text)
    case .real(let value) where !value.isFinite: ""
    case .integer, .decimal, .real, .boolean: cell.plainText
    }
  }

  private static func field(_ text: String) -> String {
    let needsQuotes =
      text.unicodeScalars.contains { [",", "\"", "\n", "\r"].contains($0) } || text.hasPrefix(" ") || text.hasSuffix(" ")
    return needsQuotes ? "\"" + text.replacingScalars { $0 == "\"" ? "\"\"" : nil } + "\"" : text
  }
}

extension AnswerFormat where Self == CSVFormat {
  package static func csv() -> CSVFormat { CSVFormat() }
}
