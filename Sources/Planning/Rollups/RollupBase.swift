import Metrics
import Questions

/// What can be summed up of one table by one time column: the dimensions of the joined tables, the metrics' own filters, and what
/// the metrics sum and count.
///
/// Everything in it comes from the dictionary, in its order; what of it is kept is the warehouse's choice.
package struct RollupBase: Hashable, Sendable {
  /// A dimension, or a column that metrics' filters test, beside each row.
  package struct Key: Hashable, Sendable {
    package var name: String
    package var value: PlanValue
    /// Whether questions are likely to ask for it together with another one: it stands in a hierarchy, or metrics filter by it.
    package var isPrimary: Bool
  }

  /// One number of all rows of a cell that meet a filter.
  package struct Measure: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      case rows
      /// Values that are not null.
      case count
      case sum
      case least = "min"
      case greatest = "max"
      /// The set of distinct values.
      case members
    }
    package var kind: Kind
    /// Nil for rows.
    package var argument: PlanExpression?
    /// Place in `filters`.
    package var filter: Int
    /// The name of its column.
    package var column: String
  }

  package var table: String
  package var time: ColumnPath
  /// The day or moment of each row.
  package var moment: PlanExpression
  /// Whether moments are days, without a clock.
  package var isDay: Bool
  package var joins: [PlanJoin]
  package var keys: [Key]
  /// What must all hold of the rows of a measure; the first one is empty.
  package var filters: [[PlanExpression]]
  package var measures: [Measure]

  /// The column of a rollup that holds the first day of the unit of time; null for rows without time.
  package static let period = "period"

  /// Every table and time that metrics of a dictionary read, in the order met.
  package static func all(of dictionary: MetricDictionary) -> [RollupBase] {
    var makers: [TimedTable: RollupBaseMaker] = [:]
    var order: [TimedTable] = []
    let expander = FormulaExpander(dictionary: dictionary)
    for metric in dictionary.metrics {
      for version in metric.allVersions {
        guard let formula = try? expander.expand(version.formula, of: Questions.Measure(metric.name)) else { continue }
        var leaves: [TimedTable: [Leaf]] = [:]
        for leaf in formula.leaves where leaf.key.follow == nil && leaf.key.aggregate.overTime == nil {
          guard leaf.key.time != nil else { continue }
          let timed = TimedTable(table: leaf.key.aggregate.table, time: leaf.key.time)
          if makers[timed] == nil {
            guard let maker = RollupBaseMaker(timed, dictionary) else { continue }
            makers[timed] = maker
            order.append(timed)
          }
          leaves[timed, default: []].append(leaf)
        }
        for timed in order { if let own = leaves[timed] { makers[timed]?.add(own) } }
      }
    }
    return order.compactMap { makers[$0]?.base() }
  }
}

/// Gathers what metrics read of one table.
struct RollupBaseMaker {
  private let timed: TimedTable
  private let dictionary: MetricDictionary
  private var scope: TableScope
  private let moment: PlanExpression
  private let isDay: Bool
  private var filters: [[PlanExpression]] = [[]]
  /// Where each filter stands, in whatever order its tests are written.
  private var places: [Set<PlanExpression>: Int] = [[]: 0]
  private var measures: [RollupBase.Measure] = []
  private var known: Set<RollupBase.Measure> = []
  /// Each filter is some columns of every rollup and of the statement that reads the rows, and SQLite knows at most 2,000: metrics
  /// with filters of their own beyond these, in the order of the dictionary, are read from the rows.
  private static let mostFilters = 100

  /// Nil where the time cannot be told beside each row.
  init?(_ timed: TimedTable, _ dictionary: MetricDictionary) {
    guard let path = timed.time, var scope = try? TableScope(timed.table, metric: timed.table, dictionary: dictionary) else { return nil }
    scope.moment = path
    guard let type = try? scope.declaredType(path), type.isTime, let moment = try? scope.time(path), case .field = moment, scope.isSafe(moment)
    else { return nil }
    (self.timed, self.dictionary, self.scope, self.moment, isDay) = (timed, dictionary, scope, moment, type == .date)
    add(.rows, nil, 0)
  }

  /// The aggregates of one formula over this table.
  mutating func add(_ leaves: [Leaf]) {
    for leaf in leaves { add(leaf.key.aggregate) }
    addAlternatives(leaves)
  }

