import Phrasebook

/// Where names of metrics stand as typed, and what it costs a cover to read them in parts: “paid sales” is not the paid ones by sales.
struct TornNames {
  private struct Name {
    var place: Range<Int>
    var meanings: [Int32]
  }

  /// What the leaves of phrases are that touch a name, of one phrase or of all of a cover.
  private struct Touch {
    var holdsMeaning = false
    var names = 0
    /// A metric is read there, or a name within the name.
    var isRead = false
    var allInParts = true

    mutating func add(_ other: Touch) {
      holdsMeaning = holdsMeaning || other.holdsMeaning
      names += other.names
      isRead = isRead || other.isRead
      allInParts = allInParts && other.allInParts
    }

    // average profit per order is the profit per order, averaged or not.
    var isTorn: Bool { !(holdsMeaning && names == 1) && isRead && allInParts }
  }

  private let chart: Chart
  private let grammar: CompiledGrammar
  private let names: [Name]
  private let typedCost: Int

  init(_ chart: Chart, _ grammar: CompiledGrammar) {
    self.chart = chart
    self.grammar = grammar
    typedCost = grammar.weights.word
    var all: [Name] = []
    for phrase in chart.phrases where phrase.rule == nil && phrase.category == grammar.metric && Self.isTyped(phrase, typedCost) {
      if let place = all.firstIndex(where: { $0.place == phrase.start..<phrase.end }) {
        all[place].meanings.append(phrase.meaning)
      } else {
        all.append(Name(place: phrase.start..<phrase.end, meanings: [phrase.meaning]))
      }
    }
    // Those that lie within a longer one are none.
    names = all.filter { name in
      !all.contains {
        $0.place != name.place && $0.place.lowerBound <= name.place.lowerBound && name.place.upperBound <= $0.place.upperBound
      }
    }
  }

  /// Wordings that ask for a metric are no names of it.
  private static func isTyped(_ phrase: Phrase, _ cost: Int) -> Bool { phrase.edits == 0 && !phrase.isPart && phrase.cost <= cost }

  private func isName(_ word: Phrase) -> Bool {
    guard let category = word.category else { return false }
    return category == grammar.metric && Self.isTyped(word, typedCost) || category == grammar.value || category == grammar.namedValue
      || category == grammar.dimension
  }

  /// The cheapest of the covers of a whole text that differ in what they mean, with the cost of names they tear.
  ///
  /// Names are looked at from the cheapest cover on, until those that are left can be no cheaper than what was found.
  func ranked(_ covers: [PartialCover], _ trail: CoverTrail, _ weights: Weights) -> [PartialCover] {
    var kept: [(cover: PartialCover, number: Int)] = []
    var known = names.map { _ in [Touch?](repeating: nil, count: chart.phrases.count) }
    // A stable sort by cost: the order of declaration decides ties.
    for (_, number) in covers.indices.map({ (covers[$0].cost, $0) }).sorted(by: { $0 < $1 }) {
      var cover = covers[number]
      if kept.count == weights.beam, kept[kept.count - 1].cover.cost < cover.cost { break }
      for index in names.indices where isTorn(names[index], by: cover, trail, &known[index]) { cover.cost += weights.torn }
      insert(cover, number, into: &kept, weights.beam)
    }
    return kept.map(\.cover)
  }

  private func insert(_ cover: PartialCover, _ number: Int, into kept: inout [(cover: PartialCover, number: Int)], _ width: Int) {
    func isBehind(_ other: (cover: PartialCover, number: Int)) -> Bool { (other.cover.cost, other.number) < (cover.cost, number) }
    if let same = kept.firstIndex(where: { $0.cover.meaning == cover.meaning && $0.cover.unknownRuns == cover.unknownRuns }) {
      if isBehind(kept[same]) { return }
      kept.remove(at: same)
    } else if kept.count == width {
      if isBehind(kept[width - 1]) { return }
      kept.removeLast()
    }
    kept.insert((cover, number), at: kept.lastIndex(where: isBehind).map { $0 + 1 } ?? 0)
  }

  /// Whether a cover reads a name in parts. A name that reaches beyond another's edge makes other names of the text; a word such as
  /// 占比是 does not.
  private func isTorn(_ name: Name, by cover: PartialCover, _ trail: CoverTrail, _ known: inout [Touch?]) -> Bool {
    var touch = Touch()
    var place = cover.step
    while place >= 0 {
      if case .phrase(let id) = trail.steps[Int(place)].step, touches(chart.phrases[Int(id)], name.place) {
        let own = known[Int(id)] ?? self.touch(Int(id), name)
        known[Int(id)] = own
        touch.add(own)
      }
      place = trail.steps[Int(place)].before
    }
    return touch.isTorn
  }

  private func touches(_ phrase: Phrase, _ place: Range<Int>) -> Bool { phrase.start < place.upperBound && phrase.end > place.lowerBound }

  private func touch(_ id: Int, _ name: Name) -> Touch {
    var touch = Touch()
    let place = name.place
    for leaf in chart.leaves(id).map({ chart.phrases[$0] }) where touches(leaf, place) {
      touch.holdsMeaning = touch.holdsMeaning || name.meanings.contains(leaf.meaning)
      if isName(leaf) {
        touch.names += 1
        let isInside = leaf.start >= place.lowerBound && leaf.end <= place.upperBound
        touch.isRead = touch.isRead || isInside
        touch.allInParts = touch.allInParts && isInside && leaf.end - leaf.start < place.count
      } else {
        touch.allInParts = touch.allInParts && (leaf.start > place.lowerBound || leaf.end < place.upperBound)
      }
      touch.isRead = touch.isRead || leaf.category == grammar.metric && leaf.start >= place.lowerBound
    }
    return touch
  }
}
