import Foundation
import Metrics
import TestSupport
import Testing

@testable import Drafting

/// The real data sets, drafted from their CSV files alone; skipped where the data is not at hand. That the drafts answer
/// is scored by `.ci/run`.
@Suite struct RealDraftsTests {
  static let names = ["adventureworks", "chaoshi", "tmall", "usregional"].filter {
    FileManager.default.fileExists(atPath: "\(ProjectFolder.shared)/data/\($0)")
  }

  @Test(arguments: names) func `a draft is a dictionary without errors`(name: String) throws {
    let found = try DraftCase(path: "\(ProjectFolder.shared)/data/\(name)")
    #expect(found.metricNames.count >= 10 && found.dictionary.dimensions.count >= 3)
  }
}
