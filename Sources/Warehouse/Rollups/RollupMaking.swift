import CivilTime
import GRDB
import Metrics
import Planning
import SQLText

/// Makes all rollups of a warehouse, or brings them up to date, inside the transaction that changes its tables.
struct RollupMaking {
  let dictionary: MetricDictionary
  let db: GRDB.Database
  private let store: RollupStore
  /// What cells and sets may take in memory while rows are read.
  var mostBytes = RollupBuilder.mostBytes
  var mostWaiting = MemberGathering.mostWaiting

  init(_ dictionary: MetricDictionary, _ db: GRDB.Database) {
    (self.dictionary, self.db, store) = (dictionary, db, RollupStore(db: db))
  }

  private func builder(_ base: RollupBase) -> RollupBuilder {
    RollupBuilder(
      base: base, schema: dictionary.schema, settings: dictionary.rollups, db: db, mostBytes: mostBytes, mostWaiting: mostWaiting)
  }

  /// Makes everything anew.
  /// - Throws: `DatabaseError`
  func makeAll() throws {
    try db.execute(sql: RollupStore.tables)
    let bases = RollupBase.all(of: dictionary)
    try dropOthers(than: bases)
    for base in bases { try make(base) }
    try noteDictionary()
  }

  /// Whose rollups these are, so that a start need not compare every definition.
  func noteDictionary() throws {
    try db.execute(sql: "DELETE FROM _wenshu_rollup_build")
    try db.execute(sql: "INSERT INTO _wenshu_rollup_build VALUES (?)", arguments: [dictionary.fingerprint])
  }

  /// Rollups of tables that no metric reads any more.
  func dropOthers(than bases: [RollupBase]) throws {
    for row in try Row.fetchAll(db, sql: "SELECT table_name, time_column FROM _wenshu_rollup_bases") {
      let (table, time): (String, String) = (row[0], row[1])
      if !bases.contains(where: { $0.table == table && $0.time.description == time }) { try store.drop(table: table, time: time) }
    }
  }

