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
    // The cheapest reading is taken; what is equally cheap within `tie` is asked.
    let rivals = reading.rivals.enumerated().map { index, rival in
      (index == 0 ? "cost \(rival.cost), the least: " : "cost \(rival.cost): ") + rival.text
    }
    return words + rivals
  }
}
