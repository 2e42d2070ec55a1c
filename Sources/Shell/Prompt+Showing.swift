import Answers
import Questions
import Session
import SourceText
import Terminal

/// `auto`, `bar`, `line` …: what `--chart` and `:chart` take.
struct ChartArgument: Sendable, Hashable {
  static let names = ["auto", "bar", "line", "spark", "stack", "none"]
  let presentation: Presentation

  init?(_ name: String) {
    guard Self.names.contains(name), let presentation = name == "auto" ? .chart : Presentation(rawValue: name) else { return nil }
    self.presentation = presentation
  }
}

/// How the last answer looks, and where else it goes.
extension Prompt {
  mutating func chart(_ text: String) throws(Stop) {
    guard let chosen = ChartArgument(text.isEmpty ? "auto" : text) else { throw Stop(words.notOneOf(text, ChartArgument.names)) }
    picture = chosen.presentation == .unpictured ? nil : chosen.presentation
    guard let last, !last.answer.rows.isEmpty else { return say(words.draws(picture != nil)) }
    var answer = last.answer
    answer.presentation = chosen.presentation
    if chosen.presentation == .chart || answer.rows.count < 2, chosen.presentation.isDrawn, Picture(answer) == nil { say(words.nothingToDraw) }
    self.last?.answer.presentation = chosen.presentation
    shown = [answer]
    show(answer)
  }

  /// Turns the last answer; by a dimension that it is not cut by yet, that one is added first.
  mutating func pivot(_ text: String) throws(Stop) {
    if let chosen = PivotArgument(rawValue: text) {
      turnsTime = chosen == .auto
      acknowledge(words.turnsTime(turnsTime))
      guard var answer = last?.answer, !answer.rows.isEmpty else { return }
      if answer.presentation == .pivot { answer.presentation = nil }
      last?.answer.presentation = answer.presentation
      shown = [answer]
      return show(answer)
    }
    guard let question = conversation.previous else { throw Stop(conversation.isBroken ? words.notAnswered : nothingYet) }
    if !text.isEmpty || question.groups.count < 2 {
      let name = text.isEmpty ? "month" : text
      guard let added = dimension(named: name)?.name ?? conversation.meaning(name, as: "groups") ?? (name == "month" ? name : nil) else {
        throw Stop(noGrouping(name))
      }
      let before = conversation
      let answer = Answer.timed { conversation.follow([Clause("also-by", [[.symbol(added)]])], saying: ":pivot " + text) }
      if answer.problem != nil { return show(answer) }
      last = Asked(before: before, answer: answer, isNotation: true)
    }
    guard var answer = last?.answer else { throw Stop(nothingYet) }
    answer.presentation = .pivot
    last?.answer.presentation = .pivot
    shown = [answer]
    show(answer)
  }

  mutating func note(_ text: String) throws(Stop) {
    guard !shown.isEmpty else { throw Stop(nothingYet) }
    let detail = AnswerDetail(PageWords(shown[0].language).note, [text])
    shown[0].details.append(detail)
    if last != nil { last?.answer.details.append(detail) }
    say(words.noted)
  }

  // MARK: Lists and SQL

  /// A question in the notation, outside the conversation.
  func list(_ notation: String) {
    var aside = Conversation(workspace, options: asking)
    show(aside.query(notation: notation))
  }

  func listValues(_ text: String) throws(Stop) {
    let dimensions = workspace.dictionary.dimensions
    guard let dimension = dimension(named: text) else {
      let nearest = NearMiss.nearest(to: text, among: dimensions.flatMap { Self.names(of: $0.name, $0.title, $0.synonyms) })
      throw Stop(words.notOneOf(text, nearest.isEmpty ? dimensions.map { $0.title[words.language] } : nearest, more: ":dimensions"))
    }
    list("list values \(dimension.name)")
  }

  mutating func showSQL(_ text: String) throws(Stop) {
    if !text.isEmpty {
      showsSQL = try isOn(text)
      return acknowledge(words.showsSQL(showsSQL))
    }
    guard let last else { throw Stop(nothingYet) }
    guard let sql = last.answer.sql else { throw Stop(words.noSQL) }
    let arguments = sql.arguments.enumerated().map { "-- ?\($0 + 1) = \(JSONValue($1).compact)" }
    let lines = DisplayWidth.safeLines(sql.text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + arguments
    let broken = Output.standard.isTerminal ? lines.flatMap { SQLLines.broken($0, to: Surroundings.width()) } : lines
    Pager.show(broken.map { $0 + "\n" }.joined())
  }

  func isOn(_ text: String) throws(Stop) -> Bool {
    guard ["on", "off"].contains(text) else { throw Stop(words.notOneOf(text, ["on", "off"])) }
    return text == "on"
  }
}
