import CivilTime
import Planning

/// Which cells a rollup has: a unit of time and the keys that tell them apart; other keys follow from those.
struct RollupShape: Hashable {
  var grain: Grain
  /// Places in `RollupBase.keys`, ascending.
  var keys: [Int]
  /// Whether sets of distinct values are kept too.
  var hasMembers = false

  static let mostKeys = 4
  /// A key with more values than this tells too many cells apart.
  static let mostValues = 2047
  private static let keyBits = 11
  private static let dayShift = Int64(1 << 19)

  /// A cell as one number: the first day of its unit of time, then the codes of the keys at some places.
  @inline(__always)
  static func packed(_ day: Int64?, _ codes: [UInt16], _ places: [Int]) -> UInt64 {
    var cell: UInt64 = day.map { UInt64($0 + dayShift) } ?? 0
    for place in places { cell = cell << UInt64(keyBits) | UInt64(codes[place]) }
    return cell
  }

  /// The first day of the unit; nil for rows without time.
  static func day(of cell: UInt64, keys: Int) -> Int64? {
    let number = cell >> UInt64(keys * keyBits)
    return number == 0 ? nil : Int64(number) - dayShift
  }

  static func code(in cell: UInt64, at index: Int, of keys: Int) -> Int {
    Int((cell >> UInt64((keys - 1 - index) * keyBits)) & UInt64((1 << keyBits) - 1))
  }
}

/// What the cells of one shape sum up to.
struct RollupCube {
  let shape: RollupShape
  /// Places in the pass's lanes: what is added up, and what is the least or greatest of.
  let sums: Int
  let ends: Int
  private(set) var cells: [UInt64] = []
  private(set) var values: [Int64] = []
  private var places: [Int32]
  private var width: Int { sums + ends }

  /// - Parameter ends: for each end lane after the sums; least ones start at the greatest number.
  init(_ shape: RollupShape, sums: Int, ends: Int) {
    (self.shape, self.sums, self.ends) = (shape, sums, ends)
    places = Array(repeating: -1, count: 1024)
  }

  var count: Int { cells.count }

  private static func hash(_ cell: UInt64) -> Int {
    var state = cell &* 0x9E37_79B9_7F4A_7C15
    state ^= state >> 32
    return Int(truncatingIfNeeded: state &* 0xD6E8_FEB8_6659_FD93 >> 16)
  }

  /// The place of a cell, made if it is new.
  mutating func place(of cell: UInt64, _ start: [Int64]) -> Int {
    let mask = places.count - 1
    var place = Self.hash(cell) & mask
    while places[place] >= 0 {
      let index = Int(places[place])
      if cells[index] == cell { return index }
      place = (place + 1) & mask
    }
    let index = cells.count
    places[place] = Int32(index)
    cells.append(cell)
    values.append(contentsOf: start)
    if cells.count * 2 > places.count { grow() }
    return index
  }

  /// The place of a cell that may not be there.
  func find(_ cell: UInt64) -> Int? {
    let mask = places.count - 1
    var place = Self.hash(cell) & mask
    while places[place] >= 0 {
      if cells[Int(places[place])] == cell { return Int(places[place]) }
      place = (place + 1) & mask
    }
    return nil
  }

  private mutating func grow() {
    places = Array(repeating: -1, count: places.count * 4)
    let mask = places.count - 1
    for (index, cell) in cells.enumerated() {
      var place = Self.hash(cell) & mask
      while places[place] >= 0 { place = (place + 1) & mask }
      places[place] = Int32(index)
    }
  }

  /// Adds one row, or another cell, to a cell.
  @inline(__always)
  mutating func add(_ row: UnsafeBufferPointer<Int64>, at place: Int, _ isLeast: [Bool]) {
    let (sums, ends, width) = (sums, ends, width)
    values.withUnsafeMutableBufferPointer { values in
      let start = values.baseAddress! + place * width
      for lane in 0..<sums { start[lane] &+= row[lane] }
      for lane in 0..<ends {
        let value = row[sums + lane]
        start[sums + lane] = isLeast[lane] ? min(start[sums + lane], value) : max(start[sums + lane], value)
      }
    }
  }

  func value(_ place: Int, _ lane: Int) -> Int64 { values[place * width + lane] }

  /// Sums up to another shape, whose keys are among those of this one.
  func coarser(_ shape: RollupShape, _ start: [Int64], _ isLeast: [Bool]) -> RollupCube {
    var cube = RollupCube(shape, sums: sums, ends: ends)
    let own = self.shape.keys
    let codesOf = shape.keys.map { key in own.firstIndex(of: key)! }
    let width = width
    for (index, cell) in cells.enumerated() {
      let day = RollupShape.day(of: cell, keys: own.count)
      let codes = codesOf.map { UInt16(RollupShape.code(in: cell, at: $0, of: own.count)) }
      let target = RollupShape.packed(shape.start(day), codes, Array(codes.indices))
      let place = cube.place(of: target, start)
      values.withUnsafeBufferPointer { cube.add(UnsafeBufferPointer(rebasing: $0[(index * width)..<((index + 1) * width)]), at: place, isLeast) }
    }
    return cube
  }
}

extension RollupShape {
  /// The first day of the unit of time that a day lies in.
  func start(_ day: Int64?) -> Int64? { grain == .month ? day.map(RollupShape.monthStart) : day }

  /// The first day of the month that a day lies in.
  static func monthStart(_ day: Int64) -> Int64 { day - Int64(Day(number: Int(day)).dayOfMonth) + 1 }

  /// Whether cells of another shape can be put together to cells of this one.
  func isCoarser(than other: RollupShape) -> Bool {
    (other.grain == .day || grain == .month) && keys.allSatisfy(other.keys.contains)
  }
}
