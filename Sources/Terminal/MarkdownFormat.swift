import Answers

/// An answer for documents (`markdown`): the headline in bold, a pipe table, the lines beneath as a list.
package struct MarkdownFormat: AnswerFormat {
  package var showsSQL: Bool
  package init(showsSQL: Bool = false) { self.showsSQL = showsSQL }
  package var separator: String { "\n" }

  package func text(_ answer: Answer) -> String {
    var blocks = ["**" + MarkdownFormat.escaped(answer.headline) + "**"]
    if !answer.choices.isEmpty {
      blocks.append(
        answer.choices.enumerated().map { "\($0 + 1). \(MarkdownFormat.escaped($1.text))" }.joined(separator: "\n"))
    }
    if !answer.columns.isEmpty, !answer.rows.isEmpty { blocks.append(table(answer)) }
    let lines =
      answer.details.flatMap { item($0) } + item(AnswerDetail(answer.noticeLabel, answer.notices.map(\.text)))
    if !lines.isEmpty { blocks.append(lines.joined(separator: "\n")) }
    blocks += answer.explanation.map(section)
    if showsSQL, let sql = answer.sql { blocks.append("```sql\n\(sql.text)\n```") }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func table(_ answer: Answer) -> String {
    let header = answer.shownColumns.map { MarkdownFormat.escaped($0.header) }
    let rule = answer.shownColumns.map { $0.isNumeric ? "---:" : "---" }
    return ([header, rule] + answer.shownTexts.map { $0.map(MarkdownFormat.escaped) })
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private func item(_ detail: AnswerDetail) -> [String] {
    detail.lines.map { "- \(MarkdownFormat.escaped(detail.label)): \(MarkdownFormat.escaped($0))" }
  }

  private func section(_ section: AnswerDetail) -> String {
    "### " + MarkdownFormat.escaped(section.label) + "\n\n```\n" + section.lines.joined(separator: "\n") + "\n```"
  }

  /// Text that Markdown shows as it is; line breaks become spaces, so that a cell stays a cell.
  private static func escaped(_ text: String) -> String {
    let oneLine = text.replacing("\r\n", with: " ").replacingScalars { scalar in
      switch scalar {
      case "\\", "|", "*", "_", "`", "[", "]", "<", "#": "\\" + String(scalar)
      case "\n", "\r": " "
      default: nil
      }
    }
    return DisplayWidth.safe(oneLine)
  }
}

extension AnswerFormat where Self == MarkdownFormat {
  package static func markdown(showsSQL: Bool = false) -> MarkdownFormat { MarkdownFormat(showsSQL: showsSQL) }
}
