import Answers
import Parsing
import Questions
import SourceText

/// Questions one after another, each able to follow the one before.
package struct Conversation: Sendable {
  package let workspace: Workspace
  package var options: AskOptions
  /// What a follow-up follows.
  package private(set) var thread = Thread.none
  /// Readings of the last question, waiting for a number.
  package private(set) var choices: [Choice] = []
  /// For each of them, the words that set it apart from the others.
  private var senses: [Question: Set<WordSense>] = [:]
  /// The word that was last given a meaning by a choice, to be kept in the dictionary.
  package private(set) var picked: WordSense?
  /// How the words of the last question were taken.
  package private(set) var words: [MarkedWord] = []
  /// The language of the last answer, for what goes on from it without words of its own.
  package private(set) var language: Language?
  private var history: [Thread] = []
  private var lastText = ""

  /// The last question, if it was understood.
  package var previous: Question? { thread.last?.question }

  package init(_ workspace: Workspace, options: AskOptions) {
    self.workspace = workspace
    self.options = options
  }

  package mutating func ask(_ text: String) -> Answer {
    var asking = options
    asking.spoken = language ?? options.spoken
    return take(Pipeline(workspace, options: asking).ask(text, after: thread), text: text)
  }

  package mutating func query(notation: String) -> Answer {
    take(Pipeline(workspace, options: options).query(notation), text: notation)
  }

  /// Goes on from the last question as a follow-up in words does, by clauses: `by month`, `drill down`.
  ///
  /// What cannot be answered leaves the conversation where it was.
  package mutating func follow(_ clauses: [Clause], saying text: String) -> Answer {
    var asking = options
    asking.language = options.language ?? language
    let outcome = Pipeline(workspace, options: asking).follow(clauses, after: thread, text: text)
    return outcome.question == nil ? outcome.answer : take(outcome, text: text)
  }

  /// Likewise from a question that was not asked itself, as one row of the last is.
  package mutating func follow(_ clauses: [Clause], from question: Question, saying text: String) -> Answer {
    var asking = options
    asking.language = options.language ?? language
    let outcome = Pipeline(workspace, options: asking).follow(clauses, after: .question(question), text: text)
    return outcome.question == nil ? outcome.answer : take(outcome, text: text)
  }

  /// Answers the `number`-th of the readings last offered, counted from 1; nil if there is none.
  package mutating func choose(_ number: Int) -> Answer? {
    guard choices.indices.contains(number - 1) else { return nil }
    let chosen = choices[number - 1].question
    remember(chosen)
    return take(Pipeline(workspace, options: options).answer(chosen, text: lastText), text: lastText)
  }

  /// A choice holds for the rest of the conversation: for its words, or, where it lies in none, for the same text.
  private mutating func remember(_ chosen: Question) {
    let senses = senses[chosen] ?? []
    for sense in senses.sorted(by: { ($0.word, $0.target) < ($1.word, $1.target) }) {
      options.preferences.senses.removeAll { $0.word == sense.word }
      options.preferences.senses.append(sense)
    }
    picked = senses.count == 1 ? senses.first : nil
    if senses.isEmpty { options.preferences.readings[WordSense.comparable(lastText)] = chosen }
  }

  /// The same conversation about a dataset that was opened anew.
  package func moved(to workspace: Workspace) -> Conversation {
    var moved = Conversation(workspace, options: options)
    (moved.thread, moved.history, moved.lastText, moved.language) = (thread, history, lastText, language)
    return moved
  }

  /// Whether the last question was not understood, so that follow-ups in words have nothing to follow.
  package var isBroken: Bool { thread.isBroken }

  /// Takes up the last question that was understood, where the one after it was not; for commands, which name what they act on.
  package mutating func resume() {
    thread = thread.mended()
    choices = []
  }

  /// Goes back to the question before the last one.
  package mutating func undo() { thread = history.popLast() ?? .none }

  /// Forgets the thread.
  package mutating func reset() {
    thread = .none
    choices = []
    history = []
    picked = nil
    options.preferences = Preferences()
  }

  private mutating func take(_ outcome: Pipeline.Outcome, text: String) -> Answer {
    lastText = text
    choices = outcome.choices
    senses = outcome.senses
    words = outcome.words
    language = outcome.answer.language
    history.append(thread)
    // A definition asked in between does not lose what the conversation is about.
    if let question = outcome.question, question.measures.isEmpty, thread.last != nil { return outcome.answer }
    guard let question = outcome.question else {
      thread = thread.broken()
      return outcome.answer
    }
    if outcome.goesBack { thread = thread.steppedBack() }
    thread = thread.adding(Thread.Turn(question, rows: outcome.rows))
    return outcome.answer
  }
}

/// What stands around the last answer, without being part of the conversation.
extension Conversation {
  /// What may be asked next.
  package func next(limit: Int = 3) -> [NextQuestions.Next] {
    NextQuestions(workspace, options: options, language: options.language ?? language ?? workspace.dictionary.language)
      .after(thread, limit: limit)
  }

  /// Questions whose answers say how the last number came about.
  package func parts() -> [Question] { Parts(workspace, options: options).questions(behind: thread) }

  /// The last question kept to one row of its answer, counted from 1.
  ///
  /// - Parameter group: which of its groupings is left open, counted from 0, where a table shows all its members in a row.
  /// - Throws: `Problem.noContext` if there is no such row.
  package func row(_ number: Int, withoutGroup group: Int? = nil) throws(Problem) -> Question {
    guard let last = thread.last, let rows = last.rows, let group else { return try picked(number, after: thread) }
    let kept = rows.map { row in row.enumerated().filter { $0.offset != group }.map(\.element) }
    return try picked(number, after: Thread.none.adding(Thread.Turn(last.question, rows: kept)))
  }

  private func picked(_ number: Int, after thread: Thread) throws(Problem) -> Question {
    let pipeline = Pipeline(workspace, options: options)
    return try FollowUp(Resolver(dictionary: workspace.dictionary, context: pipeline.context))
      .question([Clause("pick", [[.number(Double(number))]])], after: thread)
  }

  /// Answers a question beside the conversation, which stays where it was.
  package func aside(_ question: Question) -> Answer {
    var asking = options
    asking.language = options.language ?? language
    return Pipeline(workspace, options: asking).answer(question, text: question.description).answer
  }

  /// The source rows behind a question, a list for each table.
  /// - Throws: `Problem`
  package func sourceRows(behind question: Question, limit: Int) throws(Problem) -> [SourceRows] {
    try Pipeline(workspace, options: options)
      .sourceRows(behind: question, limit: limit, language: options.language ?? language ?? workspace.dictionary.language)
  }

  /// A problem in words, in the language of the conversation.
  package func told(_ problem: Problem) -> Answer {
    var asking = options
    asking.language = options.language ?? language
    return Pipeline(workspace, options: asking).builder(for: "").problem(problem, question: "")
  }

  /// What a stretch of words means as one kind of phrase, in the notation; nil if it is none.
  package func meaning(_ text: String, as category: String?) -> String? {
    workspace.reader.phrases(covering: text, category: category).first?.meaning
  }
}
