import CivilTime
import Parsing
import Phrasebook
import Questions
import SourceText

/// Runs the examples that stand under grammar rules.
///
/// `? text => meaning` holds if one phrase of the rule's kind covers the whole text with that meaning; `! text` holds if
/// the rule itself covers it with none. The names in them are the flagship dataset's, so they are run with it.
package struct RuleExamples: Sendable {
  private let workspace: Workspace
  private let context: TimeContext
  private let examples: [RuleExample]

  package init(_ workspace: Workspace, today: Day) {
    self.workspace = workspace
    context = TimeContext(today: today, calendar: workspace.dictionary.calendar)
    examples = PhrasebookFiles.read(home: workspace.home, examples: true).rules.examples
  }

  package func run() -> [CheckLine] {
    workspace.dictionary.name == "retail" ? examples.map(check) : []
  }

  private func check(_ example: RuleExample) -> CheckLine {
    let found = workspace.reader.phrases(covering: example.text, category: example.category)
    var line = CheckLine(place: example.place, isOK: true, subject: example.text, message: "")
    if let expected = example.expected {
      let wanted = Self.tidy(expected, isCategory: example.category != nil)
      let right = found.filter { Self.same($0.meaning, wanted) }
      line.isOK = !right.isEmpty
      if let other = right.first, !right.contains(where: { $0.rule == example.rule }) {
        // It holds, so the example stands; but its own rule may be one that nothing needs.
        line.message = "read so by rule \(other.rule), which shadows \(example.rule)"
      }
      if !line.isOK {
        line.message = "found \(found.first?.meaning ?? "nothing that covers it"), expected \(wanted) by \(example.rule)"
      }
    } else if let hit = found.first(where: { $0.rule == example.rule }) {
      line.isOK = false
      line.message = "found \(hit.meaning), expected \(example.rule) not to cover it"
    }
    return line
  }

  /// Times may be written in a longer form in a rule's template; what they read as counts.
  private static func same(_ found: String, _ wanted: String) -> Bool {
    if found == wanted { return true }
    guard let a = time(found), let b = time(wanted) else { return false }
    return a == b
  }

  private static func time(_ text: String) -> TimeExpression? {
    guard let items = try? TermReader.items(text), items.count == 1, items[0].count == 1 else { return nil }
    return try? TimeNotation.time(items[0][0])
  }

  /// The expected meaning as it prints.
  private static func tidy(_ text: String, isCategory: Bool) -> String {
    if isCategory { return (try? TermReader.items(text)).map(Term.itemsText) ?? text }
    return (try? TermReader.clauses(text)).map { $0.map(\.description).joined(separator: " | ") } ?? text
  }
}
