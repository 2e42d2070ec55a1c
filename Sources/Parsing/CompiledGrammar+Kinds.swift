extension CompiledGrammar {
  /// Whether a category holds values of the data.
  func isValue(_ category: Int) -> Bool {
    category == self.category(BuiltIn.value) || category == self.category(BuiltIn.namedValue)
  }

  func isMetric(_ category: Int) -> Bool { category == self.category(BuiltIn.metric) }

  func isDimension(_ category: Int) -> Bool { category == self.category(BuiltIn.dimension) }

  /// Whether a character is a particle: one that joins words and may stand inside a name without changing it.
  func isParticle(_ scalar: Unicode.Scalar) -> Bool {
    let particle = category(BuiltIn.particle)
    return words([scalar]).contains { $0.category == particle }
  }
}
