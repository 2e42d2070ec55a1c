import Metrics
import SourceText

/// Turns best and worst into highest and lowest, by which direction of a metric is good.
///
/// Grammars say `rank best 3 by refund_rate of channel`, `best worst gmv`, `sort refund_rate best`; the best refund rates are the
/// lowest ones. A metric without a good direction has its highest values for best.
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
    clauses.map { clause in
      if clause.keyword == "where" { return Clause("where", clause.items.map { $0.map(settled) }) }
      guard let (word, metric) = judged(clause, clauses) else { return clause }
      let isTop = (word == "best") != isLowGood(metric)
      var settled = clause
      let sign = clause.keyword == "sort" ? (isTop ? "desc" : "asc") : (isTop ? "top" : "bottom")
      settled.items[0] = clause.items[0].map { Self.words.contains($0) ? .symbol(sign) : $0 }
      return settled
    }
  }

  /// The best five of another time decide who is asked about: `product from(measure gmv, rank best 5, during 2025)`.
  private func settled(_ term: Term) -> Term {
    guard case .call(let name, let items) = term else { return term }
    guard name == "from" else { return .call(name, items.map { $0.map(settled) }) }
    let inner = settled(items.map { Clause($0.first?.plainText ?? "", [Array($0.dropFirst())]) })
    return .call(name, inner.map { [.symbol($0.keyword)] + ($0.items.first ?? []) })
  }

  /// The metrics whose low values were taken for good ones, to be said.
  package func notices(_ clauses: [Clause]) -> [Notice] {
    var told: [Notice] = []
    for clause in clauses {
      guard let metric = judged(clause, clauses)?.metric, isLowGood(metric) else { continue }
      if !told.contains(.lowIsGood(metric: metric)) { told.append(.lowIsGood(metric: metric)) }
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
