import CivilTime
import Testing

/// A Tuesday.
private let today = Day(unchecked: 2026, 3, 17)

private func days(_ time: TimeExpression, _ calendar: BusinessCalendar = BusinessCalendar(), on day: Day = today) -> String {
  do {
    return try time.resolve(TimeContext(today: day, calendar: calendar)).period.description
  } catch {
    return "\(error)"
  }
}

@Suite struct TimeResolverTests {
  @Test(arguments: [
    (.unit(.month, offset: -1), "2026-02-01..<2026-03-01"),
    (.unit(.week, offset: 0), "2026-03-16..<2026-03-23"),
    (.unit(.quarter, offset: -1), "2025-10-01..<2026-01-01"),
    (.unit(.half, offset: -1), "2025-07-01..<2026-01-01"),
    (.unit(.year, offset: -2), "2024-01-01..<2025-01-01"),
    (.last(7, .day), "2026-03-10..<2026-03-17"),
    (.last(3, .month), "2025-12-01..<2026-03-01"),
    (.last(2, .week), "2026-03-02..<2026-03-16"),
    (.rolling(7, .day), "2026-03-11..<2026-03-18"),
    (.rolling(1, .month), "2026-02-18..<2026-03-18"),
    (.next(2, .quarter), "2026-04-01..<2026-10-01"),
    (.toDate(.month), "2026-03-01..<2026-03-18"),
    (.fiscal(.year, offset: 0), "noFiscalYear"),
  ] as [(TimeExpression, String)])
  func relative(_ time: TimeExpression, _ expected: String) { #expect(days(time) == expected) }

  @Test(arguments: [
    (.named(.month(3)), "2026-03-01..<2026-04-01"),
    (.named(.month(4)), "2025-04-01..<2025-05-01"),
    (.named(.weekday(2)), "2026-03-17..<2026-03-18"),
    (.named(.weekday(3)), "2026-03-11..<2026-03-12"),
    (.named(.dayOfMonth(31)), "2026-01-31..<2026-02-01"),
    (.named(.date(month: 2, day: 29)), "2024-02-29..<2024-03-01"),
    (.named(.dayOnWeekday(day: 13, weekday: 5)), "2026-03-13..<2026-03-14"),
    (.named(.weekend), "2026-03-14..<2026-03-16"),
    (.named(.quarter(2)), "2025-04-01..<2025-07-01"),
    (.named(.week(53)), "2020-12-28..<2021-01-04"),
    (.inside(.unit(.year, offset: -1), .month(3)), "2025-03-01..<2025-04-01"),
    (.inside(.unit(.week, offset: -1), .weekday(3)), "2026-03-11..<2026-03-12"),
    (.inside(.unit(.month, offset: -1), .dayOfMonth(30)), "noSuchTime"),
    (.inside(.unit(.month, offset: -1), .weekday(1)), "noSuchTime"),
    (.inside(.absolute(.year(2021)), .week(1)), "2021-01-04..<2021-01-11"),
    (.occurrence(1, of: .named(.month(3)), from: nil), "2027-03-01..<2027-04-01"),
    (.occurrence(3, of: .named(.weekday(5)), from: nil), "2026-04-03..<2026-04-04"),
    (.occurrence(-1, of: .holiday("christmas", of: nil), from: nil), "2025-12-25..<2025-12-26"),
  ] as [(TimeExpression, String)])
  func recurring(_ time: TimeExpression, _ expected: String) { #expect(days(time) == expected) }

  @Test(arguments: [
    (.nth(2, .week, of: .absolute(.month(2026, 3))), "2026-03-09..<2026-03-16"),
    // The week of 1 May 2026 has its Thursday in April.
    (.nth(1, .week, of: .absolute(.month(2026, 5))), "2026-05-04..<2026-05-11"),
    (.nth(-1, .week, of: .absolute(.year(2019))), "2019-12-23..<2019-12-30"),
    (.nth(-1, .day, of: .absolute(.month(2026, 2))), "2026-02-28..<2026-03-01"),
    (.nth(3, .month, of: .absolute(.year(2021))), "2021-03-01..<2021-04-01"),
    (.nth(6, .week, of: .absolute(.month(2026, 2))), "noSuchTime"),
    (.nthNamed(2, .weekday(1), of: .absolute(.month(2018, 4))), "2018-04-09..<2018-04-10"),
    (.nthNamed(-1, .weekday(7), of: .absolute(.month(2014, 3))), "2014-03-30..<2014-03-31"),
    (.first(3, .quarter, of: .unit(.year, offset: 0)), "2026-01-01..<2026-10-01"),
    (.final(5, .day, of: .unit(.month, offset: -1)), "2026-02-24..<2026-03-01"),
    (.third(3, of: .absolute(.month(2026, 2))), "2026-02-21..<2026-03-01"),
    (.third(1, of: .absolute(.year(2026))), "noSuchTime"),
    (.vague(.close, of: .absolute(.year(2025))), "2025-10-01..<2026-01-01"),
    (.vague(.mid, of: .absolute(.month(2025, 5))), "2025-05-11..<2025-05-21"),
    (.whole(.week, holding: .absolute(.day(Day(unchecked: 2019, 2, 6)))), "2019-02-04..<2019-02-11"),
    (.run(2, .week, from: .absolute(.day(Day(unchecked: 2019, 5, 20)))), "2019-05-20..<2019-06-03"),
  ] as [(TimeExpression, String)])
  func parts(_ time: TimeExpression, _ expected: String) { #expect(days(time) == expected) }

  @Test(arguments: [
    (.range(.absolute(.year(2015)), .absolute(.year(2017))), "2015-01-01..<2018-01-01"),
    (.range(.named(.month(1)), .named(.month(3))), "2026-01-01..<2026-04-01"),
    (.range(.named(.month(3)), .named(.month(5))), "2025-03-01..<2025-06-01"),
    (.range(.named(.month(11)), .named(.month(2))), "2025-11-01..<2026-03-01"),
    (.range(.inside(.unit(.year, offset: -1), .month(11)), .named(.month(3))), "2025-11-01..<2026-04-01"),
    (.range(.named(.month(5)), .absolute(.month(2020, 10))), "2020-05-01..<2020-11-01"),
    (.range(.named(.date(month: 1, day: 10)), .named(.dayOfMonth(12))), "2026-01-10..<2026-01-13"),
    (.range(.absolute(.year(2018)), .absolute(.year(2016))), "noSuchTime"),
    (.since(.absolute(.month(2025, 3))), "2025-03-01..<2026-03-18"),
    (.from(.absolute(.month(2025, 3))), "2025-03-01..<…"),
    (.after(.absolute(.month(2025, 3))), "2025-04-01..<…"),
    (.before(.absolute(.month(2025, 3))), "…..<2025-03-01"),
    (.through(.absolute(.month(2025, 3))), "…..<2025-04-01"),
    (.shifted(.absolute(.month(2026, 2)), 1, .month), "2026-03-01..<2026-04-01"),
    (.shifted(.absolute(.day(Day(unchecked: 2026, 3, 31))), -1, .month), "2026-02-28..<2026-03-01"),
    (.shifted(.absolute(.week(2026, 10)), -1, .year), "2025-03-03..<2025-03-10"),
    (.shifted(.toDate(.month), -1, .year), "2025-03-01..<2025-03-18"),
    (.all, "…..<…"),
  ] as [(TimeExpression, String)])
  func ranges(_ time: TimeExpression, _ expected: String) { #expect(days(time) == expected) }

  @Test(arguments: [
    ("spring_festival", "2026-02-17..<2026-02-18"), ("mid_autumn", "2025-10-06..<2025-10-07"),
    ("qingming", "2025-04-04..<2025-04-05"), ("national_break", "2025-10-01..<2025-10-09"),
    ("thanksgiving", "2025-11-27..<2025-11-28"), ("black_friday", "2025-11-28..<2025-11-29"),
    ("easter", "2025-04-20..<2025-04-21"), ("memorial_day", "2025-05-26..<2025-05-27"),
    ("mlk_day", "2026-01-19..<2026-01-20"), ("christmas_in_july", "unknownHoliday(\"christmas_in_july\")"),
  ])
  func holidays(_ key: String, _ expected: String) { #expect(days(.holiday(key, of: nil)) == expected) }

  @Test func everyHolidayHasADay() {
    // 3 September was off in 2015 alone.
    for key in HolidayTable.keys where key != "victory_break" { #expect(HolidayTable.period(of: key, in: 2024) != nil, "\(key)") }
  }

  @Test func fiscalYears() {
    let april = BusinessCalendar(fiscalStart: 4)
    #expect(days(.fiscal(.year, offset: 0), april) == "2025-04-01..<2026-04-01")
    #expect(days(.fiscal(.quarter, offset: -1), april) == "2025-10-01..<2026-01-01")
    #expect(days(.fiscalNamed(year: 2025, quarter: nil), april) == "2024-04-01..<2025-04-01")
    #expect(days(.fiscalNamed(year: 2025, quarter: 4), april) == "2025-01-01..<2025-04-01")
    #expect(days(.fiscalNamed(year: 2025, quarter: nil), BusinessCalendar(fiscalStart: 1)) == "2025-01-01..<2026-01-01")
    let february = BusinessCalendar(fiscalStart: 2)
    #expect(days(.nth(1, .quarter, of: .fiscalNamed(year: 2026, quarter: nil)), february) == "2025-02-01..<2025-05-01")
  }

  @Test func calendarSettings() {
    #expect(days(.last(7, .day), BusinessCalendar(lastIncludesToday: true)) == "2026-03-11..<2026-03-18")
    #expect(days(.unit(.week, offset: 0), BusinessCalendar(weekStart: 7)) == "2026-03-15..<2026-03-22")
  }

  @Test func toDateEndsWithLoadedData() throws {
    var context = TimeContext(today: today, lastLoadedDay: Day(unchecked: 2026, 3, 10))
    let resolved = try TimeExpression.toDate(.month).resolve(context)
    #expect(resolved.period.description == "2026-03-01..<2026-03-11")
    #expect(resolved.wholeUnit?.description == "2026-03-01..<2026-04-01")
    // Data that stops before the unit cannot cut it: then today does.
    context.lastLoadedDay = Day(unchecked: 2026, 1, 5)
    #expect(try TimeExpression.toDate(.month).resolve(context).period.description == "2026-03-01..<2026-03-18")
  }

  @Test func grainsAndAssumptions() throws {
    let context = TimeContext(today: today)
    let march = try TimeExpression.named(.month(3)).resolve(context)
    #expect(march.grain == .month && march.assumptions == [.latestNotInFuture])
    let start = try TimeExpression.vague(.start, of: .unit(.year, offset: 0)).resolve(context)
    #expect(start.grain == .quarter && start.assumptions == [.vaguePart(.start)])
    #expect(try TimeExpression.last(7, .day).resolve(context).assumptions == [.todayLeftOut])
    #expect(try TimeExpression.from(.unit(.month, offset: 0)).resolve(context).grain == nil)
  }
}
