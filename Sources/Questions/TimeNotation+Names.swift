import CivilTime
import SourceText

/// Names of units: with their year (`date(17, 3)`, `quarter_of(2026, 3)`), without it (`named(month, 3)`), and one inside
/// another (`in(2026, named(month, 3))` is `2026-03`).
extension TimeNotation.Call {
  typealias Failure = TimeNotation.Failure

  /// A year as people shorten it: 17 is 2017, 89 is 1989; the cut is between 2039 and 1940.
  func fullYear(_ year: Int) -> Int {
    (0...99).contains(year) ? (year < 40 ? 2000 + year : 1900 + year) : year
  }

  /// `date(y)`, `date(y, m)`, `date(y, m, d)`, `quarter_of(y, q)`, `half_of(y, h)`, `week_of(y, w)`, `numeric(…)`.
  func named(_ name: String) throws(Failure) -> TimeExpression {
    if name == "numeric" { return try numeric() }
    let year = fullYear(try integer(0))
    let unit: CalendarUnit
    switch (name, count) {
    case ("date", 1): unit = .year(year)
    case ("date", 2): unit = .month(year, try integer(1))
    case ("date", 3): unit = try day(year, try integer(1), try integer(2))
    case ("quarter_of", 2): unit = .quarter(year, try integer(1))
    case ("half_of", 2): unit = .half(year, try integer(1))
    case ("week_of", 2): unit = .week(year, try integer(1))
    default: throw failure("one to three numbers")
    }
    return try existing(unit)
  }

  private func existing(_ unit: CalendarUnit) throws(Failure) -> TimeExpression {
    guard unit.period() != nil else { throw failure("a date that exists") }
    return .absolute(unit)
  }

  /// `numeric(3, 5)`, `numeric(3, 5, 2017)`: month first, unless that gives no date and day first does.
  private func numeric() throws(Failure) -> TimeExpression {
    let first = try integer(0), second = try integer(1)
    let year = count > 2 ? fullYear(try integer(2)) : nil
    for (month, day) in [(first, second), (second, first)] {
      if let year, let day = Day(year, month, day) { return .absolute(.day(day)) }
      if year == nil, Day(2000, month, day) != nil { return .named(.date(month: month, day: day)) }
    }
    throw failure("a date that exists")
  }

  private func day(_ year: Int, _ month: Int, _ day: Int) throws(Failure) -> CalendarUnit {
    guard (1...9999).contains(year), let day = Day(year, month, day) else { throw failure("a date that exists") }
    return .day(day)
  }

  /// The arguments of `named(…)`.
  func recurring() throws(Failure) -> RecurringUnit {
    guard case .symbol(let kind) = try argument(0) else { throw failure("a kind of unit") }
    switch kind {
    case "month": return .month(try integer(1, in: 1...12))
    case "quarter": return .quarter(try integer(1, in: 1...4))
    case "half": return .half(try integer(1, in: 1...2))
    case "week": return .week(try integer(1, in: 1...53))
    case "weekday": return .weekday(try integer(1, in: 1...7))
    case "weekend": return .weekend
    case "workdays": return .workdays
    case "day": return .dayOfMonth(try integer(1, in: 1...31))
    case "date":
      let month = try integer(1), day = try integer(2)
      guard Day(2000, month, day) != nil else { throw failure("a date that exists") }
      return .date(month: month, day: day)
    case "date_on_weekday":
      let month = try integer(1), day = try integer(2)
      guard Day(2000, month, day) != nil else { throw failure("a date that exists") }
      return .dateOnWeekday(month: month, day: day, weekday: try integer(3, in: 1...7))
    case "lunar": return .lunarDate(month: try integer(1, in: 1...12), day: try integer(2, in: 1...30))
    case "workday", "trading_day": return .dayKind(DayKind(rawValue: kind)!)
    case "day_on_weekday": return .dayOnWeekday(day: try integer(1, in: 1...31), weekday: try integer(2, in: 1...7))
    default: throw failure("month, quarter, half, week, weekday, weekend, workdays, day or date")
    }
  }

