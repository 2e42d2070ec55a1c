import CivilTime
import SourceText

/// Reads the formula language; `FormulaNotation` is the inverse.
///
///     formula   := term (('+'|'-') term)* ;  term := factor (('*'|'/') factor)*
///     factor    := number | '-' factor | '(' formula ')' | metric | call
///     call      := sum|avg|min|max|median|stddev '(' row ['over' grain] ['where' condition] ')'
///                | count '(' (table | 'distinct' row) ['where' condition] ')'
///                | percentile '(' row ',' number [',' discrete] ['where' condition] ')'
///                | last|first '(' row 'over' grain ['per' row] ['where' condition] ')'    per: each one's own last day
///                | rolling '(' formula ',' n unit ')' | to_date '(' formula ',' unit ')' | shift '(' formula ',' n unit ')'
///                | (avg | max | min | median | stddev | variance) '(' (metric | such a fold) per name (',' name)* ')', a whole formula
///                | percentile '(' metric per name (',' name)* ',' 1-99 ')', likewise
///                | convert '(' table.column '->' table.column ('within' n unit | 'on' 'day' n) ')'
///                | conversions '(' table.column '->' table.column ['within' n unit] ['same' a.x '=' b.x (',' …)*] ')'
///                | score '(' number '*' metric (',' number '*' metric)* ')'
///                | to_date '(' formula ',' all ')'            everything up to each point of time
///                | start_of '(' formula ',' unit ')'          the first day of the month, the year …
///                | metric '(' where condition ')'             a metric over fewer rows; also a filter on a ratio's one side
///     row       := arithmetic over table.column, role.column, numbers, 'text', days_between(a, b), hours_between(a, b),
///                  minutes_between(a, b), if(condition, row, row), coalesce(a, b), abs(a), month(a) and other units of time
///     condition := row (= | != | < | <= | > | >=) row | row [not] in (v, …) | row is [not] null
///                | dimension having metric (= | …) number | row contains|starts|ends 'x' | … and … | … or … | not … | ( … )
///
/// A name without a table in a condition is a dimension of the dictionary.
package struct FormulaReader {
  /// A metric or dimension that a formula names, with where.
  package struct Mention: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case metric, dimension }
    package let kind: Kind
    package let name: String
    /// In code points from the start of the formula.
    package let offset: Int
  }

  /// What was read, with everything that is wrong with it; `value` is nil if it could not be read at all.
  package struct Reading<Value> {
    package var value: Value?
    package var mentions: [Mention] = []
    package var failures: [FormulaFailure] = []
  }

  let schema: Schema
  private let tokens: [FormulaToken]
  private var index = 0
  var mentions: [Mention] = []
  var failures: [FormulaFailure] = []
  /// Columns named since the current aggregate began, with where.
  var columns: [(path: ColumnPath, offset: Int)] = []
  /// The table whose rule is read: its columns need no table before them. Nil everywhere else.
  var home: Table?
  /// What the rule sums or counts over other tables.
  var totals: [RowTotal] = []

  private init(_ text: String, _ schema: Schema) throws(FormulaFailure) {
    self.schema = schema
    tokens = try FormulaScanner.tokens(text)
  }

  /// The formula a text stands for; its columns are looked up in `schema`.
  /// - Throws: the first `FormulaFailure`
  package static func read(_ text: String, schema: Schema) throws(FormulaFailure) -> Formula {
    let reading = formula(text, schema: schema)
    if let failure = reading.failures.first { throw failure }
    return reading.value!
  }

  /// The formula a text stands for, with all its defects and the metrics and dimensions it names.
  package static func formula(_ text: String, schema: Schema) -> Reading<Formula> {
    reading(text, schema) { reader throws(FormulaFailure) in
      let formula = try reader.formula()
      if formula.holdsFold {
        throw FormulaFailure(
          "bad-formula", at: 0, found: "an aggregate of aggregates within a formula", expected: "one that stands alone",
          hint: "give it a metric of its own")
      }
      return formula
    }
  }

  /// What one row is worth: `days_between(orders.ordered_on, orders.shipped_on)`.
  package static func row(_ text: String, schema: Schema) -> Reading<RowExpression> {
    reading(text, schema) { reader throws(FormulaFailure) in
      let row = try reader.row()
      reader.checkRow(row)
      return row
    }
  }

  /// A test of one row: `orders.paid_at is not null`.
  package static func condition(_ text: String, schema: Schema) -> Reading<RowCondition> {
    reading(text, schema) { reader throws(FormulaFailure) in
      let condition = try reader.condition()
      reader.checkCondition(condition)
      return condition
    }
  }

  static func reading<Value>(
    _ text: String, _ schema: Schema, _ body: (inout FormulaReader) throws(FormulaFailure) -> Value
  ) -> Reading<Value> {
    do throws(FormulaFailure) {
      var reader = try FormulaReader(text, schema)
      do throws(FormulaFailure) {
        let value = try body(&reader)
        try reader.expectEnd()
        return Reading(value: value, mentions: reader.mentions, failures: reader.failures)
      } catch {
        return Reading(value: nil, mentions: reader.mentions, failures: reader.failures + [error])
      }
    } catch {
      return Reading(value: nil, failures: [error])
    }
  }

  // MARK: Arithmetic over metrics

  mutating func formula() throws(FormulaFailure) -> Formula {
    var left = try term()
    while let sign = takeSign(["+", "-"]) { left = .binary(sign, left, try term()) }
    return left
  }

  private mutating func term() throws(FormulaFailure) -> Formula {
    var left = try factor()
    while let sign = takeSign(["*", "/"]) { left = .binary(sign, left, try factor()) }
    return left
  }

  private mutating func factor() throws(FormulaFailure) -> Formula {
    let start = next
    switch start.kind {
    case .number(let value):
      advance()
      return .number(value)
    case .name where follows("("):
      return try call()
    case .name:
      advance()
      return try metric(start)
    case .sign where take("-"):
      return .negated(try factor())
    case .sign where take("("):
      let inner = try formula()
      try expect(")")
      return inner
    case .sign, .text, .end:
      throw unexpected("a metric, a number, an aggregate such as sum(…) or a bracket")
    }
  }

  /// A metric by its name, noted for the check that it exists.
  mutating func metric(_ token: FormulaToken) throws(FormulaFailure) -> Formula {
    if token.text.contains(".") {
      throw FormulaFailure(
        "column-outside-aggregate", at: token.offset, found: token.text, expected: "a metric",
        hint: "a column stands in an aggregate: sum(\(token.text))")
    }
    mentions.append(Mention(kind: .metric, name: token.text, offset: token.offset))
    return .metric(token.text)
  }

  // MARK: Tokens

  var next: FormulaToken { tokens[index] }
  /// The text of a token further on; empty behind the last.
  func token(ahead count: Int) -> String { index + count < tokens.count ? tokens[index + count].text : "" }
  mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  /// Whether the token behind the next one is this sign.
  func follows(_ sign: String) -> Bool {
    index + 1 < tokens.count && tokens[index + 1].kind == .sign && tokens[index + 1].text == sign
  }

  func isNext(_ text: String) -> Bool {
    (next.kind == .sign || next.kind == .name) && next.text == text
  }

  /// Takes a sign or keyword if it is next.
  mutating func take(_ text: String) -> Bool {
    guard isNext(text) else { return false }
    advance()
    return true
  }

  mutating func takeSign(_ signs: [String]) -> ArithmeticOperator? {
    guard next.kind == .sign, signs.contains(next.text), let sign = ArithmeticOperator(rawValue: next.text) else {
      return nil
    }
    advance()
    return sign
  }

  mutating func expect(_ text: String) throws(FormulaFailure) {
    if !take(text) { throw unexpected(text) }
  }

  /// A name, without its meaning.
  mutating func name(_ expected: String) throws(FormulaFailure) -> FormulaToken {
    guard next.kind == .name else { throw unexpected(expected) }
    defer { advance() }
    return next
  }

  mutating func number(_ expected: String) throws(FormulaFailure) -> Double {
    let negative = take("-")
    guard case .number(let value) = next.kind else { throw unexpected(expected) }
    advance()
    return negative ? -value : value
  }

  func unexpected(_ expected: String, hint: String = "") -> FormulaFailure {
    let found = next.kind == .end ? "the end of the formula" : next.text
    return FormulaFailure("bad-formula", at: next.offset, found: found, expected: expected, hint: hint)
  }

  private func expectEnd() throws(FormulaFailure) {
    if next.kind != .end { throw unexpected("an operator or the end of the formula") }
  }
}
