import CivilTime
import SourceText

extension TimeNotation {
  /// The time a term stands for.
  /// - Throws: `TimeNotation.Failure` if it is none, also for dates that do not exist.
  package static func time(_ term: Term) throws(Failure) -> TimeExpression {
    switch term {
    case .number(let value):
      guard let year = Int(exactly: value), (1000...9999).contains(year) else { throw Failure(term: term, expected: "a year") }
      return .absolute(.year(year))
    case .symbol("all"): return .all
    case .symbol(let text):
      guard let unit = CalendarUnit(text) else { throw Failure(term: term, expected: "a time") }
      return .absolute(unit)
    case .call(let name, let items): return try Call(term: term, name: name, items: items).time()
    case .text, .slot: throw Failure(term: term, expected: "a time")
    }
  }

  /// One call being read: its arguments by kind.
  struct Call {
    let term: Term
    let name: String
    let items: [Term.Item]

    var count: Int { items.count }

    func failure(_ expected: String) -> Failure { Failure(term: term, expected: expected) }

    func argument(_ index: Int) throws(Failure) -> Term {
      guard items.indices.contains(index), items[index].count == 1 else { throw failure("\(index + 1) arguments or more") }
      return items[index][0]
    }

    func integer(_ index: Int) throws(Failure) -> Int {
      guard let value = try argument(index).arithmeticValue, let whole = Int(exactly: value), abs(whole) <= 100_000 else {
        throw failure("a whole number")
      }
      return whole
    }

    func positive(_ index: Int) throws(Failure) -> Int {
      let value = try integer(index)
      guard value > 0 else { throw failure("a number above zero") }
      return value
    }

    func grain(_ index: Int) throws(Failure) -> Grain {
      guard case .symbol(let name) = try argument(index), let grain = Grain(rawValue: name) else {
        throw failure("day, week, month, quarter, half or year")
      }
      return grain
    }

    func time(_ index: Int) throws(Failure) -> TimeExpression { try TimeNotation.time(try argument(index)) }

    func time() throws(Failure) -> TimeExpression {
      if let grain = Grain(rawValue: name) { return .unit(grain, offset: try integer(0)) }
      if name.hasPrefix("fiscal_"), let grain = Grain(rawValue: String(name.dropFirst(7))) {
        return .fiscal(grain, offset: try integer(0))
      }
      if let part = VaguePart(rawValue: name) { return .vague(part, of: try time(0)) }
      switch name {
      case "unit": return .unit(try grain(0), offset: try integer(1))
      case "fiscal": return .fiscalNamed(year: fullYear(try integer(0)), quarter: count > 1 ? try integer(1) : nil)
      case "last":
        if let kind = dayKind(1) { return .lastDays(try positive(0), kind) }
        let (count, grain) = try positiveUnits(0, 1)
        return .last(count, grain)
      case "rolling": let (count, grain) = try positiveUnits(0, 1); return .rolling(count, grain)
      case "next": let (count, grain) = try positiveUnits(0, 1); return .next(count, grain)
      case "to_date":
        let grain = try grain(0)
        return grain == .day ? .unit(.day, offset: 0) : .toDate(grain)
      case "ago":
        // Three months ago is the third month before this one.
        let (count, grain) = try units(0, 1)
        return .unit(grain, offset: -count)
      case "ahead": let (count, grain) = try positiveUnits(0, 1); return .unit(grain, offset: count)
      case "named": return .named(try recurring())
      case "in": return try inside(try time(0), try time(1))
      case "date", "quarter_of", "half_of", "week_of", "numeric": return try named(name)
      case "holiday": return .holiday(try key(), of: count > 1 ? try time(1) : nil)
      default: return try compound()
      }
    }

