/// A map from whole numbers to small ones: an open table without the general dictionary's hashing, for the innermost loops.
struct NumberMap {
  private var keys: [UInt64]
  private var values: [Int32]
  private var count = 0

  /// What no key maps to.
  static var missing: Int32 { .min }

  init(capacity: Int = 32) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    values = Array(repeating: Self.missing, count: size)
  }

  @inline(__always) private static func place(_ key: UInt64, _ mask: Int) -> Int {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }

  /// The value of a key; `missing` if it has none. Set it to anything but `missing`.
  subscript(key: UInt64) -> Int32 {
    get {
      let mask = keys.count - 1
      var place = Self.place(key, mask)
      while values[place] != Self.missing {
        if keys[place] == key { return values[place] }
        place = (place + 1) & mask
      }
      return Self.missing
    }
    set {
      if count * 2 >= keys.count { grow() }
      insert(key, newValue)
    }
  }

  private mutating func insert(_ key: UInt64, _ value: Int32) {
    let mask = keys.count - 1
    var place = Self.place(key, mask)
    while values[place] != Self.missing {
      if keys[place] == key {
        values[place] = value
        return
      }
      place = (place + 1) & mask
    }
    keys[place] = key
    values[place] = value
    count += 1
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = Array(repeating: 0, count: oldKeys.count * 2)
    values = Array(repeating: Self.missing, count: oldKeys.count * 2)
    count = 0
    for place in oldKeys.indices where oldValues[place] != Self.missing { insert(oldKeys[place], oldValues[place]) }
  }
}
