import CivilTime
import Foundation
import Metrics
import Planning
import Questions
import SQLText
import SourceText
import Tables

@testable import Warehouse

/// A small shop: orders with lines, visits and stock, so that every question has a hand-checkable answer.
struct Shop {
  let dictionary: MetricDictionary
  let database: Database
  let context: TimeContext

  static let shared: Shop = try! Shop()

  static let yaml = """
    name: shop
    language: zh
    tables:
      stores:
        key: store_id
        columns: {store_id: integer, city: text, region: text}
      products:
        key: product_id
        columns: {product_id: integer, name: text, group: {type: text, column: "order"}}
      orders:
        key: order_id
        time: ordered_at
        columns: {order_id: integer, store_id: integer, ordered_at: timestamp, freight: decimal(2), channel: text, buyer: integer}
        joins: {stores: store_id}
      lines:
        time: orders.ordered_at
        columns: {order_id: integer, product_id: integer, quantity: integer, price: decimal(2), rate: decimal(3)}
        joins: {orders: order_id, products: product_id}
      visits:
        time: visited_on
        columns: {store_id: integer, visited_on: date, visitor: integer}
        joins: {stores: store_id}
      stock:
        time: day
        columns: {store_id: integer, day: date, quantity: integer}
        joins: {stores: store_id}
    dimensions:
      region: {title: 大区, column: stores.region, order: [华东, 华北]}
      city: {title: 城市, column: stores.city}
      channel: {title: 渠道, column: orders.channel}
      product: {title: 商品, column: products.name}
      group: {title: 品类, column: products.group}
      freight_amount: {title: 单笔运费, column: orders.freight, kind: number}
      has_freight: {title: 有运费, flag: "orders.freight > 0", kind: flag}
    hierarchies:
      geography: [region, city]
    metrics:
      sales: {title: 销售额, formula: sum(lines.quantity * lines.price), unit: CNY}
      freight: {title: 运费, formula: sum(orders.freight), unit: CNY}
      orders: {title: 订单数, formula: count(orders), unit: 单}
      buyers: {title: 买家数, formula: count(distinct orders.buyer), unit: 人}
      visitors: {title: 访客数, formula: count(distinct visits.visitor), unit: 人}
      conversion: {title: 转化率, formula: buyers / visitors, unit: "%"}
      aov: {title: 客单价, formula: sales / orders, unit: CNY}
      net: {title: 净额, formula: sales - freight, unit: CNY}
      app_orders: {title: APP订单数, formula: "count(orders where channel = 'app')", unit: 单}
      app_rate: {title: APP占比, formula: app_orders / orders, unit: "%"}
      inventory: {title: 库存, formula: last(stock.quantity over day), unit: 件}
      mean_inventory: {title: 平均库存, formula: avg(stock.quantity over day), unit: 件}
      median_price: {title: 价格中位数, formula: median(lines.price), unit: CNY}
      mean_price: {title: 均价, formula: avg(lines.price), unit: CNY}
      commission: {title: 佣金, formula: sum(lines.price * lines.rate), unit: CNY}
      sales_7d: {title: 七日销售额, formula: "rolling(sales, 7 days)", unit: CNY}
      sales_ytd: {title: 年累计, formula: "to_date(sales, year)", unit: CNY}
      sales_last_year: {title: 去年销售额, formula: "shift(sales, 1 year)", unit: CNY}
      follow_rate: {title: 下单转化, formula: "convert(visits.visitor -> orders.buyer within 7 days)", unit: "%"}
      p90_price: {title: 价格九成位, formula: "percentile(lines.price, 0.9)", unit: CNY}
      sales_ever: {title: 历来销售额, formula: "to_date(sales, all)", unit: CNY}
      buys_after_visit: {title: 访后下单数, formula: "conversions(visits.visitor -> orders.buyer within 7 days)", unit: 单}
      return_rate: {title: 回访率, formula: "convert(orders.buyer -> visits.visitor within 30 days)", unit: "%"}
      sales_7d_mean: {title: 七日销售额均值, formula: "rolling(sales, 7 days)", over_units: average, unit: CNY}
      sales_7d_first: {title: 七日销售额期初值, formula: "rolling(sales, 7 days)", over_units: first, unit: CNY}
      index: {title: 指数, formula: "score(0.6 * sales, 0.4 * orders)"}
    """

