import CivilTime
import SourceText

extension FormulaReader {
  // MARK: What a row is worth

  mutating func row() throws(FormulaFailure) -> RowExpression {
    var left = try rowTerm()
    while let sign = takeSign(["+", "-"]) { left = .binary(sign, left, try rowTerm()) }
    return left
  }

  private mutating func rowTerm() throws(FormulaFailure) -> RowExpression {
    var left = try rowFactor()
    while let sign = takeSign(["*", "/"]) { left = .binary(sign, left, try rowFactor()) }
    return left
  }

  private mutating func rowFactor() throws(FormulaFailure) -> RowExpression {
    let start = next
    switch start.kind {
    case .number(let value):
      advance()
      return .number(value)
    case .text(let text):
      advance()
      return .text(text)
    case .name where follows("("):
      return try rowCall()
    case .name:
      advance()
      return try column(start)
    case .sign where take("-"):
      return .negated(try rowFactor())
    case .sign where take("("):
      let inner = try row()
      try expect(")")
      return inner
    case .sign, .end:
      throw unexpected("a column such as orders.amount, a number or a text in quotes")
    }
  }

  private mutating func column(_ token: FormulaToken) throws(FormulaFailure) -> RowExpression {
    if let home, !token.text.contains(".") { return .column(try ownColumn(token, of: home)) }
    let path = ColumnPath(token.text)
    guard path.parts.count > 1, !token.text.hasSuffix(".") else {
      throw FormulaFailure(
        "unqualified-column", at: token.offset, found: token.text, expected: "table.column",
        hint: unqualifiedHint(token.text))
    }
    columns.append((path, token.offset))
    return .column(path)
  }

  private func unqualifiedHint(_ name: String) -> String {
    let owners = schema.tables.filter { $0.column(name) != nil }.map { $0.name + "." + name }
    return owners.isEmpty
      ? "a text stands in quotes: '\(name)'" : "did you mean " + owners.prefix(3).joined(separator: " or ") + "?"
  }

  private mutating func rowCall() throws(FormulaFailure) -> RowExpression {
    let name = next
    advance()
    try expect("(")
    let row = try insideRowCall(name)
    try expect(")")
    return row
  }

  private mutating func insideRowCall(_ name: FormulaToken) throws(FormulaFailure) -> RowExpression {
    if let measure = TimeMeasure(rawValue: name.text) {
      let first = try row()
      try expect(",")
      return .between(measure, first, try row())
    }
    switch name.text {
    case "if":
      let test = try condition()
      try expect(",")
      let first = try row()
      try expect(",")
      return .choice(test, first, try row())
    case "coalesce":
      var rows = [try row()]
      while take(",") { rows.append(try row()) }
      return .coalesce(rows)
    case "abs":
      return .absolute(try row())
    case "sum" where home != nil, "count" where home != nil:
      return try total(name, of: home!)
    default:
      if let grain = Grain(rawValue: name.text) { return .unit(grain, try row()) }
      throw FormulaFailure(
        "unknown-function", at: name.offset, found: name.text, expected: "a function over columns of a row",
        hint: FormulaReader.functions.contains(name.text)
          ? "an aggregate cannot stand inside an aggregate"
          : .didYouMean(name.text, among: TimeMeasure.allCases.map(\.rawValue) + ["if", "coalesce", "abs"]))
    }
  }

  // MARK: Tests of a row

  mutating func condition() throws(FormulaFailure) -> RowCondition {
    var parts = [try conjunction()]
    while take("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(FormulaFailure) -> RowCondition {
    var parts = [try test()]
    while take("and") { parts.append(try test()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func test() throws(FormulaFailure) -> RowCondition {
    if take("not") { return .not(try test()) }
    guard isNext("(") else { return try comparison() }
    // A bracket may hold a condition, or the arithmetic left of a comparison; only what follows it tells.
    var attempt = self
    do throws(FormulaFailure) {
      try attempt.expect("(")
      let inner = try attempt.condition()
      try attempt.expect(")")
      self = attempt
      return inner
    } catch {
      do throws(FormulaFailure) { return try comparison() } catch let other {
        throw error.offset >= other.offset ? error : other
      }
    }
  }

  private mutating func comparison() throws(FormulaFailure) -> RowCondition {
    let start = next
    if home == nil, start.kind == .name, !start.text.contains("."), !follows("(") { return try dimensionTest(start) }
    let left = try row()
    if let comparator = takeComparator() { return .comparison(left, comparator, try row()) }
    if take("is") {
      let negated = take("not")
      try expect("null")
      return .missing(left, negated: negated)
    }
    if next.kind == .name, let match = TextMatch(rawValue: next.text) {
      advance()
      return .matches(left, match, try quotedText())
    }
    if let (values, negated) = try membership() { return .oneOf(left, values, negated: negated) }
    throw unexpected("a comparison: =, !=, <, <=, >, >=, in (…), is null, contains, starts or ends")
  }

  /// `channel = '线上'`, `channel not in ('线上', '线下')`
  private mutating func dimensionTest(_ token: FormulaToken) throws(FormulaFailure) -> RowCondition {
    advance()
    mentions.append(Mention(kind: .dimension, name: token.text, offset: token.offset))
    if let comparator = takeComparator() { return .dimension(token.text, comparator, try literal()) }
    if let (values, negated) = try membership() { return .dimensionOneOf(token.text, values, negated: negated) }
    if take("having") {
      let name = try name("a metric")
      _ = try metric(name)
      guard let comparator = takeComparator() else { throw unexpected("=, !=, <, <=, > or >=") }
      return .members(token.text, metric: name.text, comparator, try number("a number"))
    }
    if take("is") {
      let negated = take("not")
      try expect("null")
      return .dimensionMissing(token.text, negated: negated)
    }
    throw unexpected(
      "=, !=, <, <=, >, >= or in (…) behind the dimension \(token.text)", hint: "a column is written table.column")
  }

  private mutating func membership() throws(FormulaFailure) -> ([RowExpression], negated: Bool)? {
    let negated = isNext("not")
    if negated { advance() } else if !isNext("in") { return nil }
    try expect("in")
    try expect("(")
    var values = [try literal()]
    while take(",") { values.append(try literal()) }
    try expect(")")
    return (values, negated)
  }

  private mutating func takeComparator() -> Comparator? {
    guard next.kind == .sign, let comparator = Comparator(rawValue: next.text) else { return nil }
    advance()
    return comparator
  }

  private mutating func quotedText() throws(FormulaFailure) -> String {
    guard case .text(let text) = next.kind else { throw unexpected("a text in quotes") }
    advance()
    return text
  }

  /// A number or a text in quotes.
  private mutating func literal() throws(FormulaFailure) -> RowExpression {
    if case .text(let text) = next.kind {
      advance()
      return .text(text)
    }
    if next.kind == .name { throw unexpected("a value", hint: "a text stands in quotes: '\(next.text)'") }
    return .number(try number("a number or a text in quotes"))
  }
}