  /// Makes the rollups of one table anew. What cannot be summed up exactly has none.
  func make(_ base: RollupBase) throws {
    try store.drop(base)
    var known = RollupStore.KnownBase(
      definition: RollupStore.definition(base, dictionary), magnitudes: [], isNumbered: false, rows: try rows(of: base.table), seconds: 0, doubt: "")
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let builder = builder(base)
      if let choice = try builder.choice(rows: known.rows, factBytes: try bytes(ofRows: known.rows)) {
        let shapes = choice.shapes()
        let keys = Dictionary(uniqueKeysWithValues: shapes.map { shape in
          (shape, shape.keys + Set(shape.keys.flatMap { choice.following[$0] }).subtracting(shape.keys).sorted())
        })
        let names = names(shapes, of: base)
        try builder.fill(shapes, also: keys.values.flatMap { $0 }, [], choice) { filled, shapes in
          known.magnitudes = filled.magnitudesByMeasure(base)
          known.isNumbered = filled.isNumbered
          let writing = RollupWriting(base: base, schema: dictionary.schema, db: db, filled: filled)
          for shape in shapes {
            let name = names[shape]!, table = RollupWriting.tableName(name)
            // Known before it is filled, so that a doubt drops it too.
            try store.note(base, .init(name: name, table: table, shape: shape, keys: keys[shape]!, rows: 0, bytes: 0))
            try writing.createTable(table, shape, keys[shape]!)
            let written = try writing.insert(shape, into: table, keys: keys[shape]!)
            if written.rows > 1000 { try writing.createIndex(table) }
            try store.note(
              base, .init(name: name, table: table, shape: shape, keys: keys[shape]!, rows: written.rows, bytes: written.bytes))
          }
        }
      }
    } catch let doubt as RollupDoubt {
      try store.drop(base)
      known.doubt = doubt.text
    }
    known.seconds = (clock.now - start) / .seconds(1)
    try store.note(base, known)
  }

  /// A name for each shape, no two the same: `a_b` and `a`, `b` read the same.
  private func names(_ shapes: [RollupShape], of base: RollupBase) -> [RollupShape: String] {
    let isDefaultTime = base.time == dictionary.schema[base.table]?.time
    var (names, taken): ([RollupShape: String], Set<String>) = ([:], [])
    for shape in shapes {
      let wanted = RollupWriting.name(base, shape, isDefaultTime: isDefaultTime)
      let name = taken.insert(wanted.lowercased()).inserted ? wanted : "\(wanted)_\(taken.count)"
      taken.insert(name.lowercased())
      names[shape] = name
    }
    return names
  }

  /// Sums up some months of a table again.
  /// - Parameter months: `2026-10`; nil for rows without time.
  /// - Returns: false where everything has to be made anew.
  func update(_ base: RollupBase, _ months: Set<String?>, _ known: RollupStore.KnownBase) throws -> Bool {
    let rollups = try store.rollups(base)
    let rows = try rows(of: base.table)
    // A table that has become twice as long may have room for others, or need some for the first time.
    if rollups.isEmpty || known.isNumbered || rows > known.rows * 2 || !known.doubt.isEmpty { return false }
    if months.isEmpty { return true }
    let dated = months.compactMap { $0 }
    let days = dated.compactMap { Day(iso: $0 + "-01") }
    guard days.count == dated.count, days.count <= 200 else { return false }
    let clock = ContinuousClock(), start = clock.now
    let bounds = days.sorted().map { first -> PlanExpression in
      .all([
        .comparison(base.moment, .atLeast, .literal(.text(first.description))),
        .comparison(base.moment, .less, .literal(.text(Grain.month.advance(first, by: 1).description))),
      ])
    }
    let condition = PlanExpression.any(bounds + (months.contains(nil) ? [.missing(base.moment, negated: false)] : []))
    do {
      let builder = builder(base)
      let before = known.magnitudes
      var known = known
      try builder.fill(rollups.map(\.shape), also: rollups.flatMap(\.keys), [condition]) { filled, shapes in
        if filled.isNumbered { throw RollupDoubt("members that are numbered otherwise") }
        // Rows that were replaced count once more: a bound may be too careful.
        known.magnitudes = zip(before, filled.magnitudesByMeasure(base)).map { a, b in a.addingReportingOverflow(b).overflow ? .max : a + b }
        if known.magnitudes.count != base.measures.count || known.magnitudes.contains(where: { $0 >= RollupBuilder.mostMagnitude }) {
          throw RollupDoubt("sums beyond 64 bits")
        }
        let writing = RollupWriting(base: base, schema: dictionary.schema, db: db, filled: filled)
        for rollup in rollups where shapes.contains(rollup.shape) { try replace(days, months.contains(nil), of: rollup, base, writing) }
      }
      known.seconds = (clock.now - start) / .seconds(1)
      try store.note(base, known)
      return true
    } catch is RollupDoubt { return false }
  }

  /// Puts the months that were summed up again in the place of the old ones.
  private func replace(
    _ days: [Day], _ isTimeless: Bool, of rollup: RollupStore.KnownRollup, _ base: RollupBase, _ writing: RollupWriting
  ) throws {
    var rollup = rollup
    let table = SQLiteDialect.name(rollup.table), period = SQLiteDialect.name(RollupBase.period)
    for first in days {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE \(period) >= ? AND \(period) < ?",
        arguments: [first.description, Grain.month.advance(first, by: 1).description])
    }
    if isTimeless { try db.execute(sql: "DELETE FROM \(table) WHERE \(period) IS NULL") }
    let written = try writing.insert(rollup.shape, into: rollup.table, keys: rollup.keys)
    let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
    rollup.bytes = rollup.rows == 0 ? written.bytes : rollup.bytes / max(1, rollup.rows) * all
    rollup.rows = all
    try store.note(base, rollup)
  }

  private func rows(of table: String) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM \(SQLiteDialect.name(table))") ?? 0 }

  /// What so many rows take of the file, roughly: its size, by the share of the rows of all tables.
  private func bytes(ofRows rows: Int) throws -> Int {
    let all = try dictionary.schema.tables.reduce(0) { try $0 + (db.tableExists($1.name) ? self.rows(of: $1.name) : 0) }
    let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0, size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4096
    return all == 0 ? 0 : Int(Double(pages) * Double(size) * Double(rows) / Double(all))
  }
}

extension RollupBuilder.Filled {
  /// For each measure the sum of what its rows add, without signs; 0 for measures that are no sums.
  func magnitudesByMeasure(_ base: RollupBase) -> [UInt64] {
    base.measures.map { measure in
      guard measure.kind == .sum, let argument = measure.argument.flatMap({ pass.argument($0) }),
        let lane = pass.sums.firstIndex(of: .init(kind: .sum, argument: argument, filter: measure.filter))
      else { return 0 }
      return magnitudes[lane]
    }
  }
}
