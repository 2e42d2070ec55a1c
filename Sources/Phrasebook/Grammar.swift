import SourceText

/// A way of joining words: a name, wordings, a meaning and examples.
///
/// A rule with a category yields a phrase of that category whose meaning is items of notation; a rule without one yields
/// clauses of a question.
package struct Rule: Hashable, Sendable {
  package enum Template: Hashable, Sendable {
    case items([Term.Item])
    case clauses([Clause])
  }

  package var name: String
  /// nil: the rule yields clauses.
  package var category: String?
  /// Added to the cost of what it covers; negative for rules that should win.
  package var cost: Int
  package var pattern: Pattern
  package var template: Template
  package var language: String
  /// Whether other languages need no rule of this name.
  package var isAlone: Bool
  package var place: SourcePlace
  /// Order of declaration over all files: ties break by it.
  package var order: Int
}

/// `? text => notation` or `! text` under a rule.
package struct RuleExample: Hashable, Sendable {
  package var rule: String
  package var category: String?
  package var text: String
  /// nil for `!`: the rule must not cover the whole text.
  package var expected: String?
  package var language: String
  package var place: SourcePlace
}

/// All words and rules of all languages, loaded together so that mixed sentences work.
package struct PhraseRules: Hashable, Sendable {
  package var entries: [LexiconEntry] = []
  package var rules: [Rule] = []
  package var examples: [RuleExample] = []
  package var weights = Weights()

  package init() {}

  /// Adds the words and rules of other files behind these; weights that were set there hold.
  package mutating func append(_ other: PhraseRules) {
    entries += other.entries
    rules += other.rules
    for index in rules.indices.suffix(other.rules.count) { rules[index].order = index }
    examples += other.examples
    if other.weights != Weights() { weights = other.weights }
  }
}
