import GRDB
import Planning
import Questions
import SQLText
import Tables

/// Runs a statement and reads its rows as typed cells.
enum RowReading {
  /// - Throws: `Problem.overflow`, `Problem.outOfBudget`, `DatabaseError`
  static func table(_ query: SQLQuery, _ rowLimit: Int, _ db: GRDB.Database) throws -> ResultTable {
    let statement = try db.makeStatement(sql: query.text)
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(query.arguments.map(\.databaseValue)))
    let types = query.columns.isEmpty ? Array(repeating: nil, count: statement.columnCount) : query.columns.map { Optional($0.type) }
    var table = ResultTable(columns: query.columns.isEmpty ? statement.columnNames : query.columns.map(\.name), rows: [])
    while let row = try rows.next() {
      if table.rows.count >= rowLimit { throw Problem.outOfBudget(.rows(rowLimit)) }
      var cells: [Cell] = []
      cells.reserveCapacity(types.count)
      for (index, type) in types.enumerated() { cells.append(try cell(row[index] as DatabaseValue, type)) }
      table.rows.append(cells)
    }
    return table
  }

  private static func cell(_ value: DatabaseValue, _ type: PlanType?) throws(Problem) -> Cell {
    switch value.storage {
    case .null: return .null
    case .string(let text): return .text(text)
    case .blob: return .text("")
    case .int64(let number):
      switch type {
      case .real?: return .real(Double(number))
      case .number(let scale)? where scale > 0: return .decimal(units: number, scale: scale)
      default: return .integer(number)
      }
    case .double(let number):
      guard let scale = type?.scale else { return .real(number) }
      // SQLite turns a product that leaves 64 bits into a real without a word, and a sum over one with it: what comes back as a
      // real beyond the integers that doubles hold exactly is no exact number any more.
      if abs(number) > 9_007_199_254_740_992 { throw .overflow }
      return .real(number / Cell.power(scale))
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
