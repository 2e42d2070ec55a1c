import CivilTime
import SourceText

extension DbtImport {
  func metricsText() -> String {
    var metrics: [ImportedMetric] = []
    for model in project.models {
      for measure in model.measures where measure.createsMetric && !project.metrics.contains(where: { $0.name == measure.name }) {
        let input = DbtMeasureInput(name: measure.name, place: measure.place)
        if var metric = simple(measure.name, input, [], nil) {
          metric.title = measure.label
          metrics.append(metric)
        }
      }
    }
    for metric in project.metrics {
      guard var written = self.metric(metric) else { continue }
      written.title = metric.label
      if metric.description != metric.name { written.means = metric.description }
      metrics.append(written)
    }
    // What stands on a metric that could not be carried cannot be either.
    var isWhole = false
    while !isWhole {
      let names = Set(metrics.map(\.name))
      let kept = metrics.filter { metric in
        guard let source = project.metrics.first(where: { $0.name == metric.name }) else { return true }
        let missing = Self.inputs(of: source).filter { !names.contains($0) }
        if !missing.isEmpty { lost(source.place, "metric \(metric.name)", "it is computed from \(missing.joined(separator: ", "))") }
        return missing.isEmpty
      }
      isWhole = kept.count == metrics.count
      metrics = kept
    }
    return DictionaryText.metrics(metrics)
  }

  private static func inputs(of metric: DbtMetric) -> [String] {
    switch metric.kind {
    case .ratio(let a, let b): [a.name, b.name]
    case .derived(_, let inputs): inputs.map(\.name)
    case .simple, .cumulative, .conversion, .unknown: []
    }
  }

  // MARK: Kinds

  private func metric(_ metric: DbtMetric) -> ImportedMetric? {
    switch metric.kind {
    case .simple(let input): return simple(metric.name, input, metric.filters, nil)
    case .cumulative(let input, let window, let toDate, let overUnits):
      return simple(metric.name, input, metric.filters, .some((window, toDate, overUnits, metric.place)))
    case .ratio(let above, let below):
      guard let above = operand(above, metric), let below = operand(below, metric) else { return nil }
      return ImportedMetric(name: metric.name, formula: "\(above) / \(below)")
    case .derived(let text, let inputs): return derived(metric, text, inputs)
    case .conversion(let conversion): return self.conversion(metric, conversion)
    case .unknown(let kind):
      lost(metric.place, "metric \(metric.name) of type \(kind)", "the type is not known, or its inputs are missing")
      return nil
    }
  }

  typealias Window = (window: String?, toDate: String?, overUnits: String?, place: SourcePlace)

  func found(_ input: DbtMeasureInput) -> (DbtModel, DbtMeasure)? {
    for model in project.models {
      if let measure = model.measures.first(where: { $0.name == input.name }) { return (model, measure) }
    }
    lost(input.place, "measure \(input.name)", "no semantic model has it")
    return nil
  }

  private func simple(_ name: String, _ input: DbtMeasureInput, _ filters: [DbtFilter], _ window: Window?) -> ImportedMetric? {
    guard let (model, measure) = found(input), let conditions = conditions(input.filters + filters, name, model, measure),
      let aggregate = aggregate(measure, of: model, conditions)
    else { return nil }
    var metric = ImportedMetric(name: name, formula: aggregate)
    if let time = measure.time, time != model.time, let column = model.dimension(time)?.expr, Self.isColumn(column) {
      metric.time = "\(model.table).\(column)"
    }
    metric.showsGaps = input.joinsSpine
    if let fill = input.fill {
      metric.isZeroFilled = fill == "0"
      if fill != "0" { lost(input.place, "fill_nulls_with: \(fill) of metric \(name)", "nothing but 0 is filled in") }
    }
    guard let window else { return metric }
    if let length = window.window {
      guard let length = self.length(length, name, window.place) else { return nil }
      metric.formula = "rolling(\(aggregate), \(length))"
    } else {
      metric.formula = "to_date(\(aggregate), \(window.toDate ?? "all"))"
    }
    if let grain = window.toDate, Grain(rawValue: grain) == nil {
      lost(window.place, "metric \(name)", "\(grain) is no unit of time here")
      return nil
    }
    // There, the first day's value stands for a month if nothing else is said.
    metric.overUnits = window.overUnits ?? "first"
    if !["first", "last", "average"].contains(metric.overUnits!) {
      lost(window.place, "period_agg: \(metric.overUnits!) of metric \(name)", "no such way to put days together")
      metric.overUnits = nil
    }
    return metric
  }

  /// `2 month`, `14 days`
  func length(_ text: String, _ name: String, _ place: SourcePlace) -> String? {
    let parts = text.split(separator: " ").map(String.init)
    if parts.count == 2, let count = Int(parts[0]) {
      let unit = parts[1].hasSuffix("s") ? String(parts[1].dropLast()) : parts[1]
      if Grain(rawValue: unit) != nil { return "\(count) \(unit)\(count == 1 ? "" : "s")" }
    }
    lost(place, "\(text) of metric \(name)", "windows are of hours, days, weeks, months, quarters and years")
    return nil
  }

