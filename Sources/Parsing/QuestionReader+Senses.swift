import Phrasebook
import Questions
import SourceText

/// What the words of a cover were taken for.
extension QuestionReader {
  /// Names of metrics and dimensions, and values, with what each stands for.
  func senses(_ cover: Cover, _ chart: Chart, _ text: NormalisedText) -> Set<WordSense> {
    Set(
      names(cover, chart).compactMap { phrase in
        target(phrase, chart).map { WordSense(word: text.words(phrase.start, phrase.end), target: $0, value: value(phrase, chart)) }
      })
  }

  /// Names that were found by their likeness, with what was typed.
  func corrections(_ cover: Cover, _ chart: Chart, _ text: NormalisedText) -> [UnknownWord] {
    names(cover, chart).filter { $0.edits > 0 }.sorted { $0.start < $1.start }.map { phrase in
      let span = text.span(phrase.start, phrase.end)
      return UnknownWord(text: text.text(span), span: span, nearest: [chart.name(phrase)])
    }
  }

  /// Names typed in other characters than their owner writes, case aside: traditional, full width.
  func otherScripts(_ cover: Cover, _ chart: Chart, _ text: NormalisedText) -> [Notice] {
    names(cover, chart).filter { $0.edits == 0 }.sorted { $0.start < $1.start }.compactMap { phrase in
      let typed = text.text(text.span(phrase.start, phrase.end))
      let compared = text.words(phrase.start, phrase.end)
      guard typed.lowercased() != compared, typed.lowercased() != chart.name(phrase).lowercased(),
        typed.unicodeScalars.count == compared.unicodeScalars.count, typed.unicodeScalars.contains(where: { $0.value >= 0x80 })
      else { return nil }
      return .readAs(typed: typed, name: chart.name(phrase))
    }
  }

  /// The names of the dictionary and the data that a cover's phrases are made of.
  private func names(_ cover: Cover, _ chart: Chart) -> [Phrase] {
    cover.phrases.flatMap(chart.leaves).map { chart.phrases[$0] }.filter { target($0, chart) != nil }
  }

  /// Whether a word is a name already, whatever else it is.
  package func isName(_ word: String) -> Bool {
    grammar.words(NormalisedText.word(word)).contains { NameSpellings.isName(grammar.categoryName($0.category)) }
  }

  /// The one value of the data that a name stands for.
  private func value(_ phrase: Phrase, _ chart: Chart) -> String? {
    guard case .items(let items) = chart.meaning(phrase), case .call(_, let parts)? = items.first?.first, parts.count == 2 else { return nil }
    return parts[1].first?.plainText
  }

  /// The metric or dimension that a name stands for; of a value, its dimension.
  func target(_ phrase: Phrase, _ chart: Chart) -> String? {
    guard let id = phrase.category, case .items(let items) = chart.meaning(phrase), items.count == 1, let term = items[0].first else { return nil }
    if grammar.isValue(id), case .call(_, let parts) = term { return parts.first?.first?.plainText }
    guard grammar.isName(id) || id == grammar.category(BuiltIn.shortDimension), case .symbol(let name) = term else { return nil }
    return name
  }
}
