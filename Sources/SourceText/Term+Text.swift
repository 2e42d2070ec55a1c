extension Term: CustomStringConvertible {
  package var description: String {
    switch self {
    case .symbol(let name): name
    case .number(let value): Term.numberText(value)
    case .text(let text): Term.quoted(text)
    case .call(let name, let items): name + "(" + Term.itemsText(items) + ")"
    case .slot(let name): "{" + name + "}"
    }
  }

  package static func itemsText(_ items: [Item]) -> String {
    items.map { $0.map(\.description).joined(separator: " ") }.joined(separator: ", ")
  }

  /// `500000`, `0.1`: the shortest text that reads back as the same number.
  package static func numberText(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }

  /// A value as it is written: bare if it reads back as one symbol, else in quotes.
  package static func value(_ text: String) -> Term { isSymbol(text) ? .symbol(text) : .text(text) }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Whether a text stands for itself without quotes: no space, no reserved sign, not a number, not a word that joins terms.
  private static func isSymbol(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !reserved.contains(text), Double(text) == nil else { return false }
    return (first.properties.isAlphabetic || first == "_" || ("0"..."9").contains(first))
      && text.unicodeScalars.allSatisfy(TermReader.isWord)
  }

  private static let reserved: Set<String> = [
    "in", "not", "is", "null", "contains", "starts", "ends", "between", "among", "and", "or", "per", "where", "by", "of",
    "asc", "desc", "average", "any", "all",
  ]
}

extension Clause: CustomStringConvertible {
  package var description: String { items.isEmpty ? keyword : keyword + " " + Term.itemsText(items) }
}

/// Reads the notation; the inverse of `description`.
package struct TermReader {
  private let scalars: [Unicode.Scalar]
  private var position = 0

  /// Why a text is not notation: what was expected, and at which scalar.
  package struct Failure: Error, Hashable, Sendable {
    package let offset: Int
    package let expected: String
  }

  package init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// Clauses joined by `|`.
  /// - Throws: `TermReader.Failure`
  package static func clauses(_ text: String) throws -> [Clause] {
    var reader = TermReader(text)
    var clauses = [try reader.clause()]
    while reader.take("|") { clauses.append(try reader.clause()) }
    try reader.finish()
    return clauses
  }

  /// Items separated by commas, as behind a keyword.
  /// - Throws: `TermReader.Failure`
  package static func items(_ text: String) throws -> [Term.Item] {
    var reader = TermReader(text)
    let items = try reader.items()
    try reader.finish()
    return items
  }

  private mutating func finish() throws {
    skipSpace()
    if position < scalars.count { throw Failure(offset: position, expected: "the end, a comma or |") }
  }

  private mutating func clause() throws -> Clause {
    skipSpace()
    guard case .symbol(let keyword)? = try term() else { throw Failure(offset: position, expected: "a clause keyword") }
    skipSpace()
    if position >= scalars.count || scalars[position] == "|" { return Clause(keyword) }
    return Clause(keyword, try items())
  }

  private mutating func items() throws -> [Term.Item] {
    var result = [try item()]
    while take(",") { result.append(try item()) }
    return result
  }

  private mutating func item() throws -> Term.Item {
    var terms: Term.Item = []
    while let next = try term() { terms.append(next) }
    if terms.isEmpty { throw Failure(offset: position, expected: "a term") }
    return terms
  }

  private mutating func term() throws -> Term? {
    skipSpace()
    guard position < scalars.count else { return nil }
    switch scalars[position] {
    case "|", ",", ")", "}": return nil
    case "(": return .call("", try group())
    case "\"": return .text(try quoted())
    case "{": return try slot()
    case let sign where TermReader.operators.contains(sign): return .symbol(operatorText())
    default: return try word()
    }
  }

  private mutating func word() throws -> Term {
    let start = position
    if scalars[position] == "-" || scalars[position] == "+" { position += 1 }
    while position < scalars.count, TermReader.isWord(scalars[position]) { position += 1 }
    if position == start { throw Failure(offset: position, expected: "a term") }
    let text = String(String.UnicodeScalarView(scalars[start..<position]))
    // A plain year is a number too; the reader of times takes either.
    if let first = text.utf8.first(where: { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }), first <= UInt8(ascii: "9"),
      let value = Double(text)
    {
      return .number(value)
    }
    if position < scalars.count, scalars[position] == "(" { return .call(text, try group()) }
    return .symbol(text)
  }

  private mutating func group() throws -> [Term.Item] {
    position += 1
    if take(")") { return [] }
    let inner = try items()
    guard take(")") else { throw Failure(offset: position, expected: ")") }
    return inner
  }

  private mutating func slot() throws -> Term {
    position += 1
    let start = position
    while position < scalars.count, scalars[position] != "}" { position += 1 }
    guard position < scalars.count else { throw Failure(offset: start, expected: "}") }
    defer { position += 1 }
    return .slot(String(String.UnicodeScalarView(scalars[start..<position])))
  }

  private mutating func quoted() throws -> String {
    position += 1
    var text = String.UnicodeScalarView()
    while position < scalars.count, scalars[position] != "\"" {
      if scalars[position] == "\\", position + 1 < scalars.count { position += 1 }
      text.append(scalars[position])
      position += 1
    }
    guard position < scalars.count else { throw Failure(offset: position, expected: "a closing quote") }
    position += 1
    return String(text)
  }

  private mutating func operatorText() -> String {
    let start = position
    while position < scalars.count, TermReader.operators.contains(scalars[position]) { position += 1 }
    return String(String.UnicodeScalarView(scalars[start..<position]))
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < scalars.count, scalars[position] == sign else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < scalars.count, TermReader.isSpace(scalars[position]) { position += 1 }
  }

  private static let operators: Set<Unicode.Scalar> = ["=", "<", ">", "!", "*", "?"]

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value <= 0x20 || scalar.value >= 0x80 && scalar.properties.isWhitespace
  }

  /// Whether a scalar can stand inside a bare symbol.
  package static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "\u{4E00}"..."\u{9FFF}": true
    case "|", ",", "(", ")", "{", "}", "\"", "#", "=", "<", ">", "!", "*", "?": false
    default: !isSpace(scalar)
    }
  }
}
