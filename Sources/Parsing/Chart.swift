import SourceText

/// Everything that words and rules make of a text: one phrase for each (category, span, meaning).
final class Chart {
  let phrases: [Phrase]
  /// Whether nothing was left out: nothing may be answered from a chart that is not complete.
  let isComplete: Bool
  /// The children of all phrases, one list behind the other.
  private let family: [Int32]
  private let grammar: CompiledGrammar
  private let meanings: Meanings

  init(_ lattice: Lattice, _ text: NormalisedText, _ grammar: CompiledGrammar) {
    let saturation = Saturation(lattice, text, grammar)
    (phrases, isComplete, family) = (saturation.phrases, saturation.isComplete, saturation.family)
    (self.grammar, meanings) = (grammar, lattice.meanings)
  }

  func children(_ phrase: Phrase) -> [Int] {
    let first = Int(phrase.firstChild)
    return family[first..<(first + Int(phrase.childCount))].map { Int($0) }
  }

  /// The words that a phrase is made of in the end.
  func leaves(_ id: Int) -> [Int] {
    var found: [Int] = []
    addLeaves(id, to: &found)
    return found
  }

  private func addLeaves(_ id: Int, to found: inout [Int]) {
    let phrase = phrases[id]
    if phrase.childCount == 0 {
      found.append(id)
      return
    }
    for place in Int(phrase.firstChild)..<Int(phrase.firstChild + phrase.childCount) { addLeaves(Int(family[place]), to: &found) }
  }

  /// A phrase and all it is made of.
  func parts(_ id: Int) -> [Int] { [id] + children(phrases[id]).flatMap(parts) }

  /// What a phrase means, in the notation.
  func meaning(_ phrase: Phrase) -> Phrase.Meaning { meanings.meaning(phrase.meaning) }

  /// Whether it has a meaning at all: most fillers and all marks have none.
  func isMeaningless(_ phrase: Phrase) -> Bool { phrase.meaning == meanings.empty }

  /// How its owner writes a word; the rule that made a phrase.
  func name(_ phrase: Phrase) -> String {
    if let rule = phrase.rule { return grammar.name(of: rule) }
    if phrase.word >= 0 { return grammar.name(ofWord: Int(phrase.word)) }
    guard case .items(let items) = meaning(phrase), let term = items.first?.first else { return "" }
    return term.plainText
  }
}
