/// A piece of SQL as semantic layers hold it: the expression of a measure, the filter of a metric.
package indirect enum SQLFragment: Hashable, Sendable {
  /// `is_instant`
  case name(String)
  case number(Double)
  case text(String)
  /// `{{ Dimension('booking__is_instant') }}`
  case template(SQLTemplate)
  /// `a + b`, `a >= b`
  case binary(String, SQLFragment, SQLFragment)
  case negated(SQLFragment)
  case not(SQLFragment)
  case all([SQLFragment])
  case any([SQLFragment])
  case missing(SQLFragment, negated: Bool)
  case oneOf(SQLFragment, [SQLFragment], negated: Bool)
  /// `nullif(a, 0)`; `count(distinct a)` is one of `count distinct`, `count(*)` one of the name `*`.
  case call(String, [SQLFragment])
  /// `CASE WHEN a THEN b ELSE c END`
  case choice(SQLFragment, SQLFragment, SQLFragment)

  /// Nil where it is no SQL of this kind.
  package init?(_ text: String) {
    guard let tokens = SQLTokens(text) else { return nil }
    var reader = SQLFragmentReader(tokens: tokens.tokens)
    guard let read = reader.condition(), reader.isAtEnd else { return nil }
    self = read
  }

  /// Without a cast to a time round it: `datetime('2020-01-01')` is that day.
  package var uncast: SQLFragment {
    if case .call(let name, let parts) = self, parts.count == 1, ["datetime", "date", "timestamp"].contains(name) { return parts[0].uncast }
    return self
  }
}

