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

  /// One row of cells; null is written as nothing, an empty text as `""`.
  package mutating func row(_ cells: [Cell]) {
    row(cells) { $0.isNull ? nil : $0.plainText }
  }

  /// Forgets what was written, keeping the memory; for writing a file piece by piece.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  private mutating func row<Value>(_ values: [Value], _ text: (Value) -> String?) {
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(separator) }
      if let text = text(value) {
        append(text)
      } else if values.count == 1 {
        bytes.append(contentsOf: [UInt8](repeating: UInt8(ascii: "\""), count: 2))  // else a blank line, which is no row
      }
    }
    bytes.append(UInt8(ascii: "\n"))
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
