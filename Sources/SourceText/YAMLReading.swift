/// The defects found while reading, in the order found.
///
/// One collector goes through a whole read, so that one defect never hides the next.
package final class DiagnosticCollector {
  package private(set) var diagnostics: [Diagnostic] = []
  package init() {}

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
  package func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
  package func add(contentsOf more: [Diagnostic]) { diagnostics.append(contentsOf: more) }
}

/// Reads a mapping key by key with the expected types, and at the end says which keys nobody asked for.
///
///     let column = YAMLMapping(node, "a column", report)
///     let type = column.text("type")
///     let trim = column.boolean("trim") ?? false
///     column.finish()      // error[unknown-key]: found "titel", expected a key of a column; did you mean title?
package final class YAMLMapping {
  package let node: YAMLNode
  package let report: DiagnosticCollector
  private let what: String
  private let entries: [YAMLNode.Entry]
  private var asked: [String] = []

  /// `what` names the mapping in messages: "a metric". A node of another type is reported and read as empty.
  package init(_ node: YAMLNode, _ what: String, _ report: DiagnosticCollector) {
    (self.node, self.what, self.report) = (node, what, report)
    if case .mapping(let entries) = node.content {
      self.entries = entries
    } else {
      entries = []
      if !node.isNull { report.wrongType(node, expected: "a mapping with the keys of \(what)") }
    }
  }

  /// The value behind a key; nil if the key is missing or has nothing behind it.
  package func value(_ key: String) -> YAMLNode? {
    asked.append(key)
    guard let entry = entries.first(where: { $0.key == key }), !entry.value.isNull else { return nil }
    return entry.value
  }

  /// The value behind a key, also where it is `null`.
  package func value(orNull key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }

  /// Where a key stands, for messages about what is behind it; the mapping's place if it is missing.
  package func place(_ key: String) -> SourcePlace {
    entries.first { $0.key == key }?.keyPlace ?? node.place
  }

  package func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

  /// Reports the keys that were not asked for.
  package func finish() {
    for entry in entries where !asked.contains(entry.key) {
      report.add(
        Diagnostic(
          code: "unknown-key", at: entry.keyPlace, found: "\"\(entry.key)\"", expected: "a key of \(what)",
          hint: .didYouMean(entry.key, among: asked)))
    }
  }

  // MARK: Values of known type

  package func text(_ key: String) -> String? { value(key).flatMap { report.text($0) } }

  package func integer(_ key: String) -> Int? {
    guard let node = value(key), let text = report.text(node) else { return nil }
    if let number = Int(text) { return number }
    report.wrongType(node, expected: "a whole number")
    return nil
  }

  package func boolean(_ key: String) -> Bool? {
    guard let node = value(key), let text = report.text(node) else { return nil }
    if let value = ["true": true, "false": false][text.lowercased()] { return value }
    report.wrongType(node, expected: "true or false")
    return nil
  }

  /// One of an enum's raw values: `status: certified`.
  package func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, of: Choice.Type = Choice.self) -> Choice?
  where Choice.RawValue == String {
    guard let node = value(key), let text = report.text(node) else { return nil }
    if let value = Choice(rawValue: text) { return value }
    let names = Choice.allCases.map(\.rawValue)
    report.wrongType(
      node, expected: names.joined(separator: ", "), hint: .didYouMean(text, among: names), code: "unknown-choice")
    return nil
  }

  /// A list of texts; a single text counts as a list of one.
  package func texts(_ key: String) -> [String] { value(key).map { report.texts($0) } ?? [] }

  /// The entries of a mapping behind a key, in the order written.
  package func entries(_ key: String) -> [YAMLNode.Entry] {
    guard let node = value(key) else { return [] }
    if case .mapping(let entries) = node.content { return entries }
    report.wrongType(node, expected: "a mapping")
    return []
  }

  /// The members of a list behind a key.
  package func list(_ key: String) -> [YAMLNode] {
    guard let node = value(key) else { return [] }
    if case .sequence(let nodes) = node.content { return nodes }
    report.wrongType(node, expected: "a list")
    return []
  }

  /// A text by language: `{zh: 订单, en: orders}`, or a plain text in the dataset's language.
  package func localText(_ key: String, _ language: Language) -> LocalText {
    value(key).map { report.localText($0, language) } ?? LocalText()
  }

  /// Words by language: `{zh: [流水], en: [sales]}`, or a plain list in the dataset's language.
  package func localWords(_ key: String, _ language: Language) -> LocalWords {
    value(key).map { report.localWords($0, language) } ?? LocalWords()
  }
}

extension DiagnosticCollector {
  package func wrongType(_ node: YAMLNode, expected: String, hint: String = "", code: String = "wrong-type") {
    add(Diagnostic(code: code, at: node.place, found: node.kind, expected: expected, hint: hint))
  }

  package func text(_ node: YAMLNode) -> String? {
    if case .scalar(let text, _) = node.content { return text }
    wrongType(node, expected: "a text")
    return nil
  }

  package func texts(_ node: YAMLNode) -> [String] {
    if case .sequence(let nodes) = node.content { return nodes.compactMap { text($0) } }
    if case .scalar(let text, _) = node.content { return [text] }
    wrongType(node, expected: "a list of texts")
    return []
  }

  package func localText(_ node: YAMLNode, _ language: Language) -> LocalText {
    guard case .mapping(let entries) = node.content else {
      return text(node).map { LocalText($0, in: language) } ?? LocalText()
    }
    var result = LocalText()
    for entry in entries { self.language(entry).map { result.texts[$0] = text(entry.value) } }
    return result
  }

  package func localWords(_ node: YAMLNode, _ language: Language) -> LocalWords {
    guard case .mapping(let entries) = node.content else { return LocalWords([language: texts(node)]) }
    var result = LocalWords()
    for entry in entries { self.language(entry).map { result.words[$0] = texts(entry.value) } }
    return result
  }

  /// The language a key names, reported if there is none.
  package func language(_ entry: YAMLNode.Entry) -> Language? {
    if let language = Language(rawValue: entry.key) { return language }
    add(
      Diagnostic(
        code: "unknown-language", at: entry.keyPlace, found: "\"\(entry.key)\"",
        expected: Language.allCases.map(\.rawValue).joined(separator: " or ")))
    return nil
  }
}

extension String {
  /// `did you mean title?`, or nothing if no name is near.
  package static func didYouMean(_ word: String, among names: [String]) -> String {
    let nearest = NearMiss.nearest(to: word, among: names)
    return nearest.isEmpty ? "" : "did you mean " + nearest.joined(separator: " or ") + "?"
  }
}
