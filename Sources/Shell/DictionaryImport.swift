import FoundationEssentials
import Interchange
import Metrics
import SourceText
import Warehouse

/// `wenshu dictionary import dbt FILE… --out DIR`, `import osi`: writes a dictionary from another tool's files.
struct DictionaryImport {
  enum Tool: String { case dbt, osi }

  var tool: Tool
  var files: [String]
  var out: String
  var warehouse: String?
  var name: String?

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
    let path = warehouse.map(absolute)
    let made =
      switch tool {
      case .dbt: DbtImport.dictionary(from: texts, name: name ?? folder, warehouse: path, types: types)
      case .osi: OsiImport.dictionary(from: texts, name: name ?? folder, warehouse: path, types: types)
      }
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
