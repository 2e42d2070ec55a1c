import GRDB
import Metrics
import Planning

/// What is kept of one table: its rollups, how long making them took, or why there are none.
package struct RollupFacts: Sendable {
  package struct Kept: Sendable {
    package var name: String
    package var rows: Int
    package var bytes: Int
  }
  package enum State: String, Sendable {
    case current
    /// Made by another dictionary: not read until they are made anew.
    case stale
    /// Too few rows, or not asked for.
    case none
    /// Rows that cannot be summed up exactly.
    case doubtful
  }
  package var table: String
  package var time: String
  package var state: State
  package var doubt: String
  /// Rows of the table when they were made.
  package var rows: Int
  package var seconds: Double
  package var kept: [Kept]

  static func all(_ dictionary: MetricDictionary, _ db: GRDB.Database) throws -> [RollupFacts] {
    let store = RollupStore(db: db)
    return try RollupBase.all(of: dictionary).map { base in
      guard let known = try store.known(base) else {
        return RollupFacts(table: base.table, time: base.time.description, state: .none, doubt: "", rows: 0, seconds: 0, kept: [])
      }
      let isCurrent = known.definition == RollupStore.definition(base, dictionary)
      let kept = isCurrent ? try store.rollups(base).map { Kept(name: $0.name, rows: $0.rows, bytes: $0.bytes) } : []
      let state: State = !isCurrent ? .stale : !known.doubt.isEmpty ? .doubtful : kept.isEmpty ? .none : .current
      return RollupFacts(
        table: base.table, time: base.time.description, state: state, doubt: known.doubt, rows: known.rows, seconds: known.seconds, kept: kept)
    }
  }
}
