import CivilTime
import Metrics

/// A value as a plan computes it, in no dialect: `SQLText` writes it down.
///
/// Numbers with decimals are integers counted in `10^-scale` until they are divided; `PlanValue` carries the scale.
package indirect enum PlanExpression: Hashable, Sendable {
  /// `stores.region`: a column of a table or step, by the alias it has in the select.
  case field(String, String)
  /// `?`: a value of the question or the dictionary; always bound.
  case literal(PlanLiteral)
  /// `100`: a number that belongs to the way of computing, such as a power of ten.
  case constant(Int64)
  /// `a + b`, `a - b`, `a * b`; quotients have a case of their own.
  case arithmetic(ArithmeticOperator, PlanExpression, PlanExpression)
  /// `a / b` as a real number; null when `b` is zero.
  case quotient(PlanExpression, PlanExpression)
  case negated(PlanExpression)
  case absolute(PlanExpression)
  /// `sum(a) FILTER (WHERE c)`; no argument counts rows.
  case aggregate(Aggregate.Function, PlanExpression?, filter: PlanExpression?)
  /// `2026-10`: the ISO label of the unit a day lies in; weeks start on `weekStart` (1 = Monday).
  case timeLabel(Grain, PlanExpression, weekStart: Int)
  /// `weekday of d`, as `TimePart` numbers it.
  case timePart(TimePart, PlanExpression)
  /// A day, moved by days or months, for whole months from the first of its month; 31 January and a month is 3 March.
  case moved(PlanExpression, days: Int, months: Int, fromMonthStart: Bool)
  /// `b − a`, with fractions for timestamps.
  case elapsed(TimeMeasure, from: PlanExpression, to: PlanExpression)
  /// `CASE WHEN … THEN … ELSE … END`
  case choice([PlanBranch], otherwise: PlanExpression)
  case coalesce([PlanExpression])
  /// `a >= b`; `!=` holds also where `a` is null.
  case comparison(PlanExpression, Comparator, PlanExpression)
  /// `a IS b`: equal, null equal to null.
  case same(PlanExpression, PlanExpression)
  /// `a IN (…)`; negated it holds also where `a` is null.
  case oneOf(PlanExpression, [PlanExpression], negated: Bool)
  case missing(PlanExpression, negated: Bool)
  /// `a LIKE '%奶%'`, without regard to the case of Latin letters; negated it holds also where `a` is null.
  case matches(PlanExpression, TextMatch, String, negated: Bool)
  case all([PlanExpression])
  case any([PlanExpression])
  /// Holds where the inner does not, also where the inner is null.
  case not(PlanExpression)
  /// How many members sets have together, each member once.
  case memberCount(PlanExpression, filter: PlanExpression?)
  /// `a IN (SELECT column FROM step)`
  case memberOf(PlanExpression, PlanStep, String)
  /// `EXISTS (SELECT 1 FROM table AS alias WHERE …)`
  case exists(table: String, alias: String, PlanExpression)
  /// `(SELECT count(*) FROM table AS alias WHERE …)`
  case count(table: String, alias: String, PlanExpression)
  /// `(SELECT avg(value) FROM step)`; the value's fields name the step.
  case mean(PlanExpression, of: PlanStep)
  /// The greatest multiple of a width that is not above an integer: where its range starts.
  case bucketStart(PlanExpression, width: Int64)
  /// The nearest integer.
  case rounded(PlanExpression)
  /// `row_number() OVER (PARTITION BY … ORDER BY …)`
  case rowNumber(within: [PlanExpression], order: [PlanOrder])
  /// `rank() OVER (PARTITION BY … ORDER BY …)`: equals have the same place.
  case rank(within: [PlanExpression], order: [PlanOrder])
  /// `avg(a) OVER (PARTITION BY …)`
  case groupMean(PlanExpression, within: [PlanExpression])
  /// `count(*) OVER (PARTITION BY …)`
  case groupSize(within: [PlanExpression])
  /// `sum(a) OVER (PARTITION BY … ORDER BY …)`: a row's own value and all before it.
  case runningSum(PlanExpression, within: [PlanExpression], order: [PlanOrder])
}

/// One `WHEN condition THEN value`.
package struct PlanBranch: Hashable, Sendable {
  package var condition: PlanExpression
  package var value: PlanExpression
  package init(_ condition: PlanExpression, _ value: PlanExpression) {
    self.condition = condition
    self.value = value
  }
}

/// A value that is bound to the statement.
package enum PlanLiteral: Hashable, Sendable {
  case integer(Int64)
  case real(Double)
  case text(String)
  case null
}

/// What type a computed value has.
package enum PlanType: Hashable, Sendable {
  /// An integer counted in `10^-scale`; scale 0 is a plain integer.
  case number(scale: Int)
  case real
  case text
  /// ISO text of a day or a moment.
  case time

  package var isNumeric: Bool { self == .real || scale != nil }
  /// Decimals of an exact number, nil for all others.
  package var scale: Int? { if case .number(let scale) = self { scale } else { nil } }
}

/// `ORDER BY value DESC`; nulls stand last either way.
package struct PlanOrder: Hashable, Sendable {
  package var value: PlanExpression
  package var descending: Bool
  /// Whether the value can be null, so that the order must say where nulls stand.
  package var mayBeNull: Bool
  package init(_ value: PlanExpression, descending: Bool = false, mayBeNull: Bool = true) {
    self.value = value
    self.descending = descending
    self.mayBeNull = mayBeNull
  }
}
