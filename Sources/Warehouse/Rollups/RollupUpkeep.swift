import CivilTime
import GRDB
import Metrics
import Planning
import SQLText

/// Brings rollups up to date with a load, inside its transaction: the months of rows that are new or changed are summed up again,
/// the others stay as they are.
///
///     let upkeep = try RollupUpkeep(dictionary, db)   // before the tables change
///     let records = try load.run()
///     try upkeep.finish(records)
struct RollupUpkeep {
  private let dictionary: MetricDictionary
  private let db: GRDB.Database
  private let bases: [RollupBase]
  /// The last row of each table that was there before.
  private let lastRows: [String: Int64]

  private static let changed = "_wenshu_changed_rows"

  /// Notes where the tables end, and has every row noted that is brought up to date from now on.
  init(_ dictionary: MetricDictionary, _ db: GRDB.Database) throws {
    (self.dictionary, self.db) = (dictionary, db)
    bases = dictionary.rollups.isOff ? [] : RollupBase.all(of: dictionary)
    var lastRows: [String: Int64] = [:]
    try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS \(Self.changed) (table_name TEXT, row INTEGER, moment TEXT); DELETE FROM temp.\(Self.changed)")
    for table in dictionary.schema.tables where try db.tableExists(table.name) {
      lastRows[table.name] = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM \(SQLiteDialect.name(table.name))") ?? 0
      // A month that a row leaves changes too.
      let there = Set(try db.columns(in: table.name).map { $0.name.lowercased() })
      let moments = Self.moments(of: table.name, bases).filter { there.contains($0.lowercased()) }.map { "old." + SQLiteDialect.name($0) }
      for (number, old) in (moments.isEmpty ? ["NULL"] : moments).enumerated() {
        try db.execute(
          sql: """
            CREATE TEMP TRIGGER IF NOT EXISTS \(SQLiteDialect.name("_wenshu_changes_\(table.name)_\(number)")) BEFORE UPDATE ON main.\(SQLiteDialect.name(table.name))
            BEGIN INSERT INTO \(Self.changed) VALUES (\(SQLiteDialect.literal(.text(table.name))), old.rowid, \(old)); END
            """)
      }
    }
    self.lastRows = lastRows
  }

  /// The columns of a table that tell when the rows of some base are.
  private static func moments(of table: String, _ bases: [RollupBase]) -> [String] {
    var columns: [String] = []
    for base in bases {
      if case .field(let alias, let column) = base.moment, base.tableName(of: alias) == table, !columns.contains(column) { columns.append(column) }
    }
    return columns
  }

  /// - Parameter records: what the load did.
  /// - Throws: `DatabaseError`
  func finish(_ records: [LoadRecord]) throws {
    defer { try? takeBack() }
    if dictionary.rollups.isOff, try !db.tableExists("_wenshu_rollups") { return }
    try db.execute(sql: RollupStore.tables)
    let making = RollupMaking(dictionary, db), store = RollupStore(db: db)
    try making.dropOthers(than: bases)
    let changes = records.filter { !$0.isUnchanged }
    for base in bases {
      let involved = Set([base.table] + base.joins.compactMap { base.tableName(of: $0.relation.alias) })
      let own = changes.filter { involved.contains($0.table) }
      let known = try store.known(base)
      if known == nil || known!.definition != RollupStore.definition(base, dictionary) {
        try making.make(base)
      } else if !own.isEmpty {
        if let months = try months(base, own), try making.update(base, months, known!) { continue }
        try making.make(base)
      }
    }
    try making.noteDictionary()
  }

  private func takeBack() throws {
    for name in try String.fetchAll(db, sql: "SELECT name FROM temp.sqlite_schema WHERE type = 'trigger' AND name LIKE '\\_wenshu\\_changes\\_%' ESCAPE '\\'") {
      try db.execute(sql: "DROP TRIGGER temp.\(SQLiteDialect.name(name))")
    }
    try db.execute(sql: "DROP TABLE IF EXISTS temp.\(Self.changed)")
  }

  // MARK: Months

