import CivilTime
import Metrics
import SourceText

/// The period a question asks for and the one it is set against, whatever order they were named in.
extension Resolver {
  /// Of two periods side by side the later is asked for and the earlier is the base, in whatever order they were named.
  func periods(
    _ parts: Parts, _ comparison: Comparison?
  ) throws(Problem) -> (TimeExpression?, Comparison?) {
    // 2026年比2025年同比增长多少: the base is named twice.
    if let comparison, comparison.base == .yearBefore, namesYearBefore(parts) { return try periods(parts, nil) }
    if parts.versus.count == 2, parts.against.isEmpty, parts.periods.isEmpty, comparison == nil {
      let versus = [parts.versus[0], lent(parts.versus[1], by: parts.versus[0])]
      let ordered = isLater(versus[1], versus[0]) ? versus.reversed() : versus
      return (ordered[0], Comparison(.period(ordered[1]), fair: !(parts.splitEach && isUnfinished(ordered[0]))))
    }
    if parts.against.count == 1, parts.periods.count == 1, comparison == nil {
      let this = parts.periods[0]
      let base = earlier(parts.against[0], than: this)
      return isLater(base, this) ? (base, Comparison(.period(this))) : (this, Comparison(.period(base)))
    }
    if parts.against.count == 1, parts.periods.count < 2, parts.versus.isEmpty, comparison == nil {
      return (parts.periods.first, Comparison(.period(parts.against[0])))
    }
    if let stretch = parts.preceding.first {
      guard parts.preceding.count == 1, parts.periods.count == 1, parts.versus.isEmpty, parts.against.isEmpty, comparison == nil else {
        throw .unsupported(parts.periods.isEmpty ? "compare without period" : "compare unlike periods")
      }
      return (parts.periods[0], try justBefore(parts.periods[0], stretch.count, stretch.grain))
    }
    let all = parts.periods + parts.versus + parts.against
    if all.count == 2, parts.periods.count == 2, let cut = cutShort(all[0], all[1]) ?? cutShort(all[1], all[0]) { return (cut, comparison) }
    if all.count > 1, parts.periods.count < all.count || !areSameDays(all) { throw .conflicting("during", all.map(Clash.time)) }
    // The one that holds whenever it is asked: 2026 before this year.
    return (all.first { if case .absolute = $0 { true } else { false } } ?? all.first, comparison)
  }

  /// Whether data for a part of it are still to come.
  private func isUnfinished(_ time: TimeExpression) -> Bool {
    guard let end = (try? time.resolve(context))?.period.end else { return false }
    return end > (context.lastLoadedDay.map { min($0, context.today) } ?? context.today).adding(days: 1)
  }

  /// 2月下旬（21日到29日）: the same days, said twice.
  private func areSameDays(_ times: [TimeExpression]) -> Bool {
    let found = times.map { (try? $0.resolve(context))?.period }
    return found.allSatisfy { $0 != nil && $0 == found[0] }
  }

  /// This year, as of last Friday: a unit of time of which an end was said apart; nil where that lies outside.
  private func cutShort(_ unit: TimeExpression, _ end: TimeExpression) -> TimeExpression? {
    switch end {
    case .through, .since, .from, .before, .after: break
    default: return nil
    }
    guard let whole = (try? unit.resolve(context))?.period, let from = whole.start, let to = whole.end,
      let cut = try? TimeExpression.both(unit, end).resolve(context).period, let start = cut.start, let stop = cut.end,
      // November up to February ends outside it, and is no part of November.
      (start == from) != (stop == to), start < stop
    else { return nil }
    return try? TimeNotation.time(TimeNotation.term(of: .both(unit, end)))
  }

