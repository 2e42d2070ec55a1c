import CivilTime
import GRDB
import Metrics
import Planning
import Questions

/// Where what was measured of the data's quality is kept, beside what else is known of it.
enum QualityFacts {
  private enum Kind: String { case rows, check, aside, pace }

  static func write(_ quality: DataQuality, into db: GRDB.Database) throws {
    try db.execute(
      sql: "CREATE TABLE _wenshu_quality (kind TEXT, table_name TEXT, aspect TEXT, rule TEXT, columns TEXT, checked INTEGER, broken INTEGER)")
    func insert(_ kind: Kind, _ table: String, _ aspect: String, _ rule: String, _ columns: String, _ checked: Int, _ broken: Int) throws {
      let statement = try db.cachedStatement(sql: "INSERT INTO _wenshu_quality VALUES (?, ?, ?, ?, ?, ?, ?)")
      try statement.execute(arguments: [kind.rawValue, table, aspect, rule, columns, checked, broken])
    }
    for (table, count) in quality.rows.sorted(by: { $0.key < $1.key }) { try insert(.rows, table, "", "", "", count, 0) }
    for check in quality.checks {
      let columns = LoadedWarehouse.text(check.columns.map(\.description))
      try insert(.check, check.table, check.aspect.rawValue, check.rule, columns, check.checked, check.broken)
    }
    for item in quality.setAside { try insert(.aside, item.table, item.reason.kind.rawValue, "", item.reason.column, 0, item.reason.rows) }
    for pace in quality.paces { try insert(.pace, pace.table, "", pace.unit.description, "", pace.usual, pace.rows) }
  }

  /// What was measured; nothing of a file from before there was anything to measure.
  static func read(_ db: GRDB.Database) throws -> DataQuality {
    var quality = DataQuality()
    guard try db.tableExists("_wenshu_quality") else { return quality }
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM _wenshu_quality ORDER BY rowid")
    while let row = try rows.next() {
      let (table, rule, columns): (String, String, String) = (row["table_name"], row["rule"], row["columns"])
      let (checked, broken): (Int, Int) = (row["checked"], row["broken"])
      switch Kind(rawValue: row["kind"]) {
      case .rows: quality.rows[table] = checked
      case .check:
        guard let aspect = DataQuality.Aspect(rawValue: row["aspect"]) else { continue }
        let paths = LoadedWarehouse.list(columns).map { ColumnPath($0) }
        quality.checks.append(.init(table: table, aspect: aspect, rule: rule, columns: paths, checked: checked, broken: broken))
      case .aside:
        guard let kind = SetAsideReason.Kind(rawValue: row["aspect"]) else { continue }
        quality.setAside.append(.init(table: table, reason: SetAsideReason(kind, column: columns, rows: broken)))
      case .pace:
        guard let unit = Day(iso: rule) else { continue }
        quality.paces.append(.init(table: table, unit: unit, rows: broken, usual: checked))
      case nil: continue
      }
    }
    return quality
  }
}
