import CivilTime
import Metrics
import Questions

/// Reading in time: which days, and the points that windows end at.
extension PlanBuilder {
  // MARK: Time

  /// Limits the rows to the days that are read; gives the points of time where a window looks beyond its own unit.
  mutating func limitTime(_ reading: inout TableReading, _ cut: Cut) throws(Problem) -> PlanStep? {
    let windows = reading.key.windows
    // The weekday of rows of last year is none of this year's, so that parts and units of the calendar are those of points too.
    if !windows.isEmpty, cut.groups.contains(where: { $0.isOfTime || calendarColumn($0) != nil }) {
      return try pointsJoined(&reading, cut)
    }
    if windows.contains(where: \.isOfHours) { throw .unsupported("window of hours") }
    if !windows.isEmpty, cut.conditions.contains(where: \.testsClockHour) { throw .unsupported("period within days") }
    // Of several stretches together, nobody knows where a window ends.
    if !cut.stretches.isEmpty, !windows.isEmpty { throw .unsupported("window over several stretches") }
    reading.period = cut.period
    if !windows.isEmpty {
      var period = try closed(cut.period ?? Period(nil, nil), reading)
      for window in windows { period = window.applied(to: period, weekStart: weekStart) }
      reading.period = period
    }
    reading.scope.period = reading.period
    if let start = reading.period?.start {
      reading.conditions.append(.comparison(try reading.scope.time(reading.key.time), .atLeast, day(start)))
    }
    if let end = reading.period?.end {
      reading.conditions.append(.comparison(try reading.scope.time(reading.key.time), .less, day(end)))
    }
    if !cut.stretches.isEmpty {
      let time = try reading.scope.time(reading.key.time)
      reading.conditions.append(.any(cut.stretches.map { stretch in
        .all([.comparison(time, .atLeast, day(stretch.start!)), .comparison(time, .less, day(stretch.end!))])
      }))
      reading.stretches = cut.stretches
    }
    if cut.hasTimeGroup, cut.shift != nil, let test = hasCounterpart(try reading.scope.time(reading.key.time), cut) {
      reading.conditions.append(test)
    }
    return nil
  }

  /// Day by day, 29 February has no day a year later; it must not be counted to 1 March.
  func hasCounterpart(_ time: PlanExpression, _ cut: Cut) -> PlanExpression? {
    guard cut.groups.contains(.time(.day)), !cut.own.contains(.time(.day)), case .months(let months)? = cut.shift else { return nil }
    let moved = PlanExpression.moved(time, days: 0, months: months, fromMonthStart: false)
    return .comparison(.timePart(.dayOfMonth, time), .equal, .timePart(.dayOfMonth, moved))
  }

  func day(_ day: Day) -> PlanExpression { .literal(.text(day.description)) }

  /// A period with both ends, from the data where it is open.
  func closed(_ period: Period, _ reading: TableReading, _ shown: Period? = nil) throws(Problem) -> Period {
    let extent = shown ?? calendarDays ?? ownExtent(reading)
    let start = period.start ?? extent?.start
    let end = period.end ?? extent?.end ?? lastDay.adding(days: 1)
    guard let start, start < end else { throw .unsupported("window without period") }
    return Period(start, end)
  }

  /// Joins the table with one row per unit of time and the days its window looks at.
  mutating func pointsJoined(_ reading: inout TableReading, _ cut: Cut) throws(Problem) -> PlanStep {
    let grains = try pointGrains(reading, cut)
    let isByHour = grains.contains(.hour)
    let target = try closed(cut.target ?? Period(nil, nil), reading, isByHour ? calendarHours : nil)
    let points = isByHour ? try hourPoints(target, grains, reading, cut) : try self.points(target, grains, reading, cut)
    var time = try reading.scope.time(reading.key.time)
    if isByHour { time = .timeLabel(.hour, time, weekStart: weekStart) }
    reading.joins.append(
      PlanJoin(
        .inner, .step(points),
        on: [
          .comparison(time, .atLeast, .field(points.name, "first_day")),
          .comparison(time, .less, .field(points.name, "past_day")),
        ]))
    reading.period = target
    try stateUnits(points, &reading, cut)
    return points
  }

