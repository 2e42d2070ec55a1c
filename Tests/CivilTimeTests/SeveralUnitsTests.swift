import CivilTime
import Testing

/// Units taken as one, seen from a Tuesday in March.
@Suite struct SeveralUnitsTests {
  private let context = TimeContext(today: Day(unchecked: 2026, 3, 17))

  private func resolved(_ units: [TimeExpression]) throws -> ResolvedTime { try TimeExpression.several(units).resolve(context) }

  @Test func unitsThatMeetAreOneStretch() throws {
    let time = try resolved([.absolute(.month(2025, 5)), .absolute(.month(2025, 6))])
    #expect(time.period.description == "2025-05-01..<2025-07-01")
    #expect(time.stretches.isEmpty)
  }

  @Test func unitsApartKeepTheirStretches() throws {
    let time = try resolved([.absolute(.quarter(2025, 3)), .absolute(.quarter(2025, 1))])
    #expect(time.period.description == "2025-01-01..<2025-10-01")
    #expect(time.stretches.map(\.description) == ["2025-01-01..<2025-04-01", "2025-07-01..<2025-10-01"])
  }

  @Test(arguments: [
    // In the order said, over the turn of the year; turned round within one.
    ([RecurringUnit.month(12), .month(1)], "2025-12-01..<2026-02-01"), ([.month(6), .month(5)], "2025-05-01..<2025-07-01"),
    // April has not begun.
    ([.month(3), .month(4)], "2025-03-01..<2025-05-01"), ([.month(7), .month(8), .month(9)], "2025-07-01..<2025-10-01"),
  ])
  func unnamedYearsAreOfTheLatestRun(_ units: [RecurringUnit], _ expected: String) throws {
    #expect(try resolved(units.map(TimeExpression.named)).period.description == expected)
  }

  @Test func unitsThatShareDaysAreNone() {
    #expect(throws: TimeFailure.noSuchTime) { try resolved([.absolute(.year(2025)), .absolute(.month(2025, 5))]) }
  }
}
