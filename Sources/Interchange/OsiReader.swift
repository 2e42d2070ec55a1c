import SourceText

/// Reads the YAML of Open Semantic Interchange 1.0, and what later drafts add to it; what it passes over goes into the report.
struct OsiReader {
  let report: DiagnosticCollector
  var model: OsiModel?

  mutating func read(_ root: YAMLNode) {
    let file = ForeignMapping(root, "the file", report)
    file.skip("version")
    for node in file.list("semantic_model") {
      let node = ForeignMapping(node, "semantic model", report)
      guard model == nil else {
        report.add(.notCarried(node.place, "semantic model \(node.text("name") ?? "")", "a dataset is one semantic model; import it into a folder of its own"))
        continue
      }
      read(node)
    }
    file.finish()
  }

  private mutating func read(_ node: ForeignMapping) {
    var model = OsiModel()
    model.name = node.text("name") ?? ""
    model.description = node.text("description") ?? ""
    let what = "semantic model \(model.name)"
    _ = context(node, what, takesSynonyms: false)
    _ = extensions(node, what)
    for dataset in node.list("datasets") { dataset_(dataset, &model) }
    model.relationships = node.list("relationships").compactMap { relationship(ForeignMapping($0, "relationship", report)) }
    model.metrics += node.list("metrics").compactMap { metric(ForeignMapping($0, "metric", report), of: nil) }
    node.finish()
    self.model = model
  }

  private func dataset_(_ node: YAMLNode, _ model: inout OsiModel) {
    let node = ForeignMapping(node, "dataset", report)
    defer { node.finish() }
    guard let name = node.text("name") else { return lost(node.place, "a dataset", "it has no name") }
    let what = "dataset \(name)"
    var dataset = OsiDataset(name: name, table: name, place: node.place)
    if let source = node.text("source") { dataset.table = table(source, of: dataset) }
    dataset.key = node.texts("primary_key")
    dataset.unique = node.list("unique_keys").map { key in
      if case .sequence(let members) = key.content { return members.compactMap(Self.text) }
      return [Self.text(key)].compactMap { $0 }
    }
    dataset.description = node.text("description") ?? ""
    _ = context(node, what, takesSynonyms: false)
    dataset.time = extensions(node, what)?.text("time")
    dataset.fields = node.list("fields").compactMap { field(ForeignMapping($0, "field of \(name)", report), of: name) }
    model.metrics += node.list("metrics").compactMap { metric(ForeignMapping($0, "metric of \(name)", report), of: name) }
    model.datasets.append(dataset)
  }

  /// The table that a source names; schemas have no place in one SQLite file or folder.
  private func table(_ source: String, of dataset: OsiDataset) -> String {
    let parts = source.split(separator: ".").map(String.init)
    guard let last = parts.last, parts.allSatisfy(DbtImport.isColumn) else {
      lost(dataset.place, "source of dataset \(dataset.name): \(source)", "a table is read, no query; make a view or a file \(dataset.name)")
      return dataset.name
    }
    if parts.count > 1 {
      lost(dataset.place, "\(parts.dropLast().joined(separator: ".")) in the source of dataset \(dataset.name)", "tables are told by their names alone")
    }
    if last != dataset.name { lost(dataset.place, "the name of dataset \(dataset.name)", "its table is called \(last) here") }
    return last
  }

  private func field(_ node: ForeignMapping, of dataset: String) -> OsiField? {
    defer { node.finish() }
    guard let name = node.text("name"), isName(name, node.place, "field"), let expression = expression(node, "field \(dataset).\(name)") else { return nil }
    let what = "field \(dataset).\(name)"
    var field = OsiField(name: name, expression: expression, place: node.place)
    if let dimension = node.mapping("dimension", what) {
      field.isDimension = true
      field.isTime = dimension.flag("is_time")
      dimension.finish()
    }
    field.label = node.text("label")
    field.description = node.text("description") ?? ""
    field.synonyms = context(node, what, takesSynonyms: true)
    field.type = extensions(node, what)?.text("type") ?? node.text("datatype").flatMap { type($0, what, node.place, &field) }
    return field
  }

  private func type(_ name: String, _ what: String, _ place: SourcePlace, _ field: inout OsiField) -> String? {
    switch name {
    case "String": return "text"
    case "Integer": return "integer"
    case "Float", "Decimal": return "real"
    case "Boolean": return "boolean"
    case "Date", "DateTime", "DateTimeTz":
      field.isTime = true
      return name == "Date" ? "date" : "timestamp"
    default:
      lost(place, "datatype \(name) of \(what)", "it is taken as text")
      return "text"
    }
  }