  /// The months in which rows of a base changed, `2026-10`; nil where that cannot be told for certain.
  private func months(_ base: RollupBase, _ records: [LoadRecord]) throws -> Set<String?>? {
    var months: Set<String?> = []
    let tables = Set(records.map(\.table))
    if records.contains(where: { $0.mode == .replace || (lastRows[$0.table] ?? 0) == 0 }) { return nil }
    for alias in [base.table] + base.joins.map(\.relation.alias) {
      guard let table = base.tableName(of: alias), tables.contains(table), let definition = dictionary.schema[table] else { continue }
      // Where a column has the name by which SQLite numbers rows, new rows cannot be told.
      if definition.columns.contains(where: { ["rowid", "oid", "_rowid_"].contains($0.physicalName.lowercased()) }) { return nil }
      let tree = JoinTree(base, dictionary.schema)
      let updated = try Int.fetchOne(db, sql: "SELECT count(*) FROM temp.\(Self.changed) WHERE table_name = ?", arguments: [table]) ?? 0
      if updated > 0, !isFound(again: alias, definition, base) { return nil }
      let new = PlanExpression.comparison(.field(alias, "rowid"), .greater, .constant(lastRows[table]!))
      months.formUnion(try self.months(base, tree, new, ""))
      guard updated > 0 else { continue }
      let rows = " AND \(SQLiteDialect.name(alias)).rowid IN (SELECT row FROM temp.\(Self.changed) WHERE table_name = \(SQLiteDialect.literal(.text(table))))"
      months.formUnion(try self.months(base, tree, .missing(.field(alias, "rowid"), negated: true), rows))
      if base.momentAlias == alias {
        months.formUnion(
          try Optional<String>.fetchSet(db, sql: "SELECT DISTINCT substr(moment, 1, 7) FROM temp.\(Self.changed) WHERE table_name = ?", arguments: [table]))
      }
    }
    return months
  }

  private func months(_ base: RollupBase, _ tree: JoinTree, _ condition: PlanExpression, _ more: String) throws -> Set<String?> {
    let select = PlanSelect(
      columns: [PlanOutput("month", PlanValue(.timeLabel(.month, base.moment, weekStart: 1), .text))], source: .table(base.table, alias: base.table),
      joins: tree.joins(for: [base.moment, condition]), conditions: [condition])
    var query = SQLWriter.statement(PlanStep(name: "months", note: .none, operation: .select(select), columns: [StepColumn("month", .text)]))
    query.text += more
    return try Optional<String>.fetchSet(
      db, sql: "SELECT DISTINCT month FROM (\(query.text))", arguments: StatementArguments(query.arguments.map(\.databaseValue)))
  }

  /// Whether the rows that pointed to a row before it changed are those that point to it now, and the row itself pointed to the
  /// same moment: the columns that say so are those of its key, which a load does not change.
  private func isFound(again alias: String, _ table: Metrics.Table, _ base: RollupBase) -> Bool {
    let key = Set(table.key.map { table.column($0)?.physicalName ?? $0 })
    for join in base.joins {
      let fields = join.on.flatMap(\.fields)
      if join.relation.alias == alias, !fields.allSatisfy({ $0.alias != alias || key.contains($0.column) }) { return false }
      // From the row on towards the moment.
      if base.isOnTheWayToMoment(join.relation.alias), !fields.allSatisfy({ $0.alias != alias || key.contains($0.column) }) { return false }
    }
    return true
  }
}

extension PlanExpression {
  /// The columns it names.
  var fields: [(alias: String, column: String)] {
    if case .field(let alias, let column) = self { return [(alias, column)] }
    return children.flatMap(\.fields)
  }
}

extension RollupBase {
  /// The table that one of its relations is.
  func tableName(of alias: String) -> String? {
    if alias == table { return table }
    if case .table(let name, _)? = joins.first(where: { $0.relation.alias == alias })?.relation { return name }
    return nil
  }

  /// The relation that holds the moment.
  var momentAlias: String { if case .field(let alias, _) = moment { alias } else { table } }

  /// Whether the moment is read through a join.
  func isOnTheWayToMoment(_ alias: String) -> Bool {
    var open = [momentAlias]
    var seen: Set<String> = []
    while let next = open.popLast() {
      guard seen.insert(next).inserted, let join = joins.first(where: { $0.relation.alias == next }) else { continue }
      open += join.on.flatMap(\.aliases)
    }
    return alias != table && seen.contains(alias)
  }
}
