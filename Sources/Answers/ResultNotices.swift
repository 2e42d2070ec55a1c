import Metrics
import Planning
import Questions
import Tables

/// What only the rows can tell: quotients without a value because their divisor is zero, growth without a base.
struct ResultNotices {
  private let plan: Plan
  private let result: ResultTable
  private let dictionary: MetricDictionary

  init(plan: Plan, result: ResultTable, dictionary: MetricDictionary) {
    self.plan = plan
    self.result = result
    self.dictionary = dictionary
  }

  /// One notice per measure and kind, in column order.
  var notices: [Notice] {
    absent
      + plan.columns.compactMap { column in
        switch column.role {
        case .value(let measure): dividedByZero(measure, column)
        case .growth(let measure): withoutBase(measure, column)
        case .units(.empty, let measure): foldedOverAll(measure, column)
        case .units(.all, _), .group, .base, .change, .share, .whole, .input, .multiple, .further, .test, .count, .run, .place, .runningShare, .end: nil
        }
      }
  }

  /// Of values that were named one by one, those without a row: the others alone do not say that there was nothing to find.
  private var absent: [Notice] {
    let question = plan.question
    guard !result.rows.isEmpty, question.ranking == nil, question.thresholds.isEmpty, !question.isCounted else { return [] }
    return question.conditions.compactMap { condition in
      guard case .oneOf(.dimension(let name), let values, negated: false) = condition, question.groups.contains(.dimension(name)),
        let cells = cells(where: { $0 == .group(.dimension(name)) })
      else { return nil }
      let found = Set(cells.map { if case .boolean(let holds) = $0 { holds ? "1" : "0" } else { $0.plainText } })
      let missing = values.map(\.plainText).filter { !found.contains($0) }
      return missing.isEmpty || missing.count == values.count ? nil : .absentMembers(dimension: name, values: missing)
    }
  }

  private func dividedByZero(_ measure: Measure, _ column: PlanColumn) -> Notice? {
    guard measure.isPlain, case .binary(.dividedBy, _, let divisor)? = dictionary.metric(measure.metric)?.formula,
      let values = cells(column.name),
      let divisors = cells(where: { $0 == .input(FormulaInput(of: measure, formula: divisor)) })
    else { return nil }
    let rows = zip(values, divisors).filter { $0.isNull && $1.number == 0 }.count
    return rows > 0 ? .divisionByZero(metric: measure.metric, rows: rows) : nil
  }

  private func foldedOverAll(_ measure: Measure, _ column: PlanColumn) -> Notice? {
    guard let fold = measure.fold, let empty = cells(column.name), let all = cells(where: { $0 == .units(.all, measure) }) else { return nil }
    let groups = zip(empty, all).map { (empty: Int($0.number ?? 0), all: Int($1.number ?? 0)) }.filter { $0.empty > 0 }
    guard let most = groups.max(by: { $0.empty < $1.empty }) else { return nil }
    return .foldedOverAll(fold.over, units: most.all, empty: most.empty, groups: result.rows.count == 1 ? 0 : groups.count)
  }

  private func withoutBase(_ measure: Measure, _ column: PlanColumn) -> Notice? {
    guard let growth = cells(column.name), let values = cells(where: { $0 == .value(measure) }) else { return nil }
    let rows = zip(growth, values).filter { $0.isNull && !$1.isNull }.count
    return rows > 0 ? .noBase(metric: measure.metric, rows: rows) : nil
  }

  private func cells(where fits: (PlanColumn.Role) -> Bool) -> [Cell]? {
    plan.columns.first { fits($0.role) }.flatMap { cells($0.name) }
  }

  private func cells(_ name: String) -> [Cell]? {
    result.index(of: name).map { place in result.rows.map { $0[place] } }
  }
}
