import SourceText

/// Names of values as they are shown, and those near to one that is not there.
extension NameSpellings {
  /// A value as the data has it where that is the script typed in, any other name as its owner writes it.
  static func shown(_ word: VocabularyWord, inHan: Bool) -> String {
    guard inHan, case .call(_, let parts)? = word.meaning.first?.first, parts.count == 2, let value = parts[1].first?.plainText,
      value.unicodeScalars.contains(where: { ScalarKind($0) == .han })
    else { return word.name }
    return value
  }

  /// Up to three values of a dimension that have most in common with what was typed.
  func values(of dimension: String, near typed: [Unicode.Scalar]) -> [String] {
    let isHan = typed.contains { ScalarKind($0) == .han }
    var found: [(distance: Int, order: Int, word: VocabularyWord)] = []
    for (order, name) in (han + latin).enumerated() where name.isValue && abs(name.scalars.count - typed.count) <= max(2, typed.count) {
      for word in name.words where Self.dimension(of: word) == dimension {
        let distance = NearMiss.distance(typed, name.scalars)
        // Han characters say more than letters: one of two that is the same is much.
        guard distance * (isHan ? 2 : 3) <= max(typed.count, name.scalars.count) else { continue }
        found.append((distance, order, word))
      }
    }
    var seen: Set<String> = []
    return found.sorted { ($0.distance, $0.order) < ($1.distance, $1.order) }.map { Self.shown($0.word, inHan: isHan) }
      .filter { seen.insert($0).inserted }.prefix(3).map { $0 }
  }

  private static func dimension(of word: VocabularyWord) -> String? {
    guard case .call(_, let parts)? = word.meaning.first?.first else { return nil }
    return parts.first?.first?.plainText
  }
}
