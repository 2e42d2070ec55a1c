import ArgumentParser
import FoundationEssentials
import Interchange
import Metrics
import Session
import SourceText
import Warehouse

/// `wenshu dictionary import dbt FILE… --out DIR`, `wenshu dictionary export osi DATASET`: dictionaries of other tools, read and written.
struct DictionaryCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "dictionary", _superCommandName: "wenshu", abstract: "Brings in the metric dictionary of another tool, or writes one for it.",
    discussion: """
      With the words 'import dbt FILE… --out DIR' it reads the semantic models, metrics and time spines of dbt's YAML and writes dataset.yaml,
      tables.yaml, dimensions.yaml and metrics.yaml. 'import osi' reads a semantic model of Open Semantic Interchange 1.0 in the same way.
      Whatever cannot be carried is listed with its file and line.
      With --warehouse the dictionary names that SQLite file, and columns have the types that they have there.
      'export osi DATASET' writes the dictionary of a dataset as such a semantic model, to --out or to standard output, and lists what the
      format has no place for on standard error.
      Example: wenshu dictionary import dbt models/semantic/*.yml --warehouse shop.sqlite --out shop
      """,
    version: CommandLineRun.version)

  private enum Action: String { case `import`, export }

  @Argument(help: "What to do: import or export.") var action: String
  @Argument(help: "The other tool or format: dbt or osi.") var tool: String
  @Argument(help: "Its files; to export, the dataset.") var files: [String]
  @Option(help: ArgumentHelp("The folder for the dictionary; to export, the file.", valueName: "folder")) var out: String?
  @Option(help: ArgumentHelp("The SQLite file that holds the tables.", valueName: "file")) var warehouse: String?
  @Option(help: "The dataset's name; the folder's, if none is given.") var name: String?

  func validate() throws {
    guard let action = Action(rawValue: action) else { throw ValidationError("unknown action '\(action)'; there are import and export") }
    switch action {
    case .import:
      if !["dbt", "osi"].contains(tool) { throw ValidationError("unknown tool '\(tool)'; there are dbt and osi") }
      if files.isEmpty { throw ValidationError("no file to import") }
      if out == nil { throw ValidationError("missing --out: the folder for the dictionary") }
    case .export:
      if tool != "osi" { throw ValidationError("unknown format '\(tool)'; there is one to export: osi") }
      if files.count != 1 { throw ValidationError("one dataset is exported: a folder, or a name in datasets/") }
    }
  }

  func perform() throws(Stop) -> Int32 { action == Action.export.rawValue ? try export() : try bringIn(to: out ?? "") }

  // MARK: Import

  private func bringIn(to out: String) throws(Stop) -> Int32 {
    var texts: [DictionaryReader.File] = []
    for file in files {
      do throws(Diagnostic) { texts.append(.init(name: file, text: try SourceFile.read(file))) } catch { throw Stop(error.description) }
    }
    var types: [String: [String: ColumnType]] = [:]
    if let warehouse {
      do throws(DiagnosticsError) { types = try WarehouseTypes.columns(ofFile: warehouse) } catch { throw Stop(error.description) }
    }
    let name = name ?? out.split(separator: "/").last.map(String.init) ?? "dataset"
    let path = warehouse.map(absolute)
    let made = tool == "osi"
      ? OsiImport.dictionary(from: texts, name: name, warehouse: path, types: types)
      : DbtImport.dictionary(from: texts, name: name, warehouse: path, types: types)
    try write(made, to: out)
    for note in made.notes { Output.standard.line(note.description) }
    let errors = made.notes.count { $0.severity == .error }
    Output.errors.line("wenshu: wrote \(made.files.count) files to \(out); not carried: \(made.notes.count - errors)")
    return errors == 0 ? ExitStatus.answered : ExitStatus.badUsage
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  private func write(_ made: ImportedDictionary, to out: String) throws(Stop) {
    do {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      for file in made.files {
        let path = out + "/" + file.name
        if SourceFile.exists(path) { throw Stop("\(path) is there already; nothing is written over") }
      }
      for file in made.files { try Data(file.text.utf8).write(to: URL(filePath: out + "/" + file.name)) }
    } catch let stop as Stop {
      throw stop
    } catch {
      throw Stop("\(out): \(error)")
    }
  }

  // MARK: Export

  private func export() throws(Stop) -> Int32 {
    let dictionary: MetricDictionary
    do throws(DiagnosticsError) {
      let read = DictionaryReader.read(folder: try folder(of: files[0]))
      guard let found = read.dictionary else { throw DiagnosticsError(read.diagnostics) }
      dictionary = found
    } catch { throw Stop(error.description) }
    let made = OsiExport.text(of: dictionary)
    if let out {
      if SourceFile.exists(out) { throw Stop("\(out) is there already; nothing is written over") }
      do { try Data(made.text.utf8).write(to: URL(filePath: out)) } catch { throw Stop("\(out): \(error)") }
    } else {
      Output.standard.write(made.text)
    }
    for note in made.notes { Output.errors.line(note.description) }
    Output.errors.line("wenshu: wrote \(out ?? "the model"); not carried: \(made.notes.count)")
    return ExitStatus.answered
  }

  /// A folder stands by itself; a name is one of the datasets that come with the program.
  private func folder(of dataset: String) throws(DiagnosticsError) -> String {
    if SourceFile.exists(dataset + "/dataset.yaml") { return dataset }
    let environment = Surroundings.variable("WENSHU_HOME").map { ["WENSHU_HOME": $0] } ?? [:]
    let home: Home
    do throws(Diagnostic) {
      home = try Home.find(
        named: nil, environment: environment, executable: Surroundings.executable(), currentFolder: Surroundings.currentFolder())
    } catch { throw DiagnosticsError([error]) }
    return try DatasetFolder.find(dataset, home: home)
  }
}
