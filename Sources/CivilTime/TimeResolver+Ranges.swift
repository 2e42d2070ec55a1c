/// From A to B, since, before: where the two sides meet.
extension TimeResolver {
  /// Both ends in. An end named without its year (month, week) takes the other's: 去年11月到今年3月, 2015-03 to May,
  /// May to Oct 2020. If neither has one, it is the latest run whose second end has begun.
  func range(_ first: TimeExpression, _ second: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let ends = try rangeEnds(first, second)
    if let start = ends.0.period.start, let end = ends.1.period.end, start >= end { throw .noSuchTime }
    let grains = [ends.0.grain, ends.1.grain].compactMap { $0 }
    return ResolvedTime(
      period: Period(ends.0.period.start, ends.1.period.end), grain: grains.min(),
      assumptions: (ends.0.assumptions + ends.1.assumptions).removingRepeats)
  }

  func rangeEnds(
    _ first: TimeExpression, _ second: TimeExpression
  ) throws(TimeFailure) -> (ResolvedTime, ResolvedTime) {
    switch (first.isFloating, second.isFloating) {
    case (false, false): return (try resolve(first), try resolve(second))
    case (false, true):
      let begin = try resolve(first)
      return (begin, try next(second, from: begin.period.start))
    case (true, false):
      let finish = try resolve(second)
      guard let day = finish.period.start else { return (try resolve(first), finish) }
      return (try latest(first, notAfter: day), finish)
    case (true, true): return try latestRun(first, second)
    }
  }

  private func latestRun(
    _ first: TimeExpression, _ second: TimeExpression
  ) throws(TimeFailure) -> (ResolvedTime, ResolvedTime) {
    var day = today
    for _ in 0..<60 {
      let begin = try latest(first, notAfter: day)
      let finish = try next(second, from: begin.period.start)
      guard let start = begin.period.start, let finishStart = finish.period.start else { throw .noSuchTime }
      if finishStart <= today {
        return (begin.assuming(.latestNotInFuture), finish)
      }
      day = start.adding(days: -1)
    }
    throw .noSuchTime
  }

  /// The latest occurrence of a floating time that starts on or before `day`.
  private func latest(_ time: TimeExpression, notAfter day: Day) throws(TimeFailure) -> ResolvedTime {
    var other = self
    other.context.today = day
    var resolved = try other.resolve(time)
    // A part can start later than what it is part of: 3月底, seen from 3 March.
    for _ in 0..<3 {
      guard let start = resolved.period.start, start > day else { break }
      other.context.today = other.context.today.adding(days: -time.cycle)
      resolved = try other.resolve(time)
    }
    resolved.assumptions.removeAll { $0 == .latestNotInFuture }
    return resolved
  }

  /// The first occurrence of a floating time that starts on or after `day`.
  func next(_ time: TimeExpression, from day: Day?) throws(TimeFailure) -> ResolvedTime {
    guard let day else { return try resolve(time) }
    var other = self
    other.context.today = day
    for _ in 0..<400 {
      var resolved = try other.resolve(time)
      if let start = resolved.period.start, start >= day {
        resolved.assumptions.removeAll { $0 == .latestNotInFuture }
        return resolved
      }
      other.context.today = other.context.today.adding(days: time.cycle)
    }
    throw .noSuchTime
  }

  /// The days in both; an end named without its year is the first behind the start: 2025年6月以后9月以前.
  func both(_ first: TimeExpression, _ second: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let a = try resolve(first)
    let b = try behind(second, a.period.start, isLent: !first.boundOrSelf.isFloating)
    guard let period = a.period.intersection(b.period) else { throw .noSuchTime }
    let grain = period == a.period ? a.grain : period == b.period ? b.grain : nil
    let isWhole = grain.map { period.isWhole($0, weekStart: weekStart) } ?? false
    var resolved = ResolvedTime(
      period: period, grain: isWhole ? grain : period.days.map { _ in Grain.day },
      assumptions: (a.assumptions + b.assumptions).removingRepeats)
    resolved.only = a.only ?? b.only
    return resolved
  }

  private func behind(_ time: TimeExpression, _ start: Day?, isLent: Bool) throws(TimeFailure) -> ResolvedTime {
    guard isLent, let start, time.boundOrSelf.isFloating else { return try resolve(time) }
    let end = try next(time.boundOrSelf, from: start)
    switch time {
    case .before: return end.with(Period(nil, end.period.start), nil)
    case .through: return end.with(Period(nil, end.period.end), nil)
    default: return try resolve(time)
    }
  }

  func bounded(_ time: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    switch time {
    case .since(let inner):
      let resolved = try resolve(inner)
      let isPast = resolved.period.start.map { $0 <= today } ?? true
      return resolved.with(Period(resolved.period.start, isPast ? tomorrow : nil), isPast ? .day : nil)
    case .from(let inner): let resolved = try resolve(inner); return resolved.with(Period(resolved.period.start, nil), nil)
    case .after(let inner): let resolved = try resolve(inner); return resolved.with(Period(resolved.period.end, nil), nil)
    case .before(let inner): let resolved = try resolve(inner); return resolved.with(Period(nil, resolved.period.start), nil)
    case .through(let inner): let resolved = try resolve(inner); return resolved.with(Period(nil, resolved.period.end), nil)
    default: throw .noSuchTime
    }
  }
}

extension ResolvedTime {
  fileprivate func with(_ period: Period, _ grain: Grain?) -> ResolvedTime {
    ResolvedTime(period: period, grain: grain, assumptions: assumptions)
  }

  fileprivate func assuming(_ assumption: TimeAssumption) -> ResolvedTime {
    var copy = self
    copy.assumptions = (assumptions + [assumption]).removingRepeats
    return copy
  }
}

extension [TimeAssumption] {
  fileprivate var removingRepeats: [TimeAssumption] {
    reduce(into: []) { list, item in if !list.contains(item) { list.append(item) } }
  }
}
