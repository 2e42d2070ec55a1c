import CivilTime
import Metrics
import Questions

/// One number of the values of many groups: `avg(gmv per day)`, `max(orders per store)`.
///
/// Of sums and counts every unit of time counts, as far as there is data: a day without rows is a day of zero. Members without
/// any row are none that anybody knows of, and of ratios, snapshots and means a day without rows has no value at all; there only
/// groups with rows count.
extension PlanBuilder {
  /// Each measure folded over the groups of `over` within the cut's own groups; after the keys come only columns of the frame.
  mutating func folded(_ measures: [Measure], _ over: [Grouping], _ cut: Cut, _ outer: Frame) throws(Problem) -> PlanStep {
    var inner = cut
    inner.groups += over
    inner.own.formUnion(over.filter(\.isOfTime))
    let bare = measures.map { Measure($0.source, conditions: $0.conditions, beside: $0.beside, fold: $0.fold?.inner.first) }
    let frame = try self.frame(bare, inner)
    let pairs = zip(measures, bare).map { FoldedMeasure(measure: $0, value: frame.value($1), outer: outer) }
    if outer.units[measures[0]] != nil, let days = try foldedDays(measures[0], cut) {
      let units = try foldedUnits(days, over, measures[0], cut)
      return measures.allSatisfy { $0.fold?.function == .average }
        ? meanOverAll(pairs, over, cut, frame.step, units) : foldedOverAll(pairs, over, cut, frame.step, units)
    }
    var outputs = cut.groups.map { PlanOutput($0.columnName, frame.step.value($0.columnName)) }
    for pair in pairs { outputs.append(PlanOutput(pair.name, PlanValue(PlanBuilder.fold(pair.fold, pair.value.plain.expression), .real))) }
    return foldStep(pairs, over, cut, .onlyRows,
      PlanSelect(columns: outputs, source: .step(frame.step), conditions: dated(over, frame.step), groupedBy: cut.groups.count))
  }

  private struct FoldedMeasure {
    var measure: Measure
    /// In each group that is folded.
    var value: PlanValue
    var outer: Frame

    var fold: Fold { measure.fold! }
    var name: String { outer.values[measure]! }
    var allName: String { outer.units[measure]!.all }
    var emptyName: String { outer.units[measure]!.empty }
    /// Its column in the step that holds the values.
    var inner: String { if case .field(_, let name) = value.expression { name } else { "value" } }
  }

  private mutating func foldStep(
    _ pairs: [FoldedMeasure], _ over: [Grouping], _ cut: Cut, _ rule: StepNote.FoldRule, _ select: PlanSelect
  ) -> PlanStep {
    let names = over.map(\.columnName).joined(separator: "_")
    let function = pairs[0].fold.function.rawValue
    return step(
      "\(function)_per_\(names)\(keyName(cut.groups))\(cut.suffix)",
      .fold(pairs[0].fold.function, pairs.map(\.measure.metric), over: over, by: cut.groups, rule),
      select)
  }

  private static func fold(_ fold: Fold, _ value: PlanExpression) -> PlanExpression {
    func aggregate(_ function: Aggregate.Function) -> PlanExpression { .aggregate(function, value, filter: nil) }
    return switch fold.function {
    case .percentile: aggregate(.percentile(Double(fold.percent ?? 50) / 100))
    case .average: aggregate(.average)
    case .maximum: aggregate(.maximum)
    case .minimum: aggregate(.minimum)
    case .median: aggregate(.median)
    case .deviation: aggregate(.standardDeviation)
    case .variance: .arithmetic(.times, aggregate(.standardDeviation), aggregate(.standardDeviation))
    }
  }

  // MARK: All units of time

