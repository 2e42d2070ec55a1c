import Metrics

/// What a formula is made of: metrics, tables and columns, each once, in the order they are met.
package struct FormulaParts: Hashable, Sendable {
  package private(set) var metrics: [String] = []
  package private(set) var tables: [String] = []
  package private(set) var columns: [String] = []
  package private(set) var dimensions: [String] = []

  /// The parts of a formula and, with a dictionary, of all the metrics beneath it.
  package init(_ formula: Formula, through dictionary: MetricDictionary? = nil) {
    add(formula)
    guard let dictionary else { return }
    var next = 0
    while next < metrics.count {
      if let metric = dictionary.metric(metrics[next]) { add(metric.formula) }
      next += 1
    }
  }

  private mutating func add(_ formula: Formula) {
    switch formula {
    case .aggregate(let aggregate):
      FormulaParts.append(aggregate.table, to: &tables)
      aggregate.argument.map { add($0) }
      aggregate.condition.map { add($0) }
    case .metric(let name): FormulaParts.append(name, to: &metrics)
    case .number: break
    case .binary(_, let left, let right):
      add(left)
      add(right)
    case .negated(let inner), .rolling(let inner, _, _), .toDate(let inner, _), .shifted(let inner, _, _): add(inner)
    case .conversion(let from, let to, _, _):
      add(from)
      add(to)
    case .score(let parts): for part in parts { FormulaParts.append(part.metric, to: &metrics) }
    }
  }

  private mutating func add(_ path: ColumnPath) {
    FormulaParts.append(path.description, to: &columns)
    if !path.head.isEmpty { FormulaParts.append(path.head, to: &tables) }
  }

  private mutating func add(_ expression: RowExpression) {
    switch expression {
    case .column(let path): add(path)
    case .number, .text: break
    case .binary(_, let left, let right), .between(_, let left, let right):
      add(left)
      add(right)
    case .negated(let inner), .absolute(let inner): add(inner)
    case .choice(let condition, let yes, let no):
      add(condition)
      add(yes)
      add(no)
    case .coalesce(let parts): for part in parts { add(part) }
    }
  }

  private mutating func add(_ condition: RowCondition) {
    switch condition {
    case .comparison(let left, _, let right):
      add(left)
      add(right)
    case .oneOf(let inner, let values, _):
      add(inner)
      for value in values { add(value) }
    case .missing(let inner, _), .matches(let inner, _, _): add(inner)
    case .dimension(let name, _, let value):
      FormulaParts.append(name, to: &dimensions)
      add(value)
    case .dimensionOneOf(let name, _, _): FormulaParts.append(name, to: &dimensions)
    case .all(let parts), .any(let parts): for part in parts { add(part) }
    case .not(let part): add(part)
    }
  }

  private static func append(_ name: String, to list: inout [String]) {
    if !list.contains(name) { list.append(name) }
  }
}
