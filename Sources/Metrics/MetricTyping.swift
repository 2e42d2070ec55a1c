import SourceText

/// How a metric's values may be added up.
package enum Additivity: String, Hashable, Sendable, CaseIterable {
  /// Over everything: sums and counts of rows.
  case additive
  /// Over everything but time: a stock.
  case semiAdditive = "semi-additive"
  /// Not at all: ratios, means, distinct counts.
  case nonAdditive = "non-additive"
}

/// What a formula's unit is, as far as the formula itself tells.
package enum DerivedUnit: Hashable, Sendable {
  case known(MeasureUnit)
  /// Money per piece, pieces per piece …: the numerator's unit, a ratio, or a unit of its own.
  case quotient(MeasureUnit, MeasureUnit)
  /// Sums of columns carry no unit; anything fits.
  case unknown
}

/// Two units that do not go together.
package struct UnitFailure: Error, Hashable, Sendable {
  package var found: String
  package var expected: String
}

/// Derives additivity and unit of metrics from their formulas.
package struct MetricTyping {
  package let dictionary: MetricDictionary
  package init(_ dictionary: MetricDictionary) { self.dictionary = dictionary }

  // MARK: Additivity

  /// How the values of a metric add up; an unknown metric adds up to nothing.
  package func additivity(of metric: String) -> Additivity { additivity(of: metric, above: []) }

  private func additivity(of metric: String, above: [String]) -> Additivity {
    guard !above.contains(metric), let formula = dictionary.metric(metric)?.formula else { return .nonAdditive }
    return additivity(formula, above + [metric])
  }

  private func additivity(_ formula: Formula, _ above: [String]) -> Additivity {
    switch formula {
    case .aggregate(let aggregate): additivity(aggregate)
    case .metric(let name): additivity(of: name, above: above)
    case .number: .nonAdditive
    case .negated(let inner): additivity(inner, above)
    case .binary(.plus, let a, let b), .binary(.minus, let a, let b): weaker(additivity(a, above), additivity(b, above))
    case .binary(.times, .number, let a), .binary(.times, let a, .number), .binary(.dividedBy, let a, .number):
      additivity(a, above)
    case .binary: .nonAdditive
    // A running total may be summed over regions, but its days overlap.
    case .rolling(let inner, _, _), .toDate(let inner, _), .allTime(let inner), .startOf(let inner, _):
      additivity(inner, above) == .nonAdditive ? .nonAdditive : .semiAdditive
    case .shifted(let inner, _, _), .filtered(let inner, _): additivity(inner, above)
    case .conversion, .score, .folded: .nonAdditive
    case .conversions: .additive
    }
  }

  private func additivity(_ aggregate: Aggregate) -> Additivity {
    if let over = aggregate.overTime { return over == .average ? .nonAdditive : .semiAdditive }
    switch aggregate.function {
    case .sum, .count: return .additive
    case .countDistinct, .average, .minimum, .maximum, .median, .standardDeviation, .percentile, .discretePercentile: return .nonAdditive
    }
  }

  private func weaker(_ a: Additivity, _ b: Additivity) -> Additivity {
    let order = Additivity.allCases
    return order[max(order.firstIndex(of: a)!, order.firstIndex(of: b)!)]
  }

  // MARK: Units

  /// The unit a formula's values have.
  /// - Throws: `UnitFailure` where unlike units are added
  package func unit(of formula: Formula) throws(UnitFailure) -> DerivedUnit {
    switch formula {
    case .aggregate(let aggregate): unit(of: aggregate)
    case .metric(let name): dictionary.metric(name).map { .known($0.unit) } ?? .unknown
    case .number: .known(.plain)
    case .negated(let inner), .rolling(let inner, _, _), .toDate(let inner, _), .shifted(let inner, _, _), .filtered(let inner, _),
      .allTime(let inner), .startOf(let inner, _):
      try unit(of: inner)
    case .binary(let sign, let a, let b): try combined(sign, a, b)
    // Of pieces, pieces squared are no unit anybody uses.
    case .folded(let fold): fold.function == .variance ? .unknown : try unit(of: fold.of)
    case .conversion: .known(.percent)
    case .conversions: .known(.count(LocalText()))
    case .score: .known(.plain)
    }
  }

  private func unit(of aggregate: Aggregate) -> DerivedUnit {
    if aggregate.function == .count || aggregate.function == .countDistinct { return .known(.count(LocalText())) }
    switch aggregate.argument {
    case .between(.days, _, _): return .known(.days)
    case .between(.hours, _, _): return .known(.hours)
    case .between(.minutes, _, _): return .known(.minutes)
    default: return .unknown
    }
  }

  private func combined(_ sign: ArithmeticOperator, _ a: Formula, _ b: Formula) throws(UnitFailure) -> DerivedUnit {
    let (left, right) = (try unit(of: a), try unit(of: b))
    guard case .known(let x) = left, case .known(let y) = right else { return .unknown }
    switch sign {
    case .plus, .minus: return .known(try sum(x, y, a, b))
    case .times:
      if x.isPure { return .known(y) }
      return y.isPure ? .known(x) : .unknown
    case .dividedBy:
      return y.isPure ? .known(x) : .quotient(x, y)
    }
  }

  private func sum(_ x: MeasureUnit, _ y: MeasureUnit, _ a: Formula, _ b: Formula) throws(UnitFailure) -> MeasureUnit {
    if x.isSame(as: y) { return x }
    // 1 - refund_rate: a plain number beside a ratio is a ratio.
    if x.isPure, y.isPure { return x == .percent || y == .percent ? .percent : .plain }
    throw UnitFailure(
      found: "\(FormulaNotation.text(a)) in \(x.name) with \(FormulaNotation.text(b)) in \(y.name)",
      expected: "one unit on both sides of + and -")
  }

  /// Whether a declared unit can be that of a formula.
  package static func fits(_ declared: MeasureUnit, _ derived: DerivedUnit) -> Bool {
    switch derived {
    case .unknown: true
    // An index may be counted in points.
    case .known(let unit): declared.isSame(as: unit) || unit.isPure && (declared.isPure || declared.isCount)
    case .quotient(let above, let below): quotientFits(declared, above, below)
    }
  }

  private static func quotientFits(_ declared: MeasureUnit, _ above: MeasureUnit, _ below: MeasureUnit) -> Bool {
    switch declared {
    // A price is money per something else; money cannot come of pieces.
    case .money, .days, .hours, .minutes: declared == above && declared != below
    // Orders per buyer, turns of the stock, or a ratio shown as it is.
    case .count, .plain: true
    case .percent: above.isSame(as: below)
    }
  }
}

extension MeasureUnit {
  /// A number without a dimension: a ratio or an index.
  var isPure: Bool { self == .percent || self == .plain }
  var isCount: Bool { if case .count = self { true } else { false } }

  /// Counts of different nouns are alike: orders and order lines may be added by a person who knows why.
  func isSame(as other: MeasureUnit) -> Bool { self == other || isCount && other.isCount }

  /// For messages: `CNY`, `pieces`, `%`.
  var name: String {
    switch self {
    case .money(let code): code
    case .count(let noun): noun.isEmpty ? "pieces" : noun[.english]
    case .percent: "%"
    case .days: "days"
    case .hours: "hours"
    case .minutes: "minutes"
    case .plain: "no unit"
    }
  }
}