  /// The days that count where all do; nil where only those with rows can.
  func foldedDays(_ measure: Measure, _ cut: Cut) throws(Problem) -> Period? {
    guard let fold = measure.fold, fold.inner.isEmpty, fold.over.contains(where: { $0.isOfTime && !cut.groups.contains($0) }) else { return nil }
    let formula = try expander.expand(measure)
    guard formula.isZeroWithoutRows, formula.leaves.allSatisfy({ $0.key.windows.isEmpty }) else { return nil }
    let members = (cut.groups + fold.over).compactMap(\.dimension)
    for leaf in formula.leaves where try saysWhen(leaf, members, cut.conditions) { return nil }
    let timed = distinct(formula.leaves.map { TimedTable(table: $0.key.aggregate.table, time: $0.key.time) })
    let asked = cut.period ?? Period(nil, nil)
    let days = loadedDays(timed).map(asked.intersection) ?? asked
    guard let start = days?.start, let end = days?.end, start < end else { return nil }
    return Period(start, end)
  }

  /// From the first day of these tables through the last that has been loaded. Data that stops no longer before the newest day
  /// of all than its own quiet days has not stopped: nothing happened.
  private func loadedDays(_ tables: [TimedTable]) -> Period? {
    guard let own = coverage.extent(of: tables, in: dictionary.schema), let first = own.start, let last = own.last else { return nil }
    let quiet = tables.compactMap { coverage.extent(of: $0, in: dictionary.schema)?.longestQuiet }.min() ?? 0
    let calendars = [dictionary.days?.head, dictionary.hours?.head]
    let newest = dictionary.schema.tables.filter { $0.spans == nil && !calendars.contains($0.name) }
      .compactMap { coverage.tables[$0.name]?.last }.filter { $0 <= lastDay }.max() ?? last
    return Period(first: first, last: newest > last && newest.number - last.number <= quiet ? newest : last)
  }

  /// Whether a dimension or condition says which days its rows can be of: by the column the rows are counted by, or by a row of
  /// their day. Days that a member cannot have are no days of zero of it.
  private func saysWhen(_ leaf: Leaf, _ members: [String], _ conditions: [Condition]) throws(Problem) -> Bool {
    let named = (conditions + leaf.key.conditions).flatMap(\.fields).compactMap { if case .dimension(let name) = $0 { name } else { nil } }
    // That there is a day at all says nothing of which.
    let tests = (leaf.key.aggregate.condition?.parts ?? []).filter { if case .missing(_, negated: true) = $0 { false } else { true } }
    var paths = tests.flatMap { $0.columns(dictionary) }
    for name in members + named {
      guard let dimension = dictionary.dimension(name) else { continue }
      if calendarColumn(.dimension(name)) != nil { return true }
      switch dimension.source {
      case .column(let path): paths += [path] + dimension.others
      case .expression(let row): paths += row.columns(dictionary)
      case .flag(let test): paths += test.columns(dictionary)
      }
    }
    let table = leaf.key.aggregate.table
    guard let time = leaf.key.time.flatMap({ try? dictionary.schema.find($0, from: table) }) else { return true }
    return paths.contains { path in
      guard let found = try? dictionary.schema.find(path, from: table) else { return false }
      if found == time { return true }
      var here = table
      for join in found.joins {
        let columns = join.hereColumns.compactMap { dictionary.schema[here]?.column($0) }
        if columns.contains(where: \.type.isTime) { return true }
        here = join.table
      }
      return false
    }
  }

