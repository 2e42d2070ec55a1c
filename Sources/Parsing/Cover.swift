import Phrasebook

/// A way to read a whole text: phrases that yield clauses, fillers and marks between them, and what nothing covers.
struct Cover: Sendable {
  var cost: Int
  /// Phrases that yield clauses, left to right, as indexes into the chart.
  var phrases: [Int]
  var fillers: [Int]
  /// What the fillers and marks have cost.
  var fillerCost = 0
  /// Runs of scalars that nothing covers, as positions in the normalised text.
  var unknown: [Range<Int>]
}

/// Finds the cheapest covers of a text: a beam of partial covers from left to right.
struct CoverSearch {
  private let chart: Chart
  private let text: NormalisedText
  private let grammar: CompiledGrammar
  private let weights: Weights
  private let length: Int

  init(_ chart: Chart, _ text: NormalisedText, _ grammar: CompiledGrammar) {
    self.chart = chart
    self.text = text
    self.grammar = grammar
    weights = grammar.weights
    length = text.scalars.count
  }

  /// Covers of the whole text, cheapest first; ties in the order of declaration.
  func covers() -> Covers {
    let (starting, next) = topLevel()
    let values = values
    var trail = CoverTrail()
    var beams = Array(repeating: Beam(width: weights.beam), count: length)
    var whole: [PartialCover] = []
    func add(_ partial: PartialCover, at end: Int) { if end == length { whole.append(partial) } else { beams[end].insert(partial) } }
    add(PartialCover(), at: 0)
    for position in 0..<length where !beams[position].covers.isEmpty {
      let partials = beams[position].covers
      if text.scalars[position] == " " {
        for partial in partials { add(partial, at: position + 1) }
        continue
      }
      let end = unknownEnd(from: position)
      for partial in partials {
        var id = starting[position]
        while id >= 0 {
          let phrase = chart.phrases[Int(id)]
          var longer = partial
          if phrase.category == nil {
            longer.cost += weights.phrase + phrase.cost
            if phrase.end == length || !beams[phrase.end].isBeyond(longer.cost) {
              longer.meaning = trail.meaning(partial.meaning, then: phrase.meaning)
              longer.step = trail.append(.phrase(id), after: partial.step)
              add(longer, at: phrase.end)
            }
          } else {
            let cost = cost(ofFiller: phrase, values)
            longer.cost += cost
            longer.fillerCost += cost
            if phrase.end == length || !beams[phrase.end].isBeyond(longer.cost) {
              longer.step = trail.append(.filler(id), after: partial.step)
              add(longer, at: phrase.end)
            }
          }
          id = next[Int(id)]
        }
        add(skipping(partial, position..<end, &trail), at: end)
      }
    }
    return Covers(partials: TornNames(chart, grammar).ranked(whole, trail, weights), trail: trail)
  }

  /// By place the first phrase that a cover can be made of, and by phrase the next one of the same place; −1 for none.
  private func topLevel() -> (first: [Int32], next: [Int32]) {
    var first = Array(repeating: Int32(-1), count: length + 1)
    var next = Array(repeating: Int32(-1), count: chart.phrases.count)
    for (id, phrase) in chart.phrases.enumerated().reversed()
    where phrase.category == nil || phrase.category == grammar.filler || phrase.category == grammar.mark {
      next[id] = first[phrase.start]
      first[phrase.start] = Int32(id)
    }
    return (first, next)
  }

  /// Where values of the data stand that are written with Han characters, or in two or three capitals: us may be the US.
  private var values: [Range<Int>] {
    chart.phrases.filter { phrase in
      guard phrase.rule == nil, let category = phrase.category, phrase.end - phrase.start > 1 else { return false }
      guard category == grammar.value || category == grammar.namedValue else { return false }
      if ScalarKind(text.scalars[phrase.start]) == .han { return true }
      return phrase.end - phrase.start <= 3 && chart.name(phrase).unicodeScalars.allSatisfy { ("A"..."Z").contains($0) }
    }.map { $0.start..<$0.end }
  }

  private func cost(ofFiller phrase: Phrase, _ values: [Range<Int>]) -> Int {
    // 公司 means nothing, or the customers of that kind: as dear as the value, so that it is asked.
    if phrase.category == grammar.filler, values.contains(phrase.start..<phrase.end) { return weights.phrase + weights.word }
    // A longer filler costs more: where a name could take the word instead, the name should.
    return phrase.category == grammar.mark ? weights.mark : weights.filler + phrase.end - phrase.start
  }

  /// A run of letters or digits is one word; Han stand alone.
  private func unknownEnd(from position: Int) -> Int {
    let kind = ScalarKind(text.scalars[position])
    guard kind == .letter || kind == .digit else { return position + 1 }
    var end = position + 1
    while end < length, ScalarKind(text.scalars[end]) == kind { end += 1 }
    return end
  }

  private func skipping(_ partial: PartialCover, _ range: Range<Int>, _ trail: inout CoverTrail) -> PartialCover {
    var partial = partial
    partial.cost += weights.unknown * range.count
    if partial.unknownEnd < 0 || text.skipSpace(Int(partial.unknownEnd)) != range.lowerBound {
      partial.cost += weights.unknownRun
      partial.unknownRuns += 1
      partial.step = trail.append(.unknown(Int32(range.lowerBound), Int32(range.upperBound)), after: partial.step)
    } else {
      partial.step = trail.append(.moreUnknown(Int32(range.upperBound)), after: partial.step)
    }
    partial.unknownEnd = Int32(range.upperBound)
    return partial
  }
}
