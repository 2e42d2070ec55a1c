import Snapshots

extension SnapshotView {
  /// A number of 32 bits. Reading outside the block stops the program.
  @inline(__always) fileprivate func int32(_ position: Int) -> Int {
    precondition(position >= 0 && position + 4 <= count, "a read outside of a snapshot")
    return Int(Int32(littleEndian: base.loadUnaligned(fromByteOffset: position, as: Int32.self)))
  }
}

/// For each place of a text the categories that a phrase beginning there can have at all: those of its words, and of every
/// rule that such a phrase can begin (the left-corner relation). A rule need not wait for anything else.
///
/// What can be is counted through: a chart keeps what it knows of a place and a category under that number.
struct ReachableCategories {
  private(set) var bits: [UInt64]
  /// How many bits stand before each word of them.
  private(set) var before: [Int32] = []
  let rowLength: Int
  /// How many pairs of a place and a category there are.
  private(set) var count = 0

  init(_ lattice: Lattice, positions: Int, _ grammar: CompiledGrammar) {
    rowLength = (grammar.categoryCount + 63) / 64
    bits = Array(repeating: 0, count: rowLength * (positions + 1))
    var pending: [Int] = []
    let freeTextBeginnings = grammar.freeTextBeginnings
    for start in 0..<positions where lattice.hasFreeText(at: start) {
      for category in freeTextBeginnings { _ = insert(category, at: start) }
    }
    let (starts, corners) = (grammar.cornerStarts, grammar.corners)
    for word in lattice.words {
      guard let category = word.category, insert(category, at: word.start) else { continue }
      pending.append(category)
      while let next = pending.popLast() {
        for index in starts.int32(next * 4)..<starts.int32(next * 4 + 4) {
          let corner = corners.int32(index * 4)
          if insert(corner, at: word.start) { pending.append(corner) }
        }
      }
    }
    before.reserveCapacity(bits.count)
    for word in bits {
      before.append(Int32(count))
      count += word.nonzeroBitCount
    }
  }

  /// Whether it was not there before.
  @inline(__always) private mutating func insert(_ category: Int, at position: Int) -> Bool {
    let (place, bit) = (position * rowLength + category >> 6, UInt64(1) << UInt64(category & 63))
    guard bits[place] & bit == 0 else { return false }
    bits[place] |= bit
    return true
  }
}
