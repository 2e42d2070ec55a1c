import CivilTime
import Metrics
import Questions

/// What aggregates must share to be computed in one pass over a table.
private struct ReadKey: Hashable {
  var table: String
  var time: ColumnPath?
  var conditions: [Condition]
  var windows: [TimeWindow]
  var overTime: Aggregate.OverTime?
  var overGrain: Grain?

  init(_ key: LeafKey) {
    table = key.aggregate.table
    time = key.time
    conditions = key.conditions
    windows = key.windows
    overTime = key.aggregate.overTime
    overGrain = key.aggregate.overGrain
  }
}

/// A table being read: its joins so far, the group keys, and where time stands.
private struct Reading {
  var scope: TableScope
  var key: ReadKey
  var joins: [PlanJoin] = []
  var conditions: [PlanExpression] = []
  var keys: [PlanOutput] = []
  var period: Period?
  var metric: String
  /// Keeps only the rows of the snapshot days.
  var snapshotJoin: PlanJoin?
}

extension PlanBuilder {
  /// Reads every aggregate of the wanted columns from its own table at the grain of the cut.
  /// - Throws: `Problem`
  mutating func reads(
    _ wanted: [(column: String, formula: ExpandedFormula)], _ cut: Cut, _ columns: inout ColumnNames
  ) throws(Problem) -> [FrameInput] {
    var names: [LeafKey: String] = [:]
    for (column, formula) in wanted {
      if case .leaf(let leaf) = formula, names[leaf.key] == nil { names[leaf.key] = column }
    }
    var order: [ReadKey] = []
    var leaves: [ReadKey: [Leaf]] = [:]
    for leaf in wanted.flatMap(\.formula.leaves) {
      let key = ReadKey(leaf.key)
      if leaves[key] == nil { order.append(key) }
      if leaves[key]?.contains(where: { $0.key == leaf.key }) != true { leaves[key, default: []].append(leaf) }
      if names[leaf.key] == nil { names[leaf.key] = columns.unique(PlanBuilder.columnName(leaf.key.aggregate)) }
    }
    var inputs: [FrameInput] = []
    for key in order { inputs.append(try read(key, leaves[key]!, names, cut)) }
    return inputs
  }

  private mutating func read(
    _ key: ReadKey, _ leaves: [Leaf], _ names: [LeafKey: String], _ cut: Cut
  ) throws(Problem) -> FrameInput {
    var reading = try opened(key, leaves[0].metric, cut)
    let over = try snapshot(&reading, cut)
    var input = FrameInput(step: PlanStep(name: "", sentence: "", operation: .rows([]), columns: []))
    var outputs = reading.keys + (over.map { [$0] } ?? [])
    let shared = sharedCondition(leaves)
    if let shared { reading.conditions.append(try reading.scope.condition(shared)) }
    for leaf in leaves {
      let name = names[leaf.key]!
      input.columns[leaf.key] = name
      if leaf.key.aggregate.condition != nil, shared == nil { input.partial.insert(leaf.key) }
      outputs.append(PlanOutput(name, try aggregate(leaf.key, &reading.scope, filtered: shared == nil)))
    }
    let verbs = leaves.map { Sentence.aggregate($0.key.aggregate) }.joined(separator: ", ")
    input.step = finish(
      reading, outputs, "\(key.table)\(keyName(cut.groups))\(over == nil ? "" : "_\(over!.name)")\(cut.suffix)",
      Sentence.capitalised("\(verbs)\(Sentence.by(cut.groups))\(Sentence.during(reading.period))\(windowText(key))."))
    if let over { input.step = averageOver(input.step, over.name, names.filter { input.columns[$0.key] != nil }, cut) }
    return input
  }

  /// The condition that all aggregates of a pass have, so that it can limit the rows.
  private func sharedCondition(_ leaves: [Leaf]) -> RowCondition? {
    guard let first = leaves[0].key.aggregate.condition else { return nil }
    return leaves.allSatisfy { $0.key.aggregate.condition == first } ? first : nil
  }

  private func windowText(_ key: ReadKey) -> String {
    var text = ""
    if let over = key.overTime { text += ", \(over.rawValue) over \(key.overGrain?.rawValue ?? "day")" }
    for window in key.windows {
      switch window {
      case .rolling(let count, let grain): text += ", rolling \(count) \(grain.rawValue)s"
      case .toDate(let grain): text += ", \(grain.rawValue) to date"
      case .shifted(let count, let grain): text += ", shifted by \(count) \(grain.rawValue)"
      }
    }
    return text
  }

