import SourceText

/// How a text was read, in the words of `--explain`.
package struct ReadingWords: Sendable {
  package let language: Language
  package init(_ language: Language) { self.language = language }

  private func say(_ chinese: String, _ english: String) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  package var used: String { say("用到", "used") }
  package var filler: String { say("不影响意思", "filler") }
  package var unknown: String { say("不认识", "unknown") }
  package var colon: String { say("：", ": ") }

  /// `cost 35, the least: …`: what a reading cost.
  package func cost(_ cost: Int, isLeast: Bool, _ reading: String) -> String {
    say("代价 \(cost)\(isLeast ? "，最小" : "")：", "cost \(cost)\(isLeast ? ", the least" : ""): ") + reading
  }

  /// `metric + during (2 × phrase 10, words and rules in them 5, fillers and marks 1)`
  package func parts(_ names: [String], phrase: Int, inside: Int, fillers: Int?, uncovered: Int?) -> String {
    let parts = [
      phrase == 0 ? nil : say("\(names.count) 个短语，每个 \(phrase)", "\(names.count) × phrase \(phrase)"),
      inside == 0 ? nil : say("其中的词和规则 \(inside)", "words and rules in them \(inside)"),
      fillers.map { say("虚词和标点 \($0)", "fillers and marks \($0)") },
      uncovered.map { say("没有读到的 \($0)", "not covered \($0)") },
    ]
    return names.joined(separator: " + ") + say("（", " (") + parts.compactMap(\.self).joined(separator: say("，", ", ")) + say("）", ")")
  }
}
