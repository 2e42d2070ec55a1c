import CivilTime

/// How far back the base of a comparison lies, seen from each unit of time.
package enum TimeShift: Hashable, Sendable {
  case days(Int)
  case months(Int)

  /// The shift that sets units of `grain` against those `count` units of `by` earlier; nil if units would be cut.
  ///
  /// A year back by weeks is 364 days, so that weekdays meet.
  static func back(_ count: Int, _ by: Grain, unitsOf grain: Grain) -> TimeShift? {
    if let months = by.months {
      if grain == .week { return by == .year ? .days(364 * count) : nil }
      if grain == .day { return .months(months * count) }
      guard let unit = grain.months, months % unit == 0 else { return nil }
      return .months(months * count)
    }
    let days = (by == .week ? 7 : 1) * count
    switch grain {
    case .day: return .days(days)
    case .week: return days % 7 == 0 ? .days(days) : nil
    default: return nil
    }
  }

  /// A day, moved back; a day that the month does not have becomes its last.
  package func back(_ day: Day) -> Day {
    switch self {
    case .days(let days): day.adding(days: -days)
    case .months(let months): day.adding(months: -months)
    }
  }

  /// A period, moved back: month ends stay month ends, all other lengths stay in days.
  package func back(_ period: Period) -> Period {
    switch self {
    case .days: return Period(period.start.map(back), period.end.map(back))
    case .months:
      guard let start = period.start, let end = period.end, let days = period.days else {
        return Period(period.start.map(back), period.end.map(back))
      }
      if start.dayOfMonth == 1, end.dayOfMonth == 1 { return Period(back(start), back(end)) }
      return Period(back(start), back(start).adding(days: days))
    }
  }
}

extension TimeWindow {
  /// Before all data.
  static let beginning = Day(unchecked: 1, 1, 1)

  /// The days a window looks at, for a period that is not open.
  func applied(to period: Period, weekStart: Int) -> Period {
    guard let start = period.start, let end = period.end, start < end else { return period }
    switch self {
    case .rolling(let count, let grain): return Period(grain.advance(end, by: -count), end)
    case .allTime: return Period(TimeWindow.beginning, end)
    case .startOf(let grain):
      let first = grain.start(of: start, weekStart: weekStart)
      return Period(first, first.adding(days: 1))
    case .toDate(let grain):
      return Period(grain.start(of: end.adding(days: -1), weekStart: weekStart), end)
    case .shifted(let count, let grain):
      if let months = grain.months { return TimeShift.months(months * count).back(period) }
      return TimeShift.days((grain == .week ? 7 : 1) * count).back(period)
    }
  }
}

extension TimeWindow {
  /// Whether it looks back by hours.
  var isOfHours: Bool {
    switch self {
    case .rolling(_, .hour), .shifted(_, .hour), .toDate(.hour), .startOf(.hour): true
    default: false
    }
  }

  /// Whether it looks at another unit of time, as long as the own one.
  var movesUnits: Bool {
    switch self {
    case .shifted, .startOf: true
    case .rolling, .toDate, .allTime: false
    }
  }

  /// Whether each day looks at one other day, so that no day is looked at twice.
  var movesDays: Bool { if case .shifted(_, let grain) = self { grain == .day || grain == .week } else { false } }

  /// The hours a window looks at.
  func applied(to hours: Hours, weekStart: Int) -> Hours {
    switch self {
    case .rolling(let count, let grain): return Hours(start: Hours.moved(hours.end, by: -count, grain), end: hours.end)
    case .allTime: return Hours(start: Hours(Period(TimeWindow.beginning, TimeWindow.beginning)).start, end: hours.end)
    case .startOf(let grain):
      let first = Hours.start(of: grain, hours.start, weekStart)
      return Hours(start: first, end: first + 1)
    case .toDate(let grain): return Hours(start: Hours.start(of: grain, hours.end - 1, weekStart), end: hours.end)
    case .shifted(let count, let grain):
      let start = Hours.moved(hours.start, by: -count, grain)
      return Hours(start: start, end: start + hours.end - hours.start)
    }
  }
}

/// A run of hours, counted as days are.
struct Hours: Hashable {
  var start: Int
  var end: Int

  init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }

  /// The hours of a period that is not open.
  init(_ days: Period) {
    start = (days.start?.number ?? 0) * 24
    end = (days.end?.number ?? 0) * 24
  }

  static func day(_ hour: Int) -> Day { Day(number: Int((Double(hour) / 24).rounded(.down))) }

  /// `2026-03-05 14`, as labels of hours are written.
  static func label(_ hour: Int) -> String {
    let day = day(hour)
    return ClockHour(day, hour: hour - day.number * 24).description
  }

  static func start(of grain: Grain, _ hour: Int, _ weekStart: Int) -> Int {
    grain == .hour ? hour : grain.start(of: day(hour), weekStart: weekStart).number * 24
  }

  /// The same hour of the day, so many units on.
  static func moved(_ hour: Int, by count: Int, _ grain: Grain) -> Int {
    if grain == .hour { return hour + count }
    let day = day(hour)
    return grain.advance(day, by: count).number * 24 + hour - day.number * 24
  }
}