/// `Dimension('a__b')`, `TimeDimension('a__b', 'month')`, `Entity('a')`, `Metric('m', ['a'])` of a filter.
package struct SQLTemplate: Hashable, Sendable {
  package var kind: String
  package var arguments: [String]

  init(kind: String, arguments: [String]) {
    self.kind = kind
    self.arguments = arguments
  }

  init?(_ text: String) {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
    kind = String(text[..<open]).trimmed
    // A call on what it gives, such as .grain('day'), is something else.
    if text[open...].filter({ $0 == "(" }).count > 1 { return nil }
    let parts = text[open...].split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1 else { return nil }
    arguments = parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}

struct SQLTokens {
  enum Token: Hashable { case name(String), number(Double), text(String), template(SQLTemplate), sign(String) }
  var tokens: [Token] = []

  init?(_ text: String) {
    let characters = Array(text)
    var index = 0
    while index < characters.count {
      let character = characters[index]
      if character.isWhitespace {
        index += 1
      } else if character == "{" {
        guard let token = SQLTokens.template(characters, &index) else { return nil }
        tokens.append(token)
      } else if character == "'" {
        guard let end = characters[(index + 1)...].firstIndex(of: "'") else { return nil }
        tokens.append(.text(String(characters[(index + 1)..<end])))
        index = end + 1
      } else if character.isNumber {
        let end = characters[index...].firstIndex { !$0.isNumber && $0 != "." } ?? characters.count
        guard let number = Double(String(characters[index..<end])) else { return nil }
        tokens.append(.number(number))
        index = end
      } else if character.isLetter || character == "_" {
        let end = characters[index...].firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." } ?? characters.count
        tokens.append(.name(String(characters[index..<end])))
        index = end
      } else {
        let two = index + 1 < characters.count ? String(characters[index...(index + 1)]) : ""
        let sign = ["<=", ">=", "!=", "<>", "||"].contains(two) ? two : String(character)
        guard "+-*/()=<>,".contains(character) || sign.count == 2 else { return nil }
        tokens.append(.sign(sign == "<>" ? "!=" : sign))
        index += sign.count
      }
    }
  }

  private static func template(_ characters: [Character], _ index: inout Int) -> Token? {
    guard index + 1 < characters.count, characters[index + 1] == "{",
      let end = characters.indices.dropFirst(index + 2).first(where: { characters[$0] == "}" && characters[$0 - 1] == "}" })
    else { return nil }
    let inner = String(characters[(index + 2)..<(end - 1)]).trimmed
    index = end + 1
    return SQLTemplate(inner).map { .template($0) }
  }
}

/// Reads conditions and arithmetic by their usual strength.
struct SQLFragmentReader {
  var tokens: [SQLTokens.Token]
  private var index = 0

  init(tokens: [SQLTokens.Token]) { self.tokens = tokens }

  var isAtEnd: Bool { index == tokens.count }
  private var next: SQLTokens.Token? { index < tokens.count ? tokens[index] : nil }

  private mutating func take(_ word: String) -> Bool {
    switch next {
    case .name(let name)? where name.lowercased() == word: break
    case .sign(word)?: break
    default: return false
    }
    index += 1
    return true
  }

  mutating func condition() -> SQLFragment? {
    guard let first = conjunction() else { return nil }
    var parts = [first]
    while take("or") {
      guard let more = conjunction() else { return nil }
      parts.append(more)
    }
    return parts.count == 1 ? first : .any(parts)
  }

  private mutating func conjunction() -> SQLFragment? {
    guard let first = test() else { return nil }
    var parts = [first]
    while take("and") {
      guard let more = test() else { return nil }
      parts.append(more)
    }
    return parts.count == 1 ? first : .all(parts)
  }

  private mutating func test() -> SQLFragment? {
    if take("not") { return test().map { .not($0) } }
    guard let left = sum() else { return nil }
    if take("is") {
      let negated = take("not")
      return take("null") ? .missing(left, negated: negated) : nil
    }
    let negated = take("not")
    if take("in") {
      guard take("("), let values = items() else { return nil }
      return .oneOf(left, values, negated: negated)
    }
    if negated { return nil }
    for sign in ["=", "!=", "<=", ">=", "<", ">"] where take(sign) { return sum().map { .binary(sign, left, $0) } }
    return left
  }

  /// Behind an opening bracket, up to the closing one.
  private mutating func items() -> [SQLFragment]? {
    var values: [SQLFragment] = []
    if take(")") { return values }
    repeat {
      guard let value = condition() else { return nil }
      values.append(value)
    } while take(",")
    return take(")") ? values : nil
  }

  private mutating func sum() -> SQLFragment? { chain(["+", "-", "||"]) { $0.product() } }
  private mutating func product() -> SQLFragment? { chain(["*", "/"]) { $0.factor() } }

  private mutating func chain(_ signs: [String], _ part: (inout Self) -> SQLFragment?) -> SQLFragment? {
    guard var left = part(&self) else { return nil }
    while let sign = signs.first(where: { take($0) }) {
      guard let right = part(&self) else { return nil }
      left = .binary(sign, left, right)
    }
    return left
  }

  private mutating func factor() -> SQLFragment? {
    if take("-") { return factor().map { .negated($0) } }
    if take("(") {
      let inner = condition()
      return take(")") ? inner : nil
    }
    if take("case") { return choice() }
    defer { if index < tokens.count { index += 1 } }
    switch next {
    case .number(let number)?: return .number(number)
    case .text(let text)?: return .text(text)
    case .template(let template)?: return .template(template)
    case .name(let name)?:
      guard index + 1 < tokens.count, tokens[index + 1] == .sign("(") else { return .name(name) }
      index += 2
      let isDistinct = take("distinct")
      guard let parts = take("*") ? (take(")") ? [.name("*")] : nil) : items() else { return nil }
      // The step behind the last token is made on the way out.
      index -= 1
      return .call(name.lowercased() + (isDistinct ? " distinct" : ""), parts)
    default: return nil
    }
  }

  private mutating func choice() -> SQLFragment? {
    guard take("when"), let test = condition(), take("then"), let yes = sum() else { return nil }
    let no: SQLFragment = take("else") ? sum() ?? .name("null") : .name("null")
    return take("end") ? .choice(test, yes, no) : nil
  }
}
