import GRDB
import GRDBSQLite
import Planning
import Questions
import SQLText
import Tables

/// Runs a statement and reads its rows as typed cells.
enum RowReading {
  /// - Throws: `Problem.overflow`, `Problem.outOfBudget`, `DatabaseError`
  static func table(_ query: SQLQuery, _ rowLimit: Int, _ statement: Statement) throws -> ResultTable {
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(query.arguments.map(\.databaseValue)))
    let types = query.columns.isEmpty ? Array(repeating: nil, count: statement.columnCount) : query.columns.map { Optional($0.type) }
    var table = ResultTable(columns: query.columns.isEmpty ? statement.columnNames : query.columns.map(\.name), rows: [])
    // The cursor steps and tells errors; cells are taken from the statement it stands on, since a row object costs more than its values.
    while try rows.next() != nil {
      if table.rows.count >= rowLimit { throw Problem.outOfBudget(.rows(rowLimit)) }
      table.rows.append(
        try [Cell](unsafeUninitializedCapacity: types.count) { cells, count in
          for type in types {
            cells.initializeElement(at: count, to: try cell(statement.sqliteStatement, Int32(count), type))
            count += 1
          }
        })
    }
    return table
  }

  private static func cell(_ row: SQLiteStatement, _ column: Int32, _ type: PlanType?) throws(Problem) -> Cell {
    switch sqlite3_column_type(row, column) {
    case SQLITE_INTEGER:
      let number = sqlite3_column_int64(row, column)
      switch type {
      case .real?: return .real(Double(number))
      case .number(let scale)? where scale > 0: return .decimal(units: number, scale: scale)
      default: return .integer(number)
      }
    case SQLITE_TEXT: return .text(sqlite3_column_text(row, column).map { String(cString: $0) } ?? "")
    case SQLITE_FLOAT:
      let number = sqlite3_column_double(row, column)
      guard let scale = type?.scale else { return .real(number) }
      // SQLite turns a product that leaves 64 bits into a real without a word, and a sum over one with it: what comes back as a
      // real beyond the integers that doubles hold exactly is no exact number any more.
      if abs(number) > 9_007_199_254_740_992 { throw .overflow }
      return .real(number / Cell.power(scale))
    case SQLITE_BLOB: return .text("")
    default: return .null
    }
  }
}

extension Cell {
  /// As it is bound; decimals as their units.
  var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let value): value.databaseValue
    case .decimal(let units, _): units.databaseValue
    case .real(let value): value.databaseValue
    case .text(let text): text.databaseValue
    case .boolean(let value): (value ? 1 : 0).databaseValue
    }
  }
}
