import CivilTime
import Metrics
import Questions

/// Days: which are read, which are compared, and what windows look at.
extension Oracle {
  // MARK: Extents

  /// A table with the column that its rows are counted by in time.
  struct Timed: Hashable {
    var table: String
    var time: ColumnPath?
  }

  /// First and last day of a table by a time column, and its longest run of days without rows in the last year.
  func extent(_ timed: Timed) -> (first: Day, last: Day, quiet: Int)? {
    if let known = notebook.extents[timed] { return known }
    let days = Set((tables[timed.table] ?? []).compactMap { record in
      (try? moment(timed.time, Place(table: timed.table, record: record))).flatMap { $0 }.flatMap { Day(iso: $0) }
    }).sorted()
    var found: (first: Day, last: Day, quiet: Int)?
    if let first = days.first, let last = days.last {
      let recent = days.filter { $0.number > last.number - 366 }
      let quiet = zip(recent, recent.dropFirst()).map { $1.number - $0.number - 1 }.max() ?? 0
      found = (first, last, quiet)
    }
    notebook.extents[timed] = .some(found)
    return found
  }

  /// By the table's own time.
  func extent(_ table: String) -> (first: Day, last: Day, quiet: Int)? { extent(Timed(table: table, time: schema[table]?.time)) }

  func extent(of tables: [Timed]) -> Period? {
    let found = tables.compactMap { extent($0) }
    guard let first = found.map(\.first).min(), let last = found.map(\.last).max() else { return nil }
    return Period(first: first, last: last)
  }

  // MARK: Windows

  struct Unit {
    var labels: [Grain: String]
    var days: Period
    /// The day it begins on, whose parts of time it has.
    var day: Day
    /// The hours looked at, for units of an hour.
    var hours: Range<Int>?

    func looks(at moment: String) -> Bool {
      guard let day = Day(iso: moment) else { return false }
      guard let hours else { return days.contains(day) }
      return hours.contains(day.number * 24 + (Int(moment.dropFirst(11).prefix(2)) ?? 0))
    }
  }

  /// A period with both ends, from the table's data where it is open.
  func closed(_ period: Period?, _ part: Part) throws -> Period {
    let data = extent(of: [Timed(table: part.aggregate.table, time: part.time)])
    let end = period?.end ?? data?.end ?? context.today.adding(days: 1)
    guard let start = period?.start ?? data?.start, start < end
    else { throw Refusal(reason: "unsupported") }
    return Period(start, end)
  }

  static func applied(_ window: Part.Window, to period: Period, _ weekStart: Int) -> Period {
    guard let start = period.start, let end = period.end, start < end else { return period }
    switch window {
    case .rolling(let count, let grain): return Period(grain.advance(end, by: -count), end)
    case .toDate(let grain): return Period(grain.start(of: end.adding(days: -1), weekStart: weekStart), end)
    case .shifted(let count, let grain):
      return grain.months.map { Back.months($0 * count) }.map { $0.period(period) }
        ?? Back.days(count * (grain == .week ? 7 : 1)).period(period)
    }
  }

  /// Each unit of the answer's own days, as far as there is data, with the days that its window looks at; nil without both. Parts
  /// of time are those of single days, which only whole days moved together can be put together by.
  func windowUnits(_ part: Part, _ side: Side) throws -> [Unit]? {
    let isByPart = side.groups.contains { if case .part = $0 { true } else { false } }
    guard !part.windows.isEmpty, let finest = (side.grains + (isByPart ? [.day] : [])).min() else { return nil }
    let target = try closed(side.target, part)
    let data = extent(of: [Timed(table: part.aggregate.table, time: part.time)])
    let start = max(target.start!, data?.start ?? target.start!)
    let end = min(target.end!, data?.end ?? target.end!, context.today.adding(days: 1))
    if finest == .hour { return hourUnits(start, end, part, side) }
    return Period(start, end).split(by: finest, weekStart: weekStart).compactMap { unit in
      let labels = side.grains.map { ($0, label($0, unit.start!)) }
      guard var days = based(unit, finest, side.back) else { return nil }
      for window in part.windows { days = Oracle.applied(window, to: days, weekStart) }
      return Unit(labels: Dictionary(labels, uniquingKeysWith: { a, _ in a }), days: days, day: unit.start!)
    }
  }

  /// Each hour with the hours that its window looks at.
  private func hourUnits(_ start: Day, _ end: Day, _ part: Part, _ side: Side) -> [Unit] {
    guard start < end else { return [] }
    return (start.number..<end.number).flatMap { number in
      (0..<24).map { clock in
        let day = Day(number: number)
        let labels = side.grains.map { grain in
          (grain, grain == .hour ? "\(day) " + (clock < 10 ? "0\(clock)" : "\(clock)") : label(grain, day))
        }
        var hours = (number * 24 + clock)..<(number * 24 + clock + 1)
        for window in part.windows { hours = looked(window, hours) }
        return Unit(labels: Dictionary(labels, uniquingKeysWith: { a, _ in a }), days: Period(day, day.adding(days: 1)), day: day, hours: hours)
      }
    }
  }

