import Answers
import CivilTime
import Governance
import Metrics
import Questions
import SourceText
import Tables

/// Asks the saved questions again under a draft dictionary and tells which answers move, and by how much.
package struct DictionaryImpact {
  /// An answer that is not the same.
  package struct Move: Sendable {
    package var saved: SavedQuestions.Saved
    package var outcome: ImpactOutcome
    /// The cell that moves furthest: its row and column, and both texts.
    package var cell: String = ""
    package var before: String = ""
    package var after: String = ""
    package var difference: Double?
    package var fraction: Double?
    /// How many cells move.
    package var count = 0
    /// Whether the difference is one of fractions shown in percent.
    package var isPercent = false
  }

  private let base: Workspace
  private let draft: Workspace
  private let options: AskOptions
  /// What the draft is asked by: its newest definitions, also those that are to come into force later.
  private let newest: Day

  package init(_ base: Workspace, draft: Workspace, options: AskOptions) {
    self.base = base
    self.draft = draft
    self.options = options
    newest = draft.dictionary.metrics.compactMap(\.current.validFrom).reduce(options.today, max)
  }

  /// The metrics whose numbers may change: those that differ, and all that is computed from them; nil = any.
  package func metricsConcerned() -> Set<String>? {
    let (old, new) = (base.dictionary, draft.dictionary)
    var (plainOld, plainNew) = (old, new)
    (plainOld.metrics, plainNew.metrics) = ([], [])
    (plainOld.fingerprint, plainNew.fingerprint) = ("", "")
    // Places in files move as soon as anything is written above them.
    if plainOld.schema != plainNew.schema || plainOld.calendar != plainNew.calendar || !sameDimensions(old, new) { return nil }
    let differing = Set((old.metrics + new.metrics).map(\.name)).filter { name in
      guard let a = old.metric(name), let b = new.metric(name) else { return true }
      return !DictionaryComparison(from: old, to: new, in: .english).between(a, b).isEmpty
    }
    return Set((old.metrics + new.metrics).map(\.name)).filter { name in
      (old.ingredientsInAnyVersion(of: name) + new.ingredientsInAnyVersion(of: name)).contains(where: differing.contains)
    }
  }

  private func sameDimensions(_ old: MetricDictionary, _ new: MetricDictionary) -> Bool {
    old.dimensions.map(\.name) == new.dimensions.map(\.name) && zip(old.dimensions, new.dimensions).allSatisfy { $0.source == $1.source }
  }

  /// The answers that are not the same, and how many were asked.
  package func run(_ saved: SavedQuestions, progress: (Int, Int) -> Void = { _, _ in }) -> (moves: [Move], asked: Int) {
    let concerned = metricsConcerned()
    let asked = saved.all.filter { item in concerned.map { names in item.question.metricsTouched.contains(where: names.contains) } ?? true }
    var moves: [Move] = []
    for (place, item) in asked.enumerated() {
      progress(place, asked.count)
      if let move = compare(item) { moves.append(move) }
    }
    return (moves.sorted { $0.weight > $1.weight }, asked.count)
  }

  private func compare(_ item: SavedQuestions.Saved) -> Move? {
    var now = AskOptions(today: item.today, user: item.user, language: options.language)
    let before = Pipeline(base, options: now).answer(item.question, text: item.text).answer
    now.definitionsOn = max(newest, item.today)
    let after = Pipeline(draft, options: now).query(item.question.description, text: item.text).answer
    if before.problem != nil { return after.problem == nil ? Move(saved: item, outcome: .gained) : nil }
    if after.problem != nil { return Move(saved: item, outcome: .lost(after.headline)) }
    return moved(before, after, item)
  }

  private func moved(_ before: Answer, _ after: Answer, _ item: SavedQuestions.Saved) -> Move? {
    let keys = before.columns.indices.filter { before.columns[$0].role == .group }
    func key(_ row: [Cell]) -> [Cell] { keys.map { row[$0] } }
    let rows = Dictionary(after.rows.enumerated().map { (key($1), $0) }, uniquingKeysWith: { a, _ in a })
    var move = Move(saved: item, outcome: .moved)
    var furthest = -1.0
    var missing = 0
    for (index, row) in before.rows.enumerated() {
      guard let other = rows[key(row)] else {
        missing += 1
        continue
      }
      for (place, column) in before.columns.enumerated() where column.role != .group {
        guard let there = after.columns.firstIndex(where: { $0.name == column.name }) else { continue }
        let (old, new) = (row[place], after.rows[other][there])
        if same(old, new) { continue }
        move.count += 1
        let (difference, fraction) = (difference(old, new), fraction(old, new))
        let far = abs(fraction ?? difference ?? 0)
        if far <= furthest { continue }
        furthest = far
        move.cell = (keys.map { before.texts[index][$0] } + [column.title]).joined(separator: " · ")
        (move.before, move.after) = (before.texts[index][place], after.texts[other][there])
        (move.difference, move.fraction) = (difference, fraction)
        move.isPercent = column.unit == "%"
      }
    }
    if missing > 0 || before.rows.count != after.rows.count {
      move.outcome = .rows(before.rows.count, after.rows.count)
      return move
    }
    if move.count > 0 { return move }
    let stated = { (answer: Answer) in answer.metrics.map { "\($0.name) \($0.version) \($0.status) \($0.formula)" } }
    if stated(before) != stated(after) || before.details != after.details && before.rows.isEmpty {
      move.outcome = .restated
      return move
    }
    return nil
  }

  private func same(_ a: Cell, _ b: Cell) -> Bool {
    if let x = a.number, let y = b.number { return abs(x - y) <= 1e-9 * max(1, abs(x), abs(y)) }
    return a == b
  }

  private func difference(_ old: Cell, _ new: Cell) -> Double? {
    guard let a = old.number, let b = new.number else { return nil }
    return b - a
  }

  private func fraction(_ old: Cell, _ new: Cell) -> Double? {
    guard let a = old.number, let b = new.number, a != 0 else { return nil }
    return (b - a) / abs(a)
  }
}

