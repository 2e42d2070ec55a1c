import Answers
import ArgumentParser
import CivilTime
import Session
import SourceText
import Terminal

/// `wenshu batch FILE|-`: answers a file of questions, in order, on what cores there are.
struct BatchCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", _superCommandName: "wenshu", abstract: "Answers a file of questions: text, JSON lines or .questions.",
    discussion: """
      Text holds one question a line; # opens a comment. A line of JSON holds "id", "question" (or "query" in the
      notation), "turns", "today", "user"; all but a question are optional. "turns" are asked before "question", in one
      conversation; without a "question", the last of them is it. Every question is answered; the exit status is the
      highest of them.
      In .questions, rows written under a question are compared with its answer: what differs is told on standard error,
      and the exit status is 1 then. --record writes the rows of the answers under their questions, tells what changed, and
      leaves the rest of the file as it is; if one question cannot be recorded, nothing is.
      Example: wenshu batch questions.txt --format jsonl | jq -r .headline
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("What the file is, if its name does not say.", valueName: "text|jsonl|questions"))
  var input: BatchKind?
  @Option(help: ArgumentHelp("How many questions are answered at once. Default: as many as there are cores; 1 of standard input.", valueName: "count"))
  var jobs: Int?
  @Flag(help: "Stop at the first question that is not answered, or whose rows differ.") var failFast = false
  @Flag(help: "Tell on standard error how many were answered, and how many not.") var summary = false
  @Flag(help: "Write the rows of the answers into the .questions file, as what is expected from now on.") var record = false
  @Argument(help: "The file; - is standard input.", completion: .file()) var file: String

  func perform() throws(Stop) -> Int32 {
    if let jobs, jobs < 1 { throw Stop("--jobs takes a number from 1") }
    let setup = try Setup(common)
    var reader = try BatchReader(path: file, kind: input)
    if record { return try recordRows(setup, &reader) }
    let workspace = try setup.open()
    let count = min(jobs ?? (file == "-" ? 1 : Surroundings.cores), 64)
    var run = BatchRun(setup, workspace, failFast: failFast, isTold: Output.errors.isTerminal && !common.quiet)
    if count == 1 {
      while !run.isOver, let entry = reader.next() { run.answer(entry) }
    } else {
      try BatchJobs(setup, workspace, count: count).run(&reader, &run)
    }
    run.finish(tellsSummary: summary || Output.errors.isTerminal && !common.quiet)
    return run.status
  }

  private func recordRows(_ setup: Setup, _ reader: inout BatchReader) throws(Stop) -> Int32 {
    guard file != "-", (input ?? BatchKind(path: file)) == .questions else { throw Stop("--record writes into a file of .questions") }
    let recorded = try RecordedRows(file: file)
    let workspace = try setup.open()
    var asking = BatchAsking(setup, workspace)
    var recording = BatchRecording()
    while let entry = reader.next() { recording.take(entry, asking.answer(entry)) }
    return try recording.finish(recorded, file: file)
  }
}

extension BatchKind: ExpressibleByArgument {}

/// Answers questions in order, one conversation each unless they follow one another, and tells them.
struct BatchRun {
  /// The highest exit status so far.
  private(set) var status = ExitStatus.answered
  /// Set by a failure, where one is enough.
  private(set) var isOver = false

  private let setup: Setup
  private let workspace: Workspace
  private let format: any AnswerFormat
  private let failFast: Bool
  private let isTold: Bool
  private var asking: BatchAsking
  private var isFirst = true
  private var counts: [Answer.Status: Int] = [:]
  private var differing = 0

  init(_ setup: Setup, _ workspace: Workspace, failFast: Bool = false, isTold: Bool = false) {
    self.setup = setup
    self.workspace = workspace
    self.failFast = failFast
    self.isTold = isTold
    format = setup.format()
    asking = BatchAsking(setup, workspace)
  }

  mutating func answer(_ entry: BatchEntry) { tell(entry, asking.answer(entry)) }

  /// People see the question above each answer; programs find it in the object.
  mutating func tell(_ entry: BatchEntry, _ said: Answer) {
    if isOver { return }
    var answer = said
    if answer.presentation == nil { answer.presentation = setup.options.chart?.presentation }
    var status = answer.exitCode
    var question = answer.question
    switch entry {
    case .defect: status = ExitStatus.badUsage
    case .item(let item):
      question = item.notation ?? item.turns.last ?? ""
      if item.notation == nil { setup.note(answer, workspace) }
    }
    let differences = differences(entry, answer)
    if differences != nil { status = max(status, ExitStatus.badUsage) }
    self.status = max(self.status, status)
    counts[answer.status, default: 0] += 1
    var text = isFirst ? "" : format.separator
    isFirst = false
    if format is PlainFormat { text += "› " + DisplayWidth.safe(String(question.prefix(200))) + "\n" }
    clearProgress()
    Output.standard.write(text + format.text(answer))
    if setup.saysAside { Output.errors.write(answer.aside) }
    if let differences {
      differing += 1
      Output.errors.write(differences)
    }
    if failFast, status != ExitStatus.answered { isOver = true }
    showProgress()
  }

  private func differences(_ entry: BatchEntry, _ answer: Answer) -> String? {
    guard case .item(let item) = entry, let rows = item.rows, let lines = ExpectedRows.difference(rows, answer) else { return nil }
    let place = if case .number(let line) = item.id { "\(line): " } else { "" }
    return "wenshu: \(place)“\(DisplayWidth.safe(item.turns.last ?? ""))” has other rows than expected\n"
      + lines.map { "  " + DisplayWidth.safe($0) + "\n" }.joined()
  }

  // MARK: How far it is

  private var done: Int { counts.values.reduce(0, +) }

  private func showProgress() {
    if isTold, !Output.standard.isTerminal { Output.errors.write("\r\u{1B}[K\(done)") }
  }

  private func clearProgress() {
    if isTold, done > 0, !Output.standard.isTerminal { Output.errors.write("\r\u{1B}[K") }
  }

  /// `12 questions: 10 answered, 2 not-understood; rows differ in 1`
  func finish(tellsSummary: Bool) {
    clearProgress()
    guard tellsSummary else { return }
    let parts = Answer.Status.allCases.compactMap { status in counts[status].map { "\($0) \(status.rawValue)" } }
    Output.errors.line(
      "wenshu: \(done) questions: " + parts.joined(separator: ", ") + (differing > 0 ? "; rows differ in \(differing)" : "")
        + (isOver ? "; stopped at the first failure" : ""))
  }
}

/// Asks the questions of a batch, one after another.
struct BatchAsking {
  private let workspace: Workspace
  private let standard: AskOptions
  private let kept: KeptAnswers
  private var conversation: Conversation

  /// - Parameters:
  ///   - kept: what was answered before of this batch, by this workspace.
  ///   - isOneOfMany: whether other cores answer questions of it too.
  init(_ setup: Setup, _ workspace: Workspace, kept: KeptAnswers? = nil, isOneOfMany: Bool = false) {
    self.workspace = workspace
    self.kept = kept ?? KeptAnswers(workspace)
    var standard = setup.askingOnce(workspace)
    standard.isOneOfMany = isOneOfMany
    self.standard = standard
    conversation = Conversation(workspace, options: standard)
  }

  mutating func answer(_ entry: BatchEntry) -> Answer {
    switch entry {
    case .item(let item): return answer(item)
    case .defect(let defect):
      var answer = Answer(
        status: .failed, language: standard.language ?? workspace.dictionary.language, question: defect.text,
        headline: defect.diagnostic.description)
      answer.request = defect.id
      return answer
    }
  }

  private mutating func answer(_ item: BatchItem) -> Answer {
    if !item.follows { conversation = Conversation(workspace, options: options(item)) }
    var answer = Answer.timed {
      if item.follows { return asked(item) }
      let (answer, after) = kept.answer(item) {
        let answer = asked(item)
        return (answer, conversation)
      }
      conversation = after
      return answer
    }
    answer.request = item.id
    return answer
  }

  private mutating func asked(_ item: BatchItem) -> Answer {
    if let notation = item.notation { return conversation.query(notation: notation) }
    for turn in item.turns.dropLast() { _ = conversation.ask(turn) }
    return conversation.ask(item.turns.last ?? "")
  }

  private func options(_ item: BatchItem) -> AskOptions {
    var options = standard
    if let today = item.today { options.today = today }
    if let user = item.user { options.user = user }
    return options
  }
}
