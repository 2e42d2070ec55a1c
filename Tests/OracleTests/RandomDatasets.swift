import CivilTime
import SampleData

/// Draws small datasets of every shape that declared joins allow: headers with lines, snapshots, two roles of one table;
/// with nulls, doubles, missing days, keys that lead nowhere, empty tables, negative amounts.
struct RandomDatasets {
  var random: SplitMix64
  private var first = Day(number: 0)
  private var length = 1

  init(seed: UInt64) { random = SplitMix64(seed: SplitMix64.mixed(seed)) }

  mutating func chance(_ perCent: Int) -> Bool { random.chance(perMille: perCent * 10) }
  mutating func one<T>(_ items: [T]) -> T { items[random.below(items.count)] }

  mutating func dataset() -> MadeDataset {
    length = one([1, 5, 20, 45, 120, 400, 800])
    first = Day(2023, 11, 1)!.adding(days: random.below(400))
    let last = first.adding(days: length)
    let clock = chance(50) ? "timestamp" : "date"
    var tables = [stores(), orders(clock)]
    if chance(70) { tables.append(lines()) }
    if chance(50) { tables.append(stock()) }
    if chance(60) { tables.append(visits(chance(60) ? clock : one(["date", "timestamp"]))) }
    var made = MadeDataset(tables: tables, today: last.adding(days: one([0, 0, 1, 3, 10, 40, -8])))
    made.weekStart = one(["monday", "monday", "monday", "sunday", "saturday"])
    addDimensions(&made)
    addMetrics(&made)
    return made
  }

  // MARK: Tables

  private mutating func maybe(_ value: String, _ nulls: Int = 10) -> String? { chance(nulls) ? nil : value }

  private mutating func rows(_ most: Int, _ row: (inout RandomDatasets, Int) -> [String?]) -> [[String?]] {
    let count = chance(6) ? 0 : chance(20) ? 1 + random.below(3) : 1 + random.below(most)
    var rows: [[String?]] = []
    for index in 0..<count { rows.append(row(&self, index)) }
    // A doubled row is two rows.
    return rows
  }

  private mutating func doubled(_ rows: [[String?]]) -> [[String?]] {
    rows.isEmpty || !chance(30) ? rows : rows + [one(rows)]
  }

  private mutating func day() -> Day {
    // The ends of months, where calendars differ.
    if chance(12) {
      let day = first.adding(days: random.below(length + 1)).adding(months: 0)
      let end = Grain.month.unit(containing: day).last!
      return end <= first.adding(days: length) ? end : day
    }
    return first.adding(days: random.below(length + 1))
  }

  private mutating func time(_ type: String) -> String {
    let day = day().description
    if type == "date" { return day }
    let clock = one(["00:00", "09:05", "09:30", "12:00", "21:45", "23:59"])
    return "\(day) \(clock):00"
  }

  private mutating func money(_ scale: Int) -> String {
    let units = one([random.below(10_000), random.below(500), -random.below(3_000), 1_000, 2_500])
    var digits = String(abs(units))
    while digits.count <= scale { digits = "0" + digits }
    return (units < 0 ? "-" : "") + digits.dropLast(scale) + (scale > 0 ? "." + digits.suffix(scale) : "")
  }

  private mutating func stores() -> MadeDataset.Table {
    let cities = ["Lyon", "lyon", "Nice", "上海", "A%_b", "x,y"]
    let rows = (1...(2 + random.below(5))).map { id in
      [
        String(id), maybe(one(cities), 15), maybe(one(["East", "West", "华东"])), maybe(one(["true", "false"])),
        maybe(String(random.below(4) * 10)),
      ]
    }
    return MadeDataset.Table(
      name: "stores", columns: [("store_id", "integer"), ("city", "text"), ("region", "text"), ("open", "boolean"), ("size", "integer")],
      key: "store_id", rows: chance(5) ? [] : rows)
  }

  private mutating func orders(_ clock: String) -> MadeDataset.Table {
    var table = MadeDataset.Table(
      name: "orders",
      columns: [
        ("order_id", "integer"), ("store_id", "integer"), ("ship_id", "integer"), ("ordered", clock), ("shipped", "date"),
        ("freight", "decimal(2)"), ("channel", "text"), ("buyer", "integer"),
      ], key: "order_id", time: "ordered", joins: ["stores: store_id", "ship_store: {table: stores, on: ship_id = store_id}"])
    table.rows = rows(30) { draw, index in
      [
        String(index + 1), draw.maybe(String(1 + draw.random.below(8))), draw.maybe(String(1 + draw.random.below(6)), 30),
        draw.maybe(draw.time(clock), 4), draw.maybe(draw.day().description, 20), draw.maybe(draw.money(2)),
        draw.maybe(draw.one(["app", "web", "App store", "web"])), draw.maybe(String(100 + draw.random.below(6))),
      ]
    }
    return table
  }

