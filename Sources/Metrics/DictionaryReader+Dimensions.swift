import SourceText

/// `dimensions:` and `hierarchies:` → Dimension, Hierarchy
extension DictionaryReader {
  mutating func dimensions(_ root: YAMLMapping) -> [Dimension] {
    var result: [Dimension] = []
    for entry in root.entries("dimensions") where isName(entry, of: "a dimension") {
      dimension(entry).map { result.append($0) }
    }
    return result
  }

  private mutating func dimension(_ entry: YAMLNode.Entry) -> Dimension? {
    let node = YAMLMapping(entry.value, "a dimension", report)
    source.note(node, as: .dimension, entry.key)
    let found = dimensionSource(node, entry)
    var dimension = Dimension(name: entry.key, source: found ?? .column(ColumnPath([])))
    if found != nil, case .sequence(let nodes)? = node.value("column")?.content {
      dimension.others = nodes.dropFirst().compactMap { report.text($0).map { ColumnPath($0) } }
    }
    dimension.title = node.localText("title", language)
    if dimension.title.isEmpty { dimension.title = LocalText(entry.key, in: language) }
    dimension.synonyms = node.localWords("synonyms", language)
    dimension.members = node.localWords("members", language)
    dimension.verbs = node.localWords("verbs", language)
    dimension.asked = node.localWords("asked", language)
    dimension.kind = node.choice("kind") ?? defaultKind(found)
    let declared = node.value("type").flatMap { columnType($0) }
    dimension.type = declared ?? found.flatMap { type(of: $0) } ?? .text
    dimension.values = node.entries("values").map { value($0) }
    dimension.groups = node.entries("groups").map { group($0) }
    dimension.suffixes = node.texts("suffixes")
    dimension.order = node.texts("order")
    dimension.valuesNeedName = node.boolean("values_need_name") ?? false
    dimension.sensitivity = node.choice("sensitivity") ?? .internal
    dimension.place = entry.keyPlace
    node.finish()
    return found == nil ? nil : dimension
  }

  private func defaultKind(_ source: Dimension.Source?) -> Dimension.Kind {
    if case .flag = source { .flag } else { .category }
  }

  // MARK: Where its values come from

  /// Exactly one of `column`, `expression` and `flag`.
  private mutating func dimensionSource(_ node: YAMLMapping, _ entry: YAMLNode.Entry) -> Dimension.Source? {
    let keys = ["column", "expression", "flag"]
    let given = keys.filter { node.value($0) != nil }
    guard given.count == 1, let value = node.value(given[0]) else {
      add(
        "dimension-source", given.count > 1 ? node.place(given[1]) : entry.keyPlace,
        given.isEmpty ? "\(entry.key) without a source" : given.joined(separator: " and "),
        "one of column, expression and flag")
      return nil
    }
    let errorsBefore = report.diagnostics.count
    let source: Dimension.Source? =
      switch given[0] {
      case "column": columnSource(value)
      case "expression":
        formulaLanguage(value, by: entry.key, .condition) { FormulaReader.row($0, schema: $1) }.map { .expression($0) }
      default: formulaLanguage(value, by: entry.key, .condition) { FormulaReader.condition($0, schema: $1) }.map { .flag($0) }
      }
    refuseDimensions(in: value, by: entry.key)
    return report.diagnostics.count == errorsBefore ? source : nil
  }

  /// A dimension made of dimensions could run in a circle, and has no table of its own.
  private mutating func refuseDimensions(in node: YAMLNode, by owner: String) {
    while let use = source.uses.last, use.by == owner, use.relation == .condition {
      source.uses.removeLast()
      add("unqualified-column", use.place, use.name, "table.column", "a dimension cannot be built on another dimension")
    }
  }

  private func columnSource(_ node: YAMLNode) -> Dimension.Source? {
    if case .sequence(let nodes) = node.content {
      let sources = nodes.map { columnSource($0) }
      return sources.contains(nil) ? nil : sources.first ?? nil
    }
    guard let text = report.text(node) else { return nil }
    let path = ColumnPath(text)
    if path.parts.count < 2 {
      let owners = dictionary.schema.tables.filter { $0.column(text) != nil }.map { $0.name + "." + text }
      report.wrongType(
        node, expected: "table.column",
        hint: owners.isEmpty ? "" : "did you mean " + owners.joined(separator: " or ") + "?", code: "unqualified-column")
      return nil
    }
    if dictionary.schema.finestTable(of: [path]) != nil { return .column(path) }
    let start = dictionary.schema[path.head]?.name ?? dictionary.schema.tables.first?.name ?? ""
    do throws(PathFailure) { _ = try dictionary.schema.find(path, from: start) } catch {
      let failure = FormulaFailure(path, error, at: 0)
      add(failure.code, node.place, failure.found, failure.expected, failure.hint)
    }
    return nil
  }

  private func type(of source: Dimension.Source) -> ColumnType? {
    switch source {
    case .column(let path):
      guard let table = dictionary.schema.finestTable(of: [path]) else { return nil }
      return dictionary.schema.resolve(path, from: table)?.column.type
    case .flag: return .boolean
    case .expression(let row):
      guard let table = dictionary.schema.finestTable(of: row.columns) else { return nil }
      switch try? RowTyping(schema: dictionary.schema, table: table).type(of: row) {
      case .number: return .real
      case .date: return .date
      case .timestamp: return .timestamp
      case .boolean: return .boolean
      case .text, nil: return .text
      }
    }
  }

  // MARK: Names of values

  /// `华东: {synonyms: [华东区], en: [East China]}`, or a list of synonyms, or one.
  private func value(_ entry: YAMLNode.Entry) -> DimensionValue {
    guard case .mapping = entry.value.content else {
      let words = entry.value.isNull ? [] : report.texts(entry.value)
      return DimensionValue(stored: entry.key, synonyms: LocalWords([language: words]), place: entry.keyPlace)
    }
    let node = YAMLMapping(entry.value, "a value", report)
    let value = DimensionValue(
      stored: entry.key, title: node.localText("title", language), synonyms: words(node), place: entry.keyPlace)
    node.finish()
    return value
  }

  /// `江浙沪: {values: [江苏, 浙江, 上海], en: [Yangtze Delta]}`, or the list of values alone.
  private func group(_ entry: YAMLNode.Entry) -> ValueGroup {
    guard case .mapping = entry.value.content else {
      return ValueGroup(name: entry.key, values: report.texts(entry.value), place: entry.keyPlace)
    }
    let node = YAMLMapping(entry.value, "a group of values", report)
    let group = ValueGroup(name: entry.key, synonyms: words(node), values: node.texts("values"), place: entry.keyPlace)
    if !node.has("values") { _ = missing("values", entry, "a group of values") }
    node.finish()
    return group
  }

  /// `synonyms:` and the words behind a language's own key.
  private func words(_ node: YAMLMapping) -> LocalWords {
    var words = node.localWords("synonyms", language)
    for language in Language.allCases {
      let more = node.texts(language.rawValue)
      if !more.isEmpty { words.words[language] = words[language] + more }
    }
    return words
  }

  // MARK: Hierarchies

  mutating func hierarchies(_ root: YAMLMapping) -> [Hierarchy] {
    let entries = root.entries("hierarchies")
    guard let node = root.value("hierarchies") else { return [] }
    let mapping = YAMLMapping(node, "hierarchies", DiagnosticCollector())
    return entries.map { Hierarchy(name: $0.key, levels: names(mapping, $0.key, .dimension, by: $0.key, .hierarchy)) }
  }
}
