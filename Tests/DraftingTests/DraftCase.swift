import Foundation
import Metrics
import SourceText
import TestSupport
import Testing

@testable import Drafting

/// Small files, drafted, and the draft read back as a dictionary.
struct DraftCase {
  let draft: Draft
  let texts: [String: String]
  let dictionary: MetricDictionary

  /// - Parameter files: file names and their texts.
  init(_ files: [String: String]) throws {
    let folder = NSTemporaryDirectory() + "wenshu-drafting-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files { try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8) }
    try self.init(path: folder)
  }

  init(path: String) throws {
    draft = try Drafter(home: ProjectFolder.path).draft(path, name: "case", dataPath: path)
    let files = DraftText(draft).files
    texts = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.text) })
    let (dictionary, diagnostics) = DictionaryReader.read(files.map { DictionaryReader.File(name: $0.name, text: $0.text) })
    let errors = diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))\n\(texts["metrics.yaml"] ?? "")")
    self.dictionary = try #require(dictionary)
  }

  func formula(_ metric: String) -> String? { dictionary.metric(metric).map { FormulaNotation.text($0.formula) } }
  func title(_ metric: String, _ language: Language = .english) -> String? { dictionary.metric(metric)?.title.texts[language] }
  func dimension(_ name: String) -> Metrics.Dimension? { dictionary.dimension(name) }
  var metricNames: Set<String> { Set(dictionary.metrics.map(\.name)) }

  func hierarchy(_ name: String) -> [String]? { dictionary.hierarchies.first { $0.name == name }?.levels }

  func source(_ dimension: String) -> String? {
    guard case .column(let path)? = self.dimension(dimension)?.source else { return nil }
    return path.description
  }

  func joins(_ table: String) -> [String] {
    dictionary.schema[table]?.joins.map { "\($0.role): \($0.hereColumns.joined(separator: ",")) = \($0.thereColumns.joined(separator: ","))" } ?? []
  }
}

/// Rows of made data: the same every time.
enum Made {
  static func csv(_ header: String, _ count: Int, _ row: (Int) -> [Any]) -> String {
    ([header] + (0..<count).map { row($0).map { "\($0)" }.joined(separator: ",") }).joined(separator: "\n") + "\n"
  }

  /// A day of 2025, by its number.
  static func day(_ number: Int) -> String {
    let (month, day) = (number / 28 % 12 + 1, number % 28 + 1)
    return "2025-" + (month < 10 ? "0" : "") + "\(month)-" + (day < 10 ? "0" : "") + "\(day)"
  }

  static func pick<Value>(_ values: [Value], _ number: Int) -> Value { values[(number &* 7919 &+ 13) % values.count] }
}
