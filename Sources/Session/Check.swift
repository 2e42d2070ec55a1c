import CivilTime
import Metrics
import Parsing
import Phrasebook
import Questions
import SourceText

/// `wenshu check`: words, grammar, dictionary and policy, then every example and corpus; needs no compiler.
package enum Check {
  /// Reports each finding and failure as it comes; true if there was none.
  package static func run(
    home: Home, dataset: String?, cacheFolder: String? = nil, progress: @Sendable (String) -> Void,
    report: (CheckLine) -> Void
  ) -> Bool {
    var isFine = true
    func tell(_ line: CheckLine) {
      if !line.isOK { isFine = false }
      report(line)
    }
    do throws(DiagnosticsError) {
      let folder = try DatasetFolder.find(dataset, home: home)
      func tellAll(_ findings: [Diagnostic]) {
        for finding in findings {
          tell(CheckLine(place: finding.place, isOK: finding.severity == .warning, subject: finding.code, message: finding.description))
        }
      }
      let (rules, faults) = PhrasebookFiles.read(home: home, examples: true)
      tellAll(faults + PhrasebookChecks(rules).findings() + DictionaryReader.read(folder: folder).diagnostics)
      guard isFine else { return false }
      let workspace = try Workspace.open(home: home, dataset: folder, cacheFolder: cacheFolder, progress: progress)
      tellAll(NameChecks(workspace, rules: rules).findings())
      let today = workspace.today(given: nil, clock: Day(2026, 1, 1)!)
      for line in RuleExamples(workspace, today: today).run() { tell(line) }
      let corpus = CorpusRun(workspace, today: today)
      for test in corpora(workspace, tell) { corpus.run(test).forEach(tell) }
    } catch {
      for finding in error.diagnostics {
        tell(CheckLine(place: finding.place, isOK: false, subject: finding.code, message: finding.description))
      }
    }
    return isFine
  }

  /// The dictionary's own examples, then the dataset's question files.
  private static func corpora(_ workspace: Workspace, _ tell: (CheckLine) -> Void) -> [QuestionCase] {
    var cases: [QuestionCase] = []
    for metric in workspace.dictionary.metrics {
      for example in metric.examples {
        let place = example.place ?? SourcePlace(file: "metrics.yaml", line: 1)
        guard example.text.hasPrefix("?"), let sides = LineReader.sides(String(example.text.dropFirst())) else { continue }
        cases.append(
          QuestionCase(turns: [QuestionCase.Turn(texts: [sides.left], expected: sides.right, place: place)]))
      }
    }
    let folder = workspace.folder + "/questions"
    for name in Folder.names(in: folder) where name.hasSuffix(".questions") {
      do throws(Diagnostic) {
        let file = QuestionsFile(try Files.text("\(folder)/\(name)"), file: "questions/\(name)")
        for fault in file.diagnostics {
          tell(CheckLine(place: fault.place, isOK: false, subject: fault.code, message: fault.description))
        }
        cases += file.cases
      } catch {
        tell(CheckLine(place: error.place, isOK: false, subject: error.code, message: error.description))
      }
    }
    return cases
  }
}
