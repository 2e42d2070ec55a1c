import Phrasebook
import Questions
import SourceText

/// What is done with a text that has words nothing covers: names are found by their likeness, and what could be answered
/// instead is offered. A guess is never silent.
extension QuestionReader {
  private static let mostOffers = 5

  /// The reading with misspelt names put right; without one, the words not understood and what is offered for them.
  func guessed(_ judged: Judged, _ chart: Chart, _ text: NormalisedText, _ sitting: Sitting) -> Reading {
    let search = SpellingSearch(text, judged.cover, chart, spelling.knowledge(of: grammar), grammar)
    let candidates = search.candidates()
    let near = candidates.filter { $0.use == .read }
    var base = (judged: judged, chart: chart)
    if let corrected = best(Self.widest(near), near, text, sitting) {
      if case .failure(.unknownWords(let words)) = corrected.judged.outcome {
        if Self.count(words) < Self.count(base.judged.cover, text) { base = corrected }
      } else {
        return reading(corrected.judged, corrected.chart, text, sitting)
      }
    }
    var reading = reading(base.judged, base.chart, text, sitting)
    let rest = candidates.filter { $0.use == .offer }.prefix(Self.mostCandidates)
    let offered = offered(near + rest, text, sitting)
    if let offered, let (choice, notice) = sitting.deciding.decided(offered.choices, offered.senses), var judged = offered.judged[choice.question] {
      judged.notices.append(notice)
      return self.reading(judged, offered.chart, text, sitting)
    }
    if let offered, offered.isParts, offered.choices.count > 1 {
      reading.outcome = .failure(.ambiguous(offered.choices))
    } else {
      reading.offers = (offered?.choices ?? []) + without(base.judged.cover, base.chart, text, sitting).filter { offered?.judged[$0.question] == nil }
    }
    reading.senses = offered?.senses ?? [:]
    if case .failure(.unknownWords(let words)) = reading.outcome {
      reading.outcome = .failure(.unknownWords(words.map { named($0, candidates, base.judged.cover, base.chart, text) }))
    }
    return reading
  }

  private static let mostCandidates = 40

  /// Candidates that no longer one holds: in "gold memebr" the member is the golden one.
  private static func widest(_ candidates: [SpellingCandidate]) -> [SpellingCandidate] {
    candidates.filter { inner in
      !candidates.contains { outer in
        outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start && outer.edits <= inner.edits
      }
    }
  }

  /// With the widest candidates, and where these do not fit in, with all of them.
  private func best(
    _ widest: [SpellingCandidate], _ all: [SpellingCandidate], _ text: NormalisedText, _ sitting: Sitting
  ) -> (judged: Judged, chart: Chart)? {
    let first = corrected(widest, text, sitting)
    if widest.count == all.count { return first }
    if let first, first.judged.cover.unknown.isEmpty { return first }
    return corrected(all, text, sitting)
  }

  private static func count(_ words: [UnknownWord]) -> Int { words.map(\.span.count).reduce(0, +) }
  private static func count(_ cover: Cover, _ text: NormalisedText) -> Int {
    cover.unknown.map { text.span($0.lowerBound, $0.upperBound).count }.reduce(0, +)
  }

  // MARK: Putting right

  /// The text read anew with candidates among its words; nil without any, or if that leads too far.
  private func corrected(_ candidates: [SpellingCandidate], _ text: NormalisedText, _ sitting: Sitting) -> (judged: Judged, chart: Chart)? {
    guard !candidates.isEmpty else { return nil }
    let chart = Chart(Lattice(text, grammar, sitting.meanings, candidates: candidates), text, grammar)
    guard chart.isComplete else { return nil }
    let covers = CoverSearch(chart, text, grammar).covers()
    let readings = readings(covers, chart, text, sitting)
    guard let least = readings.map(\.edits).min() else { return (judge(covers, chart, text, sitting), chart) }
    // Two corrections that are equally near are a choice, whichever is joined more cheaply.
    let nearest = readings.filter { $0.edits == least }
    var result = nearest[0].judged
    var found = FoundChoices()
    for reading in nearest { found.add(reading.question, reading.judged) }
    settle(&result, found, chart, text, sitting)
    if sitting.isExplained { result.others = Array(covers.prefix(4)) }
    return (result, chart)
  }

  private struct GuessedReading {
    var question: Question
    var judged: Judged
    var edits: Int
    var isPart: Bool
  }

  /// What the covers without unknown words ask, for each set of corrections the cheapest ones.
  private func readings(_ covers: Covers, _ chart: Chart, _ text: NormalisedText, _ sitting: Sitting) -> [GuessedReading] {
    var cheapest: [Set<Int>: Int] = [:]
    var result: [GuessedReading] = []
    for cover in covers where cover.unknown.isEmpty {
      let guesses = Set(cover.phrases.flatMap(chart.leaves).filter { chart.phrases[$0].edits > 0 })
      if let cost = cheapest[guesses], cover.cost > cost + grammar.weights.tie { continue }
      let judged = judged(cover, chart, text, sitting)
      guard case .success(let question) = judged.outcome else { continue }
      cheapest[guesses] = cheapest[guesses] ?? cover.cost
      result.append(
        GuessedReading(
          question: question, judged: judged, edits: guesses.map { Int(chart.phrases[$0].edits) }.reduce(0, +),
          isPart: guesses.count == 1 && guesses.allSatisfy { chart.phrases[$0].isPart }))
    }
    return result
  }

