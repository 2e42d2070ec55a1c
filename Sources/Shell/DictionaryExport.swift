import FoundationEssentials
import Interchange
import Metrics
import Session
import SourceText
import Terminal

/// `wenshu dictionary export osi DATASET`: writes a dictionary as another format's model.
struct DictionaryExport {
  var dataset: String
  /// A file; standard output if there is none.
  var out: String?

  func perform() throws(Stop) -> Int32 {
    let dictionary: MetricDictionary
    do throws(DiagnosticsError) {
      let read = DictionaryReader.read(folder: try folder())
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
  private func folder() throws(DiagnosticsError) -> String {
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
