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
  /// Where values of the data stand that are written with Han characters.
  private let values: Set<Range<Int>>

  init(_ chart: Chart, _ text: NormalisedText, _ grammar: CompiledGrammar) {
    self.chart = chart
    self.text = text
    self.grammar = grammar
    values = Set(
      chart.phrases.filter { phrase in
        guard phrase.rule == nil, let category = phrase.category, phrase.end - phrase.start > 1 else { return false }
        return grammar.isValue(category) && ScalarKind(text.scalars[phrase.start]) == .han
      }.map { $0.start..<$0.end })
  }

  /// Covers of the whole text, cheapest first; ties in the order of declaration.
  func covers() -> [Cover] {
    let count = text.scalars.count
    var starting: [[Int]] = Array(repeating: [], count: count + 1)
    for (id, phrase) in chart.phrases.enumerated() where isTopLevel(phrase) { starting[phrase.start].append(id) }
    var beams: [[Cover]] = Array(repeating: [], count: count + 1)
    beams[0] = [Cover(cost: 0, phrases: [], fillers: [], unknown: [])]
    for position in 0..<count where !beams[position].isEmpty {
      let partials = pruned(beams[position])
      if text.scalars[position] == " " {
        beams[position + 1] += partials
        continue
      }
      for partial in partials {
        for id in starting[position] { beams[chart.phrases[id].end].append(extended(partial, by: id)) }
        let end = unknownEnd(from: position)
        beams[end].append(skipping(partial, position..<end))
      }
    }
    let names = self.names
    return pruned(beams[count].map { cover in
      var cover = cover
      cover.cost += weights.torn * torn(names, by: cover)
      return cover
    })
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
  private func torn(_ names: [(place: Range<Int>, meanings: Set<Phrase.Meaning>)], by cover: Cover) -> Int {
    if names.isEmpty { return 0 }
    let leaves = cover.phrases.flatMap(chart.leaves).map { chart.phrases[$0] }
    return names.count { name, meanings in
      let touching = leaves.filter { $0.start < name.upperBound && $0.end > name.lowerBound }
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

  private func extended(_ cover: Cover, by id: Int) -> Cover {
    var cover = cover
    let phrase = chart.phrases[id]
    if phrase.category == nil {
      cover.cost += weights.phrase + phrase.cost
      cover.phrases.append(id)
    } else if phrase.category == grammar.filler, values.contains(phrase.start..<phrase.end) {
      // 公司 means nothing, or the customers of that kind: as dear as the value, so that it is asked.
      cover.cost += weights.phrase + weights.word
      cover.fillerCost += weights.phrase + weights.word
      cover.fillers.append(id)
    } else {
      // A longer filler costs more: where a name could take the word instead, the name should.
      let cost = phrase.category == grammar.mark ? weights.mark : weights.filler + phrase.end - phrase.start
      cover.cost += cost
      cover.fillerCost += cost
      cover.fillers.append(id)
    }
    return cover
  }

  /// A run of letters or digits is one word; Han stand alone.
  private func unknownEnd(from position: Int) -> Int {
    let kind = ScalarKind(text.scalars[position])
    guard kind == .letter || kind == .digit else { return position + 1 }
    var end = position + 1
    while end < text.scalars.count, ScalarKind(text.scalars[end]) == kind { end += 1 }
    return end
  }

  private func skipping(_ cover: Cover, _ range: Range<Int>) -> Cover {
    var cover = cover
    cover.cost += weights.unknown * range.count
    if let last = cover.unknown.last, text.skipSpace(last.upperBound) == range.lowerBound {
      cover.unknown[cover.unknown.count - 1] = last.lowerBound..<range.upperBound
    } else {
      cover.cost += weights.unknownRun
      cover.unknown.append(range)
    }
    return cover
  }

  /// The cheapest partial covers that differ in what they mean.
  private func pruned(_ covers: [Cover]) -> [Cover] {
    var seen: Set<[Phrase.Meaning]> = []
    var result: [Cover] = []
    // A stable sort by cost: the order of declaration decides ties.
    for (_, cover) in covers.enumerated().sorted(by: { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }) {
      let meanings = cover.phrases.map { chart.phrases[$0].meaning } + cover.unknown.map { _ in .items([]) }
      if seen.insert(meanings).inserted { result.append(cover) }
      if result.count == weights.beam { break }
    }
    return result
  }
}
