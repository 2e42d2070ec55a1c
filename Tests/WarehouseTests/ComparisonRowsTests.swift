import CivilTime
import Planning
import Questions
import SQLText
import Testing

@testable import Warehouse

/// Comparisons of the shop: today is 2026-11-10, data ends on 2026-11-09.
@Suite struct ComparisonRowsTests {
  let shop = Shop.shared

  @Test func yearBefore() throws {
    #expect(try shop.rows("measure sales | during month(-1) | compare yoy") == ["250.20 | 80.00 | 170.20 | 2.1275"])
    #expect(try shop.rows("measure sales | by region | during month(-1) | compare yoy") == [
      "华东 | 140.30 | 40.00 | 100.30 | 2.5075", "华北 | 100.00 | 40.00 | 60.00 | 1.5", "– | 9.90 | 0.00 | 9.90 | –",
    ])
  }

  @Test func previousMonth() throws {
    #expect(try shop.rows("measure orders | during month(-1) | compare previous") == ["5 | 2 | 3 | 1.5"])
    let plan = try shop.plan("measure orders | during month(-1) | compare previous")
    #expect(plan.comparison?.base.description == "2026-09-01..<2026-10-01")
  }

  @Test func unfinishedMonthIsComparedOverEqualDays() throws {
    // The tenth of November is not over; the order of 2025-11-20 stays out.
    #expect(try shop.rows("measure sales | during month(0) | compare yoy") == ["50.00 | 30.00 | 20.00 | 0.666667"])
    let plan = try shop.plan("measure sales | during month(0) | compare yoy")
    #expect(plan.comparison?.this.description == "2026-11-01..<2026-11-11")
    #expect(plan.comparison?.base.description == "2025-11-01..<2025-11-11")
    #expect(plan.notices.contains(.fairComparison(this: plan.comparison!.this, base: plan.comparison!.base)))
  }

  @Test func fullPeriodsWhenAskedFor() throws {
    #expect(try shop.rows("measure sales | during month(0) | compare yoy full") == ["50.00 | 120.00 | -70.00 | -0.583333"])
    let plan = try shop.plan("measure sales | during month(0) | compare yoy full")
    #expect(plan.notices.contains { if case .unequalPeriods = $0 { true } else { false } })
  }

  @Test func monthToDateAgainstThePreviousMonth() throws {
    let plan = try shop.plan("measure sales | during to_date(month) | compare previous")
    #expect(plan.comparison?.base.description == "2026-10-01..<2026-10-10")
    #expect(try shop.rows("measure sales | during to_date(month) | compare previous") == ["50.00 | 80.30 | -30.30 | -0.377335"])
  }

  @Test func weeksAYearBeforeKeepTheirWeekdays() throws {
    let plan = try shop.plan("measure sales | during week(-1) | compare yoy")
    #expect(plan.comparison?.this.description == "2026-11-02..<2026-11-09")
    #expect(plan.comparison?.base.description == "2025-11-03..<2025-11-10")
    #expect(try shop.rows("measure sales | during week(-1) | compare yoy") == ["10.00 | 30.00 | -20.00 | -0.666667"])
  }

  @Test func oddRunsAgainstTheSameLengthBefore() throws {
    let plan = try shop.plan("measure sales | during last(7, day) | compare previous")
    #expect(plan.comparison?.this.description == "2026-11-03..<2026-11-10")
    #expect(plan.comparison?.base.description == "2026-10-27..<2026-11-03")
  }

  @Test func aBaseWithoutDataIsNoZero() throws {
    let plan = try shop.plan("measure sales | during month(-1) | compare 2001-05")
    #expect(plan.notices.contains { if case .baseWithoutData = $0 { true } else { false } })
    #expect(!plan.notices.contains { if case .dataBegins = $0 { true } else { false } })
  }

  @Test func ownPeriods() throws {
    #expect(try shop.rows("measure orders | during 2026-10 | compare with 2025-10") == ["5 | 2 | 3 | 1.5"])
    let plan = try shop.plan("measure orders | during 2026-11 | compare with 2026-10")
    #expect(plan.comparison?.base.description == "2026-10-01..<2026-10-11")
  }

  @Test func eachMonthAgainstItsOwnBase() throws {
    #expect(try shop.rows("measure sales | by month | during range(2026-10, 2026-11) | compare yoy") == [
      "2026-10 | 250.20 | 80.00 | 170.20 | 2.1275", "2026-11 | 50.00 | 30.00 | 20.00 | 0.666667",
    ])
    // The month before the first is read too.
    #expect(try shop.rows("measure sales | by month | during range(2026-09, 2026-10) | compare previous") == [
      "2026-09 | 70.00 | – | – | –", "2026-10 | 250.20 | 70.00 | 180.20 | 2.574286",
    ])
  }

  @Test func eachWeekAndDayAgainstItsOwnBase() throws {
    #expect(try shop.rows("measure sales | by week | during week(-1) | compare yoy") == [
      "2026-W45 | 10.00 | 30.00 | -20.00 | -0.666667"
    ])
    #expect(try shop.rows("measure orders | by day | during range(2026-11-02, 2026-11-03) | compare yoy") == [
      "2026-11-02 | 1 | – | – | –", "2026-11-03 | – | 1 | – | –",
    ])
  }

  @Test func allMonthsWithoutAPeriod() throws {
    let rows = try shop.rows("measure orders | by month | compare yoy")
    #expect(rows == [
      "2025-10 | 2 | – | – | –", "2025-11 | 2 | – | – | –", "2026-09 | 2 | – | – | –", "2026-10 | 5 | 2 | 3 | 1.5",
      "2026-11 | 2 | 1 | 1 | 1.0",
    ])
  }

  @Test func comparingNeedsAPeriod() {
    #expect(shop.problem("measure sales | compare yoy") == .unsupported("compare without period"))
  }

  @Test func growthRanksAndLimits() throws {
    #expect(try shop.rows("measure sales | by region | during month(-1) | compare yoy | top 1 by growth(sales)") == [
      "华东 | 140.30 | 40.00 | 100.30 | 2.5075"
    ])
    #expect(try shop.rows("measure sales | by region | during month(-1) | compare yoy | having growth(sales) < 2") == [
      "华北 | 100.00 | 40.00 | 60.00 | 1.5"
    ])
    #expect(shop.problem("measure sales | by region | having growth(sales) < 0") == .unsupported("growth without a comparison"))
  }

  @Test func windowsHaveBasesToo() throws {
    #expect(try shop.rows("measure sales_ytd | by month | during month(-1) | compare yoy") == ["2026-10 | 320.20 | 80.00 | 240.20 | 3.0025"])
  }

  @Test func sharesBesideComparisons() throws {
    let plan = try shop.plan("measure sales | by region | during month(-1) | compare yoy | share")
    #expect(plan.columns.map(\.name) == [
      "region", "sales", "sales_base", "sales_change", "sales_growth", "sales_share", "sales_whole",
    ])
  }
}
