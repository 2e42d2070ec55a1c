import CivilTime
import Foundation
import GRDB
import Metrics
import Questions
import SQLText
import Snapshots
import SourceText
import Tables
import Testing

@testable import Planning
@testable import Warehouse

/// Which steps a rollup serves, and which must read their rows.
@Suite struct RollupServingTests {
  /// Two stores, a few orders; rollups as wide as they can be.
  private final class Small {
    let dictionary: MetricDictionary
    let database: Warehouse.Database
    let context: TimeContext
    let rollups: RollupCatalog

    init(time: String = "timestamp", rows: [String]) throws {
      let folder = NSTemporaryDirectory() + "wenshu-rollups-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
      let yaml = """
        name: small
        language: en
        rollups: {share: 10000, from: 0}
        tables:
          stores:
            key: store_id
            columns: {store_id: integer, store: text, region: text}
          orders:
            key: id
            time: day
            columns: {id: integer, day: \(time), store_id: integer, status: text, amount: decimal(2), weight: real}
            joins: {stores: store_id}
        dimensions:
          region: {column: stores.region}
          store: {column: stores.store}
          status: {column: orders.status}
          size: {column: orders.amount, kind: number}
        metrics:
          sales: {formula: "sum(orders.amount where orders.status = 'paid')"}
          orders: {formula: count(orders)}
          kept: {formula: "count(orders where orders.status = 'paid') / count(orders where orders.status in ('paid', 'open'))"}
          weight: {formula: sum(orders.weight)}
          middle: {formula: median(orders.amount)}
          mean: {formula: avg(orders.amount)}
          amounts: {formula: count(distinct orders.amount)}
        """
      let read = DictionaryReader.read([.init(name: "dataset.yaml", text: yaml)])
      guard let dictionary = read.dictionary else { throw DiagnosticsError(read.diagnostics) }
      self.dictionary = dictionary
      try "store_id,store,region\n1,Alma,North\n2,Bern,South\n".write(toFile: folder + "/data/stores.csv", atomically: true, encoding: .utf8)
      let lines = ["id,day,store_id,status,amount,weight"] + rows.enumerated().map { "\($0.offset + 1),\($0.element)" }
      try (lines.joined(separator: "\n") + "\n").write(toFile: folder + "/data/orders.csv", atomically: true, encoding: .utf8)
      database = try WarehouseBuilder.open(dictionary: dictionary, folder: folder, cacheFolder: folder + "/cache")
      rollups = try database.rollups(dictionary)
      context = TimeContext(today: Day(iso: "2026-11-10")!, calendar: dictionary.calendar, lastLoadedDay: try database.coverage().lastDay)
    }

    static let rows = [
      "2026-09-01 08:00:00,1,paid,1.50,0.1", "2026-09-30 23:59:59,2,open,2,0.2", "2026-10-01 00:00:00,1,paid,,0.3", "2026-10-31 12:00:00,2,paid,4,0.4",
      "2026-11-02 09:00:00,,lost,8,0.5", ",1,paid,16,0.6",
    ]

    func plan(_ notation: String) throws -> Plan {
      let question = try Resolver(dictionary: dictionary, context: context).question(notation: notation)
      return try Planner(dictionary: dictionary, coverage: database.coverage(), rollups: rollups).plan(question, context: context)
    }

    /// The rollups that the steps of a question read, with the rows being those of the question without them.
    func used(_ notation: String) throws -> [String] {
      let question = try Resolver(dictionary: dictionary, context: context).question(notation: notation)
      let kept = try plan(notation)
      let bare = try Planner(dictionary: dictionary, coverage: database.coverage()).plan(question, context: context)
      #expect(try database.run(SQLWriter.query(kept)).rows == database.run(SQLWriter.query(bare)).rows, "\(notation)")
      return StepOrder.steps(of: kept.root).compactMap { $0.rollup?.rollup }
    }
  }

  @Test func theSmallestThatHasAllIsRead() throws {
    let small = try Small(rows: Small.rows)
    #expect(!small.rollups.rollups.isEmpty)
    for question in [
      "measure sales | during month(-1)", "measure sales, orders | by region | during month(-1)", "measure kept | by store", "measure mean | by month",
      "measure orders | where status = open", "measure sales | by region, month", "measure orders | by weekday",
    ] {
      #expect(try small.used(question).count == 1, "\(question)")
    }
    #expect(try small.used("measure orders | by day")[0].contains("_by_day"))
  }

  @Test(arguments: [
    "measure middle", "measure weight", "measure orders | by hour_of_day", "measure orders | where size > 3", "measure orders | by bucket(size, 2)",
    "measure sales, orders | by region, status, hour_of_day",
  ]) func whatLooksAtSingleRowsIsNotServed(_ question: String) throws {
    let small = try Small(rows: Small.rows)
    #expect(try small.used(question) == [], "\(question)")
  }

