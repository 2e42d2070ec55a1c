import SourceText

/// An amount in a text: a number, a percentage, a rank, money, or a bound on one.
///
/// In the notation: `20`, `percent(0.2)`, `ordinal(3)`, `money(20, CNY)`, `money(5, USD, 50, 0.01)`, `compare(>, 20)`,
/// `both(compare(>, 20), compare(<, 30))`, `between(20, 30)`.
package struct ReadQuantity: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable { case number, percent, ordinal, currency, range }

  package var kind: Kind
  /// In the unit people say: 20 for 20 %, the rank of an ordinal. Nil for a range.
  package var value: Double?
  package var low: Double?
  package var high: Double?
  package var lowInclusive: Bool?
  package var highInclusive: Bool?
  /// ISO 4217 code; nil if there is no currency or the sign names several ($).
  package var currency: String?

  /// Nil if the term is no amount, or a range without anything in it.
  package init?(_ term: Term) {
    switch term {
    case .number(let value): self.init(kind: .number, value: value)
    case .call(let name, let items):
      if let value = term.arithmeticValue { self.init(kind: .number, value: value); return }
      let terms = items.compactMap { $0.count == 1 ? $0[0] : nil }
      guard let read = ReadQuantity.call(name, terms) else { return nil }
      self = read
    default: return nil
    }
  }

  private init(kind: Kind, value: Double? = nil, currency: String? = nil) {
    self.kind = kind
    self.value = value
    self.currency = currency
  }

  private static func call(_ name: String, _ terms: [Term]) -> ReadQuantity? {
    switch (name, terms.count) {
    case ("percent", 1): number(terms[0]).map { ReadQuantity(kind: .percent, value: percent($0)) }
    case ("ordinal", 1): number(terms[0]).map { ReadQuantity(kind: .ordinal, value: $0) }
    case ("money", 2...): money(terms)
    case ("compare", 2): bound(terms[0], terms[1])
    case ("both", 2): both(terms[0], terms[1])
    case ("between", 2): between(terms[0], terms[1])
    default: nil
    }
  }

  private static func number(_ term: Term) -> Double? { term.arithmeticValue }

  /// 0.29 × 100 is 28.999…96; people said 29.
  private static func percent(_ fraction: Double) -> Double {
    let value = fraction * 100
    let rounded = (value * 1e9).rounded() / 1e9
    return abs(rounded - value) <= 1e-12 * abs(value) ? rounded : value
  }

  /// Amount, currency, and pairs of a smaller amount and its size.
  private static func money(_ terms: [Term]) -> ReadQuantity? {
    guard var value = number(terms[0]), case .symbol(let code) = terms[1] else { return nil }
    for index in stride(from: 2, to: terms.count - 1, by: 2) {
      guard let part = number(terms[index]), let size = number(terms[index + 1]), part * size < 1, part == part.rounded() else { return nil }
      value += part * size
    }
    return ReadQuantity(kind: .currency, value: value, currency: code == "any" ? nil : code)
  }

  private static func bound(_ sign: Term, _ inner: Term) -> ReadQuantity? {
    guard case .symbol(let comparator) = sign, let amount = ReadQuantity(inner), let value = amount.value else { return nil }
    var range = ReadQuantity(kind: .range, currency: amount.currency)
    if comparator != "<", comparator != "<=" { range.low = value; range.lowInclusive = comparator != ">" }
    if comparator != ">", comparator != ">=" { range.high = value; range.highInclusive = comparator != "<" }
    return range
  }

  private static func both(_ a: Term, _ b: Term) -> ReadQuantity? {
    guard let first = ReadQuantity(a), let second = ReadQuantity(b), first.kind == .range, second.kind == .range else { return nil }
    let (lower, upper) = first.low != nil ? (first, second) : (second, first)
    guard let low = lower.low, lower.high == nil, let high = upper.high, upper.low == nil, low <= high else { return nil }
    var range = lower
    range.high = high
    range.highInclusive = upper.highInclusive
    range.currency = lower.currency ?? upper.currency
    return range
  }

  /// 10 to 20 dollars, but not 15 % to $ 400, and not 6 % to 309: a percentage does not lend its sign to what follows.
  private static func areAlike(_ a: Kind, _ b: Kind) -> Bool {
    a != .range && b != .range && (a == b || Set([a, b]) == [.number, .currency] || (a == .number && b == .percent))
  }

  private static func between(_ a: Term, _ b: Term) -> ReadQuantity? {
    guard let first = ReadQuantity(a), let second = ReadQuantity(b), let low = first.value, let high = second.value,
      low <= high, areAlike(first.kind, second.kind)
    else { return nil }
    var range = ReadQuantity(kind: .range, currency: second.currency ?? first.currency)
    (range.low, range.high, range.lowInclusive, range.highInclusive) = (low, high, true, true)
    return range
  }
}