extension DictionaryImpact.Move {
  /// What is gone weighs most, then what moves furthest.
  fileprivate var weight: Double {
    switch outcome {
    case .lost: 4e9
    case .rows: 3e9
    case .moved: min(1e9, abs(fraction ?? 1e9))
    case .gained: -1
    case .restated: -2
    }
  }
}

extension AnswerBuilder {
  /// The page of what moves, gravest first; people see no answers whose numbers stay.
  package func impact(_ moves: [DictionaryImpact.Move], asked: Int, forPeople: Bool) -> Answer {
    let words = language.catalogueWords
    let restated = moves.count { $0.outcome == .restated }
    let shown = forPeople ? moves.filter { $0.outcome != .restated } : moves
    var answer = answer(.impact(asked: asked, moved: moves.count - restated, restated: restated), shown.map { move in
      let outcome = words.outcome(move.outcome)
      let difference = move.difference.map { move.isPercent ? words.points(CatalogueNumbers.text($0 * 100, decimals: 2)) : CatalogueNumbers.text($0) }
      return CatalogueRow([
        (.question, .text(move.saved.text), nil), (.canonical, .text(move.saved.question.description), nil),
        (.finding, .text(move.outcome.code), outcome), (.field, .name(move.cell), nil),
        (.before, .name(move.before), nil), (.after, .name(move.after), nil),
        (.difference, move.difference.map { .real($0) } ?? .null, difference ?? ""),
        (.percent, move.fraction.map { .real($0) } ?? .null, move.fraction.map { CatalogueNumbers.percent($0) } ?? ""),
        (.place, .name(move.saved.place?.description), nil),
      ])
    })
    for index in answer.columns.indices where ["canonical", "place"].contains(answer.columns[index].name) { answer.columns[index].isShown = false }
    return answer
  }
}
