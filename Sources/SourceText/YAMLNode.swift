import Yams

/// A YAML value with its place in the file. All scalars are texts; what they should be is the reader's business.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    /// A scalar, and whether it stood in quotes (so `"null"` is a text and `null` is nothing).
    case scalar(String, quoted: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// `key: value`, in the order written.
  package struct Entry: Sendable {
    package let key: String
    package let keyPlace: SourcePlace
    package let value: YAMLNode
  }

  package let content: Content
  package let line: Int
  package let column: Int
  private let source: YAMLSource
  private let style: Style

  private enum Style { case flow, block, none }

  package var place: SourcePlace { SourcePlace(file: source.file, line: line, column: column) }

  /// Whether nothing stands there: `key:`, `~` or `null` without quotes.
  package var isNull: Bool {
    if case .scalar(let text, quoted: false) = content { ["", "~", "null", "Null", "NULL"].contains(text) } else { false }
  }

  /// What stands there, for messages: `a list`, `a mapping`, `"abc"`.
  package var kind: String {
    switch content {
    case .scalar(let text, _): isNull ? "nothing" : "\"" + (text.count > 40 ? text.prefix(40) + "…" : text) + "\""
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Reads one document. An empty file is an empty mapping.
  ///
  /// Example of a defect: `metrics.yaml:12:5: error[duplicate-key]: "gmv" stands here a second time; …`
  /// - Throws: `Diagnostic` with the place of the defect: `bad-yaml`, `tab-indent` or `duplicate-key`
  package static func parse(_ text: String, file: String) throws(Diagnostic) -> YAMLNode {
    let source = YAMLSource(file: file, text: text)
    do {
      // `Resolver.basic` keeps scalars as texts and costs no regular expressions.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        return YAMLNode(content: .mapping([]), line: 1, column: 1, source: source, style: .none)
      }
      return YAMLNode(root, source)
    } catch let error as YamlError {
      throw YAMLNode.diagnostic(error, source)
    } catch {
      throw Diagnostic(code: "bad-yaml", at: SourcePlace(file: file, line: 1), found: "\(error)")
    }
  }

  /// The entries of several mappings as one, as if they stood in one file; what is no mapping is left out.
  package static func joining(_ nodes: [YAMLNode]) -> YAMLNode {
    let entries = nodes.flatMap { node in
      if case .mapping(let entries) = node.content { entries } else { [] as [Entry] }
    }
    let source = nodes.first?.source ?? YAMLSource(file: "", text: "")
    return YAMLNode(content: .mapping(entries), line: 1, column: 1, source: source, style: .none)
  }

  /// The place of the scalar at `offset` (in code points) of this node's text, across quotes, escapes and line folds.
  package func place(atOffset offset: Int) -> SourcePlace {
    guard case .scalar(let text, _) = content else { return place }
    return source.place(of: offset, in: text, line: line, column: column, isBlock: style == .block)
  }
}

extension YAMLNode {
  private init(_ node: Node, _ source: YAMLSource) {
    (line, column, self.source) = (node.mark?.line ?? 1, node.mark?.column ?? 1, source)
    switch node {
    case .scalar(let scalar):
      style = scalar.style == .literal || scalar.style == .folded ? .block : .flow
      content = .scalar(scalar.string, quoted: scalar.style != .plain && scalar.style != .any)
    case .sequence(let sequence):
      style = .none
      content = .sequence(sequence.map { YAMLNode($0, source) })
    case .mapping(let mapping):
      style = .none
      content = .mapping(mapping.map { YAMLNode.entry($0.key, $0.value, source) })
    case .alias:
      style = .none
      content = .scalar("", quoted: false)
    }
  }

  private static func entry(_ key: Node, _ value: Node, _ source: YAMLSource) -> Entry {
    Entry(
      key: key.scalar?.string ?? "",
      keyPlace: SourcePlace(file: source.file, line: key.mark?.line ?? 1, column: key.mark?.column ?? 1),
      value: YAMLNode(value, source))
  }

  private static func diagnostic(_ error: YamlError, _ source: YAMLSource) -> Diagnostic {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      source.badSyntax(problem, line: mark.line, column: mark.column, context: context?.text ?? "")
    case .reader(let problem, let offset, _, _):
      source.badCharacter(problem, offset: offset ?? 0)
    case .duplicatedKeysInMapping(let keys, let context):
      source.duplicateKey(keys.first ?? "", line: context.mark.line, column: context.mark.column)
    default:
      Diagnostic(code: "bad-yaml", at: SourcePlace(file: source.file, line: 1), found: "\(error)")
    }
  }
}
