import ArgumentParser
import Drafting
import Session
import SourceText

/// `wenshu draft exports/ --out mydata`: a dictionary guessed from files or a database.
struct DraftCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", _superCommandName: "wenshu", abstract: "Guesses a dictionary from files or a SQLite database.",
    discussion: """
      Looks at CSV, Excel or JSON Lines files, a folder of them or a SQLite file, and writes tables, joins, dimensions and metrics with what
      speaks for each guess beside it; lines with "confirm:" are for a person to look at. The data stays where it is;
      files that have to be read with care (other encodings, sheets, dates such as 5-Jan-24) are loaded into DIR as well.
      Example: wenshu draft exports/ --out mydata, then wenshu --dataset mydata "sales by region last month"
      To ask at once, without files: wenshu --data sales.csv "sales by region last month"
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Argument(help: "A file, a folder of them, or a SQLite file.", completion: .file()) var path: String
  @Option(help: ArgumentHelp("The folder for the dictionary.", valueName: "folder"), completion: .directory) var out: String
  @Option(help: ArgumentHelp("The name of the dataset. Default: that of the folder.", valueName: "name")) var name: String?
  @Flag(help: "Write over files that are there, and a warehouse.") var force = false

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    let there = DraftFolder.existing(out)
    if !there.isEmpty, !force {
      throw Stop("\(out) has \(there.joined(separator: ", ")) already; nothing was written (--force writes over it)", status: ExitStatus.badUsage)
    }
    let progress = Progress()
    defer { progress.finish() }
    let draft: Draft
    do throws(DiagnosticsError) {
      draft = try Drafter(home: setup.home.path).draft(
        path, name: name ?? DraftFolder.name(out), dataPath: DraftFolder.seen(path, from: out)
      ) { if DraftFolder.isLarge(path) { progress.show("looking at the data", $0) } }
    } catch { throw Stop(error.description) }
    progress.finish()
    if let failure = DraftFolder.write(draft, to: out) { throw Stop(failure, status: ExitStatus.failed) }
    try DraftFolder.load(draft, into: out, user: common.user, progress: progress)
    for note in draft.notes { Output.errors.line("wenshu: \(note)") }
    Output.errors.line(
      "wenshu: drafted \(draft.tableCount) tables, \(draft.dimensionCount) dimensions and \(draft.metricCount) metrics in \(out); look for \"confirm:\" in its files")
    return ExitStatus.answered
  }
}

extension Setup {
  /// The folder of the draft for `--data`, made if it is not kept from before; nil without `--data`.
  /// - Throws: `Stop`
  func draftedDataset(_ progress: Progress) throws(Stop) -> String? {
    guard let path = options.data else { return nil }
    if options.dataset != nil { throw Stop("--data or --dataset, not both") }
    let cache = options.cache ?? CacheFolder.standard()
    let key = DraftFolder.key(path, home: home.path)
    let folder = cache + "/drafts/" + key.prefix + key.rest
    if !DraftFolder.isWhole(folder) {
      let draft: Draft
      do throws(DiagnosticsError) {
        draft = try Drafter(home: home.path).draft(path, name: DraftFolder.name(path), dataPath: Surroundings.absolute(path), loadsLarge: true) {
          if DraftFolder.isLarge(path) { progress.show("looking at the data, once", $0) }
        }
      } catch { throw Stop(error.description) }
      if let failure = DraftFolder.write(draft, to: folder) { throw Stop(failure, status: ExitStatus.failed) }
      try DraftFolder.load(draft, into: folder, user: options.user, progress: progress)
      DraftFolder.markWhole(folder)
      DraftFolder.removeOlder(in: cache + "/drafts", prefix: key.prefix, keeping: key.prefix + key.rest)
    }
    progress.finish()
    Output.errors.line("wenshu: asked of a dictionary that was drafted from \(path); 'wenshu draft \(path) --out DIR' writes it down to be checked")
    return folder
  }
}
