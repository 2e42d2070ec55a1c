import SourceText

/// The newer form of dbt's YAML: what is said of a model of dbt makes it a semantic model, and simple metrics aggregate by themselves.
extension DbtReader {
  /// A model of dbt that says it is a semantic model.
  mutating func readSemanticModel(_ name: String, _ node: ForeignMapping, _ columns: [ForeignMapping]) {
    var model = DbtModel(name: name, table: name, place: node.place)
    if let said = node.value("semantic_model"), case .mapping = said.content {
      let said = ForeignMapping(said, "semantic model \(name)", report)
      model.name = said.text("name") ?? name
      said.skip("enabled", "config", "group", "label", "description")
      said.finish()
    }
    model.description = node.text("description") ?? ""
    model.primaryEntity = node.text("primary_entity")
    model.time = node.text("agg_time_dimension")
    for column in columns { readColumn(column, &model) }
    if let derived = node.mapping("derived_semantics", "model \(name)") {
      model.entities += derived.list("entities").compactMap { entity(ForeignMapping($0, "entity of \(name)", report)) }
      model.dimensions += derived.list("dimensions").compactMap { dimension(ForeignMapping($0, "dimension of \(name)", report)) }
      derived.finish()
    }
    for member in node.list("metrics") {
      let metric = ForeignMapping(member, "metric", report)
      if metric.text("agg") != nil, let measure = measure(ofMetric: metric) { model.measures.append(measure) }
      readMetric(metric)
    }
    project.models.append(model)
  }

  /// What a column is: an entity, a dimension, both, or nothing of interest.
  private func readColumn(_ node: ForeignMapping, _ model: inout DbtModel) {
    guard let column = node.text("name") else { return }
    node.skip("description", "data_type", "tests", "data_tests", "meta", "config", "constraints", "quote", "tags")
    let grain = (node.text("granularity") ?? "day").lowercased()
    if let said = node.value("entity") {
      let part = ForeignMapping(said, "entity of \(model.name)", report)
      let type = scalar(said) ?? part.text("type") ?? "foreign"
      part.skip("description", "label", "config")
      let kind = DbtEntity.Kind(rawValue: type.lowercased()) ?? .foreign
      model.entities.append(DbtEntity(name: part.text("name") ?? column, kind: kind, expr: column, place: said.place))
      if scalar(said) == nil { part.finish() }
    }
    if let said = node.value("dimension") {
      let part = ForeignMapping(said, "dimension of \(model.name)", report)
      let type = scalar(said) ?? part.text("type") ?? "categorical"
      part.skip("description", "config")
      var dimension = DbtDimension(
        name: part.text("name") ?? column, isTime: type.lowercased() == "time", grain: grain, expr: column, label: part.text("label"), place: said.place)
      dimension.isPartition = part.flag("is_partition")
      dimension.validity = validity(part)
      if scalar(said) == nil { part.finish() }
      model.dimensions.append(dimension)
    }
    node.finish()
  }

  private func scalar(_ node: YAMLNode) -> String? { if case .scalar(let text, _) = node.content { text } else { nil } }

  /// `validity_params: {is_start: true}`
  func validity(_ node: ForeignMapping) -> DbtDimension.Validity? {
    guard let validity = node.mapping("validity_params", "a dimension") else { return nil }
    defer { validity.finish() }
    return validity.flag("is_start") ? .start : validity.flag("is_end") ? .end : nil
  }

  /// A simple metric that says how it aggregates: its measure bears its name.
  private func measure(ofMetric node: ForeignMapping) -> DbtMeasure? {
    guard let name = node.text("name"), let agg = node.text("agg") else { return nil }
    var measure = DbtMeasure(name: name, agg: agg.lowercased(), expr: node.text("expr") ?? name, place: node.place)
    measure.time = node.text("agg_time_dimension")
    measure.percentile = node.text("percentile").flatMap { Double($0) }
    measure.isDiscrete = node.text("percentile_type")?.lowercased() == "discrete"
    if let part = node.mapping("non_additive_dimension", "metric \(name)"), let dimension = part.text("name") {
      measure.nonAdditive = DbtMeasure.NonAdditive(
        dimension: dimension, isLast: (part.text("window_agg") ?? part.text("window_choice"))?.lowercased() != "min",
        per: part.texts("group_by") + part.texts("window_groupings"))
      part.finish()
    }
    return measure
  }

  /// Inputs that name simple metrics take in what those say: their filters, and what they are filled with.
  mutating func resolveMetricInputs() {
    let simple = Dictionary(
      project.metrics.compactMap { metric -> (String, DbtMeasureInput)? in
        guard case .simple(var input) = metric.kind else { return nil }
        input.filters += metric.filters
        return (metric.name, input)
      }, uniquingKeysWith: { a, _ in a })
    func resolved(_ input: DbtMeasureInput) -> DbtMeasureInput {
      guard input.isMetric, var found = simple[input.name] else { return input }
      found.filters += input.filters
      found.fill = input.fill ?? found.fill
      found.joinsSpine = input.joinsSpine || found.joinsSpine
      return found
    }
    for index in project.metrics.indices {
      switch project.metrics[index].kind {
      case .cumulative(let input, let window, let toDate, let overUnits):
        project.metrics[index].kind = .cumulative(resolved(input), window: window, toDate: toDate, overUnits: overUnits)
      case .conversion(var conversion):
        (conversion.base, conversion.conversion) = (resolved(conversion.base), resolved(conversion.conversion))
        project.metrics[index].kind = .conversion(conversion)
      case .simple, .ratio, .derived, .unknown: continue
      }
    }
  }
}
