extension RowExpression {
  /// The columns it names, in the order written.
  package var columns: [ColumnPath] {
    switch self {
    case .column(let path): [path]
    case .number, .text: []
    case .binary(_, let a, let b), .between(_, let a, let b): a.columns + b.columns
    case .negated(let a), .absolute(let a), .unit(_, let a): a.columns
    case .choice(let test, let a, let b): test.columns + a.columns + b.columns
    case .coalesce(let rows): rows.flatMap(\.columns)
    }
  }
}

extension RowCondition {
  /// The columns it names, in the order written.
  package var columns: [ColumnPath] {
    switch self {
    case .comparison(let a, _, let b): a.columns + b.columns
    case .oneOf(let row, let values, _): row.columns + values.flatMap(\.columns)
    case .missing(let row, _), .matches(let row, _, _): row.columns
    case .dimension, .dimensionOneOf, .dimensionMissing, .members: []
    case .all(let parts), .any(let parts): parts.flatMap(\.columns)
    case .not(let inner): inner.columns
    }
  }

  /// The metrics that decide about members, in the order written.
  package var metrics: [String] {
    switch self {
    case .members(_, let metric, _, _): [metric]
    case .all(let parts), .any(let parts): parts.flatMap(\.metrics)
    case .not(let inner): inner.metrics
    case .comparison, .oneOf, .missing, .matches, .dimension, .dimensionOneOf, .dimensionMissing: []
    }
  }

  /// The dimensions it names, in the order written.
  package var dimensions: [String] {
    switch self {
    case .comparison, .oneOf, .missing, .matches: []
    case .dimension(let name, _, _), .dimensionOneOf(let name, _, _), .dimensionMissing(let name, _), .members(let name, _, _, _): [name]
    case .all(let parts), .any(let parts): parts.flatMap(\.dimensions)
    case .not(let inner): inner.dimensions
    }
  }
}

extension Formula {
  /// The metrics it names directly, in the order written, each once.
  package var metrics: [String] {
    var seen = Set<String>()
    return allMetrics.filter { seen.insert($0).inserted }
  }

  private var allMetrics: [String] {
    switch self {
    case .metric(let name): [name]
    case .aggregate(let aggregate): aggregate.condition?.metrics ?? []
    case .filtered(let a, let condition): a.allMetrics + condition.metrics
    case .number, .conversion, .conversions: []
    case .binary(_, let a, let b): a.allMetrics + b.allMetrics
    case .negated(let a), .rolling(let a, _, _), .toDate(let a, _), .shifted(let a, _, _), .allTime(let a), .startOf(let a, _): a.allMetrics
    case .score(let parts): parts.map(\.metric)
    case .folded(let fold): fold.of.allMetrics
    }
  }

  /// The aggregates it holds directly, in the order written.
  package var aggregates: [Aggregate] {
    switch self {
    case .aggregate(let aggregate): [aggregate]
    case .metric, .number, .conversion, .conversions, .score: []
    case .binary(_, let a, let b): a.aggregates + b.aggregates
    case .negated(let a), .rolling(let a, _, _), .toDate(let a, _), .shifted(let a, _, _), .filtered(let a, _), .allTime(let a),
      .startOf(let a, _): a.aggregates
    case .folded(let fold): fold.of.aggregates
    }
  }

  /// The tables whose rows it reads directly, in the order written, each once.
  package var tables: [String] {
    var seen = Set<String>()
    return allTables.filter { seen.insert($0).inserted }
  }

  private var allTables: [String] {
    switch self {
    case .aggregate(let aggregate): [aggregate.table]
    case .conversion(let from, let to, _): [from.head, to.head]
    case .conversions(let events): [events.from.head, events.to.head]
    case .metric, .number, .score: []
    case .binary(_, let a, let b): a.allTables + b.allTables
    case .negated(let a), .rolling(let a, _, _), .toDate(let a, _), .shifted(let a, _, _), .filtered(let a, _), .allTime(let a),
      .startOf(let a, _): a.allTables
    case .folded(let fold): fold.of.allTables
    }
  }
}

extension Formula {
  /// Whether an aggregate of aggregates stands within it, where it is not the whole.
  var holdsFold: Bool {
    func within(_ formula: Formula) -> Bool {
      if case .folded = formula { return true }
      return formula.holdsFold
    }
    switch self {
    case .binary(_, let a, let b): return within(a) || within(b)
    case .negated(let a), .rolling(let a, _, _), .toDate(let a, _), .shifted(let a, _, _), .filtered(let a, _), .allTime(let a),
      .startOf(let a, _): return within(a)
    case .aggregate, .metric, .number, .conversion, .conversions, .score, .folded: return false
    }
  }
}

extension MetricDictionary {
  /// The metrics a metric is computed from, itself first, through formulas, each once. Circles end the walk.
  package func ingredients(of metric: String) -> [String] {
    var found = [metric]
    var next = 0
    while next < found.count {
      for name in self.metric(found[next])?.formula.metrics ?? [] where !found.contains(name) { found.append(name) }
      next += 1
    }
    return found
  }

  /// The tables whose rows a metric is computed from, through formulas, each once.
  package func tables(of metric: String) -> [String] {
    var seen = Set<String>()
    return ingredients(of: metric).flatMap { self.metric($0)?.formula.tables ?? [] }.filter { seen.insert($0).inserted }
  }
}
