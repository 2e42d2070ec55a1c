import ArgumentParser
import CivilTime
import SourceText
import Terminal
import Warehouse

/// The flags that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The data to ask: a folder, or a name in datasets/. Default: retail.", valueName: "folder"), completion: .directory)
  var dataset: String?

  @Option(
    help: ArgumentHelp("Ask a CSV file, a folder of them or a SQLite file that has no dictionary: one is drafted first.", valueName: "path"), completion: .file())
  var data: String?

  @Option(help: ArgumentHelp("The folder that holds grammar/ and lexicon/; also WENSHU_HOME.", valueName: "folder"), completion: .directory)
  var home: String?

  @Option(help: ArgumentHelp("The day that 'last month' counts from: 2026-11-01.", valueName: "day"))
  var today: DayArgument?

  @Option(help: ArgumentHelp("Ask as this user of the dataset's policy.", valueName: "name"))
  var user: String?

  @Option(help: ArgumentHelp("Language of answers: zh or en. Default: the question's.", valueName: "zh|en"))
  var lang: LanguageArgument?

  @Option(
    help: ArgumentHelp(
      "How answers are written: " + AnswerFormats.names.joined(separator: ", ") + ".", valueName: "name"))
  var format: FormatArgument?

  @Option(help: ArgumentHelp("Draw answers: " + ChartArgument.names.joined(separator: ", ") + ".", valueName: "kind"))
  var chart: ChartArgument?

  @Option(
    help: ArgumentHelp("Time across in place of down: auto, where that reads better, or none.", valueName: "auto|none"))
  var pivot: PivotArgument?

  @Option(
    help: ArgumentHelp(
      "How wide the terminal draws characters such as — and ▲. Default: wide where LANG is zh, ja or ko.", valueName: "wide|narrow"))
  var ambiguous: AmbiguousArgument?

  @Flag(help: "Nothing beside answers: no progress, no hints of what to ask next.")
  var quiet = false

  @Flag(help: "Open the whole way from words to number.")
  var explain = false

  @Flag(help: "Show the SQL with its arguments.")
  var sql = false

  @Flag(help: "No number while any word is not understood.")
  var strict = false

  @Flag(name: .customLong("no-rollups"), help: "Read every row, not what is kept summed up; the answer is the same.")
  var noRollups = false

  @Flag(name: .customLong("private"), help: "Keep nothing of the questions: see 'wenshu unknown'.")
  var isPrivate = false

  @Option(help: ArgumentHelp("Stop a query that takes longer. Default: 600.", valueName: "seconds"))
  var mostSeconds: Double?

  @Option(help: ArgumentHelp("Stop a query with more rows. Default: 1,000,000.", valueName: "rows"))
  var mostRows: Int?

  @Option(help: ArgumentHelp("Stop queries that take more for sorting and grouping. Default: 4096.", valueName: "megabytes"))
  var mostMemory: Int?

  @Option(help: ArgumentHelp("Where warehouses built from CSV are kept.", valueName: "folder"), completion: .directory)
  var cache: String?

  func validate() throws {
    for (name, value) in [("--most-seconds", mostSeconds), ("--most-rows", mostRows.map(Double.init)), ("--most-memory", mostMemory.map(Double.init))] {
      if let value, !(value > 0 && value < 1e9) { throw ValidationError("\(name) takes a number above 0") }
    }
  }

  /// What each query may cost.
  var budget: QueryBudget {
    var budget = QueryBudget()
    if let mostSeconds { budget.seconds = mostSeconds }
    if let mostRows { budget.rows = mostRows }
    if let mostMemory { budget.megabytes = mostMemory }
    return budget
  }
}

/// `--today 2026-11-01`
struct DayArgument: ExpressibleByArgument {
  var day: Day

  init?(argument: String) {
    guard let day = Day(iso: argument) else { return nil }
    self.day = day
  }
}

/// `--lang en`
struct LanguageArgument: ExpressibleByArgument {
  static let allValueStrings = Language.allCases.map(\.rawValue)
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  var language: Language

  init?(argument: String) {
    guard let language = Language(rawValue: argument) else { return nil }
    self.language = language
  }
}

/// `--format jsonl`
struct FormatArgument: ExpressibleByArgument {
  static let allValueStrings = AnswerFormats.names
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  var name: String

  init?(argument: String) {
    guard AnswerFormats.names.contains(argument) else { return nil }
    name = argument
  }
}

/// `--pivot none`
enum PivotArgument: String, CaseIterable, ExpressibleByArgument { case auto, none }

/// `--ambiguous narrow`
enum AmbiguousArgument: String, CaseIterable, ExpressibleByArgument { case wide, narrow }

/// `--chart line`
extension ChartArgument: ExpressibleByArgument {
  static var allValueStrings: [String] { names }
  static var defaultCompletionKind: CompletionKind { .list(names) }
  init?(argument: String) { self.init(argument) }
}
