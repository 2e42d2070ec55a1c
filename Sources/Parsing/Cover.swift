import Phrasebook
import SourceText

/// A way to read a whole text: phrases that yield clauses, fillers and marks between them, and what nothing covers.
package struct Cover: Sendable {
  package var cost: Int
  /// Phrases that yield clauses, left to right, as indexes into the chart.
  package var phrases: [Int]
  package var fillers: [Int]
  /// What the fillers and marks have cost.
  package var fillerCost = 0
  /// Runs of scalars that nothing covers, as positions in the normalised text.
  package var unknown: [Range<Int>]
}

/// Finds the cheapest covers of a text: a beam of partial covers from left to right.
struct CoverSearch {
  private let chart: Chart
  private let text: NormalisedText
  private let grammar: CompiledGrammar
  private var weights: Weights { grammar.weights }
  /// Where values of the data stand that are written with Han characters, or in capitals alone: us may be the US.
  private let values: Set<Range<Int>>

  init(_ chart: Chart, _ text: NormalisedText, _ grammar: CompiledGrammar) {
    self.chart = chart
    self.text = text
    self.grammar = grammar
    values = Set(
      chart.phrases.filter { phrase in
        guard phrase.rule == nil, let category = phrase.category, phrase.end - phrase.start > 1 else { return false }
        return grammar.isValue(category)
          && (ScalarKind(text.scalars[phrase.start]) == .han || phrase.name.unicodeScalars.allSatisfy { ("A"..."Z").contains($0) })
      }.map { $0.start..<$0.end })
  }

  /// Covers of the whole text, cheapest first; ties in the order of declaration.
  func covers() -> [Cover] {
    let count = text.scalars.count
    var starting: [[Int]] = Array(repeating: [], count: count + 1)
    for (id, phrase) in chart.phrases.enumerated() where isTopLevel(phrase) { starting[phrase.start].append(id) }
    var trail = CoverTrail()
    var beams: [[PartialCover]] = Array(repeating: [], count: count + 1)
    beams[0] = [PartialCover()]
    for position in 0..<count where !beams[position].isEmpty {
      let partials = pruned(beams[position])
      if text.scalars[position] == " " {
        beams[position + 1] += partials
        continue
      }
      for partial in partials {
        for id in starting[position] { beams[chart.phrases[id].end].append(extended(partial, by: id, &trail)) }
        let end = unknownEnd(from: position)
        beams[end].append(skipping(partial, position..<end, &trail))
      }
    }
    let names = self.names
    var leaves: [Int: [Int]] = [:]
    return pruned(beams[count].map { partial in
      var partial = partial
      if !names.isEmpty { partial.cost += weights.torn * torn(names, by: trail.phrases(partial.step), &leaves) }
      return partial
    }).map { trail.cover($0) }
  }

  /// Where names of metrics stand as typed, each but for those that lie within a longer one.
  private var names: [(place: Range<Int>, meanings: Set<Phrase.Meaning>)] {
    var all: [Range<Int>: Set<Phrase.Meaning>] = [:]
    for phrase in chart.phrases where phrase.rule == nil && isTypedName(phrase) && phrase.category.map(grammar.isMetric) == true {
      all[phrase.start..<phrase.end, default: []].insert(phrase.meaning)
    }
    return all.filter { name, _ in
      !all.keys.contains { $0 != name && $0.lowerBound <= name.lowerBound && name.upperBound <= $0.upperBound }
    }.map { ($0.key, $0.value) }
  }

  /// Wordings that ask for a metric are no names of it.
  private func isTypedName(_ phrase: Phrase) -> Bool { phrase.edits == 0 && !phrase.isPart && phrase.cost <= weights.word }

  private func isName(_ word: Phrase) -> Bool {
    word.category.map { grammar.isMetric($0) && isTypedName(word) || grammar.isValue($0) || grammar.isDimension($0) } == true
  }

