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
    Output.standard.line(prompt.banner)
    attach(prompt)
    var dataset = ObjectIdentifier(prompt.workspace)
    while !prompt.isOver {
      switch LineEditor.read(prompt: prompt.words.prompt) {
      case .interrupted: continue
      case .end:
        Output.standard.line("")
        return ExitStatus.answered
      case .text(let line):
        LineEditor.remember(line)
        prompt.take(line)
      }
      if dataset != ObjectIdentifier(prompt.workspace) {
        dataset = ObjectIdentifier(prompt.workspace)
        attach(prompt)
      }
    }
    return ExitStatus.answered
  }

  /// Tab and Ctrl-C are about the dataset that is asked now.
  private static func attach(_ prompt: Prompt) {
    let workspace = prompt.workspace
    let values = workspace.allValues()
    let completion = Completion(
      dictionary: workspace.dictionary, values: workspace.dictionary.dimensions.flatMap { values[$0.name] ?? [] },
      commands: prompt.commands)
    LineEditor.complete { completion.completions(of: $0) }
    LineEditor.onInterrupt { workspace.interrupt() }
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
