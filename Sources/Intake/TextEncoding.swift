/// How a file writes characters as bytes.
package enum TextEncoding: String, Hashable, Sendable, CaseIterable {
  case utf8 = "UTF-8"
  /// UTF-8 behind a byte order mark.
  case utf8Mark = "UTF-8 with mark"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  /// GB18030, of which GBK and GB2312 are parts.
  case gb18030 = "GB18030"
  case windows1252 = "windows-1252"
  /// Never guessed: its bytes are those of other encodings too.
  case big5 = "Big5"

  /// The encoding of a name as people write it: `gbk`, `utf8`; nil if it is none of ours.
  package init?(name: String) {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    switch plain {
    case "utf8": self = .utf8
    case "utf16le", "utf16": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
    case "windows1252", "cp1252", "latin1", "iso88591": self = .windows1252
    case "big5", "cp950": self = .big5
    default: return nil
    }
  }

  /// What iconv calls it; nil for what needs no decoding.
  var iconvName: String? {
    switch self {
    case .utf8, .utf8Mark: nil
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    case .gb18030: "GB18030"
    case .windows1252: "CP1252"
    case .big5: "BIG5"
    }
  }

  /// What the first bytes say: a byte order mark, or the zeros of UTF-16 without one. Nil if they say nothing.
  static func ofMark(_ bytes: UnsafeBufferPointer<UInt8>) -> (encoding: TextEncoding, length: Int)? {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return (.utf8Mark, 3) }
    guard bytes.count >= 2 else { return nil }
    if bytes[0] == 0xFF, bytes[1] == 0xFE { return (.utf16LittleEndian, 2) }
    if bytes[0] == 0xFE, bytes[1] == 0xFF { return (.utf16BigEndian, 2) }
    // Commas, digits and line ends of UTF-16 have a zero for every other byte, always on the same side.
    var zeros = (even: 0, odd: 0)
    let count = min(bytes.count, 4096) & ~1
    for index in 0..<count where bytes[index] == 0 {
      if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    if zeros.odd * 10 >= count, zeros.even * 20 < zeros.odd { return (.utf16LittleEndian, 0) }
    if zeros.even * 10 >= count, zeros.odd * 20 < zeros.even { return (.utf16BigEndian, 0) }
    return nil
  }

  /// The encoding of a block with bytes beyond ASCII. The block may end inside a character.
  ///
  /// Valid UTF-8 is UTF-8: other texts are not by chance. Else GB18030 if most of its wide characters are common Chinese
  /// ones, and windows-1252 if wide bytes stand alone among Latin letters. Of a block in two encodings that of its first
  /// wide line: the reader then stops where it changes. Nil if it is none of these: to read it as one all the same would
  /// give other characters without a word.
  static func guess(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    let utf8 = validUTF8(bytes)
    if utf8 >= bytes.count { return .utf8 }
    let first = bytes.firstIndex { $0 >= 0x80 } ?? 0
    let line = bytes[first...].firstIndex(of: 10) ?? bytes.count
    if isUTF8(line: UnsafeBufferPointer(rebasing: bytes[first..<line])) { return .utf8 }
    let chinese = validGB18030(bytes)
    let latin: TextEncoding? = isLatin(bytes) ? .windows1252 : nil
    if chinese.end >= bytes.count { return chinese.common * 2 >= chinese.wide ? .gb18030 : latin }
    if utf8 > first || chinese.end > first {
      if utf8 >= chinese.end { return .utf8 }
      if chinese.common * 2 >= chinese.wide { return .gb18030 }
    }
    return utf8 > first ? .utf8 : latin
  }

  /// Whether the bytes read well as windows-1252: wide ones are letters that stand alone or in twos, or a few kinds of signs
  /// such as € and °.
  static func isLatin(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var (wide, letters, crowded, run) = (0, 0, 0, 0)
    var signs: Set<UInt8> = []
    for byte in bytes {
      guard byte >= 0x80 else {
        if run > 2 { crowded += run }
        run = 0
        continue
      }
      wide += 1
      run += 1
      switch byte {
      case 0x81, 0x8D, 0x8F, 0x90, 0x9D: return false
      case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0xFF, 0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F: letters += 1
      default: signs.insert(byte)
      }
    }
    if run > 2 { crowded += run }
    return crowded * 10 <= wide && (signs.count <= 4 || letters * 4 >= wide * 3)
  }

  /// Whether a line is UTF-8 although most lines are Chinese: it is valid, has characters of three bytes, and would be rare
  /// characters as GB18030 (上海 would be 涓婃捣).
  static func isUTF8(line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.contains(where: { $0 >= 0xE0 }), validUTF8(line) == line.count else { return false }
    var (index, wide, everyday, isThree) = (0, 0, 0, false)
    while index < line.count {
      let byte = line[index]
      if byte >= 0xE0 { isThree = true }
      index += byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
    }
    index = 0
    while index + 1 < line.count {
      guard line[index] >= 0x80 else {
        index += 1
        continue
      }
      wide += 1
      // The everyday characters of GB2312, and its punctuation.
      if line[index + 1] >= 0xA1, (0xB0...0xD7).contains(line[index]) || (0xA1...0xA3).contains(line[index]) { everyday += 1 }
      index += 2
    }
    return isThree && everyday * 2 < wide
  }

  /// How far the bytes are UTF-8; their count if they are to the end, where a character may be cut.
  static func validUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        continue
      }
      let length = byte >= 0xF5 || byte < 0xC2 ? 0 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      if length == 0 { return index }
      for next in index + 1..<index + length {
        if next >= bytes.count { return bytes.count }
        if bytes[next] & 0xC0 != 0x80 { return index }
      }
      let second = bytes[index + 1]
      if byte == 0xE0 && second < 0xA0 || byte == 0xED && second > 0x9F || byte == 0xF0 && second < 0x90
        || byte == 0xF4 && second > 0x8F
      {
        return index
      }
      index += length
    }
    return bytes.count
  }

  /// How far the bytes are GB18030, how many wide characters there are and how many of them are common ones.
  static func validGB18030(_ bytes: UnsafeBufferPointer<UInt8>) -> (end: Int, wide: Int, common: Int) {
    var (index, wide, common) = (0, 0, 0)
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        continue
      }
      if byte == 0x80 || byte == 0xFF { return (index, wide, common) }
      guard index + 1 < bytes.count else { return (bytes.count, wide, common) }
      let second = bytes[index + 1]
      if (0x30...0x39).contains(second) {
        guard index + 3 < bytes.count else { return (bytes.count, wide, common) }
        guard (0x81...0xFE).contains(bytes[index + 2]), (0x30...0x39).contains(bytes[index + 3]) else { return (index, wide, common) }
        index += 4
      } else {
        guard second >= 0x40, second != 0x7F, second != 0xFF else { return (index, wide, common) }
        // Rows 1 to 3 (punctuation, full width) and 16 to 87 (characters) of GB2312.
        if second >= 0xA1, (0xB0...0xF7).contains(byte) || (0xA1...0xA3).contains(byte) { common += 1 }
        index += 2
      }
      wide += 1
    }
    return (bytes.count, wide, common)
  }
}
