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

  /// Members of a dimension that conditions keep, read from the table that holds it.
  mutating func members(of dimension: String) throws(Problem) -> PlanStep {
    if builder.dictionary.dimension(dimension) == nil { return try unitsOfTime(dimension) }
    let cut = try mainCut()
    let names = question.groups.compactMap { group -> String? in if case .dimension(let name) = group { name } else { nil } }
    guard names.count == question.groups.count else { throw .unsupported("list of values by time") }
    let fields = [dimension] + names + question.conditions.compactMap { condition in
      if case .dimension(let name)? = condition.field { name } else { nil }
    }
    var scope = try TableScope(try table(reaching: fields), metric: dimension, dictionary: builder.dictionary)
    let key = try scope.dimension(dimension)
    var keys = [PlanOutput(dimension, key)]
    for name in names where name != dimension { keys.append(PlanOutput(name, try scope.dimension(name))) }
    // Of one alone, no value is none; of several, it stands beside the others.
    var conditions = keys.count == 1 ? [PlanExpression.missing(key.expression, negated: true)] : []
    for condition in question.conditions {
      conditions.append(try scope.condition(condition, ConditionContext(time: nil, rankings: cut.rankings)))
    }
    rows = builder.step(
      "\(dimension)_members", "List each \(dimension.replacing("_", with: " ")) that meets the conditions.",
      PlanSelect(
        columns: keys, source: .table(scope.table.name, alias: scope.table.name), joins: scope.joins, conditions: conditions,
        groupedBy: keys.count))
    columns = keys.map { PlanColumn(name: $0.name, role: .group(.dimension($0.name))) }
    let list = builder.step(
      "answer", "List each \(dimension.replacing("_", with: " ")).",
      PlanSelect(
        columns: keys.map { PlanOutput($0.name, rows.value($0.name)) }, source: .step(rows),
        order: groupOrders(keys.map { .dimension($0.name) })))
    return question.isCounted ? counted(list) : list
  }

  /// `list values week`: the units of time that the calendar's days lie in.
  private mutating func unitsOfTime(_ name: String) throws(Problem) -> PlanStep {
    let group = Grain(rawValue: name).map(Grouping.time) ?? TimePart(rawValue: name).map(Grouping.part)
    guard let group, question.groups.isEmpty, question.conditions.isEmpty, let days = builder.dictionary.days else {
      throw .unsupported("list values of time")
    }
    var scope = try TableScope(days.head, metric: name, dictionary: builder.dictionary)
    let day = try scope.time(days)
    var value = PlanValue(day, .text)
    switch group {
    case .time(.hour): throw .unsupported("list values of time")
    case .time(let grain): value = PlanValue(.timeLabel(grain, day, weekStart: builder.weekStart), .text)
    case .part(let part): value = try scope.timePart(part, days)
    case .dimension, .bucket: break
    }
    columns = [PlanColumn(name: name, role: .group(group))]
    let list = builder.step(
      "answer", "List each \(name.replacing("_", with: " ")) of the calendar.",
      PlanSelect(
        columns: [PlanOutput(name, value)], source: .table(days.head, alias: days.head), groupedBy: 1,
        order: [PlanOrder(value.expression, mayBeNull: false)]))
    return question.isCounted ? counted(list) : list
  }

  /// The table that holds one of the dimensions and reaches all: that of the first where it can be.
  private func table(reaching names: [String]) throws(Problem) -> String {
    let reach = Reachability(builder.dictionary)
    let tables = names.compactMap { name -> String? in
      switch builder.dictionary.dimension(name)?.source {
      case .column(let path)?: path.head
      case .expression(let row)?: row.columns.first?.head
      case .flag, nil: nil
      }
    }
    guard let first = tables.first else { throw .unsupported("list of a flag") }
    return tables.first { table in names.allSatisfy(reach.dimensions(from: [table]).contains) } ?? first
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
    replaceRows(PlanSelect(columns: outputs, source: .step(rows)), "running", "Add up what lies before each unit of time.")
  }

  private func columnName(_ value: PlanValue) -> String {
    if case .field(_, let column) = value.expression { column } else { "" }
  }
}

extension Ranking {
  /// Whether a limit alone keeps its rows.
  package var isOneCut: Bool { within.isEmpty && kind != .percent && skip == 0 }
}
