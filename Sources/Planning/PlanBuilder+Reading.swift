import CivilTime
import Metrics
import Questions

/// What aggregates must share to be computed in one pass over a table.
struct ReadKey: Hashable {
  var table: String
  var time: ColumnPath?
  var conditions: [Condition]
  var windows: [TimeWindow]
  var overUnits: Metric.OverUnits
  var overTime: Aggregate.OverTime?
  var overGrain: Grain?
  var overPer: RowExpression?

  init(_ key: LeafKey) {
    table = key.aggregate.table
    time = key.time
    conditions = key.conditions
    windows = key.windows
    overUnits = key.overUnits
    overTime = key.aggregate.overTime
    overGrain = key.aggregate.overGrain
    overPer = key.aggregate.overPer
  }
}

/// A table being read: its joins so far, the group keys, and where time stands.
struct TableReading {
  var scope: TableScope
  var key: ReadKey
  var joins: [PlanJoin] = []
  var conditions: [PlanExpression] = []
  var keys: [PlanOutput] = []
  var period: Period?
  var stretches: [Period] = []
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

  mutating func read(
    _ key: ReadKey, _ leaves: [Leaf], _ names: [LeafKey: String], _ cut: Cut
  ) throws(Problem) -> FrameInput {
    if key.overUnits != .last, isCoarse(cut) { return try readByDay(key, leaves, names, cut) }
    var reading = try opened(key, leaves[0].metric, cut)
    let shared = sharedCondition(leaves)
    // Everyone's own last day is that of the rows that count.
    if let shared, key.overPer != nil { reading.conditions.append(try reading.scope.condition(shared)) }
    let over = try snapshot(&reading, cut)
    var input = FrameInput(step: PlanStep(name: "", note: .none, operation: .rows([]), columns: []))
    var outputs = reading.keys + (over.map { [$0] } ?? [])
    if let shared, key.overPer == nil { reading.conditions.append(try reading.scope.condition(shared)) }
    if shared == nil, let any = try anyCondition(leaves, &reading.scope) { reading.conditions.append(any) }
    for leaf in leaves {
      let name = names[leaf.key]!
      input.columns[leaf.key] = name
      if leaf.key.aggregate.condition != nil, shared == nil { input.partial.insert(leaf.key) }
      outputs.append(PlanOutput(name, try aggregate(leaf.key, &reading.scope, filtered: shared == nil)))
    }
    input.step = finish(
      reading, outputs, "\(key.table)\(keyName(cut.groups))\(over == nil ? "" : "_\(over!.name)")\(cut.suffix)",
      .aggregates(leaves.map(\.key.aggregate), by: cut.groups, during: reading.period, stretches: reading.stretches, windows: windows(key)))
    if let over { input.step = averageOver(input.step, over.name, names.filter { input.columns[$0.key] != nil }, cut) }
    return input
  }

  /// The condition that all aggregates of a pass have, so that it can limit the rows.
  func sharedCondition(_ leaves: [Leaf]) -> RowCondition? {
    guard let first = leaves[0].key.aggregate.condition else { return nil }
    return leaves.allSatisfy { $0.key.aggregate.condition == first } ? first : nil
  }

  /// Where every aggregate has a condition of its own, the rows that meet one of them: others make no group.
  func anyCondition(_ leaves: [Leaf], _ scope: inout TableScope) throws(Problem) -> PlanExpression? {
    var tests: [PlanExpression] = []
    for leaf in leaves {
      guard let condition = leaf.key.aggregate.condition else { return nil }
      let test = try scope.condition(condition)
      if !tests.contains(test) { tests.append(test) }
    }
    return .any(tests)
  }

  func windows(_ key: ReadKey) -> ReadWindows {
    var read = ReadWindows()
    (read.over, read.overGrain, read.windows) = (key.overTime, key.overGrain ?? .day, key.windows)
    return read
  }

