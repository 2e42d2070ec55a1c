import ArgumentParser
import Metrics
import SourceText
import Tables
import Terminal
import Warehouse

/// `wenshu loads`: what was loaded into a dataset, when, by whom, and what became of its rows.
struct LoadsCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "loads", _superCommandName: "wenshu", abstract: "Lists what was loaded into a dataset, newest first.",
    discussion: "Example: wenshu loads --dataset shop --format json", version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions

  func perform() throws(Stop) -> Int32 {
    let (path, words) = try LoadedFile.find(common)
    let records: [LoadRecord]
    do throws(DiagnosticsError) { records = try LoadedWarehouse.loads(path) } catch { throw Stop(error) }
    if common.format?.isJSON == true {
      Output.standard.write(records.map { JSONValue.object(LoadReport.members($0)).compact + "\n" }.joined())
      return ExitStatus.answered
    }
    if records.isEmpty { Output.errors.line("wenshu: " + words.noLoads) }
    let rows = records.map { record in
      [
        "\(record.number)", record.at, record.by, record.file, record.table, words.mode(record.mode), EnglishLoadWords.number(record.read),
        EnglishLoadWords.number(record.loaded), EnglishLoadWords.number(record.updated), EnglishLoadWords.number(record.setAside),
        LoadReport.byColumn(record.changes).map { words.changes($0.column, $0.rules) }.joined(separator: "; "),
      ]
    }
    LoadedFile.show(words.loadColumns, rows, flushRight: [0, 6, 7, 8, 9], common)
    return ExitStatus.answered
  }
}

/// The warehouse that a dataset was loaded into.
enum LoadedFile {
  static func find(_ common: CommonOptions) throws(Stop) -> (path: String, words: any LoadWords.Type) {
    guard let name = common.dataset else { throw Stop("--dataset says which") }
    let folder = try LoadFolder(name, home: common.home)
    let (dictionary, diagnostics) = DictionaryReader.read(folder: folder.path)
    guard let dictionary else { throw Stop(DiagnosticsError(diagnostics).description) }
    let language = common.lang?.language ?? Surroundings.language() ?? dictionary.language
    return (LoadedWarehouse.path(dictionary, folder: folder.path), LoadLanguages.words(language))
  }

  /// A table, or its rows for a program.
  static func show(_ header: [String], _ rows: [[String]], flushRight: Set<Int>, _ common: CommonOptions) {
    if common.format?.name == "csv" || common.format?.name == "tsv" {
      var writer = CSVWriter(separator: common.format?.name == "tsv" ? "\t" : ",")
      for row in [header] + rows { writer.row(row) }
      Output.standard.write(writer.text)
    } else if !rows.isEmpty {
      let columns = header.enumerated().map { TableLayout.Column($1, flushRight: flushRight.contains($0)) }
      let layout = TableLayout(columns: columns, rows: rows, width: Surroundings.width(), theme: Surroundings.theme())
      Output.standard.write(layout.lines.map { $0 + "\n" }.joined())
    }
  }
}