  // MARK: Measures

  /// `sum(fct_bookings.booking_value where booking__is_instant = 1)`
  private func aggregate(_ measure: DbtMeasure, of model: DbtModel, _ conditions: [String]) -> String? {
    func lost(_ why: String) -> String? {
      self.lost(measure.place, "measure \(measure.name): \(measure.agg)(\(measure.expr))", why)
      return nil
    }
    let table = tables.first { $0.name == model.table }
    let columns = Set(table?.columns.map(\.name) ?? [])
    let writer = DbtExpressions(column: { columns.contains($0) ? "\(model.table).\($0)" : nil }, template: { _ in nil })
    guard let fragment = SQLFragment(measure.expr) else { return lost("the formula language cannot say it") }
    let `where` = conditions.isEmpty ? "" : " where " + conditions.joined(separator: " and ")
    let isConstant: Bool = if case .number = fragment { true } else { false }
    if measure.agg == "count", isConstant || fragment == .name("*") { return "count(\(model.table)\(`where`))" }
    if measure.agg == "sum", fragment == .number(1) { return "count(\(model.table)\(`where`))" }
    if isConstant { return lost("an aggregate of a number alone") }
    if measure.agg == "sum_boolean" || measure.agg == "count" {
      let test = measure.agg == "count" ? SQLFragment.missing(fragment, negated: true) : fragment
      return writer.condition(test).map { "sum(if(\($0), 1, 0)\(`where`))" } ?? lost("the formula language cannot say it")
    }
    guard let row = writer.row(fragment) else { return lost("the formula language cannot say it") }
    if let nonAdditive = measure.nonAdditive { return snapshot(measure, nonAdditive, model, row, `where`) }
    switch measure.agg {
    case "sum", "min", "max", "median": return "\(measure.agg)(\(row)\(`where`))"
    case "average", "avg": return "avg(\(row)\(`where`))"
    case "count_distinct": return "count(distinct \(row)\(`where`))"
    case "percentile":
      guard let part = measure.percentile else { return lost("it does not say which percentile") }
      if measure.isApproximate { self.lost(measure.place, "use_approximate_percentile of measure \(measure.name)", "it is computed exactly") }
      return "percentile(\(row), \(part)\(measure.isDiscrete ? ", discrete" : "")\(`where`))"
    default: return lost("no such aggregate here")
    }
  }

  private func snapshot(
    _ measure: DbtMeasure, _ nonAdditive: DbtMeasure.NonAdditive, _ model: DbtModel, _ row: String, _ `where`: String
  ) -> String? {
    guard measure.agg == "sum", let time = model.dimension(nonAdditive.dimension), time.name == (measure.time ?? model.time),
      let grain = Grain(rawValue: time.grain)
    else {
      lost(measure.place, "non_additive_dimension of measure \(measure.name)", "a snapshot is a sum over the measure's own time")
      return nil
    }
    var per = ""
    if let name = nonAdditive.per.first {
      guard nonAdditive.per.count == 1, let entity = model.entities.first(where: { $0.name == name }), Self.isColumn(entity.expr) else {
        lost(measure.place, "window_groupings of measure \(measure.name)", "each one's own last day is that of one column")
        return nil
      }
      per = " per \(model.table).\(entity.expr)"
    }
    return "\(nonAdditive.isLast ? "last" : "first")(\(row) over \(grain.rawValue)\(per)\(`where`))"
  }

  // MARK: Filters

  /// The filters as conditions of the formula language; nil, and told, where one cannot be said.
  private func conditions(_ filters: [DbtFilter], _ name: String, _ model: DbtModel?, _ measure: DbtMeasure?) -> [String]? {
    let writer = DbtExpressions(column: { _ in nil }, template: { self.templateName($0, model, measure) })
    var result: [String] = []
    for filter in filters {
      guard let text = SQLFragment(filter.text).flatMap({ writer.condition($0) }) else {
        lost(filter.place, "filter of metric \(name): \(filter.text.trimmed)", "the formula language cannot say it")
        return nil
      }
      result.append(text.contains(" or ") && !text.hasPrefix("(") ? "(\(text))" : text)
    }
    return result
  }

  private func templateName(_ template: SQLTemplate, _ model: DbtModel?, _ measure: DbtMeasure?) -> String? {
    guard var name = template.arguments.first else { return nil }
    if name == "metric_time" {
      guard let model, let time = (measure?.time ?? model.time).flatMap({ model.dimension($0) }), Self.isColumn(time.expr),
        (template.arguments.dropFirst().first ?? time.grain) == time.grain
      else { return nil }
      return "\(model.table).\(time.expr)"
    }
    switch template.kind {
    case "Dimension", "Entity": break
    case "TimeDimension":
      if let grain = template.arguments.dropFirst().first, dimensions.contains(where: { $0.name == "\(name)__\(grain)" }) {
        name += "__\(grain)"
      }
    default: return nil
    }
    return dimensions.contains { $0.name == name } ? name : nil
  }

  // MARK: Metrics of metrics

