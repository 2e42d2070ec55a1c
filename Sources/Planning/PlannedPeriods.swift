import CivilTime
import Metrics
import Questions

/// The days a question reads, on both sides of a comparison, and what is to be said about them.
struct PlannedPeriods {
  /// What the question's period stands for; nil when it asks for all data.
  var resolved: ResolvedTime?
  /// The days read for the answer; nil = all.
  var this: Period?
  /// The days read for the base of a comparison.
  var base: Period?
  /// With a group of time: how far each unit's own base lies back.
  var shift: TimeShift?
  var comparison: PlannedComparison?
  /// The same of a second comparison.
  var furtherBase: Period?
  var furtherShift: TimeShift?
  var further: PlannedComparison?
  var notices: [Notice] = []
}

/// Puts a question's periods on the calendar, and makes comparisons fair.
struct PeriodPlanner {
  let context: TimeContext
  /// From the first to the last day of the tables that are read; nil if unknown.
  let extent: Period?
  /// The last day up to which data can be expected.
  let lastDay: Day
  /// The finest unit of time the answer is cut by.
  let grain: Grain?
  /// What keeps to whole units of time, if any metric does.
  var wholeUnits: WholeUnits?

  init(context: TimeContext, extent: Period?, quietDays: Int, grain: Grain?) {
    self.context = context
    self.extent = extent
    self.grain = grain
    let loaded = extent?.last ?? context.lastLoadedDay ?? context.today
    lastDay = context.today.number - loaded.number <= quietDays ? context.today : loaded
  }

  private var weekStart: Int { context.calendar.weekStart }
  private var cutoff: Day { lastDay.adding(days: 1) }

  /// - Throws: `Problem.time`, `Problem.unsupported`
  func plan(_ question: Question) throws(Problem) -> PlannedPeriods {
    var planned = PlannedPeriods()
    if let expression = question.period {
      let resolved = try resolve(expression)
      planned.resolved = resolved
      planned.this = resolved.period
      planned.notices = resolved.assumptions.map { .assumedTime($0, resolved.period) }
    } else if let extent {
      planned.notices.append(.allTime(extent))
    }
    planned.notices += workdayNotices(question, planned)
    if let comparison = question.comparison, !comparison.isOfMembers { try compare(comparison, &planned) }
    if let further = question.further { try compareFurther(further, question, &planned) }
    if let period = planned.resolved?.period { planned.notices += coverageNotices(period, planned) }
    if let wholeUnits { planned.notices += try whole(wholeUnits, question, planned) }
    return planned
  }

  private func whole(_ units: WholeUnits, _ question: Question, _ planned: PlannedPeriods) throws(Problem) -> [Notice] {
    try units.check(question)
    for comparison in [question.comparison, question.further].compactMap(\.self) {
      switch comparison.base {
      case .period(let base):
        _ = try units.notices(try resolve(base), context, lastDay: lastDay)
      case .shifted(_, let grain): try units.check(Question(subject: .measures([]), groups: [.time(grain)]))
      case .yearBefore, .previous, .members: continue
      }
    }
    return try units.notices(planned.resolved, context, lastDay: lastDay)
  }

  /// - Throws: `Problem.time`
  func resolve(_ expression: TimeExpression) throws(Problem) -> ResolvedTime {
    do throws(TimeFailure) { return try expression.resolve(context) } catch {
      throw .time(error, text: "")
    }
  }

  /// Which days are working days rests on the calendar; what it does not know is said.
  private func workdayNotices(_ question: Question, _ planned: PlannedPeriods) -> [Notice] {
    let parts = question.conditions.compactMap(\.field) + question.groups.compactMap { group -> Field? in
      if case .part(let part) = group { .part(part) } else { nil }
    }
    guard let kind = DayKind.allCases.first(where: { parts.contains(.part($0.part)) }) else { return [] }
    let all = extent ?? Period(nil, nil)
    let read = planned.this.map { $0.intersection(all) ?? $0 } ?? all
    return context.calendar.assumption(about: kind, in: read).map { [.assumedTime($0, read)] } ?? []
  }

  // MARK: Comparing

  /// A second comparison of the same days.
  private func compareFurther(_ comparison: Comparison, _ question: Question, _ planned: inout PlannedPeriods) throws(Problem) {
    var other = question
    (other.comparison, other.further) = (comparison, nil)
    let second = try plan(other)
    guard second.this == planned.this else { throw .unsupported("two comparisons of unlike days") }
    (planned.furtherBase, planned.furtherShift, planned.further) = (second.base, second.shift, second.comparison)
    planned.notices += second.notices.filter { !planned.notices.contains($0) }
  }

