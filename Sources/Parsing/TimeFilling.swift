import Questions
import SourceText

/// Times that rules make are checked and shortened as they arise: a 31 February is no phrase, and two ways to say one time
/// are one phrase.
enum TimeFilling {
  /// Whether the meaning is an amount that can be: no range from 50 to 12.
  static func isQuantity(_ meaning: Phrase.Meaning) -> Bool {
    guard case .items(let items) = meaning, items.count == 1, items[0].count == 1 else { return false }
    return ReadQuantity(items[0][0]) != nil
  }

  /// The meaning in canonical notation, nil if it is no time.
  static func canonical(_ meaning: Phrase.Meaning) -> Phrase.Meaning? {
    guard case .items(let items) = meaning, items.count == 1, items[0].count == 1,
      let time = try? TimeNotation.time(items[0][0])
    else { return nil }
    return .items([[TimeNotation.term(of: time)]])
  }
}
