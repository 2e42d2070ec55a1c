import CivilTime
import Dispatch
import Foundation
import Questions
import SampleData
import Synchronization

/// Many random questions over many random datasets, each a trial, and what came of them.
struct OracleRun {
  static let questionsPerDataset = 40

  var agreed = 0
  /// Steps that read tables, and how many of them read a rollup instead.
  var served = 0
  var read = 0
  var refused: [String: Int] = [:]
  var open: [String: Int] = [:]
  var failures: [(number: Int, question: Question, text: String)] = []
  let seed: UInt64
  let datasets: [Int]

  /// - Parameter datasets: the numbers of the datasets to draw.
  init(seed: UInt64, datasets: [Int]) {
    (self.seed, self.datasets) = (seed, datasets)
    let tally = Mutex(Tally())
    DispatchQueue.concurrentPerform(iterations: datasets.count) { index in
      let number = datasets[index]
      do {
        let dataset = try OpenedDataset(Self.made(seed, number))
        var asking = Self.asking(dataset, seed &* 7_919 &+ UInt64(number))
        for _ in 0..<Self.questionsPerDataset {
          let question = asking.question()
          let trial = Trial(dataset: dataset, question: question)
          let verdict = trial.verdict()
          tally.withLock {
            $0.add(verdict, number, question)
            $0.served += trial.reads.served
            $0.read += trial.reads.all
          }
        }
      } catch { tally.withLock { $0.failures.append((number, Question(subject: .measures([])), "dataset cannot be opened: \(error)")) } }
    }
    let result = tally.withLock { $0 }
    (served, read) = (result.served, result.read)
    (agreed, refused, open) = (result.agreed, result.refused, result.open)
    failures = result.failures.sorted { ($0.question.description.count, $0.number) < ($1.question.description.count, $1.number) }
  }

  private struct Tally {
    var agreed = 0
    var served = 0
    var read = 0
    var refused: [String: Int] = [:]
    var open: [String: Int] = [:]
    var failures: [(number: Int, question: Question, text: String)] = []

    mutating func add(_ verdict: Trial.Verdict, _ number: Int, _ question: Question) {
      switch verdict {
      case .agrees: agreed += 1
      case .refused(let kind): refused[kind, default: 0] += 1
      case .open(let doubt): open[doubt, default: 0] += 1
      case .differs(let text): failures.append((number, question, text))
      }
    }
  }

  var asked: Int { datasets.count * Self.questionsPerDataset }

  /// A line of totals, then how many were refused and left open, by kind.
  var summary: String {
    var lines = [
      "\(asked) questions over \(datasets.count) datasets from seed \(seed): \(agreed) agree, \(failures.count) differ, "
        + "\(refused.values.reduce(0, +)) refused, \(open.values.reduce(0, +)) left open, \(served) of \(read) reads from rollups"
    ]
    for (title, counts) in [("refused", refused), ("left open", open)] {
      for (kind, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) { lines.append("  \(title): \(kind) \(count)") }
    }
    return lines.joined(separator: "\n")
  }

  /// A failure made small, with everything a person needs to see the same.
  func smallest(_ failure: (number: Int, question: Question, text: String)) -> String {
    if failure.question.measures.isEmpty { return failure.text }
    let (made, question, text) = Reduction(Self.made(seed, failure.number), failure.question, failure.text).smallest()
    return "seed \(seed), dataset \(failure.number), today \(made.today)\n\(question)\n\(text)\n\(made.text)"
  }

  private static func made(_ seed: UInt64, _ number: Int) -> MadeDataset {
    var random = RandomDatasets(seed: seed &* 1_000_003 &+ UInt64(number))
    // Formulas that add unlike units are no dictionary.
    while true {
      let made = random.dataset()
      if made.isReadable { return made }
    }
  }

  /// Draws questions with values that stand in the data.
  private static func asking(_ dataset: OpenedDataset, _ seed: UInt64) -> RandomAsking {
    let oracle = dataset.oracle()
    var values: [String: [Datum]] = [:]
    for dimension in dataset.dictionary.dimensions {
      var found: [Datum] = []
      for (table, records) in oracle.tables.sorted(by: { $0.key < $1.key }) {
        for record in records {
          let value = (try? oracle.dimension(dimension.name, .init(table: table, record: record))) ?? .null
          if !value.isNull, !found.contains(value) { found.append(value) }
        }
      }
      values[dimension.name] = found
    }
    let days = dataset.made.tables.compactMap { oracle.extent($0.name)?.first }
    return RandomAsking(dataset, values: values, first: days.min() ?? dataset.made.today.adding(days: -30), seed: seed)
  }
}
