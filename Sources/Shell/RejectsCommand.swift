import ArgumentParser
import SourceText
import Tables
import Terminal
import Warehouse

/// `wenshu rejects`: the rows that were set aside, where they came from and why; as CSV to be mended and loaded again.
struct RejectsCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejects", _superCommandName: "wenshu", abstract: "Lists the rows that a load set aside, with their lines and reasons.",
    discussion: """
      With --format csv the rows themselves come, behind columns that say where they were and why: mend them and load the file with
      'wenshu load mended.csv --table NAME'; rows that are taken are no longer set aside.
      Example: wenshu rejects --dataset shop --table orders --format csv > mended.csv
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("Only rows of this table.", valueName: "name")) var table: String?
  @Option(help: ArgumentHelp("Only rows of this load; see wenshu loads.", valueName: "number")) var load: Int?

  func perform() throws(Stop) -> Int32 {
    let (path, words) = try LoadedFile.find(common)
    let rejects: [Reject]
    do throws(DiagnosticsError) { rejects = try LoadedWarehouse.rejects(path, table: table, load: load) } catch { throw Stop(error) }
    switch common.format?.name {
    case "json", "jsonl": Output.standard.write(rejects.map { Self.json($0, words) + "\n" }.joined())
    case "csv", "tsv": try writeRows(rejects, words)
    default:
      if rejects.isEmpty { Output.errors.line("wenshu: " + words.noRejects) }
      let rows = rejects.map { ["\($0.number)", $0.table, $0.file, "\($0.line)", words.reason($0.reason)] }
      LoadedFile.show(words.rejectColumns, rows, flushRight: [0, 3], common)
    }
    return ExitStatus.answered
  }

  private static func json(_ reject: Reject, _ words: any LoadWords.Type) -> String {
    JSONValue.object([
      JSONMember("number", JSONValue(reject.number)), JSONMember("load", JSONValue(reject.load)), JSONMember("table", .string(reject.table)),
      JSONMember("file", .string(reject.file)), JSONMember("line", JSONValue(reject.line)),
      JSONMember("reason", .string(reject.reason.kind.rawValue)), JSONMember("column", .string(reject.reason.column)),
      JSONMember("found", .string(reject.reason.found)), JSONMember("expected", .string(reject.reason.expected)),
      JSONMember("text", .string(words.reason(reject.reason))), JSONMember("header", .array(reject.header.map { .string($0) })),
      JSONMember("fields", .array(reject.fields.map { .string($0) })),
    ]).compact
  }

  /// The rows as they were, under the header of their file.
  private func writeRows(_ rejects: [Reject], _ words: any LoadWords.Type) throws(Stop) {
    guard let header = rejects.first?.header.filter({ !Self.own.contains($0) }) else { return }
    if let other = rejects.first(where: { $0.header.filter { !Self.own.contains($0) } != header }) {
      throw Stop(
        "rows of files with different columns: \(rejects[0].file) and \(other.file); say --table or --load (see wenshu loads)")
    }
    var writer = CSVWriter(separator: common.format?.name == "tsv" ? "\t" : ",")
    writer.row(Self.own + header)
    for reject in rejects {
      let kept = zip(reject.header, reject.fields).filter { !Self.own.contains($0.0) }.map(\.1) + reject.fields.dropFirst(reject.header.count)
      writer.row(["\(reject.number)", reject.file, "\(reject.line)", words.reason(reject.reason)] + kept)
    }
    Output.standard.write(writer.text)
    if Formulas.count(rejects.lazy.flatMap(\.fields)) > 0 { Output.errors.line("wenshu: " + Formulas.warning) }
  }

  private static let own = ["_reject", "_file", "_line", "_reason"]
}

/// Texts that a spreadsheet would take for formulas. They are written as they are: data that comes back is the same data.
enum Formulas {
  static func count(_ texts: some Sequence<String>) -> Int {
    texts.reduce(0) { $0 + (isFormula($1) ? 1 : 0) }
  }

  /// `=…`, `@…`, and `+…` or `-…` that is no number.
  static func isFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count > 1 else { return false }
    if "=@\t\r".utf8.contains(first) { return true }
    return "+-".utf8.contains(first) && text.dropFirst().contains { !$0.isNumber && !".,% ".contains($0) }
  }

  static let warning = "texts begin with =, @, + or - as formulas do; import this file as text rather than opening it in a spreadsheet"
}
