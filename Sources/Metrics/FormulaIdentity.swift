/// What a formula computes, whatever its parts are called: two metrics with the same are duplicates.
extension MetricDictionary {
  /// A formula opened down to aggregates, in an order of its own where order does not matter.
  package func identity(of formula: Formula) -> String { identity(formula, path: []) }

  /// Metrics that compute the same from the same rows in time, in groups of two or more; deprecated ones aside.
  package var duplicates: [[String]] {
    var groups: [String: [String]] = [:]
    var order: [String] = []
    for metric in metrics where metric.status != .deprecated {
      let key = identity(of: metric.formula) + " @" + (metric.time?.description ?? "")
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(metric.name)
    }
    return order.compactMap { groups[$0] }.filter { $0.count > 1 }
  }

  private func identity(_ formula: Formula, path: [String]) -> String {
    switch formula {
    case .metric(let name):
      guard let metric = metric(name), !path.contains(name) else { return name }
      return identity(metric.formula, path: path + [name])
    case .binary(let sign, let a, let b):
      let sides = [identity(a, path: path), identity(b, path: path)]
      let isEither = sign == .plus || sign == .times
      return "(" + (isEither ? sides.sorted() : sides).joined(separator: " \(sign.rawValue) ") + ")"
    case .negated(let a): return "-" + identity(a, path: path)
    case .rolling(let a, let count, let grain): return "rolling(\(identity(a, path: path)), \(count) \(grain.rawValue))"
    case .toDate(let a, let grain): return "to_date(\(identity(a, path: path)), \(grain.rawValue))"
    case .shifted(let a, let count, let grain): return "shift(\(identity(a, path: path)), \(count) \(grain.rawValue))"
    case .filtered(let a, let condition): return "\(identity(a, path: path))(where \(FormulaNotation.text(condition)))"
    case .folded(let fold):
      let percent = fold.percent.map { ", \($0)" } ?? ""
      return "\(fold.function.rawValue)(\(identity(fold.of, path: path)) per \(fold.over.joined(separator: ", "))\(percent))"
    case .allTime(let a): return "to_date(\(identity(a, path: path)), all)"
    case .startOf(let a, let grain): return "start_of(\(identity(a, path: path)), \(grain.rawValue))"
    case .score(let parts):
      return "score(" + parts.map { "\($0.weight) * \(identity(.metric($0.metric), path: path))" }.joined(separator: ", ") + ")"
    case .aggregate, .number, .conversion, .conversions: return FormulaNotation.text(formula)
    }
  }

  // MARK: Trees

  /// What a metric's drivers or children come to together, where the dictionary says it: `equals`, or children that split its
  /// rows by the values of one column.
  package func composition(of metric: Metric) -> Formula? {
    if let equals = metric.equals { return equals }
    guard case .aggregate(let whole) = metric.formula, whole.overTime == nil, [.sum, .count].contains(whole.function) else { return nil }
    var parts: [String: [String]] = [:]
    for child in metrics where child.parent == metric.name {
      guard let column = splitColumn(of: child, from: whole) else { continue }
      parts[column, default: []].append(child.name)
    }
    let split = parts.filter { $0.value.count > 1 }.min { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    guard let names = split?.value else { return nil }
    return names.dropFirst().reduce(Formula.metric(names[0])) { .binary(.plus, $0, .metric($1)) }
  }

  /// The column whose one value sets the rows of `child` apart from those of the whole.
  private func splitColumn(of child: Metric, from whole: Aggregate) -> String? {
    guard case .aggregate(let part) = child.formula else { return nil }
    var open = part
    open.condition = whole.condition
    guard open == whole, part.condition != whole.condition else { return nil }
    var conditions = part.condition.map(\.conjuncts) ?? []
    for known in whole.condition.map(\.conjuncts) ?? [] {
      guard let place = conditions.firstIndex(of: known) else { return nil }
      conditions.remove(at: place)
    }
    guard conditions.count == 1 else { return nil }
    return switch conditions[0] {
    case .comparison(.column(let path), .equal, .text), .comparison(.column(let path), .equal, .number): path.description
    case .dimension(let name, .equal, _): name
    default: nil
    }
  }
}

extension RowCondition {
  /// Conditions that must all hold.
  fileprivate var conjuncts: [RowCondition] {
    if case .all(let parts) = self { return parts.flatMap(\.conjuncts) }
    return [self]
  }
}
