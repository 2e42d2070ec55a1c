import CivilTime
import SourceText

extension OsiImport {
  // MARK: Dimensions

  mutating func addDimensions() {
    for dataset in model.datasets {
      for field in dataset.fields {
        let name = dimensionName(field, dataset)
        var dimension = ImportedDimension(name: name)
        dimension.synonyms = field.synonyms
        if !field.description.isEmpty { dimension.title = field.description }
        if let label = field.label { lost(field.place, "label \(label) of field \(dataset.name).\(field.name)", "dimensions are in no groups") }
        if column(of: field, dataset) != nil {
          guard isDimension(field, dataset) else {
            tellWords(field, dataset)
            continue
          }
          dimension.columns = ["\(dataset.table).\(field.name)"]
        } else {
          guard let fragment = SQLFragment(field.expression), compute(fragment, dataset, &dimension) else {
            lost(field.place, "field \(dataset.name).\(field.name): \(field.expression)", "the formula language cannot say it")
            continue
          }
        }
        dimensions.append(dimension)
      }
    }
  }

  private func compute(_ fragment: SQLFragment, _ dataset: OsiDataset, _ dimension: inout ImportedDimension) -> Bool {
    let writer = expressions(of: dataset)
    if let text = writer.row(fragment) { dimension.expression = text } else { dimension.flag = writer.condition(fragment) }
    return dimension.expression != nil || dimension.flag != nil
  }

  private func isDimension(_ field: OsiField, _ dataset: OsiDataset) -> Bool {
    if field.isDimension || field.isTime { return true }
    let related = model.relationships.flatMap { ($0.from == dataset.name ? $0.fromColumns : []) + ($0.to == dataset.name ? $0.toColumns : []) }
    return !(dataset.key + related).contains(field.name) && !isComputedWith(field, dataset)
  }

  /// Words of a column that is no dimension have no place.
  private func tellWords(_ field: OsiField, _ dataset: OsiDataset) {
    let what = [field.description.isEmpty ? nil : "description", field.synonyms.isEmpty ? nil : "synonyms"].compactMap { $0 }
    if what.isEmpty { return }
    lost(field.place, "\(what.joined(separator: " and ")) of field \(dataset.name).\(field.name)", "a column that is no dimension has no words")
  }

  /// `name`, or `customers__name` where another dataset has a field of that name.
  private func dimensionName(_ field: OsiField, _ dataset: OsiDataset) -> String {
    let isAlone = model.datasets.allSatisfy { $0.name == dataset.name || $0.field(field.name) == nil }
    let isMetric = model.metrics.contains { $0.name == field.name }
    let isTime = Grain(rawValue: field.name) != nil || TimePart(rawValue: field.name) != nil
    return isAlone && !isMetric && !isTime ? field.name : "\(dataset.table)__\(field.name)"
  }

  // MARK: Metrics

  func metrics() -> [ImportedMetric] {
    var metrics: [ImportedMetric] = []
    for metric in model.metrics {
      guard let written = formula(of: metric) else { continue }
      metrics.append(written)
    }
    var isWhole = false
    while !isWhole {
      let names = Set(metrics.map(\.name))
      let kept = metrics.filter { metric in
        guard let source = model.metrics.first(where: { name(of: $0) == metric.name }), let fragment = SQLFragment(source.expression) else { return true }
        let missing = Self.bareNames(fragment).filter { name in model.metrics.contains { $0.name == name } && !names.contains(name) }
        if !missing.isEmpty { lost(source.place, "metric \(metric.name)", "it is computed from \(missing.joined(separator: ", "))") }
        return missing.isEmpty
      }
      isWhole = kept.count == metrics.count
      metrics = kept
    }
    return metrics
  }

  private func name(of metric: OsiMetric) -> String {
    guard let dataset = metric.dataset, model.metrics.count(where: { $0.name == metric.name }) > 1 else { return metric.name }
    return "\(dataset)__\(metric.name)"
  }

  private static func bareNames(_ fragment: SQLFragment) -> [String] {
    switch fragment {
    case .name(let name): [name]
    case .binary(_, let a, let b): bareNames(a) + bareNames(b)
    case .negated(let a): bareNames(a)
    case .call("nullif", let parts): parts.flatMap(bareNames)
    default: []
    }
  }

  private func formula(of metric: OsiMetric) -> ImportedMetric? {
    guard var fragment = SQLFragment(metric.expression) else { return lostMetric(metric) }
    var written = ImportedMetric(name: name(of: metric), formula: "")
    if case .call("coalesce", let parts) = fragment, parts.count == 2, parts[1] == .number(0) {
      fragment = parts[0]
      written.isZeroFilled = true
    }
    guard let text = formula(fragment, metric, isWhole: true) else { return lostMetric(metric) }
    written.formula = text
    written.means = metric.description
    written.synonyms = metric.synonyms
    return written
  }

