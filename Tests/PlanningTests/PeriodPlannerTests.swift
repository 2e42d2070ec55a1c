import CivilTime
import Questions
import Testing

@testable import Planning

/// Both sides of a comparison, printed as `this | base`.
@Suite struct PeriodPlannerTests {
  private func compared(
    _ period: TimeExpression, _ base: Comparison.Base, fair: Bool = true, today: String = "2026-11-16",
    last: String = "2026-11-15", by grain: Grain? = nil
  ) throws -> String {
    let extent = Period(first: Day(2020, 1, 1)!, last: Day(iso: last)!)
    let context = TimeContext(today: Day(iso: today)!, lastLoadedDay: Day(iso: last)!)
    let planner = PeriodPlanner(context: context, extent: extent, quietDays: 0, grain: grain)
    let question = Question(
      subject: .measures([Measure("gmv")]), period: period, comparison: Comparison(base, fair: fair))
    let planned = try planner.plan(question)
    return "\(planned.this!) | \(planned.base!)"
  }

  @Test func finishedPeriodsStayWhole() throws {
    #expect(try compared(.unit(.month, offset: -1), .yearBefore) == "2026-10-01..<2026-11-01 | 2025-10-01..<2025-11-01")
    #expect(try compared(.unit(.month, offset: -1), .previous) == "2026-10-01..<2026-11-01 | 2026-09-01..<2026-10-01")
    #expect(try compared(.unit(.quarter, offset: -1), .previous) == "2026-07-01..<2026-10-01 | 2026-04-01..<2026-07-01")
    #expect(try compared(.absolute(.month(2024, 2)), .yearBefore) == "2024-02-01..<2024-03-01 | 2023-02-01..<2023-03-01")
  }

  @Test func unfinishedPeriodsGetEqualDays() throws {
    #expect(try compared(.unit(.month, offset: 0), .yearBefore) == "2026-11-01..<2026-11-16 | 2025-11-01..<2025-11-16")
    #expect(try compared(.toDate(.month), .previous) == "2026-11-01..<2026-11-16 | 2026-10-01..<2026-10-16")
    #expect(try compared(.toDate(.year), .yearBefore) == "2026-01-01..<2026-11-16 | 2025-01-01..<2025-11-16")
  }

  /// Across a leap year, whole months meet whole months, and within a month equal days meet.
  @Test func wholeMonthsMeetWholeMonths() throws {
    #expect(
      try compared(.toDate(.year), .yearBefore, today: "2025-07-01", last: "2025-06-30")
        == "2025-01-01..<2025-07-01 | 2024-01-01..<2024-07-01")
    #expect(
      try compared(.toDate(.year), .yearBefore, today: "2025-06-30", last: "2025-06-29")
        == "2025-01-01..<2025-06-30 | 2024-01-01..<2024-06-29")
  }

  @Test func aLongMonthNeverRunsOverAShortOne() throws {
    #expect(
      try compared(.unit(.month, offset: 0), .previous, today: "2026-03-31", last: "2026-03-29")
        == "2026-03-01..<2026-03-30 | 2026-02-01..<2026-03-01")
  }

  /// On its last day a period's days have all come; that today's rows are missing is told, and takes no day from the base.
  @Test func onItsLastDayAPeriodIsWhole() throws {
    #expect(
      try compared(.absolute(.quarter(2020, 4)), .yearBefore, today: "2020-12-31", last: "2020-12-30")
        == "2020-10-01..<2021-01-01 | 2019-10-01..<2020-01-01")
    #expect(
      try compared(.absolute(.quarter(2020, 4)), .yearBefore, today: "2020-12-31", last: "2020-12-29")
        == "2020-10-01..<2020-12-30 | 2019-10-01..<2019-12-30")
    #expect(
      try compared(.absolute(.quarter(2020, 4)), .yearBefore, today: "2020-12-30", last: "2020-12-29")
        == "2020-10-01..<2020-12-30 | 2019-10-01..<2019-12-30")
  }

  @Test func fullPeriodsStayAsTheyAre() throws {
    #expect(
      try compared(.unit(.month, offset: 0), .yearBefore, fair: false)
        == "2026-11-01..<2026-12-01 | 2025-11-01..<2025-12-01")
  }

  @Test func weeksMeetOnTheirWeekdays() throws {
    #expect(try compared(.unit(.week, offset: -1), .yearBefore) == "2026-11-09..<2026-11-16 | 2025-11-10..<2025-11-17")
    #expect(try compared(.unit(.week, offset: -1), .previous) == "2026-11-09..<2026-11-16 | 2026-11-02..<2026-11-09")
  }

  @Test func runsOfDaysKeepTheirLength() throws {
    #expect(try compared(.last(30, .day), .previous) == "2026-10-17..<2026-11-16 | 2026-09-17..<2026-10-17")
    #expect(try compared(.absolute(.day(Day(2024, 2, 29)!)), .yearBefore) == "2024-02-29..<2024-03-01 | 2023-02-28..<2023-03-01")
  }

  @Test func unitsReadTheBaseOfTheFirst() throws {
    #expect(
      try compared(.absolute(.year(2026)), .previous, by: .month)
        == "2026-01-01..<2026-11-16 | 2025-12-01..<2026-10-16")
    #expect(
      try compared(.absolute(.year(2026)), .yearBefore, by: .week)
        == "2026-01-01..<2026-11-16 | 2025-01-02..<2025-11-17")
    #expect(
      try compared(.absolute(.year(2026)), .period(.absolute(.year(2024))), by: .month)
        == "2026-01-01..<2026-11-16 | 2024-01-01..<2024-11-16")
  }

  @Test func unfinishedBaseShortensTheAnswer() throws {
    #expect(
      try compared(.unit(.month, offset: -1), .period(.unit(.month, offset: 0)))
        == "2026-10-01..<2026-10-16 | 2026-11-01..<2026-11-16")
  }
}
