import ArgumentParser
import Session
import SourceText
import Terminal

/// `wenshu unknown`: what people asked that was not understood, and what the missing words may mean.
struct UnknownCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "unknown", _superCommandName: "wenshu", abstract: "Lists words that were not understood, most frequent first.",
    discussion: """
      Questions that were not understood are kept beside the warehouse, unless asked with --private or WENSHU_UNANSWERED=off.
      'wenshu unknown --accept 1' writes the suggested synonym for word 1 into the dictionary; --as NAME another meaning.
      'wenshu unknown --clear' forgets them all. What is understood by now is not listed.
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("Write the synonym for this word of the list.", valueName: "number")) var accept: Int?
  @Option(name: .customLong("as"), help: ArgumentHelp("What the word means: a metric, a dimension, or dimension=value.", valueName: "name"))
  var meaning: String?
  @Flag(help: "Forget all of them.") var clear = false

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    let workspace = try setup.open()
    let log = UnansweredLog(workspace, cacheFolder: common.cache)
    if clear {
      log.clear()
      return ExitStatus.answered
    }
    let edit = DictionaryEdit(workspace, cacheFolder: common.cache)
    let words = UnansweredWords(log.entries(), workspace, edit: edit, today: setup.asking(workspace).today).words
    if let accept { return try take(accept, words, edit) }
    if meaning != nil { throw Stop("--as goes with --accept NUMBER") }
    Output.standard.write(["json", "jsonl"].contains(common.format?.name) ? Self.json(words) : Self.table(words))
    return ExitStatus.answered
  }

  private func take(_ number: Int, _ words: [UnansweredWords.Word], _ edit: DictionaryEdit) throws(Stop) -> Int32 {
    guard words.indices.contains(number - 1), !words[number - 1].text.isEmpty else {
      throw Stop("no word \(number) in the list; see wenshu unknown")
    }
    let word = words[number - 1]
    if let meaning {
      Output.standard.line(try edit.keep(word.text, as: meaning))
    } else if let target = word.suggestions.first {
      Output.standard.line(try edit.keep(word.text, as: target))
    } else {
      throw Stop("nothing is suggested for \(word.text); say what it means with --as NAME")
    }
    return ExitStatus.answered
  }

  private static func table(_ words: [UnansweredWords.Word]) -> String {
    if words.isEmpty { return "" }
    let rows = words.enumerated().map { index, word in
      [
        String(index + 1), String(word.count), word.text.isEmpty ? "—" : word.text, word.suggestions.first?.description ?? "—",
        word.question,
      ]
    }
    let columns = ["#", "times", "word", "synonym of?", "asked last"].enumerated().map {
      TableLayout.Column($1, flushRight: $0 < 2)
    }
    return TableLayout(columns: columns, rows: rows, width: Surroundings.width(), theme: Surroundings.theme()).lines
      .map { $0 + "\n" }.joined()
  }

  private static func json(_ words: [UnansweredWords.Word]) -> String {
    words.enumerated().map { index, word in
      JSONValue.object([
        JSONMember("number", JSONValue(index + 1)), JSONMember("times", JSONValue(word.count)),
        JSONMember("word", JSONValue(word.text.isEmpty ? nil : word.text)),
        JSONMember("suggestions", .array(word.suggestions.map { .string($0.description) })),
        JSONMember("question", .string(word.question)), JSONMember("last", .string(word.lastDay)),
      ]).compact + "\n"
    }.joined()
  }
}