  static let files: [String: String] = [
    "stores": """
      store_id,city,region
      1,上海,华东
      2,杭州,华东
      3,北京,华北
      4,成都,
      """,
    "products": """
      product_id,name,order
      1,Milk 奶,food
      2,100%_茶,food
      3,Cup,goods
      """,
    "orders": """
      order_id,store_id,ordered_at,freight,channel,buyer
      1,1,2026-10-01 09:00:00,10.00,app,100
      2,1,2026-10-05 21:30:00,0.10,web,101
      3,2,2026-10-31 23:59:59,0.20,app,102
      4,3,2026-10-15 10:00:00,5.00,,103
      5,4,2026-10-15 11:00:00,0.00,app,100
      6,1,2026-09-03 09:00:00,7.00,app,100
      7,3,2026-09-20 09:00:00,3.00,web,103
      8,1,2025-10-02 09:00:00,2.00,app,100
      9,3,2025-10-30 09:00:00,2.00,web,104
      10,1,2026-11-02 09:00:00,1.00,app,100
      11,2,2026-11-09 09:00:00,1.00,app,105
      12,1,2025-11-03 09:00:00,1.00,app,100
      13,1,2025-11-20 09:00:00,1.00,web,106
      """,
    "lines": """
      order_id,product_id,quantity,price,rate
      1,1,2,10.10,0.105
      1,3,1,50.00,0.100
      2,1,1,10.10,0.105
      3,2,3,20.00,0.050
      4,3,2,50.00,0.100
      5,1,1,9.90,0.105
      6,1,5,10.00,0.105
      7,2,1,20.00,0.050
      8,1,4,10.00,0.105
      9,3,1,40.00,0.100
      10,1,1,10.00,0.105
      11,2,2,20.00,0.050
      12,1,3,10.00,0.105
      13,1,9,10.00,0.105
      """,
    "visits": """
      store_id,visited_on,visitor
      1,2026-10-01,100
      1,2026-10-01,101
      1,2026-10-04,101
      1,2026-10-30,107
      2,2026-10-31,102
      3,2026-10-15,103
      3,2026-10-15,108
      3,2026-10-15,109
      1,2026-11-01,100
      1,2026-09-01,100
      """,
    "stock": """
      store_id,day,quantity
      1,2026-10-30,10
      2,2026-10-30,20
      1,2026-10-31,12
      2,2026-10-31,18
      3,2026-10-30,7
      1,2026-09-30,5
      """,
  ]

  init(today: String = "2026-11-10") throws {
    let folder = NSTemporaryDirectory() + "wenshu-shop-\(UUID().uuidString)"
    // The open file outlives its name.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    for (name, text) in Shop.files {
      try (text + "\n").write(toFile: folder + "/data/\(name).csv", atomically: true, encoding: .utf8)
    }
    let read = DictionaryReader.read([.init(name: "dataset.yaml", text: Shop.yaml)])
    guard let dictionary = read.dictionary else { throw DiagnosticsError(read.diagnostics) }
    self.dictionary = dictionary
    database = try WarehouseBuilder.open(dictionary: dictionary, folder: folder, cacheFolder: folder + "/cache")
    context = TimeContext(
      today: Day(iso: today)!, calendar: dictionary.calendar, lastLoadedDay: try database.coverage().lastDay)
  }

  func plan(_ notation: String, today: String? = nil) throws -> Plan {
    var context = context
    if let today { context.today = Day(iso: today)! }
    let question = try Resolver(dictionary: dictionary, context: context).question(notation: notation)
    return try Planner(dictionary: dictionary, coverage: database.coverage()).plan(question, context: context)
  }

  /// The shown columns of an answer, one line a row: `华东 | 80.30`.
  func rows(_ notation: String, today: String? = nil) throws -> [String] {
    let plan = try plan(notation, today: today)
    let query = SQLWriter.query(plan)
    let table: ResultTable
    do { table = try database.run(query) } catch { throw Failure(text: "\(error)\n\(query.displayText)") }
    let shown = plan.columns.indices.filter { !plan.columns[$0].isHidden }
    return table.rows.map { row in shown.map { Shop.text(row[$0]) }.joined(separator: " | ") }
  }

  struct Failure: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }

  /// The rows of a statement written by hand.
  func hand(_ sql: String) throws -> [String] {
    try database.run(SQLQuery(text: sql)).rows.map { $0.map(Shop.text).joined(separator: " | ") }
  }

  static func text(_ cell: Cell) -> String {
    if case .real(let value) = cell { return String((value * 1e6).rounded() / 1e6) }
    return cell.isNull ? "–" : cell.plainText
  }

  func problem(_ notation: String) -> Problem? {
    do {
      _ = try rows(notation)
      return nil
    } catch { return error as? Problem }
  }
}
