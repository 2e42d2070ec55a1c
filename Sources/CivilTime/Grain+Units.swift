extension Grain {
  /// The first day of the unit that holds `day`; hours count as their day.
  ///
  /// Example: the month of 2026-03-05 starts on 2026-03-01. `weekStart` is 1 (Monday) to 7 (Sunday).
  package func start(of day: Day, weekStart: Int = 1) -> Day {
    switch self {
    case .hour, .day: return day
    case .week: return day.adding(days: -((day.weekday - weekStart + 7) % 7))
    case .month, .quarter, .half, .year:
      let (year, month, _) = day.date
      let length = months ?? 1
      return Day(unchecked: year, (month - 1) / length * length + 1, 1)
    }
  }

  /// The day `count` units behind `day` (before it when negative); months keep the day of the month where they can.
  package func advance(_ day: Day, by count: Int) -> Day {
    if let months { return day.adding(months: count * months) }
    return day.adding(days: self == .week ? 7 * count : count)
  }

  /// The whole unit that holds `day`, `offset` units on.
  package func unit(containing day: Day, offset: Int = 0, weekStart: Int = 1) -> Period {
    let first = advance(start(of: day, weekStart: weekStart), by: offset)
    return Period(first, advance(first, by: 1))
  }

  /// The short name of the unit that starts on `day`: `2017`, `2017-H1`, `2017-Q1`, `2017-03`, `2017-W05`, `2017-03-05`.
  ///
  /// A week is numbered as ISO 8601 does, by its fourth day, also where weeks start on another day than Monday.
  package func label(of day: Day) -> String {
    let (year, month, _) = day.date
    let prefix = Day.padded(year, 4)
    switch self {
    case .year: return prefix
    case .half: return prefix + "-H\((month - 1) / 6 + 1)"
    case .quarter: return prefix + "-Q\((month - 1) / 3 + 1)"
    case .month: return prefix + "-" + Day.padded(month, 2)
    case .week:
      let (weekYear, week) = WeekNumber.of(weekStarting: day)
      return Day.padded(weekYear, 4) + "-W" + Day.padded(week, 2)
    case .hour, .day: return day.description
    }
  }
}

/// Week numbers: week 1 is the one that holds the year's fourth day, as in ISO 8601.
package enum WeekNumber {
  /// Week year and number of the week that starts on `day`.
  package static func of(weekStarting day: Day) -> (year: Int, week: Int) {
    let middle = day.adding(days: 3)
    let year = middle.year
    return (year, (middle.number - Day(unchecked: year, 1, 1).number) / 7 + 1)
  }

  /// The week of that number, nil if the year has no such week.
  package static func period(year: Int, week: Int, weekStart: Int = 1) -> Period? {
    let first = Grain.week.start(of: Day(unchecked: year, 1, 4), weekStart: weekStart)
    let start = first.adding(days: 7 * (week - 1))
    guard week >= 1, of(weekStarting: start).year == year else { return nil }
    return Period(start, start.adding(days: 7))
  }
}
