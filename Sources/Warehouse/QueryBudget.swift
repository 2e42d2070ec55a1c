import GRDB
import GRDBSQLite
import Questions
import SQLText

/// What one query may cost before it is stopped, with no number given.
///
///     database.limit(to: QueryBudget(seconds: 10, rows: 100_000, megabytes: 500))
package struct QueryBudget: Hashable, Sendable {
  /// Of the clock.
  package var seconds: Double
  /// Rows of an answer.
  package var rows: Int
  /// What SQLite may take for sorting and grouping, which it does in memory; for all queries of the program that run at once.
  package var megabytes: Int

  package init(seconds: Double = 600, rows: Int = 1_000_000, megabytes: Int = 4096) {
    (self.seconds, self.rows, self.megabytes) = (seconds, rows, megabytes)
  }

  /// Runs a query under the budget, and no longer than until somebody asks to stop.
  /// - Throws: `Problem.outOfBudget`, `Problem.interrupted`, and what the body throws
  func watching<Value>(_ db: GRDB.Database, _ interruption: Interruption, _ body: () throws -> Value) throws -> Value {
    if interruption.isAsked { throw Problem.interrupted }
    sqlite3_hard_heap_limit64(Int64(megabytes) << 20)
    let deadline = Deadline(seconds, interruption)
    // Some ten thousand steps of SQLite take less than a millisecond.
    sqlite3_progress_handler(
      db.sqliteConnection, 10_000, { Unmanaged<Deadline>.fromOpaque($0!).takeUnretainedValue().isOver() ? 1 : 0 },
      Unmanaged.passUnretained(deadline).toOpaque())
    defer {
      sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil)
      withExtendedLifetime(deadline) {}
    }
    do { return try body() } catch let error as DatabaseError {
      if error.resultCode == .SQLITE_INTERRUPT, deadline.wasOver { throw Problem.outOfBudget(.seconds(seconds)) }
      if error.resultCode == .SQLITE_NOMEM { throw Problem.outOfBudget(.megabytes(megabytes)) }
      throw error
    }
  }

  /// Says when the time is over; asked by SQLite on the thread that runs the query.
  private final class Deadline {
    private let end: ContinuousClock.Instant
    private let interruption: Interruption
    private(set) var wasOver = false

    init(_ seconds: Double, _ interruption: Interruption) {
      end = .now + .seconds(seconds)
      self.interruption = interruption
    }

    func isOver() -> Bool {
      if interruption.isAsked { return true }
      wasOver = ContinuousClock.now >= end
      return wasOver
    }
  }
}
