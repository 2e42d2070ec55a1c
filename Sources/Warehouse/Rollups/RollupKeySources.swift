import GRDB
import GRDBSQLite
import Metrics
import Planning
import SQLText

/// Where the keys and tests of a pass over a table come from: columns beside each row, or a key of a small table that rows point
/// to, whose own values are looked up once instead of joined to every row.
struct RollupKeySources {
  /// A key or a test: which column of the pass says it.
  struct Source {
    var column: Int
    /// For what stands in a small table: place in `tables`, and which of its values.
    var lookup: (table: Int, value: Int)?
  }

  /// A small table that rows point to by one column.
  struct Lookup {
    var alias: String
    var pointing: PlanExpression
    var column: Int
    var values: [PlanExpression] = []
    /// By what points to a row: which of the rows that have other values; the first one is that of rows that point nowhere.
    var keys = KeyTable()
    /// A code for each value of each row that has other values than those before: a million members have some thousand.
    var codes: [UInt16] = []
    var count: Int { codes.count / max(1, values.count) }
    /// The values by their codes.
    var coded: [ValueCodes] = []
  }

  let base: RollupBase
  private(set) var sources: [Source] = []
  private(set) var lookups: [Lookup] = []
  /// The columns of the pass, without those of sums.
  private(set) var columns: [PlanExpression] = []

  /// Larger tables are joined row by row, and so are those with a good part of the rows that point to them.
  static let mostRows: Int64 = 2_000_000

  /// - Parameter wanted: keys and tests, in the base's names.
  init(_ base: RollupBase, _ wanted: [PlanExpression], _ schema: Schema, _ db: GRDB.Database) throws {
    self.base = base
    let own = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM \(SQLiteDialect.name(base.table))") ?? 0
    let tree = JoinTree(base, schema, most: min(Self.mostRows, max(1000, own / 4)))
    for expression in wanted {
      if let alias = try tree.smallRoot(of: expression, db), let pointing = tree.pointing(alias) {
        let table = lookups.firstIndex { $0.alias == alias } ?? lookups.count
        if table == lookups.count { lookups.append(Lookup(alias: alias, pointing: pointing, column: place(pointing))) }
        lookups[table].values.append(expression)
        sources.append(Source(column: lookups[table].column, lookup: (table, lookups[table].values.count - 1)))
      } else {
        sources.append(Source(column: place(expression), lookup: nil))
      }
    }
    for index in lookups.indices { try fill(index, tree, db) }
  }

  private mutating func place(_ expression: PlanExpression) -> Int {
    if let known = columns.firstIndex(of: expression) { return known }
    columns.append(expression)
    return columns.count - 1
  }

  /// Reads a small table once.
  private mutating func fill(_ index: Int, _ tree: JoinTree, _ db: GRDB.Database) throws {
    var lookup = lookups[index]
    guard let (table, key) = tree.key(of: lookup.alias) else { return }
    let joins = tree.joins(for: lookup.values, below: lookup.alias)
    lookup.coded = lookup.values.map { _ in ValueCodes() }
    var known: [[UInt16]: Int] = [:]
    var row = Array(repeating: UInt16(0), count: lookup.values.count)
    let outputs = ([key] + lookup.values).enumerated().map { PlanOutput("c\($0)", PlanValue($1, .text)) }
    func read(_ select: PlanSelect, keys: Bool) throws {
      let step = PlanStep(name: "lookup", note: .none, operation: .select(select), columns: select.columns.map { StepColumn($0.name, .text) })
      let query = SQLWriter.statement(step)
      let prepared = try db.makeStatement(sql: query.text)
      try prepared.setArguments(StatementArguments(query.arguments.map(\.databaseValue)))
      let handle = prepared.sqliteStatement
      defer { sqlite3_reset(handle) }
      while true {
        let code = sqlite3_step(handle)
        if code == SQLITE_DONE { return }
        guard code == SQLITE_ROW else { throw DatabaseError(resultCode: ResultCode(rawValue: code & 0xFF)) }
        for place in lookup.coded.indices {
          guard let code = lookup.coded[place].code(handle, Int32(1 + place)) else { throw RollupDoubt("a value that is no key") }
          row[place] = UInt16(min(code, Int(UInt16.max)))
        }
        var number = known[row] ?? -1
        if number < 0 {
          number = lookup.count
          known[row] = number
          lookup.codes.append(contentsOf: row)
        }
        if keys { try lookup.keys.note(handle, 0, number) }
      }
    }
    let none = PlanStep(name: "no_row", note: .none, operation: .rows([[.null]]), columns: [StepColumn("none", .text)])
    let nowhere = PlanJoin(.left, .table(table, alias: lookup.alias), on: [.comparison(.constant(0), .equal, .constant(1))])
    try read(PlanSelect(columns: outputs, source: .step(none), joins: [nowhere] + joins), keys: false)
    try read(PlanSelect(columns: outputs, source: .table(table, alias: lookup.alias), joins: joins), keys: true)
    lookups[index] = lookup
  }
}

