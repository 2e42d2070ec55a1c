import Answers
import Session
import Terminal

/// How the prompt says something: within the terminal's width, and what Enter takes.
extension Prompt {
  /// A message of the prompt, broken between words at a terminal.
  func say(_ text: String) {
    let lines = DisplayWidth.safeLines(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    Output.standard.line(lines.flatMap { Prompt.hanging($0) }.joined(separator: "\n"))
  }

  /// The lines of a text at a terminal's width, those after the first indented as far as `lead` and the text's own indent.
  static func hanging(_ text: String, lead: String = "") -> [String] {
    guard Output.standard.isTerminal else { return [lead + text] }
    let indent = String(repeating: " ", count: DisplayWidth.of(lead) + text.prefix { $0 == " " }.count)
    let body = String(text.drop { $0 == " " })
    let lines = DisplayWidth.wrapped(body, to: max(12, Surroundings.width() - indent.count))
    return lines.enumerated().map { $0 == 0 ? lead + String(text.prefix { $0 == " " }) + $1 : indent + $1 }
  }

  // MARK: One correction

  mutating func accept(_ correction: Correction) {
    Output.standard.line(words.prompt + DisplayWidth.safe(correction.text))
    take(correction.line)
  }

  /// Says that Enter takes the one thing that was offered, at a terminal.
  mutating func offer(_ correction: Correction) {
    guard Surroundings.isConversing else { return }
    accepted = correction
    Output.standard.write("  " + Surroundings.theme().paint(words.enterTakesIt, as: .faint) + "\n\n")
  }

  // MARK: What was shown

  /// The last answer's table as it was shown, turned or not; nil without a table of such columns on the screen.
  func shownTable(_ answer: Answer) -> ShownTable? {
    let name = answer.presentation?.format ?? formatName
    let answer = pictured(answer)
    guard ["table", "markdown", "html"].contains(name) else { return nil }
    return ShownTable(answer, width: name == "table" ? Surroundings.width() : ShownTable.pageWidth, turnsTime: turnsTime)
  }
}
