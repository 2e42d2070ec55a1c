import Phrasebook
import Questions
import SourceText

/// What is told about how a text was read.
extension QuestionReader {
  func reading(_ judged: Judged, _ chart: Chart, _ text: NormalisedText, _ sitting: Sitting) -> Reading {
    var reading = Reading(.emptyQuestion)
    if sitting.isExplained { reading.readAgain = { [details = details(judged, chart, text)] in details } }
    reading.outcome = judged.outcome
    reading.senses = judged.senses
    reading.clauses = judged.clauses
    reading.words = places(judged.cover, chart, text).map { ReadWord(span: $0.span, text: text.text($0.span), use: $0.use) }
    reading.times = widest(BuiltIn.time, weak: BuiltIn.weakTime, chart, text)
      .flatMap { parts($0, chart) }.compactMap { term($0, chart, text) }
    reading.numbers = amounts(chart, text)
    reading.presentation = presentation(judged.cover, chart)
    reading.corrections = corrections(judged.cover, chart, text)
    reading.notices = reading.corrections.map { .readAs(typed: $0.text, name: $0.nearest[0]) }
    reading.notices += otherScripts(judged.cover, chart, text) + judged.notices + textMatches(judged.cover, chart)
    return reading
  }

  /// The phrases of a cover, and what its cost is made of.
  func rival(_ cost: Int, _ cover: Cover, _ chart: Chart) -> ReadingDetails.Rival {
    let phrases = cover.phrases.count * grammar.weights.phrase
    let inside = cover.phrases.map { chart.phrases[$0].cost }.reduce(0, +)
    return ReadingDetails.Rival(
      cost: cost, rules: cover.phrases.map { chart.name(chart.phrases[$0]) }, phrase: cover.phrases.isEmpty ? 0 : grammar.weights.phrase, inside: inside,
      fillers: cover.fillers.isEmpty ? nil : cover.fillerCost,
      uncovered: cover.unknown.isEmpty ? nil : cover.cost - phrases - inside - cover.fillerCost)
  }

  private func details(_ judged: Judged, _ chart: Chart, _ text: NormalisedText) -> ReadingDetails {
    ReadingDetails(
      tree: judged.cover.phrases.flatMap { tree($0, chart, text, depth: 0) },
      rivals: judged.others.map { rival($0.cost, $0, chart) },
      senses: places(judged.cover, chart, text).map { place in
        place.phrase.map { (chart.name(chart.phrases[$0]), chart.meaning(chart.phrases[$0]).text) } ?? ("", "")
      })
  }

  /// Every stretch of the text with how it was taken, left to right, and the phrase it was taken as.
  private func places(_ cover: Cover, _ chart: Chart, _ text: NormalisedText) -> [(span: Span, use: ReadWord.Use, phrase: Int?)] {
    var result: [(span: Span, use: ReadWord.Use, phrase: Int?)] = []
    for id in cover.phrases + cover.fillers where chart.phrases[id].category != grammar.mark {
      let phrase = chart.phrases[id]
      result.append((text.span(phrase.start, phrase.end), phrase.category == nil ? .used : .filler, id))
    }
    for range in cover.unknown { result.append((text.span(range.lowerBound, range.upperBound), .unknown, nil)) }
    return result.sorted { $0.span < $1.span }
  }

  private func tree(_ id: Int, _ chart: Chart, _ text: NormalisedText, depth: Int) -> [String] {
    let phrase = chart.phrases[id]
    let covered = text.text(text.span(phrase.start, phrase.end))
    let kind = phrase.category.map { grammar.categoryName($0) } ?? "clauses"
    let literal = kind.hasPrefix("=")
    let line = String(repeating: "  ", count: depth)
      + (literal ? "“\(covered)”" : "\(phrase.rule == nil ? kind : chart.name(phrase)) “\(covered)” → \(chart.meaning(phrase).text)")
    return [line] + chart.children(phrase).flatMap { tree($0, chart, text, depth: depth + 1) }
  }

  /// The phrases of a category that together cover most of the text, left to right; those of `weak` count where a sentence
  /// ends behind them ("on 15").
  private func widest(_ category: String, weak: String, _ chart: Chart, _ text: NormalisedText) -> [Phrase] {
    let strong = grammar.category(category), weak = grammar.category(weak)
    let phrases = chart.phrases.filter { phrase in
      guard let category = phrase.category else { return false }
      return category == strong || (category == weak && text.isEndOfSentence(phrase.end))
    }
    return CoverSearch.widest(phrases, length: text.scalars.count)
  }

  /// After A and before B are two times of the text, though one period of the question.
  private func parts(_ phrase: Phrase, _ chart: Chart) -> [Phrase] {
    guard case .items(let items) = chart.meaning(phrase), case .call("both", _)? = items.first?.first else { return [phrase] }
    let open = [BuiltIn.openEnd, BuiltIn.openStart].map(grammar.category)
    let bounds = chart.children(phrase).map { chart.phrases[$0] }.filter { open.contains($0.category) }
    return bounds.count == 2 ? bounds : [phrase]
  }

  private func term(_ phrase: Phrase, _ chart: Chart, _ text: NormalisedText) -> FoundTerm? {
    guard case .items(let items) = chart.meaning(phrase), let term = items.first?.first else { return nil }
    let span = text.span(phrase.start, phrase.end)
    return FoundTerm(span: span, text: text.text(span), term: term)
  }

  /// The amounts in the text, and behind a bound or a range (超过 20 万, 10 to 20) the numbers it is made of.
  private func amounts(_ chart: Chart, _ text: NormalisedText) -> [FoundTerm] {
    let part = grammar.category(BuiltIn.magnitude)
    func parts(_ id: Int) -> [Phrase] {
      let phrase = chart.phrases[id]
      return phrase.category != nil && phrase.category == part ? [phrase] : chart.children(phrase).flatMap(parts)
    }
    return widest(BuiltIn.quantity, weak: BuiltIn.weakQuantity, chart, text).flatMap { whole -> [FoundTerm] in
      let inner = chart.children(whole).flatMap(parts).filter { $0.start != whole.start || $0.end != whole.end }
      return ([whole] + inner).compactMap { term($0, chart, text) }
    }
  }

  private func textMatches(_ cover: Cover, _ chart: Chart) -> [Notice] {
    guard let part = grammar.category(BuiltIn.valuePart) else { return [] }
    return cover.phrases.flatMap(chart.leaves).compactMap { id in
      guard chart.phrases[id].category == part, case .items(let items) = chart.meaning(chart.phrases[id]),
        let item = items.first, item.count == 3
      else { return nil }
      return .textMatch(dimension: item[0].plainText, text: item[2].plainText, count: 0)
    }
  }
}

extension Reading {
  init(_ problem: Problem) {
    self.init(
      outcome: .failure(problem), notices: [], clauses: [], words: [], times: [], numbers: [])
  }
}

extension Phrase.Meaning {
  /// The meaning in the notation.
  var text: String {
    switch self {
    case .items(let items): Term.itemsText(items)
    case .clauses(let clauses): clauses.map(\.description).joined(separator: " | ")
    }
  }
}
