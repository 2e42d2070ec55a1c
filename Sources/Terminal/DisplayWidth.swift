/// How many terminal columns a text occupies, and texts cut or made safe for a terminal.
///
/// East Asian wide and full-width characters and emoji count 2, combining and zero-width characters 0, everything else 1;
/// "ambiguous" characters (`÷`, `·`, `—`) count 1, or 2 where `ambiguousIsWide`. A grapheme cluster is as wide as its widest part, so that a family of
/// emoji joined by zero-width joiners, a flag or a keycap is one sign of width 2.
package enum DisplayWidth {
  /// Whether the terminal draws ambiguous characters over two columns, as those for Chinese, Japanese and Korean may. It
  /// holds for what is written within `$ambiguousIsWide.withValue`; files and pipes are written without.
  @TaskLocal package static var ambiguousIsWide = false

  /// Columns of a text without line breaks.
  package static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

  /// Columns of one sign: 0, 1 or 2.
  package static func of(_ character: Character) -> Int {
    var widest = 0
    for scalar in character.unicodeScalars {
      // U+FE0F asks for the emoji form of the sign before it.
      if scalar.value == 0xFE0F, widest == 1, character.unicodeScalars.count > 1, isEmojiBase(character) { return 2 }
      widest = max(widest, width(scalar))
    }
    return widest
  }

  private static func isEmojiBase(_ character: Character) -> Bool {
    guard let first = character.unicodeScalars.first else { return false }
    return first.properties.isEmoji
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x7F { return value < 0x20 ? 0 : 1 }
    if value < 0xA0 { return 0 }
    if value < 0x300 { return value == 0xAD ? 0 : ambiguous(value) }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    // Vowels and finals of Hangul join the consonant before them.
    if (0x1160...0x11FF).contains(value) { return 0 }
    return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : ambiguous(value)
  }

  private static func ambiguous(_ value: UInt32) -> Int { AmbiguousWidth.contains(value) && ambiguousIsWide ? 2 : 1 }

  /// East Asian Width W and F (Unicode 16), without the emoji that `isEmojiPresentation` knows.
  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    var low = 0
    var high = wide.count - 1
    while low <= high {
      let middle = (low + high) / 2
      if value < wide[middle].lowerBound {
        high = middle - 1
      } else if value > wide[middle].upperBound {
        low = middle + 1
      } else {
        return true
      }
    }
    return false
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x2E99, 0x2E9B...0x2EF3,
    0x2F00...0x2FD5, 0x2FF0...0x303E, 0x3041...0x3096, 0x3099...0x30FF, 0x3105...0x312F, 0x3131...0x318E,
    0x3190...0x31E5, 0x31EF...0x321E, 0x3220...0x3247, 0x3250...0xA48C, 0xA490...0xA4C6, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE52, 0xFE54...0xFE66, 0xFE68...0xFE6B,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FE3, 0x16FF0...0x16FF1, 0x17000...0x187F7, 0x18800...0x18CD5,
    0x18CFF...0x18D08, 0x1AFF0...0x1AFFE, 0x1B000...0x1B122, 0x1B132...0x1B132, 0x1B150...0x1B152, 0x1B155...0x1B155,
    0x1B164...0x1B167, 0x1B170...0x1B2FB, 0x1D300...0x1D356, 0x1D360...0x1D376, 0x1F200...0x1F202, 0x1F210...0x1F23B,
    0x1F240...0x1F248, 0x1F250...0x1F251, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]

  // MARK: Safe and short

  /// The text with control characters made visible, so that data cannot drive the terminal: ESC becomes `␛`, a line
  /// break `␊`, a tab `␉`; marks that turn the direction of writing become `�`.
  package static func safe(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isUnsafe(scalar) ? picture(of: scalar) : scalar) }
    return String(result)
  }

  /// Likewise for a whole text of ours, whose line breaks are meant.
  package static func safeLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { safe(String($0)) }.joined(separator: "\n")
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "�"
    case 0x7F: "␡"
    default: "�"
    }
  }

  /// At most `width` columns of a text, the cut marked by `…`.
  package static func truncated(_ text: String, to width: Int) -> String {
    if of(text) <= width { return text }
    let mark = of("…")
    guard width >= mark else { return String(repeating: ".", count: max(0, width)) }
    var result = ""
    var used = 0
    for character in text {
      let next = of(character)
      if used + next > width - mark { break }
      result.append(character)
      used += next
    }
    return result + "…"
  }

  /// The text with spaces up to `width` columns, behind it or, flush right, before it.
  package static func padded(_ text: String, to width: Int, flushRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - of(text)))
    return flushRight ? space + text : text + space
  }

  /// Lines of at most `width` columns; broken behind a `·` where what follows fits a line, else behind a space or between
  /// wide characters, else wherever the width ends.
  package static func wrapped(_ text: String, to width: Int) -> [String] {
    if of(text) <= width { return [text.trimmedEnd] }
    let parts = text.split(separator: "· ", omittingEmptySubsequences: false)
    if parts.count == 1 { return wrappedWords(text, to: width) }
    var lines: [String] = []
    var line = ""
    for (index, part) in parts.enumerated() {
      let part = String(part) + (index + 1 < parts.count ? "· " : "")
      if of((line + part).trimmedEnd) <= width {
        line += part
      } else if !line.isEmpty, of(part.trimmedEnd) <= width {
        lines.append(line.trimmedEnd)
        line = part
      } else {
        var broken = wrappedWords(line + part, to: width)
        line = broken.removeLast() + (part.hasSuffix(" ") ? " " : "")
        lines += broken
      }
    }
    return lines + [line.trimmedEnd]
  }

  private static func wrappedWords(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line: [Character] = []
    var used = 0
    var breakAt: Int?
    for character in text {
      let next = of(character)
      if used + next > max(2, width), !line.isEmpty {
        let breaksHere = character == " " || (next == 2 && !noLineStart.contains(character))
        let cut = breaksHere ? line.count : breakAt ?? line.count
        lines.append(String(line[..<cut]).trimmedEnd)
        line = Array(line[cut...].drop { $0 == " " })
        used = line.reduce(0) { $0 + of($1) }
        breakAt = nil
        if character == " ", line.isEmpty { continue }
      }
      if next == 2, !noLineStart.contains(character), !line.isEmpty { breakAt = line.count }
      line.append(character)
      used += next
      // A long name goes on behind one of its parts.
      if character == " " || character == "_" || (next == 2 && noLineStart.contains(character)) { breakAt = line.count }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(String(line).trimmedEnd) }
    return lines
  }

  /// Marks that must not begin a line.
  private static let noLineStart: Set<Character> = ["，", "。", "、", "；", "：", "）", "”", "！", "？", "》"]
}

extension String {
  /// With single code points replaced, also where a combining mark follows them.
  func replacingScalars(_ replacement: (Unicode.Scalar) -> String?) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let text = replacement(scalar) {
        result.append(contentsOf: text.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Without spaces at its end.
  package var trimmedEnd: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
