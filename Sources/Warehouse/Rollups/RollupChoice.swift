import CivilTime
import Planning

/// Chooses which rollups of a table are worth their room.
///
/// Candidates are months and days, by none, one or two keys, where a key brings along what follows from it (a store its city and
/// region). They are looked at from the smallest up: one that another serves nearly as well is left out, and so is what no longer
/// fits the room there is.
struct RollupChoice {
  /// A table with fewer cells is read in no time, whatever finer ones there are.
  private static let smallest = 5_000
  /// So many cells of days keep sets of members apart that are counted by days.
  private static let mostRollups = 40

  let base: RollupBase
  /// Rows of the table.
  let rows: Int
  /// For each key how many values it has; 0 for one that no rollup can have.
  let values: [Int]
  /// For each key those that follow from it.
  let following: [[Int]]
  let days: Int
  /// Cells that all rollups may have together.
  let room: Int
  /// Bytes that sets may take.
  let memberRoom: Int

  private struct Candidate {
    var shape: RollupShape
    var cells: Int
    /// Its keys and what follows from them.
    var all: Set<Int>
  }

  /// Smallest first.
  func shapes() -> [RollupShape] {
    var chosen = pruned(taken())
    chosen += memberShapes()
    return chosen.map(\.shape)
  }

  /// Keys that do not follow from another one of as many values.
  private var keys: [Int] { values.indices.filter { values[$0] > 0 } }

  private func candidates() -> [Candidate] {
    var sets: [[Int]] = [[]] + keys.map { [$0] }
    for (place, a) in keys.enumerated() {
      for b in keys.dropFirst(place + 1) where base.keys[a].isPrimary || base.keys[b].isPrimary {
        if !following[a].contains(b), !following[b].contains(a) { sets.append([a, b]) }
      }
    }
    return [Grain.month, .day].flatMap { grain in sets.map { candidate(grain, $0) } }
  }

  /// About how many cells a shape has, at most.
  func cells(_ shape: RollupShape) -> Int { candidate(shape.grain, shape.keys).cells }

  private func candidate(_ grain: Grain, _ keys: [Int], hasMembers: Bool = false) -> Candidate {
    let units = grain == .day ? days : days / 28 + 2
    let cells = keys.reduce(units) { min(rows, $0 &* values[$1]) }
    return Candidate(
      shape: RollupShape(grain: grain, keys: keys.sorted(), hasMembers: hasMembers), cells: min(rows, cells), all: Set(keys + keys.flatMap { following[$0] }))
  }

  private func taken() -> [Candidate] {
    var taken: [Candidate] = []
    var used = 0
    let sorted = candidates().sorted { weight($0) == weight($1) ? $0.shape.keys.lexicographicallyPrecedes($1.shape.keys) : weight($0) < weight($1) }
    for candidate in sorted where candidate.cells * 8 <= rows || candidate.cells <= Self.smallest {
      if taken.contains(where: { serves($0, candidate) }) { continue }
      guard used + candidate.cells <= room else { continue }
      used += candidate.cells
      taken.append(candidate)
    }
    return taken
  }

  /// What a candidate costs, the more the rarer it is asked for: few questions are cut and limited by two dimensions, fewer
  /// still by two of which one stands in no hierarchy.
  private func weight(_ candidate: Candidate) -> Int {
    let others = candidate.shape.keys.count { !base.keys[$0].isPrimary }
    return candidate.cells * (candidate.shape.keys.count < 2 ? 1 : 4) * (others == 0 ? 1 : 4)
  }

  /// Without those that a larger one which was taken too serves nearly as well.
  private func pruned(_ taken: [Candidate]) -> [Candidate] {
    var kept = taken
    for candidate in taken {
      let others = kept.filter { $0.shape != candidate.shape }
      let isServed = others.contains { serves($0, candidate) && $0.cells <= max(candidate.cells * 3, Self.smallest) }
      if isServed { kept = others }
    }
    return kept.count <= Self.mostRollups ? kept : Array(kept.prefix(Self.mostRollups))
  }

  private func serves(_ a: Candidate, _ b: Candidate) -> Bool {
    (a.shape.grain == b.shape.grain || a.shape.grain == .day) && b.shape.keys.allSatisfy(a.all.contains)
  }

  // MARK: Sets of members

  /// Every row may be one more member of its cell, in two bytes and a little.
  private func memberShapes() -> [Candidate] {
    let kinds = base.measures.count { $0.kind == .members }
    if kinds == 0 { return [] }
    let finest = keys.filter { key in base.keys[key].isPrimary && !keys.contains { $0 != key && following[$0].contains(key) && !following[key].contains($0) } }
    let few = finest.sorted { (values[$0], $0) < (values[$1], $1) }.prefix(RollupShape.mostKeys)
    var chosen: [Candidate] = []
    var used = 0
    let wanted = [candidate(.month, [], hasMembers: true)] + few.map { candidate(.month, [$0], hasMembers: true) }
      + [candidate(.day, [], hasMembers: true)] + few.filter { values[$0] <= 30 }.map { candidate(.day, [$0], hasMembers: true) }
    for candidate in wanted {
      let bytes = rows * kinds * 5 / 2 + candidate.cells * kinds * 16
      guard used + bytes <= memberRoom else { continue }
      used += bytes
      chosen.append(candidate)
    }
    return chosen
  }
}