    private func compound() throws(Failure) -> TimeExpression {
      switch name {
      case "nth": return try nth(try integer(0))
      case "nth_last": return try nth(-(try positive(0)))
      case "first":
        if let kind = dayKind(1) { return .edgeDays(try positive(0), kind, of: try time(2)) }
        // The first one month of a year is its first month.
        if try integer(0) == 1 { return try nth(1) }
        return .first(try positive(0), try grain(1), of: try time(2))
      case "final":
        if let kind = dayKind(1) { return .edgeDays(-(try positive(0)), kind, of: try time(2)) }
        if try integer(0) == 1 { return try nth(-1) }
        return .final(try positive(0), try grain(1), of: try time(2))
      case "third": return .third(try positive(0), of: try time(1))
      case "range":
        let (first, last) = (try time(0), try time(1))
        // 从3月到今天 is 3月以来.
        return last == .unit(.day, offset: 0) ? Self.since(first) : .range(first, last)
      case "since": return Self.since(try time(0))
      case "half_month": return .halfMonth(try positive(0), of: try time(1))
      case "adjoining", "just_before":
        let (count, grain) = try units(0, 1)
        return .adjoining(name == "adjoining" ? count : -count, grain, to: try time(2))
      case "both": return .both(try time(0), try time(1))
      case "several": return try several()
      case "except": return .except(try time(0), try time(1))
      case "about": return .about(try time(0))
      case "from": return .from(try time(0))
      case "after": return .after(try time(0))
      case "before": return .before(try time(0))
      case "through":
        // 截至9月底 ends where 截至9月 does.
        let last = try time(0)
        if case .vague(.close, of: let unit) = last { return .through(unit) }
        return .through(last)
      case "shift":
        let (count, grain) = try units(1, 2)
        return .shifted(try time(0), count, grain)
      case "shift_by": return try shiftedBy()
      case "shift_from":
        // Three days from Tuesday: from the one that comes.
        let from = try time(0)
        let start: TimeExpression = if case .named = from { .occurrence(1, of: from, from: nil) } else { from }
        let (count, grain) = try units(1, 2)
        return .shifted(start, count, grain)
      case "from_now":
        // In three weeks is a day; in three years a year.
        let (count, grain) = try positiveUnits(0, 1)
        return [.week, .month].contains(grain) ? .shifted(.unit(.day, offset: 0), count, grain) : .unit(grain, offset: count)
      case "on_weekday": return try onWeekday()
      case "shift_back": 
        let (count, grain) = try positiveUnits(1, 2)
        return .shifted(try time(0), -count, grain)
      case "occurrence":
        let from = count > 2 ? try time(2) : nil
        return .occurrence(try integer(0), of: try time(1), from: from == .unit(.day, offset: 0) ? nil : from)
      case "occurrence_back":
        let from = try time(2)
        return .occurrence(-(try positive(0)), of: try time(1), from: from == .unit(.day, offset: 0) ? nil : from)
      case "whole": return .whole(try grain(0), holding: try time(1))
      case "run": return .run(try positive(0), try grain(1), from: try time(2))
      default: throw failure("a time")
      }
    }

    /// 今年以来 is 本年至今: from the start of the current unit up to today, said in another way.
    private static func since(_ first: TimeExpression) -> TimeExpression {
      guard case .unit(let grain, offset: 0) = first else { return .since(first) }
      return grain == .day ? first : .toDate(grain)
    }

    /// `several(2026-05, 2026-07)`: units of the calendar, each once; one alone is itself.
    private func several() throws(Failure) -> TimeExpression {
      var units: [TimeExpression] = []
      for index in items.indices {
        let time = try time(index)
        guard time.isUnit else { throw failure("units such as 2026-05 or month(-1)") }
        if !units.contains(time) { units.append(time) }
      }
      guard let first = units.first else { throw failure("a time") }
      return units.count == 1 ? first : .several(units)
    }

    private func dayKind(_ index: Int) -> DayKind? {
      guard case .symbol(let name)? = try? argument(index) else { return nil }
      return DayKind(rawValue: name)
    }

    /// `shift_by(day(0), -1, 1, month, 21, day)`: moved by several lengths one after another, all in the direction given.
    private func shiftedBy() throws(Failure) -> TimeExpression {
      let direction = try integer(1)
      var time = try time(0)
      for index in stride(from: 2, to: count - 1, by: 2) {
        let (count, grain) = try positiveUnits(index, index + 1)
        time = .shifted(time, direction * count, grain)
      }
      return time
    }

