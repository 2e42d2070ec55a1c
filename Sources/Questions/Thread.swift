import CivilTime

/// What a question comes after: the questions understood so far, and what the answers to them showed.
package struct Thread: Hashable, Sendable {
  /// A question that was answered, with the groups of each row shown, in the order of the rows.
  package struct Turn: Hashable, Sendable {
    package var question: Question
    /// nil if there was no table of groups, or one too long to be spoken of.
    package var rows: [[Member]]?

    package init(_ question: Question, rows: [[Member]]? = nil) {
      self.question = question
      self.rows = rows
    }
  }

  /// The group that a row stands for: 上海 of city, `2026-09` of month; nil for rows without a value.
  package struct Member: Hashable, Sendable {
    package var group: Grouping
    package var value: Value?

    package init(_ group: Grouping, _ value: Value?) {
      self.group = group
      self.value = value
    }
  }

  /// So many rows can be meant by "those".
  package static let longestTable = 100
  private static let longest = 100

  /// Oldest first; a follow-up follows the last.
  package private(set) var turns: [Turn] = []
  /// The last question was not understood: a follow-up has lost what it follows, and must not guess.
  package private(set) var isBroken = false

  package static let none = Thread()
  package static let broken = Thread.none.broken()
  package static func question(_ question: Question) -> Thread { Thread.none.adding(Turn(question)) }

  package init() {}

  /// What a follow-up follows; nil if there is nothing, or if it is lost.
  package var last: Turn? { isBroken ? nil : turns.last }

  /// The turn that "back to the one before" means: behind a question that was not understood, the last one that was.
  package var before: Turn? { isBroken ? turns.last : turns.dropLast().last }

  package func broken() -> Thread {
    var thread = self
    thread.isBroken = true
    return thread
  }

  /// The last question that was understood stands again, whatever was asked after it.
  package func mended() -> Thread {
    var thread = self
    thread.isBroken = false
    return thread
  }

  package func adding(_ turn: Turn) -> Thread {
    var thread = self
    thread.isBroken = false
    thread.turns.append(turn)
    if thread.turns.count > Self.longest { thread.turns.removeFirst() }
    return thread
  }

  /// As it was before the turn that `before` gives, so that it can be asked again.
  package func steppedBack() -> Thread {
    var thread = self
    thread.turns.removeLast(min(thread.turns.count, isBroken ? 1 : 2))
    thread.isBroken = false
    return thread
  }
}
