/// Finds every indexed word that starts at a place of a text.
///
/// Words are keyed by the FNV-1a hash of their scalars; a walk extends the hash one scalar at a time, at most to the
/// longest word with that first scalar.
package struct WordIndex<Payload: Sendable>: Sendable {
  private struct Slot: Sendable {
    var scalars: [Unicode.Scalar]
    var payloads: [Payload]
  }

  private var slots: [UInt64: Slot] = [:]
  private var longest: [Unicode.Scalar: Int] = [:]
  package private(set) var count = 0

  package init() {}

  package mutating func reserve(_ count: Int) { slots.reserveCapacity(count) }

  package mutating func add(_ word: [Unicode.Scalar], _ payload: Payload) {
    guard let first = word.first else { return }
    var hash = Self.basis
    for scalar in word { hash = Self.extend(hash, scalar) }
    // Two words with one 64-bit hash: step to a free slot; the walk compares scalars, so a stray never answers.
    while let slot = slots[hash], slot.scalars != word { hash &+= 1 }
    slots[hash, default: Slot(scalars: word, payloads: [])].payloads.append(payload)
    longest[first] = max(longest[first] ?? 0, word.count)
    count += 1
  }

  package func payloads(of word: [Unicode.Scalar]) -> [Payload] {
    var hash = Self.basis
    for scalar in word { hash = Self.extend(hash, scalar) }
    guard let slot = slots[hash], slot.scalars == word else { return [] }
    return slot.payloads
  }

  /// Every word with its payloads, in no order.
  package var words: [(word: [Unicode.Scalar], payloads: [Payload])] { slots.values.map { ($0.scalars, $0.payloads) } }

  /// Calls `found` with the end and payloads of each word that starts at `start`, shortest first.
  package func matches(in text: [Unicode.Scalar], from start: Int, _ found: (Int, [Payload]) -> Void) {
    guard let most = longest[text[start]] else { return }
    var hash = Self.basis
    var end = start
    while end < text.count, end - start < most {
      hash = Self.extend(hash, text[end])
      end += 1
      if let slot = slots[hash], slot.scalars.count == end - start, slot.scalars.elementsEqual(text[start..<end]) {
        found(end, slot.payloads)
      }
    }
  }

  private static var basis: UInt64 { 0xcbf2_9ce4_8422_2325 }
  private static func extend(_ hash: UInt64, _ scalar: Unicode.Scalar) -> UInt64 {
    (hash ^ UInt64(scalar.value)) &* 0x100_0000_01b3
  }
}
