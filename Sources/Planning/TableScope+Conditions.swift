import CivilTime
import Metrics
import Questions

/// What a question's conditions need beside the table: the time column, the calendar, and rankings they refer to.
struct ConditionContext {
  /// The metric's own time column.
  var time: ColumnPath?
  /// The steps that `among` conditions refer to; each has one column.
  var rankings: [Condition: PlanStep] = [:]
}

extension TableScope {
  /// A condition of a question, tested on each row.
  ///
  /// Rows without a value count as "not that value": `!=`, `not in` and `not contains` keep them.
  /// - Throws: `Problem.unreachable`, `Problem.conflicting`, `Problem.noTime`
  mutating func condition(_ condition: Condition, _ context: ConditionContext) throws(Problem) -> PlanExpression {
    switch condition {
    case .comparison(let field, let comparator, let value):
      let left = try self.field(field, context)
      return compare(left, comparator, literal(value, for: left))
    case .oneOf(let field, let values, let negated):
      let left = try self.field(field, context)
      return among(left, values.map { literal($0, for: left) }, negated: negated)
    case .between(let field, let low, let high):
      let left = try self.field(field, context)
      return .all([
        compare(left, .atLeast, literal(low, for: left)), compare(left, .atMost, literal(high, for: left)),
      ])
    case .matches(let field, let match, let text, let negated):
      return named(try self.field(field, context).expression, field, match, text, negated: negated)
    case .missing(let field, let negated):
      return .missing(try self.field(field, context).expression, negated: negated)
    case .among(let name, _, _, _):
      guard let step = context.rankings[condition] else { throw .unsupported("among") }
      return .memberOf(try dimension(name).expression, step, name)
    case .selected(let name, _, let negated):
      guard let step = context.rankings[condition] else { throw .unsupported("among") }
      let member = PlanExpression.memberOf(try dimension(name).expression, step, name)
      return negated ? .not(member) : member
    case .any(let items): return .any(try all(items, context))
    case .all(let items): return .all(try all(items, context))
    case .not(let inner): return .not(try self.condition(inner, context))
    }
  }

  /// A text is looked for in what is stored, and in the names that the dictionary gives a stored value: 华东 is East China too.
  private func named(
    _ column: PlanExpression, _ field: Field, _ match: TextMatch, _ text: String, negated: Bool
  ) -> PlanExpression {
    let stored = PlanExpression.matches(column, match, text, negated: negated)
    guard case .dimension(let name) = field, let values = dictionary.dimension(name)?.values else { return stored }
    let others = values.filter { value in
      !match.holds(value.stored, text) && (Array(value.title.texts.values) + value.synonyms.all).contains { match.holds($0, text) }
    }
    if others.isEmpty { return stored }
    let members = PlanExpression.oneOf(column, others.map { .literal(.text($0.stored)) }, negated: negated)
    return negated ? .all([stored, members]) : .any([stored, members])
  }

  mutating func all(_ items: [Condition], _ context: ConditionContext) throws(Problem) -> [PlanExpression] {
    var result: [PlanExpression] = []
    for item in items { result.append(try condition(item, context)) }
    return result
  }

  private mutating func field(_ field: Field, _ context: ConditionContext) throws(Problem) -> PlanValue {
    switch field {
    case .dimension(let name): return try dimension(name)
    case .part(let part): return try timePart(part, context.time)
    case .hour:
      try requireMoments(context.time, Grain.hour.rawValue)
      return PlanValue(.timeLabel(.hour, try time(context.time), weekStart: 1), .text)
    }
  }

  private func literal(_ value: Value, for left: PlanValue) -> PlanValue {
    switch value {
    case .text(let text): fitting(PlanValue(.literal(.text(text)), .text), to: left)
    case .number(let number): fitting(.number(number), to: left)
    }
  }

  // MARK: Time

  /// The metric's day or moment beside each row.
  /// - Throws: `Problem.noTime` if the metric has no time column, or none that its table reaches.
  mutating func time(_ path: ColumnPath?) throws(Problem) -> PlanExpression {
    if let statedTime { return statedTime }
    guard let path else { throw .noTime(metric: metric) }
    do throws(Problem) { return try column(path).expression } catch {
      if case .conflicting = error { throw error }
      throw .noTime(metric: metric)
    }
  }

  /// `weekday of …`; the hour needs a column of moments.
  mutating func timePart(_ part: TimePart, _ path: ColumnPath?) throws(Problem) -> PlanValue {
    if part == .hourOfDay { try requireMoments(path, "hour_of_day") }
    return try timePart(part, at: try time(path))
  }

  /// The part of a day or moment that is known.
  func timePart(_ part: TimePart, at column: PlanExpression) throws(Problem) -> PlanValue {
    switch part {
    case .workday: return PlanValue(workday(.workday, column), .number(scale: 0))
    case .tradingDay:
      guard dictionary.calendar.hasTradingDays else { throw .time(.noTradingDays, text: "") }
      return PlanValue(workday(.tradingDay, column), .number(scale: 0))
    default: return PlanValue(.timePart(part, column), .number(scale: 0))
    }
  }

  /// Monday to Friday, but for the calendar's exceptions within the days that are read.
  private func workday(_ kind: DayKind, _ time: PlanExpression) -> PlanExpression {
    let all = Period(Day(unchecked: 2010, 1, 1), Day(unchecked: 2036, 1, 1))
    let (off, worked) = dictionary.calendar.exceptions(to: kind, in: period?.intersection(all) ?? all)
    let plain = PlanExpression.timePart(.workday, time)
    func branch(_ days: [Day], _ value: Int64) -> [PlanBranch] {
      let texts = days.map { PlanExpression.literal(.text($0.description)) }
      return days.isEmpty ? [] : [PlanBranch(.oneOf(.timeLabel(.day, time, weekStart: 1), texts, negated: false), .constant(value))]
    }
    let branches = branch(off, 0) + branch(worked, 1)
    return branches.isEmpty ? plain : .choice(branches, otherwise: plain)
  }

  /// - Throws: `Problem.unsupported` if the column holds days, which have no hours.
  func requireMoments(_ path: ColumnPath?, _ name: String) throws(Problem) {
    guard let path, try declaredType(path) == .timestamp else { throw .unsupported(name) }
  }
}
