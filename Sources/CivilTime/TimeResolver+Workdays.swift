/// Working days and trading days, and counts that were not exact.
extension TimeResolver {
  /// 近5个工作日: from the first to the last of them; the days between that are none do not count.
  func lastDays(_ count: Int, _ kind: DayKind) throws(TimeFailure) -> ResolvedTime {
    guard (1...2000).contains(count) else { throw .noSuchTime }
    try check(kind)
    var day = context.calendar.lastIncludesToday ? tomorrow : today
    var found: [Day] = []
    while found.count < count, today.number - day.number < 4000 {
      day = day.adding(days: -1)
      if context.calendar.isOf(kind, day) { found.append(day) }
    }
    return try run(found.reversed(), kind, context.calendar.lastIncludesToday ? [] : [.todayLeftOut])
  }

  func edgeDays(_ count: Int, _ kind: DayKind, _ outer: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    try check(kind)
    let (start, end, resolved) = try closed(outer)
    guard end.number - start.number < 10 * 366 else { throw .noSuchTime }
    let days = (start.number..<end.number).map(Day.init).filter { context.calendar.isOf(kind, $0) }
    guard count != 0, abs(count) <= days.count else { throw .noSuchTime }
    return try run(Array(count > 0 ? days.prefix(count) : days.suffix(-count)), kind, resolved.assumptions)
  }

  /// 上周的工作日: with the weekend days worked for a break, without its days off.
  func workdays(of start: Day, _ end: Day, _ resolved: ResolvedTime) throws(TimeFailure) -> ResolvedTime {
    guard end.number - start.number < 10 * 366 else { throw .noSuchTime }
    let days = (start.number..<end.number).map(Day.init).filter { context.calendar.isOf(.workday, $0) }
    return try run(days, .workday, resolved.assumptions)
  }

  private func run(
    _ days: [Day], _ kind: DayKind, _ assumptions: [TimeAssumption]
  ) throws(TimeFailure) -> ResolvedTime {
    guard let first = days.first, let last = days.last else { throw .noSuchTime }
    let period = Period(first: first, last: last)
    var resolved = ResolvedTime(
      period: period, grain: .day,
      assumptions: assumptions + [context.calendar.assumption(about: kind, in: period)].compactMap { $0 })
    if days.count < period.days ?? 0 { resolved.only = kind }
    return resolved
  }

  private func check(_ kind: DayKind) throws(TimeFailure) {
    if kind == .tradingDay, !context.calendar.hasTradingDays { throw .noTradingDays }
  }

  /// 最近几天: as many as the notation says, and that it was a guess.
  func about(_ inner: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    var resolved = try resolve(inner)
    let count: Int? =
      switch inner {
      case .last(let count, _), .rolling(let count, _), .next(let count, _), .lastDays(let count, _), .first(let count, _, _),
        .final(let count, _, _):
        count
      default: nil
      }
    if let count { resolved.assumptions.append(.few(abs(count))) }
    return resolved
  }
}
