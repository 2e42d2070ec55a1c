/// Traditional characters as their simplified form, so that one spelling of a word in a file finds both.
package enum HanFolding {
  /// The simplified form of a character in U+4E00…U+9FFF; itself if it has none.
  package static func simplified(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let target = table[Int(scalar.value) - 0x4E00]
    return target == 0 ? scalar : Unicode.Scalar(target) ?? scalar
  }

  private static let table: [UInt16] = {
    var table = [UInt16](repeating: 0, count: 0xA000 - 0x4E00)
    let scalars = Array(pairs.unicodeScalars)
    for index in stride(from: 0, to: scalars.count - 1, by: 2) {
      table[Int(scalars[index].value) - 0x4E00] = UInt16(scalars[index + 1].value)
    }
    return table
  }()
}
