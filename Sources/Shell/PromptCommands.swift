import Answers
import CivilTime
import Metrics
import Session
import SourceText
import Terminal

/// All commands of the prompt, for one dataset.
struct PromptCommands: Sendable {
  let all: [PromptCommand]
  /// Names of questions that were saved when this was made.
  let saved: [String]

  func named(_ name: String) -> PromptCommand? { all.first { $0.name == name } }

  /// - Parameter sentences: commands in words, for those that the grammar has none for.
  init(
    dictionary: MetricDictionary, datasets: [String], saved: [String] = [], users: [String] = [], sentences: PromptSentences = PromptSentences()
  ) {
    self.saved = saved
    let names = CommandNames(dictionary: dictionary, datasets: datasets, saved: saved, users: users)
    let all = Self.going(names) + Self.showing(names) + Self.keeping(names) + Self.knowing(names) + Self.asking(names)
    self.all = all.map { command in
      var command = command
      if command.sentence.texts.isEmpty {
        let said = Language.allCases.compactMap { language in sentences.sentence(for: command.name, in: language).map { (language, $0) } }
        command.sentence = LocalText(Dictionary(said, uniquingKeysWith: { first, _ in first }))
      }
      return command
    }
  }

  /// Every command with its argument and what it does, by topic: beside each other where there is room, else beneath.
  func help(in language: Language, width: Int = 100) -> String {
    let usage = all.map { DisplayWidth.of($0.usage(in: language)) }.max() ?? 0
    let isBeside = width - usage - 4 >= 34
    return PromptCommand.Topic.allCases.map { topic in
      ShellWords(language).title(topic) + "\n"
        + all.filter { $0.topic == topic }.map { command in
          let indent = isBeside ? usage + 4 : 6
          let lines = DisplayWidth.wrapped(command.help[language], to: max(12, width - indent))
            .map { String(repeating: " ", count: indent) + $0 }
          if !isBeside {
            let names = DisplayWidth.wrapped(command.usage(in: language), to: max(12, width - 4)).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
            return (names + lines).map { $0 + "\n" }.joined()
          }
          let first = "  " + DisplayWidth.padded(command.usage(in: language), to: usage) + "  " + lines[0].drop { $0 == " " }
          return ([first] + lines.dropFirst()).map { $0 + "\n" }.joined()
        }.joined()
    }.joined(separator: "\n")
  }

  /// One command, with an example and the same in words.
  func help(_ command: PromptCommand, in language: Language, width: Int = 100) -> String {
    let told = DisplayWidth.wrapped(command.help[language], to: max(12, width - 2)).map { "  " + $0 + "\n" }.joined()
    let words = ShellWords(language)
    let sentence = command.sentence.texts[language] ?? ""
    return "\(command.usage(in: language))\n\(told)  \(words.forExample)  \(command.example)\n"
      + (sentence.isEmpty ? "" : "  \(words.inWords)  \(sentence)\n")
  }
}

/// What arguments of commands are completed from.
struct CommandNames: Sendable {
  let dictionary: MetricDictionary
  let datasets: [String]
  let saved: [String]
  var users: [String] = []

  var dimensions: [String] { dictionary.dimensions.flatMap { titles($0.name, $0.title) } }
  var metrics: [String] { dictionary.metrics.flatMap { titles($0.name, $0.title) } }
  var groupings: [String] { dimensions + Grain.allCases.map(\.rawValue) }

  private func titles(_ name: String, _ title: LocalText) -> [String] {
    [name] + Language.allCases.compactMap { title.texts[$0] }.filter { $0 != name }
  }
}
