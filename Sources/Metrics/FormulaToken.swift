/// The pieces a formula is written in, each with where it starts.
struct FormulaToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// `gmv`, `orders.amount`, `where`
    case name
    case number(Double)
    /// `'线上'`
    case text(String)
    case sign
    case end
  }
  let kind: Kind
  /// As written; for texts without their quotes.
  let text: String
  /// In code points from the start of the formula.
  let offset: Int
}

/// Why a formula cannot be read or does not make sense, with where in it.
package struct FormulaFailure: Error, Hashable, Sendable {
  /// The name of the mistake: `bad-formula`, `unknown-column`, `text-in-arithmetic` …
  package let code: String
  /// In code points from the start of the formula.
  package let offset: Int
  package let found: String
  package let expected: String
  package let hint: String

  package init(_ code: String, at offset: Int, found: String, expected: String, hint: String = "") {
    self.code = code
    self.offset = offset
    self.found = found
    self.expected = expected
    self.hint = hint
  }
}

/// Cuts a formula into tokens.
struct FormulaScanner {
  private let scalars: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// All tokens, the last one `end`.
  /// - Throws: `FormulaFailure` for an open quote or a sign the language does not have
  static func tokens(_ text: String) throws(FormulaFailure) -> [FormulaToken] {
    var scanner = FormulaScanner(text)
    var tokens: [FormulaToken] = []
    while let token = try scanner.next() { tokens.append(token) }
    return tokens + [FormulaToken(kind: .end, text: "", offset: scanner.scalars.count)]
  }

  private mutating func next() throws(FormulaFailure) -> FormulaToken? {
    while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
    guard position < scalars.count else { return nil }
    let start = position
    let first = scalars[start]
    if first == "'" || first == "\"" { return try text(closing: first) }
    if FormulaScanner.isDigit(first) { return try number() }
    if FormulaScanner.isNameStart(first) {
      take { FormulaScanner.isNamePart($0) || $0 == "." }
      return token(.name, from: start)
    }
    return try sign()
  }

  private mutating func sign() throws(FormulaFailure) -> FormulaToken {
    let start = position
    position += 1
    if position < scalars.count, ["<=", ">=", "!=", "->", "<>", "=="].contains(text(start, position + 1)) { position += 1 }
    let text = text(start, position)
    guard FormulaScanner.signs.contains(text) else {
      let hints = ["<>": "write !=", "==": "write =", "×": "write *", "÷": "write /", "≥": "write >=", "≤": "write <="]
      throw FormulaFailure(
        "bad-formula", at: start, found: text, expected: "a name, a number or an operator", hint: hints[text] ?? "")
    }
    return token(.sign, from: start)
  }

  private mutating func number() throws(FormulaFailure) -> FormulaToken {
    let start = position
    take { FormulaScanner.isDigit($0) || $0 == "." }
    guard let value = Double(text(start, position)) else {
      throw FormulaFailure("bad-formula", at: start, found: text(start, position), expected: "a number")
    }
    return token(.number(value), from: start)
  }

  private mutating func text(closing quote: Unicode.Scalar) throws(FormulaFailure) -> FormulaToken {
    let start = position
    var content = String.UnicodeScalarView()
    position += 1
    while position < scalars.count {
      if scalars[position] == quote {
        position += 1
        guard position < scalars.count, scalars[position] == quote else {
          return FormulaToken(kind: .text(String(content)), text: String(content), offset: start)
        }
      }
      content.append(scalars[position])
      position += 1
    }
    throw FormulaFailure("bad-formula", at: start, found: "a text without its closing \(quote)", expected: String(quote))
  }

  private mutating func take(while isWanted: (Unicode.Scalar) -> Bool) {
    while position < scalars.count, isWanted(scalars[position]) { position += 1 }
  }

  private func token(_ kind: FormulaToken.Kind, from start: Int) -> FormulaToken {
    FormulaToken(kind: kind, text: text(start, position), offset: start)
  }

  private func text(_ start: Int, _ end: Int) -> String {
    String(String.UnicodeScalarView(scalars[start..<min(end, scalars.count)]))
  }

  private static let signs: Set<String> = ["+", "-", "*", "/", "(", ")", ",", "=", "<", ">", "<=", ">=", "!=", "->"]

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
  static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.isIdeographic
  }
  static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    isNameStart(scalar) || isDigit(scalar) || scalar.properties.numericType == .decimal
      || scalar.properties.generalCategory == .nonspacingMark
  }

  /// Whether a text can be a name of a table, column, dimension or metric: `gmv`, `支付买家数`, `_x2`.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return isNameStart(first) && text.unicodeScalars.allSatisfy(isNamePart)
  }
}
