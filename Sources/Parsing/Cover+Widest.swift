extension CoverSearch {
  /// The phrases, none overlapping, that cover most of a text of `length` scalars; of those the fewest, then the cheapest,
  /// then the first in order. Left to right.
  static func widest(_ phrases: [Phrase], length: Int) -> [Phrase] {
    var starting: [[Phrase]] = Array(repeating: [], count: length + 1)
    for phrase in phrases where phrase.end > phrase.start { starting[phrase.start].append(phrase) }
    // From right to left: the best that can be had from each place on, and the phrase taken there.
    var best = Array(repeating: (covered: 0, count: 0, cost: 0), count: length + 1)
    var taken: [Phrase?] = Array(repeating: nil, count: length + 1)
    for start in stride(from: length - 1, through: 0, by: -1) {
      best[start] = best[start + 1]
      for phrase in starting[start] {
        let rest = best[phrase.end]
        let total = (covered: rest.covered + phrase.end - start, count: rest.count + 1, cost: rest.cost + phrase.cost)
        if (-total.covered, total.count, total.cost) < (-best[start].covered, best[start].count, best[start].cost) {
          best[start] = total
          taken[start] = phrase
        }
      }
    }
    return walk(taken)
  }

  private static func walk(_ taken: [Phrase?]) -> [Phrase] {
    var result: [Phrase] = []
    var position = 0
    while position < taken.count {
      if let phrase = taken[position] {
        result.append(phrase)
        position = phrase.end
      } else {
        position += 1
      }
    }
    return result
  }
}
