/// The words by which files write powers of ten, in one place: behind a value (`1.2万`), and as the `unit:` of a column (`万元`).
///
/// They are part of how numbers are written in files, as `¥` and `%` are, and not of how questions are asked: those words stand
/// in the lexicon.
package enum MagnitudeWords {
  /// Powers of ten behind a value. A longer word stands before one that it ends in.
  package static let behindValues: [(word: String, power: Int)] = [
    ("万亿", 12), ("百万", 6), ("千万", 7), ("万", 4), ("亿", 8),
  ]

  /// Powers of ten that `unit:` may name, in small letters.
  package static let ofUnits: [String: Int] = {
    var words = Dictionary(uniqueKeysWithValues: behindValues.map { ($0.word, $0.power) })
    for (word, power) in [
      ("百", 2), ("千", 3), ("分", -2), ("角", -1), ("thousand", 3), ("million", 6), ("billion", 9), ("k", 3), ("m", 6), ("cents", -2), ("cent", -2),
    ] { words[word] = power }
    return words
  }()

  /// What may stand behind a word of `ofUnits`: 万元 is 万.
  package static let ofMoney = "元"
}
