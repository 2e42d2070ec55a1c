/// The text behind the nodes, looked at again only to place a defect.
final class YAMLSource: Sendable {
  let file: String
  let text: String

  init(file: String, text: String) {
    self.file = file
    self.text = text
  }

  func badSyntax(_ problem: String, line: Int, column: Int, context: String) -> Diagnostic {
    if let tab = tabIndent(near: line) { return tab }
    return Diagnostic(
      code: "bad-yaml", at: SourcePlace(file: file, line: line, column: column), found: problem, hint: context)
  }

  func badCharacter(_ problem: String, offset: Int) -> Diagnostic {
    Diagnostic(code: "bad-yaml", at: placeOf(offset: offset), found: problem)
  }

  /// The place of a byte, for defects that libyaml finds before it counts lines.
  private func placeOf(offset: Int) -> SourcePlace {
    var (line, column) = (1, 1)
    for scalar in String(decoding: text.utf8.prefix(offset), as: UTF8.self).unicodeScalars {
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    return SourcePlace(file: file, line: line, column: column)
  }

  private var lines: [Substring] { text.split(omittingEmptySubsequences: false, whereSeparator: \.endsLine) }

  /// A tab in the indentation of a line, which YAML forbids; its own message is about something else.
  private func tabIndent(near line: Int) -> Diagnostic? {
    let lines = lines
    for number in [line, line - 1, line + 1] where lines.indices.contains(number - 1) {
      let indent = lines[number - 1].prefix { $0 == " " || $0 == "\t" }
      guard let tab = indent.firstIndex(of: "\t") else { continue }
      let column = indent.distance(from: indent.startIndex, to: tab) + 1
      return Diagnostic(
        code: "tab-indent", at: SourcePlace(file: file, line: number, column: column), found: "a tab in the indentation",
        expected: "spaces")
    }
    return nil
  }
}

extension YAMLSource {
  /// Walks the written text beside the read one, stepping over what YAML leaves out: quotes, escapes, folds, indentation.
  func place(of offset: Int, in value: String, line: Int, column: Int, isBlock: Bool) -> SourcePlace {
    var walk = SourceWalk(text: text, line: line, column: column)
    if isBlock { walk.skipLine() } else { walk.skipQuote() }
    walk.skipSpace()
    for scalar in value.unicodeScalars.prefix(offset) { walk.step(over: scalar) }
    if offset > 0 { walk.skipFold(before: value.unicodeScalars.dropFirst(offset).first) }
    return SourcePlace(file: file, line: walk.line, column: walk.column)
  }
}

private struct SourceWalk {
  private var rest: Substring.UnicodeScalarView
  var line: Int
  var column: Int
  private var quote: Unicode.Scalar?

  init(text: String, line: Int, column: Int) {
    let lines = text.split(maxSplits: line - 1, omittingEmptySubsequences: false, whereSeparator: \.endsLine)
    rest = (lines.count >= line ? lines[line - 1] : "").unicodeScalars.dropFirst(column - 1)
    (self.line, self.column) = (line, column)
  }

  private mutating func skip() {
    guard let first = rest.popFirst() else { return }
    if first == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
  }

  mutating func skipLine() {
    while let first = rest.first, first != "\n" { skip() }
    skip()
  }

  mutating func skipQuote() {
    guard let first = rest.first, first == "\"" || first == "'" else { return }
    quote = first
    skip()
  }
  mutating func skipSpace() { while let first = rest.first, SourceWalk.isSpace(first) { skip() } }

  mutating func step(over scalar: Unicode.Scalar) {
    if SourceWalk.isSpace(scalar) {
      // One space in the value is one space here, or a line end with the next line's indentation.
      guard let first = rest.first, SourceWalk.isSpace(first) else { return }
      if first == " " && !restStartsFold { return skip() }
      return skipSpace()
    }
    skipFold(before: scalar)
    // Characters that are written as several: `''` in single quotes; `\"`, `\u4e2d` in double ones.
    if quote == "'" && scalar == "'" { skip() }
    if quote == "\"" && rest.first == "\\" { skipEscape() }
    skip()
  }

  private mutating func skipEscape() {
    skip()
    for _ in 0..<(["x": 2, "u": 4, "U": 8][rest.first] ?? 0) { skip() }
  }

  mutating func skipFold(before scalar: Unicode.Scalar?) {
    if let scalar, !SourceWalk.isSpace(scalar) { skipSpace() }
  }

  private var restStartsFold: Bool {
    rest.first { !SourceWalk.isBlank($0) } == "\n"
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { isBlank(scalar) || scalar == "\n" }
}

extension Character {
  /// Whether it ends a line; CR and LF together are one character.
  fileprivate var endsLine: Bool { self == "\n" || self == "\r\n" || self == "\r" }
}
