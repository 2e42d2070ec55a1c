import Answers
import ArgumentParser
import CivilTime
import Session
import SourceText
import Terminal

/// `wenshu batch FILE|-`: answers a file of questions, each as it is read.
struct BatchCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", _superCommandName: "wenshu", abstract: "Answers a file of questions: text, JSON lines or .questions.",
    discussion: """
      Text holds one question a line; # opens a comment. A line of JSON holds "id", "question" (or "query" in the
      notation), "turns", "today", "user"; all but a question are optional. "turns" are asked before "question", in one
      conversation; without a "question", the last of them is it. Every question is answered; the exit status is the
      highest of them.
      Example: wenshu batch questions.txt --format jsonl | jq -r .headline
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("What the file is, if its name does not say.", valueName: "text|jsonl|questions"))
  var input: BatchKind?
  @Argument(help: "The file; - is standard input.") var file: String

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    var reader = try BatchReader(path: file, kind: input)
    var run = BatchRun(setup, try setup.open())
    while let entry = reader.next() { run.answer(entry) }
    return run.status
  }
}

extension BatchKind: ExpressibleByArgument {}

/// Answers questions in order, one conversation each unless they follow one another.
struct BatchRun {
  /// The highest exit status so far.
  private(set) var status = ExitStatus.answered

  private let setup: Setup
  private let workspace: Workspace
  private let format: any AnswerFormat
  private let standard: AskOptions
  private var conversation: Conversation
  private var isFirst = true

  init(_ setup: Setup, _ workspace: Workspace) {
    self.setup = setup
    self.workspace = workspace
    format = setup.format()
    standard = setup.asking(workspace)
    conversation = Conversation(workspace, options: standard)
  }

  mutating func answer(_ entry: BatchEntry) {
    switch entry {
    case .item(let item): tell(answer(item), question: item.notation ?? item.turns.last ?? "")
    case .defect(let defect):
      var answer = Answer(
        status: .failed, language: standard.language ?? workspace.dictionary.language, question: defect.text,
        headline: defect.diagnostic.description)
      answer.request = defect.id
      tell(answer, question: defect.text, status: ExitStatus.badUsage)
    }
  }

  private mutating func answer(_ item: BatchItem) -> Answer {
    if !item.follows { conversation = Conversation(workspace, options: options(item)) }
    var answer = Answer.timed {
      if let notation = item.notation { return conversation.query(notation: notation) }
      for turn in item.turns.dropLast() { _ = conversation.ask(turn) }
      return conversation.ask(item.turns.last ?? "")
    }
    answer.request = item.id
    if item.notation == nil { setup.note(answer, workspace) }
    return answer
  }

  private func options(_ item: BatchItem) -> AskOptions {
    var options = standard
    if let today = item.today { options.today = today }
    if let user = item.user { options.user = user }
    return options
  }

  /// People see the question above each answer; programs find it in the object.
  private mutating func tell(_ answer: Answer, question: String, status: Int32? = nil) {
    self.status = max(self.status, status ?? answer.exitCode)
    var text = isFirst ? "" : format.separator
    isFirst = false
    if format is PlainFormat { text += "› " + DisplayWidth.safe(String(question.prefix(200))) + "\n" }
    Output.standard.write(text + format.text(answer))
    if setup.saysAside { Output.errors.write(answer.aside) }
  }
}
