import SourceText

/// Reads semantic models, metrics and time spines of dbt's YAML; what it passes over goes into the report.
struct DbtReader {
  let report: DiagnosticCollector
  var project = DbtProject()

  mutating func read(_ root: YAMLNode) {
    let file = ForeignMapping(root, "the file", report)
    file.skip("version", "model", "docs")
    for node in file.list("semantic_models") { readModel(ForeignMapping(node, "semantic model", report)) }
    for node in file.list("metrics") { readMetric(ForeignMapping(node, "metric", report)) }
    if let project = file.mapping("project_configuration", "the project's configuration") {
      for node in project.list("time_spines") { readSpine(ForeignMapping(node, "time spine", report)) }
      for node in project.list("time_spine_table_configurations") { readOldSpine(ForeignMapping(node, "time spine", report)) }
      project.finish()
    }
    for node in file.list("models") { readTableModel(ForeignMapping(node, "model", report)) }
    for node in file.list("saved_queries") {
      let query = ForeignMapping(node, "saved query", report)
      report.add(.notCarried(query.place, "saved query \(query.text("name") ?? "")", "ask it, or keep it as a line of a questions file"))
    }
    file.finish()
  }

  // MARK: Time spines

  private mutating func readSpine(_ node: ForeignMapping) {
    let relation = node.mapping("node_relation", "time spine")
    let primary = node.mapping("primary_column", "time spine")
    guard let table = relation?.text("alias"), let column = primary?.text("name") else { return }
    add(table, column, primary?.text("time_granularity") ?? "day", custom: node.list("custom_granularities"), node.place)
    relation?.skip("schema_name", "database", "relation_name")
    for part in [relation, primary, node] { part?.finish() }
  }

  private mutating func readOldSpine(_ node: ForeignMapping) {
    guard let location = node.text("location"), let column = node.text("column_name") else { return }
    let table = location.split(separator: ".").last.map(String.init) ?? location
    add(table, column, node.text("grain") ?? "day", custom: [], node.place)
    node.finish()
  }

  /// A model of dbt that says it is a time spine or a semantic model.
  private mutating func readTableModel(_ node: ForeignMapping) {
    guard let name = node.text("name") else { return }
    node.skip("description", "config", "tests", "data_tests", "meta", "docs")
    let columns = node.list("columns").map { ForeignMapping($0, "column of \(name)", report) }
    let isSemantic = node.value("semantic_model").map { said in
      if case .scalar(let text, _) = said.content { return text == "true" }
      return ForeignMapping(said, "", report).text("enabled") != "false"
    } ?? false
    let spine = node.mapping("time_spine", "time spine")
    if let spine, let column = spine.text("standard_granularity_column") {
      let grain = columns.first { $0.text("name") == column }?.text("granularity") ?? "day"
      add(name, column, grain, custom: spine.list("custom_granularities"), node.place)
      spine.finish()
    }
    if isSemantic { readSemanticModel(name, node, columns) }
    if !isSemantic, spine == nil {
      report.add(.notCarried(node.place, "model \(name)", "tables are told by the semantic models over them"))
      return
    }
    node.finish()
  }

  private mutating func add(_ table: String, _ column: String, _ grain: String, custom: [YAMLNode], _ place: SourcePlace) {
    let units = custom.compactMap { node -> (name: String, column: String)? in
      let unit = ForeignMapping(node, "custom granularity", report)
      defer { unit.finish() }
      return unit.text("name").map { ($0, unit.text("column_name") ?? $0) }
    }
    if let index = project.spines.firstIndex(where: { $0.table == table }) {
      project.spines[index].units += units.filter { new in !project.spines[index].units.contains { $0.name == new.name } }
    } else {
      project.spines.append(DbtSpine(table: table, column: column, grain: grain.lowercased(), units: units, place: place))
    }
  }

  // MARK: Semantic models

  private mutating func readModel(_ node: ForeignMapping) {
    guard let name = node.text("name") else { return }
    let relation = node.mapping("node_relation", "semantic model \(name)")
    var model = DbtModel(name: name, table: relation?.text("alias") ?? reference(node.text("model")) ?? name, place: node.place)
    relation?.skip("schema_name", "database", "relation_name")
    relation?.finish()
    model.description = node.text("description") ?? ""
    model.primaryEntity = node.text("primary_entity")
    let defaults = node.mapping("defaults", "semantic model \(name)")
    model.time = defaults?.text("agg_time_dimension")
    defaults?.finish()
    model.entities = node.list("entities").compactMap { entity(ForeignMapping($0, "entity of \(name)", report)) }
    model.dimensions = node.list("dimensions").compactMap { dimension(ForeignMapping($0, "dimension of \(name)", report)) }
    model.measures = node.list("measures").compactMap { measure(ForeignMapping($0, "measure of \(name)", report)) }
    node.skip("label", "config", "meta")
    node.finish()
    project.models.append(model)
  }

  /// `ref('orders')` is orders.
  private func reference(_ text: String?) -> String? {
    guard let text, text.hasPrefix("ref("), let quoted = text.split(whereSeparator: { "'\"".contains($0) }).dropFirst().first else {
      return text
    }
    return String(quoted)
  }

  func entity(_ node: ForeignMapping) -> DbtEntity? {
    guard let name = node.text("name") else { return nil }
    defer { node.finish() }
    node.skip("description", "label", "role", "config")
    let kind = DbtEntity.Kind(rawValue: (node.text("type") ?? "foreign").lowercased()) ?? .foreign
    return DbtEntity(name: name, kind: kind, expr: node.text("expr") ?? name, place: node.place)
  }

  func dimension(_ node: ForeignMapping) -> DbtDimension? {
    guard let name = node.text("name") else { return nil }
    defer { node.finish() }
    node.skip("description", "config")
    let isTime = node.text("type")?.lowercased() == "time"
    var dimension = DbtDimension(name: name, isTime: isTime, expr: node.text("expr") ?? name, label: node.text("label"), place: node.place)
    dimension.isPartition = node.flag("is_partition")
    if let grain = node.text("granularity") { dimension.grain = grain.lowercased() }
    dimension.validity = validity(node)
    if let time = node.mapping("type_params", "dimension \(name)") {
      dimension.grain = (time.text("time_granularity") ?? "day").lowercased()
      dimension.validity = validity(time) ?? dimension.validity
      time.finish()
    }
    return dimension
  }

  private func measure(_ node: ForeignMapping) -> DbtMeasure? {
    guard let name = node.text("name") else { return nil }
    defer { node.finish() }
    node.skip("config", "meta")
    var measure = DbtMeasure(
      name: name, agg: (node.text("agg") ?? "sum").lowercased(), expr: node.text("expr") ?? name, place: node.place)
    measure.time = node.text("agg_time_dimension")
    measure.label = node.text("label")
    measure.description = node.text("description") ?? ""
    measure.createsMetric = node.flag("create_metric")
    if let part = node.mapping("agg_params", "measure \(name)") {
      measure.percentile = part.text("percentile").flatMap { Double($0) }
      measure.isDiscrete = part.flag("use_discrete_percentile")
      measure.isApproximate = part.flag("use_approximate_percentile")
      part.finish()
    }
    if let part = node.mapping("non_additive_dimension", "measure \(name)"), let dimension = part.text("name") {
      measure.nonAdditive = DbtMeasure.NonAdditive(
        dimension: dimension, isLast: part.text("window_choice")?.lowercased() != "min", per: part.texts("window_groupings"))
      part.finish()
    }
    return measure
  }
}
