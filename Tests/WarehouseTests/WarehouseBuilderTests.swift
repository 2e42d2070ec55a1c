import Foundation
import Metrics
import Planning
import Questions
import SQLText
import SourceText
import Tables
import Testing

@testable import Warehouse

/// What the loader accepts, and how it says what it does not.
@Suite final class WarehouseBuilderTests {
  private var folders: [String] = []

  deinit { for folder in folders { try? FileManager.default.removeItem(atPath: folder) } }

  static let yaml = """
    name: small
    tables:
      sales:
        time: day
        columns: {id: integer, day: date, at: timestamp, amount: decimal(2), share: real, paid: boolean, note: {type: text, column: "备 注", trim: true}}
        joins: {things: id = thing}
      things:
        key: thing
        columns: {thing: integer}
    metrics:
      total: {title: 合计, formula: sum(sales.amount)}
      product: {title: 积, formula: sum(sales.amount * sales.amount)}
    """
  static let header = "id,day,at,amount,share,paid,备 注\n"

  private func folder(_ rows: String, things: String = "thing\n1\n2\n") throws -> String {
    let folder = NSTemporaryDirectory() + "wenshu-small-\(UUID().uuidString)"
    folders.append(folder)
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    try (Self.header + rows).write(toFile: folder + "/data/sales.csv", atomically: true, encoding: .utf8)
    try things.write(toFile: folder + "/data/things.csv", atomically: true, encoding: .utf8)
    return folder
  }

  private var dictionary: MetricDictionary {
    let read = DictionaryReader.read([.init(name: "dataset.yaml", text: Self.yaml)])
    return read.dictionary ?? { fatalError(read.diagnostics.description) }()
  }

  private func open(_ folder: String) throws(DiagnosticsError) -> Database {
    try WarehouseBuilder.open(dictionary: dictionary, folder: folder, cacheFolder: folder + "/cache")
  }

  private func defects(_ rows: String, things: String = "thing\n1\n2\n") throws -> [String] {
    let folder = try folder(rows, things: things)
    do throws(DiagnosticsError) {
      _ = try open(folder)
      return []
    } catch { return error.diagnostics.map(\.description) }
  }

  @Test func typesAreStoredExactly() throws {
    let database = try open(folder("1,2026-10-01,2026-10-01T08:30,-12.3,0.5,true,  奶 茶  \n2,,,,,,\n"))
    let rows = try database.run(SQLQuery(text: "SELECT * FROM sales ORDER BY id")).rows
    #expect(rows[0] == [
      .integer(1), .text("2026-10-01"), .text("2026-10-01 08:30:00"), .integer(-1230), .real(0.5), .integer(1), .text("奶 茶"),
    ])
    #expect(rows[1] == [.integer(2), .null, .null, .null, .null, .null, .null])
  }

  @Test func defectsNameLineColumnAndValue() throws {
    #expect(try defects("1,2026-10-01,,1.00,,,\n2,2026-02-30,,1.234,,,x\n") == [
      "data/sales.csv:3:3: error[bad-data]: day = 2026-02-30; expected a day such as 2026-10-31",
      "data/sales.csv:3:15: error[bad-data]: amount = 1.234; expected a number with at most 2 decimals",
    ])
    #expect(try defects("1,2026-10-01,,1.00,,,x,y\n") == [
      "data/sales.csv:2:1: error[bad-data]: 8 fields; expected 7, as in the header"
    ])
    #expect(try defects("x,,,,,,\n")[0].hasPrefix("data/sales.csv:2:1: error[bad-data]: id = x; expected an integer"))
  }

  @Test func joinsNeedAUniqueKey() throws {
    let found = try defects("1,2026-10-01,,1.00,,,\n", things: "thing\n1\n1\n")
    #expect(found.count == 1 && found[0].contains("key-not-unique") && found[0].contains("thing = 1"))
  }

  @Test func aMissingFileIsNamed() throws {
    let folder = try folder("")
    try FileManager.default.removeItem(atPath: folder + "/data/things.csv")
    #expect(throws: DiagnosticsError.self) { try open(folder) }
  }

  @Test func aFailedBuildLeavesTheOldWarehouse() throws {
    let folder = try folder("1,2026-10-01,,1.00,,,\n")
    let version = try open(folder).dataVersion
    try (Self.header + "bad\n").write(toFile: folder + "/data/sales.csv", atomically: true, encoding: .utf8)
    #expect(throws: DiagnosticsError.self) { try open(folder) }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/cache")
    #expect(files.count == 1 && files[0].hasSuffix(".sqlite"))
    try (Self.header + "1,2026-10-01,,1.00,,,\n").write(toFile: folder + "/data/sales.csv", atomically: true, encoding: .utf8)
    #expect(try open(folder).dataVersion == version)
  }

  @Test func nothingCanBeWritten() throws {
    let database = try open(folder("1,2026-10-01,,1.00,,,\n"))
    #expect(throws: Problem.self) { try database.run(SQLQuery(text: "DELETE FROM sales")) }
  }

  @Test func sumsThatLeaveSixtyFourBitsAreErrors() throws {
    let database = try open(folder("1,,,90000000000000000.00,,,\n2,,,90000000000000000.00,,,\n"))
    for metric in ["total", "product"] {
      let question = Question(subject: .measures([Measure(metric)]))
      let plan = try Planner(dictionary: dictionary).plan(question, context: .init(today: .init(number: 0)))
      #expect(throws: Problem.overflow) { try database.run(SQLWriter.query(plan)) }
    }
  }

  @Test func aFileThatIsNoDatabaseIsRefused() throws {
    let folder = try folder("")
    try String(repeating: "no database ", count: 100).write(toFile: folder + "/w.sqlite", atomically: true, encoding: .utf8)
    var dictionary = dictionary
    dictionary.warehouseFile = "w.sqlite"
    do {
      _ = try WarehouseBuilder.open(dictionary: dictionary, folder: folder, cacheFolder: folder + "/cache")
      Issue.record("opened")
    } catch {
      #expect(error.diagnostics[0].code == "warehouse-unreadable")
      #expect(error.diagnostics[0].found.contains("not a database"))
    }
  }

  @Test func anExistingDatabaseIsReadInPlace() throws {
    let folder = try folder("1,2026-10-01,,1.00,,,\n")
    _ = try open(folder)
    let built = try FileManager.default.contentsOfDirectory(atPath: folder + "/cache")[0]
    try FileManager.default.copyItem(atPath: folder + "/cache/" + built, toPath: folder + "/own.sqlite")
    var dictionary = dictionary
    dictionary.warehouseFile = "own.sqlite"
    let database = try WarehouseBuilder.open(dictionary: dictionary, folder: folder, cacheFolder: folder + "/cache")
    #expect(try database.run(SQLQuery(text: "SELECT count(*) FROM sales")).rows == [[.integer(1)]])
    #expect(try database.coverage().tables["sales"]?.rows == 1)
  }
}