  private mutating func lines() -> MadeDataset.Table {
    let scale = one([0, 2, 2, 3])
    var table = MadeDataset.Table(
      name: "lines",
      columns: [("order_id", "integer"), ("quantity", "integer"), ("price", "decimal(\(scale))"), ("weight", "real"), ("product", "text")],
      time: "orders.ordered", joins: ["orders: order_id"])
    table.rows = doubled(rows(40) { draw, _ in
      [
        draw.maybe(String(1 + draw.random.below(20)), 5), draw.maybe(String(draw.random.below(7) - 1)), draw.maybe(draw.money(scale)),
        draw.maybe(String(Double(draw.random.below(40)) / 4)), draw.maybe(draw.one(["tea", "cup", "Tea pot"])),
      ]
    })
    return table
  }

  private mutating func stock() -> MadeDataset.Table {
    var table = MadeDataset.Table(
      name: "stock", columns: [("store_id", "integer"), ("day", "date"), ("quantity", "integer"), ("worth", "decimal(2)")], time: "day",
      joins: ["stores: store_id"])
    table.rows = doubled(rows(40) { draw, _ in
      [
        draw.maybe(String(1 + draw.random.below(7)), 5), draw.maybe(draw.day().description, 3),
        draw.maybe(String(draw.random.below(50)), 5), draw.maybe(draw.money(2), 5),
      ]
    })
    return table
  }

  private mutating func visits(_ clock: String) -> MadeDataset.Table {
    var table = MadeDataset.Table(
      name: "visits", columns: [("store_id", "integer"), ("visited", clock), ("visitor", "integer"), ("channel", "text")], time: "visited",
      joins: ["stores: store_id"])
    table.rows = doubled(rows(40) { draw, _ in
      [
        draw.maybe(String(1 + draw.random.below(7)), 5), draw.maybe(draw.time(clock), 3), draw.maybe(String(100 + draw.random.below(8))),
        draw.maybe(draw.one(["app", "web"])),
      ]
    })
    return table
  }

  // MARK: Dictionary

  private mutating func addDimensions(_ made: inout MadeDataset) {
    func add(_ name: String, _ text: String) { made.dimensions.append(.init(name: name, text: text)) }
    add("city", "{column: stores.city}")
    add("region", chance(30) ? "{column: stores.region, order: [West, 华东]}" : "{column: stores.region}")
    add("ship_city", "{column: orders.ship_store.city}")
    add("channel", "{column: orders.channel}")
    add("size", "{column: stores.size, kind: number}")
    add("is_open", "{column: stores.open, kind: flag}")
    add("freight_amount", "{column: orders.freight, kind: number}")
    add("is_paid", "{flag: \"orders.freight > 10 and orders.channel != 'web'\", kind: flag}")
    add("delay", "{expression: \"days_between(orders.ordered, orders.shipped)\", kind: number}")
    if made.tables.contains(where: { $0.name == "lines" }) {
      add("product", "{column: lines.product}")
      add("price", "{column: lines.price, kind: number}")
      add("weight", "{column: lines.weight, kind: number}")
    }
    made.hierarchy = ["region", "city"]
  }

  private mutating func condition(_ table: String) -> String {
    let own: [String] =
      switch table {
      case "orders":
        [
          "orders.channel = 'app'", "orders.channel != 'app'", "orders.freight > 5", "orders.buyer in (100, 101)",
          "orders.shipped is null",
        ]
      case "lines":
        ["lines.quantity > 1", "lines.product starts 'tea'", "orders.channel = 'web'", "lines.price >= 2.5", "product not in ('cup')"]
      case "stock": ["stock.quantity >= 10", "stores.region = 'East'"]
      default: ["visits.channel = 'app'", "visits.channel is not null", "stores.open = 1"]
      }
    let all = own + ["region = 'East'", "city != 'Nice'"]
    switch random.below(6) {
    case 0: return "\(one(all)) and \(one(all))"
    case 1: return "\(one(all)) or \(one(all))"
    case 2: return "not (\(one(all)))"
    default: return one(all)
    }
  }

