import Dispatch
import Parsing
import Session
import SourceText
import Terminal

/// Reads lines, from a terminal or a pipe, and hands them to the prompt.
enum REPL {
  /// - Throws: `Stop` if the dataset cannot be opened.
  static func start(_ setup: Setup) throws(Stop) -> Int32 {
    guard Surroundings.inputIsTerminal else { return try answerLines(setup) }
    LineEditor.start()
    var prompt = Prompt(setup, try setup.open())
    prompt.say(prompt.banner)
    attach(prompt)
    var dataset = ObjectIdentifier(prompt.workspace)
    var saved = prompt.commands.saved
    while !prompt.isOver {
      // A Ctrl-C holds until here: it may have come while the question was read, and then the query behind it must not begin.
      prompt.workspace.resume()
      switch LineEditor.read(prompt: prompt.words.prompt) {
      case .interrupted: continue
      case .end:
        Output.standard.line("")
        return ExitStatus.answered
      case .text(let line):
        take(line, &prompt)
      }
      if dataset != ObjectIdentifier(prompt.workspace) || saved != prompt.commands.saved {
        dataset = ObjectIdentifier(prompt.workspace)
        saved = prompt.commands.saved
        attach(prompt)
      }
    }
    return ExitStatus.answered
  }

  /// Several lines pasted at once are asked one by one, each shown before its answer.
  private static func take(_ text: String, _ prompt: inout Prompt) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for line in lines where !prompt.isOver && !prompt.workspace.isInterrupted {
      LineEditor.remember(line)
      if lines.count > 1, line.contains(where: { !$0.isWhitespace }) {
        Output.standard.line(prompt.words.prompt + DisplayWidth.safe(line))
      }
      prompt.typed = lines.count == 1 ? String(LineReader.trim(line[...])) : nil
      prompt.take(line)
      prompt.typed = nil
    }
  }

  /// Tab and Ctrl-C are about the dataset that is asked now. Names, and then how they sound, are read while the person looks
  /// at the prompt; who presses Tab before that waits for them.
  private static func attach(_ prompt: Prompt) {
    let workspace = prompt.workspace
    let commands = prompt.commands
    let language = prompt.words.language
    let (names, sounds) = (DispatchGroup(), DispatchGroup())
    workspace.stopAtOnce()
    LineEditor.onInterrupt { workspace.interrupt() }
    names.enter()
    sounds.enter()
    let turn = LineEditor.startCompleting { text in
      names.wait()
      return LineEditor.completions(of: text)
    }
    DispatchQueue.global(qos: .userInitiated).async {
      let values = workspace.allValues()
      let stored = workspace.dictionary.dimensions.flatMap { dimension in
        let title = dimension.title[language]
        return (values[dimension.name] ?? []).map { (value: $0, dimension: title.isEmpty ? dimension.name : title) }
      }
      let times = TimesOffered.words(home: workspace.home)
      let lettered = Completion(dictionary: workspace.dictionary, values: stored, commands: commands, times: times, language: language)
      // What no name begins with may still sound like one.
      LineEditor.complete(in: turn) { text in
        let found = lettered.completions(of: text)
        if !found.lines.isEmpty { return found }
        sounds.wait()
        return LineEditor.completions(of: text)
      }
      names.leave()
      let tables = PhrasebookFiles.spelling(home: workspace.home)
      let sounding = Completion(
        dictionary: workspace.dictionary, values: stored, commands: commands, times: times, language: language, readings: { tables.sounds(of: $0) })
      LineEditor.complete(in: turn) { sounding.completions(of: $0) }
      sounds.leave()
    }
  }

  /// `echo 上月GMV | wenshu`: each line as if it were typed, in one conversation.
  private static func answerLines(_ setup: Setup) throws(Stop) -> Int32 {
    var input = try LineInput(path: "-")
    var prompt = Prompt(setup, try setup.open())
    var status = ExitStatus.answered
    while !prompt.isOver, let bytes = input.next() {
      switch bytes.text() {
      case .success(let line): prompt.take(line)
      case .failure(let failure):
        Output.errors.line("wenshu: standard input:\(input.lineNumber): byte \(failure.offset + 1) is not UTF-8")
        status = ExitStatus.badUsage
      }
    }
    return max(status, prompt.status)
  }
}
