import SourceText

/// A stretch of text with a category and a meaning: a word of the lattice or what a rule made of smaller phrases.
package struct Phrase: Sendable {
  package enum Meaning: Hashable, Sendable {
    case items([Term.Item])
    case clauses([Clause])
  }

  /// nil for phrases that yield clauses of the question.
  package var category: Int?
  package var start: Int
  package var end: Int
  package var meaning: Meaning
  package var cost: Int
  /// The rule that made it; nil for words.
  package var rule: Int?
  /// How its owner writes a word.
  package var name: String
  package var children: [Int]
  /// How far a word found by its likeness is from what was typed; 0 for what stands as typed.
  package var edits = 0
  /// Whether only a part of its name was typed.
  package var isPart = false
}
