/// What one pass over the rows of a table fills: cubes and sets of members, within so many bytes.
///
/// What does not fit is left for another pass, largest first.
final class RollupFilling {
  /// A cube, the shapes that are put together from it, and their sets.
  private struct Part {
    let cube: RollupCube
    /// Place among the shapes of the pass.
    let place: Int
    let wanted: [RollupShape]
    let members: [MemberCells]
  }

  /// The sets of one shape.
  final class MemberCells {
    let shape: RollupShape
    fileprivate let place: Int
    let table = CellTable()
    /// The first set of each cell.
    fileprivate(set) var sets: [Int] = []

    fileprivate init(_ shape: RollupShape, _ place: Int) { (self.shape, self.place) = (shape, place) }
  }

  private let pass: RollupPass
  private let mostBytes: Int
  private var parts: [Part] = []
  private var members: [MemberCells] = []
  private(set) var gathering: MemberGathering
  /// For each sum of the pass, what its rows add without signs.
  var magnitudes: [UInt64] { pass.sums.indices.map { sizes[$0] } }
  private let sizes: UnsafeMutablePointer<UInt64>
  /// The shapes that rows are packed by: those of the cubes, then those of sets.
  private(set) var shapes: [RollupShape] = []

  // Sums that were the same in every row so far share a column: what is counted of paid orders is often what is counted of them twice.
  /// For each sum the first one that it was the same as.
  private var same: [Int]
  private var columns: [Int]
  private let aliases: UnsafeMutablePointer<(lane: Int, first: Int)>
  private var aliasCount = 0
  private var firsts: [Int] = [0]

  private let values: UnsafeMutablePointer<Int64>
  private let row: UnsafeMutablePointer<Int64>
  // What every row needs, without counting who holds it.
  private let lanes: UnsafeMutablePointer<RollupPass.Lane>
  private let laneCount: Int
  private let targets: UnsafeMutablePointer<(cube: Unmanaged<RollupCube>, place: Int, isMonth: Bool)>
  private var targetCount = 0
  private var rows = 0
  private var lastDay: Int64?
  private var units: (day: UInt64, month: UInt64) = (0, 0)

  init(_ pass: RollupPass, _ wanted: [RollupShape], _ choice: RollupChoice?, mostBytes: Int, mostWaiting: Int) {
    (self.pass, self.mostBytes) = (pass, mostBytes)
    gathering = MemberGathering(mostWaiting: mostWaiting)
    laneCount = pass.sums.count
    lanes = .allocate(capacity: laneCount)
    lanes.initialize(from: pass.sums, count: laneCount)
    sizes = .allocate(capacity: laneCount)
    sizes.initialize(repeating: 0, count: laneCount)
    aliases = .allocate(capacity: laneCount)
    same = Array(repeating: 0, count: pass.sums.count)
    columns = Array(repeating: 0, count: pass.sums.count)
    values = .allocate(capacity: pass.sums.count)
    row = .allocate(capacity: pass.sums.count + pass.ends.count)
    let direct = RollupGrouping(wanted, choice).direct
    targets = .allocate(capacity: direct.count)
    var served: [Int: [RollupShape]] = [:]
    for shape in wanted {
      let finer = direct.indices.filter { shape.isCoarser(than: direct[$0]) }
      served[finer.min { (choice?.cells(direct[$0]) ?? $0) < (choice?.cells(direct[$1]) ?? $1) }!, default: []].append(shape)
    }
    for place in direct.indices {
      guard let own = served[place] else { continue }
      let cube = RollupCube(direct[place], sums: 1, isLeast: pass.ends.map { $0.kind == .least })
      shapes.append(direct[place])
      let first = shapes.count
      let sets = own.filter(\.hasMembers).enumerated().map { MemberCells($1, first + $0) }
      shapes += sets.map(\.shape)
      parts.append(Part(cube: cube, place: first - 1, wanted: own, members: sets))
    }
    noteParts()
    noteSame()
  }

  deinit {
    lanes.deallocate()
    sizes.deallocate()
    aliases.deallocate()
    targets.deallocate()
    values.deallocate()
    row.deallocate()
  }

