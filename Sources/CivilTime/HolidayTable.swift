/// Holidays and shopping days by key (`spring_festival`); what people call them is in the lexicon.
///
/// Lunar holidays come from `LunarCalendar`, statutory breaks from `ChinaHolidays`. Days of the last lunar month (腊八) count
/// with the Spring Festival they lead up to: 腊八 of 2023 was on 30 December 2022.
package enum HolidayTable {
  /// The days of a holiday in a year; nil if the key is unknown or the year is not in the table.
  package static func period(of key: String, in year: Int) -> Period? {
    guard (1...9999).contains(year) else { return nil }
    if ChinaHolidays.isBreak(key) { return ChinaHolidays.period(of: key, in: year) }
    return day(of: key, in: year).map { Period($0, $0.adding(days: 1)) }
  }

  package static func isKnown(_ key: String) -> Bool { ChinaHolidays.isBreak(key) || day(of: key, in: 2020) != nil }

  /// Every key, sorted.
  package static var keys: [String] {
    (Array(fixed.keys) + Array(nthWeekdays.keys) + Array(fromEaster.keys) + Array(lunar.keys)
      + Array(lunarYearEnd.keys) + ChinaHolidays.keys + ["qingming", "black_friday", "cyber_monday"]).sorted()
  }

  private static func day(of key: String, in year: Int) -> Day? {
    if let (month, day) = fixed[key] { return Day(year, month, day) }
    if let rule = nthWeekdays[key] { return nthWeekday(rule, year) }
    if let offset = fromEaster[key] { return easter(year).adding(days: offset) }
    if let (month, day) = lunar[key] { return LunarCalendar.day(year, month, day) }
    if let (month, day) = lunarYearEnd[key] { return LunarCalendar.day(year - 1, month, day) }
    switch key {
    case "qingming": return qingming(year)
    case "black_friday": return day(of: "thanksgiving", in: year)?.adding(days: 1)
    case "cyber_monday": return day(of: "thanksgiving", in: year)?.adding(days: 4)
    default: return nil
    }
  }

  private static func nthWeekday(_ rule: (month: Int, weekday: Int, nth: Int), _ year: Int) -> Day {
    let first = Day(unchecked: year, rule.month, rule.nth > 0 ? 1 : Day.length(ofMonth: rule.month, in: year))
    if rule.nth > 0 {
      return first.adding(days: (rule.weekday - first.weekday + 7) % 7 + 7 * (rule.nth - 1))
    }
    return first.adding(days: -((first.weekday - rule.weekday + 7) % 7) + 7 * (rule.nth + 1))
  }

  /// Western Easter Sunday, by the anonymous Gregorian computus (Meeus/Jones/Butcher).
  private static func easter(_ year: Int) -> Day {
    let a = year % 19, b = year / 100, c = year % 100
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let sum = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114
    return Day(unchecked: year, sum / 31, sum % 31 + 1)
  }

  /// Solar term, 4 or 5 April; the usual formula with the constant of each century.
  static func qingming(_ year: Int) -> Day? {
    guard (1900...2099).contains(year) else { return nil }
    let y = year % 100
    let constant = year < 2000 ? 5.59 : 4.81
    return Day(unchecked: year, 4, Int(Double(y) * 0.2422 + constant) - y / 4)
  }
}
