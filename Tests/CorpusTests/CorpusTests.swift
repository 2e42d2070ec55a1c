import CivilTime
import FoundationEssentials
import Session
import SourceText
import TestSupport
import Testing

/// Every line of every corpus of the datasets that come with the program is a test case of its own and reports file:line.
@Suite struct CorpusTests {
  @Test(arguments: Corpus.ruleLines)
  func `examples under grammar rules`(_ line: CheckLine) { expectOK(line) }

  @Test(arguments: Corpus.questionCases)
  func `questions of each dataset`(_ test: CorpusCase) throws {
    for line in CorpusRun(try Corpus.open(test.dataset).get(), today: Corpus.today).run(test.question) { expectOK(line) }
  }

  private func expectOK(_ line: CheckLine) { #expect(line.isOK, "\(line.text)") }
}

/// The datasets as the tests see them, each opened once.
enum Corpus {
  static let today = Day(2026, 11, 1)!
  static let datasets = ["retail", "manufacturing", "app"]
  /// The flagship dataset.
  static var workspace: Result<Workspace, DiagnosticsError> { open("retail") }

  static func open(_ dataset: String) -> Result<Workspace, DiagnosticsError> { workspaces[dataset]! }

  private static let workspaces: [String: Result<Workspace, DiagnosticsError>] = Dictionary(
    uniqueKeysWithValues: datasets.map { dataset in
      do throws(DiagnosticsError) {
        return (
          dataset,
          .success(
            try Workspace.open(
              home: Home(path: ProjectFolder.path), dataset: dataset, cacheFolder: ProjectFolder.cache, progress: { _ in }))
        )
      } catch { return (dataset, .failure(error)) }
    })

  static var ruleLines: [CheckLine] {
    guard case .success(let workspace) = workspace else { return [] }
    return RuleExamples(workspace, today: today).run()
  }

  static var questionCases: [CorpusCase] {
    datasets.flatMap { dataset -> [CorpusCase] in
      guard case .success(let workspace) = open(dataset) else { return [] }
      let folder = workspace.folder + "/questions"
      return Folder.names(in: folder).filter { $0.hasSuffix(".questions") }.flatMap { name -> [CorpusCase] in
        guard let text = try? Files.text(folder + "/" + name) else { return [] }
        return QuestionsFile(text, file: "questions/" + name).cases.map { CorpusCase(dataset: dataset, question: $0) }
      }
    }
  }
}

/// A question of a dataset's corpus.
struct CorpusCase: CustomTestStringConvertible {
  var dataset: String
  var question: QuestionCase

  var testDescription: String { "\(dataset) \(question.place): \(question.turns[0].texts[0])" }
}

extension CheckLine: CustomTestStringConvertible {
  public var testDescription: String { "\(place?.description ?? ""): \(subject)" }
}
