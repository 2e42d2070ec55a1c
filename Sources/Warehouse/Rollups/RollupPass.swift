import CivilTime
import GRDB
import GRDBSQLite
import Metrics
import Planning
import SQLText

/// One pass over the rows of a table, which fills cells of several shapes at once.
///
/// Anything in the rows that could make a sum of sums another number than the sum of all rows ends it: a moment that SQLite would
/// read otherwise than it is written, an amount that is no whole number, sums that could leave 64 bits.
struct RollupPass {
  let base: RollupBase
  private let sources: RollupKeySources
  private let tests: [PlanExpression]
  private let arguments: [PlanExpression]
  private let tree: JoinTree

  /// What is added up of a row: 1 for each filter that it meets, then for each argument and filter 1 where there is a value, and
  /// the value itself.
  struct Lane: Hashable {
    enum Kind: Hashable { case rows, count, sum, least, greatest }
    var kind: Kind
    var argument: Int
    var filter: Int
  }
  let sums: [Lane]
  let ends: [Lane]
  /// For each argument that sets are kept of, its filters.
  let sets: [(argument: Int, filters: [Int])]
  /// How many sets a cell has: one for each filter of each argument.
  var setCount: Int { sets.reduce(0) { $0 + $1.filters.count } }
  /// The codes of keys that stand directly beside the rows.
  private var direct: [ValueCodes] = []

  init(_ base: RollupBase, keys: [Int], schema: Schema, _ db: GRDB.Database) throws {
    self.base = base
    var tests: [PlanExpression] = []
    for test in base.filters.flatMap({ $0 }) where !tests.contains(test) { tests.append(test) }
    var arguments: [PlanExpression] = []
    for measure in base.measures { if let own = measure.argument, !arguments.contains(own) { arguments.append(own) } }
    (self.tests, self.arguments) = (tests, arguments)
    sources = try RollupKeySources(base, keys.map { base.keys[$0].value.expression } + tests, schema, db)
    tree = JoinTree(base, schema)
    var sums: [Lane] = []
    var ends: [Lane] = []
    var sets: [(argument: Int, filters: [Int])] = []
    func add(_ kind: Lane.Kind, _ argument: Int, _ filter: Int) {
      let lane = Lane(kind: kind, argument: argument, filter: filter)
      if !sums.contains(lane) { sums.append(lane) }
    }
    for measure in base.measures {
      let argument = measure.argument.flatMap { arguments.firstIndex(of: $0) } ?? 0
      switch measure.kind {
      case .rows: add(.rows, 0, measure.filter)
      case .count: add(.count, argument, measure.filter)
      case .sum:
        add(.count, argument, measure.filter)
        add(.sum, argument, measure.filter)
      case .least, .greatest:
        add(.count, argument, measure.filter)
        ends.append(Lane(kind: measure.kind == .least ? .least : .greatest, argument: argument, filter: measure.filter))
      case .members:
        if let place = sets.firstIndex(where: { $0.argument == argument }) { sets[place].filters.append(measure.filter) } else {
          sets.append((argument, [measure.filter]))
        }
      }
    }
    (self.sums, self.ends, self.sets) = (sums, ends, sets)
    keyPlaces = keys
    direct = sources.columns.map { _ in ValueCodes() }
  }

  /// Which of the base's keys the pass reads, in its order.
  let keyPlaces: [Int]

  // MARK: What keys are

  /// The values of a key by their codes.
  func values(_ key: Int) -> [KeyValue] {
    let source = sources.sources[key]
    if let lookup = source.lookup { return sources.lookups[lookup.table].coded[lookup.value].values }
    return direct[source.column].values
  }

  /// Whether a key stands in a small table, all of whose values are known.
  func isLookup(_ key: Int) -> Bool { sources.sources[key].lookup != nil }

