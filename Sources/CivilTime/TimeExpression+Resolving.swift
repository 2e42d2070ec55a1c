extension TimeExpression {
  /// The days this stands for, measured against today and the calendar of `context`.
  ///
  /// Example: on 2026-11-15 `month(-1)` is 2026-10-01 ..< 2026-11-01, grain month.
  /// - Throws: `TimeFailure`
  package func resolve(_ context: TimeContext) throws(TimeFailure) -> ResolvedTime {
    try TimeResolver(context: context).resolve(self)
  }
}

/// Turns time expressions into days; one method a theme, in the files named after it.
struct TimeResolver {
  var context: TimeContext

  var today: Day { context.today }
  var weekStart: Int { context.calendar.weekStart }
  var tomorrow: Day { context.today.adding(days: 1) }

  func resolve(_ time: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    switch time {
    case .unit(let grain, let offset): try relative(grain, offset)
    case .last(let count, let grain): try last(count, grain)
    case .lastDays(let count, let kind): try lastDays(count, kind)
    case .rolling(let count, let grain): try rolling(count, grain)
    case .next(let count, let grain): try next(count, grain)
    case .toDate(let grain): try toDate(grain)
    case .fiscal(let grain, let offset): try fiscal(grain, offset)
    case .fiscalNamed(let year, let quarter): try fiscalNamed(year, quarter)
    case .absolute(let unit): try absolute(unit)
    case .named, .inside, .holiday, .occurrence: try recurring(time)
    case .nth, .nthNamed, .first, .final, .third, .vague, .whole, .run, .edgeDays, .halfMonth, .adjoining: try part(time)
    case .range(let first, let second): try range(first, second)
    case .since, .from, .after, .before, .through: try bounded(time)
    case .shifted(let inner, let count, let grain): try shifted(inner, count, grain)
    case .both(let first, let second): try both(first, second)
    case .several(let units): try several(units)
    case .except(let whole, let part): try except(whole, part)
    case .about(let inner): try about(inner)
    case .all: ResolvedTime(period: Period(nil, nil), grain: nil)
    }
  }

  func absolute(_ unit: CalendarUnit) throws(TimeFailure) -> ResolvedTime {
    guard let period = unit.period(weekStart: weekStart) else { throw .noSuchTime }
    return ResolvedTime(period: period, grain: unit.grain)
  }

  /// A period both of whose sides are known.
  /// - Throws: `TimeFailure.noSuchTime`
  func closed(_ time: TimeExpression) throws(TimeFailure) -> (start: Day, end: Day, resolved: ResolvedTime) {
    let resolved = try resolve(time)
    guard let start = resolved.period.start, let end = resolved.period.end, start < end else { throw .noSuchTime }
    return (start, end, resolved)
  }
}
