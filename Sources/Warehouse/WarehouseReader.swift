import GRDB
import SQLText
import Tables

/// One connection that reads a warehouse, with the statements it compiled and the small results it read.
///
/// What a batch or a conversation asks again is computed once. The key is the statement with its bound values: what a user may not see
/// is a condition of the statement or is taken out of its rows later, so nobody is given rows that were read for somebody with other
/// rights. Results of data that has changed since are not kept; SQLite counts changes for each connection by itself.
final class WarehouseReader: @unchecked Sendable {
  /// In cells; a larger result costs more to keep than a batch has to gain.
  private static let largestKept = 4096
  /// In results: between so many and twice as many of the last ones used are kept.
  private static let mostResults = 256
  /// A compiled statement of many steps takes some 50 KB.
  private static let mostStatements = 64

  let queue: DatabaseQueue
  // Touched within the queue alone, which does one thing at a time.
  private var statements: [String: Statement] = [:]
  private var newer: [SQLQuery: ResultTable] = [:]
  private var older: [SQLQuery: ResultTable] = [:]
  private var version = 0

  init(_ queue: DatabaseQueue) { self.queue = queue }

  /// The rows of a query. One statement sees one state of the data by itself: it needs no transaction around it.
  /// - Throws: `Problem.overflow`, `Problem.outOfBudget`, `Problem.interrupted`, `DatabaseError`
  func rows(_ query: SQLQuery, _ budget: QueryBudget, _ interruption: Interruption) throws -> ResultTable {
    try queue.unsafeRead { db in
      try forgetChanged(db)
      if let known = kept(query), known.rows.count <= budget.rows { return known }
      let table = try budget.watching(db, interruption) { try RowReading.table(query, budget.rows, statement(query.text, db)) }
      if table.rows.count * max(1, table.columns.count) <= Self.largestKept { keep(table, query) }
      return table
    }
  }

  /// A number that changes when somebody writes to the file.
  /// - Throws: `DatabaseError`
  func changes() throws -> Int {
    try queue.unsafeRead { db in
      try forgetChanged(db)
      return version
    }
  }

  private func forgetChanged(_ db: GRDB.Database) throws {
    let now = try Int.fetchOne(statement("PRAGMA data_version", db)) ?? 0
    if now != version { (newer, older, version) = ([:], [:], now) }
  }

  private func statement(_ sql: String, _ db: GRDB.Database) throws -> Statement {
    if let known = statements[sql] { return known }
    let statement = try db.makeStatement(sql: sql)
    if statements.count >= Self.mostStatements { statements = [:] }
    statements[sql] = statement
    return statement
  }

  private func kept(_ query: SQLQuery) -> ResultTable? {
    if let found = newer[query] { return found }
    guard let found = older[query] else { return nil }
    keep(found, query)
    return found
  }

  private func keep(_ table: ResultTable, _ query: SQLQuery) {
    if newer.count >= Self.mostResults { (older, newer) = (newer, [:]) }
    newer[query] = table
  }
}
