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
  let source: YAMLSource
  private let isBlock: Bool

  init(content: Content, line: Int, column: Int, source: YAMLSource, isBlock: Bool = false) {
    (self.content, self.line, self.column, self.source, self.isBlock) = (content, line, column, source, isBlock)
  }

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
    var text = text
    return try text.withUTF8 { bytes -> Result<YAMLNode, Diagnostic> in
      var composer = YAMLComposer(bytes, source)
      defer { composer.close() }
      do throws(Diagnostic) { return .success(try composer.document()) } catch { return .failure(error) }
    }.get()
  }

  /// The entries of several mappings as one, as if they stood in one file; what is no mapping is left out.
  package static func joining(_ nodes: [YAMLNode]) -> YAMLNode {
    let entries = nodes.flatMap { node in
      if case .mapping(let entries) = node.content { entries } else { [] as [Entry] }
    }
    let source = nodes.first?.source ?? YAMLSource(file: "", text: "")
    return YAMLNode(content: .mapping(entries), line: 1, column: 1, source: source)
  }

  /// The place of the scalar at `offset` (in code points) of this node's text, across quotes, escapes and line folds.
  package func place(atOffset offset: Int) -> SourcePlace {
    guard case .scalar(let text, _) = content else { return place }
    return source.place(of: offset, in: text, line: line, column: column, isBlock: isBlock)
  }
}
