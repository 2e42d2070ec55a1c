import CivilTime
import Governance
import Metrics
import Parsing
import Questions
import SourceText

/// The questions that a dataset keeps: examples of its metrics, its question files, and files somebody names.
package struct SavedQuestions: Sendable {
  package struct Saved: Sendable {
    /// As it was asked; of several wordings the first.
    package var text: String
    package var question: Question
    package var today: Day
    package var user: String?
    package var place: SourcePlace?
  }

  package private(set) var all: [Saved] = []
  private var seen = Set<String>()
  private let workspace: Workspace
  private let today: Day

  /// - Parameter files: further files: `.questions`, or a question a line.
  /// - Throws: `Diagnostic` for a file that cannot be read.
  package init(_ workspace: Workspace, today: Day, files: [String] = []) throws(Diagnostic) {
    self.workspace = workspace
    self.today = today
    for metric in workspace.dictionary.metrics {
      for example in metric.examples { read(example) }
    }
    let folder = workspace.folder + "/questions"
    for name in Folder.names(in: folder) where name.hasSuffix(".questions") {
      read(QuestionsFile(try Files.text("\(folder)/\(name)"), file: "questions/\(name)"))
    }
    for file in files {
      let text = try SourceFile.read(file)
      if file.hasSuffix(".questions") {
        read(QuestionsFile(text, file: file))
      } else {
        for line in LineReader.lines(text, file: file) { ask(line.text, today, nil, line.place) }
      }
    }
  }

  /// Those that ask for nothing else than these metrics.
  package func visible(_ metrics: Set<String>) -> SavedQuestions {
    var kept = self
    kept.all = all.filter { $0.question.metricsTouched.allSatisfy(metrics.contains) }
    return kept
  }

  private mutating func read(_ example: AuthoredExample) {
    guard example.text.hasPrefix("?"), let sides = LineReader.sides(String(example.text.dropFirst())) else { return }
    keep(sides.left, notation: sides.right, today, nil, example.place?.below(workspace.folder))
  }

  private mutating func read(_ file: QuestionsFile) {
    for test in file.cases {
      for (place, turn) in test.turns.enumerated() {
        if let expected = turn.expected {
          keep(turn.texts[0], notation: expected, test.today ?? today, test.user, turn.place)
        } else if place == 0 {
          ask(turn.texts[0], test.today ?? today, test.user, turn.place)
        }
      }
    }
  }

  /// What is expected may be a refusal, which is no question.
  private mutating func keep(_ text: String, notation: String, _ today: Day, _ user: String?, _ place: SourcePlace?) {
    let resolver = Resolver(dictionary: workspace.dictionary, context: context(today))
    guard let question = try? resolver.question(notation: notation) else { return }
    add(Saved(text: text, question: question, today: today, user: user, place: place))
  }

  private mutating func ask(_ text: String, _ today: Day, _ user: String?, _ place: SourcePlace?) {
    guard case .success(let question) = workspace.reader.read(text, context: context(today)).outcome else { return }
    add(Saved(text: text, question: question, today: today, user: user, place: place))
  }

  private mutating func add(_ saved: Saved) {
    if case .list = saved.question.subject { return }
    if seen.insert("\(saved.today) \(saved.user ?? "") \(saved.question)").inserted { all.append(saved) }
  }

  private func context(_ today: Day) -> TimeContext {
    TimeContext(today: today, calendar: workspace.dictionary.calendar, lastLoadedDay: workspace.lastLoadedDay)
  }
}

extension SourcePlace {
  /// The place with its file as it is called within a folder.
  func below(_ folder: String) -> SourcePlace {
    guard file.hasPrefix(folder + "/") else { return self }
    return SourcePlace(file: String(file.dropFirst(folder.count + 1)), line: line, column: column)
  }
}
