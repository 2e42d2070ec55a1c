import Answers
import Questions
import SourceText

/// Questions one after another, each able to follow the one before.
package struct Conversation {
  package let workspace: Workspace
  package var options: AskOptions
  /// What a follow-up follows: the last question that was understood.
  package private(set) var previous: Question?
  /// Readings of the last question, waiting for a number.
  package private(set) var choices: [Choice] = []
  private var history: [Question?] = []
  private var lastText = ""

  package init(_ workspace: Workspace, options: AskOptions) {
    self.workspace = workspace
    self.options = options
  }

  package mutating func ask(_ text: String) -> Answer {
    take(Pipeline(workspace, options: options).ask(text, after: previous), text: text)
  }

  package mutating func query(notation: String) -> Answer {
    take(Pipeline(workspace, options: options).query(notation), text: notation)
  }

  /// Answers the `number`-th of the readings last offered, counted from 1; nil if there is none.
  package mutating func choose(_ number: Int) -> Answer? {
    guard choices.indices.contains(number - 1) else { return nil }
    let chosen = choices[number - 1].question
    return take(Pipeline(workspace, options: options).answer(chosen, text: lastText), text: lastText)
  }

  /// Goes back to the question before the last one.
  package mutating func undo() { previous = history.popLast() ?? nil }

  /// Forgets the thread.
  package mutating func reset() {
    previous = nil
    choices = []
    history = []
  }

  private mutating func take(_ outcome: Pipeline.Outcome, text: String) -> Answer {
    lastText = text
    choices = []
    if case .ambiguous(let offered)? = outcome.answer.problem { choices = offered }
    if let question = outcome.question {
      history.append(previous)
      previous = question
    }
    return outcome.answer
  }
}
