import CivilTime
import Metrics
import SourceText

/// Conditions: reading their items and bringing them into one canonical shape.
extension Resolver {
  /// The conditions of a `where` clause, each as it was written; also row filters of a policy.
  package func conditions(_ items: [Term.Item]) throws(Problem) -> [Condition] {
    var result: [Condition] = []
    for item in items {
      if item == Self.mixed { throw .unsupported("values of different kinds") }
      result.append(try condition(item))
    }
    return result
  }

  /// Behind values of different dimensions that a word such as 和 joined.
  private static let mixed: Term.Item = [.call("mixed", [])]

  /// Whether a list of values was joined that may hold together or each by itself.
  package static func isMixed(_ clauses: [Clause]) -> Bool { clauses.contains { $0.items.contains(mixed) } }

  func condition(_ item: Term.Item) throws(Problem) -> Condition {
    if item.count == 1, case .call(let name, let items) = item[0] { return try called(name, items) }
    if item.count > 1, case .call("from", let items)? = item.last {
      return try selected(try field(item[0]), items, negated: item.contains(.symbol("not")))
    }
    guard item.count >= 3 else { throw .badNotation(offset: 0, expected: "a condition such as city = 上海") }
    let field = try field(item[0])
    var rest = Array(item.dropFirst())
    if field == .hour { return try clockHour(rest) }
    let negated = rest.contains(.symbol("not"))
    rest.removeAll { $0 == .symbol("not") }
    let last = rest[rest.count - 1]
    switch rest[0].plainText {
    case "in":
      guard case .call("", let items) = last else { break }
      return .oneOf(field, items.compactMap(\.first).map { value($0, of: field) }, negated: negated)
    case "is": return .missing(field, negated: negated)
    case "between":
      guard case .call("", let items) = last, items.count == 2 else { break }
      try mustBeOrdered(field)
      let (low, high) = (value(items[0][0], of: field), value(items[1][0], of: field))
      return low == high ? .comparison(field, .equal, low) : .between(field, low, high)
    case "among": return try among(field, last)
    case let word:
      if let match = TextMatch(rawValue: word) { return .matches(field, match, last.plainText, negated: negated) }
      if let comparator = Comparator(rawValue: word), comparator != .equal, comparator != .notEqual { try mustBeOrdered(field, last) }
      if let comparator = Comparator(rawValue: word) { return .comparison(field, comparator, value(last, of: field)) }
    }
    throw .badNotation(offset: 0, expected: "=, in, between, is null, contains, starts, ends or among")
  }

  /// `any(…)`, `all(…)`, `not(…)`, and a template's `member(dimension, values…)`.
  private func called(_ name: String, _ items: [Term.Item]) throws(Problem) -> Condition {
    switch name {
    case "any":
      let parts = Self.canonical(try conditions(items))
      // "snacks, drinks or online": whether one of three or snacks with one of two, nobody can tell.
      if parts.count > 1, parts.count < items.count { throw .unsupported("alternatives of several kinds") }
      return parts.count == 1 ? parts[0] : .any(parts)
    case "all":
      // Also of one: what it holds may not become an alternative to what stands beside it.
      return .all(Self.canonical(try conditions(items)))
    case "not":
      // Neither of several holds, whatever they are of.
      let inner = try conditions(items.filter { $0 != Self.mixed })
      return inner.count == 1 ? Self.negated(inner[0]) : Self.negated(Self.joinedAlternatives(inner))
    case "member":
      let field = try field(items.first?.first ?? .symbol(""))
      let values = items.dropFirst().compactMap(\.first).map { value($0, of: field) }
      if values.count == 1 { return .comparison(field, .equal, values[0]) }
      return .oneOf(field, values, negated: false)
    case "is":
      let field = try field(items.first?.first ?? .symbol(""))
      let values = Resolver.unique(items.dropFirst().compactMap(\.first).map { value($0, of: field) })
      return values.count == 1 ? .comparison(field, .equal, values[0]) : .oneOf(field, values, negated: false)
    case "said": return try said(items)
    case "of": return try standing(on: items)
    case "each": return try counted(items)
    case "hours": return try hours(items)
    case "clock": return try clock(items)
    case "worth":
      guard let item = items.first, let (_, condition) = try worth(item, beside: items) else { throw .unsupported("condition of single rows") }
      return condition
    default: throw .badNotation(offset: 0, expected: "any, all or not")
    }
  }

