import CivilTime

/// What a value computed from a row is.
package enum RowType: String, Hashable, Sendable {
  case number, text, date, timestamp, boolean

  package init(_ type: ColumnType) {
    switch type {
    case .integer, .real, .decimal: self = .number
    case .text: self = .text
    case .date: self = .date
    case .timestamp: self = .timestamp
    case .boolean: self = .boolean
    }
  }

  var isTime: Bool { self == .date || self == .timestamp }
  /// Flags are stored as 0 and 1 and may be summed.
  var countsAsNumber: Bool { self == .number || self == .boolean }
}

/// A value of the wrong type, with the column it comes from where there is one.
package struct RowTypeFailure: Error, Hashable, Sendable {
  package var code: String
  package var path: ColumnPath?
  package var found: String
  package var expected: String
  package var hint: String = ""
}

/// Derives the types of row expressions seen from one table. Columns that do not resolve count as fitting anywhere;
/// they are reported where paths are.
package struct RowTyping {
  package let schema: Schema
  package let table: String
  let reach: [Schema.Reach]

  package init(schema: Schema, table: String) {
    self.init(schema: schema, table: table, reach: schema.reach(from: table))
  }

  init(schema: Schema, table: String, reach: [Schema.Reach]) {
    self.schema = schema
    self.table = table
    self.reach = reach
  }

  /// The type of a value, nil if it cannot be told.
  /// - Throws: `RowTypeFailure`
  package func type(of row: RowExpression) throws(RowTypeFailure) -> RowType? {
    switch row {
    case .column(let path): (try? schema.find(path, from: table, within: reach)).map { RowType($0.column.type) }
    case .number: .number
    case .text: .text
    case .binary(_, let a, let b): try arithmetic([a, b])
    case .negated(let a), .absolute(let a): try arithmetic([a])
    case .between(let measure, let a, let b): try between(measure, a, b)
    case .choice(let test, let a, let b): try choice(test, a, b)
    case .coalesce(let rows): try same(rows)
    case .unit(let grain, let row): try unit(grain, row)
    }
  }

  /// Checks an aggregate's argument and condition.
  /// - Throws: `RowTypeFailure` `sum-of-text` when what is summed is no number
  package func check(_ aggregate: Aggregate) throws(RowTypeFailure) {
    if let argument = aggregate.argument, let type = try type(of: argument) {
      if aggregate.function != .countDistinct, !type.countsAsNumber {
        throw RowTypeFailure(
          code: "sum-of-text", path: path(argument),
          found: "\(FormulaNotation.name(aggregate)) of \(FormulaNotation.text(argument)), a \(type.rawValue)",
          expected: "a number", hint: type == .text ? "count(distinct …) takes texts" : "days_between(a, b) gives a number")
      }
    }
    if let condition = aggregate.condition { try check(condition) }
  }

  /// - Throws: `RowTypeFailure`
  package func check(_ condition: RowCondition) throws(RowTypeFailure) {
    switch condition {
    case .comparison(let a, _, let b): try comparable(a, b)
    case .oneOf(let row, let values, _): for value in values { try comparable(row, value) }
    case .missing(let row, _): _ = try type(of: row)
    case .matches(let row, let match, _):
      if let type = try type(of: row), type != .text { throw mismatch(row, type, "a text, for \(match.rawValue)") }
    case .dimension, .dimensionOneOf, .dimensionMissing, .members: break
    case .all(let parts), .any(let parts): for part in parts { try check(part) }
    case .not(let inner): try check(inner)
    }
  }

  // MARK: Rules

  private func arithmetic(_ rows: [RowExpression]) throws(RowTypeFailure) -> RowType {
    for row in rows {
      guard let type = try type(of: row), !type.countsAsNumber else { continue }
      throw mismatch(
        row, type, "a number", code: "text-in-arithmetic", hint: type.isTime ? "days_between(a, b) gives a number" : "")
    }
    return .number
  }

  private func between(_ measure: TimeMeasure, _ a: RowExpression, _ b: RowExpression) throws(RowTypeFailure) -> RowType {
    for row in [a, b] {
      guard let type = try type(of: row), !type.isTime else { continue }
      throw mismatch(row, type, "a date or timestamp, for \(measure.rawValue)")
    }
    return .number
  }

  private func unit(_ grain: Grain, _ row: RowExpression) throws(RowTypeFailure) -> RowType {
    if let type = try type(of: row), !type.isTime { throw mismatch(row, type, "a date or timestamp, for \(grain.rawValue)") }
    return .text
  }

  private func choice(_ test: RowCondition, _ a: RowExpression, _ b: RowExpression) throws(RowTypeFailure) -> RowType? {
    try check(test)
    return try same([a, b])
  }

  private func same(_ rows: [RowExpression]) throws(RowTypeFailure) -> RowType? {
    var common: RowType?
    for row in rows {
      guard let type = try type(of: row) else { continue }
      if let common, common != type, !(common.countsAsNumber && type.countsAsNumber), !(common.isTime && type.isTime) {
        throw mismatch(row, type, "a \(common.rawValue), as before")
      }
      common = common ?? type
    }
    return common
  }

  private func comparable(_ a: RowExpression, _ b: RowExpression) throws(RowTypeFailure) {
    guard let left = try type(of: a), let right = try type(of: b) else { return }
    if left == right || left.countsAsNumber && right.countsAsNumber || left.isTime && right.isTime { return }
    if left.isTime, case .text(let text) = b, Day(iso: text) != nil { return }
    if right.isTime, case .text(let text) = a, Day(iso: text) != nil { return }
    throw mismatch(a, left, "a \(right.rawValue) to compare with \(FormulaNotation.text(b))")
  }

  private func mismatch(
    _ row: RowExpression, _ type: RowType, _ expected: String, code: String = "type-mismatch", hint: String = ""
  ) -> RowTypeFailure {
    RowTypeFailure(
      code: code, path: path(row), found: "\(FormulaNotation.text(row)), a \(type.rawValue)", expected: expected,
      hint: hint)
  }

  private func path(_ row: RowExpression) -> ColumnPath? {
    if case .column(let path) = row { path } else { nil }
  }
}
