import Answers
import Parsing
import Questions
import SourceText

/// Questions one after another, each able to follow the one before.
package struct Conversation {
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
  private var history: [Thread] = []
  private var lastText = ""

  /// The last question, if it was understood.
  package var previous: Question? { thread.last?.question }

  package init(_ workspace: Workspace, options: AskOptions) {
    self.workspace = workspace
    self.options = options
  }

  package mutating func ask(_ text: String) -> Answer {
    take(Pipeline(workspace, options: options).ask(text, after: thread), text: text)
  }

  package mutating func query(notation: String) -> Answer {
    take(Pipeline(workspace, options: options).query(notation), text: notation)
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
    (moved.thread, moved.history, moved.lastText) = (thread, history, lastText)
    return moved
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