  private func lostMetric(_ metric: OsiMetric) -> ImportedMetric? {
    lost(metric.place, "metric \(metric.name): \(metric.expression)", "the formula language cannot say it")
    return nil
  }

  private func formula(_ fragment: SQLFragment, _ metric: OsiMetric, isWhole: Bool = false) -> String? {
    switch fragment {
    case .number(let number): return DbtExpressions.text(number)
    case .name(let name):
      let other = model.metrics.first { $0.name == name || "\($0.dataset ?? "").\($0.name)" == name }
      return other.map { $0.name == metric.name ? nil : self.name(of: $0) } ?? nil
    case .negated(let inner): return formula(inner, metric).map { "-\($0)" }
    case .binary(let sign, let a, let b) where ["+", "-", "*", "/"].contains(sign):
      guard let left = formula(a, metric), let right = formula(sign == "/" ? DbtExpressions.divisor(b) : b, metric) else { return nil }
      return isWhole ? "\(left) \(sign) \(right)" : "(\(left) \(sign) \(right))"
    case .call(let function, let parts) where parts.count == 1: return aggregate(function, parts[0], metric)
    default: return nil
    }
  }

  private static let functions = [
    "sum": "sum", "avg": "avg", "average": "avg", "min": "min", "max": "max", "median": "median", "stddev": "stddev", "count": "count",
    "count distinct": "count",
  ]

  /// `SUM(CASE WHEN orders.status = 'paid' THEN orders.amount END)`: sum(orders.amount where orders.status = 'paid')
  private func aggregate(_ name: String, _ inner: SQLFragment, _ metric: OsiMetric) -> String? {
    guard let function = Self.functions[name] else { return nil }
    let own = metric.dataset.flatMap(dataset)
    let writer = expressions(of: own)
    var (argument, `where`) = (inner, "")
    if case .choice(let test, let yes, .name("null")) = inner {
      guard let text = writer.condition(test) else { return nil }
      (argument, `where`) = (yes, " where " + Self.bare(text))
    }
    guard name == "count" else {
      return writer.row(argument).map { "\(function)(\(name == "count distinct" ? "distinct " : "")\(Self.bare($0))\(`where`))" }
    }
    // Rows are counted; of a column that is no key, those that have a value.
    if case .name(let column) = argument, column != "*" {
      guard let path = self.column(column, own) else { return nil }
      let parts = path.split(separator: ".").map(String.init)
      if tables.first(where: { $0.name == parts[0] })?.key == [parts[1]] { return "count(\(parts[0])\(`where`))" }
      return "count(\(parts[0])\(`where`.isEmpty ? " where " : `where` + " and ")\(path) is not null)"
    }
    let isRow: Bool = if case .number = argument { true } else { argument == .name("*") }
    guard isRow, let table = own?.table ?? onlyTable(metric, `where`) else { return nil }
    return "count(\(table)\(`where`))"
  }

  /// The one dataset that a metric names.
  private func onlyTable(_ metric: OsiMetric, _ condition: String) -> String? {
    let named = model.datasets.filter { metric.expression.contains($0.name + ".") }
    return named.count == 1 ? named[0].table : nil
  }

  /// Without the brackets round all of it.
  private static func bare(_ text: String) -> String {
    guard text.hasPrefix("("), text.hasSuffix(")") else { return text }
    var depth = 0
    for (index, character) in zip(text.indices, text) {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0, index != text.index(before: text.endIndex) { return text }
    }
    return String(text.dropFirst().dropLast())
  }

  // MARK: Columns

  /// Expressions over the fields of a dataset, or of any where they are named by it.
  private func expressions(of dataset: OsiDataset?) -> DbtExpressions {
    DbtExpressions(column: { column($0, dataset) ?? computed($0, dataset) }, template: { _ in nil })
  }

  /// `orders.amount` of `amount` or `orders.amount`.
  private func column(_ name: String, _ own: OsiDataset?) -> String? {
    guard let (dataset, field) = split(name, own) else { return nil }
    if let found = dataset.field(field) { return column(of: found, dataset) == nil ? nil : "\(dataset.table).\(found.name)" }
    // A column need not be a field; what is known is that of keys.
    return tables.first { $0.name == dataset.table }?.columns.contains { $0.name == field } == true ? "\(dataset.table).\(field)" : nil
  }

  /// A computed field, written out.
  private func computed(_ name: String, _ own: OsiDataset?) -> String? {
    guard let (dataset, field) = split(name, own), let found = dataset.field(field), column(of: found, dataset) == nil,
      let fragment = SQLFragment(found.expression)
    else { return nil }
    return DbtExpressions(column: { column($0, dataset) }, template: { _ in nil }).row(fragment)
  }

  private func split(_ name: String, _ own: OsiDataset?) -> (OsiDataset, String)? {
    let parts = name.split(separator: ".").map(String.init)
    if parts.count == 2 { return dataset(parts[0]).map { ($0, parts[1]) } }
    return parts.count == 1 ? own.map { ($0, parts[0]) } : nil
  }
}
