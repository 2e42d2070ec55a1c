/// What a chart asks of phrases of a category.
struct CategoryKinds: OptionSet, Sendable {
  let rawValue: UInt8
  /// Times and amounts: what rules make of them is checked.
  static let time = CategoryKinds(rawValue: 1), quantity = CategoryKinds(rawValue: 2)
  /// What a free text is or can begin.
  static let freeText = CategoryKinds(rawValue: 4)
  /// Names of the dictionary and the data, which may be misspelt.
  static let name = CategoryKinds(rawValue: 8)
}

extension CompiledGrammar {
  /// Whether a category holds values of the data.
  func isValue(_ category: Int) -> Bool {
    category == value || category == namedValue
  }

  /// Whether it is that of a word that rules name.
  func isLiteral(_ category: Int) -> Bool { categoryName(category).hasPrefix(Categories.literal("")) }

  func isName(_ category: Int) -> Bool { kinds[category].contains(.name) }

  func isTime(_ category: Int) -> Bool { kinds[category].contains(.time) }

  /// Whether a character is a particle: one that joins words and may stand inside a name without changing it.
  func isParticle(_ scalar: Unicode.Scalar) -> Bool { has(scalar, particle) }
}
