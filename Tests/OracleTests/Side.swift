import CivilTime
import Metrics
import Questions

/// The rows that one side of an answer is made of: the answer itself, what it is compared with, the whole it is part of.
struct Side {
  var groups: [Grouping]
  var conditions: [Condition]
  /// The days read; nil = all.
  var period: Period?
  /// The answer's own days, whose units the rows stand for.
  var target: Period?
  /// How far back the units of this side lie.
  var back: Back?
  /// From which group on units of time keep their own labels, whatever they are set against; nil = none do.
  var own: Int?
  /// The members that rankings and inner questions let through.
  var members: [Condition: Set<Datum>] = [:]

  var grains: [Grain] { groups.compactMap { if case .time(let grain) = $0 { grain } else { nil } } }
}

/// A way back in time, in days or in months.
enum Back: Hashable {
  case days(Int)
  case months(Int)

  func day(_ day: Day) -> Day {
    switch self {
    case .days(let count): day.adding(days: -count)
    case .months(let count): day.adding(months: -count)
    }
  }

  /// Month ends stay month ends; all else keeps its length.
  func period(_ period: Period) -> Period {
    guard let start = period.start, let end = period.end else { return Period(period.start.map(day), period.end.map(day)) }
    if case .days = self { return Period(day(start), day(end)) }
    if start.dayOfMonth == 1, end.dayOfMonth == 1 { return Period(day(start), day(end)) }
    return Period(day(start), day(start).adding(days: end.number - start.number))
  }

  /// The label of the unit that a day is the base of; nil where the later month has no such day.
  func label(_ grain: Grain, of day: Day, weekStart: Int) -> String? {
    switch self {
    case .days(let count):
      let later = day.adding(days: count)
      return grain.label(of: grain.start(of: later, weekStart: weekStart))
    case .months(let count):
      if grain.months != nil {
        let first = Day(day.year, day.month, 1)!.adding(months: count)
        return grain.label(of: grain.start(of: first))
      }
      let later = day.adding(months: count)
      return later.dayOfMonth == day.dayOfMonth ? grain.label(of: later) : nil
    }
  }
}

/// A formula with every metric in it replaced by that metric's own.
indirect enum Tree {
  case part(Part)
  case number(Amount)
  case binary(ArithmeticOperator, Tree, Tree)
  case negated(Tree)

  var parts: [Part] {
    switch self {
    case .part(let part): [part]
    case .number: []
    case .binary(_, let a, let b): a.parts + b.parts
    case .negated(let a): a.parts
    }
  }

  /// Sums and counts, added, subtracted or multiplied: no rows are zero of them.
  var isZeroWithoutRows: Bool {
    switch self {
    case .part(let part): part.fill != .never
    case .number: false
    case .binary(.plus, let a, let b), .binary(.minus, let a, let b): a.isZeroWithoutRows && b.isZeroWithoutRows
    case .binary(.times, let a, let b): a.isZeroWithoutRows || b.isZeroWithoutRows
    case .binary: false
    case .negated(let a): a.isZeroWithoutRows
    }
  }
}

/// One aggregate of a formula with what stands round it.
struct Part: Hashable {
  enum Fill { case always, gaps, never }
  enum Window: Hashable {
    case rolling(Int, Grain)
    case toDate(Grain)
    case shifted(Int, Grain)
  }
  struct Follow: Hashable {
    var to: ColumnPath
    /// After the first event's own day.
    var days: ClosedRange<Int>
  }
  var aggregate: Aggregate
  var follow: Follow?
  var time: ColumnPath?
  var conditions: [Condition]
  /// The outermost first.
  var windows: [Window]
  var nulls: Metric.NullPolicy?

  var fill: Fill {
    switch nulls {
    case .zero?: return .always
    case .null?: return .never
    case nil:
      let adds = [.sum, .count, .countDistinct].contains(aggregate.function)
      return adds && aggregate.overTime == nil ? .gaps : .never
    }
  }
}
