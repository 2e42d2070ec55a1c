import CivilTime
import Metrics
import Questions

/// Reading in time: which days, and the points that windows end at.
extension PlanBuilder {
  // MARK: Time

  /// Limits the rows to the days that are read; gives the points of time where a window looks beyond its own unit.
  mutating func limitTime(_ reading: inout TableReading, _ cut: Cut) throws(Problem) -> PlanStep? {
    let windows = reading.key.windows
    if !cut.stretches.isEmpty, !windows.isEmpty { throw .unsupported("window over several stretches") }
    if !windows.isEmpty, cut.hasTimeGroup { return try pointsJoined(&reading, cut) }
    // The weekday of rows of last year is none of this year's.
    if !windows.isEmpty, cut.groups.contains(where: { if case .part = $0 { true } else { false } }) {
      throw .unsupported("window by part of time")
    }
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
    if cut.timeGroups.contains(.day), case .months(let months)? = cut.shift {
      // 29 February has no day a year later; it must not be counted to 1 March.
      let time = try reading.scope.time(reading.key.time)
      let moved = PlanExpression.moved(time, days: 0, months: months, fromMonthStart: false)
      reading.conditions.append(
        .comparison(.timePart(.dayOfMonth, time), .equal, .timePart(.dayOfMonth, moved)))
    }
    return nil
  }

  func day(_ day: Day) -> PlanExpression { .literal(.text(day.description)) }

  /// A period with both ends, from the data where it is open.
  func closed(_ period: Period, _ reading: TableReading) throws(Problem) -> Period {
    let extent = calendarDays ?? coverage.extent(of: [reading.key.table])
    let start = period.start ?? extent?.start
    let end = period.end ?? extent?.end ?? lastDay.adding(days: 1)
    guard let start, start < end else { throw .unsupported("window without period") }
    return Period(start, end)
  }

  /// Joins the table with one row per unit of time and the days its window looks at.
  mutating func pointsJoined(_ reading: inout TableReading, _ cut: Cut) throws(Problem) -> PlanStep {
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

  /// The days that the calendar's own table has, if the dictionary names one.
  var calendarDays: Period? { dictionary.days.flatMap { coverage.extent(of: [$0.head]) } }

  mutating func points(_ target: Period, _ reading: TableReading, _ cut: Cut) throws(Problem) -> PlanStep {
    let grains = cut.timeGroups
    guard let finest = grains.min(), finest > .hour else { throw .unsupported("window by hour") }
    let extent = coverage.extent(of: [reading.key.table])
    let shown = calendarDays ?? extent
    let end = min(target.end!, shown?.end ?? target.end!, calendarDays == nil ? lastDay.adding(days: 1) : target.end!)
    var rows: [[PlanLiteral]] = []
    var unit = max(target.start!, shown?.start ?? target.start!)
    while unit < end {
      let next = grains.map { $0.advance($0.start(of: unit, weekStart: weekStart), by: 1) }.min().map { min($0, end) } ?? end
      let (labels, period) = point(Period(unit, next), grains, reading.key.windows, cut.shift)
      unit = next
      // Days of the calendar that look at days without data have no rows anyway.
      if calendarDays != nil, let extent, period.intersection(extent) == nil { continue }
      rows.append(labels + [.text(period.start!.description), .text(period.end!.description)])
      if rows.count > 8000 { throw .outOfBudget("points of time") }
    }
    if rows.isEmpty { rows.append(Array(repeating: .null, count: grains.count + 2)) }
    let columns = grains.map { StepColumn($0.rawValue, .text) } + [StepColumn("first_day", .time), StepColumn("past_day", .time)]
    return PlanStep(
      name: names.unique("windows\(cut.suffix)"),
      sentence: "Each \(finest.rawValue) with the days its window looks at.", operation: .rows(rows), columns: columns)
  }

  func point(
    _ unit: Period, _ grains: [Grain], _ windows: [TimeWindow], _ shift: TimeShift?
  ) -> (labels: [PlanLiteral], period: Period) {
    let labels = grains.map { PlanLiteral.text($0.label(of: $0.start(of: unit.start!, weekStart: weekStart))) }
    var period = shift?.back(unit) ?? unit
    for window in windows { period = window.applied(to: period, weekStart: weekStart) }
    return (labels, period)
  }
}
