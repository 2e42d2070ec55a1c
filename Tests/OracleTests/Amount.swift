/// A number as the oracle keeps it: an exact fraction as long as 128 bits hold it, else the nearest double.
///
/// Divisions are counted, because the program divides in binary: two numbers that are equal here, and came of several
/// divisions, may differ there in the last bit.
struct Amount {
  private(set) var top: Int128
  /// Positive, without a common factor with `top`.
  private(set) var bottom: Int128
  /// Set where the number is no exact fraction any more.
  private(set) var inexact: Double?
  private(set) var divisions = 0

  init(_ top: Int128, over bottom: Int128 = 1) {
    let divisor = Amount.commonFactor(top, bottom)
    let sign: Int128 = bottom < 0 ? -1 : 1
    self.top = sign * top / divisor
    self.bottom = sign * bottom / divisor
  }

  init(_ value: Int) { self.init(Int128(value)) }

  init(inexact value: Double) {
    (top, bottom, inexact, divisions) = (0, 1, value, 2)
  }

  /// What a double was written as: 0.1 is one tenth.
  init(written value: Double) {
    self = Amount(text: String(value)) ?? Amount(inexact: value)
  }

  /// `-12.30`; nil if it is no plain decimal number.
  init?(text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = Int128(parts[0] + (parts.count > 1 ? parts[1] : "")) else { return nil }
    var scale: Int128 = 1
    if parts.count > 1 { for _ in parts[1] { scale *= 10 } }
    self.init(whole, over: scale)
  }

  var double: Double { inexact ?? Double(top) / Double(bottom) }
  var isZero: Bool { inexact.map { $0 == 0 } ?? (top == 0) }
  var isExact: Bool { inexact == nil }

  private static func commonFactor(_ a: Int128, _ b: Int128) -> Int128 {
    var (x, y) = (a < 0 ? -a : a, b < 0 ? -b : b)
    while y != 0 { (x, y) = (y, x % y) }
    return x == 0 ? 1 : x
  }

  // MARK: Arithmetic

  static func + (a: Amount, b: Amount) -> Amount { sum(a, b, negating: false) }
  static func - (a: Amount, b: Amount) -> Amount { sum(a, b, negating: true) }

  private static func sum(_ a: Amount, _ b: Amount, negating: Bool) -> Amount {
    let (left, over1) = a.top.multipliedReportingOverflow(by: b.bottom)
    let (right, over2) = b.top.multipliedReportingOverflow(by: a.bottom)
    let (total, over3) = negating ? left.subtractingReportingOverflow(right) : left.addingReportingOverflow(right)
    let (bottom, over4) = a.bottom.multipliedReportingOverflow(by: b.bottom)
    let isExact = a.isExact && b.isExact && !over1 && !over2 && !over3 && !over4
    return made(isExact, total, bottom, negating ? a.double - b.double : a.double + b.double, a.divisions + b.divisions)
  }

  static func * (a: Amount, b: Amount) -> Amount {
    let (top, over1) = a.top.multipliedReportingOverflow(by: b.top)
    let (bottom, over2) = a.bottom.multipliedReportingOverflow(by: b.bottom)
    return made(a.isExact && b.isExact && !over1 && !over2, top, bottom, a.double * b.double, a.divisions + b.divisions)
  }

  /// Nil for a zero divisor.
  static func / (a: Amount, b: Amount) -> Amount? {
    if b.isZero { return nil }
    let (top, over1) = a.top.multipliedReportingOverflow(by: b.bottom)
    let (bottom, over2) = a.bottom.multipliedReportingOverflow(by: b.top)
    return made(a.isExact && b.isExact && !over1 && !over2, top, bottom, a.double / b.double, a.divisions + b.divisions + 1)
  }

  private static func made(_ isExact: Bool, _ top: Int128, _ bottom: Int128, _ double: Double, _ divisions: Int) -> Amount {
    var result = isExact ? Amount(top, over: bottom) : Amount(inexact: double)
    result.divisions = max(result.divisions, divisions)
    return result
  }

  var negated: Amount { Amount(0) - self }
  var magnitude: Amount { double < 0 ? negated : self }

  /// The greatest whole number that is not above it.
  var floor: Amount {
    guard isExact else { return Amount(inexact: double.rounded(.down)) }
    let quotient = top / bottom
    return Amount(top < 0 && quotient * bottom != top ? quotient - 1 : quotient)
  }

  // MARK: Comparing

  /// Less than 0, 0, or more.
  func compared(to other: Amount) -> Int {
    if isExact, other.isExact {
      let (left, over1) = top.multipliedReportingOverflow(by: other.bottom)
      let (right, over2) = other.top.multipliedReportingOverflow(by: bottom)
      if !over1, !over2 { return left == right ? 0 : left < right ? -1 : 1 }
    }
    return double == other.double ? 0 : double < other.double ? -1 : 1
  }

  /// Whether binary division may decide otherwise which of the two is greater.
  func isTooClose(to other: Amount) -> Bool {
    if divisions + other.divisions < 2 { return false }
    return abs(double - other.double) <= 1e-9 * max(abs(double), abs(other.double), 1e-9)
  }
}

extension Amount: Hashable {
  static func == (a: Amount, b: Amount) -> Bool { a.compared(to: b) == 0 }

  func hash(into hasher: inout Hasher) { hasher.combine(double) }
}

extension Amount: CustomStringConvertible {
  var description: String { isExact ? bottom == 1 ? "\(top)" : "\(double)" : "\(double)" }
}

/// A value of the oracle; days and moments are their ISO texts, flags are 0 and 1.
enum Datum: Hashable {
  case null
  case amount(Amount)
  case text(String)

  var isNull: Bool { self == .null }
  var amount: Amount? { if case .amount(let amount) = self { amount } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// Order of values of one type, by bytes for texts; nulls are for the caller.
  func compared(to other: Datum) -> Int {
    switch (self, other) {
    case (.amount(let a), .amount(let b)): return a.compared(to: b)
    case (.text(let a), .text(let b)): return a == b ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    case (.null, .null): return 0
    case (.null, _): return 1
    case (_, .null): return -1
    case (.amount, .text): return -1
    case (.text, .amount): return 1
    }
  }

  static func number(_ value: Int) -> Datum { .amount(Amount(value)) }
}

extension Datum: CustomStringConvertible {
  var description: String {
    switch self {
    case .null: "–"
    case .amount(let amount): amount.description
    case .text(let text): text
    }
  }
}
