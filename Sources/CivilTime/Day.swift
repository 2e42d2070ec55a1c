/// A calendar day, without clock or zone.
///
/// Days are counted from 1970-01-01 = 0 in the proleptic Gregorian calendar. The conversion is Howard Hinnant's
/// `days_from_civil` (http://howardhinnant.github.io/date_algorithms.html).
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  package let number: Int

  package init(number: Int) { self.number = number }

  /// The day of that date; nil if the calendar has no such day (month 13, 30 February).
  package init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, in: year) else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// The day of a date known to exist.
  package init(unchecked year: Int, _ month: Int, _ day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// The day of an ISO text: `2026-10-31`; text behind a `T` or a space is ignored. Nil if it is not a date.
  package init?(iso text: String) {
    let head = text.split(whereSeparator: { $0 == "T" || $0 == " " }).first ?? ""
    let parts = head.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return nil }
    self.init(year, month, day)
  }

  /// Year, month and day of the month.
  package var date: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  package var year: Int { date.year }
  package var month: Int { date.month }
  package var dayOfMonth: Int { date.day }

  /// 1 (Monday) to 7 (Sunday), as ISO 8601 counts.
  package var weekday: Int { let w = (number + 3) % 7; return (w < 0 ? w + 7 : w) + 1 }

  package static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  package func adding(days: Int) -> Day { Day(number: number + days) }

  /// The same day of the month `months` later, or the month's last day where it is shorter (31 Jan + 1 = 28 Feb).
  package func adding(months: Int) -> Day {
    let (year, month, day) = date
    let total = year * 12 + month - 1 + months
    let y = total >= 0 ? total / 12 : (total - 11) / 12
    let m = total - y * 12 + 1
    return Day(unchecked: y, m, min(day, Day.length(ofMonth: m, in: y)))
  }

  /// `2026-10-31`.
  package var description: String {
    let (year, month, day) = date
    return Day.padded(year, 4) + "-" + Day.padded(month, 2) + "-" + Day.padded(day, 2)
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  package static func < (a: Day, b: Day) -> Bool { a.number < b.number }
}
