import Metrics

/// The tables whose rows a formula aggregates.
package enum FormulaTables {
  /// In the order met, each once; metrics that the dictionary does not have are passed over.
  package static func tables(of formula: Formula, in dictionary: MetricDictionary) -> [String] {
    var seen: Set<String> = []
    return collect(formula, nil, dictionary, []).map(\.table).filter { seen.insert($0).inserted }
  }

  /// The same with the time that the rows are counted by: that of the metric an aggregate is written in, else the table's.
  package static func timed(of metric: String, in dictionary: MetricDictionary) -> [TimedTable] {
    var seen: Set<TimedTable> = []
    return self.metric(metric, dictionary, []).filter { seen.insert($0).inserted }
  }

  /// Tables by a time column that is not their default one, as metrics name them.
  package static func ownTimes(in dictionary: MetricDictionary) -> [TimedTable] {
    var seen: Set<TimedTable> = []
    return dictionary.metrics.filter { $0.time != nil }.flatMap { timed(of: $0.name, in: dictionary) }
      .filter { $0.time != dictionary.schema[$0.table]?.time && seen.insert($0).inserted }
  }

  private static func collect(_ formula: Formula, _ owner: Metric?, _ dictionary: MetricDictionary, _ path: [String]) -> [TimedTable] {
    func table(_ name: String) -> [TimedTable] { [TimedTable(table: name, time: owner?.time ?? dictionary.schema[name]?.time)] }
    func inner(_ formula: Formula) -> [TimedTable] { collect(formula, owner, dictionary, path) }
    switch formula {
    case .aggregate(let aggregate): return table(aggregate.table)
    case .number: return []
    case .metric(let name): return metric(name, dictionary, path)
    case .binary(_, let a, let b): return inner(a) + inner(b)
    case .negated(let a), .rolling(let a, _, _), .toDate(let a, _), .shifted(let a, _, _), .filtered(let a, _), .allTime(let a),
      .startOf(let a, _):
      return inner(a)
    case .folded(let fold): return inner(fold.of)
    case .conversion(let from, _, _): return table(from.head)
    case .conversions(let events): return table(events.from.head)
    case .score(let parts): return parts.flatMap { metric($0.metric, dictionary, path) }
    }
  }

  private static func metric(_ name: String, _ dictionary: MetricDictionary, _ path: [String]) -> [TimedTable] {
    guard !path.contains(name), let metric = dictionary.metric(name) else { return [] }
    return collect(metric.formula, metric, dictionary, path + [name])
  }
}
