import CivilTime
import GRDB
import Intake
import Metrics
import Planning
import Questions
import SQLText
import SourceText
import Tables

/// Measures the quality of the data in a warehouse: every declared rule against every row, once, when the data changes.
///
/// Rows that a load set aside count as well, each against the rule that it broke.
struct QualityMeasuring {
  private let dictionary: MetricDictionary
  private let db: GRDB.Database
  /// Whether it is a database of somebody else, whose columns may hold anything whatever they are declared as.
  private let isForeign: Bool

  /// - Parameter isBuilt: whether the warehouse was built from files whose values were read one by one.
  /// - Throws: `DatabaseError`
  init(_ dictionary: MetricDictionary, _ db: GRDB.Database, isBuilt: Bool) throws {
    (self.dictionary, self.db) = (dictionary, db)
    isForeign = try !isBuilt && !db.tableExists("_wenshu_loads")
  }

  /// - Throws: `DatabaseError`; `DiagnosticsError` for a rule that cannot be computed
  func measure() throws -> DataQuality {
    var quality = DataQuality()
    quality.setAside = try setAside()
    for table in dictionary.schema.tables {
      quality.rows[table.name] = try count("SELECT count(*) FROM \(name(table))")
      quality.checks += try filled(table)
      quality.checks += try repeated(table)
      if isForeign { quality.checks += try types(table) }
      quality.checks += try values(table)
      quality.checks += try agreements(table)
      quality.paces += try paces(table)
    }
    return quality
  }

  private func name(_ table: Table) -> String { SQLiteDialect.name(table.name) }
  private func name(_ column: String, _ table: Table) -> String { SQLiteDialect.name(table.column(column)?.physicalName ?? column) }
  private func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int { try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0 }

  // MARK: Completeness

  private func filled(_ table: Table) throws -> [DataQuality.Check] {
    let columns = table.columns.filter { $0.rules.isRequired || table.key.contains($0.name) }
    if columns.isEmpty { return [] }
    let list = columns.map { ", count(\(SQLiteDialect.name($0.physicalName)))" }.joined()
    guard let row = try Row.fetchOne(db, sql: "SELECT count(*)\(list) FROM \(name(table))") else { return [] }
    let all: Int = row[0]
    return columns.enumerated().map { index, column in
      let filled: Int = row[index + 1]
      return DataQuality.Check(
        table: table.name, aspect: .completeness, rule: "\(column.name) required", columns: [ColumnPath([table.name, column.name])], checked: all,
        broken: all - filled)
    }
  }

  // MARK: Uniqueness

  private func repeated(_ table: Table) throws -> [DataQuality.Check] {
    var sets: [[String]] = []
    for columns in [table.key] + table.unique where !columns.isEmpty && !sets.contains(columns) { sets.append(columns) }
    for case .unique(let columns) in table.rules.rules.map(\.kind) where !sets.contains(columns) { sets.append(columns) }
    var checks = try sets.map { columns in
      let rule = columns == table.key ? "key \(columns.joined(separator: ", "))" : "unique(\(columns.joined(separator: ", ")))"
      return try repeated(columns.map { table.column($0)?.physicalName ?? $0 }, rule, table, filled: true)
    }
    if let rule = table.rules.rules.first(where: { $0.kind == .distinctRows }) {
      checks.append(try repeated(table.columns.map(\.physicalName), rule.text, table, filled: false))
    }
    return checks
  }

  private func repeated(_ columns: [String], _ rule: String, _ table: Table, filled: Bool) throws -> DataQuality.Check {
    let list = columns.map(SQLiteDialect.name).joined(separator: ", ")
    let present = filled ? " WHERE " + columns.map { SQLiteDialect.name($0) + " IS NOT NULL" }.joined(separator: " AND ") : ""
    let all = try count("SELECT count(*) FROM \(name(table))\(present)")
    // An index that lets nothing in twice has looked already.
    let isUnique = try filled && db.tableExists(table.name) && db.indexes(on: table.name).contains {
      $0.isUnique && Set($0.columns.map { $0.lowercased() }) == Set(columns.map { $0.lowercased() })
    }
    let distinct = isUnique ? all : try count("SELECT count(*) FROM (SELECT 1 FROM \(name(table))\(present) GROUP BY \(list))")
    // Rows there twice count in every column, so the check is about whatever is read.
    return DataQuality.Check(table: table.name, aspect: .uniqueness, rule: rule, checked: all, broken: all - distinct)
  }

