/// What the cells of one shape sum up to.
///
/// Cells lie in blocks that stay where they are: an array that doubles would need its size three times over while it does.
final class RollupCube {
  let shape: RollupShape
  private let table = CellTable()
  private let isLeast: [Bool]
  private struct State {
    /// Columns that are added up, then those that are the least or greatest of something.
    var sums: Int
    var width: Int
    var blocks: UnsafeMutablePointer<UnsafeMutablePointer<Int64>>
    var count = 0
    var room = 16
  }
  // Behind a pointer, so that rows are taken without a check of who else writes.
  private let state: UnsafeMutablePointer<State>

  private static let blockShift = 8
  private static let blockCells = 1 << blockShift

  /// - Parameter isLeast: for each column that is no sum whether it is the least; the greatest otherwise.
  init(_ shape: RollupShape, sums: Int, isLeast: [Bool]) {
    (self.shape, self.isLeast) = (shape, isLeast)
    state = .allocate(capacity: 1)
    state.initialize(to: State(sums: sums, width: sums + isLeast.count, blocks: .allocate(capacity: 16)))
  }

  deinit {
    for index in 0..<state.pointee.count { state.pointee.blocks[index].deallocate() }
    state.pointee.blocks.deallocate()
    state.deallocate()
  }

  var count: Int { table.count }
  var sums: Int { state.pointee.sums }
  private var width: Int { state.pointee.width }
  var bytes: Int { table.bytes + state.pointee.count * Self.blockCells * width * 8 }

  /// Adds one row, or another cell, to a cell.
  @inline(__always)
  func add(_ unit: UInt64, _ codes: UInt64, _ row: UnsafePointer<Int64>) {
    let place = table.place(unit, codes)
    if place >> Self.blockShift >= state.pointee.count { addBlock() }
    let (sums, width) = (state.pointee.sums, state.pointee.width)
    let start = state.pointee.blocks[place >> Self.blockShift] + (place & (Self.blockCells - 1)) * width
    for column in 0..<sums { start[column] &+= row[column] }
    if width > sums { addEnds(start, row) }
  }

  private func addEnds(_ start: UnsafeMutablePointer<Int64>, _ row: UnsafePointer<Int64>) {
    for column in sums..<width {
      start[column] = isLeast[column - sums] ? min(start[column], row[column]) : max(start[column], row[column])
    }
  }

  private func addBlock() {
    let block = UnsafeMutablePointer<Int64>.allocate(capacity: Self.blockCells * width)
    for cell in 0..<Self.blockCells {
      let start = block + cell * width
      start.initialize(repeating: 0, count: sums)
      for (end, isLeast) in isLeast.enumerated() { start[sums + end] = isLeast ? .max : .min }
    }
    if state.pointee.count == state.pointee.room {
      let blocks = UnsafeMutablePointer<UnsafeMutablePointer<Int64>>.allocate(capacity: state.pointee.room * 2)
      blocks.initialize(from: state.pointee.blocks, count: state.pointee.count)
      state.pointee.blocks.deallocate()
      (state.pointee.blocks, state.pointee.room) = (blocks, state.pointee.room * 2)
    }
    state.pointee.blocks[state.pointee.count] = block
    state.pointee.count += 1
  }

  /// Adds a column to the sums that was the same as another one so far.
  func addColumn(like column: Int) {
    let (old, new, sums, blocks) = (width, width + 1, sums, state.pointee.blocks)
    for index in 0..<state.pointee.count {
      let block = UnsafeMutablePointer<Int64>.allocate(capacity: Self.blockCells * new)
      for cell in 0..<Self.blockCells {
        let (from, to) = (blocks[index] + cell * old, block + cell * new)
        to.initialize(from: from, count: sums)
        to[sums] = from[column]
        (to + sums + 1).initialize(from: from + sums, count: old - sums)
      }
      blocks[index].deallocate()
      blocks[index] = block
    }
    (state.pointee.sums, state.pointee.width) = (sums + 1, new)
  }

  /// All cells, in the order of time and then of their codes.
  func sorted() -> [(unit: UInt64, codes: UInt64, place: Int)] { table.sorted() }

  func value(_ place: Int, _ column: Int) -> Int64 { row(place)[column] }

  private func row(_ place: Int) -> UnsafePointer<Int64> {
    UnsafePointer(state.pointee.blocks[place >> Self.blockShift] + (place & (Self.blockCells - 1)) * width)
  }

  /// Sums up to another shape, whose keys are among those of this one.
  func coarser(_ shape: RollupShape) -> RollupCube {
    let cube = RollupCube(shape, sums: sums, isLeast: isLeast)
    let own = self.shape.keys
    let places = shape.keys.map { key in own.firstIndex(of: key)! }
    for (unit, codes, place) in table.sorted() {
      var target: UInt64 = 0
      for place in places { target = RollupShape.packed(target, RollupShape.code(in: codes, at: place, of: own.count)) }
      cube.add(RollupShape.unit(shape.start(RollupShape.day(of: unit))), target, row(place))
    }
    return cube
  }
}
