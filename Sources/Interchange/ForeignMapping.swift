import SourceText

/// Reads a mapping of another tool's format; what nobody asked for is told as not carried.
final class ForeignMapping {
  let node: YAMLNode
  private let report: DiagnosticCollector
  private let what: String
  private let entries: [YAMLNode.Entry]
  private var asked: Set<String> = []

  /// `what` names the mapping in messages: "metric revenue".
  init(_ node: YAMLNode, _ what: String, _ report: DiagnosticCollector) {
    (self.node, self.what, self.report) = (node, what, report)
    if case .mapping(let entries) = node.content { self.entries = entries } else { entries = [] }
  }

  var place: SourcePlace { node.place }

  /// The value behind a key; nil if it is missing or nothing.
  func value(_ key: String) -> YAMLNode? {
    asked.insert(key)
    guard let entry = entries.first(where: { $0.key == key }), !entry.value.isNull else { return nil }
    return entry.value
  }

  func text(_ key: String) -> String? {
    guard let node = value(key), case .scalar(let text, _) = node.content else { return nil }
    return text.trimmed
  }

  func flag(_ key: String) -> Bool { ["true", "yes", "True"].contains(text(key) ?? "") }

  func list(_ key: String) -> [YAMLNode] {
    guard let node = value(key) else { return [] }
    if case .sequence(let members) = node.content { return members }
    return [node]
  }

  func texts(_ key: String) -> [String] {
    list(key).compactMap { if case .scalar(let text, _) = $0.content { text } else { nil } }
  }

  func mapping(_ key: String, _ what: String) -> ForeignMapping? { value(key).map { ForeignMapping($0, what, report) } }

  /// Passes over keys that change no number.
  func skip(_ keys: String...) { asked.formUnion(keys) }

  /// Tells each key that was not asked for.
  func finish() {
    for entry in entries where !asked.contains(entry.key) && !entry.value.isNull {
      report.add(.notCarried(entry.keyPlace, "\(entry.key) of \(what)", "no such thing here"))
    }
  }
}

extension Diagnostic {
  /// A construct of another tool that has no place in the dictionary that is written.
  static func notCarried(_ place: SourcePlace?, _ found: String, _ why: String) -> Diagnostic {
    Diagnostic(.warning, code: "not-carried", at: place, found: found, hint: why)
  }
}

extension String {
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
