import CivilTime
import Metrics
import SourceText

/// Formulas as ANSI SQL over fields, as `OsiImport` reads it back.
struct OsiSQL {
  struct Unsayable: Error { let reason: String }

  let field: (ColumnPath) -> String
  /// The dataset whose fields need no name in front; nil in metrics, which name all.
  let own: String?
  var dictionary: MetricDictionary?

  // MARK: Metrics

  func formula(_ formula: Formula, within: [String] = []) throws(Unsayable) -> String {
    switch formula {
    case .aggregate(let aggregate): return try self.aggregate(aggregate)
    case .number(let number): return Term.numberText(number)
    case .negated(let inner): return "-(\(try self.formula(inner, within: within)))"
    case .binary(let sign, let a, let b):
      let (left, right) = (try side(a, sign, within, isRight: false), try side(b, sign, within, isRight: true))
      return sign == .dividedBy ? "\(left) / NULLIF(\(right), 0)" : "\(left) \(sign.rawValue) \(right)"
    case .metric(let name):
      guard let metric = dictionary?.metric(name), !within.contains(name) else { throw Unsayable(reason: "there is no metric \(name)") }
      let sql = try self.formula(metric.formula, within: within + [name])
      return metric.nulls == .zero ? "COALESCE(\(sql), 0)" : sql
    case .rolling, .toDate, .allTime: throw Unsayable(reason: "the format has no windows of time")
    case .shifted, .startOf: throw Unsayable(reason: "the format has no other times")
    case .conversion, .conversions: throw Unsayable(reason: "the format has no conversions")
    case .filtered: throw Unsayable(reason: "the format has no filter on another metric")
    case .folded: throw Unsayable(reason: "the format has no aggregates of aggregates")
    case .score: throw Unsayable(reason: "the format has no scores")
    }
  }

  private func side(_ formula: Formula, _ sign: ArithmeticOperator, _ within: [String], isRight: Bool) throws(Unsayable) -> String {
    let text = try self.formula(formula, within: within)
    var inner = formula
    var seen: Set<String> = []
    while case .metric(let name) = inner, seen.insert(name).inserted, let metric = dictionary?.metric(name), metric.nulls != .zero { inner = metric.formula }
    guard case .binary(let other, _, _) = inner else { return text }
    // A divisor stands in a call of its own.
    if sign == .dividedBy, isRight { return text }
    let isWeaker = [.plus, .minus].contains(other) && [.times, .dividedBy].contains(sign)
    return isWeaker || isRight && sign != .plus || isRight && sign == .plus ? "(\(text))" : text
  }

  private func aggregate(_ aggregate: Aggregate) throws(Unsayable) -> String {
    if aggregate.overTime != nil { throw Unsayable(reason: "the format has no snapshots") }
    let name: String
    switch aggregate.function {
    case .sum: name = "SUM"
    case .count, .countDistinct: name = "COUNT"
    case .average: name = "AVG"
    case .minimum: name = "MIN"
    case .maximum: name = "MAX"
    case .median, .percentile, .discretePercentile: throw Unsayable(reason: "percentiles are no ANSI SQL that all readers know")
    case .standardDeviation: name = "STDDEV"
    }
    let distinct = aggregate.function == .countDistinct ? "DISTINCT " : ""
    guard let value = try aggregate.argument.map({ (row) throws(Unsayable) in try sayable(self.row(row)) }) ?? counted(aggregate) else {
      throw Unsayable(reason: "rows of a table without a key cannot be counted by a field")
    }
    guard let condition = aggregate.condition else { return "\(name)(\(distinct)\(value))" }
    return "\(name)(\(distinct)CASE WHEN \(try sayable(self.condition(condition))) THEN \(value) END)"
  }

  /// The key of the table whose rows are counted.
  private func counted(_ aggregate: Aggregate) -> String? {
    guard let key = dictionary?.schema[aggregate.table]?.key, key.count == 1 else { return nil }
    return "\(aggregate.table).\(field(ColumnPath([aggregate.table, key[0]])))"
  }

  private func sayable(_ text: String?) throws(Unsayable) -> String {
    guard let text else { throw Unsayable(reason: "ANSI SQL over fields cannot say it") }
    return text
  }

  // MARK: Rows

  func row(_ row: RowExpression) -> String? {
    switch row {
    case .column(let path):
      guard path.parts.count == 2 else { return nil }
      if path.head == own { return field(path) }
      return own == nil ? "\(path.head).\(field(path))" : nil
    case .number(let number): return Term.numberText(number)
    case .text(let text): return DbtExpressions.quoted(text)
    case .negated(let inner): return self.row(inner).map { "-(\($0))" }
    case .binary(let sign, let a, let b):
      guard let left = self.row(a), let right = self.row(b) else { return nil }
      return sign == .dividedBy ? "(\(left) / NULLIF(\(right), 0))" : "(\(left) \(sign.rawValue) \(right))"
    case .absolute(let inner): return self.row(inner).map { "ABS(\($0))" }
    case .coalesce(let rows): return list(rows).map { "COALESCE(\($0))" }
    case .choice(let test, let yes, let no):
      guard let test = condition(test), let yes = self.row(yes), let no = self.row(no) else { return nil }
      return "CASE WHEN \(test) THEN \(yes) ELSE \(no) END"
    case .between, .unit: return nil
    }
  }

  private func list(_ rows: [RowExpression]) -> String? {
    let texts = rows.compactMap(row)
    return texts.count == rows.count ? texts.joined(separator: ", ") : nil
  }

  // MARK: Conditions

  func condition(_ condition: RowCondition) -> String? {
    switch condition {
    case .comparison(let a, let comparator, let b):
      guard let left = row(a), let right = row(b) else { return nil }
      // Here `!=` also keeps what has no value.
      return comparator == .notEqual ? "(\(left) <> \(right) OR \(left) IS NULL)" : "\(left) \(comparator.rawValue) \(right)"
    case .oneOf(let a, let values, let negated):
      guard let left = row(a), let values = list(values) else { return nil }
      return negated ? "(\(left) NOT IN (\(values)) OR \(left) IS NULL)" : "\(left) IN (\(values))"
    case .missing(let a, let negated): return row(a).map { "\($0) IS \(negated ? "NOT " : "")NULL" }
    case .all(let parts): return joined(parts, " AND ")
    case .any(let parts): return joined(parts, " OR ")
    case .dimension(let name, let comparator, let value):
      guard let column = column(of: name) else { return nil }
      return self.condition(.comparison(column, comparator, value))
    case .dimensionOneOf(let name, let values, let negated):
      guard let column = column(of: name) else { return nil }
      return self.condition(.oneOf(column, values, negated: negated))
    case .dimensionMissing(let name, let negated): return column(of: name).flatMap { self.condition(.missing($0, negated: negated)) }
    case .matches, .members, .not: return nil
    }
  }

  private func column(of dimension: String) -> RowExpression? {
    switch dictionary?.dimension(dimension)?.source {
    case .column(let path)?: .column(path)
    case .expression(let row)?: row
    case .flag, nil: nil
    }
  }

  private func joined(_ parts: [RowCondition], _ word: String) -> String? {
    let texts = parts.compactMap(condition)
    return texts.count == parts.count ? "(" + texts.joined(separator: word) + ")" : nil
  }
}
