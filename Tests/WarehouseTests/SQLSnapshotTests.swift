import Foundation
import SQLText
import TestSupport
import Testing

@testable import Planning
@testable import Warehouse

/// One file of SQL for each kind of metric and question, byte for byte: what a change does to statements is seen in the change.
///
/// A file's first line is its question, `-- ? measure sales | by city`. To take in what is written now: `WENSHU_WRITE_SNAPSHOTS=1`;
/// a new file with its first line alone is filled the same way.
@Suite struct SQLSnapshotTests {
  static let folder = ProjectFolder.path + "/Tests/WarehouseTests/Snapshots"
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".sql") }.sorted()

  @Test(arguments: names) func `each kind of question has its statement`(_ name: String) throws {
    let path = Self.folder + "/" + name
    let kept = try String(contentsOfFile: path, encoding: .utf8)
    let question = try #require(kept.split(separator: "\n").first)
    #expect(question.hasPrefix("-- ? "), "\(name): the first line is the question")
    let query = SQLWriter.query(try Shop.shared.plan(String(question.dropFirst(5))))
    let written = question + "\n" + query.displayText + "\n"
    if ProcessInfo.processInfo.environment["WENSHU_WRITE_SNAPSHOTS"] != nil {
      try written.write(toFile: path, atomically: true, encoding: .utf8)
    } else {
      #expect(kept == written, "\(name) is another statement now")
    }
    checkSteps(written, name)
    // What is kept can be run.
    _ = try Shop.shared.database.run(query)
  }

  /// Each step is named by plain words and stands under a sentence.
  private func checkSteps(_ text: String, _ name: String) {
    let lines = text.split(separator: "\n").map(String.init)
    for (index, line) in lines.enumerated() where line.hasPrefix("  ") && line.hasSuffix(" AS (") && !line.hasPrefix("    ") {
      #expect(lines[index - 1].hasPrefix("  -- ") && lines[index - 1].hasSuffix("."), "\(name): \(line)")
      let word = line.dropFirst(2).prefix { $0 != " " && $0 != "(" }
      #expect(word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }, "\(name): \(word)")
    }
    #expect(lines.dropFirst().contains { $0.hasPrefix("-- ") && $0.hasSuffix(".") }, "\(name): no sentence above the answer")
  }
}