  /// Every unit of time that is folded over, each once, with the answer's own units that it lies in.
  private mutating func foldedUnits(_ days: Period, _ over: [Grouping], _ measure: Measure, _ cut: Cut) throws(Problem) -> PlanStep {
    let groups = cut.groups.filter(\.isOfTime) + over.filter(\.isOfTime)
    let isByHour = groups.contains { $0 == .time(.hour) || $0 == .part(.hourOfDay) }
    let grain = isByHour ? Grain.hour : .day
    let first = days.start ?? lastDay, last = days.last ?? first
    let series = PlanStep(
      name: names.unique("every_\(grain.rawValue)\(cut.suffix)"), note: .every(grain, during: days),
      operation: .series(grain, first: first, last: last), columns: [StepColumn(grain.rawValue, .time)])
    let leaf = try expander.expand(measure).leaves[0]
    var scope = try TableScope(leaf.key.aggregate.table, metric: measure.metric, dictionary: dictionary)
    scope.period = days
    let time = series.value(grain.rawValue).expression
    scope.stated = [:]
    scope.statedTime = time
    var inner = cut
    inner.own.formUnion(over)
    var outputs: [PlanOutput] = []
    for group in groups {
      switch group {
      case .time(let grain): outputs.append(PlanOutput(group.columnName, PlanValue(label(grain, at: time, inner), .text)))
      case .part(let part): outputs.append(PlanOutput(group.columnName, try scope.timePart(part, at: time)))
      case .dimension, .bucket, .ranges: continue
      }
    }
    var conditions: [PlanExpression] = []
    if !cut.stretches.isEmpty {
      conditions.append(.any(cut.stretches.map { .all([.comparison(time, .atLeast, day($0.start!)), .comparison(time, .less, day($0.end!))]) }))
    }
    if let test = hasCounterpart(time, inner) { conditions.append(test) }
    for condition in (cut.conditions + leaf.key.conditions).flatMap(\.conjuncts) where condition.saysOnlyWhen(byHour: isByHour) {
      conditions.append(try scope.condition(condition, ConditionContext(time: leaf.key.time)))
    }
    let name = over.filter(\.isOfTime).map(\.columnName).joined(separator: "_")
    return step(
      "units_of_\(name)\(cut.suffix)", .unitsThatCount(over.filter(\.isOfTime), by: cut.groups.filter(\.isOfTime)),
      PlanSelect(columns: outputs, source: .step(series), conditions: conditions, groupedBy: outputs.count))
  }

  /// Rows without a day are of none.
  private func dated(_ over: [Grouping], _ cells: PlanStep) -> [PlanExpression] {
    over.filter(\.isOfTime).map { .missing(cells.value($0.columnName).expression, negated: true) }
  }

  private func unitsJoin(_ units: PlanStep, _ other: PlanStep, _ cut: Cut) -> PlanJoin {
    let keys = cut.groups.filter(\.isOfTime).map(\.columnName)
    return PlanJoin(keys.isEmpty ? .cross : .inner, .step(units), on: same(other, units, keys))
  }

  /// The sum of all values by the number of units: those without rows add nothing and count.
  private mutating func meanOverAll(
    _ pairs: [FoldedMeasure], _ over: [Grouping], _ cut: Cut, _ cells: PlanStep, _ units: PlanStep
  ) -> PlanStep {
    let times = cut.groups.filter(\.isOfTime).map(\.columnName)
    let count = PlanValue(.aggregate(.count, nil, filter: nil), .number(scale: 0))
    let counted = step(
      "number_of_units\(cut.suffix)", .numberOfUnits(by: cut.groups.filter(\.isOfTime)),
      PlanSelect(
        columns: times.map { PlanOutput($0, units.value($0)) } + [PlanOutput("units", count)], source: .step(units), groupedBy: times.count))
    let members = over.filter { !$0.isOfTime }
    var source = cells
    var conditions = dated(over, cells)
    var present: (FoldedMeasure) -> PlanExpression = { .aggregate(.count, $0.value.expression, filter: nil) }
    var each = PlanExpression.aggregate(.maximum, counted.value("units").expression, filter: nil)
    if !members.isEmpty {
      // Each member that has rows, with all its units.
      var outputs = (cut.groups + members).map { PlanOutput($0.columnName, cells.value($0.columnName)) }
      for pair in pairs {
        outputs.append(PlanOutput(pair.inner, PlanValue(.aggregate(.sum, pair.value.expression, filter: nil), pair.value.type)))
        outputs.append(PlanOutput(pair.emptyName, PlanValue(present(pair), .number(scale: 0))))
      }
      source = step(
        "members\(keyName(cut.groups + members))\(cut.suffix)",
        .inAll(members, by: cut.groups),
        PlanSelect(columns: outputs, source: .step(cells), conditions: conditions, groupedBy: cut.groups.count + members.count))
      conditions = []
      let step = source
      present = { .aggregate(.sum, step.value($0.emptyName).expression, filter: nil) }
      each = .aggregate(.sum, counted.value("units").expression, filter: nil)
    }
    var outputs = cut.groups.map { PlanOutput($0.columnName, source.value($0.columnName)) }
    for pair in pairs {
      let sum = PlanValue(.aggregate(.sum, source.value(pair.inner).expression, filter: nil), pair.value.type)
      outputs.append(PlanOutput(pair.name, .combine(.dividedBy, sum, PlanValue(each, .number(scale: 0)))))
      outputs.append(PlanOutput(pair.allName, PlanValue(each, .number(scale: 0))))
      outputs.append(PlanOutput(pair.emptyName, PlanValue(.arithmetic(.minus, each, present(pair)), .number(scale: 0))))
    }
    return foldStep(
      pairs, over, cut, .emptyIsZero,
      PlanSelect(
        columns: outputs, source: .step(source), joins: [unitsJoin(counted, source, cut)], conditions: conditions,
        groupedBy: cut.groups.count))
  }

