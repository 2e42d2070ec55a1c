import CivilTime
import Foundation
import Session
import SourceText
import TestSupport
import Testing

@Suite struct NameChecksTests {
  /// What `wenshu check` says of a dictionary over a shop with sales in Lyon and Nice, by online or shop.
  private func codes(_ dimensions: String, metric: String = "revenue: {formula: sum(sales.amount), unit: EUR}") throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("names-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    let dictionary = """
      name: shop
      language: en
      tables:
        sales:
          time: sold_on
          columns: {sold_on: date, city: text, way: text, amount: decimal(2)}
      dimensions:
      \(dimensions)
      metrics:
        \(metric)
      """
    try Data(dictionary.utf8).write(to: URL(fileURLWithPath: folder + "/dataset.yaml"))
    try Data("sold_on,city,way,amount\n2026-10-01,Lyon,online,1.00\n2026-10-02,Nice,shop,2.00\n".utf8)
      .write(to: URL(fileURLWithPath: folder + "/data/sales.csv"))
    var lines: [CheckLine] = []
    _ = Check.run(home: Home(path: ProjectFolder.path), dataset: folder, cacheFolder: folder + "/cache", progress: { _ in }) {
      lines.append($0)
    }
    let known: Set = ["name-is-a-word", "name-is-a-time", "value-not-in-data", "value-in-two-dimensions"]
    return lines.map(\.subject).filter(known.contains)
  }

  @Test func nothingToSay() throws {
    #expect(try codes("  city: {column: sales.city, values: {Lyon: [lugdunum]}}\n  way: {column: sales.way}") == [])
  }

  @Test func aNameForAValueThatNoRowHas() throws {
    #expect(try codes("  city: {column: sales.city, values: {Lyons: [lugdunum]}}") == ["value-not-in-data"])
  }

  @Test func aNameThatIsAValueOfAnotherDimension() throws {
    #expect(try codes("  city: {column: sales.city, values: {Lyon: [online]}}\n  way: {column: sales.way}") == ["value-in-two-dimensions"])
  }

  @Test func aNameThatTheLanguageHasTaken() throws {
    #expect(try codes("  city: {column: sales.city, synonyms: [yesterday]}") == ["name-is-a-word"] || codes("  city: {column: sales.city, synonyms: [yesterday]}") == ["name-is-a-time"])
    #expect(try codes("  city: {column: sales.city, synonyms: [last week]}") == ["name-is-a-time"])
  }
}
