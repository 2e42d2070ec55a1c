import Answers
import ArgumentParser
import Session
import SourceText
import Terminal

/// `wenshu "…"` answers once; `wenshu` alone opens the prompt, or answers the lines of a pipe.
struct AskCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "wenshu",
    abstract: "Answers questions about business metrics, in Chinese, English or both.",
    usage: """
      wenshu                              open the prompt
      wenshu [<flags>] "<question>"       answer once
      wenshu <command> [<flags>] …        run a command
      """,
    discussion: """
      EXAMPLES:
        wenshu "上月华东区转化率多少"                  one number, with its formula and dates
        wenshu "top 5 stores by sales last month"      in English, or both in one sentence
        wenshu --chart line "近12个月销售额按月"       drawn as a line
        wenshu --format csv "上月各渠道销售额" > s.csv
        wenshu --format html "sales by region" > s.html
        printf '上月销售额\\n:why\\n' | wenshu            a conversation, with the prompt's commands
        wenshu batch questions.txt --format jsonl      a file of questions
        wenshu board morning.questions --watch 60      a screen of them
        wenshu --data sales.csv "revenue by city"      a file without a dictionary

      COMMANDS:
      \(CommandLineRun.commands.map(commandLine).joined(separator: "\n"))

      'wenshu <command> --help' says more. A question that is a command's name: wenshu -- check

      EXIT STATUS: 0 answered, 1 bad usage or a defect in a file, 2 not understood or unclear, 3 refused by policy,
      4 the warehouse failed, 5 data breaks a rule ('wenshu quality').
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("A question; words without quotes are joined.", valueName: "question"))
  var words: [String] = []

  private static func commandLine(_ command: any ShellCommand.Type) -> String {
    let name = command.configuration.commandName ?? ""
    return "  " + name + String(repeating: " ", count: max(2, 13 - name.count)) + command.configuration.abstract
  }

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    if words.isEmpty { return try REPL.start(setup) }
    let workspace = try setup.open()
    // Kept to the end of the process: freeing tens of thousands of small values one by one would only delay the exit.
    _ = Unmanaged.passRetained(workspace)
    var conversation = Conversation(workspace, options: setup.askingOnce(workspace))
    let question = words.joined(separator: " ")
    let answer = Answer.timed { conversation.ask(question) }
    setup.note(answer, workspace)
    setup.show(answer)
    if answer.status == .notUnderstood, let command = mistypedCommand {
      Output.errors.line("wenshu: for the command, write: wenshu \(command)")
    }
    return answer.exitCode
  }

  /// The command that the first word almost is: `wenshu bacth q.txt`.
  private var mistypedCommand: String? {
    guard let word = words.first, !word.contains(" ") else { return nil }
    let names = CommandLineRun.commands.compactMap { $0.configuration.commandName }
    return NearMiss.nearest(to: word, among: names, limit: 1).first
  }
}

/// `wenshu query "measure gmv | by region"`: a question in the notation.
struct QueryCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", _superCommandName: "wenshu", abstract: "Answers a question written in the notation.",
    discussion: """
      Example: wenshu query "measure gmv | by region | during month(-1) | top 3"
      The notation is what --explain and 'wenshu parse' print, and what stands right of => in .questions files.
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Argument(help: "Clauses joined by |.") var notation: [String]

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    return try setup.answer(notation.joined(separator: " "))
  }
}

/// `wenshu metrics`: what can be asked for.
struct MetricsCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", _superCommandName: "wenshu", abstract: "Lists the metrics of the dataset.", version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions

  func perform() throws(Stop) -> Int32 { try Setup(common).answer("list metrics") }
}

extension Setup {
  /// Answers a question in the notation, once.
  func answer(_ notation: String) throws(Stop) -> Int32 {
    let workspace = try open()
    var conversation = Conversation(workspace, options: askingOnce(workspace))
    let answer = Answer.timed { conversation.query(notation: notation) }
    show(answer)
    return answer.exitCode
  }
}