  /// Those that have not been left out.
  var cubes: [RollupCube] { parts.map(\.cube) }
  /// The wanted shapes that are filled.
  var filled: [RollupShape] { parts.flatMap(\.wanted) }
  func cells(of shape: RollupShape) -> MemberCells? { members.first { $0.shape == shape } }
  /// The column of a cube in which a sum stands.
  func column(_ lane: Int) -> Int { columns[same[lane]] }
  /// Bytes of all cells and sets.
  var bytes: Int { parts.reduce(gathering.bytes) { $0 + $1.cube.bytes + $1.members.reduce(0) { $0 + $1.table.bytes } } }

  // MARK: Rows

  /// - Parameter numbers: for each argument of sets the number of its member; nothing is read where there is none.
  func take(_ read: RollupPass.Row, _ numbers: UnsafePointer<UInt32>) {
    if read.day != lastDay || rows == 0 {
      (lastDay, units) = (read.day, (RollupShape.unit(read.day), RollupShape.unit(read.day.map(RollupShape.monthStart))))
    }
    rows += 1
    for lane in 0..<laneCount {
      let own = lanes[lane]
      var value: Int64 = 0
      if read.meets[own.filter] {
        switch own.kind {
        case .rows: value = 1
        case .count: value = read.present[own.argument] ? 1 : 0
        default:
          value = read.present[own.argument] ? read.numbers[own.argument] : 0
          let (sum, overflow) = sizes[lane].addingReportingOverflow(value.magnitude)
          sizes[lane] = overflow ? .max : sum
        }
      }
      values[lane] = value
    }
    for alias in 0..<aliasCount where values[aliases[alias].lane] != values[aliases[alias].first] {
      split()
      break
    }
    let sums = firsts.count
    firsts.withUnsafeBufferPointer { firsts in for column in 0..<sums { row[column] = values[firsts[column]] } }
    for (end, own) in pass.ends.enumerated() {
      let isThere = read.meets[own.filter] && read.present[own.argument]
      row[sums + end] = isThere ? read.numbers[own.argument] : own.kind == .least ? .max : .min
    }
    let (day, month) = units
    for target in 0..<targetCount {
      let own = targets[target]
      own.cube._withUnsafeGuaranteedRef { $0.add(own.isMonth ? month : day, read.codes[own.place], row) }
    }
    if !members.isEmpty { takeMembers(read, numbers) }
    if rows & 4095 == 0, bytes > mostBytes { makeRoom() }
  }

  private func takeMembers(_ read: RollupPass.Row, _ numbers: UnsafePointer<UInt32>) {
    for cells in members {
      let place = cells.table.place(cells.shape.grain == .month ? units.month : units.day, read.codes[cells.place])
      if place == cells.sets.count { cells.sets.append(gathering.makeSets(pass.setCount)) }
      var set = cells.sets[place]
      for (index, own) in pass.sets.enumerated() {
        for filter in own.filters {
          if read.present[own.argument], read.meets[filter] { gathering.add(numbers[index], to: set) }
          set += 1
        }
      }
    }
  }

  /// Gives sums that are no longer the same a column of their own.
  private func split() {
    for lane in same.indices where values[lane] != values[same[lane]] {
      let old = same[lane]
      for part in parts { part.cube.addColumn(like: columns[old]) }
      columns[lane] = firsts.count
      firsts.append(lane)
      for other in same.indices where same[other] == old && values[other] == values[lane] { same[other] = lane }
    }
    noteSame()
  }

  private func noteSame() {
    aliasCount = 0
    for lane in same.indices where same[lane] != lane {
      aliases[aliasCount] = (lane, same[lane])
      aliasCount += 1
    }
  }

  private func noteParts() {
    members = parts.flatMap(\.members)
    for (index, part) in parts.enumerated() {
      (targets + index).initialize(to: (Unmanaged.passUnretained(part.cube), part.place, part.cube.shape.grain == .month))
    }
    targetCount = parts.count
  }

  // MARK: Room

  /// Leaves out what takes most, but for the last part.
  private func makeRoom() {
    gathering.unite()
    while bytes > mostBytes, parts.count > 1 {
      let sizes = parts.map { part in part.cube.bytes + part.members.reduce(0) { $0 + $1.table.bytes + gathering.bytes(of: $1.sets, pass.setCount) } }
      let largest = parts.remove(at: sizes.indices.max { sizes[$0] < sizes[$1] }!)
      for cells in largest.members {
        for first in cells.sets { for set in first..<(first + pass.setCount) { gathering.forget(set) } }
      }
    }
    noteParts()
  }

  /// After the last row.
  func finish() { gathering.unite() }
}
