/// Numbers for the cells of a shape, in the order met, with a small table for each unit of time.
///
/// Rows mostly come in the order of time: what one unit needs stays near, however many cells there are in all. A table of all cells
/// missed the cache twice a row.
final class CellTable {
  private struct Entry {
    var codes: UInt64
    /// -1 where there is none.
    var place: Int32
  }
  private struct Unit {
    var unit: UInt64
    var entries: UnsafeMutablePointer<Entry>
    var mask: Int
    var count: Int
  }
  private struct State {
    var last: UnsafeMutablePointer<Unit>?
    var count = 0
    var bytes = 0
  }
  // Behind a pointer, so that rows are taken without a check of who else writes.
  private let state: UnsafeMutablePointer<State>
  private var units: [UInt64: UnsafeMutablePointer<Unit>] = [:]

  init() {
    state = .allocate(capacity: 1)
    state.initialize(to: State())
  }

  deinit {
    for unit in units.values {
      unit.pointee.entries.deallocate()
      unit.deallocate()
    }
    state.deallocate()
  }

  var count: Int { state.pointee.count }
  var bytes: Int { state.pointee.bytes }

  @inline(__always)
  private static func hash(_ codes: UInt64) -> Int { Int(truncatingIfNeeded: (codes &* 0x9E37_79B9_7F4A_7C15) >> 32) }

  /// The place of a cell; a new one has the place that `count` was.
  /// - Parameter unit: the unit of time as `RollupShape.unit` gives it.
  @inline(__always)
  func place(_ unit: UInt64, _ codes: UInt64) -> Int {
    let own: UnsafeMutablePointer<Unit>
    if let last = state.pointee.last, last.pointee.unit == unit { own = last } else { own = turn(to: unit) }
    let (entries, mask) = (own.pointee.entries, own.pointee.mask)
    var slot = Self.hash(codes) & mask
    while entries[slot].place >= 0 {
      if entries[slot].codes == codes { return Int(entries[slot].place) }
      slot = (slot + 1) & mask
    }
    return add(codes, to: own, at: slot)
  }

  /// The place of a cell that may not be there.
  func find(_ unit: UInt64, _ codes: UInt64) -> Int? {
    guard let own = units[unit] else { return nil }
    let (entries, mask) = (own.pointee.entries, own.pointee.mask)
    var slot = Self.hash(codes) & mask
    while entries[slot].place >= 0 {
      if entries[slot].codes == codes { return Int(entries[slot].place) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// All cells, in the order of time and then of their codes.
  func sorted() -> [(unit: UInt64, codes: UInt64, place: Int)] {
    var cells: [(unit: UInt64, codes: UInt64, place: Int)] = []
    cells.reserveCapacity(count)
    for (unit, own) in units.sorted(by: { $0.key < $1.key }) {
      let first = cells.count
      for slot in 0...own.pointee.mask where own.pointee.entries[slot].place >= 0 {
        cells.append((unit, own.pointee.entries[slot].codes, Int(own.pointee.entries[slot].place)))
      }
      cells[first...].sort { $0.codes < $1.codes }
    }
    return cells
  }

  private func turn(to unit: UInt64) -> UnsafeMutablePointer<Unit> {
    if let known = units[unit] {
      state.pointee.last = known
      return known
    }
    let own = UnsafeMutablePointer<Unit>.allocate(capacity: 1)
    own.initialize(to: Unit(unit: unit, entries: Self.entries(8), mask: 7, count: 0))
    units[unit] = own
    state.pointee.last = own
    state.pointee.bytes += 100 + 8 * MemoryLayout<Entry>.stride
    return own
  }

  private func add(_ codes: UInt64, to own: UnsafeMutablePointer<Unit>, at slot: Int) -> Int {
    let place = state.pointee.count
    state.pointee.count += 1
    own.pointee.entries[slot] = Entry(codes: codes, place: Int32(place))
    own.pointee.count += 1
    if own.pointee.count * 4 > (own.pointee.mask + 1) * 3 { grow(own) }
    return place
  }

  private func grow(_ own: UnsafeMutablePointer<Unit>) {
    let (old, size) = (own.pointee.entries, own.pointee.mask + 1)
    let entries = Self.entries(size * 2), mask = size * 2 - 1
    for index in 0..<size where old[index].place >= 0 {
      var slot = Self.hash(old[index].codes) & mask
      while entries[slot].place >= 0 { slot = (slot + 1) & mask }
      entries[slot] = old[index]
    }
    old.deallocate()
    (own.pointee.entries, own.pointee.mask) = (entries, mask)
    state.pointee.bytes += size * MemoryLayout<Entry>.stride
  }

  private static func entries(_ count: Int) -> UnsafeMutablePointer<Entry> {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: count)
    entries.initialize(repeating: Entry(codes: 0, place: -1), count: count)
    return entries
  }
}
