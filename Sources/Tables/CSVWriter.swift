/// Writes comma-separated values that `CSVReader` and spreadsheets read back as they were.
///
///     var writer = CSVWriter()
///     writer.row(["城市", "说明"])
///     writer.row(["上海", "a, b"])     // 上海,"a, b"
package struct CSVWriter: Sendable {
  /// What was written so far, UTF-8, lines ended by LF.
  package private(set) var bytes: [UInt8] = []
  private let separator: UInt8

  package init(separator: Character = ",") { self.separator = separator.asciiValue ?? UInt8(ascii: ",") }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// One row of texts; an empty text is written as nothing.
  package mutating func row(_ fields: [String]) {
    row(fields) { $0.isEmpty ? nil : $0 }
  }

  /// One row of cells; null, and a number that is not finite, is written as nothing, an empty text as `""`.
  package mutating func row(_ cells: [Cell]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(separator) }
      switch cell {
      case .null: appendNothing(alone: cells.count == 1)
      case .real(let value) where !value.isFinite: appendNothing(alone: cells.count == 1)
      // Digits need no quotes, and no text of their own: an answer can have a million of them.
      case .integer(let value): append(value)
      case .decimal, .real, .boolean: bytes.append(contentsOf: cell.plainText.utf8)
      case .text(let text): append(text)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Forgets what was written, keeping the memory; for writing a file piece by piece.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  private mutating func row<Value>(_ values: [Value], _ text: (Value) -> String?) {
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(separator) }
      if let text = text(value) {
        append(text)
      } else {
        appendNothing(alone: values.count == 1)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A row of one empty field would be a blank line, which is no row.
  private mutating func appendNothing(alone: Bool) {
    if alone { for _ in 0..<2 { bytes.append(UInt8(ascii: "\"")) } }
  }

  private mutating func append(_ value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var first = bytes.count
    var rest = value.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    var last = bytes.count - 1
    while first < last {
      bytes.swapAt(first, last)
      (first, last) = (first + 1, last - 1)
    }
  }

  private mutating func append(_ text: String) {
    guard needsQuotes(text) else { return bytes.append(contentsOf: text.utf8) }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func needsQuotes(_ text: String) -> Bool {
    text.isEmpty
      || text.utf8.contains {
        $0 == separator || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
      }
      || text.utf8.first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ")
  }
}
