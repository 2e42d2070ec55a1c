import CivilTime

/// When people come to the app: growth, weekends, releases and the one fault to find.
enum AppCalendar {
  static let firstDay = Day(unchecked: 2025, 1, 1)
  static let lastDay = Day(unchecked: 2026, 10, 31)
  static var days: Int { lastDay.number - firstDay.number + 1 }

  /// The planted fault: release 5.3.0 crashes on Android until 5.3.1 replaces it.
  ///
  /// What it looks like: the crash rate of September 2026 soars and the day-1 retention falls. How to find it: by platform
  /// (Android), then by version (5.3.0); iOS on the same version is as before, and the ratings of that version are low.
  static let faultyVersion = "5.3.0"

  /// What is in use, oldest first.
  static let versions: [(name: String, released: Day)] = [
    ("4.6.0", Day(unchecked: 2024, 12, 3)), ("4.7.0", Day(unchecked: 2025, 1, 21)), ("4.8.0", Day(unchecked: 2025, 3, 11)),
    ("4.8.1", Day(unchecked: 2025, 3, 25)), ("4.9.0", Day(unchecked: 2025, 5, 13)), ("5.0.0", Day(unchecked: 2025, 8, 26)),
    ("5.0.1", Day(unchecked: 2025, 9, 9)), ("5.1.0", Day(unchecked: 2025, 12, 2)), ("5.2.0", Day(unchecked: 2026, 3, 10)),
    ("5.2.1", Day(unchecked: 2026, 4, 21)), ("5.3.0", Day(unchecked: 2026, 9, 8)), ("5.3.1", Day(unchecked: 2026, 9, 24)),
  ]

  /// The version somebody has who updates so many days after a release, as a place in `versions`.
  static func version(on day: Day, lag: Int) -> Int {
    versions.lastIndex { $0.released.adding(days: lag) <= day } ?? 0
  }

  static func years(_ day: Day) -> Double { Double(day.number - firstDay.number) / 365 }

  /// Sign-ups on an ordinary day, more each year, at weekends and in January and September.
  static func signUps(on day: Day) -> Double {
    let season = day.month == 1 || day.month == 9 ? 1.25 : day.month == 7 ? 0.9 : 1
    return (3.4 + 2.6 * years(day)) * season * (day.weekday >= 6 ? 1.22 : 0.92)
  }

  /// How readily somebody comes back on this day, against an ordinary one.
  static func pull(on day: Day) -> Double { (day.weekday >= 6 ? 0.86 : 1.05) * (1 + 0.06 * years(day)) }
}
