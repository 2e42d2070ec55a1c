/// One typed value of a result.
package enum Cell: Hashable, Sendable {
  case null
  case integer(Int64)
  /// An exact decimal: `units` counted in `10^-scale`. `12.30` is `.decimal(units: 1230, scale: 2)`.
  case decimal(units: Int64, scale: Int)
  case real(Double)
  case text(String)
  case boolean(Bool)

  /// The value as a double, for ratios and drawing; nil for null and text.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .decimal(let units, let scale): Double(units) / Cell.power(scale)
    case .real(let value): value
    case .boolean(let value): value ? 1 : 0
    case .null, .text: nil
    }
  }

  package var isNull: Bool { self == .null }

  /// `10^scale` as a double; exact for the scales we allow (0 to 18).
  package static func power(_ scale: Int) -> Double {
    var result = 1.0
    for _ in 0..<max(0, scale) { result *= 10 }
    return result
  }

  /// The value with full precision and no grouping, as programs read it: `1234.50`, `0.12`, `华东`; empty for null.
  package var plainText: String {
    switch self {
    case .null: return ""
    case .integer(let value): return String(value)
    case .decimal(let units, let scale): return Cell.decimalText(units, scale)
    case .real(let value): return Cell.realText(value)
    case .text(let value): return value
    case .boolean(let value): return value ? "true" : "false"
    }
  }

  private static func realText(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return String(value)
  }

  private static func decimalText(_ units: Int64, _ scale: Int) -> String {
    guard scale > 0 else { return String(units) }
    var digits = String(units.magnitude)
    if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
    let cut = digits.index(digits.endIndex, offsetBy: -scale)
    return (units < 0 ? "-" : "") + digits[..<cut] + "." + digits[cut...]
  }
}
