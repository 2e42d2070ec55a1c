import Answers
import Parsing
import Planning
import SourceText

/// What `--explain` opens beyond the answer itself: words and their readings, the parse, the plan.
enum Explaining {
  static func explanation(_ reading: Reading?, _ plan: Plan, _ steps: any StepWords, in language: Language) -> Explanation {
    let details = reading?.details ?? .none
    return Explanation(
      words: reading.map { words($0, details, in: language) } ?? [], tree: details.tree, plan: StepOrder.steps(of: plan.root).map { steps.text($0.note) })
  }

  /// Every stretch of the question with how it was taken, then what the best readings cost.
  static func words(_ reading: Reading, _ details: ReadingDetails, in language: Language) -> [String] {
    let said = ReadingWords(language)
    let words = zip(reading.words, details.senses).map { word, sense in
      let use = switch word.use {
      case .used: said.used
      case .filler: said.filler
      case .unknown: said.unknown
      }
      return "“\(word.text)” \(use)" + (sense.name.isEmpty ? "" : said.colon + sense.name) + (sense.meaning.isEmpty ? "" : " → \(sense.meaning)")
    }
    // The cheapest reading is taken; what is equally cheap within `tie` is asked.
    let rivals = details.rivals.enumerated().map { index, rival in
      said.cost(
        rival.cost, isLeast: index == 0,
        said.parts(rival.rules, phrase: rival.phrase, inside: rival.inside, fillers: rival.fillers, uncovered: rival.uncovered))
    }
    return words + rivals
  }
}
