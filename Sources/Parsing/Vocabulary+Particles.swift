extension Vocabulary {
  /// Whether a character is a particle: one that joins words and may stand inside a name without changing it.
  func isParticle(_ scalar: Unicode.Scalar) -> Bool {
    guard let particle = categories.find(BuiltIn.particle) else { return false }
    return index.payloads(of: [scalar]).contains { $0.category == particle }
  }
}
