/// The phrases that end at one place and are still to be worked off: the one that starts last comes first, of those the
/// cheapest, of those the one that came first. A binary heap of small records; phrases themselves do not move.
struct Agenda {
  private struct Entry {
    var start: Int
    var cost: Int
    /// Also the phrase's place in `phrases`.
    var number: Int

    func comes(before other: Entry) -> Bool { (other.start, cost, number) < (start, other.cost, other.number) }
  }

  private var phrases: [Phrase] = []
  private var heap: [Entry] = []

  mutating func insert(_ phrase: Phrase) {
    heap.append(Entry(start: phrase.start, cost: phrase.cost, number: phrases.count))
    phrases.append(phrase)
    var child = heap.count - 1
    while child > 0, heap[child].comes(before: heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes out what comes first; nil when nothing is left.
  mutating func takeNext() -> Phrase? {
    guard let first = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [parent * 2 + 1, parent * 2 + 2] where child < heap.count && heap[child].comes(before: heap[least]) { least = child }
      if least == parent { return phrases[first.number] }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
