import SQLText
import Testing

@testable import Planning
@testable import Warehouse

/// The statements of the shop, word for word: one for each construct.
@Suite struct SQLWriterTests {
  let shop = Shop.shared

  @Test func valueByGroup() throws {
    let query = SQLWriter.query(try shop.plan("measure sales | by city | where channel != app | during month(-1) | top 3"))
    #expect(
      query.text == """
        WITH
          -- Sum lines.quantity * lines.price by city from 2026-10-01 to 2026-10-31.
          lines_by_city AS (
            SELECT stores.city, sum(lines.quantity * lines.price) AS sales
            FROM lines
            LEFT JOIN orders ON orders.order_id = lines.order_id
            LEFT JOIN stores ON stores.store_id = orders.store_id
            WHERE orders.ordered_at >= ? AND orders.ordered_at < ? AND orders.channel IS NOT ?
            GROUP BY 1
          )
        -- Show sales by city, top 3.
        SELECT city, sales
        FROM lines_by_city
        WHERE city IS NOT NULL AND sales IS NOT NULL
        ORDER BY sales DESC, city NULLS LAST
        LIMIT 3
        """)
    #expect(query.arguments == [.text("2026-10-01"), .text("2026-11-01"), .text("app")])
  }

  @Test func countOfSourceRowsDropsJoinsItDoesNotNeed() throws {
    let plan = try shop.plan("measure orders | by region | during month(-1)")
    #expect(
      SQLWriter.countRows(of: plan.sources[0], in: plan).text == """
        -- Count the rows of orders that went in.
        SELECT count(*) AS row_count
        FROM orders
        WHERE ordered_at >= ? AND ordered_at < ?
        """)
  }

  @Test func valuesCannotLeaveTheirPlace() throws {
    let plan = try shop.plan("measure orders | where city = \"x' OR 1 = 1 --\"")
    #expect(SQLWriter.query(plan).arguments == [.text("x' OR 1 = 1 --")])
    #expect(try shop.rows("measure orders | where city = \"x' OR 1 = 1 --\"") == ["0"])
  }

  @Test func planText() throws {
    #expect(
      PlanText.text(try shop.plan("measure net | by region | during month(-1)")) == """
        answer: Show net by region.
          values_by_region: Put side by side and compute net, sales, freight by region.
            lines_by_region: Sum lines.quantity * lines.price by region from 2026-10-01 to 2026-10-31.
            orders_by_region: Sum orders.freight by region from 2026-10-01 to 2026-10-31.
        """)
  }
}