  private mutating func aggregate(_ table: String) -> String {
    let filter = chance(30) ? " where " + condition(table) : ""
    let arguments: [String] =
      switch table {
      case "orders":
        [
          "orders.freight", "orders.freight", "abs(orders.freight)", "coalesce(orders.freight, 1.5)",
          "if(orders.channel = 'app', orders.freight, 0)", "days_between(orders.ordered, orders.shipped)", "orders.freight * 0.5 - 1",
        ]
      case "lines":
        [
          "lines.quantity * lines.price", "lines.quantity", "lines.price", "lines.weight", "lines.weight * lines.quantity",
          "lines.price / lines.quantity",
        ]
      case "stock": ["stock.quantity", "stock.worth"]
      default: ["visits.visitor"]
      }
    if table == "stock", chance(70) {
      return "\(one(["last", "first", "avg"]))(\(one(arguments)) over \(one(["day", "day", "day", "week", "month"]))\(filter))"
    }
    let column = one(arguments)
    let distinct = ["orders": "orders.buyer", "lines": "lines.product", "stock": "stock.store_id", "visits": "visits.visitor"][table]!
    switch random.below(12) {
    case 0, 1, 2: return "sum(\(column)\(filter))"
    case 3, 4: return "count(\(table)\(filter))"
    case 5: return "count(distinct \(distinct)\(filter))"
    case 6: return "avg(\(column)\(filter))"
    case 7: return "min(\(column)\(filter))"
    case 8: return "max(\(column)\(filter))"
    case 9: return "median(\(column)\(filter))"
    case 10: return "percentile(\(column), \(one(["0.9", "0.25", "0.5"]))\(filter))"
    default: return "stddev(\(column)\(filter))"
    }
  }

  private mutating func addMetrics(_ made: inout MadeDataset) {
    let sources = made.tables.map(\.name).filter { $0 != "stores" }
    var names: [String] = []
    func add(_ formula: String, _ more: String = "") {
      let name = "m\(made.metrics.count + 1)"
      made.metrics.append(.init(name: name, text: "{formula: \"\(formula)\"\(more)}"))
      names.append(name)
    }
    add("count(orders)")
    add("sum(orders.freight)")
    for table in sources {
      for _ in 0..<2 {
        var more = ""
        if chance(15) { more += ", nulls: zero" } else if chance(8) { more += ", nulls: null" }
        if table == "orders", chance(15) { more += ", time: orders.shipped" }
        add(aggregate(table), more)
      }
    }
    if sources.contains("visits") {
      let window = chance(70) ? "within \(1 + random.below(9)) \(one(["days", "weeks"]))" : "on day \(random.below(4))"
      add("convert(visits.visitor -> orders.buyer \(window))")
    }
    let simple = names
    for _ in 0..<4 {
      let (a, b) = (one(simple), one(simple))
      let more = chance(8) ? ", nulls: zero" : ""
      switch random.below(9) {
      case 0, 1: add("\(a) / \(b)", more)
      case 2: add("\(a) - \(b)", more)
      case 3:
        // Pieces are added to nothing else.
        var other = aggregate(one(sources))
        while other.hasPrefix("count") { other = aggregate(one(sources)) }
        add("\(a) + \(other)", more)
      case 4: add("2 * \(a) - 0.5 * \(b)", more)
      case 5: add("1 - \(a) / \(b)", more)
      case 6: add("-\(a) * 3", more)
      case 7: add("(\(a) + \(b)) / (\(b) + 1)", more)
      default: add("score(0.6 * \(a), 0.4 * \(b))", more)
      }
    }
    for _ in 0..<3 {
      let inner = one(names)
      switch random.below(4) {
      case 0: add("rolling(\(inner), \(1 + random.below(30)) \(one(["days", "weeks", "months"])))")
      case 1: add("to_date(\(inner), \(one(["month", "year", "quarter", "week"])))")
      case 2: add("shift(\(inner), 1 \(one(["year", "month", "day", "week"])))")
      default: add("\(inner) / shift(\(inner), 1 month)")
      }
    }
    // Last: no other formula may hold one.
    if chance(60) {
      let function = one(["avg", "max", "min", "median", "stddev", "variance"])
      let over = chance(50) ? one(["day", "week", "month", "weekday"]) : one(made.dimensions.map(\.name))
      let inner = one(names)
      let outer = one(["quarter", "half", "year"])
      add(chance(25) ? "max(\(function)(\(inner) per \(over)) per \(outer))" : "\(function)(\(inner) per \(over))")
    }
  }
}
