import CivilTime
import Session
import Terminal

/// How long texts take to be understood, for `Benchmarks/run`: `wenshu parse --timings 5 < questions.txt`.
///
/// Every text is read once to warm up, then `rounds` times in the order of the file; a text's time is the median of its own, so that a
/// neighbour on the machine that comes and goes does not count. Texts are read one after another on one core, with nothing kept
/// from one reading to the next but what the program keeps anyway.
///
/// One line of JSON: how many texts, how many of them were understood as a question, p50, p99 and the longest of the texts' times, and
/// their total, all in microseconds.
struct ParseTimings {
  let parser: ParseOnly
  let today: Day
  let rounds: Int

  /// - Throws: `Stop` if there is no text, or one that is not UTF-8.
  func run() throws(Stop) -> Int32 {
    Output.standard.line(object(of: try texts()).compact)
    return ExitStatus.answered
  }

  private func texts() throws(Stop) -> [String] {
    var texts: [String] = []
    var input = try LineInput(path: "-")
    while let bytes = input.next() {
      guard case .success(let text) = bytes.text() else { throw Stop("standard input:\(input.lineNumber): bytes that are not UTF-8") }
      if !text.isEmpty { texts.append(text) }
    }
    if texts.isEmpty { throw Stop("--timings reads texts from standard input, one a line; there was none") }
    return texts
  }

  private func object(of texts: [String]) -> JSONValue {
    let understood = texts.filter { parser.parse($0, today: today).canonical != nil }.count
    var times = texts.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (index, text) in texts.enumerated() {
        let start = Surroundings.seconds()
        _ = parser.parse(text, today: today)
        times[index].append(Surroundings.seconds() - start)
      }
    }
    let medians = times.map { $0.sorted()[rounds / 2] * 1e6 }.sorted()
    return .object([
      JSONMember("count", JSONValue(texts.count)), JSONMember("understood", JSONValue(understood)), JSONMember("rounds", JSONValue(rounds)),
      JSONMember("p50", number(part(medians, 0.5))), JSONMember("p99", number(part(medians, 0.99))),
      JSONMember("longest", number(medians[medians.count - 1])), JSONMember("total", number(medians.reduce(0, +))),
    ])
  }

  /// The value that at least this part of the sorted values does not exceed.
  private func part(_ sorted: [Double], _ part: Double) -> Double {
    sorted[min(sorted.count - 1, max(0, Int((part * Double(sorted.count)).rounded(.up)) - 1))]
  }

  /// Tenths of a microsecond.
  private func number(_ value: Double) -> JSONValue { .number("\((value * 10).rounded() / 10)") }
}
