/// The phrases that are still to be worked off, by number: the one that ends first comes first, of those the one that starts last, of
/// those the cheapest, of those the one that came first. A binary heap.
struct Agenda {
  private struct Entry {
    /// The end, and how far the start lies from the greatest there could be.
    var place: UInt64
    /// The cost, moved to be positive, and the number.
    var rank: UInt64

    @inline(__always) func comes(before other: Entry) -> Bool {
      place != other.place ? place < other.place : rank < other.rank
    }
  }

  private var heap: [Entry] = []

  /// - Parameter number: how many were inserted before it.
  mutating func insert(_ number: Int, start: Int, end: Int, cost: Int) {
    let entry = Entry(
      place: UInt64(end) << 32 | UInt64(UInt32.max - UInt32(start)), rank: UInt64(cost + 1 << 31) << 32 | UInt64(number))
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entry.comes(before: heap[parent]) else { break }
      heap[child] = heap[parent]
      child = parent
    }
    heap[child] = entry
  }

  /// Takes out what comes first; nil when nothing is left.
  mutating func takeNext() -> Int? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return Int(last.rank & 0xFFFF_FFFF) }
    var parent = 0
    let count = heap.count
    while true {
      var child = parent * 2 + 1
      guard child < count else { break }
      if child + 1 < count, heap[child + 1].comes(before: heap[child]) { child += 1 }
      guard heap[child].comes(before: last) else { break }
      heap[parent] = heap[child]
      parent = child
    }
    heap[parent] = last
    return Int(first.rank & 0xFFFF_FFFF)
  }
}
