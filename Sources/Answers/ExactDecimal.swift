import Tables

/// A decimal number as digits, so that scaling and rounding are exact: `digits × 10^exponent`.
///
/// Rounding is half away from zero ("half up"), over the shortest decimal that reads back as the double: 1.005 with two
/// decimals is 1.01, as people expect, though the double nearest to it lies below.
package struct ExactDecimal: Hashable, Sendable {
  package private(set) var isNegative: Bool
  /// Most significant first, no leading zeros; empty for zero.
  private var digits: [UInt8]
  private var exponent: Int

  package init(units: Int64, scale: Int) {
    isNegative = units < 0
    digits = units == 0 ? [] : Array(String(units.magnitude).utf8).map { $0 - 48 }
    exponent = -scale
  }

  /// Nil if it is not finite.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value.sign == .minus && value != 0
    digits = []
    exponent = 0
    var seenPoint = false
    let parts = value.magnitude.description.split(separator: "e")
    for byte in parts[0].utf8 {
      if byte == 46 {
        seenPoint = true
        continue
      }
      digits.append(byte - 48)
      if seenPoint { exponent -= 1 }
    }
    if parts.count > 1 { exponent += Int(parts[1]) ?? 0 }
    digits = Array(digits.drop(while: { $0 == 0 }))
  }

  /// Nil for null, text and numbers that are not finite.
  package init?(_ cell: Cell) {
    switch cell {
    case .integer(let value): self.init(units: value, scale: 0)
    case .decimal(let units, let scale): self.init(units: units, scale: scale)
    case .real(let value): self.init(value)
    case .boolean(let value): self.init(units: value ? 1 : 0, scale: 0)
    case .null, .text: return nil
    }
  }

  package var isZero: Bool { digits.isEmpty }

  /// Whether there is nothing behind the point.
  package var isWhole: Bool {
    exponent >= 0 || digits.isEmpty || (digits.count > -exponent && digits.suffix(-exponent).allSatisfy { $0 == 0 })
  }

  /// How many decimals it takes to write it in full: 2 for 0.05, 0 for 1200.
  package var decimals: Int {
    let zeros = digits.reversed().prefix { $0 == 0 }.count
    return digits.isEmpty ? 0 : max(0, -(exponent + zeros))
  }

  /// In full, with sign, without rounding: `-1200.5`.
  package func fullText(grouped: Bool) -> String {
    (isNegative ? "-" : "") + text(decimals: decimals, grouped: grouped).text
  }

  /// Times `10^places`; negative places divide.
  package func shifted(_ places: Int) -> ExactDecimal {
    var result = self
    result.exponent += places
    return result
  }

  /// Whether `|self| >= 10^power`.
  package func reaches(powerOfTen power: Int) -> Bool { !digits.isEmpty && digits.count + exponent > power }

  /// Rounded to so many decimals, without sign, the whole part in groups of three: `1,234.50`.
  package func text(decimals: Int, grouped: Bool = true) -> (text: String, isZero: Bool) {
    var kept = digits
    let drop = -exponent - decimals
    if drop > 0 {
      let up = drop <= digits.count && digits[digits.count - drop] >= 5
      kept = drop >= digits.count ? [] : Array(digits.dropLast(drop))
      if up { ExactDecimal.increment(&kept) }
    } else {
      if !kept.isEmpty { kept += [UInt8](repeating: 0, count: -drop) }
    }
    let isZero = kept.allSatisfy { $0 == 0 }
    while kept.count <= decimals { kept.insert(0, at: 0) }
    let text = kept.map { String($0) }
    let whole = Array(text.dropLast(decimals))
    let fraction = text.suffix(decimals).joined()
    return ((grouped ? ExactDecimal.grouped(whole) : whole.joined()) + (decimals > 0 ? "." + fraction : ""), isZero)
  }

  private static func increment(_ digits: inout [UInt8]) {
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index < 0 { digits.insert(1, at: 0) } else { digits[index] += 1 }
  }

  private static func grouped(_ digits: [String]) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
      result += digit
    }
    return result
  }
}
