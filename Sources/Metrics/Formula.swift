import CivilTime
import SourceText

/// How a metric is computed: a typed tree, never raw SQL. The language is described in `FormulaReader`.
package indirect enum Formula: Hashable, Sendable {
  /// `sum(orders.amount where channel = '线上')`
  case aggregate(Aggregate)
  /// `paying_buyers`
  case metric(String)
  /// `100`
  case number(Double)
  /// `a + b`, `a / b`; division by zero is null.
  case binary(ArithmeticOperator, Formula, Formula)
  /// `-a`
  case negated(Formula)
  /// `rolling(gmv, 30 days)`: over the N units ending with each point of time.
  case rolling(Formula, Int, Grain)
  /// `to_date(gmv, year)`: from the start of the unit through each point of time.
  case toDate(Formula, Grain)
  /// `shift(gmv, 1 year)`: the value one year earlier.
  case shifted(Formula, Int, Grain)
  /// `convert(visits.visitor -> orders.buyer within 7 days)`: share of the former that did the latter in time;
  /// `convert(users.id -> visits.user_id on day 7)`: on that day, neither before nor behind it.
  case conversion(from: ColumnPath, to: ColumnPath, FollowWindow)
  /// `conversions(visits.visitor -> orders.buyer within 7 days)`: how many of the latter followed one of the former.
  case conversions(Conversions)
  /// `score(0.6 * a, 0.4 * b)`
  case score([WeightedMetric])
  /// `gmv(where channel = '线上')`: a metric over the rows that meet a condition besides its own.
  case filtered(Formula, RowCondition)
  /// `to_date(gmv, all)`: from the first row there is through each point of time.
  case allTime(Formula)
  /// `start_of(gmv, month)`: the value of the first day of the month that each unit of time begins in.
  case startOf(Formula, Grain)
  /// `avg(gmv per day)`, `max(avg(balance per account) per month)`: an aggregate of aggregates; always a whole formula.
  case folded(FormulaFold)
}

/// How the values of many groups become one.
package enum FoldFunction: String, Hashable, Sendable, CaseIterable {
  case average = "avg"
  case maximum = "max"
  case minimum = "min"
  case median
  case deviation = "stddev"
  case variance
  case percentile
}

/// `avg(gmv per store, day)`: one number of the values that a metric has in many groups.
package struct FormulaFold: Hashable, Sendable {
  package var function: FoldFunction
  /// Of a percentile, which one: 90 for the value that 90 in a hundred lie at or below.
  package var percent: Int?
  /// A metric, or another fold.
  package var of: Formula
  /// Dimensions, units and parts of time by their names.
  package var over: [String]

  package init(_ function: FoldFunction, of: Formula, over: [String], percent: Int? = nil) {
    (self.function, self.of, self.over, self.percent) = (function, of, over, percent)
  }

  /// The metric innermost.
  package var metric: String? {
    switch of {
    case .metric(let name): name
    case .folded(let inner): inner.metric
    default: nil
    }
  }
}

/// How long after the first event another counts as having followed it.
package enum FollowWindow: Hashable, Sendable {
  /// `within 7 days`: from the first event itself up to the end of the seventh day after its own.
  case within(Int, Grain)
  /// `on day 7`: the seventh day after its own, and no other; day 0 is its own.
  case onDay(Int)

  /// The days on which it counts, as days after the first event's own; nil for lengths that are no number of days.
  package var days: ClosedRange<Int>? {
    switch self {
    case .within(let count, .day): 0...max(0, count)
    case .within(let count, .week): 0...max(0, count * 7)
    case .within: nil
    case .onDay(let day): day...day
    }
  }
}

/// Events that followed others of the same subject in time, each counted at the last one before it.
package struct Conversions: Hashable, Sendable {
  /// The subject in the table of what came first, whose rows say when and by what an event is counted.
  package var from: ColumnPath
  /// The same subject in the table of the events that are counted.
  package var to: ColumnPath
  /// At most so many units later; nil = however long.
  package var within: Int?
  package var grain: Grain
  /// Columns that must be the same on both sides besides.
  package var same: [ColumnPair]

  package init(from: ColumnPath, to: ColumnPath, within: Int?, grain: Grain, same: [ColumnPair] = []) {
    (self.from, self.to, self.within, self.grain, self.same) = (from, to, within, grain, same)
  }
}