  /// How many of the names a cover reads in parts. A name that reaches beyond another's edge makes other names of the text; a word
  /// such as 占比是 does not.
  ///
  /// - Parameter known: the leaves of phrases that stood in covers before.
  private func torn(
    _ names: [(place: Range<Int>, meanings: Set<Phrase.Meaning>)], by phrases: [Int], _ known: inout [Int: [Int]]
  ) -> Int {
    for phrase in phrases where known[phrase] == nil { known[phrase] = chart.leaves(phrase) }
    return names.count { name, meanings in
      let touching = phrases.filter { chart.phrases[$0].start < name.upperBound && chart.phrases[$0].end > name.lowerBound }
        .flatMap { known[$0]! }.map { chart.phrases[$0] }.filter { $0.start < name.upperBound && $0.end > name.lowerBound }
      // average profit per order is the profit per order, averaged or not.
      if touching.contains(where: { meanings.contains($0.meaning) }), touching.count(where: isName) == 1 { return false }
      let isAskedFor = touching.contains { $0.category.map(grammar.isMetric) == true && $0.start >= name.lowerBound }
      return (isAskedFor || touching.contains { isName($0) && $0.start >= name.lowerBound && $0.end <= name.upperBound })
        && touching.allSatisfy { leaf in
          if isName(leaf) { return leaf.start >= name.lowerBound && leaf.end <= name.upperBound && leaf.end - leaf.start < name.count }
          return leaf.start > name.lowerBound || leaf.end < name.upperBound
        }
    }
  }

  private func isTopLevel(_ phrase: Phrase) -> Bool {
    phrase.category == nil || phrase.category == grammar.filler || phrase.category == grammar.mark
  }

  private func extended(_ partial: PartialCover, by id: Int, _ trail: inout CoverTrail) -> PartialCover {
    var partial = partial
    let phrase = chart.phrases[id]
    if phrase.category == nil {
      partial.cost += weights.phrase + phrase.cost
      partial.meaning = trail.meaning(partial.meaning, then: id, chart)
      partial.step = trail.append(.phrase(id), after: partial.step)
      return partial
    }
    let cost =
      if phrase.category == grammar.filler, values.contains(phrase.start..<phrase.end) {
        // 公司 means nothing, or the customers of that kind: as dear as the value, so that it is asked.
        weights.phrase + weights.word
      } else {
        // A longer filler costs more: where a name could take the word instead, the name should.
        phrase.category == grammar.mark ? weights.mark : weights.filler + phrase.end - phrase.start
      }
    partial.cost += cost
    partial.fillerCost += cost
    partial.step = trail.append(.filler(id), after: partial.step)
    return partial
  }

  /// A run of letters or digits is one word; Han stand alone.
  private func unknownEnd(from position: Int) -> Int {
    let kind = ScalarKind(text.scalars[position])
    guard kind == .letter || kind == .digit else { return position + 1 }
    var end = position + 1
    while end < text.scalars.count, ScalarKind(text.scalars[end]) == kind { end += 1 }
    return end
  }

  private func skipping(_ partial: PartialCover, _ range: Range<Int>, _ trail: inout CoverTrail) -> PartialCover {
    var partial = partial
    partial.cost += weights.unknown * range.count
    if partial.unknownEnd < 0 || text.skipSpace(partial.unknownEnd) != range.lowerBound {
      partial.cost += weights.unknownRun
      partial.unknownRuns += 1
      partial.step = trail.append(.unknown(range), after: partial.step)
    } else {
      partial.step = trail.append(.moreUnknown(range.upperBound), after: partial.step)
    }
    partial.unknownEnd = range.upperBound
    return partial
  }

  /// The cheapest partial covers that differ in what they mean.
  private func pruned(_ partials: [PartialCover]) -> [PartialCover] {
    var seen: Set<PartialCover.Sense> = []
    var result: [PartialCover] = []
    // A stable sort by cost: the order of declaration decides ties.
    let order = partials.indices.sorted { (partials[$0].cost, $0) < (partials[$1].cost, $1) }
    for index in order {
      if seen.insert(partials[index].sense).inserted { result.append(partials[index]) }
      if result.count == weights.beam { break }
    }
    return result
  }
}
