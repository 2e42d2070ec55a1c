import SourceText

/// What is known about how words are mistaken for one another: sounds, shapes, and words that are no mistake.
///
/// The engine knows no language: all of it stands in `lexicon/*/*.spelling`, read only when something was not understood.
package struct SpellingTables: Sendable {
  /// The ways each character is read.
  private var sounds: [Unicode.Scalar: [String]] = [:]
  /// The groups of look-alikes each character is in.
  private var shapes: [Unicode.Scalar: [Int]] = [:]
  private var groups = 0
  private var starts: [(from: String, to: String)] = []
  private var ends: [(from: String, to: String)] = []
  private var known: Set<[Unicode.Scalar]> = []
  /// Those of a single character.
  private var knownCharacters: Set<Unicode.Scalar> = []
  private(set) var longestKnown = 0

  package init() {}

  /// Adds one file; a line outside the blocks it knows is left alone.
  package mutating func read(_ text: String, file: String) {
    var block = ""
    for line in LineReader.lines(text, file: file) {
      if line.atMargin {
        block = line.text
        continue
      }
      switch block {
      case "sounds": addSounds(line.text)
      case "shapes": LineReader.parts(line.text, separator: "|").forEach { addShapes($0) }
      case "same start": starts += Self.pairs(line.text)
      case "same end": ends += Self.pairs(line.text)
      case "known": LineReader.parts(line.text, separator: " ").forEach { addKnown($0) }
      default: break
      }
    }
  }

  private mutating func addSounds(_ line: String) {
    let parts = LineReader.parts(line, separator: " ")
    guard parts.count == 2 else { return }
    for character in parts[1].unicodeScalars { sounds[character, default: []].append(parts[0]) }
  }

  private mutating func addShapes(_ group: String) {
    groups += 1
    for character in group.unicodeScalars { shapes[character, default: []].append(groups) }
  }

  private mutating func addKnown(_ word: String) {
    let scalars = Array(word.unicodeScalars)
    longestKnown = max(longestKnown, scalars.count)
    known.insert(scalars)
    if scalars.count == 1 { knownCharacters.insert(scalars[0]) }
  }

  private static func pairs(_ line: String) -> [(from: String, to: String)] {
    LineReader.parts(line, separator: "|").compactMap { pair in
      let sides = LineReader.parts(pair, separator: " ")
      return sides.count == 2 ? (sides[0], sides[1]) : nil
    }
  }

  // MARK: Asking

  /// Whether the word is one of its own, whatever it looks like.
  func isKnown(_ word: [Unicode.Scalar]) -> Bool { known.contains(word) }
  func isKnown(_ character: Unicode.Scalar) -> Bool { knownCharacters.contains(character) }

  /// The ways a character is read, without tones: `zhong`, `chong`; none if it is not in the tables.
  package func sounds(of character: Unicode.Scalar) -> [String] { sounds[character] ?? [] }

  /// Whether two characters are read the same, tones aside.
  func soundTheSame(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
    guard let left = sounds[a], let right = sounds[b] else { return false }
    return left.contains(where: right.contains)
  }

  /// Whether two characters are nearly read the same, or nearly look the same.
  func areAlike(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
    if let left = shapes[a], let right = shapes[b], left.contains(where: right.contains) { return true }
    guard let left = sounds[a], let right = sounds[b] else { return false }
    let folded = right.map(levelled)
    return left.contains { folded.contains(levelled($0)) }
  }

  /// A syllable without the differences many do not make: `zhang` and `zan` are one.
  private func levelled(_ syllable: String) -> String {
    var syllable = syllable
    if let start = starts.first(where: { syllable.hasPrefix($0.from) }) {
      syllable = start.to + syllable.dropFirst(start.from.count)
    }
    if let end = ends.first(where: { syllable.hasSuffix($0.from) }) {
      syllable = syllable.dropLast(end.from.count) + end.to
    }
    return syllable
  }
}