  private func compare(_ comparison: Comparison, _ planned: inout PlannedPeriods) throws(Problem) {
    let resolved = try closed(planned.resolved)
    if !resolved.stretches.isEmpty { throw .unsupported("compare several stretches") }
    if case .period(let base) = comparison.base, !(try resolve(base)).stretches.isEmpty {
      throw .unsupported("compare several stretches")
    }
    // The stretch before five working days is not five working days.
    if resolved.only != nil {
      guard case .period = comparison.base else { throw .unsupported("compare working days") }
    }
    // By week, against last year: of which weeks, nobody said; all there are would stand against days of other years.
    if case .period = comparison.base, planned.resolved == nil { throw .unsupported("compare without period") }
    if grain != nil {
      try compareUnits(comparison, resolved, &planned)
    } else {
      guard planned.resolved != nil else { throw .unsupported("compare without period") }
      try compareWhole(comparison, resolved, &planned)
    }
    guard let this = planned.this, let base = planned.base else { return }
    planned.comparison = PlannedComparison(kind: comparison, this: this, base: base)
    if let extent, base.intersection(extent) == nil {
      planned.notices.append(.baseWithoutData(base, available: extent))
    } else if let first = extent?.start, let start = base.start, start < first {
      planned.notices.append(.dataBegins(first, period: base))
    }
  }

  /// The period with both sides set, from the data where the question leaves one open.
  private func closed(_ resolved: ResolvedTime?) throws(Problem) -> ResolvedTime {
    var result = resolved ?? ResolvedTime(period: Period(nil, nil), grain: nil)
    let start = result.period.start ?? extent?.start
    let end = result.period.end ?? extent.map { _ in cutoff }
    guard let start, let end, start < end else { throw .unsupported("compare without period") }
    result.period = Period(start, end)
    return result
  }

  /// One run of days against another.
  private func compareWhole(
    _ comparison: Comparison, _ resolved: ResolvedTime, _ planned: inout PlannedPeriods
  ) throws(Problem) {
    let whole = resolved.wholeUnit ?? resolved.period
    let baseWhole: Period
    if case .period(let expression) = comparison.base {
      baseWhole = try closed(try resolve(expression)).period
    } else {
      baseWhole = shift(for: comparison, whole, resolved.grain).back(whole)
    }
    let this = cut(resolved.period)
    let baseCut = cut(baseWhole)
    let isCut = this != whole || baseCut != baseWhole
    guard comparison.fair, isCut else {
      planned.this = resolved.period
      planned.base = baseWhole
      // Months of 30 and 31 days are whole units all the same; more than three days apart, the lengths themselves differ.
      let apart = abs((resolved.period.days ?? 0) - (baseWhole.days ?? 0))
      if isCut || apart > 3 { planned.notices.append(.unequalPeriods(this: this, base: baseCut)) }
      return
    }
    if baseCut == baseWhole, let same = sameMonths(this, of: whole, in: baseWhole) {
      planned.this = Period(whole.start, this.end)
      planned.base = same
    } else {
      let elapsed = elapsedDays(this, of: whole, baseCut, of: baseWhole)
      planned.this = first(elapsed, of: Period(whole.start, this.end))
      planned.base = first(elapsed, of: baseCut)
    }
    planned.notices.append(.fairComparison(this: planned.this!, base: planned.base!))
  }

  /// Years apart and after whole months, the same months: through June against through June, though a leap year puts a day
  /// between them. Nil inside a month, and where the base does not begin on the same date of another year.
  private func sameMonths(_ this: Period, of whole: Period, in base: Period) -> Period? {
    guard let start = whole.start, let end = this.end, let baseStart = base.start, let baseEnd = base.end, end.dayOfMonth == 1
    else { return nil }
    let years = start.year - baseStart.year
    guard years != 0, start.adding(months: -12 * years) == baseStart else { return nil }
    return Period(baseStart, min(baseEnd, end.adding(months: -12 * years)))
  }

  /// How many days both sides get: as many as have passed on the side that is not over.
  private func elapsedDays(_ this: Period, of whole: Period, _ baseCut: Period, of baseWhole: Period) -> Int {
    let mine = (this.end?.number ?? 0) - (whole.start?.number ?? 0)
    let base = baseCut.days ?? mine
    if baseCut != baseWhole { return this != whole ? min(mine, base) : base }
    return mine
  }

  private func first(_ days: Int, of period: Period) -> Period {
    guard let start = period.start, let end = period.end else { return period }
    return Period(start, min(end, start.adding(days: days)))
  }

