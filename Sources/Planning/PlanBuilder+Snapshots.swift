import CivilTime
import Metrics
import Questions

/// Reading snapshots: the last or first day of each unit, or the mean over days.
extension PlanBuilder {
  // MARK: Snapshots

  /// Limits the rows to the last or first day of each unit of time, or gives the day as one more key to average over.
  ///
  /// The day is that of the whole table, not of each group, so that groups add up to the total; with `per` it is each one's own,
  /// among the rows that are read.
  mutating func snapshot(_ reading: inout TableReading, _ cut: Cut) throws(Problem) -> PlanOutput? {
    guard let over = reading.key.overTime else { return nil }
    let grain = reading.key.overGrain ?? .day
    let time = try reading.scope.time(reading.key.time)
    let label = PlanExpression.timeLabel(grain, time, weekStart: weekStart)
    if over == .average {
      // A row without a day is of no day.
      reading.conditions.append(.missing(time, negated: true))
      return PlanOutput("each_\(grain.rawValue)", PlanValue(label, .text))
    }
    let days = try snapshotDays(reading, label, over, cut)
    var on = [PlanExpression.comparison(label, .equal, .field(days.name, "snapshot"))]
    for key in timeKeys(reading, cut) { on.append(.same(key.value.expression, .field(days.name, key.name))) }
    if let per = reading.key.overPer { on.append(.same(try reading.scope.value(per).expression, .field(days.name, "owner"))) }
    reading.snapshotJoin = PlanJoin(.inner, .step(days), on: on)
    return nil
  }

  func timeKeys(_ reading: TableReading, _ cut: Cut) -> [PlanOutput] {
    zip(cut.groups, reading.keys).filter { $0.0.dimension == nil }.map(\.1)
  }

  mutating func snapshotDays(
    _ reading: TableReading, _ label: PlanExpression, _ over: Aggregate.OverTime, _ cut: Cut
  ) throws(Problem) -> PlanStep {
    var bare = cut
    bare.conditions = []
    bare.rankings = [:]
    bare.groups = cut.groups.filter { $0.dimension == nil }
    var key = reading.key
    key.conditions = []
    var inner = TableReading(
      scope: try TableScope(key.table, metric: reading.metric, dictionary: dictionary), key: key, metric: reading.metric)
    if reading.key.overPer != nil { inner.scope = reading.scope }
    let points = reading.joins.compactMap { if case .step(let step) = $0.relation { step } else { nil } }.first
    _ = try inner.scope.time(key.time)
    inner.joins = reading.joins
    inner.conditions = reading.key.overPer == nil ? timeConditions(reading) : reading.conditions
    for group in bare.groups { inner.keys.append(PlanOutput(group.columnName, try keyValue(group, &inner, points, bare))) }
    if let per = reading.key.overPer { inner.keys.append(PlanOutput("owner", try inner.scope.value(per))) }
    let edge = PlanExpression.aggregate(over == .last ? .maximum : .minimum, label, filter: nil)
    return finish(
      inner, inner.keys + [PlanOutput("snapshot", PlanValue(edge, .text))],
      "\(over.rawValue)_day_of_\(key.table)\(cut.suffix)",
      .edge(over, key.overGrain ?? .day, table: key.table, by: bare.groups, during: reading.period),
      counted: false)
  }

  /// The conditions on days alone, which come first.
  func timeConditions(_ reading: TableReading) -> [PlanExpression] {
    let count = (reading.period?.start == nil ? 0 : 1) + (reading.period?.end == nil ? 0 : 1) + (reading.stretches.isEmpty ? 0 : 1)
    return reading.joins.isEmpty ? Array(reading.conditions.prefix(count)) : []
  }

  /// The mean of the sums of each day.
  mutating func averageOver(
    _ inner: PlanStep, _ over: String, _ columns: [LeafKey: String], _ cut: Cut
  ) -> PlanStep {
    var outputs = cut.groups.map { PlanOutput($0.columnName, inner.value($0.columnName)) }
    for column in inner.columns where columns.values.contains(column.name) {
      let mean = PlanExpression.aggregate(.average, inner.value(column.name).plain.expression, filter: nil)
      outputs.append(PlanOutput(column.name, PlanValue(mean, .real)))
    }
    return step(
      "\(inner.name)_averaged", .averageOver(over, by: cut.groups),
      PlanSelect(columns: outputs, source: .step(inner), groupedBy: cut.groups.count))
  }
}
