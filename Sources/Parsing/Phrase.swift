import SourceText

/// A stretch of text with a category and a meaning: a word of the lattice or what a rule made of smaller phrases.
///
/// It is numbers only, so that it is copied without counting references; its chart knows its meaning, name and children.
struct Phrase: Sendable {
  enum Meaning: Hashable, Sendable {
    case items([Term.Item])
    case clauses([Clause])
  }

  /// nil for phrases that yield clauses of the question.
  var category: Int?
  var start: Int
  var end: Int
  /// As `Meanings` counts them: equal numbers are equal meanings.
  var meaning: Int32
  var cost: Int
  /// The rule that made it; nil for words.
  var rule: Int?
  /// The word's record in the grammar; −1 for numbers, texts as typed, marks, and what a rule made.
  var word: Int32 = -1
  /// Where its children stand among those of its chart.
  var firstChild: Int32 = 0
  var childCount: Int32 = 0
  /// How far a word found by its likeness is from what was typed; 0 for what stands as typed.
  var edits: Int32 = 0
  /// Whether only a part of its name was typed.
  var isPart = false
}
