import CivilTime
import Metrics

/// Answers a select from one rollup, or says that it cannot.
///
/// A cell stands for all its rows, so whatever the select looks at must be the same for all of them: a key of the rollup, a unit
/// of time that its unit lies in, or a filter that a measure of the rollup has built in. What is doubtful is not served.
struct RollupServing {
  let match: RollupMatch
  let rollup: Rollup

  private var base: RollupBase { match.base }
  private func column(_ name: String) -> PlanExpression { .field(rollup.table, name) }
  private var period: PlanExpression { column(RollupBase.period) }

  func reading(_ select: PlanSelect) -> RollupReading? {
    var tests: [PlanExpression] = []
    var left: [PlanExpression] = []
    for condition in match.conditions {
      if let test = served(condition) { tests.append(test) } else { left.append(condition) }
    }
    var joins: [PlanJoin] = []
    for join in select.joins {
      guard case .step = join.relation else { continue }
      let on = join.on.compactMap { match.renamed($0).flatMap(served) }
      guard on.count == join.on.count else { return nil }
      joins.append(PlanJoin(join.kind, join.relation, on: on))
    }
    // The filter that stands for all that is left; the rows that meet it make the groups.
    for index in base.filters.indices {
      let filter = base.filters[index]
      guard left.allSatisfy(filter.contains), filter.allSatisfy(match.conditions.contains), let rows = measure(.rows, nil, index) else { continue }
      var outputs: [PlanOutput] = []
      for output in select.columns {
        guard let value = match.renamed(output: output.value.expression).flatMap({ computed($0, left) }) else { break }
        outputs.append(PlanOutput(output.name, PlanValue(value, output.value.type)))
      }
      guard outputs.count == select.columns.count else { continue }
      let some = index == 0 ? [] : [PlanExpression.comparison(rows, .greater, .constant(0))]
      var own = PlanSelect(
        columns: outputs, source: .table(rollup.table, alias: rollup.table), joins: joins, conditions: tests + some, groupedBy: select.groupedBy)
      let reading = own
      own.columns = [PlanOutput("row_count", PlanValue(total(rows, nil), .number(scale: 0)))]
      own.groupedBy = 0
      own.joins = joins.filter { join in
        join.kind != .left || (tests + joins.filter { $0 != join }.flatMap(\.on)).contains { $0.aliases.contains(join.relation.alias) }
      }
      return RollupReading(rollup: rollup.name, select: reading, rowCount: own)
    }
    return nil
  }

  // MARK: Columns

  /// An output in terms of the rollup; `left` are the conditions that no key serves.
  private func computed(_ expression: PlanExpression, _ left: [PlanExpression]) -> PlanExpression? {
    switch expression {
    case .aggregate(let function, let argument, let filter): return aggregated(function, argument, filter?.conjuncts ?? [], left)
    case .quotient(.aggregate(let function, let argument, let filter), .constant(let divisor)):
      return aggregated(function, argument, filter?.conjuncts ?? [], left).map { .quotient($0, .constant(divisor)) }
    default: return served(expression)
    }
  }

  private func aggregated(
    _ function: Aggregate.Function, _ argument: PlanExpression?, _ filter: [PlanExpression], _ left: [PlanExpression]
  ) -> PlanExpression? {
    for index in base.filters.indices {
      let own = base.filters[index]
      // Every row that the measure has is one that the select reads, and the other way round.
      guard own.allSatisfy({ match.conditions.contains($0) || filter.contains($0) }),
        left.allSatisfy({ own.contains($0) || $0.isImplied(by: own) })
      else { continue }
      var rest: [PlanExpression] = []
      for test in filter where !own.contains(test) {
        guard let test = served(test) else { break }
        rest.append(test)
      }
      guard rest.count == filter.filter({ !own.contains($0) }).count else { continue }
      let test: PlanExpression? = rest.isEmpty ? nil : .all(rest)
      if let value = value(function, argument, index, test) { return value }
    }
    return nil
  }

  private func value(_ function: Aggregate.Function, _ argument: PlanExpression?, _ filter: Int, _ test: PlanExpression?) -> PlanExpression? {
    func of(_ kind: RollupBase.Measure.Kind, _ function: Aggregate.Function) -> PlanExpression? {
      measure(kind, argument, filter).map { .aggregate(function, $0, filter: test) }
    }
    switch function {
    case .count: return measure(argument == nil ? .rows : .count, argument, filter).map { total($0, test) }
    case .sum: return of(.sum, .sum)
    case .minimum: return of(.least, .minimum)
    case .maximum: return of(.greatest, .maximum)
    case .countDistinct: return measure(.members, argument, filter).map { .memberCount($0, filter: test) }
    case .average:
      guard let place = place(.sum, argument, filter), rollup.exactMeans.contains(place), let sum = of(.sum, .sum), let count = of(.count, .sum)
      else { return nil }
      return .quotient(sum, count)
    case .median, .standardDeviation, .percentile, .discretePercentile: return nil
    }
  }