  private func relationship(_ node: ForeignMapping) -> OsiRelationship? {
    defer { node.finish() }
    guard let name = node.text("name"), let from = node.text("from"), let to = node.text("to") else {
      lost(node.place, "a relationship", "it needs name, from and to")
      return nil
    }
    _ = context(node, "relationship \(name)", takesSynonyms: false)
    _ = extensions(node, "relationship \(name)")
    let (here, there) = (node.texts("from_columns"), node.texts("to_columns"))
    guard !here.isEmpty, here.count == there.count else {
      lost(node.place, "relationship \(name)", "from_columns and to_columns must be as many")
      return nil
    }
    return OsiRelationship(name: name, from: from, to: to, fromColumns: here, toColumns: there, place: node.place)
  }

  private func metric(_ node: ForeignMapping, of dataset: String?) -> OsiMetric? {
    defer { node.finish() }
    guard let name = node.text("name"), isName(name, node.place, "metric"), let expression = expression(node, "metric \(name)") else { return nil }
    // What it gives is derived from its formula.
    node.skip("datatype")
    var metric = OsiMetric(name: name, expression: expression, dataset: dataset, place: node.place)
    metric.description = node.text("description") ?? ""
    metric.synonyms = context(node, "metric \(name)", takesSynonyms: true)
    _ = extensions(node, "metric \(name)")
    return metric
  }

  private func isName(_ name: String, _ place: SourcePlace, _ what: String) -> Bool {
    if DbtImport.isColumn(name) { return true }
    lost(place, "\(what) \(name)", "a name here is of letters, digits and _")
    return false
  }

  // MARK: Parts

  /// The ANSI SQL of an expression, written with `dialects`, as a list, or as a text.
  private func expression(_ node: ForeignMapping, _ what: String) -> String? {
    guard let value = node.value("expression") else {
      lost(node.place, what, "it has no expression")
      return nil
    }
    var members: [YAMLNode] = []
    switch value.content {
    case .scalar(let text, _): return text.trimmed
    case .sequence(let items): members = items
    default:
      let mapping = ForeignMapping(value, "the expression of \(what)", report)
      members = mapping.list("dialects")
      mapping.finish()
    }
    var found: String?
    for member in members {
      let part = ForeignMapping(member, "an expression of \(what)", report)
      defer { part.finish() }
      let (dialect, text) = (part.text("dialect") ?? "ANSI_SQL", part.text("expression"))
      if dialect == "ANSI_SQL", found == nil { found = text } else { lost(part.place, "the \(dialect) expression of \(what)", "the ANSI_SQL one is read") }
    }
    if found == nil { lost(node.place, what, "it has no ANSI_SQL expression") }
    return found
  }

  /// The synonyms of an `ai_context`; the rest of it is told.
  private func context(_ node: ForeignMapping, _ what: String, takesSynonyms: Bool) -> [String] {
    guard let value = node.value("ai_context") else { return [] }
    guard case .mapping = value.content else {
      lost(value.place, "ai_context of \(what)", "a text that no rule can read")
      return []
    }
    let context = ForeignMapping(value, "ai_context of \(what)", report)
    defer { context.finish() }
    let synonyms = context.texts("synonyms")
    if takesSynonyms || synonyms.isEmpty { return synonyms }
    lost(value.place, "synonyms of \(what)", "only dimensions and metrics have other names")
    return []
  }

  /// What Wenshu itself added; extensions of others are told.
  private func extensions(_ node: ForeignMapping, _ what: String) -> ForeignMapping? {
    var own: ForeignMapping?
    for member in node.list("custom_extensions") {
      let part = ForeignMapping(member, "an extension of \(what)", report)
      let vendor = part.text("vendor_name") ?? ""
      if vendor == "COMMON", let data = part.text("data"), let root = try? YAMLNode.parse(data, file: node.place.file),
        case .mapping(let entries) = root.content, entries.count == 1, entries[0].key == "wenshu"
      {
        own = ForeignMapping(entries[0].value, "an extension of \(what)", report)
      } else {
        lost(part.place, "the \(vendor) extension of \(what)", "it belongs to another tool")
      }
    }
    return own
  }

  private func lost(_ place: SourcePlace?, _ what: String, _ why: String) { report.add(.notCarried(place, what, why)) }

  private static func text(_ node: YAMLNode) -> String? { if case .scalar(let text, _) = node.content { text } else { nil } }
}