    /// `on_weekday(named(date, 2, 18), 1)`: a date that says its weekday; one that names its year must be right about it.
    private func onWeekday() throws(Failure) -> TimeExpression {
      let date = try time(0), weekday = try integer(1)
      switch date {
      case .named(.date(let month, let day)): return .named(.dateOnWeekday(month: month, day: day, weekday: weekday))
      case .named(.dayOfMonth(let day)): return .named(.dayOnWeekday(day: day, weekday: weekday))
      case .absolute(.day(let day)) where day.weekday != weekday: throw failure("a date on its own weekday")
      case .named(.weekday), .unit, .occurrence, .shifted: throw failure("a date")
      default: return date
      }
    }

    private func nth(_ rank: Int) throws(Failure) -> TimeExpression {
      guard rank != 0 else { throw failure("a rank") }
      if case .call = try argument(1), case .named(let unit) = try time(1) {
        return .nthNamed(rank, unit, of: try time(2))
      }
      let grain = try grain(1), outer = try time(2)
      if case .fiscalNamed(let year, nil) = outer, grain == .quarter, (1...4).contains(rank) {
        return .fiscalNamed(year: year, quarter: rank)
      }
      if let unit = RecurringUnit(rank: rank, grain, of: outer) { return try inside(outer, .named(unit)) }
      return .nth(rank, grain, of: outer)
    }

    /// How many units; nobody means a thousand years: 2015年前 is no count. Half a year is six months, half a month 15 days.
    func units(_ index: Int, _ grainIndex: Int) throws(Failure) -> (Int, Grain) {
      guard let value = try argument(index).arithmeticValue, abs(value) < 100_000 else { throw failure("a number") }
      let grain = try grain(grainIndex)
      let (smaller, factor): (Grain, Double) = grain == .year ? (.month, 12) : grain == .month ? (.day, 30) : (grain, 1)
      let count = value == value.rounded() ? (value, grain) : (value * factor, smaller)
      guard let whole = Int(exactly: count.0), abs(whole) < (grain == .day ? 10_000 : 1000) else { throw failure("fewer units") }
      return (whole, count.1)
    }

    private func positiveUnits(_ index: Int, _ grainIndex: Int) throws(Failure) -> (Int, Grain) {
      let units = try units(index, grainIndex)
      guard units.0 > 0 else { throw failure("a number above zero") }
      return units
    }

    private func key() throws(Failure) -> String {
      guard case .symbol(let key) = try argument(0) else { throw failure("a holiday") }
      return key
    }
  }
}

extension TimeExpression {
  /// A unit of the calendar, or one counted within another.
  var isUnit: Bool {
    switch self {
    case .unit(let grain, _), .fiscal(let grain, _): grain != .hour
    case .absolute, .fiscalNamed, .inside, .third, .halfMonth, .holiday, .nth, .nthNamed, .first, .final, .whole: true
    case .named(.weekend), .named(.workdays), .named(.dayKind), .named(.weekday): false
    case .named: true
    default: false
    }
  }
}

extension RecurringUnit {
  /// The third month of a year is March, the fifth day of a month its 5th.
  init?(rank: Int, _ grain: Grain, of outer: TimeExpression) {
    guard rank > 0 else { return nil }
    switch (grain, outer) {
    case (.month, .absolute(.year)), (.month, .unit(.year, _)): self = .month(rank)
    case (.quarter, .absolute(.year)), (.quarter, .unit(.year, _)): self = .quarter(rank)
    case (.half, .absolute(.year)), (.half, .unit(.year, _)): self = .half(rank)
    case (.week, .absolute(.year)), (.week, .unit(.year, _)): self = .week(rank)
    case (.day, .absolute(.month)), (.day, .unit(.month, _)), (.day, .named(.month)), (.day, .inside(_, .month)):
      self = .dayOfMonth(rank)
    default: return nil
    }
  }
}