  /// A period without the days that lie ahead or behind the data; periods that lie there altogether stay as they are, and so
  /// does a month or longer whose last day is today where nothing but today is missing: months differ by more than a day, and
  /// the answer says up to which day there are numbers. Of a week, that day is a seventh.
  private func cut(_ period: Period) -> Period {
    guard let start = period.start, let end = period.end, end > cutoff, start < cutoff else { return period }
    if cutoff == context.today, end == cutoff.adding(days: 1), end.number - start.number >= 28 { return period }
    return Period(start, cutoff)
  }

  private func shift(for comparison: Comparison, _ whole: Period, _ grain: Grain?) -> TimeShift {
    switch comparison.base {
    case .yearBefore, .period, .members: return grain == .week ? .days(364) : .months(12)
    case .previous: return length(of: whole)
    case .shifted(let count, let unit):
      if let months = unit.months { return .months(-months * count) }
      return .days(-(unit == .week ? 7 : 1) * count)
    }
  }

  /// A period's own length: in months where it starts and ends with a month, else in days.
  private func length(of period: Period) -> TimeShift {
    guard let start = period.start, let end = period.end else { return .days(0) }
    let (s, e) = (start.date, end.date)
    let months = (e.year - s.year) * 12 + e.month - s.month
    if s.day == 1, e.day == 1, months > 0 { return .months(months) }
    return .days(end.number - start.number)
  }

  // MARK: Comparing unit by unit

  /// Each unit of time against its own base.
  private func compareUnits(
    _ comparison: Comparison, _ resolved: ResolvedTime, _ planned: inout PlannedPeriods
  ) throws(Problem) {
    guard let grain, grain != .hour, let shift = try unitShift(comparison, grain, resolved) else {
      throw .unsupported("compare by \(grain?.rawValue ?? "time")")
    }
    let period = resolved.period
    let this = comparison.fair ? cut(period) : period
    planned.this = this
    planned.shift = shift
    planned.base = Period(
      this.start.map(shift.back), this.end.map { baseEnd($0, shift, grain) })
    if this != period, resolved.wholeUnit == nil, planned.resolved != nil {
      planned.notices.append(.fairComparison(this: this, base: planned.base!))
    }
  }

  private func unitShift(
    _ comparison: Comparison, _ grain: Grain, _ resolved: ResolvedTime
  ) throws(Problem) -> TimeShift? {
    switch comparison.base {
    case .yearBefore: return .back(1, .year, unitsOf: grain)
    case .previous: return .back(1, grain, unitsOf: grain)
    case .shifted(let count, let unit): return .back(-count, unit, unitsOf: grain)
    case .members: return nil
    case .period(let expression):
      let base = try closed(try resolve(expression)).period
      guard let mine = resolved.period.start, let other = base.start else { return nil }
      return offset(from: other, to: mine, grain)
    }
  }

  /// The shift that brings the start of one period onto that of another.
  private func offset(from base: Day, to this: Day, _ grain: Grain) -> TimeShift? {
    let (b, t) = (base.date, this.date)
    let months = (t.year - b.year) * 12 + t.month - b.month
    if grain == .week {
      let weeks = (Double(this.number - base.number) / 7).rounded()
      return .days(7 * Int(weeks))
    }
    if b.day == t.day { return .back(months, .month, unitsOf: grain) }
    return grain == .day ? .days(this.number - base.number) : nil
  }

  /// The end of the base: as many days into its last unit as this side has in its own.
  private func baseEnd(_ end: Day, _ shift: TimeShift, _ grain: Grain) -> Day {
    guard case .months = shift else { return shift.back(end) }
    let last = end.adding(days: -1)
    // Day by day: the base of the last day is in, also where its month is shorter than this one.
    if grain == .day { return shift.back(last).adding(days: 1) }
    let unit = grain.start(of: last, weekStart: weekStart)
    let unitEnd = grain.advance(unit, by: 1)
    if end == unitEnd { return shift.back(end) }
    return min(shift.back(unitEnd), shift.back(unit).adding(days: end.number - unit.number))
  }

  // MARK: What is to be said

  private func coverageNotices(_ period: Period, _ planned: PlannedPeriods) -> [Notice] {
    guard let extent, let first = extent.start, let last = extent.last else { return [] }
    guard let inside = period.intersection(extent), inside.start != inside.end else { return [.noData(available: extent)] }
    var notices: [Notice] = []
    if let start = period.start, start < first { notices.append(.dataBegins(first, period: period)) }
    if let end = period.end {
      if end > context.today { notices.append(.unfinished(period: period, lastDay: min(lastDay, last))) }
      else if end > last.adding(days: 1) { notices.append(.dataEnds(last, period: period)) }
    }
    return notices
  }
}
