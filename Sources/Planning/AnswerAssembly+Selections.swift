import CivilTime
import Metrics
import Questions

// Members that a question of their own decides, and totals that run through time.
extension AnswerAssembly {
  /// The members that an inner question answers with, as a step of its own: under the outer question's period and conditions
  /// where it has none of its own.
  mutating func selection(_ inner: Question, of dimension: String) throws(Problem) -> PlanStep {
    var asked = inner
    let ownFields = Set(inner.conditions.compactMap(\.field))
    // Working days of the outer period are no matter of an inner one.
    let outerDays = inner.period == nil ? nil : self.periods.resolved?.only.map { Condition.comparison(.part($0.part), .equal, .number(1)) }
    asked.conditions += question.conditions.filter { condition in
      condition != outerDays && amongs([condition]).isEmpty && condition.field.map { !ownFields.contains($0) } ?? true
    }
    asked.groups = [.dimension(dimension)]
    if asked.period == nil { asked.period = question.period }
    // Also for what it refuses: a decision by monthly targets needs whole months.
    let own = try planPeriods(asked)
    let periods = asked.period == question.period && asked.comparison == nil
      ? PlannedPeriods(resolved: self.periods.resolved, this: self.periods.this) : own
    if let only = periods.resolved?.only { asked.conditions.append(.comparison(.part(only.part), .equal, .number(1))) }
    let hidden = Planner.measuresNamed(by: asked).filter { !asked.measures.contains($0) }
    let outer = builder.sources
    var assembly = AnswerAssembly(
      question: asked, periods: periods, hidden: hidden, planPeriods: planPeriods, builder: builder)
    let step = try assembly.build()
    builder = assembly.builder
    // What decides is no source of the numbers shown.
    builder.sources = outer
    return step
  }

  /// The value of the member that a threshold names, or of all groups together, over all its rows.
  mutating func readBound(_ threshold: Threshold, _ cut: Cut) throws(Problem) {
    guard boundFrames[threshold] == nil else { return }
    var other = cut
    other.groups = []
    switch threshold.bound {
    case .member(let name, let value):
      guard question.groups == [.dimension(name)] else { throw .unsupported("bound of another kind") }
      other.conditions.append(.comparison(.dimension(name), .equal, value))
    case .overall: break
    case .number, .average, .averageWithin: return
    }
    other.suffix = "_bound"
    let sources = builder.sources
    boundFrames[threshold] = try builder.frame([measure(threshold.quantity.metric)], other)
    builder.sources = sources
  }

  /// Puts running totals in place of the values of the single units of time.
  mutating func addUp() {
    let running = question.measures.filter(\.isRunning)
    if running.isEmpty { return }
    let times = question.groups.filter(\.isTime)
    let outer = question.groups.filter { !$0.isTime }.map { rows.value($0.columnName).expression }
    let order = groupOrders(times)
    let summed = Dictionary(uniqueKeysWithValues: running.compactMap { measure in values[measure].map { (columnName($0), $0) } })
    let outputs = rows.columns.map { column -> PlanOutput in
      let value = rows.value(column.name)
      guard summed[column.name] != nil else { return PlanOutput(column.name, value) }
      return PlanOutput(
        column.name, PlanValue(.runningSum(value.expression, within: outer, order: order), value.type))
    }
    replaceRows(PlanSelect(columns: outputs, source: .step(rows)), "running", .addUpBefore)
  }

  func columnName(_ value: PlanValue) -> String {
    if case .field(_, let column) = value.expression { column } else { "" }
  }
}

extension Ranking {
  /// Whether a limit alone keeps its rows.
  package var isOneCut: Bool { within.isEmpty && kind != .percent && kind != .timeEnds && skip == 0 }
}