/// Why a table cannot be summed up exactly; it is read row by row then.
struct RollupDoubt: Error {
  let text: String
  init(_ text: String) { self.text = text }
}

/// How the tables joined to a base hang together.
struct JoinTree {
  private let base: RollupBase
  private let schema: Schema
  /// Rows of a table that is small.
  private let most: Int64
  /// By alias: the join, and where it is one column that points to one other, that pair.
  private var joins: [String: (join: PlanJoin, pair: (own: String, parent: String, column: String)?)] = [:]

  init(_ base: RollupBase, _ schema: Schema, most: Int64 = RollupKeySources.mostRows) {
    (self.base, self.schema, self.most) = (base, schema, most)
    for join in base.joins {
      var pair: (String, String, String)?
      if join.on.count == 1, case .comparison(.field(let a, let x), .equal, .field(let b, let y)) = join.on[0] {
        if a == join.relation.alias { pair = (x, b, y) } else if b == join.relation.alias { pair = (y, a, x) }
      }
      joins[join.relation.alias] = (join, pair)
    }
  }

  /// The relations that a join's condition names, besides its own.
  private func parents(_ alias: String) -> [String] {
    joins[alias].map { $0.join.on.flatMap(\.aliases).filter { $0 != alias } } ?? []
  }

  /// From a relation up to the base, itself first; nil where a join hangs on several.
  private func chain(_ alias: String) -> [String]? {
    var chain = [alias]
    while let last = chain.last, last != base.table {
      guard Set(parents(last)).count == 1, let parent = parents(last).first, !chain.contains(parent) else { return nil }
      chain.append(parent)
    }
    return chain
  }

  /// The topmost small table below which everything stands that an expression names; nil where some of it is the row's own.
  func smallRoot(of expression: PlanExpression, _ db: GRDB.Database) throws -> String? {
    let named = Set(expression.aliases)
    if named.isEmpty || named.contains(base.table) { return nil }
    var chains: [[String]] = []
    for alias in named {
      guard let chain = chain(alias) else { return nil }
      chains.append(chain)
    }
    for alias in chains[0].dropLast().reversed() where chains.allSatisfy({ $0.contains(alias) }) {
      guard pointing(alias) != nil, let (table, _) = key(of: alias) else { continue }
      let last = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM \(SQLiteDialect.name(table))") ?? 0
      if last <= most { return alias }
    }
    return nil
  }

  /// What points to a relation: one column, of the type of what it points to.
  func pointing(_ alias: String) -> PlanExpression? {
    guard let (join, pair) = joins[alias], let pair, let here = type(join.relation.alias, pair.own), here == type(pair.parent, pair.column),
      ["INTEGER", "TEXT"].contains(here)
    else { return nil }
    return .field(pair.parent, pair.column)
  }

  func key(of alias: String) -> (table: String, key: PlanExpression)? {
    guard let (join, pair) = joins[alias], let pair, case .table(let table, _) = join.relation else { return nil }
    return (table, .field(alias, pair.own))
  }

  /// How a column is stored.
  func type(_ alias: String, _ column: String) -> String? {
    var table: String? = alias == base.table ? base.table : nil
    if case .table(let name, _)? = joins[alias]?.join.relation { table = name }
    return table.flatMap { schema[$0]?.columns.first { $0.physicalName == column }?.type.storage }
  }

  /// The joins that expressions need, in the base's order.
  func joins(for expressions: [PlanExpression], below root: String? = nil) -> [PlanJoin] {
    var needed: Set<String> = []
    var open = expressions.flatMap(\.aliases)
    while let alias = open.popLast() {
      guard alias != base.table, alias != root, needed.insert(alias).inserted else { continue }
      open += parents(alias)
    }
    return base.joins.filter { needed.contains($0.relation.alias) }
  }
}
