import CivilTime
import Questions

/// Makes a failing question smaller as long as it fails, so that what is wrong stands alone.
struct Shrinking {
  let dataset: OpenDataset
  let fails: (Question) -> Bool

  func smallest(_ question: Question) -> Question {
    var best = question
    var tries = 0
    while tries < 80 {
      guard
        let next = smaller(best).lazy.compactMap({ try? dataset.resolver.question(notation: $0.description) })
          .first(where: { candidate in
            tries += 1
            return candidate.description.count < best.description.count && fails(candidate)
          })
      else { break }
      best = next
    }
    return best
  }

  /// Questions with one thing less.
  private func smaller(_ question: Question) -> [Question] {
    var result: [Question] = []
    func add(_ change: (inout Question) -> Void) {
      var copy = question
      change(&copy)
      result.append(copy)
    }
    add { $0.conditions = [] }
    add { $0.groups = [] }
    add { ($0.groups, $0.thresholds, $0.ranking, $0.order, $0.share) = ([], [], nil, [], nil) }
    add { $0.period = nil }
    add { $0.asOf = nil }
    add { $0.comparison = nil }
    add { $0.thresholds = [] }
    add { $0.share = nil }
    add { $0.ranking = nil }
    add { $0.order = [] }
    for index in question.groups.indices { add { $0.groups.remove(at: index) } }
    for index in question.thresholds.indices { add { $0.thresholds.remove(at: index) } }
    for index in question.conditions.indices {
      add { $0.conditions.remove(at: index) }
      for part in Self.parts(question.conditions[index]) { add { $0.conditions[index] = part } }
    }
    if question.measures.count > 1 {
      for measure in question.measures { add { $0.subject = .measures([measure]) } }
    }
    for (index, measure) in question.measures.enumerated() {
      for plain in [Measure(measure.metric), Measure(measure.metric, conditions: measure.conditions),
        Measure(measure.metric, fold: measure.fold)]
      {
        var measures = question.measures
        measures[index] = plain
        add { $0.subject = .measures(measures) }
      }
    }
    if case .about(let aspect, let names) = question.subject, names.count > 1 {
      for name in names { add { $0.subject = .about(aspect, [name]) } }
    }
    add { $0.ranking?.by = nil }
    add { $0.ranking?.within = [] }
    add { $0.comparison?.fair = true }
    if let period = question.period { for part in Self.parts(period) { add { $0.period = part } } }
    return result
  }

  private static func parts(_ condition: Condition) -> [Condition] {
    switch condition {
    case .oneOf(let field, let values, let negated) where values.count > 1:
      values.indices.map { index in
        var fewer = values
        fewer.remove(at: index)
        return .oneOf(field, fewer, negated: negated)
      }
    case .any(let parts), .all(let parts): parts
    case .not(let part): [part]
    default: []
    }
  }

  private static func parts(_ time: TimeExpression) -> [TimeExpression] {
    switch time {
    case .range(let a, let b): [a, b]
    case .since(let a), .from(let a), .after(let a), .before(let a), .through(let a), .shifted(let a, _, _), .nth(_, _, let a),
      .nthNamed(_, _, let a), .first(_, _, let a), .final(_, _, let a), .third(_, let a), .vague(_, let a), .whole(_, let a),
      .run(_, _, let a), .inside(let a, _), .occurrence(_, let a, _):
      [a]
    default: []
    }
  }
}
