import CivilTime
import GRDB
import Metrics
import Planning
import SQLText

/// The tables in which a warehouse keeps its rollups, and what they were made from.
///
/// A rollup is read only where its definition, the statement that reads its rows, is the one that the dictionary gives now.
struct RollupStore {
  let db: GRDB.Database

  static let tables = """
    CREATE TABLE IF NOT EXISTS _wenshu_rollup_bases (table_name TEXT, time_column TEXT, definition TEXT, magnitudes TEXT, is_numbered INTEGER,
      rows INTEGER, seconds REAL, doubt TEXT, PRIMARY KEY (table_name, time_column));
    CREATE TABLE IF NOT EXISTS _wenshu_rollup_build (dictionary TEXT);
    CREATE TABLE IF NOT EXISTS _wenshu_rollups (name TEXT PRIMARY KEY, table_name TEXT, base_table TEXT, base_time TEXT, grain TEXT,
      cell_keys TEXT, all_keys TEXT, has_members INTEGER, rows INTEGER, bytes INTEGER);
    """

  /// Raised when the way of summing up changes.
  private static let version = "1"

  /// What a base is, as a text that changes whenever a cell could.
  static func definition(_ base: RollupBase, _ dictionary: MetricDictionary) -> String {
    let tests = base.filters.flatMap { $0 }, arguments = base.measures.compactMap(\.argument)
    let expressions = [base.moment] + base.keys.map(\.value.expression) + tests + arguments
    let outputs = expressions.enumerated().map { PlanOutput("c\($0)", PlanValue($1, .text)) }
    let select = PlanSelect(columns: outputs, source: .table(base.table, alias: base.table), joins: base.joins)
    let step = PlanStep(name: "rows", note: .none, operation: .select(select), columns: outputs.map { StepColumn($0.name, .text) })
    let filters = base.filters.map { filter in filter.map { String(tests.firstIndex(of: $0)!) }.joined(separator: "&") }
    let measures = base.measures.map { "\($0.column):\($0.kind.rawValue):\($0.filter)" }
    return ([version, "\(dictionary.rollups.share) \(dictionary.rollups.leastRows)", SQLWriter.statement(step).displayText] + base.keys.map(\.name) + filters + measures).joined(separator: "\n")
  }

  // MARK: Reading

  struct KnownBase {
    var definition: String
    var magnitudes: [UInt64]
    var isNumbered: Bool
    var rows: Int
    var seconds: Double
    var doubt: String
  }

  func known(_ base: RollupBase) throws -> KnownBase? {
    guard try db.tableExists("_wenshu_rollup_bases") else { return nil }
    return try Row.fetchOne(
      db, sql: "SELECT * FROM _wenshu_rollup_bases WHERE table_name = ? AND time_column = ?", arguments: [base.table, base.time.description]
    ).map { row in
      let magnitudes: String = row["magnitudes"]
      return KnownBase(
        definition: row["definition"], magnitudes: magnitudes.split(separator: " ").compactMap { UInt64($0) }, isNumbered: row["is_numbered"],
        rows: row["rows"], seconds: row["seconds"], doubt: row["doubt"])
    }
  }

  struct KnownRollup {
    var name: String
    var table: String
    var shape: RollupShape
    var keys: [Int]
    var rows: Int
    var bytes: Int
  }

  /// The rollups of a base; its definition must be the one they were made by.
  func rollups(_ base: RollupBase) throws -> [KnownRollup] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM _wenshu_rollups WHERE base_table = ? AND base_time = ? ORDER BY name", arguments: [base.table, base.time.description])
    let places = Dictionary(uniqueKeysWithValues: base.keys.enumerated().map { ($1.name, $0) })
    return rows.compactMap { row in
      let (cellKeys, allKeys): (String, String) = (row["cell_keys"], row["all_keys"])
      let own = cellKeys.split(separator: " ").compactMap { places[String($0)] }, all = allKeys.split(separator: " ").compactMap { places[String($0)] }
      guard let grain = Grain(rawValue: row["grain"]) else { return nil }
      return KnownRollup(
        name: row["name"], table: row["table_name"], shape: RollupShape(grain: grain, keys: own, hasMembers: row["has_members"]), keys: all,
        rows: row["rows"], bytes: row["bytes"])
    }
  }

  /// Those of a warehouse that hold for a dictionary.
  /// - Parameter definitions: asked for only where there are rollups.
  func catalog(_ definitions: () -> RollupDefinitions) throws -> RollupCatalog {
    guard try db.tableExists("_wenshu_rollups"), try Int.fetchOne(db, sql: "SELECT count(*) FROM _wenshu_rollups") != 0
    else { return RollupCatalog() }
    var bases: [RollupBase] = []
    var rollups: [Rollup] = []
    let definitions = definitions()
    for (base, text) in zip(definitions.bases, definitions.texts) {
      guard let known = try known(base), known.definition == text else { continue }
      let means = Set(
        base.measures.indices.filter { base.measures[$0].kind == .sum && $0 < known.magnitudes.count && RollupBuilder.isExactMean(known.magnitudes[$0]) })
      for own in try self.rollups(base) {
        let measures = base.measures.indices.filter { own.shape.hasMembers || base.measures[$0].kind != .members }
        rollups.append(
          Rollup(
            name: own.name, table: own.table, base: bases.count, grain: own.shape.grain, keys: own.keys, measures: Set(measures), exactMeans: means,
            rows: own.rows, bytes: own.bytes))
      }
      bases.append(base)
    }
    return RollupCatalog(bases: bases, rollups: rollups)
  }

  // MARK: Writing

  func drop(_ base: RollupBase) throws { try drop(table: base.table, time: base.time.description) }

  func drop(table: String, time: String) throws {
    for name in try String.fetchAll(
      db, sql: "SELECT table_name FROM _wenshu_rollups WHERE base_table = ? AND base_time = ?", arguments: [table, time])
    {
      try db.execute(sql: "DROP TABLE IF EXISTS \(SQLiteDialect.name(name))")
    }
    try db.execute(sql: "DELETE FROM _wenshu_rollups WHERE base_table = ? AND base_time = ?", arguments: [table, time])
    try db.execute(sql: "DELETE FROM _wenshu_rollup_bases WHERE table_name = ? AND time_column = ?", arguments: [table, time])
  }

  func note(_ base: RollupBase, _ known: KnownBase) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO _wenshu_rollup_bases VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        base.table, base.time.description, known.definition, known.magnitudes.map(String.init).joined(separator: " "), known.isNumbered, known.rows,
        known.seconds, known.doubt,
      ])
  }

  func note(_ base: RollupBase, _ rollup: KnownRollup) throws {
    func names(_ keys: [Int]) -> String { keys.map { base.keys[$0].name }.joined(separator: " ") }
    try db.execute(
      sql: "INSERT OR REPLACE INTO _wenshu_rollups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        rollup.name, rollup.table, base.table, base.time.description, rollup.shape.grain.rawValue, names(rollup.shape.keys), names(rollup.keys),
        rollup.shape.hasMembers, rollup.rows, rollup.bytes,
      ])
  }
}
