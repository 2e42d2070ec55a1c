import ArgumentParser
import Intake
import Metrics
import Session
import SourceText
import Terminal
import Warehouse

/// `wenshu load orders.csv --dataset shop`: files into the warehouse of a dataset.
struct LoadCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", _superCommandName: "wenshu", abstract: "Loads CSV, TSV, JSON Lines and Excel files into a dataset's warehouse.",
    discussion: """
      Folders are loaded file by file, '-' is standard input. A file goes to the table of its name, a sheet to that of the sheet's, or to
      --table. A dataset without tables.yaml gets one, with the types that were found; mend it and load again.
      A load happens as a whole or not at all. Rows that break a rule of tables.yaml are set aside: see 'wenshu rejects'.
      Examples: wenshu load exports/ --dataset shop, zcat orders.csv.gz | wenshu load - --table orders --append --dataset shop
      """,
    version: CommandLineRun.version)

  @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"), completion: .file()) var paths: [String]
  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("The table that all of it goes to.", valueName: "name")) var table: String?
  @Flag(help: "Add tables that tables.yaml does not have yet to it.") var new = false
  @Flag(help: "Add to the rows that are there; without it they make way.") var append = false
  @Flag(help: "Bring rows with the same key up to date, and add the others.") var upsert = false
  @Option(help: ArgumentHelp("The files' encoding, where it is guessed wrong: gbk, utf-16 …", valueName: "name")) var encoding: String?
  @Option(help: ArgumentHelp("What separates fields, where it is guessed wrong: ';', '|', tab.", valueName: "sign")) var separator: String?
  @Flag(inversion: .prefixedNo, help: "Whether the first row names the columns.") var header: Bool?
  @Option(help: ArgumentHelp("Only this sheet of a workbook.", valueName: "name")) var sheet: String?
  @Option(help: ArgumentHelp("How dates such as 5/1/24 are meant where nothing tells: d/m/y or m/d/y.", valueName: "order")) var dates: String?
  @Option(help: ArgumentHelp("More rows than this set aside end the load, in percent.", valueName: "percent")) var mostRejects = 10.0

  func validate() throws {
    if append && upsert { throw ValidationError("--append or --upsert, not both") }
    if common.dataset == nil { throw ValidationError("--dataset says where to: a folder, made if it is missing") }
    if let encoding, TextEncoding(name: encoding) == nil { throw ValidationError("unknown encoding '\(encoding)'; there are utf-8, utf-16, gbk, gb18030, latin1") }
    if let dates, !["d/m/y", "m/d/y"].contains(dates) { throw ValidationError("--dates takes d/m/y or m/d/y") }
    if let separator, separator != "tab", separator.utf8.count != 1 { throw ValidationError("--separator takes one sign, or tab") }
  }

  func perform() throws(Stop) -> Int32 {
    let spoken = common.lang?.language ?? Surroundings.language()
    let folder = try LoadFolder(common.dataset ?? "", home: common.home, language: spoken)
    let found = try FoundFiles(paths, options: options, sheet: sheet, language: spoken)
    for line in found.skipped { Output.errors.line("wenshu: " + line) }
    let before = folder.tablesText
    let dictionary = try folder.dictionary(for: found.tables, dates: dates, table: table, adds: new)
    let inputs = try folder.inputs(found.tables, dictionary, table: table)
    let path = LoadedWarehouse.path(dictionary, folder: folder.path)
    var loader = WarehouseLoader(dictionary: dictionary, path: path, at: Surroundings.clockMoment(), by: common.user ?? Surroundings.userName())
    loader.mostSetAside = mostRejects / 100
    let mode: LoadMode = append ? .append : upsert ? .upsert : .replace
    let language = spoken ?? dictionary.language
    let records: [LoadRecord]
    do throws(Stop) { records = try load(loader, inputs, mode, language) } catch {
      folder.takeBackTables(before)
      throw error
    }
    let words = LoadLanguages.words(language)
    let report = LoadReport(records: records, forms: inputs.map(\.input.form), path: path, dataset: common.dataset ?? "", words: words)
    Output.standard.write(common.format?.isJSON == true ? try report.json() : try report.text())
    if records.contains(where: { !$0.isUnchanged }), inputs.reduce(0, { $0 + $1.size }) >= Self.measuredAtOnce { measure(folder.path) }
    return ExitStatus.answered
  }

  /// In bytes. After less, the next start measures, so that a hundred small loads do not look at every row a hundred times.
  private static let measuredAtOnce = 8 << 20

  /// What the first question would wait for: the values of dimensions, the days covered, the quality of the rows. What is wrong with the
  /// dictionary is for that question to say; the load has happened.
  private func measure(_ dataset: String) {
    guard let setup = try? Setup(common) else { return }
    let progress = Progress(isQuiet: common.quiet)
    defer { progress.finish() }
    if Output.errors.isTerminal { progress.show("measuring", "") }
    _ = try? Workspace.open(home: setup.home, dataset: dataset, cacheFolder: common.cache) { _ in }
  }

  private var options: IntakeOptions {
    IntakeOptions(
      encoding: encoding.flatMap { TextEncoding(name: $0) }, separator: separator.map { $0 == "tab" ? "\t" : Character($0) }, hasHeader: header)
  }

  private func load(_ loader: WarehouseLoader, _ inputs: [LoadInput], _ mode: LoadMode, _ language: Language) throws(Stop) -> [LoadRecord] {
    let progress = Progress()
    let start = Surroundings.seconds()
    defer { progress.finish() }
    do throws(LoadFailure) {
      return try loader.load(inputs, mode) { step in
        guard Output.errors.isTerminal else { return }
        progress.show("loading " + step.table, LoadReport.pace(step, seconds: Surroundings.seconds() - start))
      }
    } catch {
      progress.finish()
      throw Stop(error, language)
    }
  }
}

extension Stop {
  /// Why nothing was loaded.
  init(_ failure: LoadFailure, _ language: Language?) {
    let text = language == .chinese ? LoadFailureWords.chinese(failure) : DiagnosticsError(failure.diagnostics).description
    self.init(text, status: failure.isOfWarehouse ? ExitStatus.failed : ExitStatus.badUsage)
  }
}

extension Stop {
  /// A warehouse, or what describes it, that cannot be read.
  init(_ error: DiagnosticsError) { self.init(.other(error.diagnostics), nil) }
}

extension FormatArgument {
  var isJSON: Bool { ["json", "jsonl"].contains(name) }
}
