import Foundation
import Testing

/// Random questions over random datasets: the program, over a real warehouse, and a naive evaluator say the same.
///
/// `.ci/run` draws 10,000.
/// `WENSHU_SEED=7 WENSHU_CASES=20000 ./test Oracle` draws others, or the same again; `WENSHU_DATASET=12` only those of one dataset.
@Suite struct AgreementTests {
  private static let standard = 1_200

  @Test func `random questions over random data agree with a row by row evaluator`() {
    let started = ContinuousClock.now
    let count = Self.number("WENSHU_CASES") ?? Self.standard
    let datasets = Self.number("WENSHU_DATASET").map { [$0] } ?? Array(0..<max(1, count / OracleRun.questionsPerDataset))
    let run = OracleRun(seed: UInt64(Self.number("WENSHU_SEED") ?? 20_261_122), datasets: datasets)
    print(run.summary, started.duration(to: .now))
    for failure in run.failures.prefix(Self.number("WENSHU_SHOWN") ?? 3) { Issue.record("\(run.smallest(failure))") }
    #expect(run.failures.isEmpty)
    // Both ways of reading must be seen.
    #expect(run.served * 4 > run.read && run.served < run.read, "\(run.served) of \(run.read) reads from rollups")
  }

  static func number(_ variable: String) -> Int? { ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } }
}
