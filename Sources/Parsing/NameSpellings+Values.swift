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
    func consider(_ names: [Name], from first: Int) {
      for index in names.indices where names[index].isValue && abs(names[index].scalars.count - typed.count) <= max(2, typed.count) {
        let scalars = names[index].scalars
        // Han characters say more than letters: one of two that is the same is much.
        let (weight, most) = (isHan ? 2 : 3, max(typed.count, scalars.count))
        guard Self.leastEdits(typed, scalars) * weight <= most else { continue }
        let words = names[index].words.filter { Self.dimension(of: $0) == dimension }
        guard !words.isEmpty else { continue }
        let distance = NearMiss.distance(typed, scalars)
        guard distance * weight <= most else { continue }
        for word in words { found.append((distance, first + index, word)) }
      }
    }
    consider(han, from: 0)
    consider(latin, from: han.count)
    var seen: Set<String> = []
    return found.sorted { ($0.distance, $0.order) < ($1.distance, $1.order) }.map { Self.shown($0.word, inHan: isHan) }
      .filter { seen.insert($0).inserted }.prefix(3).map { $0 }
  }

  /// No more than the edits between two words: a character that the other does not have is one. Counting edits takes longer.
  static func leastEdits(_ typed: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var missing = 0
    for scalar in typed where !other.contains(scalar) { missing += 1 }
    return missing
  }

  private static func dimension(of word: VocabularyWord) -> String? {
    guard case .call(_, let parts)? = word.meaning.first?.first else { return nil }
    return parts.first?.first?.plainText
  }
}
