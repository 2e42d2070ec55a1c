import CivilTime
import Metrics
import SourceText

/// A formula in the formula language, as it would be written in `metrics.yaml`: `paying_buyers / visitors`.
package enum FormulaNotation {
  package static func text(_ formula: Formula) -> String {
    switch formula {
    case .aggregate(let aggregate): return self.aggregate(aggregate)
    case .metric(let name): return name
    case .number(let value): return Term.numberText(value)
    case .binary(let sign, let left, let right):
      return wrapped(left, sign, isRight: false) + " \(sign.rawValue) " + wrapped(right, sign, isRight: true)
    case .negated(let inner):
      if case .binary = inner { return "-(" + text(inner) + ")" }
      return "-" + text(inner)
    case .rolling(let inner, let count, let grain): return "rolling(\(text(inner)), \(duration(count, grain)))"
    case .toDate(let inner, let grain): return "to_date(\(text(inner)), \(grain.rawValue))"
    case .shifted(let inner, let count, let grain): return "shift(\(text(inner)), \(duration(count, grain)))"
    case .conversion(let from, let to, let count, let grain):
      return "convert(\(from) -> \(to) within \(duration(count, grain)))"
    case .score(let parts):
      return "score(" + parts.map { "\(Term.numberText($0.weight)) * \($0.metric)" }.joined(separator: ", ") + ")"
    }
  }

  private static func wrapped(_ inner: Formula, _ sign: ArithmeticOperator, isRight: Bool) -> String {
    guard case .binary(let own, _, _) = inner else { return text(inner) }
    return FormulaWords.needsBrackets(own, under: sign, isRight: isRight) ? "(" + text(inner) + ")" : text(inner)
  }

  private static func duration(_ count: Int, _ grain: Grain) -> String {
    "\(count) \(grain.rawValue)" + (count == 1 ? "" : "s")
  }

  private static func aggregate(_ aggregate: Aggregate) -> String {
    var inside = aggregate.argument.map(row) ?? aggregate.table
    if case .percentile(let fraction) = aggregate.function { inside += ", " + Term.numberText(fraction) }
    if aggregate.overTime != nil { inside += " over " + (aggregate.overGrain ?? .day).rawValue }
    if let condition = aggregate.condition { inside += " where " + self.condition(condition) }
    return function(aggregate) + inside + ")"
  }

  private static func function(_ aggregate: Aggregate) -> String {
    switch aggregate.overTime {
    case .last: return "last("
    case .first: return "first("
    case .average: return "avg("
    case nil: break
    }
    return switch aggregate.function {
    case .sum: "sum("
    case .count: "count("
    case .countDistinct: "count(distinct "
    case .average: "avg("
    case .minimum: "min("
    case .maximum: "max("
    case .median: "median("
    case .standardDeviation: "stddev("
    case .percentile: "percentile("
    }
  }

  private static func row(_ expression: RowExpression) -> String {
    switch expression {
    case .column(let path): path.description
    case .number(let value): Term.numberText(value)
    case .text(let text): "'" + text.replacing("'", with: "''") + "'"
    case .binary(let sign, let left, let right):
      operand(left, sign, isRight: false) + " \(sign.rawValue) " + operand(right, sign, isRight: true)
    case .negated(let inner): "-" + row(inner)
    case .between(let measure, let from, let to): "\(measure.rawValue)(\(row(from)), \(row(to)))"
    case .choice(let condition, let yes, let no): "if(\(self.condition(condition)), \(row(yes)), \(row(no)))"
    case .coalesce(let parts): "coalesce(" + parts.map(row).joined(separator: ", ") + ")"
    case .absolute(let inner): "abs(\(row(inner)))"
    }
  }

  private static func operand(_ inner: RowExpression, _ sign: ArithmeticOperator, isRight: Bool) -> String {
    guard case .binary(let own, _, _) = inner else { return row(inner) }
    return FormulaWords.needsBrackets(own, under: sign, isRight: isRight) ? "(" + row(inner) + ")" : row(inner)
  }

  private static func condition(_ condition: RowCondition) -> String {
    switch condition {
    case .comparison(let left, let comparator, let right): "\(row(left)) \(comparator.rawValue) \(row(right))"
    case .oneOf(let left, let values, let negated): row(left) + list(values, negated)
    case .missing(let inner, let negated): row(inner) + (negated ? " is not null" : " is null")
    case .matches(let inner, let match, let text):
      "\(row(inner)) \(match.rawValue) '" + text.replacing("'", with: "''") + "'"
    case .dimension(let name, let comparator, let value): "\(name) \(comparator.rawValue) \(row(value))"
    case .dimensionOneOf(let name, let values, let negated): name + list(values, negated)
    case .all(let parts): parts.map(bracketed).joined(separator: " and ")
    case .any(let parts): parts.map(bracketed).joined(separator: " or ")
    case .not(let part): "not (" + self.condition(part) + ")"
    }
  }

  private static func list(_ values: [RowExpression], _ negated: Bool) -> String {
    (negated ? " not in (" : " in (") + values.map(row).joined(separator: ", ") + ")"
  }

  private static func bracketed(_ condition: RowCondition) -> String {
    switch condition {
    case .any, .all: "(" + self.condition(condition) + ")"
    default: self.condition(condition)
    }
  }
}