  /// The table with period, conditions and group keys in place.
  private mutating func opened(_ key: ReadKey, _ metric: String, _ cut: Cut) throws(Problem) -> Reading {
    var reading = Reading(
      scope: try TableScope(key.table, metric: metric, dictionary: dictionary), key: key, metric: metric)
    let points = try limitTime(&reading, cut)
    for group in cut.groups {
      reading.keys.append(PlanOutput(group.columnName, try keyValue(group, &reading, points, cut)))
    }
    let context = ConditionContext(time: key.time, rankings: cut.rankings)
    for condition in cut.conditions + key.conditions {
      reading.conditions.append(try reading.scope.condition(condition, context))
    }
    return reading
  }

  private func keyValue(
    _ group: Grouping, _ reading: inout Reading, _ points: PlanStep?, _ cut: Cut
  ) throws(Problem) -> PlanValue {
    switch group {
    case .dimension(let name): return try reading.scope.dimension(name)
    case .part(let part): return try reading.scope.timePart(part, reading.key.time)
    case .time(let grain):
      if let points { return points.value(grain.rawValue) }
      if grain == .hour { try reading.scope.requireMoments(reading.key.time, "hour") }
      return PlanValue(try label(grain, &reading, cut), .text)
    }
  }

  /// The label of the unit a row stands for: its own, or the one its shift sets it against.
  private func label(_ grain: Grain, _ reading: inout Reading, _ cut: Cut) throws(Problem) -> PlanExpression {
    let time = try reading.scope.time(reading.key.time)
    switch cut.shift {
    case nil: return .timeLabel(grain, time, weekStart: weekStart)
    case .days(let days)?:
      return .timeLabel(grain, .moved(time, days: days, months: 0, fromMonthStart: false), weekStart: weekStart)
    case .months(let months)?:
      let whole = grain.months != nil
      return .timeLabel(grain, .moved(time, days: 0, months: months, fromMonthStart: whole), weekStart: weekStart)
    }
  }

  // MARK: Time

  /// Limits the rows to the days that are read; gives the points of time where a window looks beyond its own unit.
  private mutating func limitTime(_ reading: inout Reading, _ cut: Cut) throws(Problem) -> PlanStep? {
    let windows = reading.key.windows
    if !windows.isEmpty, cut.hasTimeGroup { return try pointsJoined(&reading, cut) }
    reading.period = cut.period
    if !windows.isEmpty {
      var period = try closed(cut.period ?? Period(nil, nil), reading)
      for window in windows { period = window.applied(to: period, weekStart: weekStart) }
      reading.period = period
    }
    if let start = reading.period?.start {
      reading.conditions.append(.comparison(try reading.scope.time(reading.key.time), .atLeast, day(start)))
    }
    if let end = reading.period?.end {
      reading.conditions.append(.comparison(try reading.scope.time(reading.key.time), .less, day(end)))
    }
    if cut.timeGroups.contains(.day), case .months(let months)? = cut.shift {
      // 29 February has no day a year later; it must not be counted to 1 March.
      let time = try reading.scope.time(reading.key.time)
      let moved = PlanExpression.moved(time, days: 0, months: months, fromMonthStart: false)
      reading.conditions.append(
        .comparison(.timePart(.dayOfMonth, time), .equal, .timePart(.dayOfMonth, moved)))
    }
    return nil
  }

  private func day(_ day: Day) -> PlanExpression { .literal(.text(day.description)) }

  /// A period with both ends, from the data where it is open.
  private func closed(_ period: Period, _ reading: Reading) throws(Problem) -> Period {
    let extent = coverage.extent(of: [reading.key.table])
    let start = period.start ?? extent?.start
    let end = period.end ?? extent?.end ?? lastDay.adding(days: 1)
    guard let start, start < end else { throw .unsupported("window without period") }
    return Period(start, end)
  }

  /// Joins the table with one row per unit of time and the days its window looks at.
  private mutating func pointsJoined(_ reading: inout Reading, _ cut: Cut) throws(Problem) -> PlanStep {
    let target = try closed(cut.target ?? Period(nil, nil), reading)
    let points = try self.points(target, reading, cut)
    let time = try reading.scope.time(reading.key.time)
    reading.joins.append(
      PlanJoin(
        .inner, .step(points),
        on: [
          .comparison(time, .atLeast, .field(points.name, "first_day")),
          .comparison(time, .less, .field(points.name, "past_day")),
        ]))
    reading.period = target
    return points
  }

