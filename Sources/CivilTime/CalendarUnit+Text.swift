extension CalendarUnit: CustomStringConvertible {
  package var grain: Grain {
    switch self {
    case .year: .year
    case .half: .half
    case .quarter: .quarter
    case .month: .month
    case .week: .week
    case .day: .day
    }
  }

  /// The days of the unit; nil if there is no such unit (month 13, week 54) or the year is outside 1 to 9999.
  package func period(weekStart: Int = 1) -> Period? {
    switch self {
    case .year(let year): CalendarUnit.months(year, 1, 12)
    case .half(let year, let half): (1...2).contains(half) ? CalendarUnit.months(year, half * 6 - 5, 6) : nil
    case .quarter(let year, let quarter):
      (1...4).contains(quarter) ? CalendarUnit.months(year, quarter * 3 - 2, 3) : nil
    case .month(let year, let month): (1...12).contains(month) ? CalendarUnit.months(year, month, 1) : nil
    case .week(let year, let week):
      (1...9999).contains(year) ? WeekNumber.period(year: year, week: week, weekStart: weekStart) : nil
    case .day(let day): Period(day, day.adding(days: 1))
    }
  }

  private static func months(_ year: Int, _ month: Int, _ count: Int) -> Period? {
    guard (1...9999).contains(year) else { return nil }
    let start = Day(unchecked: year, month, 1)
    return Period(start, start.adding(months: count))
  }

  /// `2026`, `2026-H1`, `2026-Q3`, `2026-03`, `2026-W05`, `2026-03-05`.
  package var description: String {
    switch self {
    case .year(let year): Day.padded(year, 4)
    case .half(let year, let half): Day.padded(year, 4) + "-H\(half)"
    case .quarter(let year, let quarter): Day.padded(year, 4) + "-Q\(quarter)"
    case .month(let year, let month): Day.padded(year, 4) + "-" + Day.padded(month, 2)
    case .week(let year, let week): Day.padded(year, 4) + "-W" + Day.padded(week, 2)
    case .day(let day): day.description
    }
  }

  /// Reads what `description` prints; nil if the text is none of it or names no unit.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let head = parts.first, head.count == 4, let year = CalendarUnit.digits(head) else { return nil }
    switch parts.count {
    case 1: self = .year(year)
    case 2:
      guard let unit = CalendarUnit.second(year, parts[1]) else { return nil }
      self = unit
    case 3:
      guard parts[1].count == 2, parts[2].count == 2, let day = Day(iso: text) else { return nil }
      self = .day(day)
    default: return nil
    }
    if period() == nil { return nil }
  }

  private static func second(_ year: Int, _ text: Substring) -> CalendarUnit? {
    let rest = text.dropFirst()
    switch text.first {
    case "H": return rest.count == 1 ? digits(rest).map { .half(year, $0) } : nil
    case "Q": return rest.count == 1 ? digits(rest).map { .quarter(year, $0) } : nil
    case "W": return rest.count == 2 ? digits(rest).map { .week(year, $0) } : nil
    default: return text.count == 2 ? digits(text).map { .month(year, $0) } : nil
    }
  }

  private static func digits(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }
}
