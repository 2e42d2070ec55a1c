import Metrics
import Planning
import Questions
import SQLText
import Tables

/// How many source rows each group of an answer was made from, so that the small ones can be hidden.
///
/// Asked as a question of its own: the same groups, conditions and times, with the rows that go into each metric counted
/// in place of the metric. A group is as small as the smallest part of it: the least count above zero of any table, and
/// of either side of a comparison, since numbers asked for apart could be subtracted from each other.
struct GroupSizes: Sendable {
  let dictionary: MetricDictionary
  /// What the plan of the answer asks, policy included.
  let question: Question

  /// The dictionary with a metric for each count, and the question that asks for them; nil if there is nothing to count.
  var asked: (dictionary: MetricDictionary, question: Question)? {
    var counted = Counted(dictionary: dictionary)
    let measures = question.measures.flatMap { measure in
      measure.metrics.flatMap { counted.counts(of: $0) }.map { Measure($0, conditions: measure.conditions) }
    }
    if measures.isEmpty { return nil }
    var seen: Set<Measure> = []
    var asked = Question(
      subject: .measures(measures.filter { seen.insert($0).inserted }), groups: question.groups, conditions: question.conditions,
      period: question.period, comparison: question.comparison)
    asked.further = question.further
    asked.asOf = question.asOf
    return (counted.dictionary, asked)
  }

  /// For each row of the answer the size of its group; nil where it is not known.
  static func sizes(of result: ResultTable, keys: [String], counted: ResultTable, _ plan: Plan) -> [Int?] {
    let groups = keys.compactMap(counted.index)
    let counts = plan.columns.filter(\.isCount).compactMap { counted.index(of: $0.name) }
    guard groups.count == keys.count else { return result.rows.map { _ in nil } }
    let sizes = Dictionary(
      counted.rows.map { row in
        (groups.map { row[$0] }, counts.compactMap { row[$0].number.map { Int($0) } }.filter { $0 > 0 }.min() ?? 0)
      }, uniquingKeysWith: min)
    let own = keys.compactMap(result.index)
    return result.rows.map { row in sizes[own.map { row[$0] }] }
  }

  /// Metrics that count the rows of others, made as they are needed.
  private struct Counted {
    var dictionary: MetricDictionary
    private var names: [Key: String] = [:]
    private struct Key: Hashable {
      var rows: Aggregate
      var time: ColumnPath?
    }

    init(dictionary: MetricDictionary) { self.dictionary = dictionary }

    /// The names of counts for all that a metric is computed from.
    mutating func counts(of metric: String) -> [String] { counts(of: .metric(metric), in: nil, where: [], depth: 0) }

    private mutating func counts(of formula: Formula, in metric: Metric?, where conditions: [RowCondition], depth: Int) -> [String] {
      switch formula {
      case .metric(let name):
        // A circle is refused when the dictionary is read.
        guard let metric = dictionary.metric(name), depth < 50 else { return [] }
        return counts(of: metric.formula, in: metric, where: conditions, depth: depth + 1)
      case .filtered(let inner, let condition): return counts(of: inner, in: metric, where: conditions + [condition], depth: depth)
      case .binary(_, let left, let right):
        return counts(of: left, in: metric, where: conditions, depth: depth) + counts(of: right, in: metric, where: conditions, depth: depth)
      case .negated(let inner), .rolling(let inner, _, _), .toDate(let inner, _), .shifted(let inner, _, _), .allTime(let inner),
        .startOf(let inner, _): return counts(of: inner, in: metric, where: conditions, depth: depth)
      case .folded(let fold): return counts(of: fold.of, in: metric, where: conditions, depth: depth)
      case .score(let parts): return parts.flatMap { counts(of: .metric($0.metric), in: metric, where: conditions, depth: depth) }
      case .aggregate(let aggregate):
        return [name(of: aggregate.table, where: (aggregate.condition.map { [$0] } ?? []) + conditions, like: metric)]
      // Both sides of a conversion are rows, though no aggregate names them.
      case .conversion, .conversions: return formula.tables.map { name(of: $0, where: conditions, like: metric) }
      case .number: return []
      }
    }

    private mutating func name(of table: String, where conditions: [RowCondition], like metric: Metric?) -> String {
      let condition = conditions.isEmpty ? nil : conditions.count == 1 ? conditions[0] : RowCondition.all(conditions)
      let key = Key(rows: Aggregate(function: .count, table: table, condition: condition), time: metric?.time)
      if let name = names[key] { return name }
      let name = "_rows_\(names.count + 1)"
      var count = Metric(name: name, versions: [MetricVersion(number: 1, formula: .aggregate(key.rows))])
      count.time = key.time
      count.nulls = .zero
      names[key] = name
      dictionary.metrics.append(count)
      return name
    }
  }
}

extension PlanColumn {
  /// Whether it is what was asked for itself, now or in the time it is set against.
  fileprivate var isCount: Bool {
    switch role {
    case .value, .base, .further(.base): true
    default: false
    }
  }
}