  private func looked(_ window: Part.Window, _ hours: Range<Int>) -> Range<Int> {
    func moved(_ hour: Int, _ count: Int, _ grain: Grain) -> Int {
      if grain == .hour { return hour + count }
      let day = Day(number: hour >= 0 ? hour / 24 : (hour - 23) / 24)
      return grain.advance(day, by: count).number * 24 + (hour - day.number * 24)
    }
    switch window {
    case .rolling(let count, let grain): return moved(hours.upperBound, -count, grain)..<hours.upperBound
    case .toDate(let grain):
      let last = hours.upperBound - 1
      let day = Day(number: last >= 0 ? last / 24 : (last - 23) / 24)
      return (grain == .hour ? last : grain.start(of: day, weekStart: weekStart).number * 24)..<hours.upperBound
    case .shifted(let count, let grain):
      let start = moved(hours.lowerBound, -count, grain)
      return start..<(start + hours.count)
    }
  }

  /// The days that a unit, or the begun part of it, is set against; nil where the calendar has none.
  private func based(_ unit: Period, _ grain: Grain, _ back: Back?) -> Period? {
    guard let back else { return unit }
    guard case .months = back else { return back.period(unit) }
    if grain == .day { return back.day(unit.start!).dayOfMonth == unit.start!.dayOfMonth ? back.period(unit) : nil }
    let whole = grain.unit(containing: unit.start!, weekStart: weekStart)
    let base = Period(back.day(whole.start!), back.day(whole.end!))
    let start = base.start!.adding(days: unit.start!.number - whole.start!.number)
    let end = unit.end == whole.end ? base.end! : min(base.end!, base.start!.adding(days: unit.end!.number - whole.start!.number))
    return start < end ? Period(start, end) : nil
  }

  // MARK: Periods of a question

  struct Days {
    /// nil = all.
    var this: Period?
    var base: Period?
    var back: Back?
    var furtherBase: Period?
    var furtherBack: Back?
    /// Only days of one kind count.
    var only: DayKind?
  }

  func resolve(_ time: TimeExpression) throws -> ResolvedTime {
    do throws(TimeFailure) { return try time.resolve(context) } catch { throw Refusal(reason: "time") }
  }

  func days(_ question: Question, _ read: [Timed]) throws -> Days {
    var days = Days()
    let resolved = try question.period.map(resolve)
    (days.this, days.only) = (resolved?.period, resolved?.only)
    guard let comparison = question.comparison, !comparison.isAmongMembers else { return days }
    try compare(comparison, question, resolved, read, &days)
    if let further = question.further {
      var second = Days()
      try compare(further, question, resolved, read, &second)
      if second.this != days.this { throw Refusal(reason: "unsupported") }
      (days.furtherBase, days.furtherBack) = (second.base, second.back)
    }
    return days
  }

  /// The first day behind the data; data that is quiet no longer than it has been before has not stopped before today.
  private func cutoff(_ read: [Timed]) -> Day {
    let quiet = read.compactMap { extent($0) }.map(\.quiet).min() ?? 0
    let loaded = extent(of: read)?.last ?? context.lastLoadedDay ?? context.today
    return (context.today.number - loaded.number <= quiet ? context.today : loaded).adding(days: 1)
  }

