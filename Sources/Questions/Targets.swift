import Metrics
import SourceText

/// Puts metrics in the place of what was said about targets: 达标了吗, which regions missed their target.
///
/// Grammars say `met(x)`, `missed(x)`, `exceeded(x)` where a bound on a metric stands, `attainment(x)`, `target(x)`,
/// `actual(x)`, `shortfall(x)`, `surplus(x)` where a metric stands, and `by holders(x)` for whoever has a target. `x` is the
/// target, what it is set for, or its attainment; `aim(x)` the target alone, `pair(x, y)` a metric and its own target; `*` the one
/// that is meant where none is named. Which metric is the attainment of which is the dictionary's to say.
package struct Targets {
  private let dictionary: MetricDictionary
  /// Looked up where a target is spoken of: in few questions.
  private var known: [Attainment] { dictionary.attainments }

  package init(_ dictionary: MetricDictionary) { self.dictionary = dictionary }

  private static let bounds: Set<String> = ["met", "missed", "exceeded"]
  private static let metrics: Set<String> = ["attainment", "target", "actual", "shortfall", "surplus", "holders"]

  /// The clauses in terms of metrics; several where a target was asked about and the dictionary has several.
  ///
  /// - Throws: `unsupported("target")` where it has none, `noTarget` where what is named has none.
  package func readings(of clauses: [Clause]) throws(Problem) -> [[Clause]] {
    guard clauses.contains(where: { $0.items.contains(where: Self.speaks) }) else { return [clauses] }
    if known.isEmpty { throw .unsupported("target") }
    var readings: [[Clause]] = []
    for meant in try candidates(clauses) {
      let reading = try clauses.map { (clause) throws(Problem) in
        var settled = clause
        settled.items = try clause.items.map { (item) throws(Problem) in try self.settled(item, meant) }
        return settled
      }
      if !readings.contains(reading) { readings.append(reading) }
    }
    return readings
  }

  /// What was taken for the target where several could be meant, to be said; by the word that the text has for it.
  package func notices(_ clauses: [Clause], _ question: Question, text: @autoclosure () -> String) -> [Notice] {
    guard Self.leaveOpen(clauses), measured(clauses).isEmpty, known.count > 1, let entry = standing,
      let taken = known.first(where: { $0.target == entry.target })
    else { return [] }
    // After a number, it is that number's target that was meant.
    let metrics = question.measures.flatMap(\.metrics) + (question.thresholds + question.tests).map(\.quantity.metric)
    guard metrics.contains(where: { $0 == taken.name || $0 == taken.target }) else { return [] }
    let text = text()
    let word = dictionary.defaults.entries.first { $0.target == entry.target && text.contains($0.word) }?.word
    return [.chosen(word: word ?? "", name: entry.target, by: .dataset)]
  }

  /// The target that the dataset takes where none is named.
  private var standing: WordDefaults.Entry? {
    dictionary.defaults.entries.first { entry in known.contains { $0.target == entry.target } }
  }

  /// What `*` may stand for: what is set for a metric asked for beside it, else what the dataset says, else any.
  private func candidates(_ clauses: [Clause]) throws(Problem) -> [Attainment] {
    let measured = measured(clauses)
    if let metric = measured.first {
      let own = known.filter { attainment in measured.contains(where: attainment.concerns) }
      if own.isEmpty, Self.leaveOpen(clauses) { throw .noTarget(metric: metric) }
      return own.isEmpty ? known : own
    }
    if let entry = standing { return known.filter { $0.target == entry.target } }
    return known
  }

  /// Metrics that are asked for by their names.
  private func measured(_ clauses: [Clause]) -> [String] {
    clauses.filter { $0.keyword == "measure" }.flatMap(\.items).compactMap { item in
      guard let name = item.first?.plainText, dictionary.metric(name) != nil else { return nil }
      return name
    }
  }

  /// Whether a target was spoken of without its name.
  static func leaveOpen(_ clauses: [Clause]) -> Bool { clauses.contains { $0.items.contains(where: leavesOpen) } }

  private static func speaks(_ item: Term.Item) -> Bool {
    item.contains { term in
      guard case .call(let name, let items) = term else { return false }
      return bounds.contains(name) || metrics.contains(name) || items.contains(where: speaks)
    }
  }

  private static func leavesOpen(_ item: Term.Item) -> Bool {
    item.contains { term in
      guard case .call(let name, let items) = term else { return false }
      return bounds.contains(name) || metrics.contains(name) ? items.first?.first == .symbol(Resolver.anyMetric) : items.contains(where: leavesOpen)
    }
  }

  private func settled(_ item: Term.Item, _ meant: Attainment) throws(Problem) -> Term.Item {
    if item.count == 1, case .call(let name, let items) = item[0], Self.bounds.contains(name) {
      let attainment = try attainment(items, meant)
      let sign: Comparator =
        switch (name, attainment.isLowGood) {
        case ("met", false): .atLeast
        case ("met", true): .atMost
        case ("missed", false), ("exceeded", true): .less
        default: .greater
        }
      return [.symbol(attainment.name), .symbol(sign.rawValue), .number(1)]
    }
    return try item.map { (term) throws(Problem) in try self.settled(term, meant) }
  }

  private func settled(_ term: Term, _ meant: Attainment) throws(Problem) -> Term {
    guard case .call(let name, let items) = term else { return term }
    guard Self.metrics.contains(name) else {
      return .call(name, try items.map { (item) throws(Problem) in try self.settled(item, meant) })
    }
    let attainment = try attainment(items, meant)
    switch name {
    case "target": return .symbol(attainment.target)
    case "actual": return .symbol(attainment.actual)
    case "shortfall": return .call("difference", [[.symbol(attainment.target)], [.symbol(attainment.actual)]])
    case "surplus": return .call("difference", [[.symbol(attainment.actual)], [.symbol(attainment.target)]])
    case "holders":
      guard let one = dictionary.metric(attainment.target)?.allowedDimensions, one.count == 1 else {
        throw .unsupported("target of whom")
      }
      return .symbol(one[0])
    default: return .symbol(attainment.name)
    }
  }

  private func attainment(_ items: [Term.Item], _ meant: Attainment) throws(Problem) -> Attainment {
    guard let term = items.first?.first else { throw .badNotation(offset: 0, expected: "a metric that has a target") }
    if term == .symbol(Resolver.anyMetric) { return meant }
    if case .call(let word, let inner) = term {
      let names = inner.compactMap { $0.first?.plainText }
      let own = known.first { word == "pair" ? [$0.actual, $0.target] == names : [$0.target] == names }
      if let own { return own }
      // 完成销售额: a target is reached, what it is set for is not.
      throw .notJoined(leftover: names.map { UnknownWord(text: $0, span: Span(0, 0)) })
    }
    guard let own = known.first(where: { $0.concerns(term.plainText) }) else { throw .noTarget(metric: term.plainText) }
    return own
  }
}
