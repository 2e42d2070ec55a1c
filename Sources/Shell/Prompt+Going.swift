import Answers
import CivilTime
import Metrics
import Questions
import Session
import SourceText
import Terminal

/// Commands that go on from the last answer: each is the follow-up that the same words would be.
extension Prompt {
  /// Goes on by clauses of the notation: `by month`.
  mutating func follow(_ notation: String, _ typed: String) throws(Stop) {
    guard conversation.previous != nil else { throw Stop(nothingYet) }
    let clauses: [Clause]
    do { clauses = try TermReader.clauses(notation) } catch { throw Stop(words.notUnderstood(typed)) }
    follow(clauses, typed)
  }

  mutating func follow(_ clauses: [Clause], _ typed: String) {
    let before = conversation
    let answer = Answer.timed { conversation.follow(clauses, saying: typed) }
    if answer.problem != nil {
      status = max(status, answer.exitCode)
      return show(answer)
    }
    take(answer, before, isNotation: true)
  }

  // MARK: Cutting

  mutating func cut(by text: String) throws(Stop) { try follow("by " + groupings(text), ":by " + text) }

  mutating func trend(_ text: String) throws(Stop) {
    if text.isEmpty { return try follow("trend", ":trend") }
    // A dimension is no time that anything runs along.
    let units = Grain.allCases.map(\.rawValue) + TimePart.allCases.map(\.rawValue)
    guard let unit = grouping(named: text), units.contains(unit) else { throw Stop(words.notOneOf(text, Grain.allCases.map(\.rawValue))) }
    let others = conversation.previous?.groups.filter { !$0.isTime } ?? []
    let groups = [try groupings(text)] + others.map { Term.itemsText([[QuestionText.grouping($0)]]) }
    try follow("by " + groups.joined(separator: ", "), ":trend " + text)
  }

  /// 往下: a level, into a row, or by what is named.
  mutating func drill(_ text: String) throws(Stop) {
    if text.isEmpty { return try follow("drill down", ":drill") }
    if let row = Int(text) {
      _ = try asked(text)
      guard let turned = shownRow(row) else { return try follow("pick \(row) | drill down", ":drill " + text) }
      // A row of a turned table is all of its members across.
      let before = conversation
      var question = try asked(text)
      // What stands across is not what the row is of.
      if question.groups.indices.contains(turned.across) { question.groups.insert(question.groups.remove(at: turned.across), at: 0) }
      let answer = Answer.timed { conversation.follow([Clause("drill", [[.symbol("down")]])], from: question, saying: ":drill " + text) }
      if answer.problem != nil {
        status = max(status, answer.exitCode)
        return show(answer)
      }
      return take(answer, before, isNotation: true)
    }
    try follow("by " + groupings(text), ":drill " + text)
  }

  /// Names of dimensions and units of time, in any language, as the notation has them.
  private func groupings(_ text: String) throws(Stop) -> String {
    var names: [String] = []
    for part in text.split(whereSeparator: { ",，、".contains($0) }) {
      let name = String(LineReader.trim(part))
      guard let known = grouping(named: name) else {
        throw Stop(noGrouping(name))
      }
      names.append(known)
    }
    if names.isEmpty { throw Stop(words.notUnderstood(text)) }
    return names.joined(separator: ", ")
  }

  /// Why nothing is cut by this name: what is near, else the dimensions.
  func noGrouping(_ name: String) -> String {
    let valid = CommandNames(dictionary: workspace.dictionary, datasets: [], saved: []).groupings
    let nearest = NearMiss.nearest(to: name, among: valid)
    return words.notOneOf(name, nearest.isEmpty ? workspace.dictionary.dimensions.map { $0.title[words.language] } : nearest, more: ":dimensions")
  }

  private func grouping(named text: String) -> String? {
    if Grain(rawValue: text) != nil || TimePart(rawValue: text) != nil { return text }
    return dimension(named: text)?.name ?? conversation.meaning(text, as: "groups") ?? conversation.meaning(text, as: "group")
  }

