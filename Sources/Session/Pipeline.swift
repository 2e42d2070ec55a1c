import Answers
import CivilTime
import Governance
import Metrics
import Parsing
import Planning
import Questions
import SQLText
import SourceText
import Tables
import Warehouse

/// How a question is to be answered.
package struct AskOptions: Sendable {
  package var today: Day
  package var user: String?
  /// nil: by the words of the question.
  package var language: Language?
  /// What is spoken so far, for a word alone that could be of either: GMV.
  package var spoken: Language?
  package var isStrict: Bool
  package var explains: Bool
  /// What was chosen before where a question has several readings.
  package var preferences = Preferences()
  /// The day whose definitions answer where the question names none; nil = today.
  package var definitionsOn: Day?
  /// Whether cells are wanted as people read them; formats of rows alone write none.
  package var tellsTexts = true
  /// Whether other questions are being answered at the same time; if not, an answer may use a second core.
  package var isOneOfMany = false
  /// Whether steps may be read from what the warehouse keeps summed up; the rows of an answer are the same.
  package var usesRollups = true

  package init(
    today: Day, user: String? = nil, language: Language? = nil, isStrict: Bool = false, explains: Bool = false
  ) {
    self.today = today
    self.user = user
    self.language = language
    self.isStrict = isStrict
    self.explains = explains
  }
}

