import CivilTime
import Metrics
import Questions

/// A formula down to its aggregates: every metric it names is replaced by that metric's own formula.
indirect enum ExpandedFormula: Hashable {
  case leaf(Leaf)
  case number(Double)
  case binary(ArithmeticOperator, ExpandedFormula, ExpandedFormula)
  case negated(ExpandedFormula)

  /// Its aggregates, in the order written, each once.
  var leaves: [Leaf] {
    switch self {
    case .leaf(let leaf): [leaf]
    case .number: []
    case .binary(_, let a, let b):
      a.leaves + b.leaves.filter { other in !a.leaves.contains { $0.key == other.key } }
    case .negated(let inner): inner.leaves
    }
  }

  /// Whether "no rows" means zero: sums and counts, added or subtracted.
  var isZeroWithoutRows: Bool {
    switch self {
    case .leaf(let leaf): leaf.fill != .never
    case .number: false
    case .binary(.plus, let a, let b), .binary(.minus, let a, let b): a.isZeroWithoutRows && b.isZeroWithoutRows
    case .binary(.times, let a, let b): a.isZeroWithoutRows || b.isZeroWithoutRows
    case .binary: false
    case .negated(let inner): inner.isZeroWithoutRows
    }
  }
}

/// One aggregate of a formula, with what the metrics round it say about time and empty groups.
struct Leaf: Hashable {
  /// What a missing value shows.
  enum Fill: Hashable {
    /// Zero, always: `nulls: zero`.
    case always
    /// Zero where another table, filter or period gave the group a row; an answer without rows stays null. The rule for
    /// sums and counts that say nothing.
    case gaps
    case never
  }

  var key: LeafKey
  /// The metric it was written in, for messages.
  var metric: String
  var fill: Fill
  /// Whether units of time without rows are shown.
  var showsGaps = false
}

/// What makes two aggregates the same number.
struct LeafKey: Hashable {
  var aggregate: Aggregate
  /// Counts only rows that were followed by another event in time.
  var follow: Follow?
  var time: ColumnPath?
  /// Conditions of the measure alone.
  var conditions: [Condition]
  /// Windows round it, the outermost first.
  var windows: [TimeWindow]
  /// What the windows are over a coarser unit of time than a day.
  var overUnits = Metric.OverUnits.last
}

/// `convert(… -> orders.buyer within 7 days)`, `conversions(… -> orders.buyer)`
struct Follow: Hashable {
  var to: ColumnPath
  /// Nil: however long after.
  var window: FollowWindow?
  /// Whether what followed is counted, each event at the last row before it; else the rows that were followed.
  var countsEvents = false
  /// Columns that must be the same on both sides besides: the session.
  var same: [ColumnPair] = []
}

/// A run of days other than the answer's own.
package enum TimeWindow: Hashable, Sendable {
  case rolling(Int, Grain)
  case toDate(Grain)
  case shifted(Int, Grain)
  /// Everything up to the end of the unit of time.
  case allTime
  /// The first day of the month, the year that the unit of time begins in.
  case startOf(Grain)
}

extension RowCondition {
  /// What must all hold, each by itself.
  var parts: [RowCondition] { if case .all(let parts) = self { parts.flatMap(\.parts) } else { [self] } }

  /// Members that a metric decides, as a question of their own.
  var membership: Condition? {
    guard case .members(let dimension, let metric, let comparator, let bound) = self else { return nil }
    let deciding = Question(
      subject: .measures([Measure(metric)]), thresholds: [Threshold(.metric(metric), comparator, .number(bound))])
    return .selected(dimension: dimension, deciding, negated: false)
  }
}

/// Replaces metrics by their formulas.
struct FormulaExpander {
  let dictionary: MetricDictionary

  /// - Throws: `Problem.unknownName`, `Problem.conflicting` if metrics define each other in a circle.
  func expand(_ measure: Measure) throws(Problem) -> ExpandedFormula {
    let own = try metric(measure.source, Frame(conditions: measure.conditions))
    guard let beside = measure.beside else { return own }
    let other = try metric(beside.metric, Frame(conditions: measure.conditions))
    return .binary(beside.operation == .ratio ? .dividedBy : .minus, own, other)
  }

  /// An operand of a measure's formula: a metric it names or an aggregate it holds.
  func expand(_ formula: Formula, of measure: Measure) throws(Problem) -> ExpandedFormula {
    guard let owner = dictionary.metric(measure.metric) else { throw unknown(measure.metric) }
    return try self.formula(formula, owner, Frame(conditions: measure.conditions))
  }

  private struct Frame {
    var conditions: [Condition]
    var windows: [TimeWindow] = []
    var path: [String] = []
    var nulls: Metric.NullPolicy?
    /// Conditions of the metrics round it.
    var filters: [RowCondition] = []
    var showsGaps = false
    var overUnits = Metric.OverUnits.last
  }

