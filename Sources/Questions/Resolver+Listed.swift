import CivilTime
import Metrics

/// Times named one after another: 5月和6月, Q1 and Q3, July, August and September.
extension Resolver {
  /// In total they are one, else told one by one; two of them stand side by side when they are set against each other.
  func listed(_ said: Parts) throws(Problem) -> Parts {
    guard !said.listed.isEmpty else { return said }
    var parts = said
    let times = lentInTurn(Self.unique(said.listed), ofAll: said.listedWithin)
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
      // 上旬、中旬、下旬: no unit of time has a row for each.
      guard times.allSatisfy(isUnit) || times.count == 2 else { throw .conflicting("during", times.map(Clash.time)) }
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

  /// 去年3月和12月: the year said of one holds of those named behind it. Of one named before it the nearest is meant (3月和去年12月),
  /// unless the year was said of all: March and December last year.
  private func lentInTurn(_ said: [TimeExpression], ofAll outer: TimeExpression?) -> [TimeExpression] {
    var times = said
    if let outer, let last = times.indices.last { times[last] = times[last].placed { _ in outer } ?? times[last] }
    for index in times.indices.dropFirst() { times[index] = behind(times[index], times[index - 1]) }
    for index in times.indices.dropLast().reversed() { times[index] = ahead(times[index], times[index + 1], holds: outer != nil) }
    return times
  }

  /// In the same year, also where that lies ahead; in the next where it follows on: 去年12月和1月.
  private func behind(_ time: TimeExpression, _ other: TimeExpression) -> TimeExpression {
    if let part = partOfMonth(time, other) { return part }
    // 12月5号和20号: of that month.
    if case (.named(.dayOfMonth(let day)), .named(.date(let month, let before))) = (time, other), day > before {
      return .named(.date(month: month, day: day))
    }
    guard let (same, other) = beside(time, other) else { return time }
    if same.period.start! < other.start!, let next = placed(time, in: sameFrame(time, other.start!, 1)),
      follows(next.period, other, time)
    { return next.time }
    return same.time
  }

  private func ahead(_ time: TimeExpression, _ other: TimeExpression, holds: Bool) -> TimeExpression {
    if let part = partOfMonth(time, other) { return part }
    guard let (same, other) = beside(time, other) else { return time }
    if holds {
      if same.period.start! > other.start!, let before = placed(time, in: sameFrame(time, other.start!, -1)),
        follows(other, before.period, time)
      { return before.time }
      return same.time
    }
    let near = [same] + [-1, 1].compactMap { placed(time, in: sameFrame(time, other.start!, $0)) }
    return near.min { abs($0.period.start!.number - other.start!.number) < abs($1.period.start!.number - other.start!.number) }!.time
  }

  /// 10月上旬、中旬、下旬, the first and third week of May: all of that month.
  private func partOfMonth(_ time: TimeExpression, _ other: TimeExpression) -> TimeExpression? {
    switch (time, other) {
    case (_, .nth): lent(time, by: other)
    case (.third(let count, of: .unit(.month, offset: 0)), .third(_, of: let month)): .third(count, of: month)
    case (.halfMonth(let half, of: .unit(.month, offset: 0)), .halfMonth(_, of: let month)): .halfMonth(half, of: month)
    default: nil
    }
  }

  private typealias Placed = (time: TimeExpression, period: Period)

  /// A time without its year in that of another, with the other's days.
  private func beside(_ time: TimeExpression, _ other: TimeExpression) -> (Placed, Period)? {
    guard time.isFloating, !other.isFloating, let said = try? other.resolve(context).period, let start = said.start, said.end != nil,
      let same = placed(time, in: start)
    else { return nil }
    return (same, said)
  }

  private func placed(_ time: TimeExpression, in day: Day) -> Placed? {
    guard let placed = time.placed({ frame($0, holding: day).map(TimeExpression.absolute) }), let period = (try? placed.resolve(context))?.period,
      period.start != nil, period.end != nil
    else { return nil }
    return (placed, period)
  }

  /// January behind December, New Year's Day behind Christmas: less than a twelfth of the way round lies between.
  private func follows(_ later: Period, _ earlier: Period, _ time: TimeExpression) -> Bool {
    let gap = later.start!.number - earlier.end!.number
    if case .named(.dayOfMonth) = time { return (0...3).contains(gap) }
    return (0...30).contains(gap)
  }

  /// The same day so many years, or months, away.
  private func sameFrame(_ time: TimeExpression, _ day: Day, _ count: Int) -> Day {
    if case .named(.dayOfMonth) = time { return day.adding(months: count) }
    return day.adding(months: 12 * count)
  }
}
