import Metrics
import SourceText

/// Turns best and worst into highest and lowest, by which direction of a metric is good.
///
/// Grammars say `rank best 3 by refund_rate of channel`, `best worst gmv`, `sort refund_rate best`; the best refund rates are the
/// lowest ones. A metric without a good direction has its highest values for best.
///
/// Bounds say `having growth(refund_rate) better`, `having refund_rate worse average`, `test change(gmv) better`: above or below, as
/// the metric has it. Of one without a good direction nothing is better, and the resolver refuses what is left standing.
package struct Merit {
  private let dictionary: MetricDictionary
  /// What is ranked where the clauses name nothing themselves: the metric of the question before.
  private let fallback: String?

  package init(_ dictionary: MetricDictionary, after previous: Question?) {
    self.dictionary = dictionary
    fallback = previous?.ranking?.by?.metric ?? previous?.measures.first?.metric
  }

  private static let words: Set<Term> = [.symbol("best"), .symbol("worst")]
  private static let keywords: Set<String> = ["rank", "best", "sort"]

  /// The clauses in terms of high and low.
  package func settled(_ clauses: [Clause]) -> [Clause] {
    guard clauses.contains(where: { Self.judges($0.items) }) else { return clauses }
    return clauses.map { clause in
      if Self.boundKeywords.contains(clause.keyword) {
        return Clause(clause.keyword, clause.items.map { bound($0, clauses).map(inside) })
      }
      guard let (word, metric) = judged(clause, clauses) else { return Clause(clause.keyword, clause.items.map { $0.map(inside) }) }
      let isTop = (word == "best") != isLowGood(metric)
      var settled = clause
      let sign = clause.keyword == "sort" ? (isTop ? "desc" : "asc") : (isTop ? "top" : "bottom")
      settled.items[0] = clause.items[0].map { Self.words.contains($0) ? .symbol(sign) : $0 }
      return settled
    }
  }

  /// Whether a word that judges stands in items or in those inside them.
  private static func judges(_ items: [Term.Item]) -> Bool {
    items.contains { item in
      item.contains { term in
        switch term {
        case .symbol(let name): name == "best" || name == "worst" || name == "better" || name == "worse"
        case .call(_, let inner): judges(inner)
        case .number, .text, .slot: false
        }
      }
    }
  }

  /// The words of a bound that judges.
  package static let boundWords: Set<Term> = [.symbol("better"), .symbol("worse")]
  private static let boundKeywords: Set<String> = ["having", "also-having", "test", "run"]

  /// `growth(refund_rate) worse` is `growth(refund_rate) > 0` where low is good.
  private func bound(_ item: Term.Item, _ all: [Clause]) -> Term.Item { bound(item, of: bounded(item, all)) }

  private func bound(_ item: Term.Item, of metric: String?) -> Term.Item {
    guard let place = item.firstIndex(where: Self.boundWords.contains), let direction = metric.flatMap(dictionary.metric)?.direction,
      direction != .none
    else { return item }
    var told = item
    told[place] = .symbol(((item[place] == .symbol("better")) == (direction == .up) ? Comparator.greater : .less).rawValue)
    if place == item.indices.last { told.append(.number(0)) }
    return told
  }

  /// The metric that a bound judges.
  private func bounded(_ item: Term.Item, _ all: [Clause]) -> String? {
    guard item.contains(where: Self.boundWords.contains) else { return nil }
    return metric(in: item) ?? all.first { $0.keyword == "measure" }.flatMap { $0.items.lazy.compactMap(metric).first } ?? fallback
  }

  /// `store from(measure refund_rate, rank best 3)`: a question inside another judges by its own metric.
  private func inside(_ term: Term) -> Term {
    guard case .call(let name, let items) = term else { return term }
    let own = items.first { $0.first == .symbol("measure") }.flatMap { metric(in: Array($0.dropFirst())) }
    return .call(name, items.map { item in
      if item.contains(where: Self.boundWords.contains) { return bound(item, of: metric(in: item) ?? own) }
      guard item.first == .symbol("rank"), case .symbol(let word)? = item.first(where: Self.words.contains) else { return item.map(inside) }
      let isTop = (word == "best") != isLowGood(metric(in: item) ?? own)
      return item.map { Self.words.contains($0) ? .symbol(isTop ? "top" : "bottom") : $0 }
    })
  }

  /// The metrics whose low values were taken for good ones, to be said.
  package func notices(_ clauses: [Clause]) -> [Notice] {
    var told: [Notice] = []
    let bounds = clauses.filter { Self.boundKeywords.contains($0.keyword) }.flatMap(\.items)
    for metric in bounds.compactMap({ bounded($0, clauses) }) where isLowGood(metric) && !told.contains(.lowIsGood(metric: metric)) {
      told.append(.lowIsGood(metric: metric))
    }
    for clause in clauses {
      guard let metric = judged(clause, clauses)?.metric, isLowGood(metric) else { continue }
      if !told.contains(.lowIsGood(metric: metric)) { told.append(.lowIsGood(metric: metric)) }
    }
    return told
  }

  /// The metrics of which neither high nor low is good, so that the highest were taken for the best.
  package func undirected(_ clauses: [Clause]) -> [Notice] {
    var told: [Notice] = []
    for clause in clauses {
      guard let metric = judged(clause, clauses)?.metric, dictionary.metric(metric)?.direction == Metric.Direction.none else { continue }
      if !told.contains(.noDirection(metric: metric)) { told.append(.noDirection(metric: metric)) }
    }
    return told
  }

  private func isLowGood(_ metric: String?) -> Bool { metric.flatMap(dictionary.metric)?.direction == .down }

  /// The word of a clause that judges, and the metric it judges; nil for a clause without such a word.
  private func judged(_ clause: Clause, _ all: [Clause]) -> (word: String, metric: String?)? {
    guard Self.keywords.contains(clause.keyword), let item = clause.items.first,
      case .symbol(let word)? = item.first(where: Self.words.contains)
    else { return nil }
    let others = all.first { $0.keyword == "rank-by" } ?? all.first { $0.keyword == "measure" }
    return (word, metric(in: item) ?? others.flatMap { $0.items.lazy.compactMap(metric).first } ?? fallback)
  }

  /// The first metric named, also inside `growth(gmv)` or `avg(gmv per day)`; none behind `of`, which names a group.
  private func metric(in item: Term.Item) -> String? {
    for term in item {
      if term == .symbol("of") { return nil }
      switch term {
      case .symbol(let name) where dictionary.metric(name) != nil: return name
      case .call(let name, let items):
        if dictionary.metric(name) != nil { return name }
        if let inner = items.lazy.compactMap({ metric(in: $0) }).first { return inner }
      default: continue
      }
    }
    return nil
  }
}
