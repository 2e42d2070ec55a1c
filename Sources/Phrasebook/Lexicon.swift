import SourceText

/// A language's word: its category, and what it means in the notation.
///
/// Example: `上月` has no entry of its own; `月` is a `unit` that means `month`.
package struct LexiconEntry: Hashable, Sendable {
  package var word: String
  package var category: String
  package var meaning: [Term.Item]
  package var language: String
  package var place: SourcePlace
}

/// Declared weights: what each kind of cover costs. They stand in a file, not in code, so that they can be read and questioned.
package struct Weights: Hashable, Sendable {
  /// Each phrase of a cover; fewer phrases means more was joined by rules.
  package var phrase = 100
  /// Each word inside a phrase.
  package var word = 10
  /// A filler between phrases.
  package var filler = 8
  /// A mark such as a comma between phrases.
  package var mark = 1
  /// Each scalar of a run that nothing covers.
  package var unknown = 1000
  /// A run that nothing covers, once.
  package var unknownRun = 3000
  /// A part of a value standing for a text match.
  package var textMatch = 150
  /// Each scalar of a text taken as it stands.
  package var freeText = 40
  /// The name of a metric that stands in the text and of which only parts are read.
  package var torn = 40
  /// Two readings nearer than this are a choice.
  package var tie = 5
  /// Each character that a name found by its likeness was typed otherwise.
  package var misspelt = 300
  /// The letters a word needs before one, and before two, of them are doubted.
  package var misspeltLetters = 5
  package var misspeltTwice = 9
  /// The characters a name needs before one that sounds the same, and one that only sounds or looks alike, is doubted.
  package var misspeltSound = 2
  package var misspeltAlike = 3
  /// How much longer than that a value of the data must be: another value may be meant, which is not there.
  package var misspeltValue = 1
  /// How many partial covers are kept at each place.
  package var beam = 24
  /// How many phrases a chart may hold, and how often rules may take one, before it stops growing.
  package var edges = 12_000
  package var steps = 150_000

  package init() {}

  static let names: [String: WritableKeyPath<Weights, Int> & Sendable] = [
    "phrase": \.phrase, "word": \.word, "filler": \.filler, "mark": \.mark, "unknown": \.unknown,
    "unknown-run": \.unknownRun, "text-match": \.textMatch, "free-text": \.freeText, "torn": \.torn, "misspelt": \.misspelt,
    "misspelt-letters": \.misspeltLetters, "misspelt-twice": \.misspeltTwice, "misspelt-sound": \.misspeltSound,
    "misspelt-alike": \.misspeltAlike, "misspelt-value": \.misspeltValue, "tie": \.tie, "beam": \.beam, "edges": \.edges, "steps": \.steps,
  ]
}
