import Parsing
import Phrasebook
import SourceText

/// Finds words and rules that can never do anything, or do what another does: what its author would want to know.
package struct PhrasebookChecks {
  private let rules: PhraseRules

  package init(_ rules: PhraseRules) { self.rules = rules }

  package func findings() -> [Diagnostic] {
    deadRules() + deadWords() + doubledWordings() + rulesWithoutExamples() + rulesOfOneLanguage()
  }

  /// Everything a slot can be filled with: what the engine finds, headings of the lexicon, categories that rules make.
  private var made: Set<String> {
    Set(BuiltIn.all).union(rules.entries.map(\.category)).union(rules.rules.compactMap(\.category))
  }

  /// A wording with a slot that nothing fills matches no text.
  private func deadRules() -> [Diagnostic] {
    let made = made
    var told: Set<String> = []
    return rules.rules.flatMap { rule in
      Self.slots(of: rule).subtracting(made).sorted().compactMap { category in
        guard told.insert("\(rule.place) \(category)").inserted else { return nil }
        let near = NearMiss.nearest(to: category, among: made.sorted())
        return Diagnostic(
          code: "dead-rule", at: rule.place, found: "«\(rule.pattern.source)», whose {…:\(category)} nothing fills",
          expected: "a category of a rule, of `words` in a lexicon, or of the engine",
          hint: near.isEmpty ? "" : "did you mean \(near.joined(separator: ", "))?")
      }
    }
  }

  /// Words under a heading that no rule asks for are never used.
  private func deadWords() -> [Diagnostic] {
    let asked = rules.rules.reduce(into: Set(BuiltIn.all)) { $0.formUnion(Self.slots(of: $1)) }
    var told: Set<String> = []
    return rules.entries.filter { !asked.contains($0.category) && told.insert($0.category).inserted }.map { entry in
      Diagnostic(
        code: "dead-words", at: entry.place, found: "words \(entry.category), which no rule asks for",
        expected: "a rule with a slot {…:\(entry.category)}, or none of these words")
    }
  }

  private static func slots(of rule: Rule) -> Set<String> {
    Set(
      rule.pattern.states.joined().compactMap { arc in
        if case .slot(_, let category) = arc.symbol { category } else { nil }
      })
  }

  /// The same wording twice with the same kind of meaning: the cheaper and earlier one always wins.
  private func doubledWordings() -> [Diagnostic] {
    var first: [String: Rule] = [:]
    return rules.rules.compactMap { rule in
      let key = "\(rule.category ?? "")|\(rule.pattern.source)|\(rule.template)"
      guard let earlier = first[key] else {
        first[key] = rule
        return nil
      }
      return Diagnostic(
        .warning, code: "wording-twice", at: rule.place, found: "«\(rule.pattern.source)» with a meaning it has already",
        expected: "each wording once", hint: "it stands first at \(earlier.place)")
    }
  }

  /// What a rule is for is only known to others, and kept, by an example.
  private func rulesWithoutExamples() -> [Diagnostic] {
    let shown = Set(rules.examples.filter { $0.expected != nil }.map { "\($0.language)|\($0.rule)" })
    var told: Set<String> = []
    return rules.rules.filter { $0.language != "shared" && !shown.contains("\($0.language)|\($0.name)") }.compactMap { rule in
      guard told.insert("\(rule.language)|\(rule.name)").inserted else { return nil }
      return Diagnostic(
        .warning, code: "rule-without-example", at: rule.place, found: "rule \(rule.name) without an example",
        expected: "a line ? text => meaning under it")
    }
  }

  /// What can be said in one language should be sayable in the others; `alone` behind a rule's name says that it need not.
  private func rulesOfOneLanguage() -> [Diagnostic] {
    let languages = Language.allCases.map(\.rawValue)
    let known = Set(rules.rules.map { "\($0.language)|\($0.name)" })
    var told: Set<String> = []
    return rules.rules.filter { languages.contains($0.language) && !$0.isAlone }.flatMap { rule -> [Diagnostic] in
      guard told.insert("\(rule.language)|\(rule.name)").inserted else { return [] }
      return languages.filter { !known.contains("\($0)|\(rule.name)") && !known.contains("shared|\(rule.name)") }.map { language in
        Diagnostic(
          .warning, code: "rule-in-one-language", at: rule.place, found: "rule \(rule.name) in \(rule.language), and none of that name in \(language)",
          expected: "a rule for the same in grammar/\(language), or `alone` behind its name")
      }
    }
  }
}
