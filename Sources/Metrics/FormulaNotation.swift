import CivilTime
import SourceText

/// Prints formulas in the formula language; the inverse of `FormulaReader`.
///
/// Example: `sum(orders.amount where channel = '线上') / count(distinct orders.buyer_id)`.
package enum FormulaNotation {
  package static func text(_ formula: Formula) -> String { text(formula, within: 0) }

  private static func text(_ formula: Formula, within outer: Int) -> String {
    switch formula {
    case .aggregate(let aggregate): text(aggregate)
    case .metric(let name): name
    case .number(let value): Term.numberText(value)
    case .negated(let inner): "-" + text(inner, within: 3)
    case .binary(let sign, let a, let b): binary(sign, outer) { text($0 ? b : a, within: $1) }
    case .rolling(let inner, let count, let grain): "rolling(\(text(inner)), \(length(count, grain)))"
    case .toDate(let inner, let grain): "to_date(\(text(inner)), \(grain.rawValue))"
    case .shifted(let inner, let count, let grain): "shift(\(text(inner)), \(length(count, grain)))"
    case .conversion(let from, let to, .within(let count, let grain)): "convert(\(from) -> \(to) within \(length(count, grain)))"
    case .conversion(let from, let to, .onDay(let day)): "convert(\(from) -> \(to) on day \(day))"
    case .conversions(let events):
      "conversions(\(events.from) -> \(events.to)" + (events.within.map { " within \(length($0, events.grain))" } ?? "")
        + (events.same.isEmpty ? "" : " same " + events.same.map { "\($0.here) = \($0.there)" }.joined(separator: ", ")) + ")"
    case .filtered(let inner, let condition): "\(text(inner))(where \(text(condition)))"
    case .folded(let fold):
      "\(fold.function.rawValue)(\(text(fold.of)) per \(fold.over.joined(separator: ", "))" + (fold.percent.map { ", \($0)" } ?? "") + ")"
    case .allTime(let inner): "to_date(\(text(inner)), all)"
    case .startOf(let inner, let grain): "start_of(\(text(inner)), \(grain.rawValue))"
    case .score(let parts):
      "score(" + parts.map { "\(Term.numberText($0.weight)) * \($0.metric)" }.joined(separator: ", ") + ")"
    }
  }

  private static func length(_ count: Int, _ grain: Grain) -> String {
    "\(count) \(grain.rawValue)" + (abs(count) == 1 ? "" : "s")
  }

  /// Both sides of an operator, in brackets where an outer one binds more closely.
  private static func binary(_ sign: ArithmeticOperator, _ outer: Int, _ side: (Bool, Int) -> String) -> String {
    let strength = sign == .plus || sign == .minus ? 1 : 2
    // The right side of − and ÷ needs brackets round its equals; so has the tree of a + (b + c), to read back the same.
    let text = side(false, strength) + " \(sign.rawValue) " + side(true, strength + 1)
    return strength < outer ? "(\(text))" : text
  }

  // MARK: Aggregates

  /// `sum`, `count distinct`, `last`: what an aggregate is called.
  package static func name(_ aggregate: Aggregate) -> String {
    if let over = aggregate.overTime { return over == .average ? "avg" : over.rawValue }
    return switch aggregate.function {
    case .sum: "sum"
    case .count: "count"
    case .countDistinct: "count distinct"
    case .average: "avg"
    case .minimum: "min"
    case .maximum: "max"
    case .median: "median"
    case .standardDeviation: "stddev"
    case .percentile, .discretePercentile: "percentile"
    }
  }

  package static func text(_ aggregate: Aggregate) -> String {
    var inner = aggregate.argument.map { text($0) } ?? aggregate.table
    if aggregate.function == .countDistinct { inner = "distinct " + inner }
    if case .percentile(let part) = aggregate.function { inner += ", " + Term.numberText(part) }
    if case .discretePercentile(let part) = aggregate.function { inner += ", " + Term.numberText(part) + ", discrete" }
    if let grain = aggregate.overGrain { inner += " over " + grain.rawValue }
    if let per = aggregate.overPer { inner += " per " + text(per) }
    if let condition = aggregate.condition { inner += " where " + text(condition) }
    return (aggregate.function == .countDistinct ? "count" : name(aggregate)) + "(" + inner + ")"
  }

  // MARK: Rows

  package static func text(_ row: RowExpression) -> String { text(row, within: 0) }

  private static func text(_ row: RowExpression, within outer: Int) -> String {
    switch row {
    case .column(let path): path.description
    case .number(let value): Term.numberText(value)
    case .text(let text): quoted(text)
    case .binary(let sign, let a, let b): binary(sign, outer) { text($0 ? b : a, within: $1) }
    case .negated(let inner): "-" + text(inner, within: 3)
    case .between(let measure, let a, let b): "\(measure.rawValue)(\(text(a)), \(text(b)))"
    case .choice(let test, let a, let b): "if(\(text(test)), \(text(a)), \(text(b)))"
    case .coalesce(let rows): "coalesce(" + rows.map { text($0) }.joined(separator: ", ") + ")"
    case .absolute(let inner): "abs(\(text(inner)))"
    case .unit(let grain, let inner): "\(grain.rawValue)(\(text(inner)))"
    }
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  // MARK: Conditions

  package static func text(_ condition: RowCondition) -> String { text(condition, within: 0) }

  private static func text(_ condition: RowCondition, within outer: Int) -> String {
    switch condition {
    case .comparison(let a, let comparator, let b): text(a) + " \(comparator.rawValue) " + text(b)
    case .oneOf(let row, let values, let negated): text(row) + membership(values, negated)
    case .missing(let row, let negated): text(row) + (negated ? " is not null" : " is null")
    case .matches(let row, let match, let part): text(row) + " \(match.rawValue) " + quoted(part)
    case .dimension(let name, let comparator, let value): "\(name) \(comparator.rawValue) " + text(value)
    case .dimensionOneOf(let name, let values, let negated): name + membership(values, negated)
    case .members(let name, let metric, let comparator, let bound):
      "\(name) having \(metric) \(comparator.rawValue) \(Term.numberText(bound))"
    case .dimensionMissing(let name, let negated): name + (negated ? " is not null" : " is null")
    case .any(let parts): joined(parts, "or", 1, outer)
    case .all(let parts): joined(parts, "and", 2, outer)
    case .not(let inner): "not " + text(inner, within: 3)
    }
  }

  private static func joined(_ parts: [RowCondition], _ word: String, _ strength: Int, _ outer: Int) -> String {
    let text = parts.map { self.text($0, within: strength + 1) }.joined(separator: " \(word) ")
    return strength < outer ? "(\(text))" : text
  }

  private static func membership(_ values: [RowExpression], _ negated: Bool) -> String {
    (negated ? " not in (" : " in (") + values.map { text($0) }.joined(separator: ", ") + ")"
  }
}