  private func compare(
    _ comparison: Comparison, _ question: Question, _ resolved: ResolvedTime?, _ read: [Timed], _ days: inout Days
  ) throws {
    let grain = question.groups.compactMap { if case .time(let grain) = $0 { grain } else { nil } }.min()
    if resolved?.only != nil {
      guard case .period = comparison.base else { throw Refusal(reason: "unsupported") }
    }
    let cutoff = cutoff(read)
    func closed(_ time: ResolvedTime?) throws -> ResolvedTime {
      var result = time ?? ResolvedTime(period: Period(nil, nil), grain: nil)
      let start = result.period.start ?? extent(of: read)?.start
      let end = result.period.end ?? extent(of: read).map { _ in cutoff }
      guard let start, let end, start < end else { throw Refusal(reason: "unsupported") }
      result.period = Period(start, end)
      return result
    }
    func stopped(_ period: Period) -> Period {
      // A period that ends today lacks nothing but what today may still bring.
      if cutoff == context.today, period.end! == cutoff.adding(days: 1), period.days! >= 28 { return period }
      return cutoff > period.start! && cutoff < period.end! ? Period(period.start, cutoff) : period
    }
    let own = try closed(resolved)
    if let grain {
      guard grain != .hour, let back = try unitsBack(comparison, grain, own, closed) else { throw Refusal(reason: "unsupported") }
      let this = comparison.fair ? stopped(own.period) : own.period
      (days.this, days.back, days.base) = (this, back, basePeriod(this, back, grain))
      return
    }
    guard resolved != nil else { throw Refusal(reason: "unsupported") }
    let whole = own.wholeUnit ?? own.period
    let base: Period
    switch comparison.base {
    case .period(let time): base = try closed(try resolve(time)).period
    case .yearBefore: base = (own.grain == .week ? Back.days(364) : .months(12)).period(whole)
    case .previous: base = Oracle.length(of: whole).period(whole)
    case .shifted(let count, let unit):
      base = (unit.months.map { Back.months(-$0 * count) } ?? .days(-count * (unit == .week ? 7 : 1))).period(whole)
    case .members: return
    }
    (days.this, days.base) = (own.period, base)
    let ownEnd = stopped(own.period).end!
    let baseEnd = stopped(base).end!
    let isBegun = ownEnd != whole.end || own.period.start != whole.start
    guard comparison.fair, isBegun || baseEnd != base.end else { return }
    // Equal elapsed days; after whole months of another year, the same months.
    let years = whole.start!.year - base.start!.year
    if baseEnd == base.end, ownEnd.dayOfMonth == 1, years != 0, base.start == whole.start!.adding(months: -12 * years) {
      days.this = Period(whole.start, ownEnd)
      days.base = Period(base.start, min(base.end!, ownEnd.adding(months: -12 * years)))
      return
    }
    var elapsed = [ownEnd.number - whole.start!.number]
    if baseEnd != base.end { elapsed = (isBegun ? elapsed : []) + [baseEnd.number - base.start!.number] }
    let count = elapsed.min()!
    days.this = Period(whole.start, min(ownEnd, whole.start!.adding(days: count)))
    days.base = Period(base.start, min(baseEnd, base.start!.adding(days: count)))
  }

  /// A period's own length, in months where it begins and ends with one.
  private static func length(of period: Period) -> Back {
    let (start, end) = (period.start!, period.end!)
    let months = (end.year - start.year) * 12 + end.month - start.month
    return start.dayOfMonth == 1 && end.dayOfMonth == 1 && months > 0 ? .months(months) : .days(end.number - start.number)
  }

  /// How far back the base of each unit lies; nil where units would be cut.
  private func unitsBack(
    _ comparison: Comparison, _ grain: Grain, _ own: ResolvedTime, _ closed: (ResolvedTime?) throws -> ResolvedTime
  ) throws -> Back? {
    switch comparison.base {
    case .yearBefore: return Oracle.back(1, .year, grain)
    case .previous: return Oracle.back(1, grain, grain)
    case .shifted(let count, let unit): return Oracle.back(-count, unit, grain)
    case .members: return nil
    case .period(let time):
      let (this, base) = (own.period.start!, try closed(try resolve(time)).period.start!)
      if grain == .week { return .days(7 * Int((Double(this.number - base.number) / 7).rounded())) }
      let months = (this.year - base.year) * 12 + this.month - base.month
      if this.dayOfMonth == base.dayOfMonth { return Oracle.back(months, .month, grain) }
      return grain == .day ? .days(this.number - base.number) : nil
    }
  }

  private static func back(_ count: Int, _ unit: Grain, _ grain: Grain) -> Back? {
    if let months = unit.months {
      if grain == .day { return .months(months * count) }
      // 52 weeks, so that weekdays meet.
      if grain == .week { return unit == .year ? .days(364 * count) : nil }
      return grain.months.flatMap { months % $0 == 0 ? .months(months * count) : nil }
    }
    let days = (unit == .week ? 7 : 1) * count
    if grain == .day { return .days(days) }
    return grain == .week && days % 7 == 0 ? .days(days) : nil
  }

  /// The bases of all units: of a last unit that has only begun, as many days.
  private func basePeriod(_ this: Period, _ back: Back, _ grain: Grain) -> Period {
    let (start, end) = (this.start!, this.end!)
    guard case .months = back else { return back.period(this) }
    // Day by day: up to the base of the last day, or where its month is too short, to that month's end.
    if grain == .day { return Period(back.day(start), back.day(end.adding(days: -1)).adding(days: 1)) }
    let unit = grain.unit(containing: end.adding(days: -1), weekStart: weekStart)
    let (baseStart, baseEnd) = (back.day(unit.start!), back.day(unit.end!))
    let elapsed = end.number - unit.start!.number
    return Period(back.day(start), end == unit.end ? baseEnd : min(baseEnd, baseStart.adding(days: elapsed)))
  }
}

extension Comparison {
  /// Members are compared rather than days.
  var isAmongMembers: Bool { if case .members = base { true } else { false } }
}