  // MARK: Offering

  private struct Offered {
    var chart: Chart
    var choices: [Choice] = []
    var judged: [Question: Judged] = [:]
    var senses: [Question: Set<WordSense>] = [:]
    /// Whether the one word is a part of each name that was found: then it is no unknown word, but one of several meanings.
    /// Two such words at once are two guesses, which are offered and no more.
    var isParts = true
  }

  /// What can be asked with a name in the place of the unknown word, nearest first; nil without any name.
  private func offered(_ candidates: [SpellingCandidate], _ text: NormalisedText, _ sitting: Sitting) -> Offered? {
    guard !candidates.isEmpty else { return nil }
    var offered = Offered(chart: Chart(Lattice(text, grammar, sitting.meanings, candidates: candidates), text, grammar))
    guard offered.chart.isComplete else { return nil }
    let found = readings(CoverSearch(offered.chart, text, grammar).covers(), offered.chart, text, sitting)
    for (_, reading) in found.enumerated().sorted(by: { ($0.element.edits, $0.offset) < ($1.element.edits, $1.offset) }) {
      offered.senses[reading.question, default: []].formUnion(senses(reading.judged.cover, offered.chart, text))
      if offered.judged[reading.question] == nil { offered.choices.append(Choice(question: reading.question)) }
      offered.judged[reading.question] = offered.judged[reading.question] ?? reading.judged
      offered.isParts = offered.isParts && reading.isPart
    }
    offered.choices = Array(sitting.distinct.pruned(offered.choices).prefix(Self.mostOffers))
    return offered
  }

  /// What would be answered without the unknown words; none if that is no question.
  private func without(_ cover: Cover, _ chart: Chart, _ text: NormalisedText, _ sitting: Sitting) -> [Choice] {
    let swallowed = Set(cover.unknown.flatMap { UnknownStretch($0, cover, text, chart, grammar).swallowed })
    let clauses = cover.phrases.filter { !swallowed.contains($0) }.flatMap { id -> [Clause] in
      if case .clauses(let clauses) = chart.meaning(chart.phrases[id]) { clauses } else { [] }
    }
    guard !clauses.isEmpty, let question = try? sitting.followUp.question(clauses, after: sitting.previous) else { return [] }
    return [Choice(question: question)]
  }

  // MARK: Naming

  /// What nothing covers, without the joiners and fillers at either end.
  func unknownWords(_ cover: Cover, _ chart: Chart, _ text: NormalisedText) -> [UnknownWord] {
    var words: [UnknownWord] = []
    for range in cover.unknown {
      let core = UnknownStretch(range, cover, text, chart, grammar).core
      let span = text.span(core.lowerBound, core.upperBound)
      // 齐齐 and 尔, torn by a 哈 between them, are one 齐齐哈尔.
      if words.last?.span != span { words.append(UnknownWord(text: text.text(span), span: span)) }
    }
    return words
  }

  /// The word with the names nearest to it, and the dimension whose value is missing if it stands where one would.
  private func named(
    _ word: UnknownWord, _ candidates: [SpellingCandidate], _ cover: Cover, _ chart: Chart, _ text: NormalisedText
  ) -> UnknownWord {
    var word = word
    guard let range = cover.unknown.first(where: { text.span($0.lowerBound, $0.upperBound).overlaps(word.span) }) else { return word }
    let missing = MissingValue.find(range, cover, chart, text, grammar, dictionary)
    let near = candidates.filter { range.overlaps($0.start..<$0.end) }
    if let missing {
      let span = text.span(missing.range.lowerBound, missing.range.upperBound)
      (word.text, word.span, word.dimension) = (text.text(span), span, missing.dimension)
      let names = spelling.knowledge(of: grammar).names
      word.nearest = names.values(of: missing.dimension, near: Array(text.scalars[missing.range]))
      return word
    }
    var seen: Set<String> = []
    let isHan = text.scalars[range].contains { ScalarKind($0) == .han }
    var meanings: Set<[Term.Item]> = []
    word.nearest = near.filter { meanings.insert($0.word.meaning).inserted }
      .map { NameSpellings.shown($0.word, inHan: isHan) }.filter { seen.insert($0).inserted }.prefix(3).map { $0 }
    if word.nearest.isEmpty { word.nearest = spelling.knowledge(of: grammar).names.suggestions(near: word.text) }
    if word.nearest.isEmpty {
      let search = SpellingSearch(text, cover, chart, spelling.knowledge(of: grammar), grammar)
      word.nearest = NameSpellings.tokens(of: NormalisedText(word.text).scalars).lazy.map(search.wordsNear).first { !$0.isEmpty } ?? []
    }
    return word
  }
}
