import SourceText

/// A number of a text as programs take it: a value, or a range with its ends; read from the term that the grammar gave.
///
/// `20`, `percent(0.2)` (as 20), `ordinal(3)`, `money(5, CNY, 3, 0.1)` (as 5.3 CNY), `compare(>=, 100)`, `between(1, 5)`,
/// `both(compare(>, 1), compare(<, 5))`.
struct ParsedAmount: Hashable {
  struct End: Hashable {
    var value: Double
    var isInside: Bool
  }
  enum Extent: Hashable {
    case value(Double)
    /// A nil end is open.
    case range(low: End?, high: End?)
  }

  var extent: Extent
  /// ISO 4217; nil for a plain number, and for a sign that several currencies share.
  var currency: String?

  private init(_ extent: Extent, _ currency: String? = nil) {
    self.extent = extent
    self.currency = currency
  }

  /// nil if the term is no amount.
  init?(_ term: Term) {
    if let value = term.arithmeticValue {
      self.init(.value(value))
      return
    }
    switch term {
    case .call("percent", let items):
      guard let value = Self.number(items, 0) else { return nil }
      self.init(.value((value * 1e12).rounded() / 1e10))
    case .call("ordinal", let items):
      guard let value = Self.number(items, 0) else { return nil }
      self.init(.value(value))
    case .call("money", let items): self.init(money: items)
    case .call("compare", let items): self.init(comparing: items)
    case .call("between", let items): self.init(between: items)
    case .call("both", let items): self.init(both: items)
    default: return nil
    }
  }

  private static func number(_ items: [Term.Item], _ index: Int) -> Double? {
    items.indices.contains(index) ? items[index].first?.arithmeticValue : nil
  }

  private static func amount(_ items: [Term.Item], _ index: Int) -> ParsedAmount? {
    items.indices.contains(index) ? items[index].first.flatMap { ParsedAmount($0) } : nil
  }

  /// `money(amount, currency, parts, size of a part, …)`
  private init?(money items: [Term.Item]) {
    guard var value = Self.number(items, 0), items.count > 1 else { return nil }
    for index in stride(from: 2, to: items.count - 1, by: 2) {
      guard let parts = Self.number(items, index), let size = Self.number(items, index + 1) else { return nil }
      value += parts * size
    }
    var currency: String?
    if case .symbol(let code)? = items[1].first, code.count == 3 { currency = code }
    self.init(.value((value * 1e6).rounded() == value * 1e6 ? value : (value * 1e10).rounded() / 1e10), currency)
  }

  private init?(comparing items: [Term.Item]) {
    guard case .symbol(let sign)? = items.first?.first, let amount = Self.amount(items, 1),
      case .value(let value) = amount.extent
    else { return nil }
    switch sign {
    case ">": self.init(.range(low: End(value: value, isInside: false), high: nil), amount.currency)
    case ">=": self.init(.range(low: End(value: value, isInside: true), high: nil), amount.currency)
    case "<": self.init(.range(low: nil, high: End(value: value, isInside: false)), amount.currency)
    case "<=": self.init(.range(low: nil, high: End(value: value, isInside: true)), amount.currency)
    case "=":
      let end = End(value: value, isInside: true)
      self.init(.range(low: end, high: end), amount.currency)
    default: return nil
    }
  }

  private init?(between items: [Term.Item]) {
    guard let first = Self.amount(items, 0), let second = Self.amount(items, 1), case .value(let a) = first.extent,
      case .value(let b) = second.extent
    else { return nil }
    let low = End(value: min(a, b), isInside: true)
    self.init(.range(low: low, high: End(value: max(a, b), isInside: true)), second.currency ?? first.currency)
  }

  private init?(both items: [Term.Item]) {
    guard let first = Self.amount(items, 0), let second = Self.amount(items, 1),
      case .range(let lowA, let highA) = first.extent, case .range(let lowB, let highB) = second.extent
    else { return nil }
    self.init(.range(low: lowA ?? lowB, high: highA ?? highB), first.currency ?? second.currency)
  }
}
