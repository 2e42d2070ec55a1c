import Metrics
import Testing

@Suite struct SchemaJoinsTests {
  private let schema = Sample.schema

  @Test func reachesTablesNearestFirstUnderEveryRole() {
    let reach = schema.reach(from: "lines").map(\.path)
    #expect(
      reach == [
        "", "orders", "products", "orders.stores", "orders.order_day", "orders.ship_day",
      ])
  }

  @Test func aTableJoinedWithItselfIsOneStep() throws {
    #expect(schema.reach(from: "people").map(\.path) == ["", "manager"])
    #expect(try schema.find(ColumnPath("manager.name"), from: "people").joins.map(\.role) == ["manager"])
    #expect(try schema.find(ColumnPath("people.manager.manager.name"), from: "people").joins.count == 2)
  }

  @Test(arguments: [
    ("orders.amount", "orders", "orders.amount"),
    ("amount", "orders", "orders.amount"),
    ("stores.region", "lines", "lines.orders.stores.region"),
    ("lines.orders.stores.region", "lines", "lines.orders.stores.region"),
    ("ship_day.month", "lines", "lines.orders.ship_day.month"),
    ("orders.ship_day.month", "lines", "lines.orders.ship_day.month"),
    // A path from a finer table is followed until it meets this one.
    ("lines.orders.stores.region", "orders", "orders.stores.region"),
    ("lines.orders.stores.region", "visits", "visits.stores.region"),
  ])
  func findsColumns(path: String, table: String, full: String) throws {
    #expect(try schema.find(ColumnPath(path), from: table).fullPath(from: table).description == full)
  }

  @Test(arguments: [
    ("days.month", "orders", PathFailure.ambiguous("days", paths: ["order_day", "ship_day"])),
    ("products.name", "orders", .unreachable("products", from: "orders")),
    ("product.name", "lines", .unknownHead("product", nearest: ["products"])),
    ("stores.cty", "orders", .unknownColumn("cty", table: "stores", nearest: ["city"])),
    // Under a role of its own, a table means something else; another role does not stand in for it.
    ("orders.ship_day.month", "visits", .unreachable("orders", from: "visits")),
  ])
  func saysWhyNot(path: String, table: String, failure: PathFailure) {
    #expect(throws: failure) { try schema.find(ColumnPath(path), from: table) }
  }
}
