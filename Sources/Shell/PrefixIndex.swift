/// Keys in order, so that those with a common beginning are found by halving: 10,000 names in some twenty steps.
struct PrefixIndex: Sendable {
  private let keys: [[Unicode.Scalar]]
  /// The place of each key in the list it came from.
  private let origins: [Int]

  init(_ list: [[Unicode.Scalar]] = []) { self.init(list.enumerated().map { ($0.element, $0.offset) }) }

  /// - Parameter list: keys with the places they stand for; a place may have several.
  init(_ list: [(key: [Unicode.Scalar], place: Int)]) {
    let sorted = list.sorted { a, b in
      a.key.lexicographicallyPrecedes(b.key) || (a.key == b.key && a.place < b.place)
    }
    keys = sorted.map(\.key)
    origins = sorted.map(\.place)
  }

  /// The places whose keys begin so, in the order of the list.
  func places(beginning prefix: ArraySlice<Unicode.Scalar>) -> [Int] {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle].lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
    }
    var found: Set<Int> = []
    while low < keys.count, keys[low].starts(with: prefix) {
      found.insert(origins[low])
      low += 1
    }
    return found.sorted()
  }
}

/// Names with Han characters by how they sound: `zhuanhualv` and `zhl` for 转化率.
struct PinyinIndex: Sendable {
  private let index: PrefixIndex
  /// A character with several readings makes a name with several; more than so many are not kept.
  private static let mostReadings = 4
  /// Fewer letters would be the beginning of everything.
  private static let fewestLetters = 2

  init() { index = PrefixIndex() }

  init(_ names: [String], _ readings: (Unicode.Scalar) -> [String]) {
    var keys: [(key: [Unicode.Scalar], place: Int)] = []
    for (place, name) in names.enumerated() {
      for spelt in Self.spellings(name, readings) {
        keys.append((Array(spelt.full.unicodeScalars), place))
        keys.append((Array(spelt.initials.unicodeScalars), place))
      }
    }
    index = PrefixIndex(keys)
  }

  /// None for a name without Han characters, or with one whose reading is not known.
  private static func spellings(_ name: String, _ readings: (Unicode.Scalar) -> [String]) -> [(full: String, initials: String)] {
    var spelt = [(full: "", initials: "")]
    var hasHan = false
    for scalar in name.unicodeScalars {
      if scalar.isASCII {
        if scalar == " " { continue }
        let text = String(scalar).lowercased()
        spelt = spelt.map { ($0.full + text, $0.initials + text) }
        continue
      }
      let sounds = readings(scalar)
      if sounds.isEmpty { return [] }
      hasHan = true
      spelt = spelt.flatMap { start in sounds.map { (start.full + $0, start.initials + $0.prefix(1)) } }
      if spelt.count > mostReadings { spelt = Array(spelt.prefix(mostReadings)) }
    }
    return hasHan ? spelt : []
  }

  func places(beginning typed: ArraySlice<Unicode.Scalar>) -> [Int] {
    guard typed.count >= Self.fewestLetters, typed.allSatisfy({ $0.isASCII && $0.properties.isAlphabetic }) else { return [] }
    return index.places(beginning: typed)
  }
}