  private mutating func points(_ target: Period, _ reading: Reading, _ cut: Cut) throws(Problem) -> PlanStep {
    let grains = cut.timeGroups
    guard let finest = grains.min(), finest > .hour else { throw .unsupported("window by hour") }
    let extent = coverage.extent(of: [reading.key.table])
    let end = min(target.end!, extent?.end ?? target.end!, lastDay.adding(days: 1))
    var rows: [[PlanLiteral]] = []
    var unit = max(target.start!, extent?.start ?? target.start!)
    while unit < end {
      let next = min(CalendarUnits.end(of: finest, unit, weekStart: weekStart), end)
      rows.append(point(Period(unit, next), grains, reading.key.windows, cut.shift))
      if rows.count > 8000 { throw .outOfBudget("points of time") }
      unit = next
    }
    if rows.isEmpty { rows.append(Array(repeating: .null, count: grains.count + 2)) }
    let columns = grains.map { StepColumn($0.rawValue, .text) } + [StepColumn("first_day", .time), StepColumn("past_day", .time)]
    return PlanStep(
      name: names.unique("windows\(cut.suffix)"),
      sentence: "Each \(finest.rawValue) with the days its window looks at.", operation: .rows(rows), columns: columns)
  }

  private func point(
    _ unit: Period, _ grains: [Grain], _ windows: [TimeWindow], _ shift: TimeShift?
  ) -> [PlanLiteral] {
    let labels = grains.map { PlanLiteral.text(CalendarUnits.label($0, unit.start!, weekStart: weekStart)) }
    var period = shift?.back(unit) ?? unit
    for window in windows { period = window.applied(to: period, weekStart: weekStart) }
    return labels + [.text(period.start!.description), .text(period.end!.description)]
  }

  // MARK: Snapshots

  /// Limits the rows to the last or first day of each unit of time, or gives the day as one more key to average over.
  ///
  /// The day is that of the whole table, not of each group, so that groups add up to the total.
  private mutating func snapshot(_ reading: inout Reading, _ cut: Cut) throws(Problem) -> PlanOutput? {
    guard let over = reading.key.overTime else { return nil }
    let grain = reading.key.overGrain ?? .day
    let time = try reading.scope.time(reading.key.time)
    let label = PlanExpression.timeLabel(grain, time, weekStart: weekStart)
    if over == .average { return PlanOutput("each_\(grain.rawValue)", PlanValue(label, .text)) }
    let days = try snapshotDays(reading, label, over, cut)
    var on = [PlanExpression.comparison(label, .equal, .field(days.name, "snapshot"))]
    for key in timeKeys(reading, cut) { on.append(.same(key.value.expression, .field(days.name, key.name))) }
    reading.snapshotJoin = PlanJoin(.inner, .step(days), on: on)
    return nil
  }

  private func timeKeys(_ reading: Reading, _ cut: Cut) -> [PlanOutput] {
    zip(cut.groups, reading.keys).filter { if case .dimension = $0.0 { false } else { true } }.map(\.1)
  }

  private mutating func snapshotDays(
    _ reading: Reading, _ label: PlanExpression, _ over: Aggregate.OverTime, _ cut: Cut
  ) throws(Problem) -> PlanStep {
    var bare = cut
    bare.conditions = []
    bare.rankings = [:]
    bare.groups = cut.groups.filter { if case .dimension = $0 { false } else { true } }
    var key = reading.key
    key.conditions = []
    var inner = Reading(
      scope: try TableScope(key.table, metric: reading.metric, dictionary: dictionary), key: key, metric: reading.metric)
    let points = reading.joins.compactMap { if case .step(let step) = $0.relation { step } else { nil } }.first
    _ = try inner.scope.time(key.time)
    inner.joins = reading.joins
    inner.conditions = timeConditions(reading)
    for group in bare.groups { inner.keys.append(PlanOutput(group.columnName, try keyValue(group, &inner, points, bare))) }
    let edge = PlanExpression.aggregate(over == .last ? .maximum : .minimum, label, filter: nil)
    return finish(
      inner, inner.keys + [PlanOutput("snapshot", PlanValue(edge, .text))],
      "\(over.rawValue)_day_of_\(key.table)\(cut.suffix)",
      "The \(over.rawValue) \((key.overGrain ?? .day).rawValue) of \(key.table)\(Sentence.by(bare.groups))\(Sentence.during(reading.period)).",
      counted: false)
  }

