import Metrics
import SourceText

/// Completes names of metrics, dimensions and values in a question, and commands with their arguments.
///
/// A name may begin anywhere: 上月华东转 is completed to 上月华东转化率, since Chinese has no spaces to tell where a word begins.
struct Completion: Sendable {
  /// As they are offered, in the order they are offered.
  private let names: [Name]
  private let commands: PromptCommands

  private struct Name: Sendable {
    var text: String
    var folded: [Unicode.Scalar]
  }

  /// - Parameter values: values of dimensions, as stored.
  init(dictionary: MetricDictionary, values: [String], commands: PromptCommands) {
    self.commands = commands
    var seen: Set<String> = []
    names = (Completion.names(of: dictionary) + values).filter { !$0.isEmpty && seen.insert($0).inserted }
      .map { Name(text: $0, folded: Completion.folded($0)) }
  }

  private static func names(of dictionary: MetricDictionary) -> [String] {
    let metrics = dictionary.metrics.flatMap { words($0.title, $0.synonyms) }
    let dimensions = dictionary.dimensions.flatMap { words($0.title, $0.synonyms) }
    let values = dictionary.dimensions.flatMap { dimension in
      dimension.values.flatMap { words($0.title, $0.synonyms) } + dimension.groups.flatMap { [$0.name] + $0.synonyms.all }
    }
    return metrics + dimensions + values
  }

  private static func words(_ title: LocalText, _ synonyms: LocalWords) -> [String] {
    Language.allCases.compactMap { title.texts[$0] } + synonyms.all
  }

  private static func folded(_ text: String) -> [Unicode.Scalar] { Array(text.lowercased().unicodeScalars) }

  /// What can stand for `text`, the line up to the cursor.
  func completions(of text: String) -> Completions {
    text.hasPrefix(":") ? commandCompletions(text) : nameCompletions(text)
  }

  // MARK: Commands

  private func commandCompletions(_ text: String) -> Completions {
    guard let space = text.firstIndex(of: " ") else {
      return Completions(lines: commands.all.map { ":" + $0.name }.filter { $0.hasPrefix(text) && $0 != text })
    }
    guard let command = commands.named(String(text[text.index(after: text.startIndex)..<space])) else {
      return Completions()
    }
    let typed = text[text.index(after: space)...]
    let head = String(text[...space])
    let choices = command.completions().filter { $0.lowercased().hasPrefix(typed.lowercased()) && $0 != typed }
    return Completions(lines: choices.map { head + $0 }, shownFrom: head.utf8.count)
  }

  // MARK: Names

  /// Names that begin with the longest possible end of the text.
  private func nameCompletions(_ text: String) -> Completions {
    let scalars = Array(text.unicodeScalars)
    let typed = Completion.folded(text)
    guard scalars.count == typed.count else { return Completions() }
    for start in max(0, typed.count - 40)..<max(0, typed.count) where mayBegin(typed, at: start) {
      let end = typed[start...]
      let found = names.filter { $0.folded.count > end.count && $0.folded.starts(with: end) }
      if found.isEmpty { continue }
      let head = String(String.UnicodeScalarView(scalars[..<start]))
      return Completions(lines: found.prefix(200).map { head + $0.text }, shownFrom: head.utf8.count)
    }
    return Completions()
  }

  /// A Latin name does not begin inside a Latin word, and nothing begins with a space.
  private func mayBegin(_ scalars: [Unicode.Scalar], at start: Int) -> Bool {
    func isLatin(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && scalar.properties.isAlphabetic }
    if scalars[start].properties.isWhitespace { return false }
    return !(start > 0 && isLatin(scalars[start]) && isLatin(scalars[start - 1]))
  }
}
