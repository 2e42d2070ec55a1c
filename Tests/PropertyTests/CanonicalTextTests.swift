import Answers
import Dispatch
import Questions
import SourceText
import Synchronization
import Testing

/// One canonical text: what a question prints as, in either language and in the notation, reads back as that question.
@Suite struct CanonicalTextTests {
  /// Drawn questions of each language and run, over all datasets together; a debug build takes ten times as long.
  private static let standard: Int = {
    #if DEBUG
      400
    #else
      10_000
    #endif
  }()

  @Test(arguments: OpenDataset.all, Language.allCases)
  func `every question reads back`(_ dataset: OpenDataset, _ language: Language) {
    let count = Draw.cases(Self.standard) / OpenDataset.all.count
    let words = QuestionWords(dataset.dictionary, in: language)
    let found = Mutex<[(question: Question, text: String)]>([])
    let started = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: count) { index in
      var random = RandomQuestions(dataset, seed: Draw.seed &* 1_000_003 &+ UInt64(index))
      let question = random.question()
      guard Self.failure(question, dataset, words) != nil else { return }
      let smallest = Shrinking(dataset: dataset) { Self.failure($0, dataset, words) != nil }.smallest(question)
      let text = Self.failure(smallest, dataset, words) ?? ""
      found.withLock { $0.append((smallest, text)) }
    }
    let failures = found.withLock { $0 }
    print("\(dataset.name) \(language.rawValue): \(count) questions from seed \(Draw.seed), \(failures.count) do not read back, \(started.duration(to: .now))")
    for failure in failures.sorted(by: { $0.text < $1.text }).prefix(Draw.number("WENSHU_SHOWN") ?? 20) {
      Issue.record("\(dataset.name): \(failure.question)\n  \(failure.text)")
    }
  }

  /// Why a question does not survive being written down; nil if it does.
  private static func failure(_ question: Question, _ dataset: OpenDataset, _ words: QuestionWords) -> String? {
    guard let same = try? dataset.resolver.question(notation: question.description), same == question else {
      return "its notation reads otherwise"
    }
    let text = words.text(question)
    switch dataset.workspace.reader.read(text, context: dataset.context).outcome {
    case .success(question): return nil
    case .success(let other): return "«\(text)» reads as \(other)"
    case .failure(.ambiguous(let choices)):
      return "«\(text)» has \(choices.count) readings: " + choices.map { $0.question.description }.joined(separator: " / ")
    case .failure(let problem): return "«\(text)» \(problem)"
    }
  }
}

extension OpenDataset: CustomTestStringConvertible {
  var testDescription: String { name }
}
