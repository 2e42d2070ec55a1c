import CivilTime
import FoundationEssentials
import Session
import SourceText
import TestSupport
import Testing

/// Every line of every corpus of the flagship dataset is a test case of its own and reports file:line.
@Suite struct CorpusTests {
  @Test(arguments: Corpus.ruleLines)
  func `examples under grammar rules`(_ line: CheckLine) { expectOK(line) }

  @Test(arguments: Corpus.questionCases)
  func `questions of the flagship dataset`(_ test: QuestionCase) throws {
    for line in CorpusRun(try Corpus.workspace.get(), today: Corpus.today).run(test) { expectOK(line) }
  }

  private func expectOK(_ line: CheckLine) { #expect(line.isOK, "\(line.text)") }
}

/// The flagship dataset as the tests see it, opened once.
enum Corpus {
  static let today = Day(2026, 11, 1)!

  static let workspace: Result<Workspace, DiagnosticsError> = {
    do throws(DiagnosticsError) {
      return .success(
        try Workspace.open(
          home: Home(path: ProjectFolder.path), dataset: "retail", cacheFolder: ProjectFolder.cache, progress: { _ in }))
    } catch { return .failure(error) }
  }()

  static var ruleLines: [CheckLine] {
    guard case .success(let workspace) = workspace else { return [] }
    return RuleExamples(workspace, today: today).run()
  }

  static var questionCases: [QuestionCase] {
    guard case .success(let workspace) = workspace else { return [] }
    let folder = workspace.folder + "/questions"
    return Folder.names(in: folder).filter { $0.hasSuffix(".questions") }.flatMap { name in
      (try? Files.text(folder + "/" + name)).map { QuestionsFile($0, file: "questions/" + name).cases } ?? []
    }
  }
}

extension QuestionCase: CustomTestStringConvertible {
  public var testDescription: String { "\(place): \(turns[0].texts[0])" }
}

extension CheckLine: CustomTestStringConvertible {
  public var testDescription: String { "\(place?.description ?? ""): \(subject)" }
}