  /// The table with period, conditions and group keys in place.
  mutating func opened(_ key: ReadKey, _ metric: String, _ cut: Cut) throws(Problem) -> TableReading {
    var reading = TableReading(
      scope: try TableScope(key.table, metric: metric, dictionary: dictionary), key: key, metric: metric)
    reading.scope.moment = key.time
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

  func keyValue(
    _ group: Grouping, _ reading: inout TableReading, _ points: PlanStep?, _ cut: Cut
  ) throws(Problem) -> PlanValue {
    switch group {
    case .dimension(let name): return try reading.scope.dimension(name)
    case .part(.hourOfDay): return try reading.scope.timePart(.hourOfDay, reading.key.time)
    case .part(let part):
      if let points { return try reading.scope.timePart(part, at: .field(points.name, Grain.day.rawValue)) }
      return try reading.scope.timePart(part, reading.key.time)
    case .ranges(let name, let edges): return try rangeLabel(try reading.scope.dimension(name), edges)
    case .bucket(let name, let width): return try bucketStart(try reading.scope.dimension(name), width ?? chosenWidth(name))
    case .time(let grain):
      if let points { return points.value(grain.rawValue) }
      if grain == .hour { try reading.scope.requireMoments(reading.key.time, "hour") }
      return PlanValue(try label(grain, &reading, cut), .text)
    }
  }

  /// The label of the unit a row stands for: its own, or the one its shift sets it against.
  func label(_ grain: Grain, _ reading: inout TableReading, _ cut: Cut) throws(Problem) -> PlanExpression {
    let time = try reading.scope.time(reading.key.time)
    return label(grain, at: time, cut)
  }

  func label(_ grain: Grain, at time: PlanExpression, _ cut: Cut) -> PlanExpression {
    switch cut.own.contains(.time(grain)) ? nil : cut.shift {
    case nil: return .timeLabel(grain, time, weekStart: weekStart)
    case .days(let days)?:
      return .timeLabel(grain, .moved(time, days: days, months: 0, fromMonthStart: false), weekStart: weekStart)
    case .months(let months)?:
      let whole = grain.months != nil
      return .timeLabel(grain, .moved(time, days: 0, months: months, fromMonthStart: whole), weekStart: weekStart)
    }
  }

  // MARK: Aggregates

  func aggregate(
    _ key: LeafKey, _ scope: inout TableScope, filtered: Bool
  ) throws(Problem) -> PlanValue {
    let aggregate = key.aggregate
    var filter: PlanExpression?
    if filtered, let condition = aggregate.condition { filter = try scope.condition(condition) }
    if let follow = key.follow, follow.countsEvents {
      let events = try events(follow, key, &scope)
      let count = PlanExpression.count(table: events.table, alias: "event", events.condition)
      let any = PlanExpression.exists(table: events.table, alias: "event", events.condition)
      return PlanValue(.aggregate(.sum, count, filter: filter.map { .all([$0, any]) } ?? any), .number(scale: 0))
    }
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
    case .average, .median, .percentile, .discretePercentile, .standardDeviation:
      let computed = PlanValue(.aggregate(function, value.expression, filter: filter), value.type.scale == nil ? .real : value.type)
      return PlanValue(descaled(computed), .real)
    }
  }

  /// A mean of scaled integers, as the number it stands for.
  func descaled(_ value: PlanValue) -> PlanExpression {
    guard let scale = value.type.scale, scale > 0 else { return value.expression }
    return .quotient(value.expression, .constant(PlanValue.integerPower(scale)))
  }

  /// Whether the same subject did the other thing in time.
  func followed(_ follow: Follow, _ key: LeafKey, _ scope: inout TableScope) throws(Problem) -> PlanExpression {
    guard let table = dictionary.schema[follow.to.head], let column = table.column(follow.to.column),
      let path = table.time, path.parts.count == 2, let time = table.column(path.column),
      case .column(let from)? = key.aggregate.argument, let days = follow.window?.days
    else { throw .unsupported("convert") }
    let alias = "later"
    var start = try scope.time(key.time)
    // A day without a clock may lie before or after a moment of it; the same day counts.
    if time.type == .date { start = .timeLabel(.day, start, weekStart: weekStart) }
    let later = PlanExpression.field(alias, time.physicalName)
    func day(_ offset: Int) -> PlanExpression { .moved(start, days: offset, months: 0, fromMonthStart: false) }
    return .exists(
      table: table.name, alias: alias,
      .all([
        .comparison(.field(alias, column.physicalName), .equal, try scope.column(from).expression),
        .comparison(later, .atLeast, days.lowerBound == 0 ? start : day(days.lowerBound)),
        .comparison(later, .less, day(days.upperBound + 1)),
      ]))
  }

  // MARK: Finishing

  mutating func finish(
    _ reading: TableReading, _ outputs: [PlanOutput], _ name: String, _ note: StepNote, counted: Bool = true
  ) -> PlanStep {
    let table = reading.scope.table.name
    let joins = reading.scope.joins + reading.joins + (reading.snapshotJoin.map { [$0] } ?? [])
    let keys = outputs.prefix { output in !isAggregate(output) }.count
    let select = PlanSelect(
      columns: outputs, source: .table(table, alias: table), joins: joins, conditions: reading.conditions, groupedBy: keys)
    let kept = reading.key.overTime == nil ? rollups?.reading(select) : nil
    var result = step(name, kept.map { .read(note, from: $0.rollup) } ?? note, select)
    if let kept { result.source = .rollup(kept) }
    if counted { sources.append(PlanSource(table: table, step: result.name)) }
    return result
  }

  func isAggregate(_ output: PlanOutput) -> Bool {
    switch output.value.expression {
    case .aggregate: true
    case .quotient(.aggregate, _): true
    default: false
    }
  }
}
