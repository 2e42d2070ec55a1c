/// A fingerprint of 128 bits, to tell contents apart; not to keep secrets.
///
/// Four lanes of 64 bits, each multiplied and turned eight bytes at a time, as the fast hashes of today do.
struct ContentHash {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63
  )
  private var count: UInt64 = 0

  private static func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let sum = lane &+ word &* 0xC2B2_AE3D_27D4_EB4F
    return (sum << 31 | sum >> 33) &* 0x9E37_79B1_85EB_CA87
  }

  /// - Parameter bytes: a multiple of 32 bytes, but for the last call.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 32 <= raw.count {
      lanes.0 = ContentHash.mixed(lanes.0, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      lanes.1 = ContentHash.mixed(lanes.1, raw.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self))
      lanes.2 = ContentHash.mixed(lanes.2, raw.loadUnaligned(fromByteOffset: index + 16, as: UInt64.self))
      lanes.3 = ContentHash.mixed(lanes.3, raw.loadUnaligned(fromByteOffset: index + 24, as: UInt64.self))
      index += 32
    }
    while index < raw.count {
      lanes.0 = ContentHash.mixed(lanes.0, UInt64(raw[index]) + 1)
      lanes.1 = ContentHash.mixed(lanes.1, UInt64(raw[index]) + 257)
      index += 1
    }
    count += UInt64(raw.count)
  }

  /// 32 hex digits.
  var hex: String {
    func finished(_ a: UInt64, _ b: UInt64) -> UInt64 {
      var value = ContentHash.mixed(ContentHash.mixed(a, b), count)
      value = (value ^ value >> 33) &* 0xC2B2_AE3D_27D4_EB4F
      return value ^ value >> 29
    }
    return [finished(lanes.0 &+ lanes.2, lanes.1), finished(lanes.1 &+ lanes.3, lanes.0 ^ lanes.2)].map { value in
      let text = String(value, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
  }
}
