import CivilTime
import Testing

/// Lunar dates, statutory breaks and working days, against dates written down from printed calendars and official notices.
@Suite struct HolidayTests {
  /// Spring Festival, Lantern, Dragon Boat, 七夕, Mid-Autumn, Double Ninth, New Year's Eve and 腊八, as month × 100 + day.
  @Test(arguments: [
    (2015, 219, 305, 620, 820, 927, 1021, 218, 20150127), (2016, 208, 222, 609, 809, 915, 1009, 207, 20160117),
    (2017, 128, 211, 530, 828, 1004, 1028, 127, 20170105), (2018, 216, 302, 618, 817, 924, 1017, 215, 20180124),
    (2019, 205, 219, 607, 807, 913, 1007, 204, 20190113), (2020, 125, 208, 625, 825, 1001, 1025, 124, 20200102),
    (2021, 212, 226, 614, 814, 921, 1014, 211, 20210120), (2022, 201, 215, 603, 804, 910, 1004, 131, 20220110),
    (2023, 122, 205, 622, 822, 929, 1023, 121, 20221230), (2024, 210, 224, 610, 810, 917, 1011, 209, 20240118),
    (2025, 129, 212, 531, 829, 1006, 1029, 128, 20250107), (2026, 217, 303, 619, 819, 925, 1018, 216, 20260126),
    (2027, 206, 220, 609, 808, 915, 1008, 205, 20270115), (2028, 126, 209, 528, 826, 1003, 1026, 125, 20280104),
    (2029, 213, 227, 616, 816, 922, 1016, 212, 20290122), (2030, 203, 217, 605, 805, 912, 1005, 202, 20300111),
  ])
  func lunar(_ year: Int, _ spring: Int, _ lantern: Int, _ boat: Int, _ qixi: Int, _ moon: Int, _ ninth: Int, _ eve: Int, _ laba: Int) {
    func day(_ key: String) -> Int? { HolidayTable.period(of: key, in: year)?.start.map { $0.month * 100 + $0.dayOfMonth } }
    let found = ["spring_festival", "lantern_festival", "dragon_boat", "qixi", "mid_autumn", "double_ninth", "new_years_eve_lunar"].map(day)
    #expect(found == [spring, lantern, boat, qixi, moon, ninth, eve])
    #expect(HolidayTable.period(of: "laba", in: year)?.start == Day(laba / 10_000, laba / 100 % 100, laba % 100))
  }

  @Test func lunarDatesHaveBounds() {
    #expect(LunarCalendar.day(2025, 12, 30) == nil)  // that month has 29 days
    #expect(LunarCalendar.day(2024, 12, 29) == Day(2025, 1, 28))
    #expect(LunarCalendar.day(2025, 7, 1) == Day(2025, 8, 23))  // behind the repeated sixth month
    #expect(LunarCalendar.day(2008, 1, 1) == nil && LunarCalendar.day(2036, 1, 1) == nil)
    #expect(LunarCalendar.day(2025, 13, 1) == nil && LunarCalendar.day(2025, 5, 0) == nil)
  }

  @Test(arguments: [
    ("spring_break", 2015, "2015-02-18..<2015-02-25"), ("victory_break", 2015, "2015-09-03..<2015-09-06"),
    ("new_year_break", 2018, "2017-12-30..<2018-01-02"), ("national_break", 2017, "2017-10-01..<2017-10-09"),
    ("spring_break", 2020, "2020-01-24..<2020-02-03"), ("qingming_break", 2023, "2023-04-05..<2023-04-06"),
    ("national_break", 2023, "2023-09-29..<2023-10-07"), ("mid_autumn_break", 2023, "2023-09-29..<2023-10-07"),
    ("labour_break", 2022, "2022-04-30..<2022-05-05"), ("spring_break", 2026, "2026-02-15..<2026-02-24"),
    // Without a notice: the statutory days alone.
    ("national_break", 2028, "2028-10-01..<2028-10-04"), ("spring_break", 2027, "2027-02-05..<2027-02-09"),
    ("labour_break", 2030, "2030-05-01..<2030-05-03"), ("victory_break", 2016, "none"),
  ])
  func breaks(_ key: String, _ year: Int, _ expected: String) {
    #expect(HolidayTable.period(of: key, in: year)?.description ?? "none" == expected)
  }

  /// Working days of each month of 2025, counted on the official calendar.
  @Test func workdaysOfAYear() {
    let expected = [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]
    for (index, count) in expected.enumerated() {
      let month = CalendarUnit.month(2025, index + 1).period()!
      let days = (month.start!.number..<month.end!.number).map(Day.init).filter(ChinaHolidays.isWorkday)
      #expect(days.count == count, "2025-\(index + 1)")
    }
  }

  @Test(arguments: [
    ("2025-01-26", true), ("2025-01-28", false), ("2025-10-11", true), ("2025-10-12", false), ("2020-02-01", false),
    ("2018-12-29", true), ("2026-02-14", true), ("2026-10-10", true), ("2027-10-04", true), ("2027-10-01", false),
  ])
  func workdays(_ day: String, _ works: Bool) { #expect(ChinaHolidays.isWorkday(Day(iso: day)!) == works) }

  @Test func exceptionsOfAMonth() {
    let october = CalendarUnit.month(2026, 10).period()!
    let calendar = BusinessCalendar(holidays: .china)
    let found = calendar.exceptions(to: .workday, in: october)
    #expect(found.off.map(\.dayOfMonth) == [1, 2, 5, 6, 7] && found.worked.map(\.dayOfMonth) == [10])
    #expect(calendar.exceptions(to: .tradingDay, in: october).worked == [])
    #expect(BusinessCalendar().exceptions(to: .workday, in: october).off == [])
  }
}

/// Times that rest on a calendar of working days; today is Monday, 12 October 2026, the first after the break and a worked Saturday.
@Suite struct WorkdayTests {
  private let china = BusinessCalendar(holidays: .china, hasTradingDays: true)