/// `visits.session_id = orders.session_id`
package struct ColumnPair: Hashable, Sendable {
  package var here: ColumnPath
  package var there: ColumnPath
  package init(here: ColumnPath, there: ColumnPath) { (self.here, self.there) = (here, there) }
}

package struct WeightedMetric: Hashable, Sendable {
  package var weight: Double
  package var metric: String
  package init(weight: Double, metric: String) {
    self.weight = weight
    self.metric = metric
  }
}

package enum ArithmeticOperator: String, Hashable, Sendable, CaseIterable {
  case plus = "+", minus = "-", times = "*", dividedBy = "/"
}

/// One aggregate over rows of one table (and columns reached from it by joins that cannot multiply rows).
package struct Aggregate: Hashable, Sendable {
  package enum Function: Hashable, Sendable {
    case sum, count, countDistinct, average, minimum, maximum, median, standardDeviation
    /// Between two neighbours by straight line.
    case percentile(Double)
    /// The least value that at least this part of the values does not exceed.
    case discretePercentile(Double)
  }
  /// How a snapshot is taken over time, for semi-additive measures.
  package enum OverTime: String, Hashable, Sendable, CaseIterable { case last, first, average }

  package var function: Function
  /// The table whose rows are counted or summed: the finest one that the expressions name.
  package var table: String
  /// What is aggregated; nil for `count(table)`.
  package var argument: RowExpression?
  package var condition: RowCondition?
  /// `last(stock.quantity over day)`: sums of the last day; nil for ordinary aggregates.
  package var overTime: OverTime?
  package var overGrain: Grain?
  /// `last(accounts.balance over day per accounts.user_id)`: each one's own last day among the rows that are read.
  package var overPer: RowExpression?

  package init(
    function: Function, table: String, argument: RowExpression? = nil, condition: RowCondition? = nil,
    overTime: OverTime? = nil, overGrain: Grain? = nil, overPer: RowExpression? = nil
  ) {
    self.function = function
    self.table = table
    self.argument = argument
    self.condition = condition
    self.overTime = overTime
    self.overGrain = overGrain
    self.overPer = overPer
  }
}

/// A value computed from one row.
package indirect enum RowExpression: Hashable, Sendable {
  case column(ColumnPath)
  case number(Double)
  case text(String)
  case binary(ArithmeticOperator, RowExpression, RowExpression)
  case negated(RowExpression)
  /// `days_between(a, b)`: b − a, in days (likewise hours, minutes), with fractions for timestamps; in days, a timestamp
  /// and a date are whole days apart.
  case between(TimeMeasure, RowExpression, RowExpression)
  case choice(RowCondition, RowExpression, RowExpression)
  case coalesce([RowExpression])
  case absolute(RowExpression)
  /// `month(orders.ordered_on)`: the label of the unit of time that a moment lies in, such as 2026-10.
  case unit(Grain, RowExpression)
}

package enum TimeMeasure: String, Hashable, Sendable, CaseIterable {
  case days = "days_between", hours = "hours_between", minutes = "minutes_between"
}

/// A test of one row.
package indirect enum RowCondition: Hashable, Sendable {
  case comparison(RowExpression, Comparator, RowExpression)
  case oneOf(RowExpression, [RowExpression], negated: Bool)
  case missing(RowExpression, negated: Bool)
  case matches(RowExpression, TextMatch, String)
  /// An unqualified name: a dimension of the dictionary, compared with a value.
  case dimension(String, Comparator, RowExpression)
  case dimensionOneOf(String, [RowExpression], negated: Bool)
  /// `store having orders > 100`: the members for which a metric of theirs keeps a bound, in the period that is asked for.
  case members(String, metric: String, Comparator, Double)
  /// `listing is null`
  case dimensionMissing(String, negated: Bool)
  case all([RowCondition])
  case any([RowCondition])
  case not(RowCondition)
}

package enum Comparator: String, Hashable, Sendable, CaseIterable {
  case equal = "=", notEqual = "!=", less = "<", atMost = "<=", greater = ">", atLeast = ">="
}

package enum TextMatch: String, Hashable, Sendable, CaseIterable {
  case contains, starts, ends

  /// Whether a text matches, without regard to the case of Latin letters, as `LIKE` does in the warehouse.
  package func holds(_ whole: String, _ part: String) -> Bool {
    let (whole, part) = (whole.lowercased(), part.lowercased())
    return switch self {
    case .contains: whole.contains(part)
    case .starts: whole.hasPrefix(part)
    case .ends: whole.hasSuffix(part)
    }
  }
}
