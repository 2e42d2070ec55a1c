import CivilTime
import SourceText

/// A conversation of a `.questions` file: what is asked, and what must come of it.
///
/// ```
/// today 2026-11-01
/// ? 上个月销售额前3的城市
/// ? top 3 cities by sales last month
/// => measure net_sales | by city | during month(-1) | top 3
/// sql SELECT …
///   FROM …
/// rows
///   上海 | 40098.87
/// then 只看线上
/// => …
/// ```
package struct QuestionCase: Sendable, Hashable {
  /// One step of the conversation; several texts are wordings of one meaning.
  package struct Turn: Sendable, Hashable {
    package var texts: [String]
    /// Notation, or `not-understood …`, `unclear …`, `refused …`, `empty`; nil = only asked.
    package var expected: String?
    package var sql: String?
    /// The rows that the answer must have, as written: cells between ` | `; nil = not said.
    package var rows: [String]?
    package var place: SourcePlace
  }

  package var today: Day?
  package var user: String?
  package var turns: [Turn]
  package var place: SourcePlace { turns[0].place }
}

/// Reads `.questions` files.
package struct QuestionsFile {
  package private(set) var cases: [QuestionCase] = []
  package private(set) var diagnostics: [Diagnostic] = []
  private var today: Day?
  private var user: String?
  private var turns: [QuestionCase.Turn] = []

  package init(_ text: String, file: String) {
    var block = Block.none
    for line in LineReader.lines(text, file: file) {
      if !line.atMargin, block != .none {
        if block == .sql { turns[turns.count - 1].sql?.append("\n" + line.text) } else { turns[turns.count - 1].rows?.append(line.text) }
        continue
      }
      block = read(line)
    }
    close()
  }

  /// What indented lines go on with.
  private enum Block { case none, sql, rows }

  private mutating func read(_ line: SourceLine) -> Block {
    let (word, rest) = Self.split(line.text)
    switch word {
    case "today":
      close()
      today = Day(iso: rest)
      if today == nil { fault(line, "a day such as 2026-11-01") }
    case "user":
      close()
      user = rest == "-" ? nil : rest
    case "?":
      if turns.isEmpty || turns.count > 1 || turns[0].expected != nil || turns[0].sql != nil || turns[0].rows != nil {
        close()
        turns = [QuestionCase.Turn(texts: [rest], place: line.place)]
      } else {
        turns[0].texts.append(rest)
      }
    case "then" where !turns.isEmpty: turns.append(QuestionCase.Turn(texts: [rest], place: line.place))
    case "=>" where !turns.isEmpty: turns[turns.count - 1].expected = rest
    case "sql" where !turns.isEmpty:
      turns[turns.count - 1].sql = rest
      return .sql
    case "rows" where !turns.isEmpty && rest.isEmpty:
      turns[turns.count - 1].rows = []
      return .rows
    default: fault(line, Self.lineStarts)
    }
    return .none
  }

  /// The word that opens a line, and what stands behind it; `?` and `=>` need no space.
  package static func split(_ text: String) -> (String, String) {
    if text.hasPrefix("=>") { return ("=>", String(LineReader.trim(text.dropFirst(2)))) }
    if text.hasPrefix("?") { return ("?", String(LineReader.trim(text.dropFirst()))) }
    let parts = text.split(separator: " ", maxSplits: 1)
    return (String(parts[0]), parts.count > 1 ? String(LineReader.trim(parts[1])) : "")
  }

  /// What a line at the margin may begin with.
  package static let lineStarts = "today, user, ?, then, =>, rows or sql"

  private mutating func close() {
    if !turns.isEmpty { cases.append(QuestionCase(today: today, user: user, turns: turns)) }
    turns = []
  }

  private mutating func fault(_ line: SourceLine, _ expected: String) {
    diagnostics.append(Diagnostic(code: "bad-questions-line", at: line.place, found: line.text, expected: expected))
  }
}
