import Dispatch
import Questions
import Synchronization
import Tables

/// Queries on threads of their own, so that one which does not stop at once can be left: SQLite looks for an interrupt
/// between its steps, and sorting a million rows in memory is one step.
final class LeavableQueries: Sendable {
  private final class Running: Sendable {
    let isDone = DispatchSemaphore(value: 0)
    private let result = Mutex<Result<ResultTable, Problem>?>(nil)

    /// What comes first holds.
    func finish(_ found: Result<ResultTable, Problem>) {
      result.withLock { if $0 == nil { $0 = found } }
      isDone.signal()
    }

    var found: Result<ResultTable, Problem>? { result.withLock { $0 } }
  }

  private let running = Mutex<[Running]>([])

  func run(_ query: @escaping @Sendable () -> Result<ResultTable, Problem>) throws(Problem) -> ResultTable {
    let mine = Running()
    running.withLock { $0.append(mine) }
    defer { running.withLock { $0.removeAll { $0 === mine } } }
    DispatchQueue.global(qos: .userInitiated).async { mine.finish(query()) }
    mine.isDone.wait()
    return try (mine.found ?? .failure(.interrupted)).get()
  }

  /// Whether a query is still running.
  var isBusy: Bool { running.withLock { $0.contains { $0.found == nil } } }

  /// Those that are running end as interrupted; what they do goes on to its end unseen.
  func leave() {
    for query in running.withLock({ $0 }) { query.finish(.failure(.interrupted)) }
  }
}
