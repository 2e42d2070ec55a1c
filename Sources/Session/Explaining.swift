import Answers
import Parsing
import Planning

/// What `--explain` opens beyond the answer itself: words and their readings, the parse, the plan.
enum Explaining {
  static func explanation(_ reading: Reading?, _ plan: Plan, _ steps: any StepWords) -> Explanation {
    let details = reading?.details ?? .none
    return Explanation(words: reading.map { words($0, details) } ?? [], tree: details.tree, plan: StepOrder.steps(of: plan.root).map { steps.text($0.note) })
  }

  /// Every stretch of the question with how it was taken, then what the best readings cost.
  static func words(_ reading: Reading, _ details: ReadingDetails) -> [String] {
    let words = zip(reading.words, details.senses).map { word, sense in
      "“\(word.text)” \(word.use.rawValue)" + (sense.name.isEmpty ? "" : ": \(sense.name)")
        + (sense.meaning.isEmpty ? "" : " → \(sense.meaning)")
    }
    // The cheapest reading is taken; what is equally cheap within `tie` is asked.
    let rivals = details.rivals.enumerated().map { index, rival in
      (index == 0 ? "cost \(rival.cost), the least: " : "cost \(rival.cost): ") + rival.text
    }
    return words + rivals
  }
}
