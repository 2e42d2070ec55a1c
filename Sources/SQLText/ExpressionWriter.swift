import Metrics
import Planning
import Tables

/// Writes the expressions of one statement, and gathers the values they bind, in the order they stand in the text.
struct ExpressionWriter {
  private(set) var arguments: [Cell] = []
  /// The only relation of the select being written, whose columns need no alias.
  var soleAlias: String?

  /// How tightly an expression holds together; what binds looser than its surroundings is put in brackets.
  private enum Binding: Int, Comparable {
    case or, and, not, comparison, sum, product, concatenation, atom
    static func < (a: Binding, b: Binding) -> Bool { a.rawValue < b.rawValue }
  }

  mutating func text(_ expression: PlanExpression) -> String { write(expression, .or) }

  private mutating func write(_ expression: PlanExpression, _ least: Binding) -> String {
    let binding = ExpressionWriter.binding(expression)
    let text = bare(expression, binding)
    return binding < least ? "(\(text))" : text
  }

  private static func binding(_ expression: PlanExpression) -> Binding {
    switch expression {
    case .any(let items) where items.count > 1: .or
    case .all(let items) where items.count > 1: .and
    case .any(let items), .all(let items): items.first.map(binding) ?? .atom
    case .oneOf(_, _, negated: true): .or
    case .matches(_, _, _, negated: true): .or
    case .comparison, .same, .oneOf, .missing, .matches, .memberOf, .not: .comparison
    case .arithmetic(.plus, _, _), .arithmetic(.minus, _, _), .negated, .bucketStart: .sum
    case .arithmetic, .quotient: .product
    case .timeLabel(.half, _, _), .timeLabel(.quarter, _, _), .timeLabel(.hour, _, _), .timeLabel(.week, _, _): .concatenation
    default: .atom
    }
  }

  private mutating func bare(_ expression: PlanExpression, _ binding: Binding) -> String {
    switch expression {
    case .field(soleAlias, let column): return SQLiteDialect.name(column)
    case .field(let alias, let column): return "\(SQLiteDialect.name(alias)).\(SQLiteDialect.name(column))"
    case .literal(let literal): return bound(literal)
    case .constant(let number): return String(number)
    case .arithmetic(let operation, let a, let b): return arithmetic(operation, a, b)
    case .quotient(let a, let b): return quotient(a, b)
    case .negated(let a): return "-" + write(a, .atom)
    case .absolute(let a): return "abs(\(text(a)))"
    case .aggregate(let function, let argument, let filter): return aggregate(function, argument, filter)
    case .memberCount(let members, let filter):
      let call = "\(SQLiteDialect.AddedFunction.memberCount)(\(text(members)))"
      return filter.map { "\(call) FILTER (WHERE \(text($0)))" } ?? call
    case .timeLabel(let grain, let time, let weekStart):
      return repeated(time) { SQLiteDialect.label(grain, $0, weekStart: weekStart) }
    case .timePart(let part, let time): return repeated(time) { SQLiteDialect.part(part, $0) }
    case .moved(let time, let days, let months, let fromStart):
      return SQLiteDialect.moved(text(time), days: days, months: months, fromMonthStart: fromStart)
    case .elapsed(let measure, let from, let to):
      // The later one is written first.
      let later = text(to)
      return SQLiteDialect.elapsed(measure, text(from), later)
    case .choice(let branches, let otherwise): return choice(branches, otherwise)
    case .coalesce(let items): return "coalesce(\(list(items)))"
    case .rowNumber(let within, let order): return "row_number() " + window(within, order)
    case .rank(let within, let order): return "rank() " + window(within, order)
    case .groupMean(let value, let within):
      let mean = "avg(\(text(value))) "
      return mean + window(within, [])
    case .groupSize(let within): return "count(*) " + window(within, [])
    case .runningSum(let value, let within, let order):
      let sum = "sum(\(text(value))) "
      return sum + window(within, order)
    case .bucketStart(let value, let width):
      let whole = write(value, .product)
      // Written twice, its values are bound twice; a remainder of SQLite has the sign of what is divided.
      return "\(whole) - (\(write(value, .concatenation)) % \(width) + \(width)) % \(width)"
    case .rounded(let value): return "CAST(round(\(text(value))) AS INTEGER)"
    case .count(let table, let alias, let condition):
      let name = SQLiteDialect.name
      let sole = soleAlias
      soleAlias = nil
      defer { soleAlias = sole }
      return "(SELECT count(*) FROM \(name(table)) AS \(name(alias)) WHERE \(text(condition)))"
    case .mean(let value, let step):
      let sole = soleAlias
      soleAlias = step.name
      defer { soleAlias = sole }
      return "(SELECT avg(\(text(value))) FROM \(SQLiteDialect.name(step.name)))"
    default: return test(expression)
    }
  }

  /// An operand that the dialect writes more than once must not bind values.
  private mutating func repeated(_ operand: PlanExpression, _ body: (String) -> String) -> String {
    let before = arguments.count
    let text = text(operand)
    precondition(arguments.count == before, "a time expression binds no values")
    return body(text)
  }

