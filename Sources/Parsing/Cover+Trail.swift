/// A cover of the beginning of a text, as its last step: what was before is on the trail.
struct PartialCover {
  /// What tells two covers apart.
  struct Sense: Hashable {
    var meaning: Int32
    var unknownRuns: Int32
  }

  var cost = 0
  var fillerCost = 0
  /// −1 before the first.
  var step = -1
  var meaning: Int32 = 0
  var unknownRuns: Int32 = 0
  var unknownEnd = -1

  var sense: Sense { Sense(meaning: meaning, unknownRuns: unknownRuns) }
}

/// The steps of all partial covers, each with the one before it, and their meanings by number.
struct CoverTrail {
  enum Step {
    case phrase(Int), filler(Int)
    case unknown(Range<Int>)
    /// The run goes on to here.
    case moreUnknown(Int)
  }

  private struct Pair: Hashable {
    var before: Int32
    var meaning: Int32
  }

  private var steps: [(step: Step, before: Int)] = []
  private var meanings: [Phrase.Meaning: Int32] = [:]
  /// By phrase, the number of its meaning.
  private var numbers: [Int: Int32] = [:]
  private var sequences: [Pair: Int32] = [:]

  mutating func append(_ step: Step, after before: Int) -> Int {
    steps.append((step, before))
    return steps.count - 1
  }

  /// The number of a list of meanings that goes on with another one; 0 is the empty list.
  mutating func meaning(_ before: Int32, then phrase: Int, _ chart: Chart) -> Int32 {
    let pair = Pair(before: before, meaning: number(of: phrase, chart))
    if let known = sequences[pair] { return known }
    let number = Int32(sequences.count + 1)
    sequences[pair] = number
    return number
  }

  private mutating func number(of phrase: Int, _ chart: Chart) -> Int32 {
    if let known = numbers[phrase] { return known }
    let meaning = chart.phrases[phrase].meaning
    let number = meanings[meaning] ?? Int32(meanings.count)
    meanings[meaning] = number
    numbers[phrase] = number
    return number
  }

  /// The phrases that yield clauses, left to right.
  func phrases(_ last: Int) -> [Int] {
    var result: [Int] = []
    var place = last
    while place >= 0 {
      if case .phrase(let id) = steps[place].step { result.append(id) }
      place = steps[place].before
    }
    return result.reversed()
  }

  func cover(_ partial: PartialCover) -> Cover {
    var way: [Step] = []
    var place = partial.step
    while place >= 0 {
      way.append(steps[place].step)
      place = steps[place].before
    }
    var cover = Cover(cost: partial.cost, phrases: [], fillers: [], fillerCost: partial.fillerCost, unknown: [])
    for step in way.reversed() {
      switch step {
      case .phrase(let id): cover.phrases.append(id)
      case .filler(let id): cover.fillers.append(id)
      case .unknown(let range): cover.unknown.append(range)
      case .moreUnknown(let end): cover.unknown[cover.unknown.count - 1] = cover.unknown[cover.unknown.count - 1].lowerBound..<end
      }
    }
    return cover
  }
}
