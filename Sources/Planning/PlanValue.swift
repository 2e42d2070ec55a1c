import Metrics

/// An expression with its type; arithmetic here keeps decimals exact.
///
/// Sums, differences and products of exact numbers stay integers, their scales aligned; quotients are real.
///
/// How numbers are computed is said here once. An exact number is a 64-bit integer counted in `10^-scale`; what leaves 64 bits
/// is an error, never a wrapped or rounded number. A quotient is one binary division of two exact numbers, so that it is the
/// nearest double; by zero it is null. Growth is (value − base) ÷ base, a share value ÷ whole, and percent points are the
/// difference of two fractions times a hundred. Nothing is rounded before it is shown; there it is rounded half up in decimal
/// (`ExactDecimal` in Answers).
package struct PlanValue: Hashable, Sendable {
  package var expression: PlanExpression
  package var type: PlanType

  package init(_ expression: PlanExpression, _ type: PlanType) {
    self.expression = expression
    self.type = type
  }

  /// A number of the question or dictionary: exact if it has at most six decimals as written.
  ///
  /// 0.07 × 100 is not 7 in binary; the shortest text of a double says what was meant.
  package static func number(_ value: Double) -> PlanValue {
    let parts = String(value).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count <= 6, let units = Int64(parts[1] == "0" ? parts[0] : parts[0] + parts[1])
    else { return PlanValue(.literal(.real(value)), .real) }
    return PlanValue(.literal(.integer(units)), .number(scale: parts[1] == "0" ? 0 : parts[1].count))
  }

  package static func power(_ scale: Int) -> Double {
    var result = 1.0
    for _ in 0..<max(0, scale) { result *= 10 }
    return result
  }

  package static func integerPower(_ scale: Int) -> Int64 {
    var result: Int64 = 1
    for _ in 0..<min(18, max(0, scale)) { result *= 10 }
    return result
  }

  /// The same number, counted in `10^-scale`; only for exact numbers of a smaller or equal scale.
  func scaled(to scale: Int) -> PlanValue {
    guard let own = type.scale, own < scale else { return self }
    let factor = PlanValue.integerPower(scale - own)
    if case .literal(.integer(let units)) = expression {
      let (product, overflow) = units.multipliedReportingOverflow(by: factor)
      if !overflow { return PlanValue(.literal(.integer(product)), .number(scale: scale)) }
    }
    return PlanValue(.arithmetic(.times, expression, .constant(factor)), .number(scale: scale))
  }

  /// The number itself, as a real where it has decimals.
  package var plain: PlanValue {
    guard let scale = type.scale else { return self }
    if scale == 0 { return self }
    if case .literal(.integer(let units)) = expression {
      return PlanValue(.literal(.real(Double(units) / PlanValue.power(scale))), .real)
    }
    return PlanValue(.quotient(expression, .constant(PlanValue.integerPower(scale))), .real)
  }

  /// The number as a real.
  package var real: PlanValue {
    guard let scale = type.scale, scale == 0 else { return plain }
    return PlanValue(expression, .real)
  }

  package static func combine(_ operation: ArithmeticOperator, _ a: PlanValue, _ b: PlanValue) -> PlanValue {
    switch operation {
    case .plus, .minus: added(operation, a, b)
    case .times: multiplied(a, b)
    case .dividedBy: divided(a, b)
    }
  }

  private static func added(_ operation: ArithmeticOperator, _ a: PlanValue, _ b: PlanValue) -> PlanValue {
    guard let p = a.type.scale, let q = b.type.scale else {
      return PlanValue(.arithmetic(operation, a.plain.expression, b.plain.expression), .real)
    }
    let scale = max(p, q)
    return PlanValue(
      .arithmetic(operation, a.scaled(to: scale).expression, b.scaled(to: scale).expression), .number(scale: scale))
  }

  private static func multiplied(_ a: PlanValue, _ b: PlanValue) -> PlanValue {
    guard let p = a.type.scale, let q = b.type.scale, p + q <= 12 else {
      return PlanValue(.arithmetic(.times, a.plain.expression, b.plain.expression), .real)
    }
    return PlanValue(.arithmetic(.times, a.expression, b.expression), .number(scale: p + q))
  }

  private static func divided(_ a: PlanValue, _ b: PlanValue) -> PlanValue {
    guard let p = a.type.scale, let q = b.type.scale else {
      return PlanValue(.quotient(a.plain.expression, b.plain.expression), .real)
    }
    let scale = max(p, q)
    return PlanValue(.quotient(a.scaled(to: scale).expression, b.scaled(to: scale).expression), .real)
  }

  package var negated: PlanValue { PlanValue(.negated(expression), type) }

  /// Both sides in one scale, for comparing.
  static func aligned(_ a: PlanValue, _ b: PlanValue) -> (PlanValue, PlanValue) {
    guard let p = a.type.scale, let q = b.type.scale else { return (a.plain, b.plain) }
    let scale = max(p, q)
    return (a.scaled(to: scale), b.scaled(to: scale))
  }
}