  private mutating func test(_ expression: PlanExpression) -> String {
    switch expression {
    case .comparison(let a, .notEqual, let b): return "\(write(a, .sum)) IS NOT \(write(b, .sum))"
    case .comparison(let a, let comparator, let b):
      return "\(write(a, .sum)) \(comparator.rawValue) \(write(b, .sum))"
    case .same(let a, let b): return "\(write(a, .sum)) IS \(write(b, .sum))"
    case .oneOf(let a, let items, let negated): return oneOf(a, items, negated)
    case .missing(let a, let negated): return "\(write(a, .sum)) IS \(negated ? "NOT " : "")NULL"
    case .matches(let a, let match, let text, let negated): return matches(a, match, text, negated)
    case .all(let items): return joined(items, " AND ", .not, whenEmpty: "TRUE")
    case .any(let items): return joined(items, " OR ", .and, whenEmpty: "FALSE")
    case .not(let a): return "(\(text(a))) IS NOT TRUE"
    case .memberOf(let a, let step, let column):
      let name = SQLiteDialect.name
      return "\(write(a, .sum)) IN (SELECT \(name(column)) FROM \(name(step.name)))"
    case .exists(let table, let alias, let condition):
      let name = SQLiteDialect.name
      let sole = soleAlias
      soleAlias = nil
      defer { soleAlias = sole }
      return "EXISTS (SELECT 1 FROM \(name(table)) AS \(name(alias)) WHERE \(text(condition)))"
    default: return ""
    }
  }

  private mutating func joined(
    _ items: [PlanExpression], _ word: String, _ least: Binding, whenEmpty: String
  ) -> String {
    if items.isEmpty { return whenEmpty }
    if items.count == 1 { return text(items[0]) }
    return items.map { write($0, least) }.joined(separator: word)
  }

  private mutating func list(_ items: [PlanExpression]) -> String {
    items.map { text($0) }.joined(separator: ", ")
  }

  private mutating func bound(_ literal: PlanLiteral) -> String {
    arguments.append(Cell(literal))
    return "?"
  }

  // MARK: Arithmetic

  private mutating func arithmetic(_ operation: ArithmeticOperator, _ a: PlanExpression, _ b: PlanExpression) -> String {
    let isSum = operation == .plus || operation == .minus
    let left = write(a, isSum ? .sum : .product)
    let right = write(b, isSum ? .product : .concatenation)
    return "\(left) \(operation.rawValue) \(right)"
  }

  private mutating func quotient(_ a: PlanExpression, _ b: PlanExpression) -> String {
    let left = write(a, .concatenation)
    if case .constant(let number) = b { return SQLiteDialect.quotient(left, String(number), divisorIsConstant: true) }
    return SQLiteDialect.quotient(left, text(b), divisorIsConstant: false)
  }

  private mutating func aggregate(
    _ function: Aggregate.Function, _ argument: PlanExpression?, _ filter: PlanExpression?
  ) -> String {
    let call = SQLiteDialect.aggregate(function, argument.map { text($0) })
    return filter.map { "\(call) FILTER (WHERE \(text($0)))" } ?? call
  }

  // MARK: Sets, texts, choices

  private mutating func oneOf(_ a: PlanExpression, _ items: [PlanExpression], _ negated: Bool) -> String {
    let test = "\(write(a, .sum)) \(negated ? "NOT " : "")IN (\(list(items)))"
    return negated ? "\(test) OR \(write(a, .sum)) IS NULL" : test
  }

  private mutating func matches(_ a: PlanExpression, _ match: TextMatch, _ text: String, _ negated: Bool) -> String {
    let left = write(a, .sum)
    arguments.append(.text(SQLiteDialect.pattern(match, text)))
    let test = "\(left) \(negated ? "NOT " : "")LIKE ? ESCAPE '\\'"
    return negated ? "\(test) OR \(write(a, .sum)) IS NULL" : test
  }

  private mutating func choice(_ branches: [PlanBranch], _ otherwise: PlanExpression) -> String {
    var text = "CASE"
    for branch in branches {
      text += " WHEN \(self.text(branch.condition))"
      text += " THEN \(self.text(branch.value))"
    }
    return text + " ELSE \(self.text(otherwise)) END"
  }

  private mutating func window(_ within: [PlanExpression], _ order: [PlanOrder]) -> String {
    var parts: [String] = []
    if !within.isEmpty { parts.append("PARTITION BY \(list(within))") }
    if !order.isEmpty { parts.append("ORDER BY \(orders(order))") }
    return "OVER (\(parts.joined(separator: " ")))"
  }

  mutating func orders(_ orders: [PlanOrder]) -> String { orders.map { order($0) }.joined(separator: ", ") }

  mutating func order(_ order: PlanOrder) -> String {
    let text = write(order.value, .concatenation)
    // Nulls are least to SQLite, so descending they stand last anyway.
    return text + (order.descending ? " DESC" : order.mayBeNull ? " NULLS LAST" : "")
  }

  /// The parts of `a AND b AND c`.
  mutating func conjunction(_ items: [PlanExpression]) -> [String] { items.map { write($0, items.count > 1 ? .not : .or) } }
}

extension Cell {
  package init(_ literal: PlanLiteral) {
    switch literal {
    case .integer(let value): self = .integer(value)
    case .real(let value): self = .real(value)
    case .text(let text): self = .text(text)
    case .null: self = .null
    }
  }
}