  /// The code of one key by that of another, where the one follows from the other in every row; nil where it does not.
  func following(_ key: Int, from other: Int) -> [UInt16]? {
    guard let a = sources.sources[key].lookup, let b = sources.sources[other].lookup, a.table == b.table else { return nil }
    let table = sources.lookups[a.table]
    var codes = Array(repeating: UInt16.max, count: table.coded[b.value].count)
    let width = table.values.count
    for row in stride(from: 0, to: table.codes.count, by: width) {
      let (place, code) = (Int(table.codes[row + b.value]), table.codes[row + a.value])
      guard place < codes.count, codes[place] == .max || codes[place] == code else { return nil }
      codes[place] = code
    }
    return codes
  }

  // MARK: Reading

  /// The statement: the moment, keys and tests, then arguments.
  func statement(_ conditions: [PlanExpression], sample: [Int64]? = nil) -> SQLQuery {
    let expressions = [base.moment] + sources.columns + arguments
    let joins = tree.joins(for: expressions + conditions)
    let columns = expressions.enumerated().map { PlanOutput("c\($0)", PlanValue($1, .text)) }
    var all = conditions
    if let sample {
      let rows = sample.map { PlanExpression.constant($0) }
      all.append(.oneOf(.field(base.table, "rowid"), rows, negated: false))
    }
    let select = PlanSelect(columns: columns, source: .table(base.table, alias: base.table), joins: joins, conditions: all)
    return SQLWriter.statement(
      PlanStep(name: "rows", note: .none, operation: .select(select), columns: columns.map { StepColumn($0.name, .text) }))
  }

  /// A row as the pass has read it; what it points to holds until the next one.
  struct Row {
    var day: Int64?
    /// For each of the wanted shapes the codes of its keys.
    let codes: UnsafeMutablePointer<UInt64>
    /// For each filter, whether the row meets it.
    let meets: UnsafeMutablePointer<Bool>
    let present: UnsafeMutablePointer<Bool>
    let numbers: UnsafeMutablePointer<Int64>
  }

