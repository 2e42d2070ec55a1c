/// The Chinese lunar calendar (农历), for lunar years 2009 to 2035.
///
/// A lunar year begins with Spring Festival. Its months have 29 or 30 days, and some years repeat a month (闰月); which, is
/// not a rule but astronomy, so it is tabled. Each entry packs one year: bits 15 to 4 say, from the first month on, whether
/// a month has 30 days; bits 3 to 0 name the month that is repeated (0 = none), bit 16 says that the repeated one has 30.
package enum LunarCalendar {
  private static let firstYear = 2009
  /// Spring Festival of the first year.
  private static let firstDay = Day(unchecked: 2009, 1, 26)
  private static let years = [
    0x0cab5,
    0x0a950, 0x0b4a0, 0x0baa4, 0x0ad50, 0x055d9, 0x04ba0, 0x0a5b0, 0x15176, 0x052b0, 0x0a930,
    0x07954, 0x06aa0, 0x0ad50, 0x05b52, 0x04b60, 0x0a6e6, 0x0a4e0, 0x0d260, 0x0ea65, 0x0d530,
    0x05aa0, 0x076a3, 0x096d0, 0x04afb, 0x04ad0, 0x0a4d0,
  ]

  /// The day of a date of a lunar year, not in a repeated month; nil outside the table, or if the month has no such day.
  ///
  /// Example: 八月十五 (8, 15) of 2025 is 2025-10-06. Day 0 of month 1 is New Year's Eve (除夕).
  package static func day(_ year: Int, _ month: Int, _ day: Int) -> Day? {
    guard let start = start(of: year), (1...12).contains(month) else { return nil }
    let entry = years[year - firstYear]
    guard day <= length(entry, month), day >= 1 || (month == 1 && day == 0) else { return nil }
    let before = (1..<month).reduce(0) { $0 + length(entry, $1) + ($1 == entry & 0xf ? leapLength(entry) : 0) }
    return start.adding(days: before + day - 1)
  }

  /// The days of that lunar date that fall into a run of days, in order.
  static func days(_ month: Int, _ day: Int, from: Day, to: Day) -> [Day] {
    (max(from.year - 1, firstYear)...max(from.year - 1, firstYear, to.year)).compactMap { self.day($0, month, day) }
      .filter { from <= $0 && $0 < to }
  }

  private static func start(of year: Int) -> Day? {
    guard years.indices.contains(year - firstYear) else { return nil }
    return firstDay.adding(days: years[..<(year - firstYear)].reduce(0) { $0 + daysInYear($1) })
  }

  private static func daysInYear(_ entry: Int) -> Int {
    (1...12).reduce(entry & 0xf == 0 ? 0 : leapLength(entry)) { $0 + length(entry, $1) }
  }

  private static func length(_ entry: Int, _ month: Int) -> Int { entry >> (16 - month) & 1 == 1 ? 30 : 29 }
  private static func leapLength(_ entry: Int) -> Int { entry >> 16 & 1 == 1 ? 30 : 29 }
}
