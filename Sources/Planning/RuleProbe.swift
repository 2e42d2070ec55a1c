import Metrics
import Questions

/// Small plans that look whether rows keep to the rules of their table.
package enum RuleProbe {
  /// `r0`, `r1` …: for each row whether it keeps to each rule: 1, 0, or null where the rule says nothing of it.
  ///
  /// Only rules that one row can be asked about: references and agreements without totals.
  /// - Throws: `Problem.unreachable`, `Problem.conflicting`
  package static func rows(_ rules: [TableRule], of table: Table, in dictionary: MetricDictionary) throws(Problem) -> PlanStep {
    var scope = try TableScope(table.name, metric: table.name, dictionary: dictionary)
    var outputs: [PlanOutput] = []
    for (index, rule) in rules.enumerated() {
      outputs.append(PlanOutput("r\(index)", PlanValue(try holds(rule, &scope), .number(scale: 0))))
    }
    return step(PlanSelect(columns: outputs, source: .table(table.name, alias: table.name), joins: scope.joins))
  }

  /// `checked`, `broken`: how many rows a rule says anything of, and how many break it.
  /// - Throws: `Problem.unreachable`, `Problem.conflicting`
  package static func count(_ rule: TableRule, of table: Table, in dictionary: MetricDictionary) throws(Problem) -> PlanStep {
    var scope = try TableScope(table.name, metric: table.name, dictionary: dictionary)
    let holds = try holds(rule, &scope)
    func output(_ name: String, _ argument: PlanExpression?, _ filter: PlanExpression?) -> PlanOutput {
      PlanOutput(name, PlanValue(.aggregate(.count, argument, filter: filter), .number(scale: 0)))
    }
    return step(
      PlanSelect(
        columns: [output("checked", holds, nil), output("broken", nil, .comparison(holds, .equal, .constant(0)))],
        source: .table(table.name, alias: table.name), joins: scope.joins, groupedBy: 0))
  }

  private static func step(_ select: PlanSelect) -> PlanStep {
    PlanStep(name: "rules", note: .none, operation: .select(select), columns: select.columns.map { StepColumn($0.name, $0.value.type) })
  }

  private static func holds(_ rule: TableRule, _ scope: inout TableScope) throws(Problem) -> PlanExpression {
    switch rule.kind {
    case .agreement(let condition, let totals):
      for (index, total) in totals.enumerated() { try join(total, index, &scope) }
      return try scope.condition(byDays(condition, scope))
    case .reference(let here, let other, let there):
      guard let target = scope.dictionary.schema[other] else { throw .unsupported("table \(other)") }
      var (values, same): ([PlanExpression], [PlanExpression]) = ([], [])
      let alias = "_\(other)"
      for (a, b) in zip(here, there) {
        let value = try scope.column(ColumnPath([scope.table.name, a])).expression
        values.append(value)
        same.append(.comparison(.field(alias, target.column(b)?.physicalName ?? b), .equal, value))
      }
      // A reference without a value says nothing, so it is neither kept nor broken.
      let empty = PlanBranch(.any(values.map { .missing($0, negated: false) }), .literal(.null))
      let found = PlanBranch(.exists(table: other, alias: alias, .all(same)), .constant(1))
      return .choice([empty, found], otherwise: .constant(0))
    case .unique, .distinctRows: throw .unsupported("rule of several rows")
    }
  }

  /// A day is compared with a moment by the moment's day: one sold and sent back on the same day is sent back no earlier.
  private static func byDays(_ condition: RowCondition, _ scope: TableScope) -> RowCondition {
    switch condition {
    case .comparison(.column(let a), let comparator, .column(let b)):
      let types = [a, b].map { try? scope.declaredType($0) }
      if types == [.date, .timestamp] { return .comparison(.column(a), comparator, .unit(.day, .column(b))) }
      if types == [.timestamp, .date] { return .comparison(.unit(.day, .column(a)), comparator, .column(b)) }
      return condition
    case .all(let parts): return .all(parts.map { byDays($0, scope) })
    case .any(let parts): return .any(parts.map { byDays($0, scope) })
    case .not(let inner): return .not(byDays(inner, scope))
    default: return condition
    }
  }

  /// The total of the rows that join to each row; of none it is zero.
  private static func join(_ total: RowTotal, _ index: Int, _ scope: inout TableScope) throws(Problem) {
    let dictionary = scope.dictionary
    guard let lines = dictionary.schema[total.table], let join = lines.join(total.role) else { throw .unsupported("table \(total.table)") }
    var inner = try TableScope(lines.name, metric: lines.name, dictionary: dictionary)
    var (outputs, on): ([PlanOutput], [PlanExpression]) = ([], [])
    let name = "_total_\(index)"
    for (number, pair) in join.on.enumerated() {
      outputs.append(PlanOutput("key_\(number)", try inner.column(ColumnPath([lines.name, pair.here]))))
      on.append(.comparison(.field(name, "key_\(number)"), .equal, try scope.column(ColumnPath([scope.table.name, pair.there])).expression))
    }
    var type = PlanType.number(scale: 0)
    var sum = PlanExpression.aggregate(.count, nil, filter: nil)
    if let argument = total.argument {
      let value = try inner.value(argument)
      type = value.type
      sum = .aggregate(.sum, value.expression, filter: nil)
    }
    outputs.append(PlanOutput("total", PlanValue(sum, type)))
    let select = PlanSelect(columns: outputs, source: .table(lines.name, alias: lines.name), joins: inner.joins, groupedBy: on.count)
    let step = PlanStep(name: name, note: .none, operation: .select(select), columns: outputs.map { StepColumn($0.name, $0.value.type) })
    let value = PlanValue(.coalesce([.field(name, "total"), .constant(0)]), type)
    scope.state(RowTotal.path(index), as: value, by: PlanJoin(.left, .step(step), on: on))
  }
}