  private func resolved(_ time: TimeExpression, _ calendar: BusinessCalendar) throws -> ResolvedTime {
    try time.resolve(TimeContext(today: Day(unchecked: 2026, 10, 12), calendar: calendar))
  }

  @Test(arguments: [
    (.lastDays(5, .workday), "2026-09-29..<2026-10-11"), (.lastDays(5, .tradingDay), "2026-09-28..<2026-10-10"),
    (.lastDays(1, .workday), "2026-10-10..<2026-10-11"), (.edgeDays(2, .workday, of: .unit(.month, offset: 0)), "2026-10-08..<2026-10-10"),
    (.edgeDays(-1, .workday, of: .absolute(.month(2026, 2))), "2026-02-28..<2026-03-01"),
    (.nthNamed(1, .dayKind(.workday), of: .unit(.month, offset: 0)), "2026-10-08..<2026-10-09"),
    (.nthNamed(-1, .dayKind(.tradingDay), of: .absolute(.month(2026, 2))), "2026-02-27..<2026-02-28"),
    (.occurrence(-1, of: .named(.dayKind(.workday)), from: nil), "2026-10-10..<2026-10-11"),
    (.occurrence(-3, of: .named(.dayKind(.tradingDay)), from: nil), "2026-09-30..<2026-10-01"),
    (.inside(.unit(.week, offset: -1), .workdays), "2026-10-08..<2026-10-11"),
  ] as [(TimeExpression, String)])
  func days(_ time: TimeExpression, _ expected: String) throws { #expect(try resolved(time, china).period.description == expected) }

  @Test func gapsAreSaid() throws {
    #expect(try resolved(.lastDays(5, .workday), china).only == .workday)
    #expect(try resolved(.lastDays(2, .workday), china).only == nil)
    #expect(try resolved(.lastDays(2, .workday), china).assumptions == [.todayLeftOut])
    #expect(try resolved(.lastDays(2, .workday), BusinessCalendar()).assumptions == [.todayLeftOut, .workdaysAreWeekdays])
    #expect(try resolved(.lastDays(2, .workday), BusinessCalendar()).period.description == "2026-10-08..<2026-10-10")
    #expect(throws: TimeFailure.noTradingDays) { try resolved(.lastDays(2, .tradingDay), BusinessCalendar(holidays: .china)) }
    let next = TimeExpression.holiday("national_break", of: .absolute(.year(2027)))
    #expect(try resolved(next, china).assumptions == [.unannouncedBreak])
    #expect(try resolved(.holiday("national_break", of: .absolute(.year(2025))), china).assumptions == [])
  }

  @Test func ownHolidays() throws {
    let anniversary = Period(first: Day(unchecked: 2026, 8, 18), last: Day(unchecked: 2026, 8, 20))
    let calendar = BusinessCalendar(named: ["anniversary": [anniversary]], off: [Day(unchecked: 2026, 10, 9)])
    #expect(try resolved(.holiday("anniversary", of: nil), calendar).period == anniversary)
    #expect(throws: TimeFailure.unknownHoliday("anniversary")) { try resolved(.holiday("anniversary", of: nil), china) }
    #expect(try resolved(.lastDays(2, .workday), calendar).period.description == "2026-10-07..<2026-10-09")
  }

  @Test(arguments: [
    (.halfMonth(1, of: .absolute(.month(2026, 2))), "2026-02-01..<2026-02-16"),
    (.halfMonth(2, of: .absolute(.month(2026, 2))), "2026-02-16..<2026-03-01"),
    (.adjoining(-1, .week, to: .holiday("spring_festival", of: .absolute(.year(2026)))), "2026-02-10..<2026-02-17"),
    (.adjoining(3, .day, to: .holiday("national_break", of: .absolute(.year(2026)))), "2026-10-08..<2026-10-11"),
    (.both(.unit(.year, offset: 0), .through(.absolute(.month(2026, 9)))), "2026-01-01..<2026-10-01"),
    (.both(.after(.absolute(.year(2010))), .before(.absolute(.year(2018)))), "2011-01-01..<2018-01-01"),
    (.both(.after(.absolute(.month(2024, 6))), .before(.named(.month(9)))), "2024-07-01..<2024-09-01"),
    (.both(.unit(.year, offset: 0), .through(.named(.month(11)))), "2026-01-01..<2026-12-01"),
    (.about(.last(3, .day)), "2026-10-09..<2026-10-12"),
    (.named(.dateOnWeekday(month: 10, day: 18, weekday: 7)), "2026-10-18..<2026-10-19"),
    (.named(.dateOnWeekday(month: 2, day: 18, weekday: 1)), "2030-02-18..<2030-02-19"),
    (.named(.dayOnWeekday(day: 30, weekday: 5)), "2026-10-30..<2026-10-31"),
    (.named(.lunarDate(month: 8, day: 15)), "2026-09-25..<2026-09-26"),
    (.inside(.absolute(.year(2025)), .lunarDate(month: 8, day: 15)), "2025-10-06..<2025-10-07"),
  ] as [(TimeExpression, String)])
  func others(_ time: TimeExpression, _ expected: String) throws { #expect(try resolved(time, china).period.description == expected) }

  @Test func nothingInBothIsNoTime() {
    #expect(throws: TimeFailure.noSuchTime) {
      try resolved(.both(.absolute(.year(2024)), .through(.absolute(.year(2023)))), china)
    }
  }
}
