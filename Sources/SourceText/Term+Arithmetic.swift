extension Term {
  /// The number a term stands for, also put together by a rule: `30`, `times(30, 1000000)`, `over(7, 5)`, `out_of(2, 5)`; else nil.
  ///
  /// No year divides: 2025 over 2024 compares. `out_of` is a share, so its second is the larger: "1 in 20", not "5 in 2025".
  package var arithmeticValue: Double? {
    switch self {
    case .number(let value): return value
    case .call(let name, let items):
      guard items.count == 2, items.allSatisfy({ $0.count == 1 }), let first = items[0][0].arithmeticValue,
        let second = items[1][0].arithmeticValue
      else { return nil }
      switch name {
      case "plus": return first + second
      case "times": return first * second
      case "over": return second == 0 || (1900...2100).contains(second) ? nil : first / second
      case "out_of": return 0 < first && first < second && !(1900...2100).contains(second) ? first / second : nil
      default: return nil
      }
    default: return nil
    }
  }
}
