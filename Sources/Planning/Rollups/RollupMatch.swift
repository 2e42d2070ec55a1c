import Metrics

/// A select set against what can be summed up of its table: which of its joins are which of ours.
struct RollupMatch {
  let base: RollupBase
  /// What the select calls a joined table, by what the base calls it.
  private let names: [String: String]
  /// The steps that it joins.
  let steps: [String: PlanStep]
  /// Everything that must hold of a row, in the base's names.
  let conditions: [PlanExpression]

  /// Nil where a join is of a kind that rollups do not know.
  init?(_ select: PlanSelect, _ base: RollupBase) {
    self.base = base
    var names = [base.table: base.table]
    var steps: [String: PlanStep] = [:]
    for join in select.joins {
      switch join.relation {
      case .step(let step): steps[step.name] = step
      case .table(let table, let alias):
        guard join.kind == .left else { return nil }
        let same = base.joins.first { other in
          guard case .table(table, let theirs) = other.relation else { return false }
          var trial = names
          trial[alias] = theirs
          return join.on.map { $0.renamed(trial) } == other.on
        }
        // A join of another kind is there for nothing that a rollup has; it cannot multiply rows, so it may be left out.
        names[alias] = same?.relation.alias ?? "?\(alias)"
      }
    }
    let taken = Set(base.joins.map(\.relation.alias) + [base.table])
    if steps.keys.contains(where: taken.contains) { return nil }
    self.names = names
    self.steps = steps
    var conditions: [PlanExpression] = []
    for condition in select.conditions.flatMap(\.conjuncts) {
      guard let condition = condition.renamed(names) else { return nil }
      conditions.append(condition)
    }
    self.conditions = conditions
  }

  /// The expression in the base's names.
  func renamed(_ expression: PlanExpression) -> PlanExpression? { expression.renamed(names) }
}

extension PlanExpression {
  /// With other names for the relations that its columns are of.
  func renamed(_ names: [String: String]) -> PlanExpression? {
    if case .field(let alias, let column) = self { return .field(names[alias] ?? alias, column) }
    return rebuilt { $0.renamed(names) }
  }
}
