import CivilTime
import Metrics
import Phrasebook
import Questions
import SourceText

/// Text → lattice → chart → covers → Question: the arrows of understanding, in order.
package struct QuestionReader: Sendable {
  /// In characters; the longest question people ask has about a hundred.
  package static let longestQuestion = 500

  private let grammar: CompiledGrammar
  private let dictionary: MetricDictionary

  package init(grammar: CompiledGrammar, dictionary: MetricDictionary) {
    self.grammar = grammar
    self.dictionary = dictionary
  }

  /// Reads a question as asked on `context.today`, after `previous` if it follows one.
  package func read(_ question: String, context: TimeContext, after previous: Thread = .none) -> Reading {
    let text = NormalisedText(question)
    if let problem = Self.unreadable(text) { return Reading(problem) }
    let chart = Chart(Lattice(text, grammar), text, grammar)
    guard chart.isComplete else { return Reading(.tooManyReadings) }
    let covers = CoverSearch(chart, text, grammar).covers()
    let followUp = FollowUp(Resolver(dictionary: dictionary, context: context))
    let distinct = DistinctReadings(dictionary: dictionary, context: context)
    let judged = judge(covers, chart, text, followUp, previous, distinct)
    return reading(judged, chart, text)
  }

  /// The phrases that cover a whole text: of a category, or, without one, those that yield clauses; cheapest first.
  package func phrases(covering question: String, category: String?) -> [(rule: String, meaning: String)] {
    let text = NormalisedText(question)
    let chart = Chart(Lattice(text, grammar), text, grammar)
    let id = category.flatMap(grammar.category)
    return chart.phrases.filter { $0.start == 0 && $0.end == text.scalars.count && $0.category == id }
      .sorted { $0.cost < $1.cost }.map { ($0.name, $0.meaning.text) }
  }

  private static func unreadable(_ text: NormalisedText) -> Problem? {
    if text.original.count > longestQuestion {
      return .tooLong(count: text.original.count, limit: longestQuestion)
    }
    return text.scalars.contains { ScalarKind($0) != .mark && ScalarKind($0) != .space } ? nil : .emptyQuestion
  }

  // MARK: Judging covers

  private struct Judged {
    var cover: Cover
    var clauses: [Clause]
    var outcome: Result<Question, Problem>
    var others: [(cost: Int, text: String)] = []
  }

  /// The cheapest cover without unknown words whose clauses make a question. Another question that costs as much (within
  /// `weights.tie`) makes it a choice; if no cover makes one, the cheapest cover's reason stands.
  private func judge(
    _ covers: [Cover], _ chart: Chart, _ text: NormalisedText, _ followUp: FollowUp, _ previous: Thread,
    _ distinct: DistinctReadings
  ) -> Judged {
    var best: Judged?
    var firstProblem: Judged?
    var choices: [Choice] = []
    for cover in covers {
      if let best, cover.cost > best.cover.cost + grammar.weights.tie { break }
      let judged = judged(cover, chart, text, followUp, previous)
      guard case .success(let question) = judged.outcome else {
        if firstProblem == nil || Self.isBetter(judged, than: firstProblem!) { firstProblem = judged }
        continue
      }
      if best == nil { best = judged }
      if !choices.contains(where: { $0.question == question }) { choices.append(Choice(question: question)) }
    }
    choices = distinct.pruned(choices)
    if choices.count == 1 { best?.outcome = .success(choices[0].question) }
    guard var result = best ?? firstProblem else {
      return Judged(cover: covers[0], clauses: [], outcome: .failure(.emptyQuestion))
    }
    if choices.count > 1 { result.outcome = .failure(.ambiguous(Array(choices.prefix(9)))) }
    result.others = covers.prefix(4).map { ($0.cost, describe($0, chart)) }
    return result
  }

  /// A reason about what was asked says more than "these words are left", at the same number of unknown words.
  private static func isBetter(_ a: Judged, than b: Judged) -> Bool {
    a.cover.unknown.isEmpty && !b.cover.unknown.isEmpty
  }

  private func judged(
    _ cover: Cover, _ chart: Chart, _ text: NormalisedText, _ followUp: FollowUp, _ previous: Thread
  ) -> Judged {
    let clauses = cover.phrases.flatMap { id -> [Clause] in
      if case .clauses(let clauses) = chart.phrases[id].meaning { clauses } else { [] }
    }
    if !cover.unknown.isEmpty {
      return Judged(cover: cover, clauses: clauses, outcome: .failure(.unknownWords(unknownWords(cover, text))))
    }
    let torn = tornNames(cover, chart, text)
    if !torn.isEmpty { return Judged(cover: cover, clauses: clauses, outcome: .failure(.notJoined(leftover: torn))) }
    do throws(Problem) {
      return Judged(cover: cover, clauses: clauses, outcome: .success(try followUp.question(clauses, after: previous)))
    } catch {
      return Judged(cover: cover, clauses: clauses, outcome: .failure(error))
    }
  }

  /// Names of metrics that a cover takes apart: "top 3 stores by paid sales" is not the paid ones by sales.
  private func tornNames(_ cover: Cover, _ chart: Chart, _ text: NormalisedText) -> [UnknownWord] {
    guard let metric = grammar.category(BuiltIn.metric) else { return [] }
    func leaves(_ id: Int) -> [Int] { chart.phrases[id].children.isEmpty ? [id] : chart.phrases[id].children.flatMap(leaves) }
    let tops = (cover.phrases + cover.fillers).filter { chart.phrases[$0].category != grammar.mark }
    let edges = Set(tops.map { chart.phrases[$0].start })
    let used = cover.phrases.flatMap(leaves).map { chart.phrases[$0] }.filter { $0.category == metric }
    return chart.phrases.filter { name in
      name.category == metric && name.rule == nil && edges.contains { name.start < $0 && $0 < name.end }
        // Unless a name that reaches beyond this one took its words.
        && !used.contains { ($0.start < name.start && name.start < $0.end) || ($0.start < name.end && name.end < $0.end) }
    }.map { name in
      let span = text.span(name.start, name.end)
      return UnknownWord(text: text.text(span), span: span)
    }
  }

  private func unknownWords(_ cover: Cover, _ text: NormalisedText) -> [UnknownWord] {
    cover.unknown.map { range in
      let span = text.span(range.lowerBound, range.upperBound)
      let word = text.text(span)
      return UnknownWord(text: word, span: span)
    }
  }

  /// Looks for near names once the reading is settled; it takes longer than the reading itself.
  private func suggesting(_ outcome: Result<Question, Problem>) -> Result<Question, Problem> {
    guard case .failure(.unknownWords(let words)) = outcome else { return outcome }
    return .failure(
      .unknownWords(
        words.map { word in
          UnknownWord(
            text: word.text, span: word.span,
            nearest: NearMiss.nearest(to: word.text, among: grammar.suggestions))
        }))
  }

  // MARK: Telling

  private func reading(_ judged: Judged, _ chart: Chart, _ text: NormalisedText) -> Reading {
    var reading = Reading(.emptyQuestion)
    reading.outcome = suggesting(judged.outcome)
    reading.clauses = judged.clauses
    reading.words = words(judged.cover, chart, text)
    reading.tree = judged.cover.phrases.flatMap { tree($0, chart, text, depth: 0) }
    reading.rivals = judged.others
    reading.times = widest(BuiltIn.time, weak: BuiltIn.weakTime, chart, text)
      .flatMap { parts($0, chart) }.compactMap { term($0, text) }
    reading.numbers = amounts(chart, text)
    reading.notices = textMatches(judged.cover, chart)
    return reading
  }

  private func describe(_ cover: Cover, _ chart: Chart) -> String {
    cover.phrases.map { "\(chart.phrases[$0].name)" }.joined(separator: " + ")
      + (cover.unknown.isEmpty ? "" : " + \(cover.unknown.count) unknown")
  }

  private func words(_ cover: Cover, _ chart: Chart, _ text: NormalisedText) -> [ReadWord] {
    var result: [ReadWord] = []
    for id in cover.phrases + cover.fillers where chart.phrases[id].category != grammar.mark {
      let phrase = chart.phrases[id]
      let span = text.span(phrase.start, phrase.end)
      result.append(
        ReadWord(
          span: span, text: text.text(span), use: phrase.category == nil ? .used : .filler, name: phrase.name,
          meaning: phrase.meaning.text))
    }
    for range in cover.unknown {
      let span = text.span(range.lowerBound, range.upperBound)
      result.append(ReadWord(span: span, text: text.text(span), use: .unknown, name: "", meaning: ""))
    }
    return result.sorted { $0.span < $1.span }
  }

  private func tree(_ id: Int, _ chart: Chart, _ text: NormalisedText, depth: Int) -> [String] {
    let phrase = chart.phrases[id]
    let covered = text.text(text.span(phrase.start, phrase.end))
    let kind = phrase.category.map(grammar.categoryName) ?? "clauses"
    let literal = kind.hasPrefix("=")
    let line = String(repeating: "  ", count: depth)
      + (literal ? "“\(covered)”" : "\(phrase.rule == nil ? kind : phrase.name) “\(covered)” → \(phrase.meaning.text)")
    return [line] + phrase.children.flatMap { tree($0, chart, text, depth: depth + 1) }
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
    guard case .items(let items) = phrase.meaning, case .call("both", _)? = items.first?.first else { return [phrase] }
    let open = [BuiltIn.openEnd, BuiltIn.openStart].map(grammar.category)
    let bounds = phrase.children.map { chart.phrases[$0] }.filter { open.contains($0.category) }
    return bounds.count == 2 ? bounds : [phrase]
  }

  private func term(_ phrase: Phrase, _ text: NormalisedText) -> FoundTerm? {
    guard case .items(let items) = phrase.meaning, let term = items.first?.first else { return nil }
    let span = text.span(phrase.start, phrase.end)
    return FoundTerm(span: span, text: text.text(span), term: term)
  }

  /// The amounts in the text, and behind a bound or a range (超过 20 万, 10 to 20) the numbers it is made of.
  private func amounts(_ chart: Chart, _ text: NormalisedText) -> [FoundTerm] {
    let part = grammar.category(BuiltIn.magnitude)
    func parts(_ id: Int) -> [Phrase] {
      let phrase = chart.phrases[id]
      return phrase.category != nil && phrase.category == part ? [phrase] : phrase.children.flatMap(parts)
    }
    return widest(BuiltIn.quantity, weak: BuiltIn.weakQuantity, chart, text).flatMap { whole -> [FoundTerm] in
      let inner = whole.children.flatMap(parts).filter { $0.start != whole.start || $0.end != whole.end }
      return ([whole] + inner).compactMap { term($0, text) }
    }
  }

  private func textMatches(_ cover: Cover, _ chart: Chart) -> [Notice] {
    guard let part = grammar.category(BuiltIn.valuePart) else { return [] }
    func leaves(_ id: Int) -> [Int] { chart.phrases[id].children.isEmpty ? [id] : chart.phrases[id].children.flatMap(leaves) }
    return cover.phrases.flatMap(leaves).compactMap { id in
      guard chart.phrases[id].category == part, case .items(let items) = chart.phrases[id].meaning,
        let item = items.first, item.count == 3
      else { return nil }
      return .textMatch(dimension: item[0].plainText, text: item[2].plainText, count: 0)
    }
  }
}

extension Reading {
  init(_ problem: Problem) {
    self.init(
      outcome: .failure(problem), notices: [], clauses: [], words: [], tree: [], rivals: [], times: [], numbers: [])
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
