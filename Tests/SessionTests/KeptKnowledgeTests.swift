import CivilTime
import Foundation
import Metrics
import Snapshots
import SourceText
import TestSupport
import Testing

@testable import Session

/// Starting from kept knowledge must never be told from starting afresh, but by the time it takes.
@Suite struct KeptKnowledgeTests {
  // MARK: Every field comes back

  @Test(arguments: [
    "datasets/retail", "datasets/manufacturing", "datasets/app", "Tests/RealData/chaoshi", "Tests/RealData/tmall",
    "Tests/RealData/adventureworks", "Tests/RealData/usregional",
  ])
  func aDictionaryReadsBackAsItIs(_ folder: String) throws {
    let dictionary = try #require(DictionaryReader.read(folder: ProjectFolder.path + "/" + folder).dictionary)
    #expect(copy(dictionary) == dictionary)
  }

  @Test func everyKindOfFormulaReadsBackAsItIs() throws {
    let text = """
      name: kinds
      calendar:
        week_start: sunday
        fiscal_start: 4
        anchor: latest-data
        last_n_includes_today: true
        trading_days: china
        holidays: {table: china, off: [2026-08-18], worked: [2026-08-22], days: {anniversary: {days: [2025-08-18..2025-08-20], en: [birthday]}}}
      fillers: {en: [kindly]}
      tables:
        sales:
          time: sold_at
          columns: {sold_at: timestamp, sent_at: timestamp, city: text, amount: decimal(2), pieces: integer, weight: real, paid: boolean, note: text}
        stock:
          time: on_day
          columns: {on_day: date, city: text, quantity: integer}
      dimensions:
        city: {column: sales.city}
        paid: {flag: "sales.paid = 1"}
      metrics:
        revenue: {formula: "sum(sales.amount where sales.city in ('Lyon', 'Nice') and not sales.note is null)", unit: EUR}
        last_stock: {formula: "last(stock.quantity over day)", unit: count}
        median_amount: {formula: "median(sales.amount)"}
        high: {formula: "percentile(sales.amount, 0.9)"}
        buyers: {formula: "count(distinct sales.city where sales.note contains 'x' or sales.weight >= 2.5)"}
        wait: {formula: "avg(hours_between(sales.sold_at, sales.sent_at))", unit: hours}
        ratio: {formula: "revenue / buyers"}
        month_back: {formula: "shift(revenue, 1 month)"}
        recent: {formula: "rolling(revenue, 7 days)"}
        so_far: {formula: "to_date(revenue, year)"}
        mix: {formula: "score(0.5 * revenue, 0.5 * buyers)"}
      """
    let (dictionary, faults) = DictionaryReader.read([.init(name: "kinds.yaml", text: text)])
    let read = try #require(dictionary, "\(faults)")
    #expect(copy(read) == read)
    #expect(read.calendar.fiscalStart == 4 && read.metrics.count == 11)
  }

  private func copy<Value: Stored>(_ value: Value) -> Value {
    var writer = SnapshotWriter()
    writer.write(value)
    var reader = SnapshotReader(SnapshotBytes(writer.bytes))
    return reader.read()
  }

  // MARK: Starts

  private func answer(_ question: String, _ shop: Scratch) throws -> String {
    let workspace = try Workspace.open(
      home: Home(path: ProjectFolder.path), dataset: shop.dataset, cacheFolder: shop.cache, progress: { _ in })
    let outcome = Pipeline(workspace, options: AskOptions(today: Day(2026, 11, 1)!)).ask(question)
    return "\(outcome.answer)"
  }

  @Test func theSecondStartAnswersAsTheFirst() throws {
    let shop = try Scratch()
    let first = try answer("revenue by city in October 2026", shop)
    let kept = try #require(shop.snapshots.first)
    let written = try shop.identity(kept)
    #expect(try answer("revenue by city in October 2026", shop) == first)
    #expect(try shop.identity(kept) == written, "it was read, not written again")
  }