  /// The units of time that points are told apart by. Parts of time and units of the calendar are those of single days: what
  /// only moves by days can be put together by them, windows of several days overlap.
  private func pointGrains(_ reading: TableReading, _ cut: Cut) throws(Problem) -> [Grain] {
    let grains = cut.timeGroups
    let finest = grains.min() ?? .year
    let windows = reading.key.windows
    if windows.contains(where: \.isOfHours), finest != .hour { throw .unsupported("window of hours") }
    if cut.conditions.contains(where: \.testsClockHour) { throw .unsupported("period within days") }
    let isByPart = cut.groups.contains { if case .part = $0 { true } else { false } }
    // An hour of the day is that of the rows, which moving by days keeps.
    if cut.groups.contains(.part(.hourOfDay)), finest == .hour { throw .unsupported("window by part of time") }
    guard isByPart || !calendarUnits(cut).isEmpty, !grains.contains(.day) else { return grains }
    guard finest < .day || windows.allSatisfy(\.movesDays) else {
      throw .unsupported(isByPart ? "window by part of time" : "window by unit of the calendar")
    }
    return grains + [.day]
  }

  /// The units of the business's own calendar that the answer is cut by or keeps some of.
  private func calendarUnits(_ cut: Cut) -> [(name: String, path: ColumnPath)] {
    var names: [String] = []
    for group in cut.groups { if case .dimension(let name) = group { names.append(name) } }
    for case .dimension(let name)? in cut.conditions.map(\.field) where !names.contains(name) { names.append(name) }
    return names.compactMap { name in calendarColumn(.dimension(name)).map { (name, $0) } }
  }

  /// Units of the calendar are those of the point, not of the rows that its window looks at.
  private mutating func stateUnits(_ points: PlanStep, _ reading: inout TableReading, _ cut: Cut) throws(Problem) {
    let units = calendarUnits(cut)
    guard !units.isEmpty, let days = dictionary.days else { return }
    var scope = try TableScope(days.head, metric: reading.metric, dictionary: dictionary)
    let day = PlanExpression.timeLabel(.day, try scope.time(days), weekStart: weekStart)
    var outputs = [PlanOutput("calendar_day", PlanValue(day, .text))]
    for unit in units { outputs.append(PlanOutput(unit.name, try scope.column(unit.path))) }
    let calendar = step(
      "calendar_units\(cut.suffix)", .calendarUnits,
      PlanSelect(columns: outputs, source: .table(days.head, alias: days.head)))
    reading.joins.append(
      PlanJoin(.left, .step(calendar), on: [.same(.field(calendar.name, "calendar_day"), .field(points.name, Grain.day.rawValue))]))
    for unit in units { reading.scope.stated[unit.name] = calendar.value(unit.name) }
  }

  /// The days that the calendar's own table has, if the dictionary names one.
  var calendarDays: Period? { dictionary.days.flatMap { coverage.extent(of: [$0.head]) } }
  /// In the same way, the days that the table of hours has.
  var calendarHours: Period? { dictionary.hours.flatMap { coverage.extent(of: [$0.head]) } }

  /// The days with rows, by the time that the rows are counted by.
  private func ownExtent(_ reading: TableReading) -> Period? {
    coverage.extent(of: [TimedTable(table: reading.key.table, time: reading.key.time)], in: dictionary.schema)
  }

  mutating func points(_ target: Period, _ grains: [Grain], _ reading: TableReading, _ cut: Cut) throws(Problem) -> PlanStep {
    guard let finest = grains.min() else { throw .unsupported("window without period") }
    let extent = ownExtent(reading)
    let shown = calendarDays ?? extent
    let end = min(target.end!, shown?.end ?? target.end!, calendarDays == nil ? lastDay.adding(days: 1) : target.end!)
    var rows: [[PlanLiteral]] = []
    var seen: Set<[PlanLiteral]> = []
    for asked in cut.stretches.isEmpty ? [target] : cut.stretches {
      var unit = max(asked.start!, shown?.start ?? asked.start!)
      let past = min(end, asked.end!)
      while unit < past {
        let next = grains.map { $0.advance($0.start(of: unit, weekStart: weekStart), by: 1) }.min().map { min($0, past) } ?? past
        let whole = Period(unit, next)
        unit = next
        guard let days = base(of: whole, finest, cut.shift) else { continue }
        let (labels, period) = point(whole, days, grains, reading.key.windows)
        // A month that two stretches are parts of has two ends.
        if !cut.stretches.isEmpty, !seen.insert(labels).inserted { throw .unsupported("window over several stretches") }
        // Days of the calendar that look at days without data have no rows anyway.
        if calendarDays != nil, let extent, period.intersection(extent) == nil { continue }
        rows.append(labels + [.text(period.start!.description), .text(period.end!.description)])
        if rows.count > 8000 { throw .outOfBudget(.timePoints(8000)) }
      }
    }
    return pointsStep(rows, grains, .windows(finest), cut)
  }