  /// `shift(bookings(where booking__is_instant = 1), 14 days)`
  private func operand(_ input: DbtMetricInput, _ metric: DbtMetric) -> String? {
    let base = baseMeasure(of: input.name)
    guard let conditions = conditions(input.filters + metric.filters, metric.name, base?.0, base?.1) else { return nil }
    var text = input.name
    if !conditions.isEmpty { text += "(where \(conditions.joined(separator: " and ")))" }
    if let offset = input.offset {
      guard let length = length(offset, metric.name, input.place) else { return nil }
      text = "shift(\(text), \(length))"
    }
    if let grain = input.startOf {
      guard Grain(rawValue: grain) != nil else {
        lost(input.place, "offset_to_grain: \(grain) of metric \(metric.name)", "no such unit of time")
        return nil
      }
      text = "start_of(\(text), \(grain))"
    }
    return text
  }

  /// The measure that a metric of one measure aggregates.
  private func baseMeasure(of name: String) -> (DbtModel, DbtMeasure)? {
    var measure = name
    if let metric = project.metrics.first(where: { $0.name == name }) {
      switch metric.kind {
      case .simple(let input), .cumulative(let input, _, _, _): measure = input.name
      default: return nil
      }
    }
    for model in project.models { if let found = model.measures.first(where: { $0.name == measure }) { return (model, found) } }
    return nil
  }

  private func derived(_ metric: DbtMetric, _ text: String, _ inputs: [DbtMetricInput]) -> ImportedMetric? {
    var operands: [String: String] = [:]
    for input in inputs {
      guard let text = operand(input, metric) else { return nil }
      operands[input.alias ?? input.name] = text
    }
    // A name alone and a number are what a row of metrics has.
    let writer = DbtExpressions(column: { operands[$0] }, template: { _ in nil })
    guard let formula = SQLFragment(text).flatMap(writer.row) else {
      lost(metric.place, "metric \(metric.name): \(text)", "the formula language cannot say it")
      return nil
    }
    return ImportedMetric(name: metric.name, formula: formula)
  }

  // MARK: Conversions

  /// `conversions(visits.user_id -> buys.user_id within 6 days) / count(visits)`
  private func conversion(_ metric: DbtMetric, _ conversion: DbtConversion) -> ImportedMetric? {
    func lost(_ why: String) -> ImportedMetric? {
      self.lost(metric.place, "metric \(metric.name) of type conversion", why)
      return nil
    }
    guard let (base, visits) = found(conversion.base), let (target, buys) = found(conversion.conversion) else { return nil }
    guard let from = column(conversion.entity, of: base), let to = column(conversion.entity, of: target) else {
      return lost("both models need entity \(conversion.entity) as a column")
    }
    guard isCount(visits), isCount(buys), (buys.time ?? target.time) == target.time, (visits.time ?? base.time) == base.time else {
      return lost("what is counted must be rows, by their table's own time")
    }
    guard let conditions = conditions(conversion.base.filters + metric.filters, metric.name, base, visits),
      conversion.conversion.filters.isEmpty
    else { return lost("a filter on what is converted to") }
    var events = "\(base.table).\(from) -> \(target.table).\(to)"
    if let window = conversion.window {
      // There, fewer than 7 days later; here, up to 6.
      guard let days = Self.days(window), days > 1 else { return lost("a window of \(window): days and weeks can be said") }
      events += " within \(days - 1) day\(days == 2 ? "" : "s")"
    }
    let same = conversion.constants.map { pair in
      (column(pair.base, of: base), column(pair.conversion, of: target))
    }
    if same.contains(where: { $0.0 == nil || $0.1 == nil }) { return lost("a constant property that is no column") }
    if !same.isEmpty {
      events += " same " + same.map { "\(base.table).\($0.0!) = \(target.table).\($0.1!)" }.joined(separator: ", ")
    }
    let isRate = conversion.calculation == "conversion_rate"
    let count = "count(\(base.table)\(conditions.isEmpty ? "" : " where " + conditions.joined(separator: " and ")))"
    if !conditions.isEmpty { return lost("a filter on what is converted from") }
    var written = ImportedMetric(name: metric.name, formula: "conversions(\(events))" + (isRate ? " / \(count)" : ""))
    written.isZeroFilled = conversion.conversion.fill == "0"
    written.showsGaps = conversion.base.joinsSpine
    return written
  }

  private func isCount(_ measure: DbtMeasure) -> Bool {
    guard case .number? = SQLFragment(measure.expr) else { return false }
    return measure.agg == "count" || measure.agg == "sum" && measure.expr == "1"
  }

  /// The column of an entity or dimension of a model.
  private func column(_ name: String, of model: DbtModel) -> String? {
    let expr = model.entities.first { $0.name == name }?.expr ?? model.dimension(name)?.expr
    return expr.flatMap { Self.isColumn($0) ? $0 : nil }
  }

  private static func days(_ window: String) -> Int? {
    let parts = window.split(separator: " ")
    guard parts.count == 2, let count = Int(parts[0]) else { return nil }
    switch parts[1] {
    case "day", "days": return count
    case "week", "weeks": return 7 * count
    default: return nil
    }
  }
}
