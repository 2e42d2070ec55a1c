import Intake
import Metrics

/// A table found in a file and the table of the dataset it goes to.
package struct LoadInput {
  package var input: InputTable
  /// As the person named it.
  package var path: String
  /// In bytes.
  package var size: Int
  /// Of the file's content and, for a sheet, its name.
  package var hash: String
  package var target: Metrics.Table

  package init(input: InputTable, path: String, size: Int, hash: String, target: Metrics.Table) {
    (self.input, self.path, self.size, self.hash, self.target) = (input, path, size, hash, target)
  }
}

/// What becomes of the rows that are there already.
package enum LoadMode: String, Hashable, Sendable, CaseIterable {
  /// They make way.
  case replace
  case append
  /// A row with the same key is brought up to date.
  case upsert
}

/// How far a load is.
package struct LoadProgress: Sendable {
  package var table: String
  package var rows: Int
  /// Bytes of all files, read and in all.
  package var bytes: Int
  package var allBytes: Int
}

/// What a load did with one file's table; kept in the warehouse.
package struct LoadRecord: Hashable, Sendable {
  package var number = 0
  package var at = ""
  package var by = ""
  package var file: String
  package var hash: String
  package var table: String
  package var mode: LoadMode
  /// Rows read, new in the table, brought up to date, and set aside.
  package var read = 0
  package var loaded = 0
  package var updated = 0
  package var setAside = 0
  /// The same content was loaded before: nothing was done.
  package var isUnchanged = false
  /// Values that were changed to be understood: by column, rule and how many.
  package var changes: [Change] = []
  /// Columns of the table that the file lacks, and of the file that the table lacks.
  package var missing: [String] = []
  package var ignored: [String] = []

  package struct Change: Hashable, Sendable {
    package var column: String
    package var rule: String
    package var count: Int
  }

  /// Notes rows that made way for others with the same key.
  mutating func add(older count: Int, of table: Metrics.Table) {
    if count > 0 { changes.append(Change(column: table.key.joined(separator: ", "), rule: "older-row", count: count)) }
  }

  init(_ input: LoadInput, _ mode: LoadMode) {
    (file, hash, table, self.mode) = (input.path, input.hash, input.target.name, mode)
  }

  init(file: String, hash: String, table: String, mode: LoadMode) {
    (self.file, self.hash, self.table, self.mode) = (file, hash, table, mode)
  }
}

/// A row that was kept aside.
package struct Reject: Hashable, Sendable {
  package var number = 0
  package var load = 0
  package var table: String
  package var file: String
  package var line: Int
  package var reason: RejectReason
  /// Names of the file's columns, and what stood in them.
  package var header: [String]
  package var fields: [String]
}

/// Why a row was kept aside: data, put into words by the shell.
package struct RejectReason: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Not of the column's type.
    case type
    case required, range, allowed, pattern
    /// A key that another row has.
    case key
    /// The same in all columns as another row.
    case repeated
    /// What it refers to is not there; the rule is what was expected.
    case reference
    /// Columns that do not agree.
    case rule
    /// Too many fields, or too few.
    case fields
    /// The header once more.
    case header
    case quote, nul, json
    /// A key that no object before had.
    case newKey = "new-key"
    /// A cell with a formula whose value the workbook does not hold.
    case formula
    /// A row of totals, which would count everything twice.
    case total
  }
  package var kind: Kind
  /// One column, or several with commas between.
  package var column: String
  package var found: String
  package var expected: String

  package init(_ kind: Kind, column: String = "", found: String = "", expected: String = "") {
    (self.kind, self.column, self.found, self.expected) = (kind, column, found, expected)
  }

  init(defect: RowDefect) {
    switch defect {
    case .textBehindQuote: self.init(.quote)
    case .nul: self.init(.nul)
    case .newKey(let key): self.init(.newKey, found: key)
    case .fieldCount(let count, let expected): self.init(.fields, found: "\(count)", expected: "\(expected)")
    case .headerAgain: self.init(.header)
    case .notJSON(let reason): self.init(.json, found: reason)
    case .formulaWithoutValue(let column): self.init(.formula, column: column)
    }
  }
}
