/// Sides in a follow-up: groups of values that stand side by side, each as a condition of one metric alone (`gmv(where …)`).
extension FollowUp {
  /// Measures that replace those of an answer with sides: each is asked for on every side, 长三角和京津冀的销售额 → 换成订单数.
  func onSides(_ measures: [Measure], of before: [Measure]) -> [Measure] {
    guard !sides(before).isEmpty, measures.allSatisfy({ $0.conditions.isEmpty && $0.fold == nil && $0.beside == nil }) else { return measures }
    return measures.flatMap { measure in
      sides(before).map { side in
        var filtered = measure
        filtered.conditions = side
        return filtered
      }
    }
  }

  /// The measures without their sides, where a condition on what tells those apart takes their place: 那华北呢.
  func withoutSides(_ measures: [Measure], for conditions: [Condition]) -> [Measure] {
    let fields = sides(measures).joined().compactMap(\.field)
    guard !fields.isEmpty, conditions.contains(where: { $0.field.map(fields.contains) ?? false }) else { return measures }
    return Resolver.unique(
      measures.map { measure in
        var plain = measure
        plain.conditions = []
        return plain
      })
  }

  /// The conditions of several measures of one metric, each with its own on one field; empty for all other measures.
  private func sides(_ measures: [Measure]) -> [[Condition]] {
    let found = Resolver.unique(measures.map(\.conditions))
    let fields = Set(found.joined().map(\.field))
    return found.count > 1 && found.allSatisfy { $0.count == 1 } && fields.count == 1 && fields.first != .some(nil) ? found : []
  }
}
