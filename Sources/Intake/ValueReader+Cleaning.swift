import Metrics

extension NumberText {
  /// Counts the number in the column's unit, unless it says its own (3万, 12 %); false if that is beyond 64 bits.
  mutating func convert(from unit: ColumnCleaning.Unit) -> Bool {
    if rules.contains(.myriads) || rules.contains(.percent) || mantissa == 0 { return true }
    let (product, over) = mantissa.multipliedReportingOverflow(by: unit.mantissa)
    if over { return false }
    mantissa = product
    exponent += unit.exponent
    if unit.mantissa != 1 || unit.exponent != 0 { rules.insert(.unit) }
    return true
  }
}

extension ColumnCleaning {
  /// A text put right by the column's rules, and which of them changed it.
  func text(_ text: String) -> (text: String, rules: CleaningRules) {
    var (text, rules): (String, CleaningRules) = (text, [])
    func take(_ changed: String, _ rule: CleaningRules) {
      if changed == text { return }
      text = changed
      rules.insert(rule)
    }
    if isHalfWidth { take(Self.half(text), .fullWidth) }
    switch letterCase {
    case .upper: take(text.uppercased(), .letterCase)
    case .lower: take(text.lowercased(), .letterCase)
    case nil: break
    }
    if let mapped = map[text] { take(mapped, .mapped) }
    return (text, rules)
  }

  /// `ＡＢ１２　` → `AB12 `
  private static func half(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0xEF || $0 == 0xE3 }) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          if scalar.value == 0x3000 { return " " }
          return (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0)! : scalar
        }))
  }
}
