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
/// UTF-8; lines end with LF, CR LF or CR; a comment starts with `#` at the line's start or after two spaces; a block starts
/// at the margin; `=>` reads "means"; `?` must, `!` must not. This reads lines; what they mean is the business of each
/// file's reader. It works on bytes: thousands of lines are read at every start.
package enum LineReader {
  package static func lines(_ text: String, file: String) -> [SourceLine] {
    var text = text
    return text.withUTF8 { lines($0, file: file) }
  }

  private static func lines(_ bytes: UnsafeBufferPointer<UInt8>, file: String) -> [SourceLine] {
    var result: [SourceLine] = []
    var blank = true
    var number = 1
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != lf, bytes[end] != cr { end += 1 }
      let line = trimmed(bytes, start..<commentStart(bytes, start..<end))
      if line.isEmpty {
        // A line that is only a comment does not end a block.
        if trimmed(bytes, start..<end).isEmpty { blank = true }
      } else {
        let indent = line.lowerBound - start
        result.append(
          SourceLine(
            text: String(decoding: UnsafeBufferPointer(rebasing: bytes[line]), as: UTF8.self), atMargin: indent == 0,
            place: SourcePlace(file: file, line: number, column: indent + 1), afterBlank: blank))
        blank = false
      }
      start = end + (end + 1 < bytes.count && bytes[end] == cr && bytes[end + 1] == lf ? 2 : 1)
      number += 1
    }
    return result
  }

  private static let (lf, cr, space, tab, hash) = (
    UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "#")
  )

  /// Where the comment of a line begins: `#` at the start, after two spaces, or after nothing but spaces.
  private static func commentStart(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Int {
    var spaces = 0
    for index in line {
      if bytes[index] == hash, spaces >= 2 || spaces == index - line.lowerBound { return index }
      spaces = bytes[index] == space ? spaces + 1 : 0
    }
    return line.upperBound
  }

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] == space || bytes[start] == tab { start += 1 }
    while start < end, bytes[end - 1] == space || bytes[end - 1] == tab { end -= 1 }
    return start..<end
  }

  /// The text without spaces and tabs at either end.
  package static func trim(_ text: Substring) -> Substring {
    var utf8 = text.utf8
    while let first = utf8.first, first == space || first == tab { utf8.removeFirst() }
    while let last = utf8.last, last == space || last == tab { utf8.removeLast() }
    return Substring(utf8)
  }

  /// The parts between a separator that is one ASCII character, each without spaces at either end; empty ones are left out.
  package static func parts(_ text: String, separator: Unicode.Scalar) -> [String] {
    text.utf8.split(separator: UInt8(ascii: separator)).map { String(trim(Substring($0))) }.filter { !$0.isEmpty }
  }

  /// The two sides of ` => `; nil if the line has none.
  package static func sides(_ text: String) -> (left: String, right: String)? {
    let utf8 = text.utf8
    var index = utf8.startIndex
    while let equals = utf8[index...].firstIndex(of: UInt8(ascii: "=")) {
      let next = utf8.index(after: equals)
      if next < utf8.endIndex, utf8[next] == UInt8(ascii: ">") {
        return (String(trim(text[..<equals])), String(trim(text[utf8.index(after: next)...])))
      }
      index = next
    }
    return nil
  }
}
