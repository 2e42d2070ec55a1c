import CivilTime
import SourceText

/// The `calendar` of `dataset.yaml`: where weeks and fiscal years begin, holidays, working and trading days.
///
///     calendar:
///       week_start: monday            # monday | sunday | saturday
///       fiscal_start: 4               # first month of the fiscal year, also fiscal_year_start; absent = none is set
///       anchor: latest-data           # today | latest-data
///       last_n_includes_today: false
///       holidays: china               # china | none; absent = china for datasets in Chinese. Or, with more to say:
///       holidays:
///         table: china
///         off: [2026-08-18]                             # days off, and weekend days worked, beside the table's
///         worked: [2026-08-22]
///         days:                                         # days with names of their own, once or every year
///           anniversary: {days: [2025-08-18..2025-08-20, 08-18], zh: [店庆], en: [anniversary sale]}
///       trading_days: china           # absent = trading days are refused
///       days: calendar.day            # a column with every day: how far units of time go; absent = as far as the data
///       hours: clock.hour             # a column with every hour, for answers by hour
extension DictionaryReader {
  mutating func readCalendar(_ node: YAMLMapping) {
    enum WeekStart: String, CaseIterable { case monday, sunday, saturday }
    enum TradingDays: String, CaseIterable { case china }
    var calendar = BusinessCalendar()
    switch node.choice("week_start", of: WeekStart.self) {
    case .sunday: calendar.weekStart = 7
    case .saturday: calendar.weekStart = 6
    case .monday, nil: calendar.weekStart = 1
    }
    for key in ["fiscal_start", "fiscal_year_start"] where node.has(key) { calendar.fiscalStart = month(key, node) }
    if let anchor = node.text("anchor") {
      let names = [BusinessCalendar.Anchor.today, .latestData].map(\.rawValue)
      calendar.anchor = BusinessCalendar.Anchor(rawValue: anchor) ?? .today
      if !names.contains(anchor) {
        report.wrongType(node.value("anchor")!, expected: names.joined(separator: " or "), code: "unknown-choice")
      }
    }
    calendar.lastIncludesToday = node.boolean("last_n_includes_today") ?? false
    calendar.hasTradingDays = node.choice("trading_days", of: TradingDays.self) != nil
    calendar.holidays = usualHolidays
    if let holidays = node.value("holidays") { readHolidays(holidays, node, &calendar) }
    dictionary.calendar = calendar
    dictionary.days = node.text("days").map { ColumnPath($0) }
    dictionary.hours = node.text("hours").map { ColumnPath($0) }
    node.finish()
  }

  /// Whose holidays hold if the calendar says nothing.
  var usualHolidays: BusinessCalendar.Holidays { language == .chinese ? .china : .none }

  private func month(_ key: String, _ node: YAMLMapping) -> Int? {
    guard let month = node.integer(key) else { return nil }
    if (1...12).contains(month) { return month }
    report.add(Diagnostic(code: "bad-month", at: node.place(key), found: "\(month)", expected: "a month, 1 to 12"))
    return nil
  }

  // MARK: Holidays

  private mutating func readHolidays(_ value: YAMLNode, _ node: YAMLMapping, _ calendar: inout BusinessCalendar) {
    guard case .mapping = value.content else {
      calendar.holidays = node.choice("holidays") ?? calendar.holidays
      return
    }
    let holidays = YAMLMapping(value, "holidays", report)
    calendar.holidays = holidays.choice("table") ?? calendar.holidays
    calendar.off = Set(holidays.list("off").flatMap { periods($0) }.flatMap(\.allDays))
    calendar.worked = Set(holidays.list("worked").flatMap { periods($0) }.flatMap(\.allDays))
    for entry in holidays.entries("days") where isName(entry, of: "a holiday") {
      let holiday = YAMLMapping(entry.value, "a holiday", report)
      calendar.named[entry.key] = holiday.list("days").flatMap { periods($0) }.sorted { $0.start! < $1.start! }
      dictionary.holidayWords[entry.key] = Language.allCases.flatMap { holiday.texts($0.rawValue) }
      holiday.finish()
    }
    holidays.finish()
  }

  /// `2025-08-18`, `2025-08-18..2025-08-20`, and the same every year without it: `08-18`.
  private func periods(_ node: YAMLNode) -> [Period] {
    guard let text = report.text(node) else { return [] }
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).map(String.init)
    let found: [Period] = Self.dated(ends).map { [$0] } ?? Self.yearly(ends)
    if found.isEmpty || ends.count > 2 {
      report.wrongType(node, expected: "a day such as 2025-08-18, 2025-08-18..2025-08-20 or 08-18", code: "bad-day")
    }
    return found
  }

  private static func dated(_ ends: [String]) -> Period? {
    guard let first = ends.first.flatMap({ Day(iso: $0) }), let last = ends.last.flatMap({ Day(iso: $0) }), first <= last
    else { return nil }
    return Period(first: first, last: last)
  }

  private static func yearly(_ ends: [String]) -> [Period] {
    (2000...2050).compactMap { year in dated(ends.map { "\(year)-\($0)" }) }
  }
}

extension Period {
  /// Each of its days; none where a side is open.
  fileprivate var allDays: [Day] {
    guard let start, let end else { return [] }
    return (start.number..<end.number).map(Day.init)
  }
}
