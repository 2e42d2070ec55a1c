import Foundation
import Metrics
import Testing

@testable import Drafting

/// Numbers that begin anew in every shop, and tables whose measures are spread over columns.
@Suite struct CompositeKeyTests {
  /// Three shops with orders 1 to 60 each, and two lines an order.
  private static func shops(lines: (Int) -> [Any]) -> [String: String] {
    [
      "orders.csv": Made.csv("shop_code,order_no,order_date,total", 180) { ["S\($0 % 3)", $0 / 3 + 1, Made.day($0 / 3), Double($0) + 0.5] },
      "order_lines.csv": Made.csv("shop_code,order_no,line_no,sku,qty", 360, lines),
      "shops.csv": Made.csv("shop_code,shop_name,region", 3) { ["S\($0)", "Shop \($0)", ["North", "South", "South"][$0]] },
    ]
  }

  @Test func `an order is told apart by its shop and its number`() throws {
    let found = try DraftCase(Self.shops { ["S\($0 / 2 % 3)", $0 / 6 + 1, $0 % 2 + 1, "K\($0 % 9)", $0 % 4 + 1] })
    #expect(found.dictionary.schema["orders"]?.key == ["shop_code", "order_no"])
    #expect(found.joins("order_lines").contains("orders: shop_code,order_no = shop_code,order_no"), "\(found.joins("order_lines"))")
    #expect(found.joins("order_lines").contains("shops: shop_code = shop_code"))
    // 180, not the 60 different numbers.
    #expect(found.formula("orders") == "count(orders)")
    #expect(found.dictionary.schema["order_lines"]?.time?.description == "order_lines.orders.order_date")
    let text = found.texts["tables.yaml"]!
    #expect(text.contains("180 of 180 pairs of values are in orders") && text.contains("confirm: no two rows have the same shop_code, order_no"), "\(text)")
  }

  @Test func `a pair that is not there is no join`() throws {
    // Every shop and every number is known, but hardly any pair of them.
    let found = try DraftCase(Self.shops { ["S\($0 / 2 % 3)", $0 / 6 + 1001, $0 % 2 + 1, "K\($0 % 9)", $0 % 4 + 1] })
    #expect(!found.joins("order_lines").contains { $0.hasPrefix("orders") }, "\(found.joins("order_lines"))")
  }

  @Test func `a day and a store are no key without being asked`() throws {
    let found = try DraftCase(["visits.csv": Made.csv("store_id,day,visitors", 120) { [$0 % 4 + 1, Made.day($0 / 4), $0 % 50] }])
    #expect(found.dictionary.schema["visits"]?.key == [])
    #expect(found.texts["tables.yaml"]!.contains("no two rows have the same store_id, day; key: [store_id, day] would keep it so"), "\(found.texts["tables.yaml"]!)")
  }

  @Test func `what is measured may stand before its part`() throws {
    let found = try DraftCase([
      "report.csv": Made.csv("月份,地区,销售额_线上,销售额_线下,成本-线上", 12) { ["2026-\($0 / 3 + 10)-01".replacing("13", with: "12"), ["华东", "华北", "华南"][$0 % 3], $0 * 37 + 100, $0 * 53 + 90, $0 * 11 + 40] }
    ])
    let sums = found.dictionary.metrics.map { (FormulaNotation.text($0.formula), $0.title[.chinese]) }
    #expect(sums.contains { $0 == ("sum(report.销售额_线上)", "线上销售额") } && sums.contains { $0 == ("sum(report.销售额_线下)", "线下销售额") }, "\(sums)")
    #expect(found.dictionary.schema["report"]?.key.contains("销售额_线上") == false)
  }

  @Test func `a yes or no is called by what it says`() throws {
    let found = try DraftCase(["订单.csv": Made.csv("订单号,日期,是否会员,金额", 90) { ["D\($0)", Made.day($0), ["是", "否"][$0 % 2], Double($0) + 0.5] }])
    let titles = found.dictionary.metrics.map { $0.title[.chinese] }
    #expect(titles.contains("会员率") && !titles.contains("是否率"), "\(titles)")
  }
}