  func dimension(named text: String) -> Dimension? {
    let wanted = text.lowercased()
    return workspace.dictionary.dimensions.first { dimension in
      (Self.names(of: dimension.name, dimension.title, dimension.synonyms)).contains { $0.lowercased() == wanted }
    }
  }

  func metric(named text: String) -> Metric? {
    let wanted = text.lowercased()
    return workspace.dictionary.metrics.first { metric in
      (Self.names(of: metric.name, metric.title, metric.synonyms)).contains { $0.lowercased() == wanted }
    }
  }

  static func names(of name: String, _ title: LocalText, _ synonyms: LocalWords) -> [String] {
    [name] + Language.allCases.compactMap { title.texts[$0] } + synonyms.all
  }

  mutating func share(_ text: String) throws(Stop) {
    guard ["", "none"].contains(text) else { throw Stop(words.notOneOf(text, ["none"])) }
    try follow(text == "none" ? "drop-part share" : "share", ":share")
  }

  // MARK: Setting against, sorting, keeping the first

  mutating func compare(_ text: String) throws(Stop) {
    switch text {
    case "", "yoy": try follow("compare yoy", ":compare")
    case "none": try follow("drop-part compare", ":compare none")
    case "previous": try follow("compare previous", ":compare previous")
    default:
      if let said = conversation.meaning(text, as: nil), said.hasPrefix("compare") { return try follow(said, ":compare " + text) }
      guard let time = conversation.meaning(text, as: "time") else { throw Stop(words.notOneOf(text, ["yoy", "previous", "none", words.orATime])) }
      try follow("compare with " + time, ":compare " + text)
    }
  }

  mutating func sort(_ text: String) throws(Stop) {
    guard let question = conversation.previous, let first = question.measures.first else { throw Stop(nothingYet) }
    var parts = text.split(separator: " ").map(String.init)
    var direction = "desc"
    if let said = parts.last, ["asc", "desc"].contains(said) {
      direction = said
      parts.removeLast()
    }
    let name = parts.joined(separator: " ")
    // A sorting by a metric alone would be a question of its own.
    if name.isEmpty { return try follow("follow | sort \(first.metric) \(direction)", ":sort " + text) }
    guard let key = metric(named: name)?.name ?? grouping(named: name) else {
      let valid = CommandNames(dictionary: workspace.dictionary, datasets: [], saved: [])
      let nearest = NearMiss.nearest(to: name, among: valid.metrics + valid.groupings)
      let cut = question.measures.compactMap { workspace.dictionary.metric($0.metric)?.title[words.language] }
        + question.groups.map { Term.itemsText([[QuestionText.grouping($0)]]) }.map { dimension(named: $0)?.title[words.language] ?? $0 }
      throw Stop(words.notOneOf(name, nearest.isEmpty ? cut : nearest))
    }
    try follow("follow | sort \(key) \(direction)", ":sort " + text)
  }

  mutating func limit(_ text: String) throws(Stop) {
    if text == "none" { return try follow("drop-part top", ":limit none") }
    guard let count = Int(text), count != 0 else { throw Stop(words.notANumber(text)) }
    try follow(count > 0 ? "top \(count)" : "bottom \(-count)", ":limit " + text)
  }

  // MARK: Behind the number

  /// The last question, or one row of its answer.
  private func asked(_ text: String) throws(Stop) -> Question {
    guard let question = conversation.previous, !question.measures.isEmpty else { throw Stop(nothingYet) }
    if text.isEmpty { return question }
    guard let row = Int(text) else { throw Stop(words.notANumber(text)) }
    let turned = shownRow(row)
    if last.flatMap({ shownTable($0.answer) })?.isTurned == true, turned == nil { throw Stop(words.noRow(row)) }
    do throws(Problem) { return try conversation.row(turned?.row ?? row, withoutGroup: turned?.across) } catch {
      let count = last?.answer.rows.count ?? 0
      throw Stop(count > Thread.longestTable ? words.tooManyRows(count, most: Thread.longestTable) : words.noRow(row))
    }
  }

