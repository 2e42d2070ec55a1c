import Phrasebook
import SourceText

/// The rules with their categories as numbers, indexed by the category that can begin them.
package struct CompiledGrammar: Sendable {
  struct Arc: Sendable {
    var category: Int
    var slot: String?
    var target: Int
  }

  struct CompiledRule: Sendable {
    var rule: Rule
    /// nil for rules that yield clauses.
    var category: Int?
    var states: [[Arc]]
    var accepting: [Bool]
  }

  private(set) var rules: [CompiledRule] = []
  /// Category → the arcs that leave a rule's start on it.
  private(set) var starts: [[(rule: Int, arc: Arc)]] = []
  package let weights: Weights
  package let vocabulary: Vocabulary
  package let categories: Categories
  let filler: Int
  let mark: Int
  /// The categories of times; what rules make of them is checked.
  let times: Set<Int>
  /// The categories of amounts; what rules make of them is checked too.
  let quantities: Set<Int>

  package init(_ phraseRules: PhraseRules, _ vocabulary: Vocabulary) {
    var categories = vocabulary.categories
    weights = phraseRules.weights
    for rule in phraseRules.rules {
      let states = rule.pattern.states.map { arcs in
        arcs.map { arc in
          switch arc.symbol {
          case .word(let word): Arc(category: categories.id(Categories.literal(word)), slot: nil, target: arc.target)
          case .slot(let name, let category): Arc(category: categories.id(category), slot: name, target: arc.target)
          }
        }
      }
      rules.append(
        CompiledRule(
          rule: rule, category: rule.category.map { categories.id($0) }, states: states,
          accepting: rule.pattern.accepting))
    }
    starts = Array(repeating: [], count: categories.names.count)
    for (index, rule) in rules.enumerated() {
      for arc in rule.states[0] { starts[arc.category].append((index, arc)) }
    }
    self.vocabulary = vocabulary
    self.categories = categories
    filler = categories.find(BuiltIn.filler)!
    mark = categories.find(BuiltIn.mark)!
    quantities = Set([BuiltIn.quantity, BuiltIn.weakQuantity].compactMap { categories.find($0) })
    times = Set([BuiltIn.time, BuiltIn.moment, BuiltIn.weakTime].compactMap { categories.find($0) })
  }
}
