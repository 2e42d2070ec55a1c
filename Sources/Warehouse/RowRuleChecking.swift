import GRDB
import GRDBSQLite
import Intake
import Metrics
import Planning
import Questions
import SQLText
import SourceText
import Tables

/// Checks one row at a time against the rules of its table: columns that must agree, references that must lead somewhere.
///
/// The row stands in a `WITH` clause under the table's own name, so that the rule is computed just as it is over the whole table.
final class RowRuleChecking {
  private let table: Table
  private let rules: [TableRule]
  private let statement: Statement
  private let handle: OpaquePointer

  /// Nil for a table without hard rules that a row alone can break.
  /// - Throws: `DiagnosticsError` for a table that is referred to and has no rows yet; `DatabaseError`
  init?(_ table: Table, _ dictionary: MetricDictionary, _ db: GRDB.Database) throws {
    let rules = table.rules.rules.filter { !$0.isSoft && $0.isOfOneRow }
    if rules.isEmpty { return nil }
    for rule in rules {
      guard case .reference(_, let other, _) = rule.kind else { continue }
      if try Row.fetchOne(db, sql: "SELECT 1 FROM \(SQLiteDialect.name(other)) LIMIT 1") == nil {
        throw DiagnosticsError([
          Diagnostic(
            code: "nothing-to-refer-to", at: rule.place, found: "\(other) has no rows yet", expected: "its rows before those of \(table.name)",
            hint: "load them first or together, or write soft: \(rule.text)")
        ])
      }
    }
    (self.table, self.rules) = (table, rules)
    let query: SQLQuery
    do throws(Problem) { query = SQLWriter.statement(try RuleProbe.rows(rules, of: table, in: dictionary)) } catch {
      throw DiagnosticsError([Diagnostic(code: "bad-rule", at: table.place, found: "\(error)", expected: "rules over columns that rows reach")])
    }
    let names = table.columns.map { SQLiteDialect.name($0.physicalName) }.joined(separator: ", ")
    let places = table.columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
    statement = try db.makeStatement(sql: "WITH \(SQLiteDialect.name(table.name)) (\(names)) AS (SELECT \(places)) \(query.text)")
    handle = statement.sqliteStatement
    for (index, argument) in query.arguments.enumerated() { bind(argument, at: table.columns.count + index) }
  }

  private func bind(_ cell: Cell, at index: Int) {
    let place = Int32(index + 1)
    switch cell {
    case .null: sqlite3_bind_null(handle, place)
    case .integer(let value), .decimal(let value, _): sqlite3_bind_int64(handle, place, value)
    case .real(let value): sqlite3_bind_double(handle, place, value)
    case .boolean(let value): sqlite3_bind_int64(handle, place, value ? 1 : 0)
    case .text(let text): sqlite3_bind_text(handle, place, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
  }

  /// Binds a value whose bytes hold until the row is checked.
  func bind(_ value: RawValue, at index: Int) { RowInserting.bind(value, to: handle, at: index) }

  /// The first rule that the row just bound breaks.
  /// - Throws: `DatabaseError`
  func broken() throws -> TableRule? {
    let code = sqlite3_step(handle)
    defer { sqlite3_reset(handle) }
    guard code == SQLITE_ROW else { throw DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errstr(code))) }
    return rules.indices.first { index in
      let column = Int32(index)
      return sqlite3_column_type(handle, column) != SQLITE_NULL && sqlite3_column_int64(handle, column) == 0
    }.map { rules[$0] }
  }
}

extension TableRule {
  /// Whether one row alone tells, with what it refers to.
  var isOfOneRow: Bool {
    switch kind {
    case .reference: true
    case .agreement(_, let totals): totals.isEmpty
    case .unique, .distinctRows: false
    }
  }
}
