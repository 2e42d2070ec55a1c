import ArgumentParser
import CivilTime
import SourceText
import Terminal

/// The flags that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The data to ask: a folder, or a name in datasets/. Default: retail.", valueName: "folder"))
  var dataset: String?

  @Option(
    help: ArgumentHelp("Ask a CSV file, a folder of them or a SQLite file that has no dictionary: one is drafted first.", valueName: "path"))
  var data: String?

  @Option(help: ArgumentHelp("The folder that holds grammar/ and lexicon/; also WENSHU_HOME.", valueName: "folder"))
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

  @Option(help: ArgumentHelp("Where warehouses built from CSV are kept.", valueName: "folder"))
  var cache: String?
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
  var language: Language

  init?(argument: String) {
    guard let language = Language(rawValue: argument) else { return nil }
    self.language = language
  }
}

/// `--format jsonl`
struct FormatArgument: ExpressibleByArgument {
  static let allValueStrings = AnswerFormats.names
  var name: String

  init?(argument: String) {
    guard AnswerFormats.names.contains(argument) else { return nil }
    name = argument
  }
}

/// `--chart line`
extension ChartArgument: ExpressibleByArgument {
  static var allValueStrings: [String] { names }
  init?(argument: String) { self.init(argument) }
}