  /// The conditions on days alone, which come first.
  private func timeConditions(_ reading: Reading) -> [PlanExpression] {
    let count = (reading.period?.start == nil ? 0 : 1) + (reading.period?.end == nil ? 0 : 1)
    return reading.joins.isEmpty ? Array(reading.conditions.prefix(count)) : []
  }

  /// The mean of the sums of each day.
  private mutating func averageOver(
    _ inner: PlanStep, _ over: String, _ columns: [LeafKey: String], _ cut: Cut
  ) -> PlanStep {
    var outputs = cut.groups.map { PlanOutput($0.columnName, inner.value($0.columnName)) }
    for column in inner.columns where columns.values.contains(column.name) {
      let mean = PlanExpression.aggregate(.average, inner.value(column.name).plain.expression, filter: nil)
      outputs.append(PlanOutput(column.name, PlanValue(mean, .real)))
    }
    return step(
      "\(inner.name)_averaged", "Average over \(over.replacing("_", with: " "))\(Sentence.by(cut.groups)).",
      PlanSelect(columns: outputs, source: .step(inner), groupedBy: cut.groups.count))
  }

  // MARK: Aggregates

  private func aggregate(
    _ key: LeafKey, _ scope: inout TableScope, filtered: Bool
  ) throws(Problem) -> PlanValue {
    let aggregate = key.aggregate
    var filter: PlanExpression?
    if filtered, let condition = aggregate.condition { filter = try scope.condition(condition) }
    if let follow = key.follow { filter = try followed(follow, key, &scope) }
    guard let argument = aggregate.argument else {
      return PlanValue(.aggregate(aggregate.function, nil, filter: filter), .number(scale: 0))
    }
    let value = try scope.value(argument)
    let function = aggregate.overTime == nil ? aggregate.function : .sum
    switch function {
    case .count, .countDistinct:
      return PlanValue(.aggregate(function, value.expression, filter: filter), .number(scale: 0))
    case .sum, .minimum, .maximum:
      return PlanValue(.aggregate(function, value.expression, filter: filter), value.type)
    case .average, .median, .percentile, .standardDeviation:
      let computed = PlanValue(.aggregate(function, value.expression, filter: filter), value.type.scale == nil ? .real : value.type)
      return PlanValue(descaled(computed), .real)
    }
  }

  /// A mean of scaled integers, as the number it stands for.
  private func descaled(_ value: PlanValue) -> PlanExpression {
    guard let scale = value.type.scale, scale > 0 else { return value.expression }
    return .quotient(value.expression, .constant(PlanValue.integerPower(scale)))
  }

  /// Whether the same subject did the other thing in time.
  private func followed(_ follow: Follow, _ key: LeafKey, _ scope: inout TableScope) throws(Problem) -> PlanExpression {
    guard let table = dictionary.schema[follow.to.head], let column = table.column(follow.to.column),
      let path = table.time, path.parts.count == 2, let time = table.column(path.column),
      case .column(let from)? = key.aggregate.argument, follow.grain.months == nil, follow.grain != .hour
    else { throw .unsupported("convert") }
    let alias = "later"
    let days = follow.within * (follow.grain == .week ? 7 : 1) + 1
    let start = try scope.time(key.time)
    let later = PlanExpression.field(alias, time.physicalName)
    return .exists(
      table: table.name, alias: alias,
      .all([
        .comparison(.field(alias, column.physicalName), .equal, try scope.column(from).expression),
        .comparison(later, .atLeast, start),
        .comparison(later, .less, .moved(start, days: days, months: 0, fromMonthStart: false)),
      ]))
  }

  // MARK: Finishing

  private mutating func finish(
    _ reading: Reading, _ outputs: [PlanOutput], _ name: String, _ sentence: String, counted: Bool = true
  ) -> PlanStep {
    let table = reading.scope.table.name
    let joins = reading.scope.joins + reading.joins + (reading.snapshotJoin.map { [$0] } ?? [])
    let keys = outputs.prefix { output in !isAggregate(output) }.count
    let result = step(
      name, sentence,
      PlanSelect(
        columns: outputs, source: .table(table, alias: table), joins: joins, conditions: reading.conditions,
        groupedBy: keys))
    if counted { sources.append(PlanSource(table: table, step: result.name)) }
    return result
  }

  private func isAggregate(_ output: PlanOutput) -> Bool {
    switch output.value.expression {
    case .aggregate: true
    case .quotient(.aggregate, _): true
    default: false
    }
  }
}