  private mutating func add(_ aggregate: Aggregate) {
    guard let filter = filter(aggregate.condition) else { return }
    add(.rows, nil, filter)
    guard let row = aggregate.argument else { return }
    var scope = scope
    guard let value = try? scope.value(row), scope.isSafe(value.expression) else { return }
    self.scope = scope
    let isExact = value.type.scale != nil
    switch aggregate.function {
    case .count: add(.count, value.expression, filter)
    case .countDistinct: if value.type != .real { add(.members, value.expression, filter) }
    case .sum: if isExact { add(.sum, value.expression, filter) }
    case .minimum: if isExact { add(.least, value.expression, filter) }
    case .maximum: if isExact { add(.greatest, value.expression, filter) }
    case .average:
      if isExact {
        add(.sum, value.expression, filter)
        add(.count, value.expression, filter)
      }
    case .median, .standardDeviation, .percentile, .discretePercentile: return
    }
  }

  /// The place of a condition among the filters; nil for one that cannot be tested row by row.
  private mutating func filter(_ condition: RowCondition?) -> Int? {
    guard let condition else { return 0 }
    var scope = scope
    guard let test = try? scope.condition(condition), scope.isSafe(test) else { return nil }
    guard let place = place(test.conjuncts) else { return nil }
    self.scope = scope
    return place
  }

  /// Nil where there are too many filters already.
  private mutating func place(_ filter: [PlanExpression]) -> Int? {
    let tests = Set(filter)
    if let known = places[tests] { return known }
    if filters.count > Self.mostFilters { return nil }
    filters.append(filter)
    places[tests] = filters.count - 1
    return filters.count - 1
  }

  /// Aggregates that each have another condition are read from the rows that meet one of them.
  private mutating func addAlternatives(_ leaves: [Leaf]) {
    let conditions = leaves.compactMap(\.key.aggregate.condition)
    guard conditions.count == leaves.count, Set(conditions).count > 1 else { return }
    var scope = scope
    var tests: [PlanExpression] = []
    for condition in conditions {
      guard let test = try? scope.condition(condition), scope.isSafe(test) else { return }
      if !tests.contains(test) { tests.append(test) }
    }
    guard let place = place([.any(tests)]) else { return }
    self.scope = scope
    add(.rows, nil, place)
  }

  private mutating func add(_ kind: RollupBase.Measure.Kind, _ argument: PlanExpression?, _ filter: Int) {
    let measure = RollupBase.Measure(kind: kind, argument: argument, filter: filter, column: "")
    if known.insert(measure).inserted { measures.append(measure) }
  }

  func base() -> RollupBase {
    var scope = scope
    let keys = keys(&scope)
    var names = ColumnNames(keys: [RollupBase.period] + keys.map(\.name))
    var measures = measures
    for index in measures.indices {
      let measure = measures[index]
      var name = measure.kind.rawValue
      if let column = measure.argument?.firstColumn { name += "_" + column }
      measures[index].column = names.unique(measure.filter == 0 ? name : "\(name)_where\(measure.filter)")
    }
    return RollupBase(
      table: timed.table, time: timed.time!, moment: moment, isDay: isDay, joins: scope.joins, keys: keys, filters: filters, measures: measures)
  }

  /// The dimensions that stand beside every row, each expression once.
  private func keys(_ scope: inout TableScope) -> [RollupBase.Key] {
    let levels = Set(dictionary.hierarchies.flatMap(\.levels))
    let tested = filters.flatMap { $0 }
    var keys: [RollupBase.Key] = []
    for name in Reachability(dictionary).dimensions(from: [timed.table]) {
      guard let dimension = dictionary.dimension(name), dimension.kind != .number, name != RollupBase.period else { continue }
      var trial = scope
      guard let value = try? trial.dimension(name), value.type != .real, trial.isSafe(value.expression), value.expression != moment,
        !keys.contains(where: { $0.value.expression == value.expression })
      else { continue }
      scope = trial
      let isTested = tested.contains { $0.names(value.expression) }
      keys.append(RollupBase.Key(name: name, value: value, isPrimary: levels.contains(name) || isTested))
    }
    return keys
  }
}

extension TableScope {
  /// Whether an expression has one value beside each row: it looks at no other rows, and every join that it needs leads to a key.
  /// A row that holds for a time may stand there twice, which would count every sum of the table twice.
  fileprivate func isSafe(_ expression: PlanExpression) -> Bool {
    var open = expression.aliases
    var seen: Set<String> = []
    while let alias = open.popLast() {
      guard alias != table.name, seen.insert(alias).inserted else { continue }
      guard let join = joins.first(where: { $0.relation.alias == alias }) else { return false }
      for test in join.on {
        guard case .comparison(.field, .equal, .field) = test else { return false }
        open += test.aliases
      }
    }
    return !expression.hasRowSubquery
  }
}

extension PlanExpression {
  fileprivate var firstColumn: String? {
    if case .field(_, let column) = self { return column }
    return children.lazy.compactMap(\.firstColumn).first
  }

  /// Whether an expression is a part of it.
  fileprivate func names(_ part: PlanExpression) -> Bool { self == part || children.contains { $0.names(part) } }
}
