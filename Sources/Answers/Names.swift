import Metrics
import SourceText

/// What things of a dictionary are called in one language; a name without a title stands for itself.
package struct Names: Sendable {
  package let dictionary: MetricDictionary
  package let language: Language

  package init(_ dictionary: MetricDictionary, in language: Language) {
    self.dictionary = dictionary
    self.language = language
  }

  package func metric(_ name: String) -> String { title(dictionary.metric(name)?.title, else: name) }
  /// Two words one after the other, with 的 between where a name of the dictionary would stand across them:
  /// 退款金额的占比, where 退款金额占比 is a metric of its own.
  func apart(_ left: String, _ right: String) -> String {
    let whole = left + right
    let all = dictionary.metrics.map { ($0.title, $0.synonyms) } + dictionary.dimensions.map { ($0.title, $0.synonyms) }
    let isTaken = all.contains { title, synonyms in
      ((title.texts[language].map { [$0] } ?? []) + synonyms[language]).contains {
        $0.count > right.count && whole.hasSuffix($0) || $0.count > left.count && whole.hasPrefix($0)
      }
    }
    return isTaken ? left + "的" + right : whole
  }

  /// A category of metrics, by its name in the dictionary's first language.
  func category(_ name: String) -> String {
    dictionary.metrics.first { $0.category.texts.values.contains(name) }?.category[language] ?? name
  }

  /// An owner or department, by the name that metrics give.
  func owner(_ name: String) -> String { language == dictionary.language ? name : dictionary.ownerWords[name]?[language].first ?? name }

  package func dimension(_ name: String) -> String { title(dictionary.dimension(name)?.title, else: name) }
  package func table(_ name: String) -> String { title(dictionary.schema[name]?.title, else: name) }

  /// A stored value by its title, else in this language's first synonym where that is another script, else as stored.
  package func value(_ stored: String, of dimension: String) -> String {
    guard let known = dictionary.dimension(dimension)?.values.first(where: { $0.stored == stored }) else {
      return stored
    }
    if let text = known.title.texts[language], !text.isEmpty { return text }
    if let word = known.synonyms[language].first, needsTranslation(stored) { return word }
    return title(known.title, else: stored)
  }

  /// A column by its title, and its table's, as seen from a path: `订单.金额`.
  package func column(_ path: String) -> String {
    let parts = path.split(separator: ".").map(String.init)
    guard parts.count > 1, var table = dictionary.schema[parts[0]] else { return path }
    var titles = [self.table(table.name)]
    for role in parts.dropFirst().dropLast() {
      guard let next = table.join(role).flatMap({ dictionary.schema[$0.table] }) else { return path }
      titles.append(role == next.name ? self.table(role) : role)
      table = next
    }
    titles.append(title(table.column(parts[parts.count - 1])?.title, else: parts[parts.count - 1]))
    return titles.joined(separator: ".")
  }

  private func title(_ text: LocalText?, else name: String) -> String {
    let found = text?[language] ?? ""
    return found.isEmpty ? name : found
  }

  /// A Chinese value in an English answer is shown by its English word; the other way round names stay as stored.
  private func needsTranslation(_ stored: String) -> Bool {
    language == .english && stored.unicodeScalars.contains { $0.value >= 0x2E80 }
  }
}
