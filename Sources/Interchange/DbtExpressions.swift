/// Writes pieces of SQL in the formula language; nil where it cannot be said there.
struct DbtExpressions {
  /// What a column is called: `orders.amount`.
  var column: (String) -> String?
  /// What a template stands for: a dimension's name, or a column for the time of a metric.
  var template: (SQLTemplate) -> String?

  // MARK: Rows

  /// `fct_bookings.booking_value * 2`
  func row(_ fragment: SQLFragment) -> String? {
    switch fragment.uncast {
    case .name(let name):
      if ["true", "false"].contains(name.lowercased()) { return name.lowercased() == "true" ? "1" : "0" }
      return column(name)
    case .number(let number): return Self.text(number)
    case .text(let text): return Self.quoted(text)
    case .negated(let inner): return row(inner).map { "-(\($0))" }
    case .binary(let sign, let a, let b):
      guard ["+", "-", "*", "/"].contains(sign), let left = row(a), let right = row(sign == "/" ? Self.divisor(b) : b) else { return nil }
      return "(\(left) \(sign) \(right))"
    case .call(let name, let parts):
      let rows = parts.compactMap(row)
      guard rows.count == parts.count, name == "coalesce" || name == "abs" && parts.count == 1 else { return nil }
      return "\(name)(\(rows.joined(separator: ", ")))"
    case .choice(let test, let yes, let no):
      guard let test = condition(test), let yes = row(yes), let no = row(no) else { return nil }
      return "if(\(test), \(yes), \(no))"
    case .template, .not, .all, .any, .missing, .oneOf: return nil
    }
  }

  /// A division by zero is null here anyway.
  static func divisor(_ fragment: SQLFragment) -> SQLFragment {
    if case .call("nullif", let parts) = fragment, parts.count == 2, parts[1] == .number(0) { return parts[0] }
    return fragment
  }

  static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }

  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  // MARK: Conditions

  /// A condition that rows without a value never meet, as in SQL.
  func condition(_ fragment: SQLFragment, negated: Bool = false) -> String? {
    switch fragment {
    case .not(let inner): return condition(inner, negated: !negated)
    case .all(let parts): return joined(parts, negated ? "or" : "and", negated)
    case .any(let parts): return joined(parts, negated ? "and" : "or", negated)
    case .missing(let inner, let isNot): return operand(inner).map { "\($0) is \(isNot != negated ? "not " : "")null" }
    case .oneOf(let inner, let values, let isNot): return oneOf(inner, values, negated: isNot != negated)
    case .binary(let sign, let a, let b):
      guard let sign = negated ? Self.opposites[sign] : sign, Self.opposites[sign] != nil else { return nil }
      return comparison(sign, a, b)
    case .name, .template, .call: return operand(fragment).map { "\($0) = \(negated ? 0 : 1)" }
    case .number, .text, .negated, .choice: return nil
    }
  }

  private static let opposites = ["=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"]
  private static let turned = ["=": "=", "!=": "!=", "<": ">", ">=": "<=", ">": "<", "<=": ">="]

  private func joined(_ parts: [SQLFragment], _ word: String, _ negated: Bool) -> String? {
    let texts = parts.compactMap { condition($0, negated: negated) }
    return texts.count == parts.count ? "(" + texts.joined(separator: " \(word) ") + ")" : nil
  }

  private func comparison(_ sign: String, _ a: SQLFragment, _ b: SQLFragment) -> String? {
    // A metric of each member: it has no value where there is nothing of it, so `!=` says the same in both.
    if case .template(let template) = a, template.kind == "Metric", template.arguments.count == 2,
      let member = self.template(SQLTemplate(kind: "Entity", arguments: [template.arguments[1]])), let bound = value(b)
    {
      return "\(member) having \(template.arguments[0]) \(sign) \(bound)"
    }
    if Self.isValue(a), !Self.isValue(b) { return comparison(Self.turned[sign]!, b, a) }
    guard let left = operand(a), let right = Self.isValue(b) ? value(b) : operand(b) else { return nil }
    // Here `!=` also keeps what has no value.
    return sign == "!=" ? "(\(left) != \(right) and \(left) is not null)" : "\(left) \(sign) \(right)"
  }

  private func oneOf(_ inner: SQLFragment, _ values: [SQLFragment], negated: Bool) -> String? {
    let texts = values.compactMap(value)
    guard let left = operand(inner), texts.count == values.count, !texts.isEmpty else { return nil }
    let list = texts.joined(separator: ", ")
    return negated ? "(\(left) not in (\(list)) and \(left) is not null)" : "\(left) in (\(list))"
  }

  private func operand(_ fragment: SQLFragment) -> String? {
    if case .template(let template) = fragment.uncast { return self.template(template) }
    return row(fragment)
  }

  private static func isValue(_ fragment: SQLFragment) -> Bool {
    switch fragment.uncast {
    case .number, .text, .negated(.number): true
    case .name(let name): ["true", "false"].contains(name.lowercased())
    default: false
    }
  }

  private func value(_ fragment: SQLFragment) -> String? {
    if case .negated(.number(let number)) = fragment { return "-" + Self.text(number) }
    return Self.isValue(fragment) ? row(fragment) : nil
  }
}