  // MARK: Validity

  /// Columns in which something else stands than they are declared to hold; the others are not worth a word.
  private func types(_ table: Table) throws -> [DataQuality.Check] {
    let columns = table.columns.filter { $0.type != .text && $0.type != .boolean }
    // What a view computes may take long, and is not stored with any type.
    guard !columns.isEmpty, try db.tableExists(table.name) else { return [] }
    let list = columns.map { column in
      let name = SQLiteDialect.name(column.physicalName)
      return column.type.isTime
        ? ", count(*) FILTER (WHERE \(name) <> '' AND date(\(name)) IS NULL)" : ", count(*) FILTER (WHERE typeof(\(name)) IN ('text', 'blob'))"
    }
    let counts = columns.map { ", count(\(SQLiteDialect.name($0.physicalName)))" }
    guard let row = try Row.fetchOne(db, sql: "SELECT 0\(list.joined())\(counts.joined()) FROM \(name(table))") else { return [] }
    return columns.enumerated().map { index, column in
      DataQuality.Check(
        table: table.name, aspect: .validity, rule: "\(column.name) of type \(column.type.notation)", columns: [ColumnPath([table.name, column.name])],
        checked: row[index + 1 + columns.count], broken: row[index + 1])
    }
  }

  private func values(_ table: Table) throws -> [DataQuality.Check] {
    try table.columns.flatMap { column -> [DataQuality.Check] in
      var checks: [DataQuality.Check] = []
      for (rule, text) in Self.single(column.rules) {
        var single = column
        single.rules = rule
        var defects: [Diagnostic] = []
        let check = RuleCheck(single, &defects)
        if !defects.isEmpty { throw DiagnosticsError(defects) }
        guard let check else { continue }
        checks.append(try values(column, table, check, "\(column.name) \(text)"))
      }
      return checks
    }
  }

  /// The rules of a column about its values, one by one.
  private static func single(_ rules: ColumnRules) -> [(ColumnRules, String)] {
    var all: [(ColumnRules, String)] = []
    if rules.least != nil || rules.most != nil {
      var range = ColumnRules()
      (range.least, range.most) = (rules.least, rules.most)
      all.append((range, rules.least == nil ? "at most \(rules.most!)" : rules.most == nil ? "at least \(rules.least!)" : "in \(rules.least!)–\(rules.most!)"))
    }
    if !rules.allowed.isEmpty {
      var allowed = ColumnRules()
      allowed.allowed = rules.allowed
      all.append((allowed, "one of \(rules.allowed.joined(separator: ", "))"))
    }
    if let pattern = rules.pattern {
      var single = ColumnRules()
      single.pattern = pattern
      all.append((single, "like \(pattern)"))
    }
    return all
  }

  /// Every value that occurs is looked at once.
  private func values(_ column: Metrics.Column, _ table: Table, _ check: RuleCheck, _ rule: String) throws -> DataQuality.Check {
    let name = SQLiteDialect.name(column.physicalName)
    let rows = try Row.fetchCursor(db, sql: "SELECT \(name), count(*) FROM \(self.name(table)) WHERE \(name) IS NOT NULL GROUP BY 1")
    var (checked, broken) = (0, 0)
    while let row = try rows.next() {
      let count: Int = row[1]
      checked += count
      if !keeps(row[0], check) { broken += count }
    }
    return DataQuality.Check(
      table: table.name, aspect: .validity, rule: rule, columns: [ColumnPath([table.name, column.name])], checked: checked, broken: broken)
  }

  private func keeps(_ value: DatabaseValue, _ check: RuleCheck) -> Bool {
    switch value.storage {
    case .null, .blob: true
    case .int64(let number): check.broken(.integer(number)) == nil
    case .double(let number): check.broken(.real(number)) == nil
    case .string(var text): text.withUTF8 { check.broken(.text($0)) == nil }
    }
  }

  // MARK: Consistency

