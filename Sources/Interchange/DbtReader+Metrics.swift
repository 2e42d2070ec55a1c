import SourceText

extension DbtReader {
  mutating func readMetric(_ node: ForeignMapping) {
    guard let name = node.text("name") else { return }
    let kind = (node.text("type") ?? "simple").lowercased()
    let parameters = node.mapping("type_params", "metric \(name)") ?? node
    var metric = DbtMetric(name: name, kind: .unknown(kind), place: node.place)
    metric.label = node.text("label")
    metric.description = node.text("description") ?? ""
    metric.filters = filters(node)
    // The unit of time that is shown if none is asked for: questions here name theirs.
    if node.text("time_granularity") != nil {
      report.add(.notCarried(node.place, "time_granularity of metric \(name)", "a question names its unit of time"))
    }
    node.skip("config", "meta")
    if let found = self.kind(kind, parameters, name) { metric.kind = found }
    if parameters !== node { parameters.finish() }
    node.finish()
    project.metrics.append(metric)
  }

  private func kind(_ kind: String, _ node: ForeignMapping, _ name: String) -> DbtMetric.Kind? {
    switch kind {
    case "simple":
      if node.text("agg") == nil { return measureInput(node.value("measure")).map { .simple($0) } }
      // The measure of its own, which `readSemanticModel` reads.
      node.skip("expr", "agg_time_dimension", "percentile", "percentile_type", "non_additive_dimension")
      var input = DbtMeasureInput(name: name, place: node.place)
      (input.fill, input.joinsSpine) = (node.text("fill_nulls_with"), node.flag("join_to_timespine"))
      return .simple(input)
    case "ratio":
      guard let above = metricInput(node.value("numerator")), let below = metricInput(node.value("denominator")) else { return nil }
      return .ratio(above, below)
    case "derived":
      return node.text("expr").map { .derived($0, (node.list("metrics") + node.list("input_metrics")).compactMap { metricInput($0) }) }
    case "cumulative":
      let more = node.mapping("cumulative_type_params", "metric \(name)")
      defer { more?.finish() }
      let (window, toDate) = (node.text("window") ?? more?.text("window"), node.text("grain_to_date") ?? more?.text("grain_to_date"))
      return (measureInput(node.value("measure")) ?? measureInput(node.value("input_metric"), isMetric: true)).map {
        .cumulative($0, window: window, toDate: toDate, overUnits: more?.text("period_agg") ?? node.text("period_agg"))
      }
    case "conversion": return conversion(node, name).map { .conversion($0) }
    default: return nil
    }
  }

  private func conversion(_ node: ForeignMapping, _ name: String) -> DbtConversion? {
    let inner = node.mapping("conversion_type_params", "metric \(name)")
    let part = inner ?? node
    guard let base = measureInput(part.value("base_measure")) ?? measureInput(part.value("base_metric"), isMetric: true),
      let conversion = measureInput(part.value("conversion_measure")) ?? measureInput(part.value("conversion_metric"), isMetric: true),
      let entity = part.text("entity")
    else { return nil }
    defer { inner?.finish() }
    var found = DbtConversion(
      base: base, conversion: conversion, entity: entity, window: part.text("window"),
      calculation: part.text("calculation") ?? "conversion_rate")
    for pair in part.list("constant_properties") {
      let properties = ForeignMapping(pair, "constant property", report)
      if let a = properties.text("base_property"), let b = properties.text("conversion_property") { found.constants.append((a, b)) }
      properties.finish()
    }
    return found
  }

  // MARK: Inputs

  func measureInput(_ node: YAMLNode?, isMetric: Bool = false) -> DbtMeasureInput? {
    guard let node else { return nil }
    if case .scalar(let name, _) = node.content { return DbtMeasureInput(name: name, isMetric: isMetric, place: node.place) }
    let mapping = ForeignMapping(node, "measure of a metric", report)
    defer { mapping.finish() }
    mapping.skip("alias")
    return mapping.text("name").map {
      DbtMeasureInput(
        name: $0, filters: filters(mapping), fill: mapping.text("fill_nulls_with"), joinsSpine: mapping.flag("join_to_timespine"),
        isMetric: isMetric, place: node.place)
    }
  }

  func metricInput(_ node: YAMLNode?) -> DbtMetricInput? {
    guard let node else { return nil }
    if case .scalar(let name, _) = node.content { return DbtMetricInput(name: name, place: node.place) }
    let mapping = ForeignMapping(node, "metric of a metric", report)
    defer { mapping.finish() }
    return mapping.text("name").map {
      DbtMetricInput(
        name: $0, alias: mapping.text("alias"), filters: filters(mapping), offset: mapping.text("offset_window"),
        startOf: mapping.text("offset_to_grain"), place: node.place)
    }
  }

  private func filters(_ node: ForeignMapping) -> [DbtFilter] {
    node.list("filter").compactMap { if case .scalar(let text, _) = $0.content { DbtFilter(text: text, place: $0.place) } else { nil } }
  }
}
