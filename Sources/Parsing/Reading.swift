import Questions
import SourceText

/// What a text was understood as, and on what grounds.
package struct Reading: Sendable {
  /// The question, or the reason there is none.
  package var outcome: Result<Question, Problem>
  /// What the answer has to say about how it was read.
  package var notices: [Notice]
  /// The clauses that the phrases gave, in the order of the text.
  package var clauses: [Clause]
  /// Every stretch of the text with how it was taken, left to right.
  package var words: [ReadWord]
  /// Times and numbers found anywhere in the text.
  package var times: [FoundTerm]
  package var numbers: [FoundTerm]

  /// How the answer is to be shown, where the text says so.
  package var presentation: Presentation?
  /// Names that were found by their likeness: what was typed, and the name it was read as.
  package var corrections: [UnknownWord] = []
  /// Questions that could be answered in place of one that is not understood.
  package var offers: [Choice] = []
  /// For each of several readings, the words that set it apart from the others.
  package var senses: [Question: Set<WordSense>] = [:]

  package var question: Question? { try? outcome.get() }

  /// Reads the text once more, as it was read, for what only `--explain` wants; nil where there is nothing to tell.
  var readAgain: (@Sendable () -> ReadingDetails?)?

  /// How it came about. It is made when it is asked for, and takes as long as reading the text.
  package var details: ReadingDetails { readAgain?() ?? .none }
  /// The parse as an indented tree: rule, text, meaning.
  package var tree: [String] { details.tree }

  /// The reading of somebody who wants no word guessed: what was corrected is not understood, and offered.
  package var strict: Reading {
    guard !corrections.isEmpty, let question else { return self }
    var strict = self
    strict.outcome = .failure(.unknownWords(corrections))
    strict.offers = [Choice(question: question)]
    return strict
  }
}

/// A stretch of the text and how it was taken.
package struct ReadWord: Hashable, Sendable {
  package enum Use: String, Hashable, Sendable { case used, filler, unknown }
  package var span: Span
  package var text: String
  package var use: Use
}

/// How a reading came about, for `--explain`.
package struct ReadingDetails: Sendable {
  /// The parse as an indented tree: rule, text, meaning.
  package var tree: [String] = []
  /// What the best reading cost, and the next ones.
  package var rivals: [Rival] = []
  /// For each word of the reading the rule or the name of the dictionary behind it, and what it means.
  package var senses: [(name: String, meaning: String)] = []

  /// A reading by the rules of its phrases, and what its cost is made of, in the weights that `grammar/shared/basic.grammar` declares.
  package struct Rival: Hashable, Sendable {
    package var cost: Int
    package var rules: [String]
    /// Of each phrase.
    package var phrase: Int
    package var inside: Int
    /// Of words that mean nothing and of marks; nil without any.
    package var fillers: Int?
    /// Of what was not understood; nil without any.
    package var uncovered: Int?
  }

  /// Of a reading that nobody made.
  package static var none: ReadingDetails { ReadingDetails() }
}

/// A time or number in the text, in the notation.
package struct FoundTerm: Hashable, Sendable {
  package var span: Span
  package var text: String
  package var term: Term
}
