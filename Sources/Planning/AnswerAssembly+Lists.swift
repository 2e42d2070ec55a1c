import CivilTime
import Metrics
import Questions

// Lists of values, without a metric.
extension AnswerAssembly {
  /// What `list values` names, alone or beside others: members from the tables that hold them, units of time from the calendar.
  mutating func members(of name: String) throws(Problem) -> PlanStep {
    let groups = builder.distinct([Grouping(listed: name)] + question.groups)
    let hasTime = groups.contains(where: \.isOfTime)
    let units = groups.filter { $0.isOfTime || hasTime && builder.calendarColumn($0) != nil }
    let others = groups.filter { !units.contains($0) }.compactMap { group -> String? in
      if case .dimension(let name) = group { name } else { nil }
    }
    guard units.count + others.count == groups.count else { throw .unsupported("list values of ranges") }
    guard units.isEmpty || !others.isEmpty || question.conditions.isEmpty else { throw .unsupported("list values of time") }
    let times = units.isEmpty ? nil : try unitsOfTime(units)
    rows = others.isEmpty ? times! : try together(others, times)
    var select = PlanSelect(columns: [], source: .step(rows))
    columns = groups.map { PlanColumn(name: $0.columnName, role: .group($0)) }
    select.columns = columns.map { PlanOutput($0.name, rows.value($0.name)) }
    select.order = groupOrders(groups)
    let list = builder.step("answer", .list(groups, ofCalendar: units.count == groups.count), select)
    if question.showsEnds { return ends(of: list, groups[0]) }
    return question.isCounted ? counted(list, groups) : list
  }

  /// The least and the greatest of a list.
  private mutating func ends(of list: PlanStep, _ group: Grouping) -> PlanStep {
    let value = list.value(group.columnName)
    func end(_ end: PlanColumn.End) -> PlanOutput {
      let function: Aggregate.Function = end == .least ? .minimum : .maximum
      return PlanOutput(end.rawValue, PlanValue(.aggregate(function, value.expression, filter: nil), value.type))
    }
    columns = PlanColumn.End.allCases.map { PlanColumn(name: $0.rawValue, role: .end($0, group)) }
    return builder.step(
      "ends", .ends,
      PlanSelect(columns: PlanColumn.End.allCases.map(end), source: .step(list), groupedBy: 0))
  }

  // MARK: Members

  /// The members of dimensions that go together, that conditions keep.
  ///
  /// They are read from the table that reaches all of them; rows of the others' own tables that none of its rows point to
  /// stand alone, outside of time too. Of one dimension in its own table, no value is none.
  private mutating func together(_ names: [String], _ times: PlanStep?) throws(Problem) -> PlanStep {
    let rankings = try mainCut().rankings
    let fields = names + question.conditions.compactMap { condition in
      if case .dimension(let name)? = condition.field { name } else { nil }
    }
    let scope = try TableScope(try table(reaching: fields), metric: names[0], dictionary: builder.dictionary)
    let anchor = scope.table.name
    var main = try membersStep(names, scope, rankings, tables(of: names[0]).contains(anchor))
    if let times { main = inTime(main, times) }
    var steps = [main]
    // What stands alone is in no period.
    for name in names where times == nil || question.period == nil {
      guard let own = tables(of: name).first, own != anchor, !tables(of: name).contains(anchor),
        let lone = try alone(names, fields, own, pointedToBy: scope, main, rankings, times)
      else { continue }
      if !steps.contains(where: { $0.operation == lone.operation }) { steps.append(lone) }
    }
    if steps.count == 1 { return main }
    return PlanStep(
      name: builder.names.unique("all_members"), note: .allMembers, operation: .union(steps),
      columns: main.columns)
  }

  /// Every one of them with every unit of time; no row says otherwise.
  private mutating func inTime(_ members: PlanStep, _ times: PlanStep) -> PlanStep {
    let outputs = [members, times].flatMap { step in step.columns.map { PlanOutput($0.name, step.value($0.name)) } }
    return builder.step(
      "members_in_time", .membersInTime,
      PlanSelect(columns: outputs, source: .step(members), joins: [PlanJoin(.cross, .step(times))]))
  }

  private mutating func membersStep(
    _ names: [String], _ scope: TableScope, _ rankings: [Condition: PlanStep], _ isOwn: Bool, _ more: [PlanExpression] = [],
    without times: PlanStep? = nil
  ) throws(Problem) -> PlanStep {
    var scope = scope
    var keys: [PlanOutput] = []
    for name in names { keys.append(PlanOutput(name, try scope.dimension(name))) }
    for column in times?.columns ?? [] { keys.append(PlanOutput(column.name, PlanValue(.literal(.null), column.type))) }
    var conditions = more
    if names.count == 1, isOwn { conditions.append(.missing(keys[0].value.expression, negated: true)) }
    for condition in question.conditions {
      conditions.append(try scope.condition(condition, ConditionContext(time: nil, rankings: rankings)))
    }
    return builder.step(
      "\(names[0])_members", .members(names),
      PlanSelect(
        columns: keys, source: .table(scope.table.name, alias: scope.table.name), joins: scope.joins, conditions: conditions,
        groupedBy: keys.count))
  }

