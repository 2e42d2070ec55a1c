import TestSupport
import Testing

/// What a process holds, measured where it does nothing else: the tests themselves hold what all of them need at once.
@Suite(.serialized) struct MemoryTests {
  /// Pieces of real questions, put together as nobody would say them; the same ones on every run.
  private static func broken(_ count: Int) -> [String] {
    let lines = ProgramRun.run("/bin/cat", [ProjectFolder.path + "/datasets/retail/questions/round13-own.questions"]).lines.filter { !$0.contains("\"") && !$0.contains("\\") }
    precondition(lines.count > 20, "no questions to break")
    return (0..<count).map { index in
      let (first, second) = (lines[index % lines.count], lines[(index * 31 + 7) % lines.count])
      return "{\"id\":\"\(index)\",\"text\":\"\(first.prefix(1 + index % 17))\(second.suffix(1 + index * 13 % 23))\"}"
    }
  }

  @Test func `three times as much reading takes no more memory`() {
    let peaks = [1_500, 4_500].map { count in
      let run = ProgramRun.wenshu(["parse", "--jsonl"], input: Array(Self.broken(count).joined(separator: "\n").utf8))
      #expect(run.lines.count == count, "\(run.errors.suffix(400))")
      return run.peak / 1_048_576
    }
    print("the most megabytes held:", peaks)
    #expect(peaks[0] > 10, "nothing was measured")
    #expect(peaks[1] - peaks[0] < 64, "memory grows: \(peaks)")
  }
}
