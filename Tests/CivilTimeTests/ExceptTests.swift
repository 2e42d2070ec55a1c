import CivilTime
import Testing

/// Stretches without some of their days, seen from the first of November 2026.
@Suite struct ExceptTests {
  private let context = TimeContext(today: Day(unchecked: 2026, 11, 1))

  private func resolved(_ whole: TimeExpression, _ part: TimeExpression) throws -> ResolvedTime {
    try TimeExpression.except(whole, part).resolve(context)
  }

  @Test func whatIsLeftAtOneEndIsOneStretch() throws {
    let time = try resolved(.named(.month(10)), .holiday("national_break", of: nil))
    #expect(time.period.description == "2026-10-08..<2026-11-01")
    #expect(time.stretches.isEmpty)
  }

  @Test func aHoleLeavesBothSides() throws {
    let time = try resolved(.absolute(.year(2025)), .named(.month(7)))
    #expect(time.period.description == "2025-01-01..<2026-01-01")
    #expect(time.stretches.map(\.description) == ["2025-01-01..<2025-07-01", "2025-08-01..<2026-01-01"])
  }

  @Test func everyOccurrenceIsTakenOut() throws {
    let time = try resolved(.range(.absolute(.year(2024)), .absolute(.year(2025))), .holiday("singles_day", of: nil))
    #expect(time.stretches.count == 3)
    #expect(try resolved(.absolute(.month(2026, 10)), .named(.weekday(6))).stretches.count == 5)
  }

  @Test func takingNothingAwayIsNoTime() {
    #expect(throws: TimeFailure.noSuchTime) { try resolved(.absolute(.month(2026, 9)), .holiday("singles_day", of: nil)) }
    #expect(throws: TimeFailure.noSuchTime) { try resolved(.absolute(.month(2026, 9)), .absolute(.year(2026))) }
  }
}
