/// Words on their way into a compiled grammar, each once, with everything it can be.
struct WordIndex {
  struct Entry {
    var scalars: [Unicode.Scalar]
    var words: [VocabularyWord]
  }

  /// In the order they came in.
  private(set) var entries: [Entry] = []
  private var places: [[Unicode.Scalar]: Int] = [:]

  mutating func add(_ scalars: [Unicode.Scalar], _ word: VocabularyWord) {
    guard !scalars.isEmpty else { return }
    if let place = places[scalars] {
      entries[place].words.append(word)
    } else {
      places[scalars] = entries.count
      entries.append(Entry(scalars: scalars, words: [word]))
    }
  }

  func words(_ scalars: [Unicode.Scalar]) -> [VocabularyWord] { places[scalars].map { entries[$0].words } ?? [] }
}

/// The hash that words are found by: FNV-1a over scalars, so that a walk along a text extends it one scalar at a time.
enum WordHash {
  static var start: UInt64 { 0xcbf2_9ce4_8422_2325 }

  @inline(__always) static func extended(_ hash: UInt64, by scalar: UInt32) -> UInt64 {
    (hash ^ UInt64(scalar)) &* 0x100_0000_01b3
  }

  /// Where a table of `mask + 1` places, a power of two, looks first. The low bits of the hash alone would crowd.
  @inline(__always) static func place(_ hash: UInt64, mask: Int) -> Int { Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask }
}
