import Answers
import SourceText
import Tables

/// Rows written under a question, as a regression test of the business's numbers: cells between ` | `, raw values as
/// `--format csv` writes them, nothing for no value, in the order of the answer. A text that would be read otherwise stands
/// in quotes, as in JSON: `"a | b"`.
package enum ExpectedRows {
  /// nil if the answer has these rows, else a line for each that is missing (`- …`) or too many (`+ …`).
  package static func difference(_ expected: [String], _ answer: Answer) -> [String]? {
    let found = answer.rows
    var lines: [String] = []
    for index in 0..<max(expected.count, found.count) {
      let wanted = index < expected.count ? expected[index] : nil
      let row = index < found.count ? found[index] : nil
      if let wanted, let row, agree(cells(wanted), row) { continue }
      if let wanted { lines.append("- " + wanted) }
      if let row { lines.append("+ " + text(row)) }
    }
    return lines.isEmpty ? nil : lines
  }

  /// A row as it is written. Read back, it is the same row.
  package static func text(_ row: [Cell]) -> String {
    // A line without anything on it would be none.
    if row.count == 1, row[0].plainText.isEmpty { return "\"\"" }
    return LineReader.trim(row.map { written($0.plainText) }.joined(separator: " | ")[...]).description
  }

  // MARK: A cell

  private static func written(_ text: String) -> String {
    let isPlain = !text.unicodeScalars.contains { $0.value < 0x20 || $0 == "|" || $0 == "#" } && !text.hasPrefix("\"") && !text.hasPrefix(" ")
      && !text.hasSuffix(" ")
    if isPlain { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      // A `#` would open a comment.
      case _ where scalar.value < 0x20 || scalar == "#":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The cells of a line; a `|` within quotes is part of its text.
  private static func cells(_ line: String) -> [String] {
    var cells: [String] = []
    var rest = line.unicodeScalars[...]
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      if let quoted = quoted(rest) {
        cells.append(quoted.text)
        rest = quoted.rest
        guard rest.first == "|" else { return cells }
        rest.removeFirst()
        continue
      }
      let end = rest.firstIndex(of: "|")
      cells.append(String(LineReader.trim(Substring(rest[..<(end ?? rest.endIndex)]))))
      guard let end else { return cells }
      rest = rest[rest.index(after: end)...]
    }
  }

  /// The text in quotes that a line goes on with, up to the next `|` or the end; nil if it is not one.
  private static func quoted(_ line: Substring.UnicodeScalarView) -> (text: String, rest: Substring.UnicodeScalarView)? {
    guard line.first == "\"" else { return nil }
    var (text, rest) = (String.UnicodeScalarView(), line.dropFirst())
    while let scalar = rest.popFirst() {
      if scalar == "\"" {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        return rest.isEmpty || rest.first == "|" ? (String(text), rest) : nil
      }
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "u":
        guard let value = UInt32(String(rest.prefix(4)), radix: 16).flatMap(Unicode.Scalar.init) else { return nil }
        text.append(value)
        rest = rest.dropFirst(4)
      case let other?: text.append(other)
      case nil: return nil
      }
    }
    return nil
  }

  /// Numbers agree within a relative 1e-9; the answer may have more columns behind.
  private static func agree(_ expected: [String], _ row: [Cell]) -> Bool {
    guard expected.count <= row.count else { return false }
    return zip(expected, row).allSatisfy { wanted, cell in
      if let number = cell.number, let said = Double(wanted) { return abs(number - said) <= 1e-9 * max(1, abs(number), abs(said)) }
      let text = cell.plainText
      // Written by hand, a line break may be a space, and a stroke another one.
      return wanted == text || wanted == String(LineReader.trim(text.replacing("\n", with: " ").replacing(" | ", with: " / ")[...]))
    }
  }
}
