import CivilTime
import GRDB
import GRDBSQLite
import Metrics
import Planning
import SQLText

/// Makes the rollups of one table in one pass over its rows, or in some where they would take too much memory.
struct RollupBuilder {
  let base: RollupBase
  let schema: Schema
  let settings: RollupSettings
  let db: GRDB.Database
  /// What cells and sets may take in memory during a pass.
  var mostBytes = Self.mostBytes
  /// Members of sets that may wait to be sorted.
  var mostWaiting = MemberGathering.mostWaiting

  /// A sum of which no part can leave 64 bits, in whatever order it is taken; and one whose parts are whole as reals too.
  static let mostMagnitude = UInt64(1) << 62
  private static let mostExactMean = UInt64(1) << 53
  static let mostBytes = 96 << 20
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

  // MARK: The passes

  /// What one pass has filled.
  struct Filled {
    let pass: RollupPass
    let filling: RollupFilling
    let magnitudes: [UInt64]
    /// Whether another pass would give members other numbers.
    let isNumbered: Bool
  }

  /// Fills all wanted shapes.
  /// - Parameters:
  ///   - keys: those that follow from others.
  ///   - conditions: only rows that meet them, for bringing some months up to date.
  ///   - choice: how many cells shapes have, where that is known.
  ///   - write: told after each pass which shapes are filled; each is told once.
  /// - Throws: `RollupDoubt` where the rows cannot be summed up exactly, before anything is written.
  func fill(
    _ wanted: [RollupShape], also keys: [Int], _ conditions: [PlanExpression], _ choice: RollupChoice? = nil,
    _ write: (Filled, [RollupShape]) throws -> Void
  ) throws {
    var open = wanted
    repeat {
      let filled = try pass(open, keys, conditions, choice)
      let done = Set(filled.filling.filled)
      try write(filled, open.filter(done.contains))
      open.removeAll(where: done.contains)
    } while !open.isEmpty
  }

  private func pass(_ wanted: [RollupShape], _ keys: [Int], _ conditions: [PlanExpression], _ choice: RollupChoice?) throws -> Filled {
    let used = Array(Set(wanted.flatMap(\.keys) + keys)).sorted()
    var pass = try RollupPass(base, keys: used, schema: schema, db)
    if !used.indices.allSatisfy(pass.fits) { throw RollupDoubt("a key with many values") }
    let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    let filling = RollupFilling(pass, wanted, choice, mostBytes: mostBytes, mostWaiting: mostWaiting)
    let batches = RowBatches(filling, pass)
    let sets = pass.sets, columns = pass.sets.map { pass.column(ofArgument: $0.argument) }
    var numbers = sets.map { _ in ValueNumbers() }
    let hasMembers = wanted.contains(where: \.hasMembers)
    do {
      try pass.each(db, conditions, shapes: filling.shapes.map { $0.keys.map { places[$0]! } }) { row, statement in
        try batches.add(row) { set in
          guard hasMembers, row.present[sets[set].argument], sets[set].filters.contains(where: { row.meets[$0] }) else { return 0 }
          return try numbers[set].number(statement, columns[set])
        }
      }
    } catch {
      batches.finish()
      throw error
    }
    batches.finish()
    filling.finish()
    let magnitudes = filling.magnitudes
    if magnitudes.contains(where: { $0 >= Self.mostMagnitude }) { throw RollupDoubt("sums beyond 64 bits") }
    return Filled(pass: pass, filling: filling, magnitudes: magnitudes, isNumbered: numbers.contains(where: \.isNumbered))
  }

  /// Whether a mean of this sum is the same number however it is computed.
  static func isExactMean(_ magnitude: UInt64) -> Bool { magnitude < mostExactMean }
}

