import CivilTime
import Foundation
import Metrics
import Planning
import Questions
import SQLText
import Tables
import Testing

@testable import Warehouse

/// Every metric of the real data sets, cut in many ways; skipped where the data is not at hand.
@Suite struct RealDataTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/RealData"
  static let names = ["adventureworks", "chaoshi", "tmall", "usregional"].filter { name in
    guard let dictionary = DictionaryReader.read(folder: root + "/" + name).dictionary else { return false }
    return FileManager.default.fileExists(atPath: "\(root)/\(name)/\(dictionary.dataFolder)")
  }

  private func open(_ name: String) throws -> (MetricDictionary, Database, TimeContext) {
    let folder = RealDataTests.root + "/" + name
    let dictionary = try #require(DictionaryReader.read(folder: folder).dictionary)
    let database = try WarehouseBuilder.open(
      dictionary: dictionary, folder: folder, cacheFolder: NSTemporaryDirectory() + "wenshu-tests")
    let last = try #require(try database.coverage().lastDay)
    return (dictionary, database, TimeContext(today: last.adding(days: 1), lastLoadedDay: last))
  }

  @Test(arguments: names) func everyMetricCutAndCompared(_ name: String) throws {
    let (dictionary, database, context) = try open(name)
    let planner = Planner(dictionary: dictionary, coverage: try database.coverage())
    func rows(_ question: Question) throws -> ResultTable {
      let query = SQLWriter.query(try planner.plan(question, context: context))
      do { return try database.run(query) } catch {
        Issue.record("\(question): \(error)\n\(query.displayText)")
        throw error
      }
    }
    for metric in dictionary.metrics {
      let total = try rows(Question(subject: .measures([Measure(metric.name)]))).rows[0][0]
      for dimension in Reachability(dictionary).dimensions(of: metric).prefix(6) {
        let parts = try rows(Question(subject: .measures([Measure(metric.name)]), groups: [.dimension(dimension)]))
        guard case .aggregate(let aggregate) = metric.formula, [.sum, .count].contains(aggregate.function),
          aggregate.overTime == nil, let whole = total.number
        else { continue }
        let sum = parts.rows.compactMap { $0[1].number }.reduce(0, +)
        #expect(abs(sum - whole) <= abs(whole) * 1e-9, "\(name): \(metric.name) by \(dimension)")
      }
      guard dictionary.schema[FormulaTables.tables(of: metric.formula, in: dictionary)[0]]?.time != nil || metric.time != nil else { continue }
      for grain in [Grain.week, .month, .half] {
        _ = try rows(
          Question(subject: .measures([Measure(metric.name)]), groups: [.time(grain)], comparison: Comparison(.yearBefore)))
      }
      _ = try rows(
        Question(
          subject: .measures([Measure(metric.name)]), period: .toDate(.month), comparison: Comparison(.previous)))
    }
  }
}
