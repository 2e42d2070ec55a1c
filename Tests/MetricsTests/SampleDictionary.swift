import Metrics
import SourceText
import TestSupport

/// A small shop: lines of orders, orders, stores, visits, a calendar joined in two roles.
enum Sample {
  static let tables = """
    name: shop
    language: zh
    tables:
      orders:
        key: order_id
        time: ordered_on
        columns:
          order_id: integer
          buyer_id: integer
          store_id: integer
          ordered_on: date
          shipped_on: date
          amount: decimal(2)
          freight: decimal(2)
          status: text
          paid: boolean
        joins:
          stores: store_id
          order_day: {table: days, on: ordered_on = day}
          ship_day: {table: days, on: shipped_on = day}
      lines:
        key: line_id
        time: orders.ordered_on
        columns: {line_id: integer, order_id: integer, product_id: integer, quantity: integer, price: decimal(2)}
        joins: {orders: order_id, products: product_id}
      products: {key: product_id, columns: {product_id: integer, name: text, cost: decimal(2), weight: real}}
      stores: {key: store_id, columns: {store_id: integer, city: text, region: text}}
      days: {key: day, columns: {day: date, month: text}}
      visits: {key: visit_id, time: visited_on, columns: {visit_id: integer, visitor: integer, visited_on: date, store_id: integer}, joins: {stores: store_id}}
      people: {key: id, columns: {id: integer, name: text, boss: integer}, joins: {manager: {table: people, on: boss = id}}}

    """

  static let dimensions = """
    dimensions:
      region: {title: {zh: 大区, en: region}, column: stores.region, values: {华东: [华东区], 华南: {en: [South China]}}}
      city: {title: 城市, column: stores.city, suffixes: [市]}
      product: {title: 商品, column: products.name}
      channel: {title: 渠道, column: orders.status}
      lead_days: {title: 发货天数, kind: number, expression: "days_between(orders.ordered_on, orders.shipped_on)"}
      shipped: {title: 已发货, flag: "orders.shipped_on is not null"}
    hierarchies:
      geography: [region, city]

    """

  static var schema: Schema { dictionary("").schema }

  /// The shop with these metrics (the lines below `metrics:`), which must be free of errors.
  static func dictionary(_ metrics: String) -> MetricDictionary {
    let (dictionary, diagnostics) = read(metrics)
    guard let dictionary else { fatalError(diagnostics.map(\.description).joined(separator: "\n")) }
    return dictionary
  }

  static func read(_ metrics: String) -> (dictionary: MetricDictionary?, diagnostics: [Diagnostic]) {
    read(tables: tables, dimensions: dimensions, metrics: metrics.isEmpty ? "metrics: {}" : metrics)
  }

  static func read(tables: String = tables, dimensions: String = dimensions, metrics: String = "metrics: {}")
    -> (dictionary: MetricDictionary?, diagnostics: [Diagnostic])
  {
    DictionaryReader.read([
      .init(name: "tables.yaml", text: tables), .init(name: "dimensions.yaml", text: dimensions),
      .init(name: "metrics.yaml", text: metrics),
    ])
  }
}
