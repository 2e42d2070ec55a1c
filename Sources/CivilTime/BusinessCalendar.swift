/// What a dataset says about its calendar.
package struct BusinessCalendar: Hashable, Sendable {
  package enum Anchor: String, Hashable, Sendable, CaseIterable { case today, latestData = "latest-data" }

  /// Whose holidays decide which days are working days.
  package enum Holidays: String, Hashable, Sendable, CaseIterable {
    /// Nobody's: Monday to Friday.
    case none
    /// Statutory breaks of mainland China, with the weekend days worked for them.
    case china
  }

  /// 1 = Monday … 7 = Sunday.
  package var weekStart: Int
  /// First month of the fiscal year; nil = none is set, so fiscal terms are asked back.
  package var fiscalStart: Int?
  package var anchor: Anchor
  /// Whether 近7天 ends with today instead of yesterday.
  package var lastIncludesToday: Bool
  package var holidays: Holidays
  /// Whether trading days are known: weekdays outside the breaks.
  package var hasTradingDays: Bool
  /// Days the dataset names itself, by key: 店庆, anniversary_sale.
  package var named: [String: [Period]]
  /// Days that are off, or worked, whatever the table says.
  package var off: Set<Day>
  package var worked: Set<Day>

  package init(
    weekStart: Int = 1, fiscalStart: Int? = nil, anchor: Anchor = .today, lastIncludesToday: Bool = false,
    holidays: Holidays = .none, hasTradingDays: Bool = false, named: [String: [Period]] = [:], off: Set<Day> = [],
    worked: Set<Day> = []
  ) {
    self.weekStart = weekStart
    self.fiscalStart = fiscalStart
    self.anchor = anchor
    self.lastIncludesToday = lastIncludesToday
    self.holidays = holidays
    self.hasTradingDays = hasTradingDays
    self.named = named
    self.off = off
    self.worked = worked
  }

  // MARK: Working days

  /// Whether a day is of a kind.
  package func isOf(_ kind: DayKind, _ day: Day) -> Bool {
    switch kind {
    case .workday: isWorkday(day)
    // Weekend days worked for a break are no trading days.
    case .tradingDay: day.weekday <= 5 && !off.contains(day) && !ChinaHolidays.isOff(day)
    }
  }

  private func isWorkday(_ day: Day) -> Bool {
    if worked.contains(day) { return true }
    if off.contains(day) { return false }
    return holidays == .china ? ChinaHolidays.isWorkday(day) : day.weekday <= 5
  }

  /// Weekdays that are not of a kind and weekend days that are, within a run of days.
  package func exceptions(to kind: DayKind, in period: Period) -> (off: [Day], worked: [Day]) {
    let table: (off: [Day], worked: [Day]) =
      holidays == .china || kind == .tradingDay ? ChinaHolidays.exceptions(in: period) : ([], [])
    if kind == .tradingDay { return (Set(table.off).union(off.filter(period.contains)).sorted(), []) }
    let offDays = Set(table.off).union(off.filter { $0.weekday <= 5 && period.contains($0) }).subtracting(worked)
    let workedDays = Set(table.worked).union(worked.filter { $0.weekday > 5 && period.contains($0) }).subtracting(off)
    return (offDays.sorted(), workedDays.sorted())
  }

  /// What has to be said about working days within a run of days.
  package func assumption(about kind: DayKind, in period: Period) -> TimeAssumption? {
    guard holidays == .china || kind == .tradingDay else { return off.isEmpty && worked.isEmpty ? .workdaysAreWeekdays : nil }
    let years = [period.start, period.last].compactMap { $0?.year }
    return years.allSatisfy(ChinaHolidays.announced.contains) ? nil : .unannouncedBreak
  }

  // MARK: Holidays

  package func knows(_ key: String) -> Bool { named[key] != nil || HolidayTable.isKnown(key) }

  /// The days of a holiday that belong to a year: the dataset's own, else the table's.
  package func holiday(_ key: String, in year: Int) -> Period? {
    guard let own = named[key] else { return HolidayTable.period(of: key, in: year) }
    return own.first { $0.start?.year == year }
  }
}