  /// The rows of a table that no row of another points to, with nothing under what the table does not know; nil where they can
  /// not be told by one join.
  private mutating func alone(
    _ names: [String], _ fields: [String], _ table: String, pointedToBy other: TableScope, _ main: PlanStep,
    _ rankings: [Condition: PlanStep], _ times: PlanStep?
  ) throws(Problem) -> PlanStep? {
    let joins = other.table.joins.filter { $0.table == table }
    guard joins.count == 1, joins[0].validity == nil, let target = builder.dictionary.schema[table] else { return nil }
    var scope = try TableScope(table, metric: names[0], dictionary: builder.dictionary)
    let reached = Set(Reachability(builder.dictionary).dimensions(from: [table]))
    for name in fields where !reached.contains(name) {
      scope.stated[name] = PlanValue(.literal(.null), main.type(of: name) ?? .text)
    }
    let pointing = "pointing"
    let same = joins[0].on.map { pair in
      PlanExpression.comparison(
        .field(pointing, other.table.column(pair.here)?.physicalName ?? pair.here), .equal,
        .field(table, target.column(pair.there)?.physicalName ?? pair.there))
    }
    return try membersStep(
      names, scope, rankings, true, [.not(.exists(table: other.table.name, alias: pointing, .all(same)))], without: times)
  }

  /// The tables that hold a dimension, its first one first.
  private func tables(of name: String) -> [String] {
    guard let dimension = builder.dictionary.dimension(name) else { return [] }
    switch dimension.source {
    case .column(let path): return ([path] + dimension.others).filter { $0.parts.count == 2 }.map(\.head)
    case .expression(let row): return row.columns.prefix(1).map(\.head)
    case .flag: return []
    }
  }

  /// The table that holds one of the dimensions and reaches all: that of the first where it can be.
  private func table(reaching names: [String]) throws(Problem) -> String {
    let reach = Reachability(builder.dictionary)
    let tables = names.flatMap { name -> [String] in
      guard let dimension = builder.dictionary.dimension(name) else { return [] }
      return switch dimension.source {
      case .column(let path): ([path] + dimension.others).map(\.head)
      case .expression(let row): row.columns.prefix(1).map(\.head)
      case .flag: []
      }
    }
    guard let first = tables.first else { throw .unsupported("list of a flag") }
    return tables.first { table in names.allSatisfy(reach.dimensions(from: [table]).contains) } ?? first
  }

  // MARK: Time

  /// `list values week`: the units of time that the calendar's days lie in, within the period asked for.
  private mutating func unitsOfTime(_ groups: [Grouping]) throws(Problem) -> PlanStep {
    let isByHour = groups.contains(.time(.hour)) || groups.contains(.part(.hourOfDay))
    guard let column = isByHour ? builder.dictionary.hours : builder.dictionary.days else { throw .unsupported("list values of time") }
    var scope = try TableScope(column.head, metric: groups[0].columnName, dictionary: builder.dictionary)
    let moment = try scope.time(column)
    var outputs: [PlanOutput] = []
    for group in groups {
      switch group {
      case .time(let grain):
        outputs.append(PlanOutput(group.columnName, PlanValue(.timeLabel(grain, moment, weekStart: builder.weekStart), .text)))
      case .part(let part): outputs.append(PlanOutput(group.columnName, try scope.timePart(part, column)))
      case .dimension(let name): outputs.append(PlanOutput(group.columnName, try scope.dimension(name)))
      case .bucket, .ranges: throw .unsupported("list values of ranges")
      }
    }
    var conditions: [PlanExpression] = []
    if let start = periods.resolved?.period.start { conditions.append(.comparison(moment, .atLeast, builder.day(start))) }
    if let end = periods.resolved?.period.end { conditions.append(.comparison(moment, .less, builder.day(end))) }
    if !stretches.isEmpty {
      conditions.append(.any(stretches.map { .all([.comparison(moment, .atLeast, builder.day($0.start!)), .comparison(moment, .less, builder.day($0.end!))]) }))
    }
    return builder.step(
      "units_of_time", .unitsOfTime(during: periods.resolved?.period),
      PlanSelect(
        columns: outputs, source: .table(column.head, alias: column.head), joins: scope.joins, conditions: conditions,
        groupedBy: outputs.count))
  }
}
