/// Finds the valid names nearest to one that is not, for "did you mean".
package enum NearMiss {
  /// The up to `limit` candidates within a third of the word's length in edits, nearest first, ties in the order given.
  ///
  /// Distance is Levenshtein's with transpositions (optimal string alignment), over scalars, ignoring case.
  /// Example: `nearest(to: "conversoin", among: ["conversion_rate", "conversion"])` is `["conversion"]`.
  package static func nearest(to word: String, among candidates: [String], limit: Int = 3) -> [String] {
    let target = Array(word.lowercased().unicodeScalars)
    guard !target.isEmpty, target.count <= 60 else { return [] }
    let allowed = max(1, target.count / 3)
    var found: [(distance: Int, order: Int, name: String)] = []
    for (order, candidate) in candidates.enumerated() {
      let other = Array(candidate.lowercased().unicodeScalars)
      if abs(other.count - target.count) > allowed {
        if contains(other, target) || (other.count >= 2 && contains(target, other)) {
          found.append((allowed + 1, order, candidate))
        }
        continue
      }
      let distance = distance(target, other)
      // An "edit" that replaces everything is no resemblance.
      if distance <= allowed, distance < max(target.count, other.count) { found.append((distance, order, candidate)) }
    }
    var seen = Set<String>()
    return found.sorted { ($0.distance, $0.order) < ($1.distance, $1.order) }.map(\.name)
      .filter { seen.insert($0).inserted }.prefix(limit).map { $0 }
  }

  private static func contains(_ text: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
    guard part.count >= 2, text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
  }

  /// Edits between two words: insert, delete, replace, swap neighbours; each counts one.
  package static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var above = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + Array(repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
      }
      before = above
      above = row
    }
    return above[b.count]
  }
}
