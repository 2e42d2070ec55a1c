import Questions
import SQLText
import Testing

@testable import Warehouse

/// Answers of the shop against rows counted by hand.
@Suite struct QuestionRowsTests {
  let shop = Shop.shared

  @Test func sumIsExact() throws {
    #expect(try shop.rows("measure sales | during month(-1)") == ["250.20"])
    #expect(try shop.rows("measure freight | during month(-1)") == ["15.30"])
  }

  @Test func freightIsNotMultipliedByLines() throws {
    // Order 1 has two lines; its freight counts once.
    #expect(try shop.rows("measure sales, freight | by region | during month(-1)") == [
      "华东 | 140.30 | 10.30", "华北 | 100.00 | 5.00", "– | 9.90 | 0.00",
    ])
  }

  @Test func productsDoNotReachFreight() throws {
    #expect(
      shop.problem("measure freight | by product | during month(-1)")
        == .unreachable(
          metric: "freight", dimension: "product",
          reachable: ["region", "city", "channel", "freight_amount", "has_freight"]))
  }

  @Test func ratioIsARatioOfSums() throws {
    #expect(try shop.rows("measure conversion | during month(-1)") == ["0.571429"])
    #expect(try shop.rows("measure conversion | by region | during month(-1)") == [
      "华东 | 0.75", "华北 | 0.333333", "– | –",
    ])
  }

  @Test func ratioShowsItsOperands() throws {
    let plan = try shop.plan("measure conversion | during month(-1)")
    let hidden = plan.columns.filter(\.isHidden).map(\.name)
    #expect(hidden == ["buyers", "visitors"])
  }

  @Test func differenceOfTwoTables() throws {
    #expect(try shop.rows("measure net | by city | during month(-1)") == [
      "北京 | 95.00", "上海 | 70.20", "杭州 | 59.80", "成都 | 9.90",
    ])
  }

  @Test func groupsByTime() throws {
    #expect(try shop.rows("measure sales | by month | during range(2026-09, 2026-10)") == [
      "2026-09 | 70.00", "2026-10 | 250.20",
    ])
    #expect(try shop.rows("measure orders | by week | during month(-1)") == [
      "2026-W40 | 1", "2026-W41 | 1", "2026-W42 | 2", "2026-W44 | 1",
    ].sorted())
    #expect(try shop.rows("measure orders | by quarter | during year(0)") == ["2026-Q3 | 2", "2026-Q4 | 7"])
    #expect(try shop.rows("measure orders | by hour_of_day | during month(-1)") == ["9 | 1", "10 | 1", "11 | 1", "21 | 1", "23 | 1"])
    #expect(try shop.rows("measure orders | by weekend | during month(-1)") == ["0 | 4", "1 | 1"])
    #expect(shop.problem("measure visitors | by hour_of_day | during month(-1)") == .unsupported("hour_of_day"))
  }

  @Test func lastMomentOfAPeriodIsIn() throws {
    #expect(try shop.rows("measure orders | where city = 杭州 | during 2026-10-31") == ["1"])
  }

  @Test func filters() throws {
    #expect(try shop.rows("measure orders | where channel = app | during month(-1)") == ["3"])
    #expect(try shop.rows("measure orders | where city in (上海, 北京) | during month(-1)") == ["3"])
    #expect(try shop.rows("measure sales | where product contains \"MILK\" | during month(-1)") == ["40.20"])
    #expect(try shop.rows("measure sales | where product contains \"%_\" | during month(-1)") == ["60.00"])
    #expect(try shop.rows("measure orders | where freight_amount between (0.1, 5) | during month(-1)") == ["3"])
    #expect(try shop.rows("measure orders | where has_freight = 1 | during month(-1)") == ["4"])
    #expect(try shop.rows("measure orders | where channel is null | during month(-1)") == ["1"])
  }

  @Test func exclusionKeepsRowsWithoutAValue() throws {
    #expect(try shop.rows("measure orders | where channel != app | during month(-1)") == ["2"])
    #expect(try shop.rows("measure orders | where channel not in (app) | during month(-1)") == ["2"])
  }

  @Test func reservedWordsAsColumns() throws {
    #expect(try shop.rows("measure sales | by group | during month(-1)") == ["goods | 150.00", "food | 100.20"])
  }

  @Test func ranking() throws {
    #expect(try shop.rows("measure sales | by city | during month(-1) | top 2") == ["北京 | 100.00", "上海 | 80.30"])
    #expect(try shop.rows("measure sales | by city | during month(-1) | bottom 1") == ["成都 | 9.90"])
    #expect(try shop.rows("measure sales | by city | during month(-1) | top 1 by orders") == ["上海 | 80.30"])
    #expect(try shop.rows("measure sales | by region, city | during month(-1) | top 1 in region") == [
      "华东 | 上海 | 80.30", "华北 | 北京 | 100.00", "– | 成都 | 9.90",
    ])
  }

  @Test func thresholds() throws {
    #expect(try shop.rows("measure sales | by city | during month(-1) | having sales >= 80.3") == [
      "北京 | 100.00", "上海 | 80.30",
    ])
    #expect(try shop.rows("measure sales | by city | during month(-1) | having sales > average") == [
      "北京 | 100.00", "上海 | 80.30",
    ])
    #expect(try shop.rows("measure sales | by city | during month(-1) | having share(sales) > 0.35") == ["北京 | 100.00"])
  }

  @Test func shares() throws {
    #expect(try shop.rows("measure sales | by region | during month(-1) | share") == [
      "华东 | 140.30 | 0.560751 | 250.20", "华北 | 100.00 | 0.39968 | 250.20", "– | 9.90 | 0.039568 | 250.20",
    ])
    #expect(try shop.rows("measure sales | by region, city | where region = 华东 | during month(-1) | share of region") == [
      "华东 | 上海 | 80.30 | 0.572345 | 140.30", "华东 | 杭州 | 60.00 | 0.427655 | 140.30",
    ])
    #expect(try shop.rows("measure orders | by region | during month(-1) | share where channel = app") == [
      "华东 | 2 | 0.666667 | 3", "华北 | 0 | 0.0 | 1", "– | 1 | 1.0 | 1",
    ])
  }

  @Test func distinctCountsAreSharesOfTheWholeNotOfTheSum() throws {
    // Buyer 100 bought in 上海 and 成都; all together there are 4.
    #expect(try shop.rows("measure buyers | by city | during month(-1) | share | top 1") == ["上海 | 2 | 0.5 | 4"])
  }

  @Test func meansOverGroups() throws {
    // Five orders in the 31 days.
    #expect(try shop.rows("measure avg(orders per day) | during month(-1)") == ["0.16129"])
    #expect(try shop.rows("measure avg(sales per city) | by region | during month(-1)") == [
      "华东 | 70.15", "华北 | 100.0", "– | 9.9",
    ])
  }

  @Test func amongARanking() throws {
    #expect(try shop.rows("measure orders | by city | where city among top(2, sales) | during month(-1)") == [
      "上海 | 2", "北京 | 1",
    ])
  }

  @Test func snapshots() throws {
    // The last day of stock in October is the 31st; 北京 was counted on the 30th only.
    #expect(try shop.rows("measure inventory | during month(-1)") == ["30"])
    #expect(try shop.rows("measure inventory | by month") == ["2026-09 | 5", "2026-10 | 30"])
    #expect(try shop.rows("measure inventory | by city | during month(-1)") == ["杭州 | 18", "上海 | 12"])
    #expect(try shop.rows("measure mean_inventory | during month(-1)") == ["33.5"])
  }

  @Test func statistics() throws {
    #expect(try shop.rows("measure median_price | during month(-1)") == ["15.05"])
    #expect(try shop.rows("measure mean_price | during month(-1)") == ["25.016667"])
    #expect(try shop.rows("measure commission | during month(-1)") == ["14.16050"])
  }

  @Test func measuresWithConditionsOfTheirOwn() throws {
    #expect(try shop.rows("measure orders, orders(where channel = app) | by region | during month(-1)") == [
      "华东 | 3 | 2", "华北 | 1 | 0", "– | 1 | 1",
    ])
    #expect(try shop.rows("measure app_rate | by region | during month(-1)") == ["华东 | 0.666667", "华北 | 0.0", "– | 1.0"])
  }

  @Test func nothingInThePeriod() throws {
    #expect(try shop.rows("measure sales | by region | during 2024") == [])
    #expect(try shop.rows("measure sales | during 2024") == ["–"])
    let told = try shop.plan("measure sales | during 2024").notices
    #expect(told.contains { if case .noData = $0 { true } else { false } }, "\(told)")
  }

  @Test func countsTheRowsThatWentIn() throws {
    let plan = try shop.plan("measure sales | by region | where channel = app | during month(-1)")
    let count = try shop.database.run(SQLWriter.countRows(of: plan.sources[0], in: plan))
    #expect(count.rows == [[.integer(4)]])
    #expect(plan.sources.map(\.table) == ["lines"])
  }

  @Test func windows() throws {
    #expect(try shop.rows("measure sales_7d | during month(-1)") == ["60.00"])
    #expect(try shop.rows("measure sales_ytd | by month | during range(2026-09, 2026-10)") == [
      "2026-09 | 70.00", "2026-10 | 320.20",
    ])
    #expect(try shop.rows("measure sales_last_year | during month(-1)") == ["80.00"])
    #expect(try shop.rows("measure sales_last_year | by month | during range(2026-10, 2026-11)") == [
      "2026-10 | 80.00", "2026-11 | 30.00",
    ])
  }

  @Test func conversionsAndScores() throws {
    // Of the seven visitors of October 100, 101, 102 and 103 ordered within a week.
    #expect(try shop.rows("measure follow_rate | during month(-1)") == ["0.571429"])
    #expect(try shop.rows("measure index | during month(-1)") == ["152.120"])
  }

  @Test func explicitOrders() throws {
    #expect(try shop.rows("measure sales | by city | during month(-1) | top 2 | sort city asc") == [
      "上海 | 80.30", "北京 | 100.00",
    ])
    #expect(try shop.rows("measure sales | by region | during month(-1) | sort region desc").first == "华北 | 100.00")
  }
}