  private func unknown(_ name: String) -> Problem { .unknownName(name, kind: .metric, nearest: []) }

  private func metric(_ name: String, _ frame: Frame) throws(Problem) -> ExpandedFormula {
    guard let metric = dictionary.metric(name) else { throw unknown(name) }
    if frame.path.contains(name) { throw .conflicting("formula", (frame.path + [name]).map(Clash.metric)) }
    var inner = frame
    inner.path.append(name)
    inner.nulls = metric.nulls ?? frame.nulls
    inner.showsGaps = metric.showsGaps || frame.showsGaps
    if metric.overUnits != .last { inner.overUnits = metric.overUnits }
    return try formula(metric.formula, metric, inner)
  }

  private func formula(_ formula: Formula, _ owner: Metric, _ frame: Frame) throws(Problem) -> ExpandedFormula {
    switch formula {
    case .aggregate(let aggregate): return .leaf(leaf(aggregate, nil, owner, frame))
    case .metric(let name): return try metric(name, frame)
    case .number(let number): return .number(number)
    case .binary(let operation, let a, let b):
      return .binary(operation, try self.formula(a, owner, frame), try self.formula(b, owner, frame))
    case .negated(let inner): return .negated(try self.formula(inner, owner, frame))
    case .rolling(let inner, let count, let grain):
      return try self.formula(inner, owner, windowed(frame, .rolling(count, grain)))
    case .toDate(let inner, let grain): return try self.formula(inner, owner, windowed(frame, .toDate(grain)))
    case .shifted(let inner, let count, let grain):
      return try self.formula(inner, owner, windowed(frame, .shifted(count, grain)))
    case .allTime(let inner): return try self.formula(inner, owner, windowed(frame, .allTime))
    case .startOf(let inner, let grain): return try self.formula(inner, owner, windowed(frame, .startOf(grain)))
    case .filtered(let inner, let condition):
      var filtered = frame
      filtered.filters.append(condition)
      return try self.formula(inner, owner, filtered)
    case .conversion(let from, let to, let window): return try conversion(from, Follow(to: to, window: window), owner, frame)
    case .score(let parts): return try score(parts, frame)
    // Within another formula nobody can say which groups it would be taken over; alone it is a fold of the measure.
    case .folded: throw .unsupported("fold within a formula")
    case .conversions(let events):
      let follow = Follow(
        to: events.to, window: events.within.map { .within($0, events.grain) }, countsEvents: true, same: events.same)
      return .leaf(leaf(Aggregate(function: .sum, table: events.from.head, argument: .column(events.from)), follow, owner, frame))
    }
  }

  private func windowed(_ frame: Frame, _ window: TimeWindow) -> Frame {
    var inner = frame
    inner.windows.append(window)
    return inner
  }

  private func leaf(_ aggregate: Aggregate, _ follow: Follow?, _ owner: Metric, _ frame: Frame) -> Leaf {
    let time = owner.time ?? dictionary.schema[aggregate.table]?.time
    var own = aggregate
    let conditions = (frame.filters + (aggregate.condition.map { [$0] } ?? [])).flatMap(\.parts)
    let rows = conditions.filter { $0.membership == nil }
    own.condition = rows.count > 1 ? .all(rows) : rows.first
    var key = LeafKey(
      aggregate: own, follow: follow, time: time, conditions: frame.conditions + conditions.compactMap(\.membership),
      windows: frame.windows)
    if frame.windows.contains(where: { !$0.movesUnits }) { key.overUnits = frame.overUnits }
    return Leaf(
      key: key, metric: owner.name, fill: fill(aggregate, owner.nulls ?? frame.nulls),
      showsGaps: owner.showsGaps || frame.showsGaps)
  }

  private func fill(_ aggregate: Aggregate, _ nulls: Metric.NullPolicy?) -> Leaf.Fill {
    switch (nulls, aggregate.function) {
    case (.zero?, _): .always
    case (.null?, _): .never
    case (nil, .sum), (nil, .count), (nil, .countDistinct): aggregate.overTime == nil ? .gaps : .never
    default: .never
    }
  }

  private func conversion(
    _ from: ColumnPath, _ follow: Follow, _ owner: Metric, _ frame: Frame
  ) throws(Problem) -> ExpandedFormula {
    let all = Aggregate(function: .countDistinct, table: from.head, argument: .column(from))
    return .binary(
      .dividedBy, .leaf(leaf(all, follow, owner, frame)), .leaf(leaf(all, nil, owner, frame)))
  }

  private func score(_ parts: [WeightedMetric], _ frame: Frame) throws(Problem) -> ExpandedFormula {
    var sum: ExpandedFormula?
    for part in parts {
      let term = ExpandedFormula.binary(.times, .number(part.weight), try metric(part.metric, frame))
      sum = sum.map { .binary(.plus, $0, term) } ?? term
    }
    return sum ?? .number(0)
  }
}