  /// What a row stands for where a grouping of the last answer was shown across; nil where rows are as they are.
  private func shownRow(_ row: Int) -> (row: Int, across: Int)? {
    last.flatMap { shownTable($0.answer) }?.turnedRow(row)
  }

  /// Says which row is meant, where one was named.
  private func tell(_ question: Question, _ text: String) {
    if !text.isEmpty { say(QuestionWords(workspace.dictionary, in: words.language).text(question)) }
  }

  /// The number, its formula with numbers put in, and its parts.
  mutating func why(_ text: String) throws(Stop) {
    let question = try asked(text)
    tell(question, text)
    var aside = conversation
    let whole = text.isEmpty ? nil : aside.query(notation: question.description)
    var answers = [whole ?? last?.answer].compactMap { $0 }
    for part in aside.parts() { answers.append(conversation.aside(part)) }
    for (index, answer) in answers.enumerated() where answer.problem == nil {
      var brief = answer
      // The formula stands under the first; the others are about numbers alone. The definition was told with the answer.
      let formula = answer.language.answerWords.formulaLabel
      brief.details = index == 0 ? answer.details.filter { $0.label == formula } : []
      brief.notices = []
      show(brief)
    }
    shown = answers
  }

  private static let shownRows = 20

  mutating func showRows(_ text: String) throws(Stop) {
    let question = try asked(text)
    tell(question, text)
    do throws(Problem) {
      let lists = try conversation.sourceRows(behind: question, limit: Self.shownRows)
      if lists.isEmpty { return say(words.noRows) }
      for list in lists {
        var answer = list.answer
        let words = PageWords(answer.language)
        if let count = list.count {
          answer.headline += " · " + (count > answer.rows.count ? words.shown(answer.rows.count, of: count) : words.rows(count))
        }
        answer.presentation = .unpictured
        show(answer)
      }
      shown = try conversation.sourceRows(behind: question, limit: 100_000).map { list in
        var answer = list.answer
        // Rows as they stand are nothing to be drawn.
        answer.presentation = .unpictured
        return answer
      }
    } catch { show(conversation.told(error)) }
  }

  func showPlan() throws(Stop) {
    guard let last else { throw Stop(nothingYet) }
    let explained = explained(last)
    let title = explained.language.answerWords.title(.plan)
    guard let plan = explained.explanation.first(where: { $0.label == title }) else { throw Stop(words.noSQL) }
    let digits = String(plan.lines.count).count
    let lines = plan.lines.enumerated().flatMap { index, line in
      Prompt.hanging(DisplayWidth.safe(line), lead: "  " + DisplayWidth.padded(String(index + 1), to: digits, flushRight: true) + "  ")
    }
    Pager.show(lines.map { $0 + "\n" }.joined())
  }

  /// The last question answered once more, with everything opened.
  func explained(_ last: Asked) -> Answer {
    var again = last.before
    again.options.explains = true
    return last.isNotation ? again.query(notation: last.answer.canonical) : again.ask(last.answer.question)
  }

  mutating func showFormula(_ text: String) throws(Stop) {
    if text.isEmpty {
      guard let last, !last.answer.metrics.isEmpty else { throw Stop(nothingYet) }
      for metric in last.answer.metrics {
        say("\(metric.title) = \(metric.formulaText)" + (metric.formulaNumbers.map { " = " + $0 } ?? "") + "\n  \(metric.name) = \(metric.formula)")
      }
      return
    }
    guard let metric = metric(named: text) else {
      let valid = CommandNames(dictionary: workspace.dictionary, datasets: [], saved: []).metrics
      let nearest = NearMiss.nearest(to: text, among: valid)
      throw Stop(nearest.isEmpty ? words.noMetric(text) : words.notOneOf(text, nearest))
    }
    list("about formula \(metric.name)")
  }
}
