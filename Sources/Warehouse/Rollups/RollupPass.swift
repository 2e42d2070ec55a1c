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
      PlanStep(name: "rows", sentence: "", operation: .select(select), columns: columns.map { StepColumn($0.name, .text) }))
  }

  /// A row as the pass has read it.
  struct Row {
    var day: Int64?
    var codes: [UInt16]
    /// For each filter, whether the row meets it.
    var meets: [Bool]
    var present: [Bool]
    var numbers: [Int64]
  }

  /// Reads rows one by one.
  /// - Parameter values: told the statement at each row, for arguments that are no numbers.
  mutating func each(
    _ db: GRDB.Database, _ conditions: [PlanExpression] = [], sample: [Int64]? = nil, _ body: (inout Row, OpaquePointer) throws -> Void
  ) throws {
    let query = statement(conditions, sample: sample)
    let prepared = try db.makeStatement(sql: query.text)
    try prepared.setArguments(StatementArguments(query.arguments.map(\.databaseValue)))
    let handle = prepared.sqliteStatement
    defer { sqlite3_reset(handle) }
    var moments = MomentReading()
    let keys = keyPlaces.count
    var row = Row(
      day: nil, codes: Array(repeating: 0, count: keys), meets: Array(repeating: true, count: base.filters.count),
      present: Array(repeating: false, count: arguments.count), numbers: Array(repeating: 0, count: arguments.count))
    let filters = base.filters.map { $0.map { tests.firstIndex(of: $0)! } }
    var holds = Array(repeating: false, count: tests.count)
    let truths = (0..<tests.count).map { test -> [Bool] in
      guard let lookup = sources.sources[keys + test].lookup else { return [] }
      return sources.lookups[lookup.table].coded[lookup.value].values.map { if case .integer(let value) = $0 { value != 0 } else { false } }
    }
    var lookupRows = sources.lookups.map { LookupReading($0) }
    var places = Array(repeating: 0, count: sources.lookups.count)
    let lookupCodes = sources.lookups.map(\.codes), widths = sources.lookups.map(\.values.count)
    let lookupColumns = sources.lookups.map { Int32(1 + $0.column) }
    let reads = sources.sources.map { source in
      (table: source.lookup?.table ?? -1, value: source.lookup?.value ?? 0, place: source.column, column: Int32(1 + source.column))
    }
    let isDay = base.isDay
    let firstArgument = 1 + sources.columns.count
    var direct = direct
    defer { self.direct = direct }
    let isNumber = arguments.indices.map { place in
      base.measures.contains { $0.argument == arguments[place] && [.sum, .least, .greatest].contains($0.kind) }
    }
    while true {
      let code = sqlite3_step(handle)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw DatabaseError(resultCode: ResultCode(rawValue: code & 0xFF)) }
      row.day = try moments.day(handle, 0, isDay: isDay)
      for index in lookupRows.indices {
        places[index] = try lookupRows[index].row(handle, lookupColumns[index]) * widths[index]
      }
      for index in 0..<(keys + tests.count) {
        let read = reads[index]
        if read.table >= 0 {
          let value = lookupCodes[read.table][places[read.table] + read.value]
          if index < keys { row.codes[index] = value } else { holds[index - keys] = truths[index - keys][Int(value)] }
        } else if index < keys {
          guard let value = direct[read.place].code(handle, read.column) else { throw RollupDoubt("a value that is no key") }
          row.codes[index] = UInt16(min(value, Int(UInt16.max)))
        } else {
          holds[index - keys] = sqlite3_column_double(handle, read.column) != 0
        }
      }
      for index in filters.indices { row.meets[index] = filters[index].allSatisfy { holds[$0] } }
      for index in arguments.indices {
        let column = Int32(firstArgument + index)
        let type = sqlite3_column_type(handle, column)
        row.present[index] = type != SQLITE_NULL
        if type == SQLITE_INTEGER { row.numbers[index] = sqlite3_column_int64(handle, column) } else if isNumber[index], type != SQLITE_NULL {
          throw RollupDoubt("an amount that is no whole number")
        }
      }
      try body(&row, handle)
    }
  }

  /// The place of an argument.
  func argument(_ expression: PlanExpression) -> Int? { arguments.firstIndex(of: expression) }

  /// The column of the statement that an argument stands in.
  func column(ofArgument argument: Int) -> Int32 { Int32(1 + sources.columns.count + argument) }
}

/// Finds the row of a small table by what points to it.
private struct LookupReading {
  private let rows: [KeyValue: Int]
  /// By number, where keys are small numbers.
  private var dense: [Int32] = []
  private var texts = ValueCodes()

  init(_ lookup: RollupKeySources.Lookup) {
    rows = lookup.rows
    let numbers = lookup.rows.keys.compactMap { if case .integer(let value) = $0 { value } else { nil } }
    guard let greatest = numbers.max(), let least = numbers.min(), least >= 0, greatest < 8_000_000 else { return }
    dense = Array(repeating: 0, count: Int(greatest) + 1)
    for number in numbers { dense[Int(number)] = Int32(lookup.rows[.integer(number)]!) }
  }

  mutating func row(_ statement: OpaquePointer, _ column: Int32) throws -> Int {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: return 0
    case SQLITE_INTEGER:
      let value = sqlite3_column_int64(statement, column)
      if value >= 0, value < dense.count { return Int(dense[Int(value)]) }
      return rows[.integer(value)] ?? 0
    case SQLITE_TEXT:
      guard let code = texts.code(statement, column) else { throw RollupDoubt("a text that is not UTF-8") }
      return rows[texts.values[code]] ?? 0
    default: throw RollupDoubt("a key of another type")
    }
  }
}

/// Reads the days of moments, and ends at one that SQLite would take for another day than its text says.
struct MomentReading {
  private var last: (UInt64, UInt16) = (0, 0)
  private var day: Int64 = 0

  mutating func day(_ statement: OpaquePointer, _ column: Int32, isDay: Bool) throws -> Int64? {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: return nil
    case SQLITE_TEXT: break
    default: throw RollupDoubt("a moment that is no text")
    }
    let count = Int(sqlite3_column_bytes(statement, column))
    guard count >= 10, let start = sqlite3_column_text(statement, column) else { throw RollupDoubt("a moment that is no day") }
    let raw = UnsafeRawPointer(start)
    let head = (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    if head != last {
      let text = String(decoding: UnsafeBufferPointer(start: start, count: 10), as: UTF8.self)
      guard let found = Day(iso: text), found.description == text else { throw RollupDoubt("a moment that is no day: \(text)") }
      (last, day) = (head, Int64(found.number))
    }
    if count > 10, isDay { throw RollupDoubt("a day with a clock") }
    if count > 10 { try checkClock(UnsafeBufferPointer(start: start, count: count)) }
    return day
  }

  /// ` 23:59`, `T23:59:59.999`: no zone, no 24th hour.
  private func checkClock(_ text: UnsafeBufferPointer<UInt8>) throws {
    func digit(_ place: Int) -> Int { place < text.count ? Int(text[place]) - 48 : -1 }
    guard text[10] == 32 || text[10] == 84, (0...2).contains(digit(11)), (0...9).contains(digit(12)), digit(11) * 10 + digit(12) < 24,
      text.count >= 16, text[13] == 58, (0...5).contains(digit(14)), (0...9).contains(digit(15))
    else { throw RollupDoubt("a moment of another form") }
    for place in 16..<text.count where !(48...58).contains(text[place]) && text[place] != 46 { throw RollupDoubt("a moment of another form") }
  }
}
