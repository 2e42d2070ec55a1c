import CivilTime
import Testing

@Suite struct PeriodUnitsTests {
  private let winter = Period(Day(unchecked: 2026, 1, 15), Day(unchecked: 2026, 3, 2))

  @Test func splitCutsAtTheEnds() {
    #expect(winter.split(by: .month).map(\.description) == [
      "2026-01-15..<2026-02-01", "2026-02-01..<2026-03-01", "2026-03-01..<2026-03-02",
    ])
    #expect(winter.split(by: .day).count == 46)
    #expect(Period(nil, winter.end).split(by: .day).isEmpty)
  }

  @Test(arguments: [
    (Grain.year, "2017"), (.half, "2017-H1"), (.quarter, "2017-Q1"), (.month, "2017-01"), (.week, "2017-W05"),
    (.day, "2017-01-30"),
  ])
  func labels(_ grain: Grain, _ label: String) { #expect(grain.label(of: Day(unchecked: 2017, 1, 30)) == label) }

  @Test func isoWeeks() {
    #expect(Grain.week.label(of: Day(unchecked: 2018, 12, 31)) == "2019-W01")
    #expect(WeekNumber.period(year: 2020, week: 53)?.start == Day(unchecked: 2020, 12, 28))
    #expect(WeekNumber.period(year: 2021, week: 53) == nil)
  }

  @Test func shiftedKeepsWholeUnits() {
    let february = Period(Day(unchecked: 2026, 2, 1), Day(unchecked: 2026, 3, 1))
    #expect(february.shifted(by: 1, .month).description == "2026-03-01..<2026-04-01")
    #expect(february.shifted(by: -2, .year).description == "2024-02-01..<2024-03-01")
    #expect(winter.shifted(by: 1, .month).description == "2026-02-15..<2026-04-02")
    #expect(winter.shifted(by: -7, .day).days == winter.days)
  }

  @Test func week53FallsBackToTheLast() {
    let week = WeekNumber.period(year: 2020, week: 53)!
    #expect(week.shifted(by: -1, .year, weeks: true) == WeekNumber.period(year: 2019, week: 52))
  }

  @Test(arguments: ["2026", "2026-H1", "2026-Q3", "2026-03", "2026-W05", "2026-03-05"])
  func unitsRoundTrip(_ text: String) { #expect(CalendarUnit(text)?.description == text) }

  @Test(arguments: ["26", "2026-13", "2026-Q5", "2026-W54", "2026-02-30", "2026-3", "2026-03-05-01", "2026-q3"])
  func notUnits(_ text: String) { #expect(CalendarUnit(text) == nil) }
}
