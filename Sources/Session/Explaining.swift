import Answers
import Parsing
import Planning

/// What `--explain` opens beyond the answer itself: words and their readings, the parse, the plan.
enum Explaining {
  static func explanation(_ reading: Reading?, _ plan: Plan) -> Explanation {
    Explanation(words: reading.map(words) ?? [], tree: reading?.tree ?? [], plan: StepOrder.steps(of: plan.root).map(\.sentence))
  }

  /// Every stretch of the question with how it was taken, then what the best readings cost.
  static func words(_ reading: Reading) -> [String] {
    let words = reading.words.map { word in
      "“\(word.text)” \(word.use.rawValue)" + (word.name.isEmpty ? "" : ": \(word.name)")
        + (word.meaning.isEmpty ? "" : " → \(word.meaning)")
    }
    let rivals = reading.rivals.count > 1 ? reading.rivals.map { "cost \($0.cost): \($0.text)" } : []
    return words + rivals
  }
}
