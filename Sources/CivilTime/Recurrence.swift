extension RecurringUnit {
  package var grain: Grain {
    switch self {
    case .month: .month
    case .quarter: .quarter
    case .half: .half
    case .week: .week
    case .weekday, .weekend, .workdays, .dayOfMonth, .date, .dayOnWeekday, .dateOnWeekday, .lunarDate, .dayKind: .day
    }
  }
}

/// Lists the days a recurring name falls on.
struct Recurrence {
  let unit: RecurringUnit
  let calendar: BusinessCalendar

  /// Days within which the name surely comes round again.
  static func reach(of unit: RecurringUnit) -> Int {
    switch unit {
    case .weekday, .weekend, .workdays: 8
    case .dayOfMonth: 70
    case .month, .quarter, .half: 367
    case .lunarDate: 400
    // The longest break, with room.
    case .dayKind: 30
    // Week 53 and 29 February stay away for up to eight years, Friday the 31st for less than four.
    case .week, .date, .dayOnWeekday: 366 * 9
    // 29 February on a Friday stays away for up to forty years.
    case .dateOnWeekday: 366 * 41
    }
  }

  /// Every occurrence that starts on or after `from` and before `to`, in order.
  func periods(from: Day, to: Day) -> [Period] {
    candidates(from: from, to: to).filter { $0.start.map { from <= $0 && $0 < to } ?? false }
  }

  private func candidates(from: Day, to: Day) -> [Period] {
    switch unit {
    case .month(let month): yearly(from, to) { .month($0, month) }
    case .quarter(let quarter): yearly(from, to) { .quarter($0, quarter) }
    case .half(let half): yearly(from, to) { .half($0, half) }
    case .week(let week): yearly(from, to) { .week($0, week) }
    case .date(let month, let day): yearly(from, to) { Day($0, month, day).map(CalendarUnit.day) }
    case .dateOnWeekday(let month, let day, let weekday):
      yearly(from, to) { Day($0, month, day).map(CalendarUnit.day) }.filter { $0.start?.weekday == weekday }
    case .lunarDate(let month, let day):
      LunarCalendar.days(month, day, from: from, to: to).map { Period($0, $0.adding(days: 1)) }
    case .dayKind(let kind): daily(from, to) { calendar.isOf(kind, $0) }
    case .dayOfMonth(let day): monthly(from, to, day)
    case .dayOnWeekday(let day, let weekday): monthly(from, to, day).filter { $0.start?.weekday == weekday }
    case .weekday(let weekday): weekly(from, to, weekday, length: 1)
    case .weekend: weekly(from, to, 6, length: 2)
    case .workdays: weekly(from, to, 1, length: 5)
    }
  }

  private func yearly(_ from: Day, _ to: Day, _ make: (Int) -> CalendarUnit?) -> [Period] {
    guard to.year - from.year < 400 else { return [] }
    return (from.year - 1...to.year + 1).compactMap { make($0)?.period(weekStart: calendar.weekStart) }
  }

  private func daily(_ from: Day, _ to: Day, _ holds: (Day) -> Bool) -> [Period] {
    guard from < to, to.number - from.number < 10 * 366 else { return [] }
    return (from.number..<to.number).map(Day.init).filter(holds).map { Period($0, $0.adding(days: 1)) }
  }

  private func monthly(_ from: Day, _ to: Day, _ day: Int) -> [Period] {
    guard day >= 1, to.number - from.number < 400 * 366 else { return [] }
    return Period(from, to.adding(days: 1)).split(by: .month).compactMap { month in
      guard let start = month.start, let found = Day(start.year, start.month, day) else { return nil }
      return Period(found, found.adding(days: 1))
    }
  }

  private func weekly(_ from: Day, _ to: Day, _ weekday: Int, length: Int) -> [Period] {
    guard (1...7).contains(weekday), to.number - from.number < 400 * 366 else { return [] }
    let first = from.adding(days: (weekday - from.weekday + 7) % 7)
    return stride(from: first.number, to: to.number, by: 7).map {
      Period(Day(number: $0), Day(number: $0 + length))
    }
  }
}