  /// Points of single hours; what they look at is told by hours too.
  private mutating func hourPoints(
    _ target: Period, _ grains: [Grain], _ reading: TableReading, _ cut: Cut
  ) throws(Problem) -> PlanStep {
    try reading.scope.requireMoments(reading.key.time, "hour")
    guard cut.shift == nil else { throw .unsupported("window by hour") }
    if !cut.stretches.isEmpty { throw .unsupported("window over several stretches") }
    let own = ownExtent(reading)
    let shown = calendarHours ?? calendarDays ?? own
    let extent = own.map(Hours.init)
    let last = calendarHours == nil && calendarDays == nil ? lastDay.adding(days: 1) : target.end!
    let all = Hours(Period(max(target.start!, shown?.start ?? target.start!), min(target.end!, shown?.end ?? target.end!, last)))
    var rows: [[PlanLiteral]] = []
    var hour = all.start
    while hour < all.end {
      let read = reading.key.windows.reduce(Hours(start: hour, end: hour + 1)) { $1.applied(to: $0, weekStart: weekStart) }
      let unit = Hours(start: hour, end: hour + 1)
      hour += 1
      if let extent, read.end <= extent.start || read.start >= extent.end { continue }
      let labels = grains.map { grain -> PlanLiteral in
        .text(grain == .hour ? Hours.label(unit.start) : grain.label(of: grain.start(of: Hours.day(unit.start), weekStart: weekStart)))
      }
      rows.append(labels + [.text(Hours.label(read.start)), .text(Hours.label(read.end))])
      if rows.count > 8000 { throw .outOfBudget(.timePoints(8000)) }
    }
    return pointsStep(rows, grains, .windows(.hour), cut)
  }

  private mutating func pointsStep(_ rows: [[PlanLiteral]], _ grains: [Grain], _ note: StepNote, _ cut: Cut) -> PlanStep {
    let rows = rows.isEmpty ? [Array(repeating: PlanLiteral.null, count: grains.count + 2)] : rows
    let columns = grains.map { StepColumn($0.rawValue, .text) } + [StepColumn("first_day", .time), StepColumn("past_day", .time)]
    return PlanStep(name: names.unique("windows\(cut.suffix)"), note: note, operation: .rows(rows), columns: columns)
  }

  /// One unit of time by its labels, with the days that its window looks at.
  func point(_ unit: Period, _ days: Period, _ grains: [Grain], _ windows: [TimeWindow]) -> (labels: [PlanLiteral], period: Period) {
    let labels = grains.map { PlanLiteral.text($0.label(of: $0.start(of: unit.start!, weekStart: weekStart))) }
    var period = days
    for window in windows { period = window.applied(to: period, weekStart: weekStart) }
    return (labels, period)
  }

  /// The days that a unit, or the begun part of one, is set against: as many, within its own base. Nil for a day that the
  /// base's month does not have.
  func base(of unit: Period, _ grain: Grain, _ shift: TimeShift?) -> Period? {
    guard let shift, case .months = shift, let start = unit.start, let end = unit.end else { return shift?.back(unit) ?? unit }
    if grain == .day { return shift.back(start).dayOfMonth == start.dayOfMonth ? shift.back(unit) : nil }
    let whole = grain.unit(containing: start, weekStart: weekStart)
    guard let first = whole.start, let past = whole.end else { return shift.back(unit) }
    let (baseStart, baseEnd) = (shift.back(first), shift.back(past))
    let from = baseStart.adding(days: start.number - first.number)
    let to = end == past ? baseEnd : min(baseEnd, baseStart.adding(days: end.number - first.number))
    return from < to ? Period(from, to) : nil
  }
}
