/// Widths of ranges that people like to read: 1, 2 or 5 times a power of ten.
package enum BucketWidth {
  /// The one that makes about ten ranges of the values; `whole` where the values are whole numbers.
  package static func readable(for values: ClosedRange<Double>, whole: Bool) -> Double {
    let raw = (values.upperBound - values.lowerBound) / 10
    guard raw > 0 else { return whole ? 1 : readable(for: 0...max(abs(values.upperBound), 1), whole: false) }
    var power = 0
    while raw >= scaled(10, power) { power += 1 }
    while raw < scaled(1, power) { power -= 1 }
    // The nearest by ratio: the bounds are the square roots of 2, 10 and 50.
    let lead = raw / scaled(1, power)
    let width = lead < 1.41421 ? scaled(1, power) : lead < 3.16228 ? scaled(2, power) : lead < 7.07107 ? scaled(5, power) : scaled(1, power + 1)
    return whole ? max(1, width) : width
  }

  /// `digit × 10^power`, as exact as it is written.
  private static func scaled(_ digit: Double, _ power: Int) -> Double {
    power >= 0 ? digit * PlanValue.power(power) : digit / PlanValue.power(-power)
  }
}
