import CivilTime
import GRDB
import GRDBSQLite
import Metrics
import Planning
import SQLText

/// Makes the rollups of one table in one pass over its rows.
struct RollupBuilder {
  let base: RollupBase
  let schema: Schema
  let settings: RollupSettings
  let db: GRDB.Database

  /// A sum of which no part can leave 64 bits, in whatever order it is taken; and one whose parts are whole as reals too.
  static let mostMagnitude = UInt64(1) << 62
  private static let mostExactMean = UInt64(1) << 53
  private static let sampled = 4_000

  // MARK: What there is

  /// Looks at some rows and the small tables: how many values keys have, what follows from what, how many days there are.
  /// - Returns: nil where nothing is worth keeping.
  func choice(rows: Int, factBytes: Int) throws -> RollupChoice? {
    if settings.isOff || rows < settings.leastRows || rows == 0 { return nil }
    var pass = try RollupPass(base, keys: Array(base.keys.indices), schema: schema, db)
    let last = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM \(SQLiteDialect.name(base.table))") ?? 0
    let step = max(1, last / Int64(Self.sampled))
    var (first, past): (Int64, Int64) = (.max, .min)
    try pass.each(db, sample: Array(stride(from: Int64(1), through: last, by: Int64.Stride(step))) + [last]) { row, _ in
      guard let day = row.day else { return }
      (first, past) = (min(first, day), max(past, day + 1))
    }
    guard first < past else { return nil }
    let keys = base.keys.indices
    // What the sample has not seen is met in the pass; a key with many values there has more in all rows.
    let values = keys.map { key in
      let count = pass.values(key).count
      return count <= 1 || count > RollupShape.mostValues / 4 && !pass.isLookup(key) || count > RollupShape.mostValues ? 0 : count
    }
    let following = keys.map { other in keys.filter { $0 != other && values[other] > 0 && values[$0] > 0 && pass.following($0, from: other) != nil } }
    return RollupChoice(
      base: base, rows: rows, values: values, following: following, days: Int(past - first), room: rows * settings.share / 100,
      memberRoom: factBytes * settings.share / 125)
  }

  // MARK: The pass

  struct Filled {
    var pass: RollupPass
    var cubes: [RollupCube]
    /// For each argument of sets: cell of the finest shape, number, and which filters the row meets.
    var members: [[Member]]
    var memberCube: RollupCube?
    var magnitudes: [UInt64]
    var shapes: [RollupShape]
    var numbers: [ValueNumbers]
  }

  struct Member {
    var cell: UInt32
    var number: UInt32
    var meets: UInt32
  }

  /// - Parameters:
  ///   - keys: those that follow from others.
  ///   - choice: how many cells shapes have, where that is known.
  ///   - conditions: only rows that meet them, for bringing some months up to date.
  /// - Throws: `RollupDoubt` where the rows cannot be summed up exactly.
  func fill(_ wanted: [RollupShape], also keys: [Int], _ conditions: [PlanExpression], _ choice: RollupChoice? = nil) throws -> Filled {
    let used = Array(Set(wanted.flatMap(\.keys) + keys)).sorted()
    var pass = try RollupPass(base, keys: used, schema: schema, db)
    let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    var cubes = RollupGrouping(wanted, choice).direct.map { RollupCube($0, sums: pass.sums.count, ends: pass.ends.count) }
    let cubeKeys = cubes.map { $0.shape.keys.map { places[$0]! } }
    let isLeast = pass.ends.map { $0.kind == .least }
    let start = Array(repeating: Int64(0), count: pass.sums.count) + isLeast.map { $0 ? Int64.max : .min }
    let memberShape = RollupGrouping.together(wanted.filter(\.hasMembers))
    var memberCube = memberShape.map { RollupCube($0, sums: 0, ends: 0) }
    let memberKeys = memberShape?.keys.map { places[$0]! } ?? []
    var members: [[Member]] = pass.sets.map { _ in [] }
    var numbers = pass.sets.map { _ in ValueNumbers() }
    var magnitudes = Array(repeating: UInt64(0), count: pass.sums.count)
    var row = start
    let (sums, ends, sets) = (pass.sums, pass.ends, pass.sets)
    let memberColumns = sets.map { pass.column(ofArgument: $0.argument) }
    let isMonthly = cubes.map { $0.shape.grain == .month }
    var (lastDay, month): (Int64?, Int64?) = (nil, nil)
    try pass.each(db, conditions) { read, statement in
      if read.day != lastDay { (lastDay, month) = (read.day, read.day.map(RollupShape.monthStart)) }
      for lane in sums.indices {
        let own = sums[lane]
        guard read.meets[own.filter] else {
          row[lane] = 0
          continue
        }
        switch own.kind {
        case .rows: row[lane] = 1
        case .count: row[lane] = read.present[own.argument] ? 1 : 0
        default:
          row[lane] = read.present[own.argument] ? read.numbers[own.argument] : 0
          let (sum, overflow) = magnitudes[lane].addingReportingOverflow(row[lane].magnitude)
          magnitudes[lane] = overflow ? .max : sum
        }
      }
      for lane in ends.indices {
        let own = ends[lane]
        row[sums.count + lane] = read.meets[own.filter] && read.present[own.argument] ? read.numbers[own.argument] : start[sums.count + lane]
      }
      if read.codes.contains(where: { $0 > RollupShape.mostValues }) { throw RollupDoubt("a key with many values") }
      for index in cubes.indices {
        let cell = RollupShape.packed(isMonthly[index] ? month : read.day, read.codes, cubeKeys[index])
        let place = cubes[index].place(of: cell, start)
        row.withUnsafeBufferPointer { cubes[index].add($0, at: place, isLeast) }
      }
      guard let shape = memberShape else { return }
      let cell = RollupShape.packed(shape.grain == .month ? month : read.day, read.codes, memberKeys)
      var place = -1
      for index in sets.indices where read.present[sets[index].argument] {
        var meets: UInt32 = 0
        for (bit, filter) in sets[index].filters.enumerated() where read.meets[filter] { meets |= 1 << UInt32(bit) }
        if meets == 0 { continue }
        if place < 0 { place = memberCube!.place(of: cell, []) }
        members[index].append(Member(cell: UInt32(place), number: try numbers[index].number(statement, memberColumns[index]), meets: meets))
      }
    }
    if magnitudes.contains(where: { $0 >= Self.mostMagnitude }) { throw RollupDoubt("sums beyond 64 bits") }
    return Filled(
      pass: pass, cubes: cubes, members: members, memberCube: memberCube, magnitudes: magnitudes, shapes: wanted, numbers: numbers)
  }

