import CivilTime

/// What is wrong with data that an answer rests on, as data; `Answers` puts it into words.
package enum QualityFault: Hashable, Sendable {
  /// So many rows of a table were set aside when it was loaded, of all that were read; why, most frequent first.
  case setAside(table: String, rows: Int, of: Int, reasons: [SetAsideReason])
  /// So many of the rows looked at break a rule, which stands as it is written.
  case broken(table: String, rule: String, rows: Int, of: Int)
  /// The newest row is older than the table may be, in days.
  case late(table: String, last: Day, allowed: Int, days: Int)
  /// The newest unit of time has not about as many rows as usual.
  case unusual(table: String, unit: String, rows: Int, usual: Int)

  package var table: String {
    switch self {
    case .setAside(let table, _, _, _), .broken(let table, _, _, _), .late(let table, _, _, _), .unusual(let table, _, _, _): table
    }
  }
}

/// Why rows were set aside, and how many.
package struct SetAsideReason: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A value that must be there and is not.
    case empty
    /// A value that is none of its column's type.
    case type
    /// A value outside what the column's rules allow.
    case value
    /// A key, or a whole row, that is there already.
    case repeated
    /// What it refers to is not there.
    case reference
    /// Columns that do not agree; `column` is the rule.
    case rule
    /// A line that cannot be read as a row.
    case unreadable
  }
  package var kind: Kind
  /// As in the dictionary; empty if it is no matter of one column.
  package var column: String
  package var rows: Int

  package init(_ kind: Kind, column: String = "", rows: Int) { (self.kind, self.column, self.rows) = (kind, column, rows) }
}
