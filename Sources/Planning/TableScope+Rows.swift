import CivilTime
import Metrics
import Questions

extension TableScope {
  /// A row expression of the formula language, typed, with what it names joined.
  /// - Throws: `Problem.unreachable`, `Problem.conflicting`
  mutating func value(_ row: RowExpression) throws(Problem) -> PlanValue {
    switch row {
    case .column(let path): return try column(path)
    case .number(let number): return .number(number)
    case .text(let text): return PlanValue(.literal(.text(text)), .text)
    case .binary(let operation, let a, let b): return .combine(operation, try value(a), try value(b))
    case .negated(let inner): return try value(inner).negated
    case .absolute(let inner):
      let operand = try value(inner)
      return PlanValue(.absolute(operand.expression), operand.type)
    case .between(let measure, let from, let to):
      // A moment and a plain day are days apart, for nobody knows at what hour of it the other happened.
      let isByDay = measure == .days && (isDay(from) || isDay(to))
      func end(_ row: RowExpression) throws(Problem) -> PlanExpression {
        let moment = try value(row).expression
        return isByDay && !isDay(row) ? .timeLabel(.day, moment, weekStart: dictionary.calendar.weekStart) : moment
      }
      return PlanValue(.elapsed(measure, from: try end(from), to: try end(to)), .real)
    case .choice(let test, let a, let b):
      let (yes, no) = TableScope.common(try value(a), try value(b))
      return PlanValue(.choice([PlanBranch(try condition(test), yes.expression)], otherwise: no.expression), yes.type)
    case .coalesce(let items): return try coalesced(items)
    case .unit(let grain, let row):
      return PlanValue(.timeLabel(grain, try value(row).expression, weekStart: dictionary.calendar.weekStart), .text)
    }
  }

  /// Whether a row expression is a column of days without hours.
  private func isDay(_ row: RowExpression) -> Bool {
    guard case .column(let path) = row else { return false }
    return (try? declaredType(path)) == .date
  }

  private mutating func coalesced(_ items: [RowExpression]) throws(Problem) -> PlanValue {
    var values: [PlanValue] = []
    for item in items { values.append(try value(item)) }
    guard var type = values.first?.type else { return PlanValue(.literal(.null), .real) }
    for other in values { type = TableScope.common(PlanValue(.literal(.null), type), other).0.type }
    let target = PlanValue(.literal(.null), type)
    return PlanValue(.coalesce(values.map { TableScope.common($0, target).0.expression }), type)
  }

  /// Two values as one type: exact numbers in one scale, else reals.
  private static func common(_ a: PlanValue, _ b: PlanValue) -> (PlanValue, PlanValue) {
    guard a.type.isNumeric, b.type.isNumeric else { return (a, b) }
    if a.type.scale != nil, b.type.scale != nil { return PlanValue.aligned(a, b) }
    return (a.real, b.real)
  }

  /// A condition of the formula language.
  /// - Throws: `Problem.unreachable`, `Problem.conflicting`, `Problem.unknownName`
  mutating func condition(_ row: RowCondition) throws(Problem) -> PlanExpression {
    switch row {
    case .comparison(let a, let comparator, let b):
      let left = try value(a)
      return compare(left, comparator, fitting(try value(b), to: left))
    case .oneOf(let a, let items, let negated): return try oneOf(try value(a), items, negated)
    case .missing(let a, let negated): return .missing(try value(a).expression, negated: negated)
    case .matches(let a, let match, let text):
      return .matches(try value(a).expression, match, text, negated: false)
    case .dimension(let name, let comparator, let b):
      let left = try dimension(name)
      return compare(left, comparator, fitting(try value(b), to: left))
    case .dimensionOneOf(let name, let items, let negated): return try oneOf(try dimension(name), items, negated)
    case .members: throw .unsupported("members by a metric inside alternatives")
    case .dimensionMissing(let name, let negated): return .missing(try dimension(name).expression, negated: negated)
    case .all(let items): return .all(try conditions(items))
    case .any(let items): return .any(try conditions(items))
    case .not(let inner): return .not(try condition(inner))
    }
  }

