import Metrics
import Session
import SourceText

/// Completes names of metrics, dimensions and values in a question, by their letters or their pinyin (`zhl`, `huad`), and
/// commands with their arguments.
///
/// A name may begin anywhere: 上月华东转 is completed to 上月华东转化率, since Chinese has no spaces to tell where a word begins.
struct Completion: Sendable {
  /// As they are offered, in the order they are offered.
  private let names: [Name]
  /// Their places, by their letters.
  private let index: PrefixIndex
  private let sounds: PinyinIndex
  private let commands: PromptCommands
  private let language: Language

  private struct Name: Sendable {
    var text: String
    var note: String
    /// A title, or a value as it is stored; of names that sound alike these are meant before synonyms.
    var isTitle = false
  }

  /// - Parameters:
  ///   - values: values of dimensions, as stored, by the dimension.
  ///   - times: words for times, behind all names.
  ///   - readings: the ways a character is read, without tones; nil for none.
  init(
    dictionary: MetricDictionary, values: [(value: String, dimension: String)], commands: PromptCommands, times: [String] = [],
    language: Language = .english, readings: ((Unicode.Scalar) -> [String])? = nil
  ) {
    self.commands = commands
    self.language = language
    var seen: Set<String> = []
    let stored = values.map { Name(text: $0.value, note: $0.dimension, isTitle: true) }
    let time = switch language {
    case .chinese: "时间"
    case .english: "time"
    }
    let all = Completion.names(of: dictionary) + stored + times.map { Name(text: $0, note: time) }
    let titles = Set(all.filter(\.isTitle).map(\.text))
    let names = all.map { Name(text: $0.text, note: $0.note, isTitle: titles.contains($0.text)) }
      .filter { !$0.text.isEmpty && seen.insert($0.text).inserted }
    self.names = names
    index = PrefixIndex(names.map { Completion.folded($0.text) })
    sounds = if let readings { PinyinIndex(names.map(\.text), readings) } else { PinyinIndex() }
  }

  private static func names(of dictionary: MetricDictionary) -> [Name] {
    let metrics = dictionary.metrics.flatMap { words($0.title, $0.synonyms, note: nil) }
    let dimensions = dictionary.dimensions.flatMap { words($0.title, $0.synonyms, note: nil) }
    let values = dictionary.dimensions.flatMap { dimension -> [Name] in
      let note = dimension.title.texts.values.sorted().first ?? dimension.name
      return dimension.values.flatMap { words($0.title, $0.synonyms, note: note) }
        + dimension.groups.flatMap { ([$0.name] + $0.synonyms.all).map { Name(text: $0, note: note) } }
    }
    return metrics + dimensions + values
  }

  /// Each name with the titles it stands for beside it, unless it is of something else.
  private static func words(_ title: LocalText, _ synonyms: LocalWords, note: String?) -> [Name] {
    let titles = Language.allCases.compactMap { title.texts[$0] }
    return (titles + synonyms.all).map { text in
      Name(text: text, note: note ?? titles.filter { $0 != text }.joined(separator: " · "), isTitle: titles.contains(text))
    }
  }

  private static func folded(_ text: String) -> [Unicode.Scalar] { Array(text.lowercased().unicodeScalars) }

  /// What can stand for `text`, the line up to the cursor.
  func completions(of text: String) -> Completions {
    text.hasPrefix(":") || text.hasPrefix("：") ? commandCompletions(":" + text.dropFirst()) : nameCompletions(text)
  }

  // MARK: Commands

  private func commandCompletions(_ text: String) -> Completions {
    guard let space = text.firstIndex(of: " ") else {
      let found = commands.all.filter { (":" + $0.name).hasPrefix(text) && ":" + $0.name != text }
      return Completions(lines: found.map { ":" + $0.name }, notes: found.map { $0.help[language] })
    }
    guard let command = commands.named(String(text[text.index(after: text.startIndex)..<space])) else {
      return Completions()
    }
    let typed = text[text.index(after: space)...]
    let head = String(text[...space])
    if command.takesFile { return files(String(typed), head) }
    let offered = command.completions()
    var choices = offered.filter { $0.lowercased().hasPrefix(typed.lowercased()) && $0 != typed }
    if choices.isEmpty, !typed.isEmpty {
      let known = Set(offered)
      choices = sounds.places(beginning: Completion.folded(String(typed))[...]).map { names[$0].text }.filter(known.contains)
    }
    return Completions(lines: choices.map { head + $0 }, shownFrom: head.utf8.count)
  }

  private func files(_ typed: String, _ head: String) -> Completions {
    let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let start = typed.dropFirst(folder.count)
    let found = Folder.names(in: folder.isEmpty ? "." : folder).filter { $0.hasPrefix(start) && $0 != start && (!start.isEmpty || !$0.hasPrefix(".")) }
    return Completions(
      lines: found.map { head + folder + $0 + (Files.isFolder(folder + $0) ? "/" : "") }, shownFrom: (head + folder).utf8.count)
  }

  // MARK: Names

  /// Names that begin with the longest possible end of the text.
  private func nameCompletions(_ text: String) -> Completions {
    let scalars = Array(text.unicodeScalars)
    let typed = Completion.folded(text)
    guard scalars.count == typed.count else { return Completions() }
    for start in max(0, typed.count - 40)..<max(0, typed.count) where mayBegin(typed, at: start) {
      let end = typed[start...]
      var found = index.places(beginning: end).filter { names[$0].text.unicodeScalars.count > end.count }
      // Latin letters behind Chinese ones are as likely the sounds of a name as its letters.
      let isAmongHan = end.allSatisfy(\.isASCII) && scalars[..<start].contains { (0x3400...0x9FFF).contains($0.value) }
      if found.isEmpty || isAmongHan {
        var spoken = sounds.places(beginning: end)
        if spoken.contains(where: { names[$0].isTitle }) { spoken = spoken.filter { names[$0].isTitle } }
        found = spoken + found.filter { !spoken.contains($0) }
      }
      if found.isEmpty { continue }
      let head = String(String.UnicodeScalarView(scalars[..<start]))
      // All of them: what they begin with in common is completed, and how many there are is asked before they are listed.
      return Completions(lines: found.map { head + names[$0].text }, shownFrom: head.utf8.count, notes: found.map { names[$0].note })
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
