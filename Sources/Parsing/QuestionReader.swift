import CivilTime
import Metrics
import Phrasebook
import Questions
import SourceText

/// Text → lattice → chart → covers → Question: the arrows of understanding, in order.
package struct QuestionReader: Sendable {
  /// In characters; the longest question people ask has about a hundred.
  package static let longestQuestion = 500

  let grammar: CompiledGrammar
  let dictionary: MetricDictionary
  let spelling: Spelling

  package init(grammar: CompiledGrammar, dictionary: MetricDictionary, spelling: Spelling = Spelling()) {
    self.grammar = grammar
    self.dictionary = dictionary
    self.spelling = spelling
  }

  /// Reads a question as asked on `context.today`, after `previous` if it follows one.
  ///
  /// - Parameter preferences: what was chosen before where readings are about as good.
  package func read(
    _ question: String, context: TimeContext, after previous: Thread = .none, preferences: Preferences = Preferences()
  ) -> Reading {
    let text = NormalisedText(question, isParticle: grammar.isParticle)
    if let problem = Self.unreadable(text) { return Reading(problem) }
    var reading = grammar.withMeanings { read(text, $0, context, previous, preferences) }
    reading.readAgain = {
      grammar.withMeanings { read(text, $0, context, previous, preferences, isExplained: true).readAgain?() }
    }
    return reading
  }

  private func read(
    _ text: NormalisedText, _ meanings: Meanings, _ context: TimeContext, _ previous: Thread, _ preferences: Preferences,
    isExplained: Bool = false
  ) -> Reading {
    let chart = Chart(Lattice(text, grammar, meanings), text, grammar)
    guard chart.isComplete else { return Reading(.tooManyReadings) }
    let sitting = Sitting(
      meanings: meanings, isExplained: isExplained, followUp: FollowUp(Resolver(dictionary: dictionary, context: context)), previous: previous,
      distinct: DistinctReadings(dictionary: dictionary, context: context),
      deciding: Deciding(preferences: preferences, defaults: dictionary.defaults, typed: text))
    let judged = judge(CoverSearch(chart, text, grammar).covers(), chart, text, sitting)
    switch judged.outcome {
    case .failure(.unknownWords): return guessed(judged, chart, text, sitting)
    case .failure(.ambiguous(let choices)): return reading(settledAgain(judged, choices, sitting), chart, text, sitting)
    default:
      var reading = reading(judged, chart, text, sitting)
      // 画成图 and no more: what was asked before, shown otherwise.
      if reading.presentation != nil, reading.clauses.isEmpty, let last = previous.last { reading.outcome = .success(last.question) }
      return reading
    }
  }

  /// What a question is read with, beside its words.
  struct Sitting {
    let meanings: Meanings
    /// Whether its reader wants to know how the reading came about.
    let isExplained: Bool
    let followUp: FollowUp
    let previous: Thread
    let distinct: DistinctReadings
    let deciding: Deciding
  }

  /// The phrases that cover a whole text: of a category, or, without one, those that yield clauses; cheapest first.
  package func phrases(covering question: String, category: String?) -> [(rule: String, meaning: String)] {
    let text = NormalisedText(question, isParticle: grammar.isParticle)
    let id = category.flatMap(grammar.category)
    return grammar.withMeanings { meanings in
      let chart = Chart(Lattice(text, grammar, meanings), text, grammar)
      return chart.phrases.filter { $0.start == 0 && $0.end == text.scalars.count && $0.category == id }
        .sorted { $0.cost < $1.cost }.map { (chart.name($0), chart.meaning($0).text) }
    }
  }

  private static func unreadable(_ text: NormalisedText) -> Problem? {
    if text.original.count > longestQuestion {
      return .tooLong(count: text.original.count, limit: longestQuestion)
    }
    return text.scalars.contains { ScalarKind($0) != .mark && ScalarKind($0) != .space } ? nil : .emptyQuestion
  }

  // MARK: Judging covers

  struct Judged {
    var cover: Cover
    var clauses: [Clause]
    var outcome: Result<Question, Problem>
    /// The cheapest covers, itself among them.
    var others: [Cover] = []
    /// What was taken for granted in choosing it.
    var notices: [Notice] = []
    var senses: [Question: Set<WordSense>] = [:]
  }

  /// The questions that covers make, each once, in the order they were found.
  struct FoundChoices {
    private(set) var choices: [Choice] = []
    private var all: [[Judged]] = []

    mutating func add(_ question: Question, _ judged: Judged) {
      if let place = choices.firstIndex(where: { $0.question == question }) {
        all[place].append(judged)
      } else {
        choices.append(Choice(question: question))
        all.append([judged])
      }
    }

    /// What the covers of a choice that was found were judged to be, in the order they were found.
    func judged(_ choice: Choice) -> [Judged] { all[choices.firstIndex { $0.question == choice.question }!] }
  }

  /// The cheapest cover without unknown words whose clauses make a question. Another question that costs as much (within
  /// `weights.tie`) makes it a choice; if no cover makes one, the cheapest cover's reason stands.
  func judge(_ covers: Covers, _ chart: Chart, _ text: NormalisedText, _ sitting: Sitting) -> Judged {
    var best: Judged?
    var firstProblem: Judged?
    var refused: Judged?
    var found = FoundChoices()
    for cover in covers {
      if let least = (best ?? refused)?.cover.cost, cover.cost > least + grammar.weights.tie { break }
      let judged = judged(cover, chart, text, sitting)
      guard case .success(let question) = judged.outcome else {
        // What a rule says can't be answered was understood: a dearer reading would answer something else.
        let isSaid = judged.clauses.contains { $0.keyword == "unsupported" } || Resolver.isMixed(judged.clauses)
        if firstProblem == nil, cover.unknown.isEmpty, isSaid { refused = judged }
        if firstProblem == nil || Self.isBetter(judged, than: firstProblem!) { firstProblem = judged }
        continue
      }
      if best == nil { best = judged }
      found.add(question, judged)
    }
    guard var result = best ?? refused ?? firstProblem else {
      return Judged(cover: covers[0], clauses: [], outcome: .failure(.emptyQuestion))
    }
    if best != nil { settle(&result, found, chart, text, sitting) }
    if sitting.isExplained { result.others = Array(covers.prefix(4)) }
    return result
  }

  /// A choice that lies in no single word is made once for the same text.
  private func settledAgain(_ judged: Judged, _ choices: [Choice], _ sitting: Sitting) -> Judged {
    guard let (choice, notice) = sitting.deciding.decided(choices, [:]) else { return judged }
    var settled = judged
    settled.outcome = .success(choice.question)
    settled.notices.append(notice)
    return settled
  }

  /// One choice is the question; of several, the one that is preferred, with a word about it, or else all of them.
  func settle(_ result: inout Judged, _ found: FoundChoices, _ chart: Chart, _ text: NormalisedText, _ sitting: Sitting) {
    let choices = sitting.distinct.pruned(found.choices)
    func take(_ choice: Choice) {
      result = found.judged(choice)[0]
      result.outcome = .success(choice.question)
    }
    if choices.count == 1 { return take(choices[0]) }
    var senses: [Question: Set<WordSense>] = [:]
    for choice in choices { senses[choice.question] = Set(found.judged(choice).flatMap { self.senses($0.cover, chart, text) }) }
    if let (choice, notice) = sitting.deciding.decided(choices, senses) {
      take(choice)
      result.notices.append(notice)
      return
    }
    let offered = Array(choices.prefix(9))
    result.outcome = .failure(.ambiguous(offered))
    for choice in offered {
      let others = offered.filter { $0 != choice }.compactMap { senses[$0.question] }
      result.senses[choice.question] = (senses[choice.question] ?? []).filter { sense in others.contains { !$0.contains(sense) } }
    }
  }

  /// A reason about what was asked says more than "these words are left", at the same number of unknown words.
  private static func isBetter(_ a: Judged, than b: Judged) -> Bool {
    a.cover.unknown.isEmpty && !b.cover.unknown.isEmpty
  }

  func judged(_ cover: Cover, _ chart: Chart, _ text: NormalisedText, _ sitting: Sitting) -> Judged {
    var clauses = cover.phrases.flatMap { id -> [Clause] in
      if case .clauses(let clauses) = chart.meaning(chart.phrases[id]) { clauses } else { [] }
    }
    clauses += presentation(cover, chart)?.clauses(beside: clauses) ?? []
    if !cover.unknown.isEmpty {
      // What can't be answered at all is the better reason: "sales by weather", where no rule joins by and weather.
      if clauses.contains(where: { $0.keyword == "unsupported" }) {
        do throws(Problem) { _ = try sitting.followUp.question(clauses, after: sitting.previous) } catch {
          if case .unsupported = error { return Judged(cover: cover, clauses: clauses, outcome: .failure(error)) }
        }
      }
      return Judged(cover: cover, clauses: clauses, outcome: .failure(.unknownWords(unknownWords(cover, chart, text))))
    }
    // 谢谢, whole company: nothing that asks for anything is no question, also behind one.
    if clauses.isEmpty { return Judged(cover: cover, clauses: clauses, outcome: .failure(.noMetric(nearest: []))) }
    let torn = tornNames(cover, chart, text)
    if !torn.isEmpty { return Judged(cover: cover, clauses: clauses, outcome: .failure(.notJoined(leftover: torn))) }
    do throws(Problem) {
      var followUp = sitting.followUp
      followUp.resolver.bareNumbers = bareNumbers(cover, chart)
      let question = try followUp.question(clauses, after: sitting.previous)
      var judged = Judged(cover: cover, clauses: clauses, outcome: .success(question))
      let merit = Merit(dictionary, after: sitting.previous.last?.question)
      judged.notices += merit.notices(clauses) + merit.undirected(clauses) + Targets(dictionary).notices(clauses, question, text: text.words)
      judged.notices += followUp.resolver.percentReadings(question)
      if FollowUp.startsAfresh(clauses, after: sitting.previous), let metric = question.measures.first?.metric {
        judged.notices.append(.startsAfresh(metric: metric))
      }
      let isFirst = sitting.previous.last?.question.measures.isEmpty ?? true
      if isFirst, Resolver.countsRows(clauses), let counted = question.measures.first { judged.notices.append(.countedRows(metric: counted.metric)) }
      return judged
    } catch {
      return Judged(cover: cover, clauses: clauses, outcome: .failure(error))
    }
  }

  /// How the answer is to be shown; the last wins.
  func presentation(_ cover: Cover, _ chart: Chart) -> Presentation? {
    cover.fillers.lazy.map { chart.phrases[$0] }.filter { !chart.isMeaningless($0) }
      .compactMap { Presentation(rawValue: chart.meaning($0).text) }.last
  }

  /// The numbers that a cover reads without a percent sign.
  private func bareNumbers(_ cover: Cover, _ chart: Chart) -> Set<Double> {
    let number = grammar.category(BuiltIn.number)
    return Set(
      cover.phrases.flatMap(chart.leaves).compactMap { id -> Double? in
        guard chart.phrases[id].category == number, case .items(let items) = chart.meaning(chart.phrases[id]),
          case .number(let value)? = items.first?.first
        else { return nil }
        return value
      })
  }

  /// Names of metrics that a cover takes apart: "top 3 stores by paid sales" is not the paid ones by sales.
  private func tornNames(_ cover: Cover, _ chart: Chart, _ text: NormalisedText) -> [UnknownWord] {
    guard let metric = grammar.category(BuiltIn.metric) else { return [] }
    let edges = (cover.phrases + cover.fillers).filter { chart.phrases[$0].category != grammar.mark }.map { chart.phrases[$0].start }
    let names = chart.phrases.filter { name in
      name.category == metric && name.rule == nil && edges.contains { name.start < $0 && $0 < name.end }
    }
    if names.isEmpty { return [] }
    let used = cover.phrases.flatMap(chart.leaves).map { chart.phrases[$0] }.filter { $0.category == metric }
    let times = cover.phrases.flatMap(chart.parts).map { chart.phrases[$0] }.filter { $0.category.map(grammar.isTime) ?? false }
    let bases = cover.phrases.map { chart.phrases[$0] }.filter { phrase in
      guard case .clauses(let clauses) = chart.meaning(phrase) else { return false }
      return clauses.allSatisfy { ["compare", "step"].contains($0.keyword) }
    }
    return names.filter { name in
      // Unless a name that reaches beyond this one took its words, or a time or base: last month, of “last month sales”.
      !(used + times + bases).contains { ($0.start < name.start && name.start < $0.end) || ($0.start < name.end && name.end < $0.end) }
    }.map { name in
      let span = text.span(name.start, name.end)
      return UnknownWord(text: text.text(span), span: span)
    }
  }
}
