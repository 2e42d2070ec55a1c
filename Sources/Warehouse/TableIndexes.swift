import GRDB
import Metrics
import SQLText

/// The indexes of a table of ours: what questions filter and join by, and what must be there once.
struct TableIndexes {
  struct Index {
    var name: String
    /// Names of columns in the database.
    var columns: [String]
    /// The same in the dictionary.
    var names: [String]
    var isUnique: Bool
  }

  let table: Table
  private(set) var all: [Index] = []

  /// - Parameter keys: whether the table's own key and unique columns are kept unique too, not only what others join to.
  init(_ table: Table, _ schema: Schema, keys: Bool) {
    self.table = table
    if let time = table.time, time.parts.count <= 2, time.head.isEmpty || time.head == table.name, table.column(time.column) != nil {
      add("time", [time.column], isUnique: false)
    }
    let joins = schema.tables.flatMap(\.joins).filter { $0.table == table.name && $0.validity == nil }
    var seen: Set<[String]> = []
    for columns in (keys ? [table.key] + table.unique : []) + joins.map(\.thereColumns) where !columns.isEmpty {
      if seen.insert(columns).inserted { add("key", columns, isUnique: true) }
    }
    // From a header to its lines: a question of one month reads that month's lines, not all of them.
    for join in table.joins where schema[join.table]?.time != nil && seen.insert(["of"] + join.hereColumns).inserted {
      add("of", join.hereColumns, isUnique: false)
    }
  }

  private mutating func add(_ kind: String, _ names: [String], isUnique: Bool) {
    all.append(
      Index(
        name: "_\(kind)_\(table.name)_\(names.joined(separator: "_"))", columns: names.map { table.column($0)?.physicalName ?? $0 },
        names: names, isUnique: isUnique))
  }

  /// - Throws: `DatabaseError`, of a constraint where a key is there twice.
  func create(_ index: Index, _ db: GRDB.Database) throws {
    let list = index.columns.map(SQLiteDialect.name).joined(separator: ", ")
    try db.execute(
      sql: "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX IF NOT EXISTS \(SQLiteDialect.name(index.name)) ON \(SQLiteDialect.name(table.name)) (\(list))")
  }
}
