import CivilTime

/// When the factories work: growth, weekends, closing days and the one fault to find.
enum FactoryCalendar {
  static let firstDay = Day(unchecked: 2025, 1, 1)
  static let lastDay = Day(unchecked: 2026, 10, 31)
  static var days: Int { lastDay.number - firstDay.number + 1 }

  /// The planted fault: the mould of one injection moulder is worn, and the night shift runs on with it.
  ///
  /// What it looks like: the yield of August 2026 falls, only in 武汉工厂, only in 注塑车间. How to find it: by plant, by
  /// machine (注塑机02), by shift (夜班); the defects logged there are 尺寸超差. From 7 September on it is well again.
  static let wornMould = Day(unchecked: 2026, 8, 10)...Day(unchecked: 2026, 9, 6)
  static let wornMachine = "注塑机02"
  static let wornShift = 2

  private static let closed = [
    Day(unchecked: 2025, 1, 1)...Day(unchecked: 2025, 1, 1), Day(unchecked: 2025, 1, 27)...Day(unchecked: 2025, 2, 4),
    Day(unchecked: 2025, 5, 1)...Day(unchecked: 2025, 5, 2), Day(unchecked: 2025, 10, 1)...Day(unchecked: 2025, 10, 3),
    Day(unchecked: 2026, 1, 1)...Day(unchecked: 2026, 1, 1), Day(unchecked: 2026, 2, 15)...Day(unchecked: 2026, 2, 23),
    Day(unchecked: 2026, 5, 1)...Day(unchecked: 2026, 5, 2), Day(unchecked: 2026, 10, 1)...Day(unchecked: 2026, 10, 3),
  ]

  static func years(_ day: Day) -> Double { Double(day.number - firstDay.number) / 365 }
  static func isClosed(_ day: Day) -> Bool { closed.contains { $0.contains(day) } }

  /// How long a shift of a line is planned on a day, in minutes; nil if it does not work.
  ///
  /// Injection moulding never stops; the others rest on Sundays and on closing days and work a short early shift on Saturdays.
  /// The last night would reach into the day behind the data.
  static func plannedMinutes(_ line: FactoryLine, shift: Int, on day: Day) -> Int? {
    if shift == 2 && day == lastDay { return nil }
    if line.isContinuous { return isClosed(day) ? 240 : 480 }
    if isClosed(day) || day.weekday == 7 { return nil }
    if day.weekday == 6 { return shift == 0 ? 360 : nil }
    return shift == 2 && !line.worksNights ? nil : 480
  }

  /// How fast the machines run against their standard: they learn, and the heat of summer slows them.
  static func pace(on day: Day) -> Double {
    let heat = day.month == 7 || day.month == 8 ? 0.975 : 1
    return min(0.97, 0.86 + 0.035 * years(day)) * heat
  }
}