  /// Every unit of time of every member that has rows, with zero where it has none.
  private mutating func foldedOverAll(
    _ pairs: [FoldedMeasure], _ over: [Grouping], _ cut: Cut, _ cells: PlanStep, _ units: PlanStep
  ) -> PlanStep {
    let members = cut.groups + over.filter { !$0.isOfTime }
    let keys = members.map { PlanOutput($0.columnName, cells.value($0.columnName)) }
    let having = step(
      "members\(keyName(members))\(cut.suffix)", .haveRows(members),
      PlanSelect(
        columns: keys.isEmpty ? [PlanOutput("one", PlanValue(.constant(1), .number(scale: 0)))] : keys, source: .step(cells),
        conditions: dated(over, cells), groupedBy: keys.isEmpty ? nil : keys.count, limit: keys.isEmpty ? 1 : nil))
    let times = over.filter(\.isOfTime)
    let all = step(
      "all_units\(keyName(members))\(cut.suffix)", .allUnits,
      PlanSelect(
        columns: members.map { PlanOutput($0.columnName, having.value($0.columnName)) }
          + times.map { PlanOutput($0.columnName, units.value($0.columnName)) },
        source: .step(having), joins: [unitsJoin(units, having, cut)]))
    var outputs = cut.groups.map { PlanOutput($0.columnName, all.value($0.columnName)) }
    let count = PlanExpression.aggregate(.count, nil, filter: nil)
    for pair in pairs {
      let filled = PlanBuilder.zeroFilled(pair.value).plain.expression
      outputs.append(PlanOutput(pair.name, PlanValue(PlanBuilder.fold(pair.fold, filled), .real)))
      outputs.append(PlanOutput(pair.allName, PlanValue(count, .number(scale: 0))))
      let present = PlanExpression.aggregate(.count, pair.value.expression, filter: nil)
      outputs.append(PlanOutput(pair.emptyName, PlanValue(.arithmetic(.minus, count, present), .number(scale: 0))))
    }
    let on = same(all, cells, (members + times).map(\.columnName))
    return foldStep(
      pairs, over, cut, .emptyIsZero,
      PlanSelect(columns: outputs, source: .step(all), joins: [PlanJoin(.left, .step(cells), on: on)], groupedBy: cut.groups.count))
  }
}

extension Condition {
  /// What must all hold, each by itself.
  var conjuncts: [Condition] { if case .all(let items) = self { items.flatMap(\.conjuncts) } else { [self] } }

  /// Whether it tests nothing but parts of time.
  func saysOnlyWhen(byHour: Bool) -> Bool {
    let fields = fields
    return !fields.isEmpty && fields.allSatisfy { field in
      switch field {
      case .part(let part): part != .hourOfDay || byHour
      case .hour: byHour
      case .dimension: false
      }
    }
  }

  /// Whether it begins or ends a period within a day.
  var testsClockHour: Bool { fields.contains(.hour) }

  /// Everything it tests.
  fileprivate var fields: [Field] {
    switch self {
    case .comparison(let field, _, _), .oneOf(let field, _, _), .between(let field, _, _), .matches(let field, _, _, _), .missing(let field, _):
      [field]
    case .among(let name, _, _, _), .selected(let name, _, _): [.dimension(name)]
    case .any(let items), .all(let items): items.flatMap(\.fields)
    case .not(let inner): inner.fields
    }
  }
}
