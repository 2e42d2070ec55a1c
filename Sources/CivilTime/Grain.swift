/// A length of calendar time that answers are cut into, ordered from fine to coarse.
package enum Grain: String, Hashable, Sendable, CaseIterable, Comparable, Codable {
  case hour, day, week, month, quarter, half, year

  package static func < (a: Grain, b: Grain) -> Bool { a.order < b.order }
  private var order: Int { Grain.allCases.firstIndex(of: self)! }

  /// How many months a unit has, nil for hour, day and week.
  package var months: Int? {
    switch self {
    case .month: 1
    case .quarter: 3
    case .half: 6
    case .year: 12
    case .hour, .day, .week: nil
    }
  }
}

/// A cyclic part of time that rows can be grouped or filtered by: hour of day, day of the week …
///
/// Values are integers: hours 0–23, weekdays 1 (Monday) – 7, `weekend`, `workday` and
/// `trading_day` 0 or 1, days 1–31, days of the year 1–366, months 1–12, quarters 1–4.
package enum TimePart: String, Hashable, Sendable, CaseIterable, Codable {
  case hourOfDay = "hour_of_day"
  case weekday
  case weekend
  case workday
  case tradingDay = "trading_day"
  case dayOfMonth = "day_of_month"
  case dayOfYear = "day_of_year"
  case monthOfYear = "month_of_year"
  case quarterOfYear = "quarter_of_year"

  /// The values it can have, in order.
  package var values: ClosedRange<Int> {
    switch self {
    case .hourOfDay: 0...23
    case .weekday: 1...7
    case .weekend, .workday, .tradingDay: 0...1
    case .dayOfMonth: 1...31
    case .dayOfYear: 1...366
    case .monthOfYear: 1...12
    case .quarterOfYear: 1...4
    }
  }
}
