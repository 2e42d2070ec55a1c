/// What every value of a column must be, beside its type. A row that breaks a rule is set aside when it is loaded, or
/// counted if the rules are soft.
///
///     columns:
///       amount: {type: decimal(2), required: true, range: [0, 1000000]}
///       channel: {type: text, allowed: [web, app, store]}
///       order_no: {type: text, pattern: 'SO-\d{6}'}
///       age: {type: integer, at_least: 0, soft: true}
package struct ColumnRules: Hashable, Sendable {
  /// No empty values.
  package var isRequired = false
  /// The least and the most a value may be, as written; compared by the column's type.
  package var least: String?
  package var most: String?
  /// The only values there may be; empty for any.
  package var allowed: [String] = []
  /// A regular expression that the whole value matches.
  package var pattern: String?
  /// Whether rows that break them are loaded and counted, not set aside.
  package var isSoft = false

  package init() {}

  package var isEmpty: Bool { self == ColumnRules() }
}

extension ColumnType {
  /// `decimal(2)`, as in `tables.yaml`.
  package var notation: String {
    switch self {
    case .integer: "integer"
    case .real: "real"
    case .text: "text"
    case .date: "date"
    case .timestamp: "timestamp"
    case .boolean: "boolean"
    case .decimal(let scale): "decimal(\(scale))"
    }
  }

  /// What `format:` can say of a column of this type: the orders of dates, and numbers with a decimal comma.
  package var formats: [String] {
    switch self {
    case .date, .timestamp: ["d/m/y", "m/d/y", "y/m/d", "excel", "y-m"]
    case .integer, .real, .decimal: ["1.234,56"]
    case .text, .boolean: []
    }
  }

  /// Whether a `format:` is one of these, or several of a date with commas.
  package func takes(format: String) -> Bool {
    guard isTime else { return formats.contains(format) }
    let parts = format.split(separator: ",").map { $0.filter { $0 != " " } }
    return !parts.isEmpty && parts.allSatisfy(formats.contains)
  }
}
