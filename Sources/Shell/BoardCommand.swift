import Answers
import ArgumentParser
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Session
import SourceText
import Terminal

/// `wenshu board FILE.questions`: saved questions as one screen, or as one page.
struct BoardCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "board", _superCommandName: "wenshu", abstract: "Shows the answers of a file of questions as one screen or page.",
    discussion: """
      The file is what 'wenshu batch' takes; its first line "# …" is the title. --watch 60 asks again every minute, also of
      data that was loaded meanwhile, until Ctrl-C. --format html writes one page.
      Example: wenshu board morning.questions --watch 60
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("Ask again every so many seconds, until Ctrl-C.", valueName: "seconds")) var watch: Int?
  @Argument(help: "A file of questions.", completion: .file()) var file: String

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    if let watch {
      guard watch >= 1 else { throw Stop("--watch takes seconds, from 1") }
      return try Screen.repeated(every: watch) { () throws(Stop) in try self.drawn(setup, height: Surroundings.height()) }
    }
    let board = try drawn(setup, height: nil)
    Output.standard.write(board.text)
    return board.status
  }

  private func drawn(_ setup: Setup, height: Int?) throws(Stop) -> (text: String, status: Int32) {
    var reader = try BatchReader(path: file)
    let workspace = try setup.open()
    var asking = BatchAsking(setup, workspace)
    var answers: [Answer] = []
    var status = ExitStatus.answered
    while let entry = reader.next() {
      var answer = asking.answer(entry)
      if answer.presentation == nil { answer.presentation = common.chart?.presentation ?? .chart }
      if case .defect = entry { status = max(status, ExitStatus.badUsage) } else { status = max(status, answer.exitCode) }
      answers.append(answer)
    }
    let title = BoardFile.title(file)
    switch common.format?.name ?? "table" {
    case "html":
      let language = answers.first?.language ?? workspace.dictionary.language
      let head = "<h1>\(Markup.escaped(title))</h1>"
      return (HTMLFormat.page(title: title, language: language, sections: [head] + answers.map { HTMLFormat.section($0, turnsTime: setup.turnsTime) }), status)
    case "table":
      let day = workspace.lastLoadedDay?.description
      let screen = BoardScreen(title: title, dataThrough: day, answers: answers, width: Surroundings.width(), theme: Surroundings.theme())
      return (screen.text(height: height), status)
    case let name: throw Stop("a board is written as table or html, not as \(name)")
    }
  }
}

enum BoardFile {
  /// The first comment of the file, else its name.
  static func title(_ file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    guard let text = try? SourceFile.read(file), let first = text.split(separator: "\n").first, first.hasPrefix("#") else { return name }
    let title = LineReader.trim(first.dropFirst())
    return title.isEmpty ? name : String(title)
  }
}

/// A screen of its own that is drawn again and again, and left as it was found.
enum Screen {
  /// - Parameter draw: what to show; an error ends it.
  /// - Returns: the status of the last drawing, after Ctrl-C.
  static func repeated(every seconds: Int, _ draw: () throws(Stop) -> (text: String, status: Int32)) throws(Stop) -> Int32 {
    guard Output.standard.isTerminal else { throw Stop("--watch is for a terminal") }
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    Output.standard.write("\u{1B}[?1049h\u{1B}[?25l")
    defer { Output.standard.write("\u{1B}[?25h\u{1B}[?1049l") }
    while true {
      let drawn = try draw()
      Output.standard.write("\u{1B}[H\u{1B}[2J" + drawn.text)
      var wait = timespec(tv_sec: seconds, tv_nsec: 0)
      if sigtimedwait(&signals, nil, &wait) > 0 { return drawn.status }
    }
  }
}