  /// A sum of counts is zero where there is no cell.
  private func total(_ count: PlanExpression, _ test: PlanExpression?) -> PlanExpression {
    .coalesce([.aggregate(.sum, count, filter: test), .constant(0)])
  }

  private func place(_ kind: RollupBase.Measure.Kind, _ argument: PlanExpression?, _ filter: Int) -> Int? {
    base.measures.firstIndex { $0.kind == kind && $0.argument == argument && $0.filter == filter }
  }

  private func measure(_ kind: RollupBase.Measure.Kind, _ argument: PlanExpression?, _ filter: Int) -> PlanExpression? {
    guard let place = place(kind, argument, filter), rollup.measures.contains(place) else { return nil }
    return column(base.measures[place].column)
  }

  // MARK: Expressions that are the same for all rows of a cell

  private func served(_ expression: PlanExpression) -> PlanExpression? {
    if let key = rollup.keys.first(where: { base.keys[$0].value.expression == expression }) { return column(base.keys[key].name) }
    switch expression {
    case .literal, .constant: return expression
    case .field(let alias, _):
      if match.steps[alias] != nil { return expression }
      return expression == base.moment && base.isDay && rollup.grain == .day ? period : nil
    case .missing(base.moment, let negated): return .missing(period, negated: negated)
    case .timeLabel(let grain, let time, let weekStart):
      if grain != .hour, let time = unit(time, grain) { return .timeLabel(grain, time, weekStart: weekStart) }
    case .timePart(let part, let time):
      if rollup.grain == .day ? part != .hourOfDay : [.monthOfYear, .quarterOfYear].contains(part), let time = unit(time, .month) {
        return .timePart(part, time)
      }
    case .comparison(base.moment, let comparator, let bound) where [.atLeast, .less].contains(comparator):
      if startsUnit(bound) { return .comparison(period, comparator, bound) }
    case .mean: return expression
    case .aggregate, .memberCount, .exists, .count: return nil
    default: break
    }
    return expression.rebuilt { served($0) }
  }

  /// The moment of the rows, or a moment that many months or days away, by the unit of the rollup; what is asked of it must not
  /// tell the days of a month apart where the rollup has only months.
  private func unit(_ time: PlanExpression, _ grain: Grain) -> PlanExpression? {
    if rollup.grain == .month, grain.months == nil { return nil }
    if time == base.moment { return period }
    guard case .moved(base.moment, let days, let months, let fromStart) = time else { return nil }
    if rollup.grain == .month, days != 0 || !fromStart { return nil }
    return .moved(period, days: days, months: months, fromMonthStart: fromStart)
  }

  /// Whether a bound is where a unit of the rollup begins, so that all of a cell lies on one side of it.
  private func startsUnit(_ bound: PlanExpression) -> Bool {
    switch bound {
    case .literal(let literal): return startsUnit(literal)
    case .field(let alias, let column):
      guard let step = match.steps[alias], case .rows(let rows) = step.operation, let place = step.columns.firstIndex(where: { $0.name == column })
      else { return false }
      return rows.allSatisfy { $0[place] == .null || startsUnit($0[place]) }
    default: return false
    }
  }

  private func startsUnit(_ literal: PlanLiteral) -> Bool {
    guard case .text(let text) = literal, text.utf8.count == 10, let day = Day(iso: text) else { return false }
    return rollup.grain == .day || day.dayOfMonth == 1
  }
}

extension PlanExpression {
  /// Whether an alternative holds wherever some conditions do, because one of its sides is among them.
  fileprivate func isImplied(by conditions: [PlanExpression]) -> Bool {
    guard case .any(let sides) = self else { return false }
    return sides.contains { $0.conjuncts.allSatisfy(conditions.contains) }
  }
}

extension RollupMatch {
  /// The same of an output, whose aggregates have a filter of their own.
  func renamed(output expression: PlanExpression) -> PlanExpression? {
    switch expression {
    case .aggregate(let function, let argument, let filter):
      let own = argument.flatMap { renamed($0) }, test = filter.flatMap { renamed($0) }
      if (own == nil) != (argument == nil) || (test == nil) != (filter == nil) { return nil }
      return .aggregate(function, own, filter: test)
    case .quotient(let aggregate, .constant(let divisor)):
      return renamed(output: aggregate).map { .quotient($0, .constant(divisor)) }
    default: return renamed(expression)
    }
  }
}
