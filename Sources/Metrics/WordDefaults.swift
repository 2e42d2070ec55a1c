import SourceText

/// `defaults` of a dataset: what a word that could mean several things means here, unless the person says otherwise.
///
/// ```yaml
/// defaults:
///   sales: net_sales                       # a word: the metric or dimension it stands for; of a value, its dimension
///   dimensions_of_values: [city, region]   # a value that several dimensions have: the first of these that has it
/// ```
package struct WordDefaults: Hashable, Sendable {
  /// A word as the engine compares it, and the name of what it stands for.
  package struct Entry: Hashable, Sendable {
    package var word: String
    package var target: String
    package init(word: String, target: String) { (self.word, self.target) = (word, target) }
  }

  package var entries: [Entry] = []
  package var dimensionsOfValues: [String] = []

  package init() {}
}

extension DictionaryReader {
  static let dimensionsOfValues = "dimensions_of_values"

  /// Reads `defaults`; that the names exist is checked once they are all read.
  mutating func defaults(_ node: YAMLNode) -> WordDefaults {
    var defaults = WordDefaults()
    let mapping = YAMLMapping(node, "defaults", report)
    guard case .mapping(let entries) = node.content else { return defaults }
    for entry in entries {
      if entry.key == Self.dimensionsOfValues {
        defaults.dimensionsOfValues = names(mapping, entry.key, .dimension, by: entry.key, .defaults)
        continue
      }
      guard let target = mapping.value(entry.key).flatMap({ report.text($0) }) else { continue }
      defaults.entries.append(WordDefaults.Entry(word: entry.key, target: target))
    }
    return defaults
  }

  /// Reports defaults that name nothing there is.
  func checkDefaults(_ node: YAMLNode) {
    guard case .mapping(let entries) = node.content else { return }
    let known = dictionary.metrics.map(\.name) + dictionary.dimensions.map(\.name)
    for entry in entries where entry.key != Self.dimensionsOfValues {
      guard let target = dictionary.defaults.entries.first(where: { $0.word == entry.key })?.target, !known.contains(target) else { continue }
      report.add(
        Diagnostic(
          code: "unknown-default", at: entry.value.place, found: "\"\(target)\" for \"\(entry.key)\"",
          expected: "the name of a metric or dimension",
          hint: NearMiss.nearest(to: target, among: known).first.map { "did you mean \($0)?" } ?? ""))
    }
  }
}
