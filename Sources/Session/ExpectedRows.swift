import Answers
import SourceText
import Tables

/// Rows written under a question, as a regression test of the business's numbers: cells between ` | `, raw values as
/// `--format csv` writes them, nothing for no value, in the order of the answer.
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

  /// A row as it is written.
  package static func text(_ row: [Cell]) -> String {
    row.map { $0.plainText.replacing("\n", with: " ").replacing(" | ", with: " / ") }.joined(separator: " | ")
  }

  private static func cells(_ line: String) -> [String] {
    line.split(separator: "|", omittingEmptySubsequences: false).map { String(LineReader.trim($0)) }
  }

  /// Numbers agree within a relative 1e-9; the answer may have more columns behind.
  private static func agree(_ expected: [String], _ row: [Cell]) -> Bool {
    guard expected.count <= row.count else { return false }
    return zip(expected, row).allSatisfy { wanted, cell in
      if let number = cell.number, let said = Double(wanted) { return abs(number - said) <= 1e-9 * max(1, abs(number), abs(said)) }
      return wanted == String(LineReader.trim(cell.plainText.replacing("\n", with: " ").replacing(" | ", with: " / ")[...]))
    }
  }
}
