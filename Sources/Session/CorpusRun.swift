import Answers
import CivilTime
import Phrasebook
import Questions
import SQLText
import SourceText
import Tables

/// What came of one case of a corpus.
package struct CheckLine: Sendable, Hashable {
  package var place: SourcePlace?
  package var isOK: Bool
  /// What was asked, or checked.
  package var subject: String
  /// What was found and expected; empty if it holds.
  package var message: String

  package var text: String {
    (place.map { "\($0): " } ?? "") + (isOK ? "ok" : "failed") + " «\(subject)»" + (message.isEmpty ? "" : "; " + message)
  }
}

/// Runs corpora against an open dataset: questions with expected notation and hand-written SQL.
package struct CorpusRun: Sendable {
  package let workspace: Workspace
  /// The day for cases that name none.
  package let today: Day

  package init(_ workspace: Workspace, today: Day) {
    self.workspace = workspace
    self.today = today
  }

  /// One line per wording of every turn; a failure never hides the next.
  package func run(_ test: QuestionCase) -> [CheckLine] {
    var lines: [CheckLine] = []
    for (index, turn) in test.turns.enumerated() {
      let gold = turn.sql.map { rows(byHand: $0) }
      for text in turn.texts {
        var conversation = self.conversation(test)
        for earlier in test.turns[..<index] { _ = conversation.ask(earlier.texts[0]) }
        lines.append(judge(conversation.ask(text), text, turn, gold, conversation))
      }
    }
    return lines
  }

  private func conversation(_ test: QuestionCase) -> Conversation {
    Conversation(workspace, options: AskOptions(today: test.today ?? today, user: test.user))
  }

  private func judge(
    _ answer: Answer, _ text: String, _ turn: QuestionCase.Turn, _ gold: Result<ResultTable, Problem>?,
    _ conversation: Conversation
  ) -> CheckLine {
    let message = [
      turn.expected.flatMap { wrongMeaning(answer, $0, conversation) }, gold.flatMap { wrongRows(answer, $0) },
      turn.rows.flatMap { ExpectedRows.difference($0, answer) }.map { $0.joined(separator: "; ") },
    ].compactMap { $0 }.joined(separator: "; ")
    return CheckLine(place: turn.place, isOK: message.isEmpty, subject: text, message: message)
  }

  // MARK: Meaning

  private static let refusals: Set<String> = ["not-understood", "unclear", "refused", "empty", "failed"]

  private func wrongMeaning(_ answer: Answer, _ expected: String, _ conversation: Conversation) -> String? {
    let words = expected.split(separator: " ", maxSplits: 1).map(String.init)
    if let first = words.first, Self.refusals.contains(first) {
      if answer.status.rawValue != first { return "found \(answer.status.rawValue) \(answer.canonical), expected \(expected)" }
      guard words.count > 1, first == "not-understood" else { return nil }
      return answer.headline.contains(words[1]) ? nil : "found “\(answer.headline)”, expected it to name \(words[1])"
    }
    let pipeline = Pipeline(workspace, options: conversation.options)
    do throws(Problem) {
      let question = try Resolver(dictionary: workspace.dictionary, context: pipeline.context).question(notation: expected)
      if question.description == answer.canonical { return nil }
      return "found \(answer.canonical.isEmpty ? answer.headline : answer.canonical), expected \(question)"
    } catch { return "the expected notation cannot be read: \(error)" }
  }

  // MARK: Rows

  private func rows(byHand sql: String) -> Result<ResultTable, Problem> {
    do throws(Problem) { return .success(try workspace.database.run(SQLQuery(text: sql))) } catch { return .failure(error) }
  }

  private func wrongRows(_ answer: Answer, _ gold: Result<ResultTable, Problem>) -> String? {
    switch gold {
    case .success(let table): RowComparison.difference(gold: table.rows, found: answer.rows)
    case .failure(let problem): "the query by hand failed: \(problem)"
    }
  }
}

/// Compares an answer's rows with those of a query written by hand.
package enum RowComparison {
  /// nil if each gold row is among the found ones, cell by cell in order, and there are as many; numbers agree within
  /// a relative 1e-6, and the found rows may have more columns behind.
  package static func difference(gold: [[Cell]], found: [[Cell]]) -> String? {
    if gold.count != found.count { return "found \(found.count) rows, the query by hand gives \(gold.count)" }
    var rest = found
    for row in gold {
      guard let index = rest.firstIndex(where: { agree(row, $0) }) else {
        return "no row like (\(row.map(\.plainText).joined(separator: ", ")))"
          + (rest.first.map { "; one found is (\($0.map(\.plainText).joined(separator: ", ")))" } ?? "")
      }
      rest.remove(at: index)
    }
    return nil
  }

  private static func agree(_ gold: [Cell], _ found: [Cell]) -> Bool {
    guard gold.count <= found.count else { return false }
    // The first gold columns are the answer's first; a derived column may stand behind others.
    var position = 0
    for cell in gold {
      guard let hit = found[position...].firstIndex(where: { same(cell, $0) }) else { return false }
      position = hit + 1
    }
    return true
  }

  private static func same(_ a: Cell, _ b: Cell) -> Bool {
    if let x = a.number, let y = b.number { return abs(x - y) <= 1e-6 * max(1, abs(x), abs(y)) }
    return a == b || a.plainText == b.plainText
  }
}
