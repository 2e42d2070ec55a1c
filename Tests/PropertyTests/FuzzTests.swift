import Dispatch
import FoundationEssentials
import Parsing
import Questions
import SampleData
import Synchronization
import Testing

/// Whatever is typed, reading ends: with a question or with a reason, and soon; drawn at length, in the memory it had before.
///
/// `.ci/draw` runs a million inputs; a test run draws `standard` of them.
@Suite(.serialized) struct FuzzTests {
  private static let standard = 2_000
  /// A reading that takes longer is a hang, also in a debug build on a busy machine.
  private static let patience = Duration.seconds(20)

  private struct Pile {
    var before = ""
    var piece: String
    var count: Int
    var after = ""
    var text: String { before + String(repeating: piece, count: count) + after }
  }

  private static let piles: [String] = [
    Pile(before: "销售额", piece: "，大区为华东", count: 80), Pile(piece: "华东和", count: 100, after: "销售额"),
    Pile(piece: "上海", count: 1000, after: "销售额"), Pile(piece: "上海", count: 240, after: "销售额"),
    Pile(before: "sales in ", piece: "Shanghai or ", count: 38, after: "Beijing"), Pile(piece: "not (", count: 90, after: "online sales"),
    Pile(piece: "（", count: 240, after: "大区为华东"), Pile(before: "销售额超过", piece: "1", count: 400),
    Pile(piece: "上月到", count: 120, after: "今天的销售额"), Pile(piece: "一二三四五六七八九十百千万亿", count: 34),
    Pile(piece: "除了", count: 200, after: "华东的销售额"), Pile(piece: "a ", count: 240),
    Pile(before: "\u{0}\u{FEFF}\u{202E}", piece: "销售额\u{200D}\u{20E3}", count: 3),
  ].map(\.text)

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
    // Beside other tests it is their memory, too, that is seen here: MemoryTests measures a process of its own.
    // The allocator's own slack settles in the first rounds.
    if Draw.number("WENSHU_FUZZ") ?? 0 >= 100_000 { #expect(memory[19] - memory[4] < 64, "memory grows: \(memory)") }
  }

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
