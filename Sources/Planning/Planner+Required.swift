import Metrics
import Questions

/// Dimensions that a metric must be cut by or fixed to, its own and those of whatever it is computed from: euros and yuan added
/// up are no number, nor is anything divided by them.
extension Planner {
  /// - Throws: `Problem.requiredDimension`
  func checkRequired(_ name: String, _ measure: Measure, _ question: Question) throws(Problem) {
    let conditions = question.conditions + measure.conditions
    for (metric, dimension) in required(by: .metric(name), fixed: [], path: []) {
      let isGrouped = question.groups.contains(.dimension(dimension))
      if !isGrouped, !conditions.contains(where: { fixes($0, dimension) }) {
        throw .requiredDimension(metric: metric, dimension: dimension)
      }
    }
  }

  /// Whether a condition leaves one value of a dimension.
  private func fixes(_ condition: Condition, _ name: String) -> Bool {
    switch condition {
    case .comparison(.dimension(name), .equal, _): true
    case .oneOf(.dimension(name), let values, false): values.count == 1
    case .all(let items): items.contains { fixes($0, name) }
    default: false
    }
  }

  /// What is required anywhere beneath a formula, without what the formula itself fixes.
  private func required(by formula: Formula, fixed: [String], path: [String]) -> [(metric: String, dimension: String)] {
    switch formula {
    case .aggregate, .number, .conversion, .conversions: return []
    case .metric(let name):
      guard let metric = dictionary.metric(name), !path.contains(name) else { return [] }
      let own = metric.requiredDimensions.filter { !fixed.contains($0) }.map { (name, $0) }
      return own + required(by: metric.formula, fixed: fixed, path: path + [name])
    case .folded(let fold): return required(by: fold.of, fixed: fixed + fold.over, path: path)
    case .binary(_, let a, let b): return required(by: a, fixed: fixed, path: path) + required(by: b, fixed: fixed, path: path)
    case .score(let parts): return parts.flatMap { required(by: .metric($0.metric), fixed: fixed, path: path) }
    case .filtered(let inner, let condition): return required(by: inner, fixed: fixed + Self.fixed(by: condition), path: path)
    case .negated(let inner), .rolling(let inner, _, _), .toDate(let inner, _), .shifted(let inner, _, _), .allTime(let inner),
      .startOf(let inner, _):
      return required(by: inner, fixed: fixed, path: path)
    }
  }

  private static func fixed(by condition: RowCondition) -> [String] {
    switch condition {
    case .dimension(let name, .equal, _): [name]
    case .all(let parts): parts.flatMap(fixed)
    default: []
    }
  }
}
