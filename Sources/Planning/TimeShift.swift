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

/// Units of the calendar: where they begin, and what they are called.
package enum CalendarUnits {
  /// The first day of the unit that a day lies in.
  package static func start(of grain: Grain, _ day: Day, weekStart: Int) -> Day {
    let (year, month, _) = day.date
    switch grain {
    case .hour, .day: return day
    case .week: return day.adding(days: -((day.weekday - weekStart + 7) % 7))
    case .month, .quarter, .half, .year:
      let length = grain.months ?? 1
      return Day(unchecked: year, (month - 1) / length * length + 1, 1)
    }
  }

  /// The first day behind the unit.
  package static func end(of grain: Grain, _ day: Day, weekStart: Int) -> Day {
    let first = start(of: grain, day, weekStart: weekStart)
    switch grain {
    case .hour, .day: return first.adding(days: 1)
    case .week: return first.adding(days: 7)
    default: return first.adding(months: grain.months ?? 1)
    }
  }

  /// `2017`, `2017-H1`, `2017-Q1`, `2017-03`, `2017-W05`, `2017-03-05`; a week bears the ISO year and number of most of
  /// its days, also where weeks start on another day.
  package static func label(_ grain: Grain, _ day: Day, weekStart: Int) -> String {
    let text = day.description
    switch grain {
    case .year: return String(text.prefix(4))
    case .half: return "\(text.prefix(4))-H\((day.month + 5) / 6)"
    case .quarter: return "\(text.prefix(4))-Q\((day.month + 2) / 3)"
    case .month: return String(text.prefix(7))
    case .day, .hour: return text
    case .week:
      let thursday = start(of: .week, day, weekStart: weekStart).adding(days: 3)
      let week = (thursday.number - Day(unchecked: thursday.year, 1, 1).number) / 7 + 1
      return "\(thursday.description.prefix(4))-W\(week < 10 ? "0" : "")\(week)"
    }
  }

  /// A run of `count` units that ends before `end`.
  static func before(_ end: Day, _ count: Int, _ grain: Grain) -> Day {
    switch grain {
    case .hour, .day: end.adding(days: -count)
    case .week: end.adding(days: -7 * count)
    default: end.adding(months: -(grain.months ?? 1) * count)
    }
  }
}

extension TimeWindow {
  /// The days a window looks at, for a period that is not open.
  func applied(to period: Period, weekStart: Int) -> Period {
    guard let start = period.start, let end = period.end, start < end else { return period }
    switch self {
    case .rolling(let count, let grain): return Period(CalendarUnits.before(end, count, grain), end)
    case .toDate(let grain):
      return Period(CalendarUnits.start(of: grain, end.adding(days: -1), weekStart: weekStart), end)
    case .shifted(let count, let grain):
      if let months = grain.months { return TimeShift.months(months * count).back(period) }
      return TimeShift.days((grain == .week ? 7 : 1) * count).back(period)
    }
  }
}