  /// Files that did not change are not read again: this one did, and only its facts say that it did not.
  @Test func filesWithTheSameFactsAreTakenForTheSame() throws {
    let shop = try Scratch()
    let long = Date(timeIntervalSince1970: 1_700_000_000)
    try shop.date("dataset.yaml", long)
    let before = try answer("revenue in Lyon", shop)
    // In place: the same file still.
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: shop.dataset + "/dataset.yaml"))
    try file.write(contentsOf: Data(Scratch.dictionary.replacing("unit: EUR", with: "unit: USD").utf8))
    try file.close()
    try shop.date("dataset.yaml", long)
    #expect(try answer("revenue in Lyon", shop) == before)
    try shop.date("dataset.yaml", long.addingTimeInterval(1))
    #expect(try answer("revenue in Lyon", shop) != before)
  }

  @Test func aChangedDictionaryIsSeenAtOnce() throws {
    let shop = try Scratch()
    let before = try answer("takings in Lyon", shop)
    try shop.write(Scratch.dictionary + "    synonyms: [takings]\n", "dataset.yaml")
    #expect(try answer("takings in Lyon", shop) != before)
    #expect(try answer("takings in Lyon", shop) == answer("revenue in Lyon", shop).replacing("revenue in Lyon", with: "takings in Lyon"))
  }

  @Test func newValuesInTheDataAreKnownAtOnce() throws {
    let shop = try Scratch()
    let before = try answer("revenue in Paris in October 2026", shop)
    try shop.write(Scratch.sales + "2026-10-31,Paris,7.00\n", "data/sales.csv")
    let after = try answer("revenue in Paris in October 2026", shop)
    #expect(after != before)
    #expect(after.contains("7"))
  }

  @Test func aDefectInTheDictionaryIsToldAlthoughAGoodOneIsKept() throws {
    let shop = try Scratch()
    _ = try answer("revenue", shop)
    try shop.write(Scratch.dictionary.replacing("sum(sales.amount)", with: "sum(sales.amout)"), "dataset.yaml")
    #expect(throws: DiagnosticsError.self) { try answer("revenue", shop) }
  }

  @Test(arguments: [0, 3, 24, 30, 2_000]) func aDamagedFileIsPassedOverAndReplaced(_ length: Int) throws {
    let shop = try Scratch()
    let first = try answer("revenue by city", shop)
    let kept = try #require(shop.snapshots.first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: kept))
    try whole.prefix(length).write(to: URL(fileURLWithPath: kept))
    #expect(try answer("revenue by city", shop) == first)
    var bent = whole
    bent[whole.count - length - 1] ^= 1
    try bent.write(to: URL(fileURLWithPath: kept))
    #expect(try answer("revenue by city", shop) == first)
    let replaced = try Data(contentsOf: URL(fileURLWithPath: kept))
    #expect(replaced != bent && replaced.count > 2_000)
  }

  @Test func manyStartsAtOnceLeaveOneWholeFile() async throws {
    let shop = try Scratch()
    let first = try answer("revenue by city", shop)
    try FileManager.default.removeItem(atPath: #require(shop.snapshots.first))
    let answers = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 { group.addTask { try self.answer("revenue by city", shop) } }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(answers == Array(repeating: first, count: 8))
    #expect(shop.snapshots.count == 1)
  }
}

/// A dataset of ten lines over one CSV, with a cache of its own, in a folder that goes with it.
private final class Scratch: Sendable {
  static let dictionary = """
    name: shop
    language: en
    tables:
      sales:
        time: sold_on
        columns: {sold_on: date, city: text, amount: decimal(2)}
    dimensions:
      city: {column: sales.city}
    metrics:
      revenue:
        formula: sum(sales.amount)
        unit: EUR

    """
  static let sales = """
    sold_on,city,amount
    2026-09-30,Lyon,80.00
    2026-10-01,Lyon,120.50
    2026-10-01,Nice,80.00
    2026-10-31,Lyon,99.90

    """

  let path = FileManager.default.temporaryDirectory.appendingPathComponent("kept-\(UUID().uuidString)").path
  var dataset: String { path + "/shop" }
  var cache: String { path + "/cache" }

  init() throws {
    try FileManager.default.createDirectory(atPath: dataset + "/data", withIntermediateDirectories: true)
    try write(Self.dictionary, "dataset.yaml")
    try write(Self.sales, "data/sales.csv")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: dataset + "/" + name))
  }

  var snapshots: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []).filter { $0.contains("known-") }.map { cache + "/" + $0 }
  }

  /// Another file in its place is another number.
  func identity(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
  }

  func date(_ name: String, _ day: Date) throws {
    try FileManager.default.setAttributes([.modificationDate: day], ofItemAtPath: dataset + "/" + name)
  }
}
