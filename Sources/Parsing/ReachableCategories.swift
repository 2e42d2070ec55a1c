/// For each place of a text the categories that a phrase beginning there can have at all: those of its words, and of every
/// rule that such a phrase can begin (the left-corner relation). A rule need not wait for anything else.
struct ReachableCategories {
  private var bits: [UInt64]
  private let rowLength: Int

  init(_ lattice: Lattice, positions: Int, _ grammar: CompiledGrammar) {
    rowLength = (grammar.categoryCount + 63) / 64
    bits = Array(repeating: 0, count: rowLength * (positions + 1))
    var pending: [Int] = []
    for start in 0..<positions where lattice.hasFreeText(at: start) {
      for category in grammar.freeTextBeginnings { _ = insert(category, at: start) }
    }
    for word in lattice.words {
      guard let category = word.category, insert(category, at: word.start) else { continue }
      pending.append(category)
      while let next = pending.popLast() {
        for index in grammar.corners(of: next) where insert(grammar.corner(index), at: word.start) { pending.append(grammar.corner(index)) }
      }
    }
  }

  /// Whether it was not there before.
  private mutating func insert(_ category: Int, at position: Int) -> Bool {
    let (place, bit) = (position * rowLength + category >> 6, UInt64(1) << UInt64(category & 63))
    guard bits[place] & bit == 0 else { return false }
    bits[place] |= bit
    return true
  }

  func contains(_ category: Int, at position: Int) -> Bool {
    bits[position * rowLength + category >> 6] & (UInt64(1) << UInt64(category & 63)) != 0
  }
}