/// The arrows from text to answer, one line each. This is the first file to read.
///
/// `String → Reading → Question → admitted Question → Plan → SQLQuery → ResultTable → masked ResultTable → Answer`
package struct Pipeline: Sendable {
  package let workspace: Workspace
  package let options: AskOptions

  package init(_ workspace: Workspace, options: AskOptions) {
    self.workspace = workspace
    self.options = options
  }

  /// A question that was understood, with its answer; the question is what follow-ups follow.
  package struct Outcome: Sendable {
    package var answer: Answer
    package var question: Question?
    /// The groups of each row shown.
    package var rows: [[Thread.Member]]?
    /// The question went back to an earlier one of its conversation.
    package var goesBack = false
    /// What may be chosen by its number: readings of the question, or questions offered in its place.
    package var choices: [Choice] = []
    /// For each choice, the words that set it apart.
    package var senses: [Question: Set<WordSense>] = [:]
    /// How each stretch of the text was taken; empty for notation.
    package var words: [MarkedWord] = []
  }

  /// Answers a text, after `previous` if it follows one.
  package func ask(_ text: String, after previous: Thread = .none) -> Outcome {
    let reading = answerable(workspace.reader.read(text, context: context, after: previous, preferences: options.preferences))
    let builder = builder(for: text)
    do throws(Problem) {
      let question = try reading.outcome.get()
      var outcome = try answer(question, text: text, reading: reading, builder)
      outcome.answer.presentation = reading.presentation
      outcome.goesBack = reading.clauses.contains { $0.keyword == "back" }
      outcome.words = MarkedWord.words(of: reading, answer: outcome.answer)
      return outcome
    } catch {
      var answer = builder.problem(error, question: text, canonical: reading.question?.description ?? "", offers: reading.offers)
      if options.explains {
        let details = reading.details, words = answer.language.answerWords
        answer.explanation = [
          AnswerDetail(words.title(.words), Explaining.words(reading, details, in: answer.language)), AnswerDetail(words.title(.tree), details.tree),
        ]
      }
      let choices = if case .ambiguous(let choices) = error { choices } else { reading.offers }
      return Outcome(
        answer: answer, question: nil, choices: choices, senses: reading.senses,
        words: MarkedWord.words(of: reading, answer: answer))
    }
  }

  /// The reading, without guesses where none are wanted, and of several readings those that the data can answer.
  private func answerable(_ reading: Reading) -> Reading {
    guard case .failure(.ambiguous(let choices)) = reading.outcome else { return options.isStrict ? reading.strict : reading }
    let possible = choices.filter { $0.question.measures.isEmpty || (try? plan($0.question)) != nil }
    if possible.isEmpty || possible.count == choices.count { return reading }
    var settled = reading
    settled.outcome = possible.count == 1 ? .success(possible[0].question) : .failure(.ambiguous(possible))
    if possible.count == 1 { settled.notices.append(.chosen(word: "", name: "", by: .data)) }
    return settled
  }

  /// Answers written notation.
  package func query(_ notation: String, text: String? = nil) -> Outcome {
    let builder = builder(for: text ?? "")
    do throws(Problem) {
      let question = try Resolver(dictionary: workspace.dictionary, context: context).question(notation: notation)
      return try answer(question, text: text ?? notation, reading: nil, builder)
    } catch {
      return Outcome(answer: builder.problem(error, question: text ?? notation), question: nil)
    }
  }

  /// Answers what clauses ask after `previous`, as a follow-up in words does: `by month`, `drill down`.
  package func follow(_ clauses: [Clause], after previous: Thread, text: String) -> Outcome {
    let builder = builder(for: text)
    do throws(Problem) {
      let question = try FollowUp(Resolver(dictionary: workspace.dictionary, context: context)).question(clauses, after: previous)
      return try answer(question, text: text, reading: nil, builder)
    } catch {
      return Outcome(answer: builder.problem(error, question: text), question: nil)
    }
  }

  /// Answers a question already understood, such as a choice that was picked.
  package func answer(_ question: Question, text: String) -> Outcome {
    let builder = builder(for: text)
    do throws(Problem) {
      return try answer(question, text: text, reading: nil, builder)
    } catch {
      return Outcome(answer: builder.problem(error, question: text, canonical: question.description), question: question)
    }
  }

  // MARK: The arrows

  private func answer(
    _ question: Question, text: String, reading: Reading?, _ builder: AnswerBuilder
  ) throws(Problem) -> Outcome {
    let canonical = question.description
    let builder = builder.under(governing(question))
    let admitted = try admit(question)
    if let answer = try aside(admitted.question, text: text, canonical, builder) { return Outcome(answer: answer, question: question) }
    let plan = try plan(admitted.question)
    if options.usesRollups { workspace.rollupUse.note(plan, workspace.rollups) }
    let steps = Names(builder.dictionary, in: builder.language).stepWords
    let query = SQLWriter.query(plan, words: steps)
    let ((table, tie), rows) = try read(admitted.question, plan, query)
    let (result, hidden) = masked(table, plan, admitted)
    // How many rows there are is what a hidden answer must not tell either.
    let answer = builder.answer(
      question: text, plan: plan, result: result, hidden: hidden, sourceRows: hidden.isEmpty || hidden.count < result.rows.count ? rows : [:],
      notices: (reading?.notices ?? []) + nothingToDraw(reading, result) + admitted.notices + hiding(hidden, admitted) + (tie.map { [$0] } ?? [])
        + otherCounts(reading, admitted.question) + doubts(plan),
      sql: AnswerSQL(text: query.text, arguments: query.arguments), tellsTexts: options.tellsTexts)
    let outcome = Outcome(answer: answer, question: question, rows: members(plan, result))
    guard options.explains else { return outcome }
    var explained = outcome
    explained.answer = Explaining.explanation(reading, plan, steps, in: answer.language).filled(
      answer, plan: plan, dictionary: builder.dictionary, totals: totals(admitted.question))
    return explained
  }

  /// What is wrong with the data that the plan reads.
  private func doubts(_ plan: Plan) -> [Notice] {
    let faults = workspace.quality.faults(of: plan, on: options.today, workspace.coverage, in: workspace.dictionary.schema)
    return faults.isEmpty ? [] : [.quality(faults)]
  }

  /// A chart compares rows; one number alone is told so.
  private func nothingToDraw(_ reading: Reading?, _ result: ResultTable) -> [Notice] {
    reading?.presentation?.isDrawn == true && result.rows.count < 2 ? [.nothingToDraw] : []
  }

  /// The groups of each row, for follow-ups that speak of them; nil without groups, or where rows are too many.
  private func members(_ plan: Plan, _ result: ResultTable) -> [[Thread.Member]]? {
    let keys = plan.columns.compactMap { column -> (Grouping, Int)? in
      guard case .group(let grouping) = column.role, let place = result.index(of: column.name) else { return nil }
      return (grouping, place)
    }
    guard !keys.isEmpty, result.rows.count <= Thread.longestTable else { return nil }
    return result.rows.map { row in
      keys.map { Thread.Member($0.0, row[$0.1].isNull ? nil : value(row[$0.1], of: $0.0)) }
    }
  }

  /// A key as a condition names it.
  private func value(_ cell: Cell, of grouping: Grouping) -> Value {
    if grouping.isTime { return .text(cell.plainText) }
    guard let number = cell.number else { return .text(cell.plainText) }
    guard case .dimension(let name) = grouping, let dimension = workspace.dictionary.dimension(name) else { return .number(number) }
    return dimension.kind == .category && !dimension.type.isNumeric && dimension.type != .boolean ? .text(cell.plainText) : .number(number)
  }

  /// The measures over all groups together, by a query of their own, to be set against the sum of the groups; none where
  /// the answer leaves groups out.
  private func totals(_ question: Question) -> [String: Cell] {
    guard !question.groups.isEmpty, question.ranking == nil, question.thresholds.isEmpty, question.placement == nil,
      question.streak == nil
    else { return [:] }
    var whole = Question(subject: question.subject, conditions: question.conditions, period: question.period)
    whole.asOf = question.asOf
    guard let plan = try? plan(whole), let result = try? workspace.database.run(SQLWriter.query(plan)),
      let row = result.rows.first
    else { return [:] }
    let cells = plan.columns.compactMap { column in
      result.index(of: column.name).map { (column.name, row[$0]) }
    }
    return Dictionary(cells, uniquingKeysWith: { a, _ in a })
  }

  /// Definitions and lists are answered by the dictionary, and by the values the warehouse knows.
  private func aside(
    _ question: Question, text: String, _ canonical: String, _ builder: AnswerBuilder
  ) throws(Problem) -> Answer? {
    if case .measures = question.subject { return nil }
    if case .list(.values) = question.subject, !question.conditions.isEmpty || question.isCounted || question.showsEnds || !question.groups.isEmpty { return nil }
    if case .list(.values(let name)) = question.subject, workspace.dictionary.dimension(name) == nil { return nil }
    var members: [String] = []
    if case .list(.values(let dimension)) = question.subject { members = try workspace.database.values(of: dimension) }
    let visible = try workspace.admission.visibleMetrics(user: options.user) + workspace.admission.visibleDimensions(user: options.user)
    return builder.definition(question: text, question, members: members, visible: Set(visible))
  }

  /// The definitions that a question is answered by: those in force today, or on the day that it names.
  func governing(_ question: Question) -> MetricDictionary {
    workspace.dictionary.inForce(on: question.asOf ?? options.definitionsOn ?? options.today)
  }

  func admit(_ question: Question) throws(Problem) -> Admission.Admitted {
    try workspace.admission.admit(question, user: options.user)
  }

  func plan(_ question: Question) throws(Problem) -> Plan { try plan(question, governing(question), reaching: question) }

  /// - Parameter reached: the question whose numbers decide how wide ranges are.
  func plan(_ question: Question, _ dictionary: MetricDictionary, reaching reached: Question) throws(Problem) -> Plan {
    let rollups = options.usesRollups ? workspace.rollups : nil
    let planner = Planner(dictionary: dictionary, coverage: workspace.coverage, rollups: rollups)
    let ranges = try ranges(reached, planner)
    if ranges.isEmpty { return try planner.plan(question, context: context) }
    return try Planner(dictionary: dictionary, coverage: workspace.coverage, ranges: ranges, rollups: rollups).plan(question, context: context)
  }

  /// How far the numbers reach that a question cuts into ranges.
  private func ranges(_ question: Question, _ planner: Planner) throws(Problem) -> [String: ClosedRange<Double>] {
    var ranges: [String: ClosedRange<Double>] = [:]
    for case .bucket(let name, _) in question.groups where ranges[name] == nil {
      let step = try planner.extent(of: name, in: question, context: context)
      let ends = try workspace.database.run(SQLWriter.statement(step)).rows.first ?? []
      if ends.count == 2, let low = ends[0].number, let high = ends[1].number, low <= high { ranges[name] = low...high }
    }
    return ranges
  }

  // MARK: Surroundings

  package var context: TimeContext {
    TimeContext(
      today: options.today, calendar: workspace.dictionary.calendar, lastLoadedDay: workspace.lastLoadedDay)
  }

  package func builder(for text: String) -> AnswerBuilder {
    AnswerBuilder(
      dictionary: workspace.dictionary, language: options.language ?? LanguageGuess.language(of: text, spoken: options.spoken, else: workspace.dictionary.language),
      today: options.today, user: options.user ?? "", dataVersion: workspace.database.dataVersion,
      dataAsOf: workspace.lastLoadedDay)
  }
}

/// The language an answer is given in, counted from the question's letters.
package enum LanguageGuess {
  /// Chinese as soon as there is one Han character: names such as GMV are typed in Latin in Chinese questions.
  ///
  /// - Parameter spoken: the language of the questions before, which a word alone does not change.
  package static func language(of text: String, spoken: Language? = nil, else standard: Language) -> Language {
    if text.unicodeScalars.contains(where: { (0x3400...0x9FFF).contains($0.value) }) { return .chinese }
    if let spoken, !text.contains(where: \.isWhitespace) { return spoken }
    return text.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) ? .english : standard
  }
}
