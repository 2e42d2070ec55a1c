import Answers
import ArgumentParser
import CivilTime
import Metrics
import Session
import SourceText
import Terminal

/// `wenshu dictionary …`: the metric dictionary as something that is kept: what is in it, how it changed, what a change would
/// do, and what is amiss with it.
struct DictionaryCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "dictionary", _superCommandName: "wenshu", abstract: "Shows, compares and checks the metric dictionary; brings in another tool's.",
    discussion: """
      list                     the metrics with level, unit, version, status and owner
      show METRIC              everything that is known of one
      tree [METRIC]            levels, parents and drivers; of one metric, down to columns and up to whatever depends on it
      history [METRIC]         the versions of one metric, or all changes of definitions, newest first
      diff METRIC [1 2]        two versions of a metric; the last two if none are named
      diff DAY DAY             the dictionary as it stood on two days
      diff DRAFT               the dictionary and a draft
      export                   every version of every metric, in --format csv, tsv, json, jsonl or markdown
      export osi [DATASET]     the dictionary as a semantic model of Open Semantic Interchange 1.0, to --out or standard output
      impact DRAFT             asks all examples and saved questions again under a draft: which answers move, and by how much
      lint                     unowned, undescribed, never-asked metrics, duplicates, trees that do not add up on the data
      certify METRIC --by WHO  writes down the formula that is certified; a formula that changes is certified no longer
      With 'import dbt FILE… --out DIR' it reads dbt's semantic models, metrics and time spines and writes a dictionary, with 'import osi'
      a semantic model of Open Semantic Interchange 1.0; what cannot be carried is listed with its file and line. With --warehouse the dictionary names that SQLite file and has the types found there.
      A draft is a folder, one of the dataset's files, or any other YAML file that holds only what is to change.
      Example: wenshu dictionary impact draft.yaml --questions board.questions
      """,
    version: CommandLineRun.version)

  enum Action: String, CaseIterable, ExpressibleByArgument {
    case list, show, tree, history, diff, export, impact, lint, certify, `import`
  }

  @Argument(help: "What to do: \(Action.allCases.map(\.rawValue).joined(separator: ", ")).") var action: Action
  @Argument(help: "What with: metrics, versions, days, a draft, files.", completion: .file()) var rest: [String] = []
  @OptionGroup var common: CommonOptions
  @Flag(help: "Of a tree: what depends on the metric, instead of what it is computed from.") var above = false
  @Option(help: ArgumentHelp("More saved questions: a .questions file, or one question a line.", valueName: "file"), completion: .file()) var questions: [String] = []
  @Option(help: ArgumentHelp("Who certifies.", valueName: "name")) var by: String?
  @Option(help: ArgumentHelp("Import: the folder for the dictionary.", valueName: "folder"), completion: .directory) var out: String?
  @Option(help: ArgumentHelp("Import: the SQLite file that holds the tables.", valueName: "file"), completion: .file()) var warehouse: String?
  @Option(help: "Import: the dataset's name; the folder's, if none is given.") var name: String?

  func validate() throws {
    func expect(_ count: ClosedRange<Int>, _ what: String) throws {
      if !count.contains(rest.count) { throw ValidationError("\(action.rawValue) takes \(what)") }
    }
    switch action {
    case .list, .lint: try expect(0...0, "nothing more")
    case .export:
      if let format = rest.first, format != "osi" { throw ValidationError("unknown format '\(format)'; there is one to export: osi") }
      try expect(0...2, "osi and a dataset, or nothing more")
    case .tree, .history: try expect(0...1, "one metric at most")
    case .show, .certify: try expect(1...1, "one metric")
    case .impact: try expect(1...1, "one draft: a folder or a file")
    case .diff: try expect(1...3, "a metric and two versions, two days, or a draft")
    case .import:
      if !["dbt", "osi"].contains(rest.first) { throw ValidationError("unknown tool '\(rest.first ?? "")'; there are dbt and osi") }
      if rest.count < 2 { throw ValidationError("no file to import") }
      if out == nil { throw ValidationError("import needs --out, a folder for the dictionary") }
    }
    if action == .certify, by?.isEmpty ?? true { throw ValidationError("certify needs --by, who certifies") }
  }

  func perform() throws(Stop) -> Int32 {
    if action == .import {
      let tool = DictionaryImport.Tool(rawValue: rest[0]) ?? .dbt
      return try DictionaryImport(tool: tool, files: Array(rest.dropFirst()), out: out ?? "", warehouse: warehouse, name: name).perform()
    }
    if action == .export, !rest.isEmpty { return try DictionaryExport(dataset: rest.count > 1 ? rest[1] : common.dataset ?? "retail", out: out).perform() }
    let setup = try Setup(common)
    return try DictionaryPages(self, setup, try setup.open()).perform()
  }
}
