import Answers
import SourceText

/// An axis of round numbers around the values of a picture.
package struct AxisScale: Hashable, Sendable {
  package let low: Double
  package let high: Double
  package let step: Double
  private let unit: String?
  private let language: Language

  /// - Parameters:
  ///   - fromZero: bars begin at zero; a line only where its least value is not far above it.
  ///   - ticks: about how many steps there are.
  package init(_ range: ClosedRange<Double>, fromZero: Bool, ticks: Int, unit: String?, language: Language) {
    self.unit = unit
    self.language = language
    var (low, high) = (range.lowerBound, range.upperBound)
    if fromZero || (low > 0 && low < high * 0.6) { low = min(0, low) }
    if fromZero || (high < 0 && high > low * 0.6) { high = max(0, high) }
    if high <= low { (low, high) = low == 0 ? (0, 1) : low > 0 ? (0, low) : (low, 0) }
    let step = AxisScale.round((high - low) / Double(max(1, ticks)))
    self.step = step
    self.low = (low / step).rounded(.down) * step
    self.high = (high / step).rounded(.up) * step
  }

  /// 1, 2, 2.5 or 5 times a power of ten, not below a number.
  private static func round(_ raw: Double) -> Double {
    var power = 1.0
    while power * 10 <= raw { power *= 10 }
    while power > raw { power /= 10 }
    return ([1, 2, 2.5, 5, 10].first { $0 * power >= raw * 0.999 } ?? 10) * power
  }

  package var ticks: [Double] {
    (0...Int(((high - low) / step).rounded())).map { low + Double($0) * step }
  }

  /// Where a value lies, from 0 at the low end to 1 at the high.
  package func place(_ value: Double) -> Double { (value - low) / (high - low) }

  /// `20万`, `1.5M`, `7.25%`: short, for an axis.
  package func label(_ value: Double) -> String {
    if unit == "%" { return AxisScale.number(value * 100, step: step * 100) + "%" }
    let largest = max(abs(low), abs(high))
    for scale in NumberScale.all(language) where largest >= scale.size && step >= scale.size / 100 {
      return value == 0 ? "0" : AxisScale.number(value / scale.size, step: step / scale.size) + scale.word
    }
    return AxisScale.number(value, step: step)
  }

  /// With as many decimals as the step has, at most four.
  private static func number(_ value: Double, step: Double) -> String {
    var decimals = 0
    var scaled = step
    while decimals < 4, abs(scaled - scaled.rounded()) > 1e-6 * max(1, abs(scaled)) {
      scaled *= 10
      decimals += 1
    }
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let units = Int((abs(value) * power).rounded())
    let (whole, fraction) = (units / Int(power), units % Int(power))
    let sign = value < 0 && units > 0 ? "-" : ""
    if decimals == 0 { return sign + String(whole) }
    let digits = String(fraction)
    return sign + "\(whole)." + String(repeating: "0", count: decimals - digits.count) + digits
  }
}
