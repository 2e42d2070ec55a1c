import Metrics

extension PlanExpression {
  /// The same expression with each of its parts replaced; nil where one of them has no replacement, and for what looks at other
  /// rows of its select.
  func rebuilt(_ part: (PlanExpression) -> PlanExpression?) -> PlanExpression? {
    func all(_ items: [PlanExpression]) -> [PlanExpression]? {
      let parts = items.compactMap(part)
      return parts.count == items.count ? parts : nil
    }
    func one(_ a: PlanExpression, _ make: (PlanExpression) -> PlanExpression) -> PlanExpression? { part(a).map(make) }
    func two(_ a: PlanExpression, _ b: PlanExpression, _ make: (PlanExpression, PlanExpression) -> PlanExpression) -> PlanExpression? {
      guard let a = part(a), let b = part(b) else { return nil }
      return make(a, b)
    }
    switch self {
    case .field, .literal, .constant, .mean: return self
    case .arithmetic(let operation, let a, let b): return two(a, b) { .arithmetic(operation, $0, $1) }
    case .quotient(let a, let b): return two(a, b) { .quotient($0, $1) }
    case .negated(let a): return one(a) { .negated($0) }
    case .absolute(let a): return one(a) { .absolute($0) }
    case .timeLabel(let grain, let a, let weekStart): return one(a) { .timeLabel(grain, $0, weekStart: weekStart) }
    case .timePart(let timePart, let a): return one(a) { .timePart(timePart, $0) }
    case .moved(let a, let days, let months, let fromStart): return one(a) { .moved($0, days: days, months: months, fromMonthStart: fromStart) }
    case .elapsed(let measure, let a, let b): return two(a, b) { .elapsed(measure, from: $0, to: $1) }
    case .choice(let branches, let otherwise):
      guard let tests = all(branches.map(\.condition)), let values = all(branches.map(\.value)), let otherwise = part(otherwise) else { return nil }
      return .choice(zip(tests, values).map { PlanBranch($0, $1) }, otherwise: otherwise)
    case .coalesce(let items): return all(items).map { .coalesce($0) }
    case .comparison(let a, let comparator, let b): return two(a, b) { .comparison($0, comparator, $1) }
    case .same(let a, let b): return two(a, b) { .same($0, $1) }
    case .oneOf(let a, let items, let negated):
      guard let items = all(items) else { return nil }
      return one(a) { .oneOf($0, items, negated: negated) }
    case .missing(let a, let negated): return one(a) { .missing($0, negated: negated) }
    case .matches(let a, let match, let text, let negated): return one(a) { .matches($0, match, text, negated: negated) }
    case .all(let items): return all(items).map { .all($0) }
    case .any(let items): return all(items).map { .any($0) }
    case .not(let a): return one(a) { .not($0) }
    case .memberOf(let a, let step, let column): return one(a) { .memberOf($0, step, column) }
    case .exists(let table, let alias, let a): return one(a) { .exists(table: table, alias: alias, $0) }
    case .count(let table, let alias, let a): return one(a) { .count(table: table, alias: alias, $0) }
    case .bucketStart(let a, let width): return one(a) { .bucketStart($0, width: width) }
    case .rounded(let a): return one(a) { .rounded($0) }
    case .aggregate, .memberCount, .rowNumber, .rank, .groupMean, .groupSize, .runningSum: return nil
    }
  }

  /// What must all hold, each by itself.
  var conjuncts: [PlanExpression] { if case .all(let items) = self { items.flatMap(\.conjuncts) } else { [self] } }

  /// Whether it looks into rows of another table by itself.
  var hasRowSubquery: Bool {
    switch self {
    case .exists, .count: true
    default: children.contains(where: \.hasRowSubquery)
    }
  }
}
