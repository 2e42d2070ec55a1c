import ArgumentParser
import CivilTime
import Session
import SourceText
import Terminal

/// `wenshu parse "…"`: how a text is understood, without asking the data.
struct ParseCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse", _superCommandName: "wenshu", abstract: "Shows how a text is understood: its question, times and numbers.",
    discussion: """
      With --jsonl it reads {"id", "text", "today", "dataset"} a line from standard input and writes one object a line.
      Without a dataset it still finds times and numbers.
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Read and write lines of JSON.") var jsonl = false
  /// For `Benchmarks/run`; its README tells of it.
  @Option(help: .hidden) var timings: Int?
  @Argument(help: "The text; words without quotes are joined.") var text: [String] = []

  func validate() throws {
    if let timings, !(1...1000).contains(timings) { throw ValidationError("--timings takes 1 to 1000 rounds") }
    if (jsonl || timings != nil) != text.isEmpty || jsonl && timings != nil { throw ValidationError("give a text, or --jsonl") }
  }

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    if jsonl { return try ParseRun(setup).run() }
    let text = text.joined(separator: " ")
    let today = common.today?.day ?? Surroundings.clockDay()
    // A person asks about the dataset at hand; programs say which, or want times and numbers alone.
    let hasRetail = Files.isFolder(setup.home.path + "/datasets/retail")
    let parser = try ParseRun.parser(setup, dataset: setup.draftedDataset(Progress()) ?? common.dataset ?? (hasRetail ? "retail" : nil))
    if let timings { return try ParseTimings(parser: parser, today: today, rounds: timings).run() }
    let parsed = parser.parse(text, today: today)
    Output.standard.line(ParsedJSON.object(parsed, id: nil).pretty())
    return parsed.canonical == nil ? ExitStatus.notUnderstood : ExitStatus.answered
  }
}

/// Lines of JSON in, lines of JSON out.
private struct ParseRun {
  private let setup: Setup
  private var parsers: [String?: ParseOnly] = [:]
  private var status = ExitStatus.answered

  init(_ setup: Setup) { self.setup = setup }

  static func parser(_ setup: Setup, dataset: String?) throws(Stop) -> ParseOnly {
    do throws(DiagnosticsError) {
      let progress = Progress()
      defer { progress.finish() }
      return try ParseOnly(
        home: setup.home, dataset: dataset, cacheFolder: setup.options.cache, progress: { progress.built($0) })
    } catch { throw Stop(error.description) }
  }

  consuming func run() throws(Stop) -> Int32 {
    var input = try LineInput(path: "-")
    while let bytes = input.next() {
      let place = SourcePlace(file: "standard input", line: input.lineNumber)
      guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
      Output.standard.line(object(bytes, place).compact)
    }
    return status
  }

  private mutating func object(_ bytes: [UInt8], _ place: SourcePlace) -> JSONValue {
    var id: JSONValue?
    do throws(Stop) {
      guard case .success(let line) = bytes.text() else { throw Stop("bytes that are not UTF-8") }
      guard let value = try? JSONReader.value(line), case .object = value else { throw Stop("expected a JSON object") }
      id = value["id"]
      guard let text = value["text"]?.string else { throw Stop("expected a text under \"text\"") }
      return ParsedJSON.object(try parser(value["dataset"]?.string).parse(text, today: try today(value)), id: id)
    } catch {
      status = ExitStatus.badUsage
      return .object([
        JSONMember("id", id ?? .null), JSONMember("error", .string("\(place): \(error.text)")),
      ])
    }
  }

  private func today(_ value: JSONValue) throws(Stop) -> Day {
    guard let today = value["today"] else { return setup.options.today?.day ?? Surroundings.clockDay() }
    guard let day = today.string.flatMap({ Day(iso: $0) }) else { throw Stop("expected a day under \"today\"") }
    return day
  }

  private mutating func parser(_ dataset: String?) throws(Stop) -> ParseOnly {
    let dataset = dataset ?? setup.options.dataset
    if let parser = parsers[dataset] { return parser }
    let parser = try ParseRun.parser(setup, dataset: dataset)
    parsers[dataset] = parser
    return parser
  }
}
