extension CompiledGrammar {
  /// Whether a category holds values of the data.
  func isValue(_ category: Int) -> Bool {
    category == value || category == namedValue
  }

  /// Whether it is that of a word that rules name.
  func isLiteral(_ category: Int) -> Bool { categoryName(category).hasPrefix(Categories.literal("")) }

  func isMetric(_ category: Int) -> Bool { category == metric }

  func isDimension(_ category: Int) -> Bool { category == dimension }

  /// Whether a character is a particle: one that joins words and may stand inside a name without changing it.
  func isParticle(_ scalar: Unicode.Scalar) -> Bool { has(scalar, particle) }
}
