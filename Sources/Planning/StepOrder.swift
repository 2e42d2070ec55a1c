/// The steps of a plan in the order they can be computed, each once, the root last.
package enum StepOrder {
  package static func steps(of root: PlanStep) -> [PlanStep] {
    var seen: Set<String> = []
    var ordered: [PlanStep] = []
    visit(root, &seen, &ordered)
    return ordered
  }

  private static func visit(_ step: PlanStep, _ seen: inout Set<String>, _ ordered: inout [PlanStep]) {
    guard seen.insert(step.name).inserted else { return }
    for input in step.inputs { visit(input, &seen, &ordered) }
    ordered.append(step)
  }
}

extension PlanStep {
  /// The steps it reads from, in the order it names them.
  package var inputs: [PlanStep] {
    switch operation {
    case .rows, .series: return []
    case .union(let steps): return steps
    case .select(let select):
      var steps = [select.source.step].compactMap { $0 }
      for join in select.joins { steps += [join.relation.step].compactMap { $0 } + join.on.flatMap(\.steps) }
      for output in select.columns { steps += output.value.expression.steps }
      return steps + select.conditions.flatMap(\.steps) + select.order.flatMap(\.value.steps)
    }
  }
}

extension PlanRelation {
  var step: PlanStep? { if case .step(let step) = self { step } else { nil } }
}

extension PlanExpression {
  /// The steps that its subqueries read.
  package var steps: [PlanStep] {
    switch self {
    case .memberOf(let inner, let step, _): inner.steps + [step]
    case .mean(let inner, let step): inner.steps + [step]
    default: children.flatMap(\.steps)
    }
  }

  /// The aliases whose columns it names, outside subqueries.
  package var aliases: [String] {
    switch self {
    case .field(let alias, _): [alias]
    case .mean: []
    default: children.flatMap(\.aliases)
    }
  }

  /// The expressions it is made of.
  package var children: [PlanExpression] {
    switch self {
    case .field, .literal, .constant: []
    case .arithmetic(_, let a, let b), .quotient(let a, let b), .comparison(let a, _, let b), .same(let a, let b): [a, b]
    case .bucketStart(let a, _), .rounded(let a): [a]
    case .negated(let a), .absolute(let a), .timeLabel(_, let a, _), .timePart(_, let a), .moved(let a, _, _, _): [a]
    case .missing(let a, _), .matches(let a, _, _, _), .not(let a), .memberOf(let a, _, _), .mean(let a, _): [a]
    case .exists(_, _, let a), .count(_, _, let a): [a]
    case .aggregate(_, let a, let filter): [a, filter].compactMap { $0 }
    case .memberCount(let a, let filter): [a, filter].compactMap { $0 }
    case .elapsed(_, let a, let b): [a, b]
    case .choice(let branches, let otherwise): branches.flatMap { [$0.condition, $0.value] } + [otherwise]
    case .coalesce(let items), .all(let items), .any(let items): items
    case .oneOf(let a, let items, _): [a] + items
    case .groupMean(let value, let within): [value] + within
    case .rowNumber(let within, let order), .rank(let within, let order): within + order.map(\.value)
    case .groupSize(let within): within
    case .runningSum(let value, let within, let order): [value] + within + order.map(\.value)
    }
  }
}
