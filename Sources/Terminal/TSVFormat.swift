import Answers
import Tables

/// The rows separated by tabs (`tsv`), one line each, raw values. In texts, tab, line breaks and backslash are written
/// `\t`, `\n`, `\r` and `\\`; nothing stands for null.
package struct TSVFormat: AnswerFormat {
  package init() {}
  package var separator: String { "\n" }

  package func text(_ answer: Answer) -> String {
    guard !answer.columns.isEmpty else { return "" }
    let lines = [answer.columns.map { TSVFormat.field($0.name) }] + answer.rows.map { $0.map(TSVFormat.field) }
    return lines.map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  private static func field(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): field(text)
    case .real(let value) where !value.isFinite: ""
    case .null, .integer, .decimal, .real, .boolean: cell.plainText
    }
  }

  private static func field(_ text: String) -> String {
    text.replacingScalars { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\t": "\\t"
      case "\n": "\\n"
      case "\r": "\\r"
      default: nil
      }
    }
  }
}

extension AnswerFormat where Self == TSVFormat {
  package static func tsv() -> TSVFormat { TSVFormat() }
}
