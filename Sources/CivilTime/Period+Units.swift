extension Period {
  /// The units of `grain` that touch this period, in order, cut at its ends; empty if a side is open.
  ///
  /// Example: 2026-01-15 to 2026-02-10 by month gives two periods, the first from the 15th.
  package func split(by grain: Grain, weekStart: Int = 1) -> [Period] {
    guard let start, let end, start < end else { return [] }
    var pieces: [Period] = []
    var unit = grain.unit(containing: start, weekStart: weekStart)
    while let unitStart = unit.start, let unitEnd = unit.end, unitStart < end {
      pieces.append(Period(max(unitStart, start), min(unitEnd, end)))
      unit = Period(unitEnd, grain.advance(unitEnd, by: 1))
    }
    return pieces
  }

  /// Whether it is made of whole units of `grain`, one or more.
  package func isWhole(_ grain: Grain, weekStart: Int = 1) -> Bool {
    guard let start, let end, start < end else { return false }
    return grain.start(of: start, weekStart: weekStart) == start && grain.start(of: end, weekStart: weekStart) == end
  }

  /// The same stretch `count` units of `grain` later (earlier when negative).
  ///
  /// Whole months stay whole months: February moved by a month is all of March. Otherwise first and last day keep their
  /// day of the month, or take the month's last day where it is shorter. Whole weeks moved by years keep their number
  /// (week 53 falls back to the year's last), so that weekdays stay aligned; `weeks` says the period was meant in weeks.
  package func shifted(by count: Int, _ grain: Grain, weeks: Bool = false) -> Period {
    if weeks, grain == .year { return Period(start.map { Period.sameWeek($0, count) }, end.map { Period.sameWeek($0, count) }) }
    if grain.months == nil || hasMonthEdges {
      return Period(start.map { grain.advance($0, by: count) }, end.map { grain.advance($0, by: count) })
    }
    return Period(
      start.map { grain.advance($0, by: count) }, last.map { grain.advance($0, by: count).adding(days: 1) })
  }

  private var hasMonthEdges: Bool {
    (start.map { $0.dayOfMonth == 1 } ?? true) && (end.map { $0.dayOfMonth == 1 } ?? true)
  }

  /// The day of the same week number and weekday in another year.
  private static func sameWeek(_ day: Day, _ years: Int) -> Day {
    let weekStart = Grain.week.start(of: day)
    let (year, week) = WeekNumber.of(weekStarting: weekStart)
    let target = WeekNumber.period(year: year + years, week: week) ?? WeekNumber.period(year: year + years, week: 52)
    return (target?.start ?? weekStart).adding(days: day.number - weekStart.number)
  }
}
