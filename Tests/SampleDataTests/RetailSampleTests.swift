import FoundationEssentials
import Testing

@testable import SampleData

/// The committed CSV files are what the generator writes, byte for byte.
@Suite struct RetailSampleTests {
  private static let files = [
    "categories", "channels", "members", "order_lines", "orders", "products", "refunds", "regions", "stock", "stores",
    "targets", "visits",
  ].map { $0 + ".csv" }

  /// `datasets/retail/data` beside the sources of this test.
  private static let committed: URL = {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root.appending(path: "datasets/retail/data")
  }()

  /// Writes a sample into a folder of its own, hands it on, and removes it.
  private func withSample(_ sample: RetailSample, _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "retail-sample-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try sample.write(to: folder.path)
    try body(folder)
  }

  private func rows(_ file: String, in folder: URL) throws -> [[Substring]] {
    let text = String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self)
    return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  @Test func committedFilesAreReproduced() throws {
    try withSample(RetailSample()) { folder in
      for file in Self.files {
        let written = try Data(contentsOf: folder.appending(path: file))
        let kept = try Data(contentsOf: Self.committed.appending(path: file))
        #expect(written == kept, "\(file) is not what the generator writes")
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names == Self.files)
    }
  }

  @Test func seedDecidesTheRows() throws {
    try withSample(RetailSample(orders: 300, seed: 1)) { first in
      try withSample(RetailSample(orders: 300, seed: 2)) { second in
        let (a, b) = (try rows("orders.csv", in: first), try rows("orders.csv", in: second))
        #expect(a != b)
        let (stores, same) = (try rows("stores.csv", in: first), try rows("stores.csv", in: second))
        #expect(stores == same)
      }
    }
  }

  @Test func progressEndsWithAllOrders() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "retail-sample-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    var told: [(Int, Int)] = []
    try RetailSample(orders: 1234).write(to: folder.path) { told.append(($0, $1)) }
    #expect(told.count == RetailCalendar.days)
    #expect(told.last ?? (0, 0) == (1234, 1234))
  }

  @Test func folderThatCannotBeMadeIsAnError() {
    #expect(throws: SampleDataError.self) { try RetailSample(orders: 1).write(to: "/dev/null/sample") }
  }

  /// Lines add up to their order, whatever rounding the discount needed.
  @Test func linesAddUpToTheirOrder() throws {
    try withSample(RetailSample(orders: 2000)) { folder in
      var goods: [Substring: Int] = [:]
      for line in try rows("order_lines.csv", in: folder) { goods[line[0], default: 0] += hundredths(line[5]) }
      let orders = try rows("orders.csv", in: folder)
      #expect(orders.count == 2000)
      for order in orders { #expect(goods[order[0]] == hundredths(order[9]) - hundredths(order[7])) }
    }
  }

  /// In September 2026 most mini program orders of 杭州 fail; elsewhere and before next to none.
  @Test func plantedFaultIsThere() throws {
    let stores = try rows("stores.csv", in: Self.committed).filter { $0[2] == "杭州" }.map { $0[0] }
    let mini = try rows("orders.csv", in: Self.committed).filter { $0[4] == "2" }
    let september = mini.filter { $0[5].hasPrefix("2026-09") }
    let faulty = september.filter { stores.contains($0[3]) }
    let sound = september.filter { !stores.contains($0[3]) }
    #expect(faulty.count > 100)
    #expect(failed(faulty) > 0.7)
    #expect(failed(sound) < 0.03)
    #expect(failed(mini.filter { $0[5].hasPrefix("2026-08") && stores.contains($0[3]) }) < 0.03)
  }

  private func failed(_ orders: [[Substring]]) -> Double {
    Double(orders.count { $0[6] == "failed" }) / Double(orders.count)
  }

  /// `12.05` → 1205
  private func hundredths(_ text: Substring) -> Int {
    Int(text.filter { $0 != "." }) ?? .min
  }
}
