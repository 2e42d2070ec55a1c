import CivilTime
import Metrics

/// Times named one after another: 5月和6月, Q1 and Q3, July, August and September.
extension Resolver {
  /// In total they are one, else told one by one; two of them stand side by side when they are set against each other.
  func listed(_ said: Parts) throws(Problem) -> Parts {
    guard !said.listed.isEmpty else { return said }
    var parts = said
    let times = lentInTurn(Self.unique(said.listed))
    let weekdays = times.compactMap { time -> Value? in if case .named(.weekday(let day)) = time { .number(Double(day)) } else { nil } }
    // 周六和周日: the weekend days of every week, not one of each.
    if weekdays.count == times.count {
      parts.conditions.append(.oneOf(.part(.weekday), weekdays, negated: false))
      parts.namedApart.append(.part(.weekday))
      return parts
    }
    let isCut = parts.groups.contains(where: \.isTime) || parts.trend
    // A run is within all of them.
    let isOne = parts.together || !parts.streaks.isEmpty
    if times.count == 2, !isCut, parts.split || !isOne && (parts.asksGrowth || !times.allSatisfy(isUnit)) {
      parts.versus += times
      return parts
    }
    guard let all = try? TimeNotation.time(TimeNotation.term(of: .several(times))) else {
      throw .conflicting("during", times.map(Clash.time))
    }
    if !isCut, !isOne {
      let grains = Self.unique(times.compactMap { (try? $0.resolve(context))?.grain })
      guard grains.count == 1 else { throw .conflicting("during", times.map(Clash.time)) }
      parts.groups.append(.time(grains[0]))
    }
    if !parts.periods.contains(all) { parts.periods.append(all) }
    return parts
  }

  /// One month, one quarter, one day; the first ten days of a month are none.
  private func isUnit(_ time: TimeExpression) -> Bool {
    guard let found = try? time.resolve(context), let grain = found.grain, let start = found.period.start, let end = found.period.end
    else { return false }
    return grain.start(of: start, weekStart: context.calendar.weekStart) == start && grain.advance(start, by: 1) >= end
  }

  /// 2025年9月和10月, May and June 2025: the year said of one holds of those beside it, so that they lie nearest to each other.
  private func lentInTurn(_ said: [TimeExpression]) -> [TimeExpression] {
    var times = said
    for index in times.indices.dropFirst() { times[index] = beside(times[index], times[index - 1]) }
    for index in times.indices.dropLast().reversed() { times[index] = beside(times[index], times[index + 1]) }
    return times
  }

  private func beside(_ time: TimeExpression, _ other: TimeExpression) -> TimeExpression {
    switch (time, other) {
    case (_, .nth): return lent(time, by: other)
    // 10月上旬、中旬、下旬: all of that month.
    case (.third(let count, of: .unit(.month, offset: 0)), .third(_, of: let month)): return .third(count, of: month)
    case (.halfMonth(let half, of: .unit(.month, offset: 0)), .halfMonth(_, of: let month)): return .halfMonth(half, of: month)
    default: break
    }
    guard time.isFloating, !other.isFloating, let start = (try? other.resolve(context))?.period.start else { return time }
    let near = [start] + sameFrame(time, start)
    let placed = near.compactMap { day in time.placed { frame($0, holding: day).map(TimeExpression.absolute) } }
    func distance(_ candidate: TimeExpression) -> Int {
      (try? candidate.resolve(context))?.period.start.map { abs($0.number - start.number) } ?? .max
    }
    return placed.min { distance($0) < distance($1) } ?? time
  }

  /// A day in the year, or month, before and one in that behind.
  private func sameFrame(_ time: TimeExpression, _ day: Day) -> [Day] {
    if case .named(.dayOfMonth) = time { return [day.adding(months: -1), day.adding(months: 1)] }
    return [day.adding(months: -12), day.adding(months: 12)]
  }
}
