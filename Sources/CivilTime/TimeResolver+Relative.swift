/// Times counted from today: units before and after, last N, to date, fiscal years.
extension TimeResolver {
  func relative(_ grain: Grain, _ offset: Int) throws(TimeFailure) -> ResolvedTime {
    guard abs(offset) <= 100_000 else { throw .noSuchTime }
    return ResolvedTime(
      period: grain.unit(containing: today, offset: offset, weekStart: weekStart), grain: grain == .hour ? .day : grain)
  }

  /// 近7天: the complete units before the current one, unless the dataset counts today in.
  func last(_ count: Int, _ grain: Grain) throws(TimeFailure) -> ResolvedTime {
    if context.calendar.lastIncludesToday { return try rolling(count, grain) }
    guard (1...100_000).contains(count), grain != .hour else { throw .noSuchTime }
    let current = grain.start(of: today, weekStart: weekStart)
    return ResolvedTime(
      period: Period(grain.advance(current, by: -count), current), grain: grain,
      assumptions: grain == .day ? [.todayLeftOut] : [])
  }

  /// N units ending with today; three months to 31 May start on 1 March.
  func rolling(_ count: Int, _ grain: Grain) throws(TimeFailure) -> ResolvedTime {
    guard (1...100_000).contains(count), grain != .hour else { throw .noSuchTime }
    let start = grain.advance(today, by: -count).adding(days: 1)
    return ResolvedTime(period: Period(start, tomorrow), grain: .day)
  }

  func next(_ count: Int, _ grain: Grain) throws(TimeFailure) -> ResolvedTime {
    guard (1...100_000).contains(count), grain != .hour else { throw .noSuchTime }
    let start = grain.advance(grain.start(of: today, weekStart: weekStart), by: 1)
    return ResolvedTime(period: Period(start, grain.advance(start, by: count)), grain: grain)
  }

  /// Through today, or through the last loaded day if that is earlier but still inside the unit.
  func toDate(_ grain: Grain) throws(TimeFailure) -> ResolvedTime {
    let unit = try relative(grain, 0)
    return ResolvedTime(period: cutAtToday(unit.period), grain: unit.grain, wholeUnit: unit.period)
  }

  private func cutAtToday(_ unit: Period) -> Period {
    let loaded = context.lastLoadedDay.map { min($0, today) } ?? today
    return Period(unit.start, unit.contains(loaded) ? loaded.adding(days: 1) : tomorrow)
  }

  /// The fiscal unit that lies `offset` units from the current one; days, weeks and months are the calendar's own.
  func fiscal(_ grain: Grain, _ offset: Int) throws(TimeFailure) -> ResolvedTime {
    guard let first = context.calendar.fiscalStart else { throw .noFiscalYear }
    guard let length = grain.months else { return try relative(grain, offset) }
    let moved = grain.start(of: today.adding(days: 1 - today.dayOfMonth).adding(months: 1 - first))
    let start = moved.adding(months: first - 1 + offset * length)
    return ResolvedTime(period: Period(start, start.adding(months: length)), grain: grain)
  }

  func fiscalNamed(_ year: Int, _ quarter: Int?) throws(TimeFailure) -> ResolvedTime {
    guard let first = context.calendar.fiscalStart else { throw .noFiscalYear }
    guard (1...9999).contains(year), (1...4).contains(quarter ?? 1) else { throw .noSuchTime }
    let start = Day(unchecked: first == 1 ? year : year - 1, first, 1).adding(months: 3 * ((quarter ?? 1) - 1))
    let length = quarter == nil ? 12 : 3
    return ResolvedTime(period: Period(start, start.adding(months: length)), grain: quarter == nil ? .year : .quarter)
  }

  /// The same stretch, moved; a whole unit stays a whole unit.
  func shifted(_ inner: TimeExpression, _ count: Int, _ grain: Grain) throws(TimeFailure) -> ResolvedTime {
    guard abs(count) <= 100_000 else { throw .noSuchTime }
    var resolved = try resolve(inner)
    let weeks = resolved.grain == .week
    resolved.period = resolved.period.shifted(by: count, grain, weeks: weeks)
    resolved.wholeUnit = resolved.wholeUnit?.shifted(by: count, grain, weeks: weeks)
    return resolved
  }
}
