import Questions
import Testing

@testable import Warehouse

/// Runs, places, means of parents, contributions to a change and running shares against rows counted by hand.
@Suite struct AnalysisRowsTests {
  let shop = Shop.shared

  @Test func severalUnitsAreOne() throws {
    #expect(
      try shop.rows("measure orders | during several(2025-10, 2026-10)")
        == shop.hand("SELECT count(*) FROM orders WHERE substr(ordered_at, 1, 7) IN ('2025-10', '2026-10')"))
    #expect(try shop.rows("measure orders | during several(2026-09, 2026-10)") == shop.rows("measure orders | during range(2026-09, 2026-10)"))
    // The last day of stock in both months together is that of October.
    #expect(try shop.rows("measure inventory | during several(2026-08, 2026-10)") == shop.rows("measure inventory | during 2026-10"))
  }

  @Test func stretchesApartHaveNoBaseAndNoWindow() {
    #expect(shop.problem("measure orders | during several(2025-10, 2026-10) | compare yoy") == .unsupported("compare several stretches"))
    #expect(shop.problem("measure sales_7d | during several(2025-10, 2026-10)") == .unsupported("window over several stretches"))
  }

  @Test func aRunIsOfUnitsThatFollowOn() throws {
    // Orders of store 1 lie in October and November 2025, then in September, October and November 2026.
    #expect(
      try shop.rows("measure orders | by city | during range(2025-09, 2026-10) | run 2 month orders >= 1")
        == ["上海 | 2026-09 | 2026-10 | 2", "北京 | 2026-09 | 2026-10 | 2"])
    #expect(try shop.rows("measure orders | by city | during range(2025-09, 2026-10) | run 3 month orders >= 1").isEmpty)
    #expect(try shop.rows("measure orders | by city | during range(2025-09, 2026-10) | run 2 month orders >= 1 | count") == ["2"])
  }

  @Test func anUnfinishedUnitIsNoneOfARun() throws {
    #expect(
      try shop.rows("measure orders | by city | during year(0) | run 2 month orders >= 1")
        == ["上海 | 2026-09 | 2026-10 | 2", "北京 | 2026-09 | 2026-10 | 2"])
  }

  @Test func growthInARunIsAgainstTheUnitBefore() throws {
    // Shanghai: 1 in September, 2 in October 2026; 1 in October, 2 in November 2025.
    #expect(
      try shop.rows("measure orders | by city | during range(2025-11, 2026-10) | run 2 month change(orders) > 0").isEmpty)
    #expect(shop.problem("measure orders | by city | during 2026-10 | run 2 month growth(orders) > 0") == .unsupported("run longer than its period"))
  }

  @Test func aRunOverEveryUnitHoldsInEach() throws {
    #expect(
      try shop.rows("measure orders | by city | during range(2026-09, 2026-10) | run all month orders >= 1")
        == ["上海 | 2026-09 | 2026-10 | 2", "北京 | 2026-09 | 2026-10 | 2"])
    // A month without orders is none with enough of them.
    #expect(try shop.rows("measure orders | by city | during range(2026-08, 2026-10) | run all month orders >= 1").isEmpty)
    // September is set against August, before the period.
    #expect(try shop.rows("measure orders | by city | during range(2026-09, 2026-10) | run all month change(orders) > 0").isEmpty)
    #expect(try shop.rows("measure orders | by city | during 2026-10 | run all month change(orders) > 0") == ["上海 | 2026-10 | 2026-10 | 1"])
  }

  @Test func daysLeftOutAreNotCounted() throws {
    #expect(
      try shop.rows("measure orders | during except(2026, 2026-09)")
        == shop.hand("SELECT count(*) FROM orders WHERE ordered_at >= '2026-01-01' AND ordered_at < '2027-01-01' AND NOT (ordered_at >= '2026-09-01' AND ordered_at < '2026-10-01')"))
    #expect(shop.problem("measure orders | during except(2026, 2026-09) | compare yoy") == .unsupported("compare several stretches"))
  }

  @Test func whatARunCannotCarryIsRefused() {
    for other in ["top 3", "share", "having orders > 1", "sort orders desc", "test orders > 1"] {
      #expect(shop.problem("measure orders | by city | run 2 month orders > 1 | \(other)") == .unsupported("run beside another part"))
    }
    #expect(shop.problem("measure orders | by month | run 2 month orders > 1") == .unsupported("run within units of time"))
    #expect(shop.problem("measure orders | by city | run 1 month orders > 1") == .unsupported("run of one"))
  }

  @Test func aPlaceCountsEqualsOnce() throws {
    // Shanghai 2, Hangzhou, Beijing and Chengdu 1 each.
    #expect(try shop.rows("measure orders | during 2026-10 | place city = 上海") == ["上海 | 2 | 1 | 4 | 0"])
    #expect(try shop.rows("measure orders | during 2026-10 | place city = 成都") == ["成都 | 1 | 2 | 4 | 2"])
    #expect(try shop.rows("measure orders | where region = 华东 | during 2026-10 | place city = 杭州") == ["杭州 | 1 | 2 | 2 | 0"])
    #expect(shop.problem("measure orders | during 2026-10 | place city = 上海 | top 3") == .unsupported("place beside another part"))
    #expect(shop.problem("measure orders | by channel | during 2026-10 | place city = 上海") == .unsupported("place within groups"))
    #expect(shop.problem("measure orders | where city = 上海 | place city = 上海") == .unsupported("places of several kinds"))
  }

  @Test func aMeanIsOfThoseOfOneParent() throws {
    // East China: Shanghai 2, Hangzhou 1, mean 1.5; Beijing alone is its own mean.
    #expect(try shop.rows("measure orders | by city | during 2026-10 | having orders > average(region)") == ["华东 | 上海 | 2"])
    #expect(try shop.rows("measure orders | by city | during 2026-10 | having orders < average(region)") == ["华东 | 杭州 | 1"])
  }

  @Test func contributionsAddUpToTheWhole() throws {
    // September 2 (Shanghai 1, Beijing 1), October 5: the total grew by 3.
    #expect(
      try shop.rows("measure orders | by city | during 2026-10 | compare previous | share in change | sort city asc")
        == [
          "上海 | 2 | 1 | 1 | 1.0 | 0.333333 | 3", "北京 | 1 | 1 | 0 | 0.0 | 0.0 | 3", "成都 | 1 | 0 | 1 | – | 0.333333 | 3",
          "杭州 | 1 | 0 | 1 | – | 0.333333 | 3",
        ])
    #expect(shop.problem("measure aov | by city | during 2026-10 | compare previous | share in change") == .unsupported("share of a ratio"))
    #expect(shop.problem("measure orders | by city | during 2026-10 | share in change") == .unsupported("change without a comparison"))
    #expect(
      shop.problem("measure orders | by month | during 2026 | compare yoy | share in change") == .unsupported("contribution beside another part"))
  }

  @Test func runningSharesGoFromTheHighestDown() throws {
    #expect(
      try shop.rows("measure orders | by city | during 2026-10 | share running")
        == ["上海 | 2 | 0.4 | 0.4 | 5", "北京 | 1 | 0.2 | 0.6 | 5", "成都 | 1 | 0.2 | 0.8 | 5", "杭州 | 1 | 0.2 | 1.0 | 5"])
    // Two make up 60 %; the third is not needed.
    #expect(try shop.rows("measure orders | by city | during 2026-10 | top 60 share").count == 2)
    #expect(try shop.rows("measure orders | by city | during 2026-10 | top 61 share").count == 3)
    #expect(try shop.rows("measure orders | by city | during 2026-10 | top 61 share | count") == ["3"])
    for other in ["compare previous", "sort orders asc", "having orders > 1"] {
      #expect(
        shop.problem("measure orders | by city | during 2026-10 | share running | \(other)") == .unsupported("running share beside another part"))
    }
  }

  @Test func sharesOfRatiosAreRefusedWhereverTheyStand() {
    for part in ["having share(aov) > 0.1", "sort share(aov) desc", "top 3 by share(aov)"] {
      #expect(shop.problem("measure aov | by city | \(part)") == .unsupported("share of a ratio"))
    }
  }

  @Test func aTestedShareIsOfTheConditionInAll() throws {
    #expect(
      try shop.rows("measure orders | where city = 上海 | during 2026-10 | test share(orders) > 0.3")
        == shop.rows("measure orders | during 2026-10 | share where city = 上海 | test share(orders) > 0.3"))
  }

  @Test func aPercentileIsOfTheGroupsValues() throws {
    #expect(try shop.rows("measure percentile(orders per city, 50) | during 2026-10") == shop.rows("measure median(orders per city) | during 2026-10"))
  }
}
