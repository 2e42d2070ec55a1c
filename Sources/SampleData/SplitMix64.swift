/// A small random source whose sequence is fixed by its seed, on every machine and in every release.
///
/// The algorithm is SplitMix64 (Steele, Lea, Flood 2014). `SystemRandomNumberGenerator` would differ from run to run, and
/// the standard library does not promise how its `random(in:)` maps bits to numbers.
package struct SplitMix64 {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return SplitMix64.mixed(state)
  }

  /// The finishing step alone: a fixed scramble of a number, for properties that hang on an id.
  package static func mixed(_ number: UInt64) -> UInt64 {
    var z = number
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 0 up to, not with, `bound`; `bound` must be positive.
  package mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  package mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// 0 up to, not with, 1, in steps of 2^-53.
  package mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// True in `perMille` of a thousand cases.
  package mutating func chance(perMille: Int) -> Bool { below(1000) < perMille }

  /// A whole number whose mean is `value`: 2.3 gives 2 in seven of ten cases, else 3.
  package mutating func rounded(_ value: Double) -> Int {
    let floor = Int(value)
    return floor + (fraction() < value - Double(floor) ? 1 : 0)
  }

  /// A place in a table of running totals, in proportion to its own weight.
  mutating func pick(_ table: WeightTable) -> Int { table.index(of: below(table.total)) }
}

/// Weights as running totals, for drawing by proportion.
struct WeightTable {
  private let ends: [Int]
  let total: Int

  /// At least one weight must be positive.
  init(_ weights: [Int]) {
    var sum = 0
    ends = weights.map { weight in
      sum += weight
      return sum
    }
    total = sum
  }

  /// The first place whose running total lies above `point`.
  func index(of point: Int) -> Int {
    var low = 0
    var high = ends.count - 1
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > point { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
