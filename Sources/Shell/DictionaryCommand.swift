import ArgumentParser
import FoundationEssentials
import Interchange
import Metrics
import Session
import SourceText
import Warehouse

/// `wenshu dictionary import dbt FILE… --out DIR`: writes a dictionary from another tool's files.
struct DictionaryCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "dictionary", _superCommandName: "wenshu", abstract: "Brings in a metric dictionary of another tool.",
    discussion: """
      With the words 'import dbt FILE… --out DIR' it reads the semantic models, metrics and time spines of dbt's YAML and writes dataset.yaml,
      tables.yaml, dimensions.yaml and metrics.yaml. Whatever cannot be carried is listed with its file and line.
      With --warehouse the dictionary names that SQLite file, and columns have the types that they have there.
      Example: wenshu dictionary import dbt models/semantic/*.yml --warehouse shop.sqlite --out shop
      """,
    version: CommandLineRun.version)

  @Argument(help: "What to do: import.") var action: String
  @Argument(help: "The other tool: dbt.") var tool: String
  @Argument(help: "Its files.") var files: [String]
  @Option(help: ArgumentHelp("The folder for the dictionary.", valueName: "folder")) var out: String
  @Option(help: ArgumentHelp("The SQLite file that holds the tables.", valueName: "file")) var warehouse: String?
  @Option(help: "The dataset's name; the folder's, if none is given.") var name: String?

  func validate() throws {
    if action != "import" { throw ValidationError("unknown action '\(action)'; there is one: import") }
    if tool != "dbt" { throw ValidationError("unknown tool '\(tool)'; there is one: dbt") }
    if files.isEmpty { throw ValidationError("no file to import") }
  }

  func perform() throws(Stop) -> Int32 {
    var texts: [DictionaryReader.File] = []
    for file in files {
      do throws(Diagnostic) { texts.append(.init(name: file, text: try SourceFile.read(file))) } catch { throw Stop(error.description) }
    }
    var types: [String: [String: ColumnType]] = [:]
    if let warehouse {
      do throws(DiagnosticsError) { types = try WarehouseTypes.columns(ofFile: warehouse) } catch { throw Stop(error.description) }
    }
    let folder = out.split(separator: "/").last.map(String.init) ?? "dataset"
    let made = DbtImport.dictionary(from: texts, name: name ?? folder, warehouse: warehouse.map(absolute), types: types)
    try write(made)
    for note in made.notes { Output.standard.line(note.description) }
    let errors = made.notes.count { $0.severity == .error }
    Output.errors.line("wenshu: wrote \(made.files.count) files to \(out); not carried: \(made.notes.count - errors)")
    return errors == 0 ? ExitStatus.answered : ExitStatus.badUsage
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  private func write(_ made: ImportedDictionary) throws(Stop) {
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
}
