import Answers
import CivilTime
import Session
import Synchronization

/// What one core answered of a batch, so that a question that stands in it again is answered once.
///
/// Questions are the same if their words, those asked before them, the day and the user are; dataset and dictionary are the batch's
/// own. Answers with many rows are not kept, nor any once somebody has written to the warehouse.
final class KeptAnswers: Sendable {
  private struct Key: Hashable {
    var turns: [String]
    var notation: String?
    var today: Day?
    var user: String?
  }

  private struct Kept {
    var answer: Answer
    /// What further questions go on from.
    var conversation: Conversation
  }

  private struct State {
    var newer: [Key: Kept] = [:]
    var older: [Key: Kept] = [:]
    /// Of the warehouse, when they were answered.
    var changes: Int?
  }

  /// In rows.
  private static let longest = 100
  /// In answers: between so many and twice as many of the last ones used are kept, some 20 KB each.
  private static let most = 256

  private let workspace: Workspace
  private let state = Mutex(State())

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// The answer of a question that opens a conversation, and the conversation after it: kept, or as `ask` makes them.
  func answer(_ item: BatchItem, _ ask: () -> (Answer, Conversation)) -> (Answer, Conversation) {
    guard let changes = workspace.dataChanges else { return ask() }
    let key = Key(turns: item.turns, notation: item.notation, today: item.today, user: item.user)
    if let kept = kept(key, changes) { return (kept.answer, kept.conversation) }
    let (answer, conversation) = ask()
    if answer.rows.count <= Self.longest, answer.status != .failed { keep(Kept(answer: answer, conversation: conversation), key) }
    return (answer, conversation)
  }

  private func kept(_ key: Key, _ changes: Int) -> Kept? {
    state.withLock { state in
      if state.changes != changes { state = State(changes: changes) }
      if let found = state.newer[key] { return found }
      guard let found = state.older[key] else { return nil }
      Self.put(found, key, &state)
      return found
    }
  }

  private func keep(_ kept: Kept, _ key: Key) { state.withLock { Self.put(kept, key, &$0) } }

  private static func put(_ kept: Kept, _ key: Key, _ state: inout State) {
    if state.newer.count >= most { (state.older, state.newer) = (state.newer, [:]) }
    state.newer[key] = kept
  }
}
