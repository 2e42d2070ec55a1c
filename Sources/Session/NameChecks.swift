import Metrics
import Parsing
import Phrasebook
import SourceText

/// Finds names of a dictionary that the language has taken already, and names for values that the data does not have.
package struct NameChecks {
  private let workspace: Workspace
  private let words: [String: LexiconEntry]
  private let values: [String: [String]]

  package init(_ workspace: Workspace, rules: PhraseRules) {
    self.workspace = workspace
    words = Dictionary(rules.entries.map { (Self.plain($0.word), $0) }, uniquingKeysWith: { first, _ in first })
    values = workspace.allValues()
  }

  package func findings() -> [Diagnostic] {
    let dictionary = workspace.dictionary
    let ofMetrics = dictionary.metrics.flatMap { metric in
      let wordings = names(metric.title, metric.synonyms) + metric.asked.all
      return wordings.compactMap { taken($0, "metric \(metric.name)", metric.place) }
    }
    return ofMetrics
      + dictionary.dimensions.flatMap { dimension in
        names(dimension.title, dimension.synonyms).compactMap { taken($0, "dimension \(dimension.name)", dimension.place) }
          + missingValues(dimension) + sharedNames(dimension)
      }
  }

  private func names(_ title: LocalText, _ synonyms: LocalWords) -> [String] {
    Language.allCases.compactMap { title.texts[$0] } + synonyms.all
  }

  private static func plain(_ word: String) -> String { String(String.UnicodeScalarView(NormalisedText.word(word))) }

  /// A name that is a word of the lexicon, or a time, may be read as that instead.
  private func taken(_ name: String, _ owner: String, _ place: SourcePlace?) -> Diagnostic? {
    if let word = words[Self.plain(name)] {
      return Diagnostic(
        .warning, code: "name-is-a-word", at: place, found: "“\(name)” for \(owner), which is a word of `\(word.category)` at \(word.place)",
        expected: "a name that the language does not use", hint: "questions that contain it may be read in two ways")
    }
    if let time = workspace.reader.phrases(covering: name, category: BuiltIn.time).first {
      return Diagnostic(
        .warning, code: "name-is-a-time", at: place, found: "“\(name)” for \(owner), which reads as the time \(time.meaning)",
        expected: "a name that is no time", hint: "a question that contains it would ask for that time")
    }
    return nil
  }

  /// Titles, synonyms and groups for values that no row has: they would match and give nothing.
  private func missingValues(_ dimension: Dimension) -> [Diagnostic] {
    guard let stored = values[dimension.name], !stored.isEmpty else { return [] }
    let known = Set(stored)
    let named = dimension.values.map { ($0.stored, $0.place) } + dimension.groups.flatMap { group in group.values.map { ($0, group.place) } }
    return named.filter { !known.contains($0.0) }.map { value, place in
      let near = NearMiss.nearest(to: value, among: stored)
      return Diagnostic(
        .warning, code: "value-not-in-data", at: place ?? dimension.place,
        found: "a name for the \(dimension.name) “\(value)”, which no row of the data has", expected: "a value as it is stored",
        hint: near.isEmpty ? "" : "did you mean \(near.joined(separator: ", "))?")
    }
  }

  /// A name given to a value that is a stored value too, of another dimension than one of its own hierarchy: asked back.
  private func sharedNames(_ dimension: Dimension) -> [Diagnostic] {
    let own = workspace.dictionary.hierarchy(of: dimension.name)?.hierarchy.levels ?? [dimension.name]
    return dimension.values.flatMap { value in
      names(value.title, value.synonyms).compactMap { name -> Diagnostic? in
        guard let other = values.keys.sorted().first(where: { !own.contains($0) && values[$0]!.contains(name) }) else { return nil }
        return Diagnostic(
          .warning, code: "value-in-two-dimensions", at: value.place ?? dimension.place,
          found: "“\(name)” for a \(dimension.name), which is a \(other) too", expected: "a name for one of them",
          hint: "a question that contains it alone is asked back")
      }
    }
  }
}
