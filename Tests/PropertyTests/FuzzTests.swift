import Dispatch
import FoundationEssentials
import Parsing
import Questions
import SampleData
import Synchronization
import Testing

/// Whatever is typed, reading ends: with a question or with a reason, soon, and in the memory it had before.
///
/// `.ci/fuzz` runs a million inputs; a test run draws `standard` of them.
@Suite(.serialized) struct FuzzTests {
  private static let standard = 4_000
  /// A reading that takes longer is a hang, also in a debug build on a busy machine.
  private static let patience = Duration.seconds(20)

  @Test func `drawn inputs are read to an end`() throws {
    let dataset = OpenDataset.retail
    let count = Draw.number("WENSHU_FUZZ") ?? Self.standard
    let questions = CorpusQuestions.all + CorpusQuestions.followUps
    let before = dataset.workspace.reader.read("上月各大区销售额前3", context: dataset.context).question
    let thread = Thread.question(try #require(before))
    let slowest = Mutex<(Duration, String)>((.zero, ""))
    let outcomes = Mutex<[String: Int]>([:])
    var memory: [Int] = []
    let started = ContinuousClock.now
    let part = max(1, count / 20)
    for round in 0..<20 {
      DispatchQueue.concurrentPerform(iterations: part) { index in
        let seed = Draw.seed &* 7_919 &+ UInt64(round * part + index)
        var inputs = RandomInputs(seed: seed, from: questions)
        let text = inputs.text()
        let clock = ContinuousClock.now
        let outcome = dataset.workspace.reader.read(text, context: dataset.context, after: index % 3 == 0 ? thread : .none).outcome
        let time = clock.duration(to: .now)
        slowest.withLock { if time > $0.0 { $0 = (time, text) } }
        outcomes.withLock { $0[Self.name(outcome), default: 0] += 1 }
      }
      memory.append(Self.residentMegabytes())
    }
    let (time, text) = slowest.withLock { $0 }
    print("\(part * 20) inputs from seed \(Draw.seed) in \(started.duration(to: .now)); slowest \(time): \(text.debugDescription)")
    print("memory in megabytes:", memory, "outcomes:", outcomes.withLock { $0 }.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" })
    #expect(time < Self.patience, "\(text.debugDescription)")
    // The allocator's own slack settles in the first rounds.
    #expect(memory[19] - memory[4] < 64, "memory grows: \(memory)")
  }

  private static func many(_ text: String, _ count: Int, _ separator: String = "") -> String {
    Array(repeating: text, count: count).joined(separator: separator)
  }

  private static let piles: [String] = [
    "销售额，" + many("大区为华东", 60, "，"),
    many("华东和", 100) + "销售额",
    many("上海", 1000) + "销售额",
    many("上海", 240) + "销售额",
    "sales in " + many("Shanghai or", 38, " ") + " Beijing",
    "not " + many("(not", 90, " ") + " online sales",
    many("（", 240) + "大区为华东" + many("）", 240),
    "销售额超过" + many("1", 400),
    many("上月到", 120) + "今天的销售额",
    many("一二三四五六七八九十百千万亿", 34),
    many("除了", 200) + "华东的销售额",
    many("a ", 240),
    "\u{0}\u{FEFF}\u{202E}销售额\u{200D}\u{20E3}",
  ]

  /// Ambiguity piled up on purpose stays within the bounds that grammar/shared/basic.grammar declares, and is told.
  @Test(arguments: piles)
  func `piled up words end in a question or a reason`(_ text: String) {
    let dataset = OpenDataset.retail
    let clock = ContinuousClock.now
    let outcome = dataset.workspace.reader.read(text, context: dataset.context).outcome
    let time = clock.duration(to: .now)
    print("\(Self.name(outcome)) in \(time): \(text.prefix(24))… (\(text.count) characters)")
    #expect(time < Self.patience)
    if text.count > QuestionReader.longestQuestion {
      #expect(throws: Problem.tooLong(count: text.unicodeScalars.count, limit: QuestionReader.longestQuestion)) { try outcome.get() }
    }
  }

  private static func name(_ outcome: Result<Question, Problem>) -> String {
    switch outcome {
    case .success: "question"
    case .failure(let problem): String("\(problem)".prefix { $0.isLetter })
    }
  }

  /// Pages in memory, by the kernel's count.
  private static func residentMegabytes() -> Int {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 / 1_048_576 : 0
  }
}
