import CivilTime

// A stand-in until the branch `time` is merged; then this file goes.
extension TimeExpression {
  package func resolve(_ context: TimeContext) throws(TimeFailure) -> ResolvedTime {
    let today = context.today
    let weekStart = context.calendar.weekStart
    switch self {
    case .unit(let grain, let offset):
      let start = CalendarUnits.start(of: grain, today, weekStart: weekStart)
      let first = CalendarUnits.before(start, -offset, grain)
      return ResolvedTime(period: Period(first, CalendarUnits.before(first, -1, grain)), grain: grain)
    case .absolute(let unit): return ResolvedTime(period: unit.stubPeriod, grain: unit.stubGrain)
    case .range(let a, let b):
      let (from, to) = (try a.resolve(context), try b.resolve(context))
      return ResolvedTime(period: Period(from.period.start, to.period.end), grain: from.grain)
    case .last(let count, let grain):
      let end = CalendarUnits.start(of: grain, today, weekStart: weekStart)
      return ResolvedTime(period: Period(CalendarUnits.before(end, count, grain), end), grain: grain)
    case .toDate(let grain):
      let start = CalendarUnits.start(of: grain, today, weekStart: weekStart)
      let last = min(today, context.lastLoadedDay ?? today)
      return ResolvedTime(
        period: Period(start, last.adding(days: 1)), grain: grain,
        wholeUnit: Period(start, CalendarUnits.before(start, -1, grain)))
    case .all: return ResolvedTime(period: Period(nil, nil), grain: nil)
    default: throw .noSuchTime
    }
  }
}

extension CalendarUnit {
  fileprivate var stubGrain: Grain {
    switch self {
    case .year: .year
    case .half: .half
    case .quarter: .quarter
    case .month: .month
    case .week: .week
    case .day: .day
    }
  }

  fileprivate var stubPeriod: Period {
    let start: Day
    switch self {
    case .year(let year): start = Day(unchecked: year, 1, 1)
    case .half(let year, let half): start = Day(unchecked: year, half * 6 - 5, 1)
    case .quarter(let year, let quarter): start = Day(unchecked: year, quarter * 3 - 2, 1)
    case .month(let year, let month): start = Day(unchecked: year, month, 1)
    case .week(let year, let week):
      start = CalendarUnits.start(of: .week, Day(unchecked: year, 1, 4), weekStart: 1).adding(days: 7 * (week - 1))
    case .day(let day): start = day
    }
    return Period(start, CalendarUnits.before(start, -1, stubGrain))
  }
}
