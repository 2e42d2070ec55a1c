import Metrics
import Session
import SourceText

/// Questions that a dataset keeps as examples: of one metric, and those of its tour.
struct AskedExamples {
  private let workspace: Workspace
  init(_ workspace: Workspace) { self.workspace = workspace }

  private static let most = 8

  /// Examples of a metric in a language: its own first, then those of the dataset's question files.
  func questions(of metric: Metric, in language: Language) -> [String] {
    var found = metric.examples.map { example -> String in
      let asked = example.text.firstRange(of: "=>").map { example.text[..<$0.lowerBound] } ?? example.text[...]
      return String(LineReader.trim(asked.hasPrefix("?") ? asked.dropFirst() : asked))
    }
    let folder = workspace.folder + "/questions"
    for name in Folder.names(in: folder).sorted() where name.hasSuffix(".questions") && found.count < 40 {
      guard let text = try? SourceFile.read(folder + "/" + name) else { continue }
      for test in QuestionsFile(text, file: name).cases {
        guard let turn = test.turns.first, let expected = turn.expected, test.user == nil,
          expected.hasPrefix("measure \(metric.name) ") || expected == "measure \(metric.name)"
        else { continue }
        if let text = turn.texts.first(where: { LanguageGuess.language(of: $0, else: language) == language }) { found.append(text) }
      }
    }
    var seen: Set<String> = []
    return Array(found.filter { LanguageGuess.language(of: $0, else: language) == language && seen.insert($0).inserted }.prefix(Self.most))
  }

  /// A step of the tour: what it shows, and what is typed.
  struct TourStop: Hashable {
    var says: String
    var text: String
  }

  /// `tour.zh`, `tour.en` beside the dataset's dictionary: a line `# …` says what the lines under it show.
  func tour(in language: Language) -> [TourStop] {
    guard let text = try? SourceFile.read(workspace.folder + "/tour." + language.rawValue) else { return [] }
    var stops: [TourStop] = []
    var says = ""
    for line in text.split(separator: "\n") {
      let line = String(LineReader.trim(line))
      if line.hasPrefix("#") {
        says = String(LineReader.trim(line.dropFirst()))
      } else if !line.isEmpty {
        stops.append(TourStop(says: says, text: line))
        says = ""
      }
    }
    return stops
  }
}
