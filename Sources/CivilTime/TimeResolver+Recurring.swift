/// Times named without a year, month or week: the latest not in the future, the one inside an outer period, or the nth
/// from a day.
extension TimeResolver {
  func recurring(_ time: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    switch time {
    case .named(.dateOnWeekday): return try nearest(time)
    case .named(.dayOnWeekday(let day, let weekday)):
      // The 31st that is a Wednesday: this month's if it is one, even if it lies ahead.
      if let here = Day(today.year, today.month, day), here.weekday == weekday {
        return ResolvedTime(period: Period(here, here.adding(days: 1)), grain: .day, assumptions: [.nearestOnWeekday])
      }
      var resolved = try occurrences(of: time, near: today, ahead: false).latest(notAfter: today)
      resolved.assumptions = [.latestNotInFuture]
      return resolved
    case .holiday(let key, of: nil):
      var resolved = try occurrences(of: time, near: today, ahead: false).latest(notAfter: today)
      resolved.assumptions = [.latestNotInFuture] + unannounced(key, resolved.period)
      return resolved
    case .named:
      var resolved = try occurrences(of: time, near: today, ahead: false).latest(notAfter: today)
      resolved.assumptions = [.latestNotInFuture]
      return resolved
    case .inside(let outer, let unit): return try inside(outer, unit)
    case .holiday(let key, .some(let outer)): return try holiday(key, in: outer)
    case .occurrence(let count, let inner, let from): return try occurrence(count, inner, from)
    default: throw .noSuchTime
    }
  }

  /// The one that starts inside the outer period; if several do, nobody knows which is meant.
  private func inside(_ outer: TimeExpression, _ unit: RecurringUnit) throws(TimeFailure) -> ResolvedTime {
    let (start, end, resolved) = try closed(outer)
    if case .week(let number) = unit, resolved.grain == .year {
      return try absolute(.week(start.year, number))
    }
    if unit == .workdays, context.calendar.holidays != .none { return try workdays(of: start, end, resolved) }
    if case .dayKind(.tradingDay) = unit, !context.calendar.hasTradingDays { throw .noTradingDays }
    let found = Recurrence(unit: unit, calendar: context.calendar).periods(from: start, to: end)
    guard found.count == 1 else { throw .noSuchTime }
    return ResolvedTime(period: found[0], grain: unit.grain, assumptions: resolved.assumptions)
  }

  private func holiday(_ key: String, in outer: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    guard context.calendar.knows(key) else { throw .unknownHoliday(key) }
    let (start, end, resolved) = try closed(outer)
    guard end.year - start.year < 400 else { throw .noSuchTime }
    for year in start.year...end.year {
      guard let period = context.calendar.holiday(key, in: year), let first = period.start else { continue }
      // A year's holiday may begin in the December before: New Year's break, 腊八.
      let isOfYear = resolved.grain == .year && start.month == 1 && year == start.year
      if isOfYear || (start <= first && first < end) {
        return ResolvedTime(
          period: period, grain: .day, assumptions: resolved.assumptions + unannounced(key, period))
      }
    }
    throw .noSuchTime
  }

  private func unannounced(_ key: String, _ period: Period) -> [TimeAssumption] {
    guard ChinaHolidays.isBreak(key), context.calendar.named[key] == nil, let last = period.last else { return [] }
    return ChinaHolidays.announced.contains(last.year) ? [] : [.unannouncedBreak]
  }

  /// A date with its weekday says which year it is in: the nearest that fits, in either direction.
  private func nearest(_ time: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let before = try? occurrences(of: time, near: today, ahead: false).latest(notAfter: today)
    let behind = try? occurrences(of: time, near: today, ahead: true).first(after: today)
    func distance(_ found: ResolvedTime?) -> Int { (found?.period.start).map { abs($0.number - today.number) } ?? .max }
    guard var found = distance(before) <= distance(behind) ? before : behind else { throw .noSuchTime }
    found.assumptions = [.nearestOnWeekday]
    return found
  }

  private func occurrence(_ count: Int, _ inner: TimeExpression, _ from: TimeExpression?) throws(TimeFailure) -> ResolvedTime {
    guard count != 0, abs(count) <= 1000 else { throw .noSuchTime }
    if case .named(.dayKind(.tradingDay)) = inner, !context.calendar.hasTradingDays { throw .noTradingDays }
    var period = Period(today, tomorrow)
    if let from { period = try resolve(from).period }
    let anchor = count > 0 ? period.last : period.start
    guard var day = anchor else { throw .noSuchTime }
    var found: ResolvedTime?
    for _ in 0..<abs(count) {
      let near = try occurrences(of: inner, near: day, ahead: count > 0)
      let next = try count > 0 ? near.first(after: day) : near.latest(notAfter: day.adding(days: -1))
      guard let start = next.period.start else { throw .noSuchTime }
      day = start
      found = next
    }
    guard var found else { throw .noSuchTime }
    if case .named(.dayKind(let kind)) = inner, let said = context.calendar.assumption(about: kind, in: found.period) {
      found.assumptions.append(said)
    }
    return found
  }

  /// All occurrences in a stretch long enough to hold one on the side that is asked for.
  func occurrences(of time: TimeExpression, near day: Day, ahead: Bool) throws(TimeFailure) -> Occurrences {
    switch time {
    case .named(let unit):
      let reach = Recurrence.reach(of: unit)
      let from = ahead ? day : day.adding(days: -reach)
      let to = ahead ? day.adding(days: reach) : day.adding(days: reach / 4 + 1)
      let periods = Recurrence(unit: unit, calendar: context.calendar).periods(from: from, to: to)
      return Occurrences(periods: periods, grain: unit.grain)
    case .holiday(let key, of: nil):
      guard context.calendar.knows(key) else { throw .unknownHoliday(key) }
      let periods = (day.year - 2...day.year + 2).compactMap { context.calendar.holiday(key, in: $0) }
      return Occurrences(periods: periods, grain: .day)
    default: throw .noSuchTime
    }
  }
}

/// Occurrences of a recurring name around a day, in order.
struct Occurrences {
  var periods: [Period]
  var grain: Grain

  func latest(notAfter day: Day) throws(TimeFailure) -> ResolvedTime {
    guard let found = periods.last(where: { $0.start.map { $0 <= day } ?? false }) else { throw .noSuchTime }
    return ResolvedTime(period: found, grain: grain)
  }

  func first(after day: Day) throws(TimeFailure) -> ResolvedTime {
    guard let found = periods.first(where: { $0.start.map { $0 > day } ?? false }) else { throw .noSuchTime }
    return ResolvedTime(period: found, grain: grain)
  }
}
