/// One meaningful line of a `.lexicon`, `.grammar` or `.questions` file.
package struct SourceLine: Hashable, Sendable {
  /// Without comment and without spaces at either end.
  package var text: String
  /// Whether it stands at the margin, which opens a block.
  package var atMargin: Bool
  package var place: SourcePlace
  /// Whether an empty line stands before it.
  package var afterBlank: Bool
}

/// The line syntax that all our text files share.
///
/// UTF-8; a comment starts with `#` at the line's start or after two spaces; a block starts at the margin; `=>` reads
/// "means"; `?` must, `!` must not. This reads lines; what they mean is the business of each file's reader.
package enum LineReader {
  package static func lines(_ text: String, file: String) -> [SourceLine] {
    var result: [SourceLine] = []
    var blank = true
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.endsLine).enumerated() {
      let line = withoutComment(raw)
      let trimmed = trim(line)
      if trimmed.isEmpty {
        // A line that is only a comment does not end a block.
        if trim(raw).isEmpty { blank = true }
        continue
      }
      let indent = line.prefix { $0 == " " || $0 == "\t" }.count
      result.append(
        SourceLine(
          text: String(trimmed), atMargin: indent == 0, place: SourcePlace(file: file, line: index + 1, column: indent + 1),
          afterBlank: blank))
      blank = false
    }
    return result
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    let characters = line.utf8
    guard characters.contains(UInt8(ascii: "#")) else { return line }
    if characters.first == UInt8(ascii: "#") { return "" }
    var spaces = 0
    for index in characters.indices {
      let byte = characters[index]
      if byte == UInt8(ascii: "#"), spaces >= 2 || spaces > 0 && trim(line[..<index]).isEmpty { return line[..<index] }
      spaces = byte == UInt8(ascii: " ") ? spaces + 1 : 0
    }
    return line
  }

  package static func trim(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }

  /// The two sides of ` => `; nil if the line has none.
  package static func sides(_ text: String) -> (left: String, right: String)? {
    guard let range = text.firstRange(of: "=>") else { return nil }
    return (String(trim(text[..<range.lowerBound])), String(trim(text[range.upperBound...])))
  }
}

extension Character {
  /// Whether it ends a line; CR and LF together are one character.
  var endsLine: Bool { self == "\n" || self == "\r\n" || self == "\r" }
}
