import CivilTime
import Foundation
import Metrics
import Questions
import SourceText
import Testing

@testable import Parsing
@testable import Phrasebook

/// The words and rules of the repository, and nothing from a dictionary.
enum RepositoryGrammar {
  /// Whether a suite of `../shared/conformance` is at hand; tests that need it are skipped, and say so, where it is not.
  static func hasSuite(_ name: String) -> Bool {
    FileManager.default.fileExists(
      atPath: root.deletingLastPathComponent().appendingPathComponent("shared/conformance/\(name).dev.jsonl").path)
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let reader: PhrasebookReader = {
    var reader = PhrasebookReader()
    for kind in ["lexicon", "grammar"] {
      for language in ["shared", "zh", "en"] {
        let folder = root.appendingPathComponent("\(kind)/\(language)")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
        for name in names where name.hasSuffix(".\(kind)") {
          let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
          reader.read(text, file: "\(kind)/\(language)/\(name)", language: language)
        }
      }
    }
    return reader
  }()

  static let questions: QuestionReader = {
    let dictionary = MetricDictionary(name: "none")
    let vocabulary = Vocabulary(rules: reader.rules, dictionary: nil, values: [:])
    return QuestionReader(grammar: CompiledGrammar(reader.rules, vocabulary), dictionary: dictionary)
  }()
}

@Suite struct TimeGrammarTests {
  private let context = TimeContext(today: Day(unchecked: 2026, 3, 17))

  @Test func filesAreInOrder() { #expect(RepositoryGrammar.reader.diagnostics.map(\.description) == []) }

  /// Every `?` example of the time rules is found as one time over the whole example; every `!` example is not.
  @Test func examples() throws {
    let categories: Set<String> = ["time", "year", "half", "quarter", "month", "week", "day", "quarter-name", "weak-time"]
    for example in RepositoryGrammar.reader.rules.examples where categories.contains(example.category ?? "") {
      let times = RepositoryGrammar.questions.read(example.text, context: context).times
      // What is bound on both sides is reported as its two bounds.
      let bounds = times.count == 2 && example.expected?.hasPrefix("both(") == true
      let whole =
        bounds
        ? ["both(\(times[0].term), \(times[1].term))"]
        : times.filter { $0.text.count == example.text.count }.map(\.term.description)
      if let expected = example.expected {
        let canonical = TimeNotation.term(of: try TimeNotation.time(try TermReader.items(expected)[0][0])).description
        #expect(whole == [canonical], "\(example.place): \(example.text) found \(times.map(\.term.description))")
      } else {
        #expect(whole.isEmpty, "\(example.place): \(example.text) found \(whole)")
      }
    }
  }

  /// The published conformance suite, where it is at hand; the figures are in the log, the floor guards against losses.
  @Test(.enabled(if: RepositoryGrammar.hasSuite("time"), "the conformance suites do not stand beside this clone"))
  func conformance() throws {
    let file = RepositoryGrammar.root.deletingLastPathComponent().appendingPathComponent("shared/conformance/time.dev.jsonl")
    let text = try String(contentsOf: file, encoding: .utf8)
    var score = ConformanceScore()
    for line in text.split(separator: "\n") {
      let item = try JSONDecoder().decode(ConformanceCase.self, from: Data(line.utf8))
      if item.kind != "duration", item.kind != "set" { score.add(item, found(item)) }
    }
    print(score.summary)
    #expect(score.firmShare >= 0.9)
  }

  private func found(_ item: ConformanceCase) -> [Period] {
    let context = TimeContext(today: item.reference.flatMap { Day(iso: $0) } ?? Day(unchecked: 2026, 3, 17))
    let start = item.offset ?? 0
    let span = Span(start, start + item.expression.unicodeScalars.count)
    let times = RepositoryGrammar.questions.read(item.text, context: context).times
    let near = times.filter { $0.span.overlaps(span) }
    return near.compactMap { time in
      guard let expression = try? TimeNotation.time(time.term) else { return nil }
      return (try? expression.resolve(context))?.period
    }
  }
}

struct ConformanceCase: Decodable {
  struct Other: Decodable { var start: String?, end: String? }
  var id: String, source: String, lang: String, text: String, expression: String, kind: String
  var offset: Int?, reference: String?, start: String?, end: String?, contested: [String]?, lean: String?, alt: [Other]?

  var isFirm: Bool { (contested ?? []).isEmpty && (lean == nil || lean == "past") }
  var period: Period { Period(start.flatMap { Day(iso: $0) }, end.flatMap { Day(iso: $0) }) }
  var allowed: [Period] {
    [period] + (alt ?? []).map { Period($0.start.flatMap { Day(iso: $0) }, $0.end.flatMap { Day(iso: $0) }) }
  }
}

struct ConformanceScore {
  private var firm: [String: (Int, Int)] = [:]
  private var lenient = (0, 0)
  private var misses: [String] = []

  mutating func add(_ item: ConformanceCase, _ found: [Period]) {
    let hit = found.contains { (item.isFirm ? [item.period] : item.allowed).contains($0) }
    lenient.0 += hit ? 1 : 0
    lenient.1 += 1
    if item.isFirm {
      for key in ["all", item.lang] {
        firm[key, default: (0, 0)].0 += hit ? 1 : 0
        firm[key, default: (0, 0)].1 += 1
      }
    }
    if !hit {
      misses.append("MISS\(item.isFirm ? "!" : "~") \(item.lang) \(item.expression) | \(item.text.prefix(60)) | \(item.reference?.prefix(10) ?? "") wants \(item.period) got \(found)")
    }
  }

  var firmShare: Double { firm["all"].map { Double($0.0) / Double($0.1) } ?? 1 }

  var summary: String {
    let figures = firm.sorted { $0.key < $1.key }.map { "firm \($0.key) \($0.value.0)/\($0.value.1)" }
    let list = ProcessInfo.processInfo.environment["WENSHU_MISSES"] == nil ? [] : misses
    return (list + ["TIME \(figures.joined(separator: ", ")), lenient \(lenient.0)/\(lenient.1)"]).joined(separator: "\n")
  }
}
