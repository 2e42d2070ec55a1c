// libyaml itself, as Yams brings it. Yams' own tree costs three quarters of the time to read a dictionary (a class, a tag
// and a hash per scalar), which every answer from the command line would pay for.
import CYaml

/// Makes a tree of libyaml's events; the only file that imports YAML.
struct YAMLComposer: ~Copyable {
  private var parser = yaml_parser_t()
  private var event = yaml_event_t()
  private let source: YAMLSource
  private var anchors: [String: YAMLNode] = [:]

  /// The bytes must outlive the composer; `close()` ends it.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ source: YAMLSource) {
    self.source = source
    yaml_parser_initialize(&parser)
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
  }

  mutating func close() {
    yaml_event_delete(&event)
    yaml_parser_delete(&parser)
  }

  /// The one document of the file; an empty file is an empty mapping.
  mutating func document() throws(Diagnostic) -> YAMLNode {
    try advance()  // the stream's start
    try advance()
    guard event.type == YAML_DOCUMENT_START_EVENT else {
      return YAMLNode(content: .mapping([]), line: 1, column: 1, source: source)
    }
    try advance()
    let root = try node()
    try advance()  // the document's end
    try advance()
    if event.type != YAML_STREAM_END_EVENT {
      throw Diagnostic(code: "bad-yaml", at: place, found: "a second document", expected: "one document in a file")
    }
    return root
  }

  // MARK: Nodes, each from its first event

  private mutating func node() throws(Diagnostic) -> YAMLNode {
    switch event.type {
    case YAML_SCALAR_EVENT: return scalar()
    case YAML_SEQUENCE_START_EVENT: return try sequence()
    case YAML_MAPPING_START_EVENT: return try mapping()
    default: return try alias()
    }
  }

  private mutating func scalar() -> YAMLNode {
    let scalar = event.data.scalar
    let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    let isBlock = scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE
    let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
    let node = YAMLNode(
      content: .scalar(text, quoted: !isPlain), line: line, column: column, source: source, isBlock: isBlock)
    remember(node, scalar.anchor)
    return node
  }

  private mutating func sequence() throws(Diagnostic) -> YAMLNode {
    let (line, column, anchor) = (line, column, name(event.data.sequence_start.anchor))
    var members: [YAMLNode] = []
    try advance()
    while event.type != YAML_SEQUENCE_END_EVENT {
      members.append(try node())
      try advance()
    }
    let node = YAMLNode(content: .sequence(members), line: line, column: column, source: source)
    if let anchor { anchors[anchor] = node }
    return node
  }

  private mutating func mapping() throws(Diagnostic) -> YAMLNode {
    let (line, column, anchor) = (line, column, name(event.data.mapping_start.anchor))
    var entries: [YAMLNode.Entry] = []
    var seen: [String: Int] = [:]
    try advance()
    while event.type != YAML_MAPPING_END_EVENT {
      let keyPlace = place
      let key = try node().scalarText ?? ""
      if let first = seen.updateValue(keyPlace.line, forKey: key) { throw duplicate(key, keyPlace, first: first) }
      try advance()
      entries.append(YAMLNode.Entry(key: key, keyPlace: keyPlace, value: try node()))
      try advance()
    }
    let node = YAMLNode(content: .mapping(entries), line: line, column: column, source: source)
    if let anchor { anchors[anchor] = node }
    return node
  }

  private func alias() throws(Diagnostic) -> YAMLNode {
    let name = name(event.data.alias.anchor) ?? ""
    if let node = anchors[name] { return node }
    throw Diagnostic(code: "bad-yaml", at: place, found: "*\(name)", expected: "an anchor &\(name) before it")
  }

  private mutating func remember(_ node: YAMLNode, _ anchor: UnsafePointer<UInt8>?) {
    if let anchor = name(anchor) { anchors[anchor] = node }
  }

  private func name(_ bytes: UnsafePointer<UInt8>?) -> String? { bytes.map { String(cString: $0) } }

  // MARK: Events and defects

  /// Columns count code points, as libyaml does.
  private var line: Int { event.start_mark.line + 1 }
  private var column: Int { event.start_mark.column + 1 }
  private var place: SourcePlace { SourcePlace(file: source.file, line: line, column: column) }

  private mutating func advance() throws(Diagnostic) {
    yaml_event_delete(&event)
    if yaml_parser_parse(&parser, &event) != 1 { throw defect() }
  }

  private func defect() -> Diagnostic {
    let problem = parser.problem.map { String(cString: $0) } ?? "no YAML"
    if parser.error == YAML_READER_ERROR { return source.badCharacter(problem, offset: parser.problem_offset) }
    let mark = parser.problem_mark
    return source.badSyntax(
      problem, line: mark.line + 1, column: mark.column + 1, context: parser.context.map { String(cString: $0) } ?? "")
  }

  private func duplicate(_ key: String, _ place: SourcePlace, first: Int) -> Diagnostic {
    Diagnostic(
      code: "duplicate-key", at: place, found: "\"\(key)\" a second time", expected: "each key once",
      hint: "it stands first on line \(first)")
  }
}

extension YAMLNode {
  fileprivate var scalarText: String? { if case .scalar(let text, _) = content { text } else { nil } }
}
