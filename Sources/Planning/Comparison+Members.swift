import Questions

extension Comparison {
  /// Whether members are compared rather than days.
  package var isOfMembers: Bool { if case .members = base { true } else { false } }

  /// The conditions of the other side: those on the fields of its members give way to theirs.
  func conditions(inPlaceOf conditions: [Condition]) -> [Condition] {
    guard case .members(let others) = base else { return conditions }
    let fields = Set(others.compactMap(\.field))
    return conditions.filter { $0.field.map { !fields.contains($0) } ?? true } + others
  }
}
