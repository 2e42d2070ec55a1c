import Metrics
import SourceText

/// Conditions that a question of their own decides: the city that sold most, orders with more than three items.
extension Resolver {
  /// `store from(measure orders, having orders > 100)`, also with `rank` in templates.
  func selected(_ field: Field, _ items: [Term.Item], negated: Bool) throws(Problem) -> Condition {
    guard case .dimension(let dimension) = field else { throw .unsupported("members of time") }
    var inner = try question(from: Self.clauses(items) + [Clause("by", [[.symbol(dimension)]])])
    guard inner.groups == [.dimension(dimension)], inner.share == nil, !inner.isCounted, inner.tests.isEmpty,
      inner.ranking != nil || !inner.thresholds.isEmpty
    else { throw .badNotation(offset: 0, expected: "a ranking or a bound that decides") }
    inner.order = []
    // A plain ranking under the outer question's own period has a form of its own.
    if !negated, let ranking = inner.ranking, ranking.kind == .count, ranking.skip == 0, ranking.by == nil, inner.period == nil,
      inner.conditions.isEmpty, inner.thresholds.isEmpty, inner.comparison == nil, inner.measures.count == 1, inner.measures[0].isPlain,
      inner.measures[0].conditions.isEmpty
    {
      return .among(dimension: dimension, ranking.direction, ranking.count, metric: inner.measures[0].metric)
    }
    return .selected(dimension: dimension, inner, negated: negated)
  }

  /// Items that begin with a clause's keyword, as clauses.
  private static func clauses(_ items: [Term.Item]) -> [Clause] {
    var clauses: [Clause] = []
    for item in items {
      // Several items of one clause: having orders > 100, refund_rate < 0.1.
      if beginsClause(item), case .symbol(let word)? = item.first {
        clauses.append(Clause(word, item.count > 1 ? [Array(item.dropFirst())] : []))
      } else if !clauses.isEmpty {
        clauses[clauses.count - 1].items.append(item)
      }
    }
    return clauses
  }

  private static func beginsClause(_ item: Term.Item) -> Bool {
    if case .symbol(let word)? = item.first { selectionKeywords.contains(word) } else { false }
  }

  private static let selectionKeywords: Set<String> = [
    "measure", "where", "during", "compare", "having", "top", "bottom", "rank", "first", "last",
  ]

  /// `each(orders, units > 3)`: orders with more than three items. Each row that the metric counts is told by its key, so
  /// a dimension must hold that key. `each(active_members, orders > 0, during month(-1))`: those who ordered in a time of
  /// their own, whatever the time of the question.
  func counted(_ items: [Term.Item]) throws(Problem) -> Condition {
    guard let name = items.first?.first, items.count > 1 else {
      throw .badNotation(offset: 0, expected: "each(metric, threshold)")
    }
    let metric = try metricName(name)
    guard let dimension = key(countedBy: metric) else { throw .unsupported("condition of single rows") }
    if items.contains(where: Self.beginsClause) {
      var inner = Array(items.dropFirst())
      // Who spent, who bought, who closed a deal: where the very rows are meant that the count is of, one condition for all.
      if let deed = inner[0].first, inner[0].dropFirst() == [.symbol(">"), .number(0)], isDeed(try metricName(deed), of: metric) {
        inner[0][0] = .symbol(metric)
      }
      inner[0].insert(.symbol("having"), at: 0)
      return try selected(.dimension(dimension), inner, negated: false)
    }
    let thresholds = try items.dropFirst().map { (item) throws(Problem) in try threshold(item) }
    guard thresholds.allSatisfy({ !isCount($0.quantity.metric, of: metric) }) else { throw .unsupported("condition of single rows") }
    let inner = Question(
      subject: .measures(Self.unique(thresholds.map { Measure($0.quantity.metric) })), groups: [.dimension(dimension)])
    var decided = inner
    decided.thresholds = thresholds
    return .selected(dimension: dimension, decided, negated: false)
  }

  private func isDeed(_ deed: String, of metric: String) -> Bool {
    guard case .aggregate(let done)? = dictionary.metric(deed)?.formula, case .aggregate(let counted)? = dictionary.metric(metric)?.formula
    else { return false }
    return done.condition == counted.condition && (done.table == counted.table || done.condition != nil)
  }

  private func isCount(_ name: String, of metric: String) -> Bool { name == metric }

  /// The dimension that tells apart what a metric counts: the key of the table whose rows it counts, or the column whose
  /// different values it counts (members by their number).
  private func key(countedBy metric: String) -> String? {
    guard case .aggregate(let aggregate)? = dictionary.metric(metric)?.formula else { return nil }
    let column: ColumnPath
    switch (aggregate.function, aggregate.argument) {
    case (.count, nil):
      guard let table = dictionary.schema[aggregate.table], table.key.count == 1 else { return nil }
      column = ColumnPath([table.name, table.key[0]])
    case (.countDistinct, .column(let path)?): column = path
    default: return nil
    }
    return dictionary.dimensions.first { $0.source == .column(column) || $0.others.contains(column) }?.name
  }

  /// The dimension that names those who did something, where the metric counts each of them once, and not what was done.
  func key(toldApartBy metric: String) -> String? {
    guard case .aggregate(let aggregate)? = dictionary.metric(metric)?.formula, aggregate.function == .countDistinct else { return nil }
    return key(countedBy: metric)
  }
}
