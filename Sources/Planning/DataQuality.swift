import CivilTime
import Metrics
import Questions

/// What was measured of the data when it was loaded: which rules hold for how many rows.
package struct DataQuality: Hashable, Sendable {
  /// What a check is about.
  package enum Aspect: String, Hashable, Sendable, CaseIterable {
    /// Values that must be there are: keys and required columns.
    case completeness
    /// What must be there once is: keys, unique columns, whole rows.
    case uniqueness
    /// Values are of their type and within the range, list or pattern of their column.
    case validity
    /// References lead somewhere, columns and tables agree.
    case consistency
    /// The newest rows are there, and about as many as usual.
    case timeliness
  }

  /// One rule, and how it stands.
  package struct Check: Hashable, Sendable {
    package var table: String
    package var aspect: Aspect
    /// As in `tables.yaml`.
    package var rule: String
    /// Columns it is about, from their tables; empty for whole rows.
    package var columns: [ColumnPath]
    package var checked: Int
    package var broken: Int

    package init(table: String, aspect: Aspect, rule: String, columns: [ColumnPath] = [], checked: Int, broken: Int) {
      (self.table, self.aspect, self.rule, self.columns, self.checked, self.broken) = (table, aspect, rule, columns, checked, broken)
    }
  }

  /// Rows that were set aside and not mended since, of one table for one reason.
  package struct SetAside: Hashable, Sendable {
    package var table: String
    package var reason: SetAsideReason

    package init(table: String, reason: SetAsideReason) { (self.table, self.reason) = (table, reason) }
  }

  /// How many rows one of the newest units of time has.
  package struct Pace: Hashable, Sendable {
    package var table: String
    /// The unit's first day.
    package var unit: Day
    package var rows: Int
    package var usual: Int

    package init(table: String, unit: Day, rows: Int, usual: Int) { (self.table, self.unit, self.rows, self.usual) = (table, unit, rows, usual) }
  }

  package var rows: [String: Int] = [:]
  package var checks: [Check] = []
  package var setAside: [SetAside] = []
  /// Newest first within each table.
  package var paces: [Pace] = []

  package init() {}

  package var isEmpty: Bool { checks.isEmpty && setAside.isEmpty && paces.isEmpty }

  // MARK: Against a day

  /// The checks of timeliness as they stand on a day.
  package func timeliness(of table: Table, on today: Day, last: Day?) -> [Check] {
    var checks: [Check] = []
    if let allowed = table.rules.fresh {
      let isLate = last.map { $0.adding(days: allowed) < today } ?? true
      checks.append(Check(table: table.name, aspect: .timeliness, rule: "fresh: \(allowed) days", checked: 1, broken: isLate ? 1 : 0))
    }
    if let usual = table.rules.usualRows, let pace = pace(of: table, usual, on: today) {
      let holds = usual.holds(pace.rows, usual: Double(pace.usual))
      checks.append(Check(table: table.name, aspect: .timeliness, rule: "rows per \(usual.grain.rawValue)", checked: 1, broken: holds ? 0 : 1))
    }
    return checks
  }

  /// The newest unit of time that is over.
  private func pace(of table: Table, _ usual: UsualRows, on today: Day) -> Pace? {
    paces.first { $0.table == table.name && $0.unit.end(of: usual.grain) <= today }
  }

  // MARK: Beside an answer

  /// What is wrong with the data that a plan reads.
  ///
  /// - Parameter extents: which days each table covers.
  package func faults(of plan: Plan, on today: Day, _ extents: DataCoverage, in schema: Schema) -> [QualityFault] {
    if isEmpty, schema.tables.allSatisfy({ $0.rules.fresh == nil }) { return [] }
    let reads = PlanReads(plan.root)
    return schema.tables.filter { reads.tables.contains($0.name) || checks.contains { $0.broken > 0 && reads.reads($0, schema) } }.flatMap { table in
      (reads.tables.contains(table.name) ? setAside(of: table) : []) + broken(table, reads, schema)
        + (reads.tables.contains(table.name) ? late(table, today, extents) : [])
    }
  }

  private func setAside(of table: Table) -> [QualityFault] {
    let reasons = setAside.filter { $0.table == table.name }.map(\.reason)
    let count = reasons.reduce(0) { $0 + $1.rows }
    if count == 0 { return [] }
    return [.setAside(table: table.name, rows: count, of: count + (rows[table.name] ?? 0), reasons: reasons)]
  }

  private func broken(_ table: Table, _ reads: PlanReads, _ schema: Schema) -> [QualityFault] {
    checks.filter { $0.table == table.name && $0.broken > 0 && reads.reads($0, schema) }
      .map { .broken(table: $0.table, rule: $0.rule, rows: $0.broken, of: $0.checked) }
  }

  private func late(_ table: Table, _ today: Day, _ extents: DataCoverage) -> [QualityFault] {
    var faults: [QualityFault] = []
    if let allowed = table.rules.fresh, let last = extents.tables[table.name]?.last, last.adding(days: allowed) < today {
      faults.append(.late(table: table.name, last: last, allowed: allowed, days: today.number - last.number - allowed))
    }
    if let usual = table.rules.usualRows, let pace = pace(of: table, usual, on: today), !usual.holds(pace.rows, usual: Double(pace.usual)) {
      faults.append(.unusual(table: table.name, unit: pace.unit.label(of: usual.grain), rows: pace.rows, usual: pace.usual))
    }
    return faults
  }
}

extension Day {
  /// The first day behind the unit that begins on this day.
  fileprivate func end(of grain: Grain) -> Day {
    switch grain {
    case .week: adding(days: 7)
    case .month: adding(months: 1)
    default: adding(days: 1)
    }
  }

  fileprivate func label(of grain: Grain) -> String { grain == .month ? String(description.prefix(7)) : description }
}

/// The tables that a plan reads, and which of their columns.
struct PlanReads {
  private(set) var tables: Set<String> = []
  /// By their names in the warehouse.
  private var columns: Set<ColumnPath> = []

  init(_ root: PlanStep) {
    for step in StepOrder.steps(of: root) {
      guard case .select(let select) = step.operation else { continue }
      var names: [String: String] = [:]
      for case .table(let name, let alias) in [select.source] + select.joins.map(\.relation) {
        tables.insert(name)
        names[alias] = name
      }
      var expressions = select.columns.map(\.value.expression) + select.conditions
      expressions += select.joins.flatMap(\.on)
      expressions += select.order.map(\.value)
      for expression in expressions { note(expression, names) }
    }
  }

  private mutating func note(_ expression: PlanExpression, _ names: [String: String]) {
    var names = names
    switch expression {
    case .field(let alias, let column): if let table = names[alias] { columns.insert(ColumnPath([table, column])) }
    case .exists(let table, let alias, _), .count(let table, let alias, _):
      tables.insert(table)
      names[alias] = table
    default: break
    }
    for child in expression.children { note(child, names) }
  }

  /// Whether a check is about anything that is read.
  func reads(_ check: DataQuality.Check, _ schema: Schema) -> Bool {
    if check.columns.isEmpty { return tables.contains(check.table) }
    return check.columns.contains { path in
      let physical = schema[path.head]?.column(path.column)?.physicalName ?? path.column
      return columns.contains(ColumnPath([path.head, physical]))
    }
  }
}
