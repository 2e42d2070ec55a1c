/// Gathers the sets of members of many cells in the size of the sets, not of the rows.
///
/// What rows add waits in a buffer of a fixed size; when that is full it is sorted and united with the sets, each cell once. Rows in
/// the order of time touch few cells between two times.
struct MemberGathering {
  /// 8 MB, and as much again while they are sorted.
  static let mostWaiting = 1 << 20

  private let mostWaiting: Int
  private var sets: [[UInt8]] = []
  /// A set's number above a member's.
  private var waiting: [UInt64] = []
  /// What was added lately, found by some of its bits: a product that is sold all day waits once.
  private var lately = Array(repeating: UInt64.max, count: 1 << 14)
  private(set) var bytes = 0

  init(mostWaiting: Int = Self.mostWaiting) { self.mostWaiting = mostWaiting }

  /// - Returns: the number of the first of some new sets.
  mutating func makeSets(_ count: Int) -> Int {
    let first = sets.count
    for _ in 0..<count { sets.append([]) }
    bytes += count * 16
    return first
  }

  mutating func add(_ member: UInt32, to set: Int) {
    let pair = UInt64(set) << 32 | UInt64(member)
    let place = Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) >> 50)
    if lately[place] == pair { return }
    lately[place] = pair
    waiting.append(pair)
    if waiting.count >= mostWaiting { unite() }
  }

  /// The members of a set as a blob, once everything has been united.
  func blob(_ set: Int) -> [UInt8] { sets[set].isEmpty ? MemberSet.blob([]) : sets[set] }

  func bytes(of firsts: [Int], _ count: Int) -> Int {
    firsts.reduce(0) { total, first in (first..<(first + count)).reduce(total) { $0 + sets[$1].count + 16 } }
  }

  /// Takes a set's room back; its members are no longer wanted.
  mutating func forget(_ set: Int) {
    bytes -= sets[set].count
    sets[set] = []
  }

  /// Brings what waits into the sets.
  mutating func unite() {
    RadixSort.sort(&waiting)
    var numbers: [UInt32] = []
    var index = 0
    while index < waiting.count {
      let set = waiting[index] >> 32
      numbers.removeAll(keepingCapacity: true)
      while index < waiting.count, waiting[index] >> 32 == set {
        let number = UInt32(truncatingIfNeeded: waiting[index])
        if numbers.last != number { numbers.append(number) }
        index += 1
      }
      let united = sets[Int(set)].isEmpty ? MemberSet.blob(numbers) : MemberSet.united(sets[Int(set)], numbers)
      bytes += united.count - sets[Int(set)].count
      sets[Int(set)] = united
    }
    waiting.removeAll(keepingCapacity: true)
  }
}

/// Sorts millions of numbers, half a word at a time.
enum RadixSort {
  static func sort(_ numbers: inout [UInt64]) {
    if numbers.count < 4096 { return numbers.sort() }
    var other = Array(repeating: UInt64(0), count: numbers.count)
    let all = numbers.reduce(UInt64(0), |), common = numbers.reduce(UInt64.max, &)
    for shift in stride(from: UInt64(0), to: 64, by: 16) where (all ^ common) >> shift & 0xFFFF != 0 {
      var counts = Array(repeating: 0, count: 65_537)
      for number in numbers { counts[Int(number >> shift & 0xFFFF) + 1] += 1 }
      for index in 1...65_536 { counts[index] += counts[index - 1] }
      for number in numbers {
        let digit = Int(number >> shift & 0xFFFF)
        other[counts[digit]] = number
        counts[digit] += 1
      }
      swap(&numbers, &other)
    }
  }
}