  /// Orders over 5,000 are no orders whose number, a text, comes behind it.
  /// Names of units of time, such as 2026-10, are in order with days.
  private func mustBeOrdered(_ field: Field, _ value: Term? = nil) throws(Problem) {
    if let value, Day(iso: value.plainText) != nil { return }
    guard case .dimension(let name) = field, let dimension = dictionary.dimension(name), dimension.kind == .category,
      dimension.type != .date, dimension.type != .timestamp
    else { return }
    throw .unsupported("order of names")
  }

  /// 门店为华东 keeps to the stores of 华东; 会员城市为华东 speaks of something that members' cities are not.
  private func said(_ items: [Term.Item]) throws(Problem) -> Condition {
    let conditions = try conditions(Array(items.dropFirst()))
    guard conditions.count == 1, let (inner, values, _) = Self.members(conditions[0]), let term = items.first?.first else {
      throw .badNotation(offset: 0, expected: "said(dimension, value)")
    }
    if case .dimension(let outer) = try field(term), case .dimension(let name) = inner, outer != name {
      guard let other = dictionary.hierarchy(of: name)?.hierarchy.name, dictionary.hierarchy(of: outer)?.hierarchy.name == other
      else { throw .unknownValue(dimension: outer, value: values.map(Self.text).joined(separator: " "), nearest: []) }
    }
    return conditions[0]
  }

  static func text(_ value: Value) -> String { value.plainText }

  private func among(_ field: Field, _ term: Term) throws(Problem) -> Condition {
    guard case .dimension(let dimension) = field, case .call(let word, let items) = term,
      let direction = Direction(rawValue: word), items.count == 2, case .number(let count)? = items[0].first,
      let metric = items[1].first
    else { throw .badNotation(offset: 0, expected: "among top(n, metric)") }
    return .among(dimension: dimension, direction, Int(count), metric: try metricName(metric))
  }

  /// A value in the type of its field: `1` of a flag is a number, `1` of a text dimension is text.
  private func value(_ term: Term, of field: Field) -> Value {
    // An amount with its unit or sign: money(500), percent(0.3), minus(5).
    if case .call("minus", _) = term, let number = Self.signed(term) { return .number(number) }
    if case .call("money", let items) = term, let number = items.first?.first { return value(number, of: field) }
    if case .call("percent", let items) = term, let number = items.first?.first { return value(number, of: field) }
    if case .call("lasting", let items) = term {
      // Of a plain column of numbers nobody knows the unit: it counts in what was said.
      if let number = Self.lasting(items, in: unit(of: field)) { return .number(number) }
      if let number = items.first?.first { return value(number, of: field) }
    }
    let isNumber: Bool =
      switch field {
      case .part: true
      case .hour: false
      case .dimension(let name):
        dictionary.dimension(name).map { $0.kind != .category || $0.type.isNumeric || $0.type == .boolean } ?? false
      }
    if isNumber, let number = Double(term.plainText) { return .number(number) }
    return .text(term.plainText)
  }

  // MARK: Canonical shape

  /// Equalities on one field are alternatives (华东 and 华北 name two regions, no row is in both), exclusions add up,
  /// and what stands twice stands once.
  package static func canonical(_ conditions: [Condition]) -> [Condition] {
    var result: [Condition] = []
    for condition in flat(conditions) {
      if let (field, values, negated) = members(condition),
        let index = result.firstIndex(where: { members($0).map { $0.field == field && $0.negated == negated } ?? false }),
        let before = members(result[index])
      {
        result[index] = member(field, before.values + values.filter { !before.values.contains($0) }, negated)
      } else if !result.contains(condition) {
        result.append(members(condition).map { member($0.field, $0.values, $0.negated) } ?? condition)
      }
    }
    return result
  }

