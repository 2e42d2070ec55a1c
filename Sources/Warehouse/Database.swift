import CivilTime
import Dispatch
import GRDB
import Metrics
import Planning
import Questions
import SQLText
import SourceText
import Synchronization
import Tables

/// A warehouse that is open for reading.
///
///     let table = try database.run(SQLWriter.query(plan))
package final class Database: Sendable {
  /// Short hex that changes whenever the data does.
  package let dataVersion: String
  /// What went otherwise than configured when it was opened: a cache folder that could not be written.
  package let notes: [Diagnostic]

  private let connection: Mutex<WarehouseReader>
  private var reader: WarehouseReader { connection.withLock { $0 } }
  private var queue: DatabaseQueue { reader.queue }
  /// For what is counted beside an answer.
  private let aside: SecondConnection
  /// Where `_wenshu_values` and `_wenshu_coverage` are; the warehouse itself unless that is a file of somebody else's.
  private let facts: DatabaseQueue

  init(queue: DatabaseQueue, facts: DatabaseQueue? = nil, dataVersion: String, notes: [Diagnostic] = []) {
    connection = Mutex(WarehouseReader(queue))
    aside = SecondConnection(to: queue.path)
    self.facts = facts ?? queue
    self.dataVersion = dataVersion
    self.notes = notes
  }

  /// The rows of a query, typed as its columns say. What was read before, of data that has not changed since, is not read again.
  ///
  /// - Throws: `Problem.overflow`, `.interrupted`, `.outOfBudget`, `.warehouse`
  package func run(_ query: SQLQuery) throws(Problem) -> ResultTable {
    let (reader, budget, interruption) = (reader, budget.withLock { $0 }, interruption)
    guard stopsAtOnce.withLock({ $0 }) else { return try Database.guarded { try reader.rows(query, budget, interruption) } }
    return try leavable.run {
      Result { () throws(Problem) in try Database.guarded { try reader.rows(query, budget, interruption) } }
    }
  }

  /// The same beside a query that is running, from another thread: on a connection of its own, if one can be had.
  /// - Throws: as `run`
  package func runAside(_ query: SQLQuery) throws(Problem) -> ResultTable {
    guard let reader = aside.reader else { return try run(query) }
    let budget = budget.withLock { $0 }
    return try Database.guarded { try reader.rows(query, budget, self.interruption) }
  }

  private let budget = Mutex(QueryBudget())

  /// Sets what each query from now on may cost.
  package func limit(to budget: QueryBudget) { self.budget.withLock { $0 = budget } }

  /// A number that changes when somebody writes to the warehouse; to be compared with what this same object said before.
  /// - Throws: `Problem.warehouse`
  package func changes() throws(Problem) -> Int { try Database.guarded { try self.reader.changes() } }

  private let interruption = Interruption()
  private let leavable = LeavableQueries()
  private let stopsAtOnce = Mutex(false)

  /// Asks that `interrupt` is heard at once, as a person at a prompt expects it: what does not stop by itself is left to end
  /// on its own connection, and the next query has another.
  package func stopAtOnce() { stopsAtOnce.withLock { $0 = true } }

  /// Stops the query that is running, from any thread; it and those after it end with `Problem.interrupted`, until `resume`.
  package func interrupt() {
    interruption.ask()
    reader.queue.interrupt()
    aside.interrupt()
    guard leavable.isBusy else { return }
    _ = DispatchSemaphore(value: 0).wait(timeout: .now() + Self.patience)
    guard leavable.isBusy, let other = SecondConnection(to: path).reader else { return }
    connection.withLock { $0 = other }
    leavable.leave()
  }

  /// Most queries stop by themselves within it.
  private static let patience = DispatchTimeInterval.milliseconds(15)

  /// Queries run again.
  package func resume() { interruption.takeBack() }
  package var isInterrupted: Bool { interruption.isAsked }

  /// The values of a dimension, those with most rows first; none for a dimension that is not a category.
  /// - Throws: `Problem.warehouse`
  package func values(of dimension: String) throws(Problem) -> [String] {
    try Database.guarded {
      try self.facts.read {
        try String.fetchAll(
          $0, sql: "SELECT value FROM _wenshu_values WHERE dimension = ? ORDER BY row_count DESC, value",
          arguments: [dimension])
      }
    }
  }

  /// The values of all category dimensions at once.
  /// - Throws: `Problem.warehouse`
  package func allValues() throws(Problem) -> [String: [String]] {
    try Database.guarded {
      try self.facts.read { db in
        var values: [String: [String]] = [:]
        let rows = try Row.fetchCursor(
          db, sql: "SELECT dimension, value FROM _wenshu_values ORDER BY dimension, row_count DESC, value")
        while let row = try rows.next() { values[row[0], default: []].append(row[1]) }
        return values
      }
    }
  }

  /// Which days each table covers.
  /// - Throws: `Problem.warehouse`
  package func coverage() throws(Problem) -> DataCoverage {
    try Database.guarded {
      try self.facts.read { db in
        var coverage = DataCoverage()
        let rows = try Row.fetchCursor(
          db, sql: "SELECT table_name, time_column, first_time, last_time, row_count, longest_quiet FROM _wenshu_coverage")
        while let row = try rows.next() {
          let (table, time): (String, String) = (row[0], row[1])
          let (first, last): (String?, String?) = (row[2], row[3])
          let extent = DataCoverage.Extent(
            first: first.flatMap { Day(iso: $0) }, last: last.flatMap { Day(iso: $0) }, rows: row[4], longestQuiet: row[5])
          if time.isEmpty {
            coverage.tables[table] = extent
          } else {
            coverage.others[TimedTable(table: table, time: ColumnPath(time))] = extent
          }
        }
        return coverage
      }
    }
  }

  /// Which rules the data keeps to, as measured when the warehouse was built or last changed.
  /// - Throws: `Problem.warehouse`
  package func quality() throws(Problem) -> DataQuality {
    try Database.guarded { try self.facts.read { try QualityFacts.read($0) } }
  }

  /// What is kept summed up beside the tables, as far as a dictionary says the same as when it was made.
  /// - Throws: `Problem.warehouse`
  package func rollups(_ dictionary: MetricDictionary) throws(Problem) -> RollupCatalog { try rollups { RollupDefinitions(dictionary) } }

  /// The same where what the dictionary says of them may be known already.
  /// - Throws: `Problem.warehouse`
  package func rollups(_ definitions: () -> RollupDefinitions) throws(Problem) -> RollupCatalog {
    try Database.guarded { try self.reader.queue.unsafeRead { try RollupStore(db: $0).catalog(definitions) } }
  }

  /// The warehouse file.
  var path: String { queue.path }

  /// Copies the warehouse, as it stands.
  func backup(to other: DatabaseQueue) throws { try queue.backup(to: other) }

  /// Reads the warehouse itself.
  func reading<Value>(_ body: (GRDB.Database) throws -> Value) throws -> Value { try queue.read(body) }

  /// What is known of each rollup, and of each table that metrics read.
  /// - Throws: `Problem.warehouse`
  package func rollupFacts(_ dictionary: MetricDictionary) throws(Problem) -> [RollupFacts] {
    try Database.guarded { try self.queue.read { try RollupFacts.all(dictionary, $0) } }
  }

  static func guarded<T>(_ body: () throws -> T) throws(Problem) -> T {
    do { return try body() } catch { throw Database.problem(error) }
  }

  static func problem(_ error: any Error) -> Problem {
    if let problem = error as? Problem { return problem }
    guard let error = error as? DatabaseError else { return .warehouse(String(describing: error)) }
    let message = error.message ?? String(describing: error.resultCode)
    if error.resultCode == .SQLITE_INTERRUPT { return .interrupted }
    if message.contains("integer overflow") { return .overflow }
    return .warehouse(message)
  }
}
