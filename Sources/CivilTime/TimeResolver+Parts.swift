/// Parts of an outer period: the second week of, the last five days of, 旬, 月初.
extension TimeResolver {
  func part(_ time: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    switch time {
    case .nth(let count, let grain, let outer): try nth(count, try units(grain, of: outer), grain, outer)
    case .nthNamed(let count, let unit, let outer): try nthNamed(count, unit, outer)
    case .first(let count, let grain, let outer): try edge(count, grain, outer, fromStart: true)
    case .final(let count, let grain, let outer): try edge(count, grain, outer, fromStart: false)
    case .edgeDays(let count, let kind, let outer): try edgeDays(count, kind, outer)
    case .halfMonth(let index, let outer): try halfMonth(index, outer)
    case .adjoining(let count, let grain, let inner): try adjoining(count, grain, inner)
    case .third(let index, let outer): try third(index, outer)
    case .vague(let part, let outer): try vague(part, outer)
    case .whole(let grain, let inner): try whole(grain, inner)
    case .run(let count, let grain, let inner): try run(count, grain, inner)
    default: throw .noSuchTime
    }
  }

  /// Whole units inside a period. A week belongs to the period that holds its fourth day (ISO: Thursday); months and
  /// longer are counted from the period's own start, so the quarters of a fiscal year are its own.
  private func units(_ grain: Grain, of outer: TimeExpression) throws(TimeFailure) -> [Period] {
    let (start, end, _) = try closed(outer)
    guard end.number - start.number < 400 * 366 else { throw .noSuchTime }
    if grain == .week {
      let weeks = Period(start.adding(days: -6), end.adding(days: 6)).split(by: .week, weekStart: weekStart)
      return weeks.compactMap { $0.start.map { grain.unit(containing: $0, weekStart: weekStart) } }
        .filter { $0.start.map { start <= $0.adding(days: 3) && $0.adding(days: 3) < end } ?? false }
    }
    var units: [Period] = []
    var first = grain.months == nil || start.dayOfMonth == 1 ? start : Grain.month.advance(Grain.month.start(of: start), by: 1)
    while grain.advance(first, by: 1) <= end {
      units.append(Period(first, grain.advance(first, by: 1)))
      first = grain.advance(first, by: 1)
    }
    return units
  }

  private func nth(
    _ count: Int, _ units: [Period], _ grain: Grain, _ outer: TimeExpression
  ) throws(TimeFailure) -> ResolvedTime {
    let index = count > 0 ? count - 1 : units.count + count
    guard count != 0, units.indices.contains(index) else { throw .noSuchTime }
    return ResolvedTime(period: units[index], grain: grain, assumptions: try resolve(outer).assumptions)
  }

  private func nthNamed(_ count: Int, _ unit: RecurringUnit, _ outer: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let (start, end, _) = try closed(outer)
    return try nth(count, Recurrence(unit: unit, calendar: context.calendar).periods(from: start, to: end), unit.grain, outer)
  }

  private func edge(
    _ count: Int, _ grain: Grain, _ outer: TimeExpression, fromStart: Bool
  ) throws(TimeFailure) -> ResolvedTime {
    let units = try units(grain, of: outer)
    guard count >= 1, count <= units.count else { throw .noSuchTime }
    let run = fromStart ? units.prefix(count) : units.suffix(count)
    return ResolvedTime(
      period: Period(run.first?.start, run.last?.end), grain: grain, assumptions: try resolve(outer).assumptions)
  }

  private func third(_ index: Int, _ outer: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let (start, end, resolved) = try closed(outer)
    guard (1...3).contains(index), resolved.grain == .month, end == start.adding(months: 1) else { throw .noSuchTime }
    let first = start.adding(days: 10 * (index - 1))
    return ResolvedTime(
      period: Period(first, index == 3 ? end : first.adding(days: 10)), grain: .day, assumptions: resolved.assumptions)
  }

  private func halfMonth(_ index: Int, _ outer: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let (start, end, resolved) = try closed(outer)
    guard (1...2).contains(index), resolved.grain == .month, end == start.adding(months: 1) else { throw .noSuchTime }
    let middle = start.adding(days: 15)
    return ResolvedTime(
      period: index == 1 ? Period(start, middle) : Period(middle, end), grain: .day, assumptions: resolved.assumptions)
  }

  /// 春节前一周: seven days, not a week of the calendar.
  private func adjoining(_ count: Int, _ grain: Grain, _ inner: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let resolved = try resolve(inner)
    guard count != 0, abs(count) <= 1000, let edge = count < 0 ? resolved.period.start : resolved.period.end else { throw .noSuchTime }
    let other = grain.advance(edge, by: count)
    return ResolvedTime(
      period: count < 0 ? Period(other, edge) : Period(edge, other), grain: .day, assumptions: resolved.assumptions)
  }

  private func whole(_ grain: Grain, _ inner: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let resolved = try resolve(inner)
    guard let start = resolved.period.start else { throw .noSuchTime }
    return ResolvedTime(
      period: grain.unit(containing: start, weekStart: weekStart), grain: grain, assumptions: resolved.assumptions)
  }

  private func run(_ count: Int, _ grain: Grain, _ inner: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let resolved = try resolve(inner)
    guard (1...100_000).contains(count), let start = resolved.period.start else { throw .noSuchTime }
    let period = Period(start, grain.advance(start, by: count))
    return ResolvedTime(
      period: period, grain: period.isWhole(grain, weekStart: weekStart) ? grain : .day,
      assumptions: resolved.assumptions)
  }

  private func vague(_ part: VaguePart, _ outer: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let (start, end, resolved) = try closed(outer)
    guard let grain = resolved.grain, let cut = VagueCut.cut(part, grain, start, end) else { throw .noSuchTime }
    return ResolvedTime(
      period: cut.period, grain: cut.grain, assumptions: resolved.assumptions + [.vaguePart(part)])
  }
}

/// Where 年初, 月中, the end of the week … are cut. Years are cut by quarters, quarters and halves by months, months by
/// ten days (the last part runs to the end), weeks by days.
enum VagueCut {
  static func cut(_ part: VaguePart, _ grain: Grain, _ start: Day, _ end: Day) -> (period: Period, grain: Grain)? {
    switch grain {
    case .year: byMonths(part, start, end, edge: 3, .quarter)
    case .half: byMonths(part, start, end, edge: 2, .month)
    case .quarter: byMonths(part, start, end, edge: 1, .month)
    case .month: (byDays(part, start, end, 10, 20), .day)
    case .week: (byDays(part, start, end, part == .start ? 3 : 2, 4), .day)
    case .day, .hour: nil
    }
  }

  private static func byMonths(
    _ part: VaguePart, _ start: Day, _ end: Day, edge: Int, _ grain: Grain
  ) -> (Period, Grain) {
    switch part {
    case .start: (Period(start, start.adding(months: edge)), grain)
    case .mid: (Period(start.adding(months: edge), end.adding(months: -edge)), grain)
    case .close: (Period(end.adding(months: -edge), end), grain)
    }
  }

  private static func byDays(_ part: VaguePart, _ start: Day, _ end: Day, _ first: Int, _ second: Int) -> Period {
    switch part {
    case .start: Period(start, start.adding(days: first))
    case .mid: Period(start.adding(days: first), start.adding(days: second))
    case .close: Period(start.adding(days: second), end)
    }
  }
}