  /// What must hold together holds by itself, unless it names values of a field that others name too: side by side those
  /// are alternatives, and a filter would let more through than it did.
  static func flat(_ conditions: [Condition]) -> [Condition] {
    func parts(_ condition: Condition) -> [Condition] {
      if case .all(let inner) = condition { inner.flatMap(parts) } else { [condition] }
    }
    func chosen(_ condition: Condition) -> Field? { members(condition).flatMap { $0.negated ? nil : $0.field } }
    let fields = conditions.flatMap(parts).compactMap(chosen)
    return conditions.flatMap { condition -> [Condition] in
      guard case .all = condition else { return [condition] }
      let inner = parts(condition)
      let isShared = inner.compactMap(chosen).contains { field in fields.count { $0 == field } > 1 }
      return isShared ? [condition] : inner
    }
  }

  /// In the order the dictionary declares their metrics, so that the order of words makes no difference.
  func ordered(_ thresholds: [Threshold]) -> [Threshold] {
    func place(_ threshold: Threshold) -> Int {
      dictionary.metrics.firstIndex { $0.name == threshold.quantity.metric } ?? dictionary.metrics.count
    }
    return thresholds.sorted { (place($0), "\($0)") < (place($1), "\($1)") }
  }

  /// In the order the dictionary declares their dimensions, so that the order of words makes no difference.
  func ordered(_ conditions: [Condition]) -> [Condition] {
    func place(_ condition: Condition) -> Int {
      guard case .dimension(let name)? = condition.field else { return dictionary.dimensions.count }
      return dictionary.dimensions.firstIndex { $0.name == name } ?? dictionary.dimensions.count
    }
    return conditions.enumerated().sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }.map(\.element)
  }

  /// The values a condition lets through (or keeps out), if it is that simple.
  package static func members(_ condition: Condition) -> (field: Field, values: [Value], negated: Bool)? {
    switch condition {
    case .comparison(let field, .equal, let value): (field, [value], false)
    case .comparison(let field, .notEqual, let value): (field, [value], true)
    case .oneOf(let field, let values, let negated): (field, values, negated)
    default: nil
    }
  }

  private static func member(_ field: Field, _ values: [Value], _ negated: Bool) -> Condition {
    values.count == 1
      ? .comparison(field, negated ? .notEqual : .equal, values[0]) : .oneOf(field, values, negated: negated)
  }

  /// 除了华东和线上: rows that are neither, so alternatives joined first.
  private static func joinedAlternatives(_ conditions: [Condition]) -> Condition {
    let joined = canonical(conditions)
    return joined.count == 1 ? joined[0] : .any(joined)
  }

  private static func negated(_ condition: Condition) -> Condition {
    switch condition {
    case .comparison(let field, let comparator, let value):
      return .comparison(field, comparator.opposite, value)
    case .oneOf(let field, let values, let negated): return .oneOf(field, values, negated: !negated)
    case .matches(let field, let match, let text, let negated): return .matches(field, match, text, negated: !negated)
    case .missing(let field, let negated): return .missing(field, negated: !negated)
    case .selected(let dimension, let question, let negated):
      return .selected(dimension: dimension, question, negated: !negated)
    case .not(let inner): return inner
    case .any(let parts): return .all(parts.map(Self.negated))
    case .all, .between, .among: return .not(condition)
    }
  }
}

extension Comparator {
  /// What holds when this does not, for values that are there.
  package var opposite: Comparator {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .atLeast
    case .atLeast: .less
    case .greater: .atMost
    case .atMost: .greater
    }
  }
}
