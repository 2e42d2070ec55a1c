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

  // MARK: A cell as two numbers

  /// A unit of time as a number that sorts like it: its first day; 0 for rows without time.
  @inline(__always)
  static func unit(_ day: Int64?) -> UInt64 { day.map { UInt64($0 + dayShift) } ?? 0 }

  /// The first day of the unit; nil for rows without time.
  static func day(of unit: UInt64) -> Int64? { unit == 0 ? nil : Int64(unit) - dayShift }

  /// The codes of some keys, and that of one more.
  @inline(__always)
  static func packed(_ codes: UInt64, _ code: Int) -> UInt64 { codes << UInt64(keyBits) | UInt64(code) }

  /// The code of one of some keys.
  static func code(in codes: UInt64, at index: Int, of keys: Int) -> Int {
    Int((codes >> shift(index, of: keys)) & UInt64((1 << keyBits) - 1))
  }

  /// Where the code of one of some keys stands.
  static func shift(_ index: Int, of keys: Int) -> UInt64 { UInt64((keys - 1 - index) * keyBits) }

  // MARK: Time

  /// The first day of the unit of time that a day lies in.
  func start(_ day: Int64?) -> Int64? { grain == .month ? day.map(RollupShape.monthStart) : day }

  /// The first day of the month that a day lies in.
  static func monthStart(_ day: Int64) -> Int64 { day - Int64(Day(number: Int(day)).dayOfMonth) + 1 }

  /// Whether cells of another shape can be put together to cells of this one.
  func isCoarser(than other: RollupShape) -> Bool {
    (other.grain == .day || grain == .month) && keys.allSatisfy(other.keys.contains)
  }

  /// The same without sets.
  var plain: RollupShape { RollupShape(grain: grain, keys: keys) }
}
