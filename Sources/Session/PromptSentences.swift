import SourceText

/// Commands of the prompt in words, by `lexicon/*/commands.sentences`: a line 撤销 is `undo`, 存为早报 is `save 早报`.
///
/// Only whole lines are such sentences, letters in either case, with or without a mark at the end.
package struct PromptSentences: Sendable {
  private struct Sentence: Sendable {
    var language: Language
    /// As written, `…` where anything may stand.
    var text: String
    /// What must stand before and behind that; nil behind where nothing may stand.
    var head: String
    var tail: String?
    /// The command and what is written behind it: `lang en`, `save …`.
    var command: String
  }

  private var sentences: [Sentence] = []
  /// Lines that cannot be used.
  package private(set) var diagnostics: [Diagnostic] = []

  /// None; for places that have no home.
  package init() {}

  package init(home: Home) {
    for language in Language.allCases {
      let file = "lexicon/\(language.rawValue)/commands.sentences"
      guard let text = try? Files.text(home.path + "/" + file) else { continue }
      read(text, language, file: file)
    }
  }

  mutating func read(_ text: String, _ language: Language, file: String) {
    for line in LineReader.lines(text, file: file) {
      guard let sides = LineReader.sides(line.text), !sides.right.isEmpty else {
        diagnostics.append(Diagnostic(code: "bad-sentence", at: line.place, found: line.text, expected: "sentence | sentence => command"))
        continue
      }
      for said in LineReader.parts(sides.left, separator: "|") {
        let parts = said.split(separator: "…", maxSplits: 1, omittingEmptySubsequences: false).map { Self.comparable(String($0)) }
        sentences.append(
          Sentence(language: language, text: said, head: parts[0], tail: parts.count > 1 ? parts[1] : nil, command: sides.right))
      }
    }
  }

  /// The first sentence for a command in a language; nil if there is none.
  package func sentence(for command: String, in language: Language) -> String? {
    sentences.first { $0.language == language && $0.command.split(separator: " ").first.map(String.init) == command }?.text
  }

  /// The command that a line is, with what stands behind it: `save 早报`; nil if it is none.
  package func command(saying line: String) -> String? {
    let whole = Self.withoutEnd(line)
    let said = Self.comparable(whole)
    for sentence in sentences {
      guard let tail = sentence.tail else {
        if said == sentence.head { return sentence.command }
        continue
      }
      guard said.hasPrefix(sentence.head), said.hasSuffix(tail), said.count > sentence.head.count + tail.count, said.count == whole.count
      else { continue }
      // As it was typed: names of files have capitals.
      let middle = LineReader.trim(whole.dropFirst(sentence.head.count).dropLast(tail.count))
      if middle.isEmpty { continue }
      return sentence.command.replacing("…", with: middle)
    }
    return nil
  }

  private static func comparable(_ text: String) -> String { text.lowercased() }

  private static func withoutEnd(_ line: String) -> String {
    var text = String(LineReader.trim(line[...]))
    while let last = text.last, "。！？!?".contains(last) { text.removeLast() }
    return text
  }
}

/// Times that Tab offers, by `lexicon/*/times.completion`.
package enum TimesOffered {
  package static func words(home: Home) -> [String] {
    Language.allCases.flatMap { language -> [String] in
      let file = "lexicon/\(language.rawValue)/times.completion"
      guard let text = try? Files.text(home.path + "/" + file) else { return [] }
      return LineReader.lines(text, file: file).flatMap { LineReader.parts($0.text, separator: "|") }
    }
  }
}
