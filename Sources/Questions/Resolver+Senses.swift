import CivilTime
import Metrics
import SourceText

/// What goes without saying between the parts of a question.
extension Resolver {
  /// Stands for the first measure in a threshold: 超过100的.
  static let anyMetric = "*"

  // MARK: Times that lean on another

  /// 2025年9月和10月, 2月第一周和第三周: the second of two periods, named without its year, is in the year of the first.
  func lent(_ time: TimeExpression, by first: TimeExpression) -> TimeExpression {
    switch (first, time) {
    case (.nth(_, let grain, let outer), .named(.week(let count))) where grain == .week:
      return .nth(count, .week, of: outer)
    case (.inside(let outer, _), .named(let unit)):
      let beside = TimeExpression.inside(outer, unit)
      if (try? beside.resolve(context)) != nil { return (try? TimeNotation.time(TimeNotation.term(of: beside))) ?? beside }
    default: break
    }
    guard time.isFloating, !first.isFloating, let start = (try? first.resolve(context))?.period.start else { return time }
    return time.placed { frame($0, holding: start).map(TimeExpression.absolute) } ?? time
  }

  /// 2025年10月比9月: a base named without its year is the latest one before the period itself.
  func earlier(_ base: TimeExpression, than period: TimeExpression) -> TimeExpression {
    guard base.isFloating, !period.isFloating, let start = (try? period.resolve(context))?.period.start else { return base }
    for isBefore in [false, true] {
      let placed = base.placed { unit in
        guard let same = frame(unit, holding: start) else { return nil }
        guard isBefore, let first = (try? TimeExpression.absolute(same).resolve(context))?.period.start else {
          return .absolute(same)
        }
        return frame(unit, holding: first.adding(days: -1)).map(TimeExpression.absolute)
      }
      if let placed, let other = (try? placed.resolve(context))?.period.start, other < start { return placed }
    }
    return base
  }

  /// The unit that a recurring one recurs in: the year of a month, the month of a day.
  func frame(_ unit: RecurringUnit?, holding day: Day) -> CalendarUnit? {
    switch unit {
    case .dayOfMonth: .month(day.year, day.month)
    case .weekday, .weekend, .workdays, .dayOnWeekday, .dateOnWeekday, .dayKind: nil
    case nil, .month, .quarter, .half, .week, .date, .lunarDate: .year(day.year)
    }
  }

  // MARK: Conditions

  /// 广东和广州, 坚果和坚果礼盒: named in one breath on two levels of one hierarchy, they are meant side by side, not as
  /// what both hold of.
  func checkLevels(_ conditions: [Condition]) throws(Problem) {
    var levels: [String: String] = [:]
    for condition in conditions {
      guard let said = Self.members(condition), !said.negated, case .dimension(let name) = said.field,
        let hierarchy = dictionary.hierarchy(of: name)?.hierarchy.name
      else { continue }
      if let other = levels[hierarchy], other != name { throw .unsupported("values of different levels") }
      levels[hierarchy] = name
    }
  }

  /// Whether an item is a value that somebody named; written conditions say by themselves how they are meant.
  func isNamed(_ item: Term.Item) -> Bool {
    if item.count == 1, case .call("member", _) = item[0] { true } else { false }
  }

  /// `of(product, list_price > 50)`: the noun says whose property it is, so it must stand on the same table.
  func standing(on items: [Term.Item]) throws(Problem) -> Condition {
    guard items.count == 2, case .dimension(let noun) = try grouping(items[0]) else {
      throw .badNotation(offset: 0, expected: "of(dimension, condition)")
    }
    let condition = try condition(items[1])
    guard case .dimension(let name)? = condition.field, table(of: name) == table(of: noun) else {
      throw .unsupported("condition of another table")
    }
    return condition
  }

  private func table(of dimension: String) -> String? {
    guard case .column(let path)? = dictionary.dimension(dimension)?.source else { return nil }
    return path.parts.dropLast().last
  }
}

extension TimeExpression {
  /// With its floating core put into an outer period: 9月 into 2025; nil where it cannot stand.
  func placed(_ outer: (RecurringUnit?) -> TimeExpression?) -> TimeExpression? {
    func inner(_ time: TimeExpression) -> TimeExpression? { time.placed(outer) }
    let placed: TimeExpression? =
      switch self {
      case .named(let unit): outer(unit).map { .inside($0, unit) }
      case .holiday(let key, of: nil): outer(nil).map { .holiday(key, of: $0) }
      case .inside(let time, let unit): inner(time).map { .inside($0, unit) }
      case .nth(let count, let grain, let time): inner(time).map { .nth(count, grain, of: $0) }
      case .first(let count, let grain, let time): inner(time).map { .first(count, grain, of: $0) }
      case .final(let count, let grain, let time): inner(time).map { .final(count, grain, of: $0) }
      case .halfMonth(let index, let time): inner(time).map { .halfMonth(index, of: $0) }
      case .third(let index, let time): inner(time).map { .third(index, of: $0) }
      case .except(let time, let part): inner(time).map { .except($0, part) }
      case .vague(let part, let time): inner(time).map { .vague(part, of: $0) }
      default: nil
      }
    return placed.flatMap { try? TimeNotation.time(TimeNotation.term(of: $0)) }
  }
}

extension Threshold {
  /// With `*` as the metric that is asked for.
  func on(_ measure: Measure) -> Threshold {
    var named = self
    named.quantity = quantity.on(measure)
    named.isOfValue = quantity == .metric(Resolver.anyMetric) && measure.fold != nil && measure.folded == nil
    return named
  }
}

extension Quantity {
  /// With `*` as the metric that is asked for.
  func on(_ measure: Measure) -> Quantity {
    guard metric == Resolver.anyMetric else { return self }
    return switch self {
    case .metric: .metric(measure.metric)
    case .share: .share(measure.metric)
    case .growth: .growth(measure.metric)
    case .change: .change(measure.metric)
    }
  }
}
