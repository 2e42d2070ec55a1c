extension Term {
  /// The number a term stands for, also put together by a rule: `30`, `times(30, 1000000)`, `over(2, 5)`; else nil.
  ///
  /// `out_of(2, 5)` is a share, so the second must be larger than the first and no year: "1 in 20" is one, "5 in 2025" is none.
  package var arithmeticValue: Double? {
    switch self {
    case .number(let value): return value
    case .call(let name, let items):
      guard items.count == 2, items.allSatisfy({ $0.count == 1 }), let first = items[0][0].arithmeticValue,
        let second = items[1][0].arithmeticValue
      else { return nil }
      switch name {
      case "times": return first * second
      case "over": return second == 0 ? nil : first / second
      case "out_of": return 0 < first && first < second && !(1900...2100).contains(second) ? first / second : nil
      default: return nil
      }
    default: return nil
    }
  }
}