  /// A rollup has columns for each filter, and SQLite ends at 2,000 of them: the warehouse was not built, at every start anew.
  @Test func metricsWithFiltersOfTheirOwnDoNotEndTheLoad() throws {
    let folder = NSTemporaryDirectory() + "wenshu-filters-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    let metrics = (0..<2500).map { "  m\($0): {formula: 'sum(facts.amount where facts.kind = \($0))'}" }.joined(separator: "\n")
    let yaml = """
      name: many
      language: en
      rollups: {share: 10000, from: 0}
      tables:
        facts: {key: id, time: day, columns: {id: integer, day: date, kind: integer, place: text, amount: decimal(2)}}
      dimensions:
        place: {column: facts.place}
      metrics:
      \(metrics)
      """
    let read = DictionaryReader.read([.init(name: "dataset.yaml", text: yaml)])
    let dictionary = try #require(read.dictionary, "\(read.diagnostics)")
    let rows = (0..<3000).map { "\($0),2026-10-0\(1 + $0 % 9),\($0 % 2500),p\($0 % 3),\($0).50" }
    try (["id,day,kind,place,amount"] + rows).joined(separator: "\n").write(toFile: folder + "/data/facts.csv", atomically: true, encoding: .utf8)
    let database = try WarehouseBuilder.open(dictionary: dictionary, folder: folder, cacheFolder: folder + "/cache")
    let context = TimeContext(today: Day(iso: "2026-11-10")!, calendar: dictionary.calendar, lastLoadedDay: try database.coverage().lastDay)
    let planner = Planner(dictionary: dictionary, coverage: try database.coverage(), rollups: try database.rollups(dictionary))
    for (metric, isKept) in [("m7", true), ("m2400", false)] {
      let question = try Resolver(dictionary: dictionary, context: context).question(notation: "measure \(metric) | by month")
      let plan = try planner.plan(question, context: context)
      #expect(StepOrder.steps(of: plan.root).contains { $0.rollup != nil } == isKept, "\(metric)")
      #expect(try database.run(SQLWriter.query(plan)).rows.count == 1, "\(metric)")
    }
  }

  /// What a start keeps of bases is what the dictionary says.
  @Test func basesReadBackAsTheyAre() throws {
    let small = try Small(rows: Small.rows)
    let definitions = RollupDefinitions(small.dictionary)
    var writer = SnapshotWriter()
    writer.write(definitions)
    var reader = SnapshotReader(SnapshotBytes(writer.bytes))
    #expect(!definitions.bases.isEmpty && reader.read(RollupDefinitions.self) == definitions)
  }

  /// One part a pass and a buffer that is united all the time: the tables are the same.
  @Test func passesAndBuffersDoNotShow() throws {
    let rows = (0..<40_000).map { id -> String in
      let (month, day, store, status) = (1 + id % 9, 1 + id / 9 % 28, id % 3, id % 13)
      return "2026-0\(month)-\(day < 10 ? "0" : "")\(day) 08:00:00,\(store),\(status == 0 ? "paid" : "s\(status)"),\(id % 40),0.1"
    }
    let small = try Small(rows: rows)
    func made(_ change: (inout RollupMaking) -> Void) throws -> [String: [String]] {
      let queue = try DatabaseQueue()
      try small.database.backup(to: queue)
      return try queue.write { db in
        var making = RollupMaking(small.dictionary, db)
        change(&making)
        try making.makeAll()
        var tables: [String: [String]] = [:]
        for name in try String.fetchAll(db, sql: "SELECT table_name FROM _wenshu_rollups") {
          tables[name] = try Row.fetchAll(db, sql: "SELECT * FROM \"\(name)\"").map(\.description)
        }
        return tables
      }
    }
    let (wide, narrow) = (try made { _ in }, try made { ($0.mostBytes, $0.mostWaiting) = (1, 7) })
    #expect(wide.keys.contains { $0.hasSuffix("_members") } && wide.count > 2, "\(wide.keys)")
    #expect(wide == narrow)
  }

  /// A sum that could leave 64 bits on the way is an error or not by the order of its rows.
  @Test func sumsNearTheirLimitAreReadRowByRow() throws {
    let small = try Small(rows: ["2026-09-01 08:00:00,1,paid,46116860184273879.04,1", "2026-09-02 08:00:00,1,paid,-46116860184273879.04,1"])
    #expect(try small.used("measure sales") == [])
  }

  @Test func thePlanSaysWhichIsRead() throws {
    let small = try Small(rows: Small.rows)
    let plan = try small.plan("measure sales | by region | where status != lost | during month(-1)")
    #expect(
      SQLWriter.query(plan).displayText == """
        WITH
          -- Sum orders.amount by region from 2026-10-01 to 2026-10-31. Read from orders_by_day_region_status.
          orders_by_region AS (
            SELECT region, sum(sum_amount) AS sales
            FROM _wenshu_rollup_orders_by_day_region_status
            WHERE period >= '2026-10-01' AND period < '2026-11-01' AND status IS NOT 'lost' AND status = 'paid'
            GROUP BY 1
          )
        -- Show sales by region.
        SELECT region, sales
        FROM orders_by_region
        ORDER BY sales DESC, region NULLS LAST
        """)
    #expect(PlanText.text(plan).contains("Read from orders_by_day_region_status."))
    #expect(SQLWriter.countRows(of: plan.sources[0], in: plan).displayText.contains("_wenshu_rollup_orders_by_day_region_status"))
  }
}