  private func integer(_ index: Int, in range: ClosedRange<Int>) throws(Failure) -> Int {
    let value = try integer(index)
    guard range.contains(value) else { throw failure("\(range.lowerBound) to \(range.upperBound)") }
    return value
  }

  /// `inner` inside `outer`, in the shortest form; the outer period goes to the name that lacks one.
  func inside(_ outer: TimeExpression, _ inner: TimeExpression) throws(Failure) -> TimeExpression {
    switch inner {
    case .named(let unit): return try inside(outer, unit)
    case .holiday(let key, of: nil): return .holiday(key, of: outer)
    case .inside(let middle, let unit): return try inside(try inside(outer, middle), unit)
    case .holiday(let key, .some(let middle)): return .holiday(key, of: try inside(outer, middle))
    case .nth(let rank, let grain, let middle): return .nth(rank, grain, of: try inside(outer, middle))
    case .nthNamed(let rank, let unit, let middle): return .nthNamed(rank, unit, of: try inside(outer, middle))
    case .first(let count, let grain, let middle): return .first(count, grain, of: try inside(outer, middle))
    case .final(let count, let grain, let middle): return .final(count, grain, of: try inside(outer, middle))
    case .third(let index, let middle): return .third(index, of: try inside(outer, middle))
    case .vague(let part, let middle): return .vague(part, of: try inside(outer, middle))
    case .whole(let grain, let middle): return .whole(grain, holding: try inside(outer, middle))
    case .run(let count, let grain, let middle): return .run(count, grain, from: try inside(outer, middle))
    case .edgeDays(let count, let kind, let middle): return .edgeDays(count, kind, of: try inside(outer, middle))
    case .halfMonth(let index, let middle): return .halfMonth(index, of: try inside(outer, middle))
    case .adjoining(let count, let grain, let middle): return .adjoining(count, grain, to: try inside(outer, middle))
    case .range(let first, let second): return .range(try inside(outer, first), second)
    default: throw failure("a time without its year, month or week")
    }
  }

  private func inside(_ outer: TimeExpression, _ unit: RecurringUnit) throws(Failure) -> TimeExpression {
    switch (outer, unit) {
    case (.absolute(.year(let year)), .month(let month)): return try existing(.month(year, month))
    case (.absolute(.year(let year)), .quarter(let quarter)): return try existing(.quarter(year, quarter))
    case (.absolute(.year(let year)), .half(let half)): return try existing(.half(year, half))
    case (.absolute(.year(let year)), .week(let week)): return try existing(.week(year, week))
    case (.absolute(.year(let year)), .dateOnWeekday(let month, let day, _)): return .absolute(try self.day(year, month, day))
    case (.absolute(.year(let year)), .date(let month, let day)): return .absolute(try self.day(year, month, day))
    case (.absolute(.month(let year, let month)), .dayOfMonth(let day)):
      return .absolute(try self.day(year, month, day))
    case (.named(.month(let month)), .dayOfMonth(let day)):
      guard Day(2000, month, day) != nil else { throw failure("a date that exists") }
      return .named(.date(month: month, day: day))
    case (.inside(let year, .month(let month)), .dayOfMonth(let day)):
      guard Day(2000, month, day) != nil else { throw failure("a date that exists") }
      return .inside(year, .date(month: month, day: day))
    // A quarter inside a fiscal year is that year's own, not the calendar's.
    case (.fiscalNamed(let year, nil), .quarter(let quarter)): return .fiscalNamed(year: year, quarter: quarter)
    case (.fiscal(.year, let offset), .quarter(let quarter)): return .nth(quarter, .quarter, of: .fiscal(.year, offset: offset))
    case (.absolute(.day), _), (.named(.date), _), (.named(.dayOfMonth), _): throw failure("a longer outer period")
    default: return .inside(outer, unit)
    }
  }
}