  /// Orders by month, 2026 against 2025: like months of two years stand side by side.
  func linedUp(_ question: inout Question) {
    guard let comparison = question.comparison, case .period(let base) = comparison.base, let period = question.period,
      let this = try? period.resolve(context), let other = try? base.resolve(context), let grain = this.grain, grain == other.grain,
      grain != .week, grain != .day, grain != .hour,
      question.groups.contains(where: { if case .time(let cut) = $0 { cut != grain } else { false } }),
      let start = this.period.start, let before = other.period.start
    else { return }
    let years = start.year - before.year
    guard years > 0, before.adding(months: 12 * years) == start else { return }
    question.comparison = Comparison(years == 1 ? .yearBefore : .shifted(-years, .year), fair: comparison.fair)
  }

  /// Month on month, without a word of when: the last whole month.
  func lastWhole(_ parts: Parts, _ question: inout Question) {
    guard let step = parts.steps.first, question.comparison?.base == .previous, question.period == nil,
      !question.groups.contains(where: \.isTime)
    else { return }
    question.period = .unit(step, offset: -1)
  }

  /// 国庆以外的10月: days taken out of the period; without one they are taken out of nothing.
  func leavingOut(_ times: [TimeExpression], of period: TimeExpression?) throws(Problem) -> TimeExpression? {
    guard !times.isEmpty else { return period }
    guard var period else { throw .unsupported("days left out of no period") }
    for time in times {
      // 近7天不含今天: today is none of them anyway; of the last 30 days, this month is some.
      if case .last = period, case .unit(_, offset: 0) = time, let whole = (try? period.resolve(context))?.period,
        let part = (try? time.resolve(context))?.period, whole.intersection(part) == nil
      { continue }
      period = .except(period, time)
    }
    return period
  }

  /// `preceding 30 day`
  func stretch(_ clause: Clause) throws(Problem) -> (count: Int, grain: Grain) {
    guard let item = clause.items.first, item.count == 2, case .number(let count) = item[0], count >= 1, count < 10_000,
      count == count.rounded(), let grain = Grain(rawValue: item[1].plainText)
    else { throw .badNotation(offset: 0, expected: "a number of units of time") }
    return (Int(count), grain)
  }

  /// As many units just before a period as it has itself; any other number is no like stretch.
  private func justBefore(_ period: TimeExpression, _ count: Int, _ grain: Grain) throws(Problem) -> Comparison {
    switch period {
    case .last(count, grain), .rolling(count, grain): return Comparison(.shifted(-count, grain))
    default: break
    }
    guard grain == .day, (try? period.resolve(context))?.period.days == count else { throw .unsupported("compare unlike periods") }
    return Comparison(.shifted(-count, .day))
  }

  /// The last 30 days against "the previous 30 days": those before them, and not the same once more.
  func before(_ comparison: Comparison?, _ period: TimeExpression?) -> Comparison? {
    guard case .period(let base)? = comparison?.base, let period, base == period else { return comparison }
    switch period {
    case .last(let count, let grain), .rolling(let count, let grain): return Comparison(.shifted(-count, grain), fair: comparison!.fair)
    default: return comparison
    }
  }

  /// Whether two periods were named of which one is the other a year before.
  private func namesYearBefore(_ parts: Parts) -> Bool {
    let named = parts.versus + parts.periods + parts.against
    guard named.count == 2, parts.versus.count == 2 || parts.against.count == 1 else { return false }
    let resolved = named.compactMap { try? $0.resolve(context).period }
    guard resolved.count == 2, let a = resolved[0].start, let b = resolved[1].start, let c = resolved[0].end, let d = resolved[1].end
    else { return false }
    let months = a < b ? 12 : -12
    return a.adding(months: months) == b && c.adding(months: months) == d
  }

  /// Growth runs with time: of two periods, the later is set against the earlier, whichever was named first.
  func isLater(_ a: TimeExpression, _ b: TimeExpression) -> Bool {
    guard let first = (try? a.resolve(context))?.period.start, let second = (try? b.resolve(context))?.period.start
    else { return false }
    return first > second
  }
}