  /// Reads rows one by one.
  /// - Parameters:
  ///   - shapes: the keys of each, as places among the pass's.
  ///   - body: told the statement too, for arguments that are no numbers.
  mutating func each(
    _ db: GRDB.Database, _ conditions: [PlanExpression] = [], sample: [Int64]? = nil, shapes: [[Int]] = [],
    _ body: (Row, OpaquePointer) throws -> Void
  ) throws {
    let query = statement(conditions, sample: sample)
    let prepared = try db.makeStatement(sql: query.text)
    try prepared.setArguments(StatementArguments(query.arguments.map(\.databaseValue)))
    let handle = prepared.sqliteStatement
    defer { sqlite3_reset(handle) }
    var moments = MomentReading()
    let keys = keyPlaces.count
    let own = (
      codes: Self.zeros(UInt64(0), shapes.count), meets: Self.zeros(true, base.filters.count), present: Self.zeros(false, arguments.count),
      numbers: Self.zeros(Int64(0), arguments.count), holds: Self.zeros(true, tests.count)
    )
    defer {
      own.codes.deallocate()
      own.meets.deallocate()
      own.present.deallocate()
      own.numbers.deallocate()
      own.holds.deallocate()
    }
    var row = Row(day: nil, codes: own.codes, meets: own.meets, present: own.present, numbers: own.numbers)
    let filters = base.filters.map { $0.map { tests.firstIndex(of: $0)! } }
    var lookups = sources.lookups.indices.map { lookup($0, shapes) }
    var direct = direct
    defer { self.direct = direct }
    let keyColumns = (0..<keys).filter { !isLookup($0) }.map { key in
      let shares = shapes.indices.compactMap { shape in
        shapes[shape].firstIndex(of: key).map { (shape: shape, shift: RollupShape.shift($0, of: shapes[shape].count)) }
      }
      return (place: sources.sources[key].column, column: Int32(1 + sources.sources[key].column), shares: shares)
    }
    let testColumns = tests.indices.filter { !isLookup(keys + $0) }.map { (test: $0, column: Int32(1 + sources.sources[keys + $0].column)) }
    let isDay = base.isDay
    let firstArgument = 1 + sources.columns.count
    let isNumber = arguments.indices.map { place in
      base.measures.contains { $0.argument == arguments[place] && [.sum, .least, .greatest].contains($0.kind) }
    }
    while true {
      let code = sqlite3_step(handle)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw DatabaseError(resultCode: ResultCode(rawValue: code & 0xFF)) }
      row.day = try moments.day(handle, 0, isDay: isDay)
      for shape in shapes.indices { own.codes[shape] = 0 }
      for index in lookups.indices {
        let place = try lookups[index].keys.number(handle, lookups[index].column)
        lookups[index].shares.withUnsafeBufferPointer { shares in
          for shape in shapes.indices { own.codes[shape] |= shares[place * shapes.count + shape] }
        }
        for (test, truths) in lookups[index].truths { own.holds[test] = truths[place] }
      }
      for key in keyColumns {
        guard let value = direct[key.place].code(handle, key.column) else { throw RollupDoubt("a value that is no key") }
        if key.shares.isEmpty { continue }
        if value > RollupShape.mostValues { throw RollupDoubt("a key with many values") }
        for share in key.shares { own.codes[share.shape] |= UInt64(value) << share.shift }
      }
      for test in testColumns { own.holds[test.test] = sqlite3_column_double(handle, test.column) != 0 }
      for index in filters.indices { own.meets[index] = filters[index].allSatisfy { own.holds[$0] } }
      for index in isNumber.indices {
        let column = Int32(firstArgument + index)
        let type = sqlite3_column_type(handle, column)
        own.present[index] = type != SQLITE_NULL
        if type == SQLITE_INTEGER { own.numbers[index] = sqlite3_column_int64(handle, column) } else if isNumber[index], type != SQLITE_NULL {
          throw RollupDoubt("an amount that is no whole number")
        }
      }
      try body(row, handle)
    }
  }

  private static func zeros<Value>(_ value: Value, _ count: Int) -> UnsafeMutablePointer<Value> {
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: max(1, count))
    pointer.initialize(repeating: value, count: max(1, count))
    return pointer
  }

  private struct LookupReading {
    var keys: KeyTable
    let column: Int32
    /// For each row and shape what its values add to the codes.
    let shares: [UInt64]
    let truths: [(test: Int, truths: [Bool])]
  }

  /// What pointing to each row of a small table means for the codes of shapes, and for tests.
  private func lookup(_ place: Int, _ shapes: [[Int]]) -> LookupReading {
    let lookup = sources.lookups[place]
    var shares: [UInt64] = []
    for row in 0..<lookup.count {
      for shape in shapes {
        var share: UInt64 = 0
        for (index, key) in shape.enumerated() {
          guard let own = sources.sources[key].lookup, own.table == place else { continue }
          share |= UInt64(lookup.codes[row * lookup.values.count + own.value]) << RollupShape.shift(index, of: shape.count)
        }
        shares.append(share)
      }
    }
    let truths = tests.indices.compactMap { test -> (test: Int, truths: [Bool])? in
      guard let own = sources.sources[keyPlaces.count + test].lookup, own.table == place else { return nil }
      let values = lookup.coded[own.value].values
      return (test, (0..<lookup.count).map { row in
        if case .integer(let value) = values[Int(lookup.codes[row * lookup.values.count + own.value])] { value != 0 } else { false }
      })
    }
    return LookupReading(keys: lookup.keys, column: Int32(1 + lookup.column), shares: shares, truths: truths)
  }

  /// Whether each value of a key has a code that cells can hold.
  func fits(_ key: Int) -> Bool { !isLookup(key) || values(key).count <= RollupShape.mostValues + 1 }

  /// The place of an argument.
  func argument(_ expression: PlanExpression) -> Int? { arguments.firstIndex(of: expression) }

  var argumentCount: Int { arguments.count }

  /// The column of the statement that an argument stands in.
  func column(ofArgument argument: Int) -> Int32 { Int32(1 + sources.columns.count + argument) }
}
