import Questions

/// Every metric and dimension a question touches: what policy must look at.
extension Question {
  package var metricsTouched: [String] {
    var names = measures.flatMap { $0.metrics + $0.conditions.flatMap(\.metricsTouched) }
    if case .about(_, let about) = subject { names += about }
    names += (thresholds + tests + (streak?.conditions ?? [])).map(\.quantity.metric) + [ranking?.by?.metric].compactMap { $0 }
    names += order.compactMap { if case .quantity(let quantity) = $0.key { quantity.metric } else { nil } }
    names += (conditions + shareConditions + otherConditions).flatMap(\.metricsTouched)
    return Question.unique(names)
  }

  package var dimensionsTouched: [String] {
    var groupings = groups + (ranking?.within ?? []) + measures.flatMap { $0.fold?.allOver ?? [] }
    groupings += order.compactMap { if case .group(let grouping) = $0.key { grouping } else { nil } }
    var names = groupings.compactMap(\.dimension)
    names += (conditions + shareConditions + otherConditions + measures.flatMap(\.conditions)).flatMap(\.dimensionsTouched)
    names += [placement?.dimension].compactMap { $0 }
    names += thresholds.compactMap { if case .averageWithin(let name) = $0.bound { name } else { nil } }
    if case .parent(let name)? = share?.of { names.append(name) }
    if case .list(.values(let name)) = subject { names.append(name) }
    return Question.unique(names)
  }

  private var shareConditions: [Condition] {
    if case .matching(let conditions)? = share?.of { conditions } else { [] }
  }

  /// Those of the members that are compared with.
  private var otherConditions: [Condition] {
    if case .members(let conditions)? = comparison?.base { conditions } else { [] }
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }
  }
}

extension Condition {
  package var metricsTouched: [String] {
    switch self {
    case .among(_, _, _, let metric): [metric]
    case .selected(_, let question, _): question.metricsTouched
    case .any(let parts), .all(let parts): parts.flatMap(\.metricsTouched)
    case .not(let inner): inner.metricsTouched
    case .comparison, .oneOf, .between, .matches, .missing: []
    }
  }

  package var dimensionsTouched: [String] {
    switch self {
    case .comparison(let field, _, _), .oneOf(let field, _, _), .between(let field, _, _), .matches(let field, _, _, _),
      .missing(let field, _):
      if case .dimension(let name) = field { [name] } else { [] }
    case .among(let dimension, _, _, _): [dimension]
    case .selected(let dimension, let question, _): [dimension] + question.dimensionsTouched
    case .any(let parts), .all(let parts): parts.flatMap(\.dimensionsTouched)
    case .not(let inner): inner.dimensionsTouched
    }
  }
}
