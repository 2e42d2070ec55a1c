import FoundationEssentials

/// Reads whole text files that people wrote: dictionaries, grammars, question files.
package enum SourceFile {
  /// The text of a file, without a byte order mark.
  /// - Throws: `Diagnostic` `unreadable-file` or `not-utf8`
  package static func read(_ path: String) throws(Diagnostic) -> String {
    let place = SourcePlace(file: path, line: 1)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Diagnostic(code: "unreadable-file", at: place, found: "no readable file", expected: "a text file")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      let line = firstBadLine(data)
      throw Diagnostic(
        code: "not-utf8", at: SourcePlace(file: path, line: line), found: "bytes that are not UTF-8",
        expected: "a text in UTF-8", hint: "save the file as UTF-8")
    }
    return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }

  package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private static func firstBadLine(_ data: Data) -> Int {
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
  }
}
