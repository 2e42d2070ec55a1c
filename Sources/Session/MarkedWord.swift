import Answers
import Parsing
import Questions
import SourceText

/// A stretch of a question with how far it was understood, to be shown to whoever typed it.
package struct MarkedWord: Hashable, Sendable {
  package enum Mark: String, Hashable, Sendable {
    /// Used as it stands, or known to say nothing.
    case sure
    /// Read so, though it could be read otherwise: a misspelt name, a word with several meanings, 月初.
    case assumed
    case unknown
  }

  /// In the text as it was typed, in characters.
  package var span: Span
  package var text: String
  package var mark: Mark

  static func words(of reading: Reading, answer: Answer) -> [MarkedWord] {
    let assumed = Set(
      reading.corrections.map { WordSense.comparable($0.text) }
        + answer.notices.flatMap { assumedTexts($0.notice) }.map(WordSense.comparable)
    ).subtracting([""])
    var unknown: Set<String> = []
    if case .failure(.unknownWords(let words)) = reading.outcome { unknown = Set(words.map { WordSense.comparable($0.text) }) }
    return reading.words.map { word in
      let text = WordSense.comparable(word.text)
      let isUnknown = word.use == .unknown || unknown.contains(text)
      let isAssumed = assumed.contains { text == $0 || text.contains($0) || $0.contains(text) }
      return MarkedWord(span: word.span, text: word.text, mark: isUnknown ? .unknown : isAssumed ? .assumed : .sure)
    }
  }

  private static func assumedTexts(_ notice: Notice) -> [String] {
    switch notice {
    case .readAs(let typed, _): [typed]
    case .chosen(let word, _, _): [word]
    case .textMatch(_, let text, _): [text]
    case .boundReading(let text, _): [text]
    case .ignored(let words): words.map(\.text)
    default: []
    }
  }
}