  private mutating func conditions(_ items: [RowCondition]) throws(Problem) -> [PlanExpression] {
    var result: [PlanExpression] = []
    for item in items { result.append(try condition(item)) }
    return result
  }

  private mutating func oneOf(
    _ left: PlanValue, _ items: [RowExpression], _ negated: Bool
  ) throws(Problem) -> PlanExpression {
    var values: [PlanValue] = []
    for item in items { values.append(fitting(try value(item), to: left)) }
    return among(left, values, negated: negated)
  }

  /// A dimension's value beside each row.
  /// - Throws: `Problem.unknownName`, `Problem.unreachable`, `Problem.conflicting`
  mutating func dimension(_ name: String) throws(Problem) -> PlanValue {
    guard let dimension = dictionary.dimension(name) else {
      throw .unknownName(name, kind: .dimension, nearest: [])
    }
    if let stated = stated[name] { return stated }
    do throws(Problem) {
      switch dimension.source {
      case .column(let path): return try column(own(path, dimension.others), named: name)
      case .expression(let row): return try value(row)
      case .flag(let test):
        let yes = PlanBranch(try condition(test), .constant(1))
        return PlanValue(.choice([yes], otherwise: .constant(0)), .number(scale: 0))
      }
    } catch {
      if case .unreachable(let metric, _, let reachable) = error {
        throw .unreachable(metric: metric, dimension: name, reachable: reachable)
      }
      throw error
    }
  }

  /// Of several columns that hold the same, the table's own one, else the first that it reaches.
  private func own(_ first: ColumnPath, _ others: [ColumnPath]) -> ColumnPath {
    if others.isEmpty { return first }
    let all = [first] + others
    let paths = JoinPath(dictionary.schema)
    return all.first { $0.head == table.name && $0.parts.count == 2 } ?? all.first { $0.head == table.name }
      ?? all.first { paths.reaches($0, from: table.name) } ?? first
  }

  // MARK: Comparing

  func compare(_ left: PlanValue, _ comparator: Comparator, _ right: PlanValue) -> PlanExpression {
    let (a, b) = left.type.isNumeric && right.type.isNumeric ? PlanValue.aligned(left, right) : (left, right)
    return .comparison(a.expression, comparator, b.expression)
  }

  /// `left IN (…)`, exact numbers in one scale.
  func among(_ left: PlanValue, _ values: [PlanValue], negated: Bool) -> PlanExpression {
    var scale = left.type.scale ?? 0
    for value in values { scale = max(scale, value.type.scale ?? 0) }
    let exact = left.type.scale != nil && values.allSatisfy { $0.type.scale != nil }
    if exact {
      return .oneOf(left.scaled(to: scale).expression, values.map { $0.scaled(to: scale).expression }, negated: negated)
    }
    let plain = left.type.isNumeric ? left.plain : left
    return .oneOf(plain.expression, values.map { $0.type.isNumeric ? $0.plain.expression : $0.expression }, negated: negated)
  }

  /// A literal in the type of what it is compared with: `'2017'` beside an integer is 2017, `1` beside a text is `'1'`.
  func fitting(_ value: PlanValue, to other: PlanValue) -> PlanValue {
    switch (value.expression, other.type) {
    case (.literal(.text(let text)), .number), (.literal(.text(let text)), .real):
      if let number = Double(text) { return .number(number) }
      if text == "true" || text == "false" { return .number(text == "true" ? 1 : 0) }
      return value
    case (.literal(.integer), .text), (.literal(.real), .text), (.literal(.integer), .time):
      return PlanValue(.literal(.text(TableScope.text(value))), .text)
    default: return value
    }
  }

  private static func text(_ value: PlanValue) -> String {
    switch value.expression {
    case .literal(.integer(let units)):
      let scale = value.type.scale ?? 0
      return scale == 0 ? String(units) : String(Double(units) / PlanValue.power(scale))
    case .literal(.real(let number)): return String(number)
    default: return ""
    }
  }
}
