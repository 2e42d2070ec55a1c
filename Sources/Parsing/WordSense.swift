import Metrics
import Questions
import SourceText

/// What one word of a question was taken for, where it could be taken for something else.
package struct WordSense: Hashable, Sendable {
  /// As the engine compares it: lower case, half width, simplified.
  package var word: String
  /// The name of the metric or dimension; of a value, its dimension.
  package var target: String
  /// Of a value, the value as the data has it; nil for several.
  package var value: String?

  package init(word: String, target: String, value: String? = nil) {
    self.word = word
    self.target = target
    self.value = value
  }

  /// A text in the shape that words are compared in.
  package static func comparable(_ text: String) -> String { NormalisedText(text).words }
}

/// What decides between readings that are about as good, before anybody is asked: choices made before.
package struct Preferences: Hashable, Sendable {
  /// The latest last.
  package var senses: [WordSense] = []
  /// Questions whose readings differ in more than a word, by their text.
  package var readings: [String: Question] = [:]

  package init() {}
}

/// Decides between readings by what was chosen before and by the dataset's defaults.
struct Deciding {
  let preferences: Preferences
  let defaults: WordDefaults
  let typed: NormalisedText
  private var text: String { typed.words }

  /// The one choice that is preferred, and what to say about it; nil if nothing prefers just one.
  func decided(_ choices: [Choice], _ senses: [Question: Set<WordSense>]) -> (choice: Choice, notice: Notice)? {
    if !preferences.readings.isEmpty, let known = preferences.readings[text], let choice = choices.first(where: { $0.question == known }) {
      return (choice, .chosen(word: "", name: "", by: .conversation))
    }
    for sense in preferences.senses.reversed() {
      if let choice = only(choices, senses, sense) { return (choice, .chosen(word: sense.word, name: sense.target, by: .conversation)) }
    }
    for entry in defaults.entries {
      let word = String(String.UnicodeScalarView(NormalisedText.word(entry.word)))
      let sense = WordSense(word: word, target: entry.target)
      if let choice = only(choices, senses, sense) { return (choice, .chosen(word: entry.word, name: entry.target, by: .dataset)) }
    }
    for dimension in defaults.dimensionsOfValues {
      for word in Set(choices.flatMap { senses[$0.question] ?? [] }.map(\.word)).sorted() {
        let sense = WordSense(word: word, target: dimension)
        if let choice = only(choices, senses, sense) { return (choice, .chosen(word: word, name: dimension, by: .dataset)) }
      }
    }
    return nil
  }

  /// The one choice in which the word was taken so.
  private func only(_ choices: [Choice], _ senses: [Question: Set<WordSense>], _ sense: WordSense) -> Choice? {
    let hits = choices.filter { senses[$0.question]?.contains { $0.word == sense.word && $0.target == sense.target } == true }
    return hits.count == 1 ? hits[0] : nil
  }
}
