import Answers

/// An answer for chats and documents (`markdown`): the headline in bold, a pipe table, the lines beneath as a list.
package struct MarkdownFormat: AnswerFormat {
  package var showsSQL: Bool
  /// Whether time may stand across where that reads better.
  package var turnsTime: Bool
  package init(showsSQL: Bool = false, turnsTime: Bool = true) {
    self.showsSQL = showsSQL
    self.turnsTime = turnsTime
  }
  package var separator: String { "\n" }

  package func text(_ answer: Answer) -> String {
    var blocks = ["**" + MarkdownFormat.escaped(answer.headline) + "**"]
    if !answer.choices.isEmpty {
      blocks.append(
        answer.choices.enumerated().map { "\($0 + 1). \(MarkdownFormat.escaped($1.text))" }.joined(separator: "\n"))
    }
    if !answer.columns.isEmpty, !answer.rows.isEmpty {
      let shown = ShownTable(answer, width: ShownTable.pageWidth, turnsTime: turnsTime)
      if let caption = shown.caption { blocks.append(MarkdownFormat.escaped(caption)) }
      blocks.append(table(shown))
      blocks += shown.notes.map(MarkdownFormat.escaped)
    }
    let lines =
      answer.details.flatMap { item($0) } + item(AnswerDetail(answer.noticeLabel, answer.notices.map(\.text)))
    if !lines.isEmpty { blocks.append(lines.joined(separator: "\n")) }
    blocks += answer.explanation.map(section)
    if showsSQL, let sql = answer.sql { blocks.append(MarkdownFormat.fenced(sql.text, as: "sql")) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func table(_ shown: ShownTable) -> String {
    let header = shown.columns.map { MarkdownFormat.escaped($0.header) }
    let rule = shown.columns.map { $0.isNumeric ? "---:" : "---" }
    return ([header, rule] + shown.texts.map { $0.map { MarkdownFormat.escaped($0.trimmedEnd) } })
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// Several lines under one label are a list of their own.
  private func item(_ detail: AnswerDetail) -> [String] {
    let label = "- **\(MarkdownFormat.escaped(detail.label))**"
    let lines = detail.lines.map(MarkdownFormat.escaped)
    if lines.count < 2 { return lines.map { label + ": " + $0 } }
    return [label] + lines.map { "  - " + $0 }
  }

  private func section(_ section: AnswerDetail) -> String {
    "### " + MarkdownFormat.escaped(section.label) + "\n\n" + MarkdownFormat.fenced(section.lines.joined(separator: "\n"))
  }

  /// Lines as they are, within a fence longer than any in them.
  private static func fenced(_ text: String, as kind: String = "") -> String {
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    return fence + kind + "\n" + text + "\n" + fence
  }

  /// Text that Markdown shows as it is, and that reads well where a chat shows it raw: nothing is escaped that would do
  /// no harm, such as the `_` within a name. Line breaks become spaces, so that a cell stays a cell.
  private static func escaped(_ text: String) -> String {
    let scalars = Array(DisplayWidth.safe(text.replacing("\r\n", with: " ").replacing("\n", with: " ").replacing("\r", with: " ")).unicodeScalars)
    var result = String.UnicodeScalarView()
    func isInWord(_ index: Int) -> Bool {
      scalars.indices.contains(index) && (scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil)
    }
    for (index, scalar) in scalars.enumerated() {
      let isMark =
        switch scalar {
        case "\\", "|", "*", "`", "[", "<": true
        case "_": !(isInWord(index - 1) && isInWord(index + 1))
        case "~": scalars.indices.contains(index + 1) && scalars[index + 1] == "~" || index > 0 && scalars[index - 1] == "~"
        case "#", ">", "-", "+": index == 0 && scalars.count > 1 && scalars[1] == " "
        case "&": scalars.indices.contains(index + 1) && (scalars[index + 1] == "#" || isInWord(index + 1))
        default: false
        }
      if isMark { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }
}

extension AnswerFormat where Self == MarkdownFormat {
  package static func markdown(showsSQL: Bool = false, turnsTime: Bool = true) -> MarkdownFormat {
    MarkdownFormat(showsSQL: showsSQL, turnsTime: turnsTime)
  }
}
