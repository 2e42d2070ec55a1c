import CivilTime
import Metrics
import Questions

/// Conditions of every kind, on fields that take them, with values that the data has.
extension RandomQuestions {
  /// nil where the dimension drawn has nothing to test.
  mutating func condition(_ dimensions: [String], _ metrics: [String]) -> Condition? {
    if chance(88) { return simple(dimensions, metrics) }
    guard let a = simple(dimensions, metrics), let b = simple(dimensions, metrics), a.field != b.field else { return nil }
    switch random.below(4) {
    case 0: return .not(.all([a, b]))
    case 1:
      guard let c = simple(dimensions, metrics), c.field != a.field, c.field != b.field else { return nil }
      return .any([a, .all([b, c])])
    default: return .any([a, b])
    }
  }

  private mutating func simple(_ dimensions: [String], _ metrics: [String]) -> Condition? {
    if dimensions.isEmpty || chance(10) { return part() }
    let name = one(dimensions)
    guard let dimension = dictionary.dimension(name) else { return nil }
    if !metrics.isEmpty, dimension.kind == .category, chance(5) {
      return .among(dimension: name, chance(70) ? .top : .bottom, 1 + random.below(10), metric: one(metrics))
    }
    if chance(5) { return .missing(.dimension(name), negated: chance(50)) }
    switch dimension.kind {
    case .flag: return .comparison(.dimension(name), .equal, .number(chance(50) ? 1 : 0))
    case .number: return number(.dimension(name))
    case .category: return dimension.type == .text ? text(name) : nil
    }
  }

  private mutating func number(_ field: Field) -> Condition {
    let low = amount()
    switch random.below(4) {
    case 0: return .between(field, .number(low), .number(low + Double(1 + random.below(100))))
    case 1: return .not(.between(field, .number(low), .number(low + 10)))
    default: return .comparison(field, one(Comparator.allCases), .number(low))
    }
  }

  private mutating func text(_ name: String) -> Condition? {
    guard let stored = dataset.values[name], !stored.isEmpty else { return nil }
    let field = Field.dimension(name)
    switch random.below(10) {
    case 0...4: return .comparison(field, .equal, .text(one(stored)))
    case 5: return .comparison(field, .notEqual, .text(one(stored)))
    case 6, 7:
      let values = some(stored, 2 + random.below(3)).map(Value.text)
      return values.count > 1 ? .oneOf(field, values, negated: chance(30)) : nil
    default:
      let value = one(stored)
      return .matches(field, one(TextMatch.allCases), String(value.prefix(1 + random.below(value.count))), negated: chance(30))
    }
  }

  private mutating func part() -> Condition {
    let part = one(TimePart.allCases)
    let value = Value.number(Double(random.within(part.values)))
    if part.values == 0...1 { return .comparison(.part(part), .equal, value) }
    switch random.below(5) {
    case 0:
      let values = some(Array(part.values), 2).map { Value.number(Double($0)) }
      return values.count > 1 ? .oneOf(.part(part), values, negated: chance(30)) : .comparison(.part(part), .equal, value)
    case 1:
      let first = Value.number(Double(part.values.lowerBound))
      return first == value ? .comparison(.part(part), .equal, value) : .between(.part(part), first, value)
    case 2: return .comparison(.part(part), one(Comparator.allCases), value)
    default: return .comparison(.part(part), .equal, value)
    }
  }
}
