/// Short ids that depend on nothing but their parts.
package enum AnswerIdentity {
  /// Ten characters of `0-9a-v`: FNV-1a (64 bits) over the parts, each closed by a zero byte, folded to 50 bits.
  package static func id(_ parts: [String]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in parts {
      for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = hash &* 0x100_0000_01B3
    }
    hash ^= hash >> 50
    return String((0..<10).map { digits[Int((hash >> UInt64($0 * 5)) & 31)] })
  }

  private static let digits = Array("0123456789abcdefghijklmnopqrstuv")
}