  /// Whether a mean of this sum is the same number however it is computed.
  static func isExactMean(_ magnitude: UInt64) -> Bool { magnitude < mostExactMean }
}

/// Numbers of 32 bits for the members of sets: a whole number is its own, others are numbered as they are met.
struct ValueNumbers {
  private var codes = ValueCodes()
  private var isOwn: Bool?

  /// Whether other numbers would be given in another pass.
  var isNumbered: Bool { isOwn == false }

  mutating func number(_ statement: OpaquePointer, _ column: Int32) throws -> UInt32 {
    if isOwn != false, let own = ValueNumbers.own(statement, column) {
      isOwn = true
      return own
    }
    // Numbers of both kinds in one column would mix.
    if isOwn == true { throw RollupDoubt("members of several kinds") }
    isOwn = false
    guard let code = codes.code(statement, column) else { throw RollupDoubt("a member that is no number or text") }
    return UInt32(code)
  }
}

extension ValueNumbers {
  fileprivate static func own(_ statement: OpaquePointer, _ column: Int32) -> UInt32? {
    guard sqlite3_column_type(statement, column) == SQLITE_INTEGER else { return nil }
    return UInt32(exactly: sqlite3_column_int64(statement, column))
  }
}

/// Which shapes are filled in the pass, and which are put together from those.
struct RollupGrouping {
  let direct: [RollupShape]

  /// - Parameter choice: with it shapes are filled together as one finer shape, where that has not many cells more.
  init(_ shapes: [RollupShape], _ choice: RollupChoice?) {
    var direct: [RollupShape] = []
    for shape in shapes {
      var plain = shape
      plain.hasMembers = false
      if !direct.contains(plain) { direct.append(plain) }
    }
    direct = direct.filter { shape in !direct.contains { $0 != shape && shape.isCoarser(than: $0) } }
    self.direct = choice.map { Self.merged(direct, $0) } ?? direct
  }

  private static func merged(_ shapes: [RollupShape], _ choice: RollupChoice) -> [RollupShape] {
    let most = min(300_000, choice.rows / 8)
    var groups: [RollupShape] = []
    for shape in shapes.sorted(by: { (choice.cells($1), $0.keys.count) < (choice.cells($0), $1.keys.count) }) {
      let unions = groups.map { group in
        RollupShape(grain: min(group.grain, shape.grain), keys: Array(Set(group.keys + shape.keys)).sorted())
      }
      let fitting = groups.indices.filter { place in
        unions[place].keys.count <= RollupShape.mostKeys && (unions[place] == groups[place] || choice.cells(unions[place]) <= most)
      }
      if let place = fitting.min(by: { choice.cells(unions[$0]) - choice.cells(groups[$0]) < choice.cells(unions[$1]) - choice.cells(groups[$1]) }) {
        groups[place] = unions[place]
      } else {
        groups.append(shape)
      }
    }
    return groups
  }

  /// The one shape that all of these can be put together from; nil without any.
  static func together(_ shapes: [RollupShape]) -> RollupShape? {
    if shapes.isEmpty { return nil }
    return RollupShape(grain: shapes.contains { $0.grain == .day } ? .day : .month, keys: Array(Set(shapes.flatMap(\.keys))).sorted())
  }
}