  private func agreements(_ table: Table) throws -> [DataQuality.Check] {
    try table.rules.rules.compactMap { rule in
      switch rule.kind {
      case .unique, .distinctRows: return nil
      case .reference, .agreement: break
      }
      let query: SQLQuery
      do throws(Problem) { query = SQLWriter.statement(try RuleProbe.count(rule, of: table, in: dictionary)) } catch {
        throw DiagnosticsError([Diagnostic(code: "bad-rule", at: rule.place, found: rule.text, expected: "a rule over columns that rows reach")])
      }
      guard let row = try Row.fetchOne(db, sql: query.text, arguments: StatementArguments(query.arguments.map(\.databaseValue))) else { return nil }
      return DataQuality.Check(table: table.name, aspect: .consistency, rule: rule.text, columns: rule.columns, checked: row[0], broken: row[1])
    }
  }

  // MARK: Timeliness

  /// The two newest units of time: the very newest may not be over yet on the day that asks.
  private func paces(_ table: Table) throws -> [DataQuality.Pace] {
    guard let usual = table.rules.usualRows, let step = DataProbe.rowsByDay(of: table, in: dictionary) else { return [] }
    let query = SQLWriter.statement(step)
    var counts: [Int: Int] = [:]
    for row in try Row.fetchAll(db, sql: query.text, arguments: StatementArguments(query.arguments.map(\.databaseValue))) {
      guard let text = row[0] as String?, let day = Day(iso: text) else { continue }
      counts[Self.number(of: day, usual.grain), default: 0] += row[1] as Int
    }
    guard let newest = counts.keys.max(), let oldest = counts.keys.min() else { return [] }
    return [newest, newest - 1].compactMap { unit in
      // Too little has gone before to say what is usual.
      guard unit - oldest >= usual.units else { return nil }
      let before = ((unit - usual.units)..<unit).map { counts[$0] ?? 0 }.sorted()
      let middle = before.count / 2
      let median = before.count % 2 == 1 ? before[middle] : (before[middle - 1] + before[middle] + 1) / 2
      return DataQuality.Pace(table: table.name, unit: Self.first(of: unit, usual.grain), rows: counts[unit] ?? 0, usual: median)
    }
  }

  /// Units of time, counted.
  private static func number(of day: Day, _ grain: Grain) -> Int {
    switch grain {
    case .week: (day.number - (day.weekday - 1)) / 7
    case .month: day.year * 12 + day.month - 1
    default: day.number
    }
  }

  private static func first(of unit: Int, _ grain: Grain) -> Day {
    switch grain {
    case .week:
      // Monday's number has the same remainder whatever the week.
      Day(number: unit * 7 + mondayRemainder)
    case .month: Day(unchecked: unit / 12, unit % 12 + 1, 1)
    default: Day(number: unit)
    }
  }

  private static let mondayRemainder: Int = {
    let monday = Day(unchecked: 2024, 1, 1).number
    return monday - monday / 7 * 7
  }()

  // MARK: Rows set aside

  private func setAside() throws -> [DataQuality.SetAside] {
    guard try db.tableExists("_wenshu_rejects") else { return [] }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT table_name, reason, CASE reason WHEN 'rule' THEN expected ELSE column_name END AS what, count(*) AS rows
        FROM _wenshu_rejects GROUP BY 1, 2, 3 ORDER BY 1, 4 DESC, 2, 3
        """)
    return rows.compactMap { row in
      guard let kind = RejectReason.Kind(rawValue: row["reason"])?.setAside else { return nil }
      return DataQuality.SetAside(table: row["table_name"], reason: SetAsideReason(kind, column: row["what"], rows: row["rows"]))
    }
  }
}

extension RejectReason.Kind {
  /// Why a row is missing; nil for lines that are no row of data: another header, a line of totals.
  var setAside: SetAsideReason.Kind? {
    switch self {
    case .type: .type
    case .required: .empty
    case .range, .allowed, .pattern: .value
    case .key, .repeated: .repeated
    case .reference: .reference
    case .rule: .rule
    case .fields, .quote, .nul, .json, .newKey, .formula: .unreadable
    case .header, .total: nil
    }
  }
}
