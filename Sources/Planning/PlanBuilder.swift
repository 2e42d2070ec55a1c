import CivilTime
import Metrics
import Questions

/// Builds the steps of one plan, from tables upwards. What belongs to the whole question is in `Planner`.
struct PlanBuilder {
  let dictionary: MetricDictionary
  let coverage: DataCoverage
  let weekStart: Int
  /// The last day that can have data, for windows without an end.
  let lastDay: Day
  var names: NameBook
  /// From the least to the greatest value of each dimension that is cut into ranges.
  let ranges: [String: ClosedRange<Double>]
  /// What is kept summed up; nil where every step reads its table.
  let rollups: RollupCatalog?
  /// Tables read, in the order first met.
  var sources: [PlanSource] = []

  init(dictionary: MetricDictionary, coverage: DataCoverage, context: TimeContext, ranges: [String: ClosedRange<Double>] = [:], rollups: RollupCatalog? = nil) {
    self.ranges = ranges
    self.rollups = rollups
    self.dictionary = dictionary
    self.coverage = coverage
    weekStart = context.calendar.weekStart
    lastDay = context.today
    names = NameBook(reserved: dictionary.schema.tables.map(\.name))
  }

  var expander: FormulaExpander { FormulaExpander(dictionary: dictionary) }

  // MARK: Frames

  /// One row per group with the values of `measures`, every aggregate from its own table.
  /// - Throws: `Problem`
  mutating func frame(_ measures: [Measure], _ cut: Cut, operands: [Operand] = []) throws(Problem) -> Frame {
    var inputs: [FrameInput] = []
    let plain = measures.filter { isPlain($0, cut) }
    var wanted: [(column: String, formula: ExpandedFormula)] = []
    var columns = ColumnNames(keys: cut.groups.map(\.columnName))
    var frame = Frame(step: PlanStep(name: "", note: .none, operation: .rows([]), columns: []), values: [:])
    for measure in measures { frame.values[measure] = columns.unique(PlanBuilder.columnName(measure)) }
    for measure in plain { wanted.append((frame.values[measure]!, try expander.expand(measure))) }
    for operand in operands {
      let name = columns.unique(operandName(operand))
      frame.operands[operand] = name
      wanted.append((name, try expander.expand(operand.formula, of: operand.measure)))
    }
    if !wanted.isEmpty { inputs += try reads(wanted, cut, &columns) }
    if let units = try allUnits(wanted.flatMap(\.formula.leaves), inputs.map(\.step), cut) { inputs.append(FrameInput(step: units)) }
    var averages: [(column: String, input: Int)] = []
    let folds = measures.filter { !isPlain($0, cut) }
    let keys = try foldKeys(folds, cut)
    for key in distinct(keys) {
      let group = zip(folds, keys).filter { $0.1 == key }.map(\.0)
      let over = key.over.filter { !cut.groups.contains($0) }
      if key.isFilled {
        for measure in group { frame.units[measure] = (columns.unique(frame.values[measure]! + "_units"), columns.unique(frame.values[measure]! + "_empty")) }
      }
      let input = try folded(group, over, cut, frame)
      averages += input.columns.dropFirst(cut.groups.count).map { ($0.name, inputs.count) }
      inputs.append(FrameInput(step: input))
    }
    frame.step = try assemble(wanted, averages, inputs, cut)
    return frame
  }

  /// What measures share that are folded in one pass. Each must have rows in the same groups: one of another table, or with
  /// another filter, would lend it groups of zero, and a mean would hang on what is asked beside it.
  private struct FoldKey: Hashable {
    var over: [Grouping]
    var read: ReadKey?
    var filter: RowCondition?
    /// Set where it is folded by itself.
    var alone: Measure?
    /// Whether all units of time count, also those without rows.
    var isFilled = false
  }

  private func foldKeys(_ measures: [Measure], _ cut: Cut) throws(Problem) -> [FoldKey] {
    var keys: [FoldKey] = []
    for measure in measures {
      let leaves = try expander.expand(measure).leaves
      let reads = distinct(leaves.map { ReadKey($0.key) })
      let filters = distinct(leaves.map(\.key.aggregate.condition))
      var key = FoldKey(over: measure.fold?.over ?? [])
      if reads.count == 1, filters.count == 1, measure.fold?.inner.isEmpty ?? true {
        (key.read, key.filter) = (reads[0], filters[0])
      } else {
        key.alone = Measure(measure.source, conditions: measure.conditions, beside: measure.beside, fold: measure.fold?.inner.first)
      }
      key.isFilled = try foldedDays(measure, cut) != nil
      keys.append(key)
    }
    return keys
  }

  /// Whether a measure needs no fold: none is asked, or it is over groups the answer has anyway.
  private func isPlain(_ measure: Measure, _ cut: Cut) -> Bool {
    measure.fold.map { $0.over.allSatisfy(cut.groups.contains) } ?? true
  }

  func distinct<T: Hashable>(_ items: [T]) -> [T] {
    var seen: Set<T> = []
    return items.filter { seen.insert($0).inserted }
  }

  /// `gmv`, `avg_gmv_per_day`
  static func columnName(_ measure: Measure) -> String {
    var name = measure.metric
    if let beside = measure.beside {
      name = beside.operation == .ratio ? "\(name)_to_\(beside.metric)" : "\(name)_minus_\(beside.metric)"
    }
    if measure.folded == nil, let fold = measure.fold { name = columnName(name, fold) }
    if let moving = measure.moving { return "moving_\(moving.count)_\(moving.grain.rawValue)_\(name)" }
    return measure.isRunning ? "running_\(name)" : name
  }

  private static func columnName(_ name: String, _ fold: Fold) -> String {
    let inner = fold.inner.first.map { columnName(name, $0) } ?? name
    return "\(fold.percent.map { "p\($0)" } ?? fold.function.rawValue)_\(inner)_per_" + fold.over.map(\.columnName).joined(separator: "_")
  }

  private func operandName(_ operand: Operand) -> String {
    switch operand.formula {
    case .metric(let name): name
    case .aggregate(let aggregate): PlanBuilder.columnName(aggregate)
    default: "input"
    }
  }

  /// `sum_amount`, `count_orders`, `distinct_buyer_id`
  static func columnName(_ aggregate: Aggregate) -> String {
    let function =
      switch aggregate.function {
      case .sum: "sum"
      case .count: "count"
      case .countDistinct: "distinct"
      case .average: "avg"
      case .minimum: "min"
      case .maximum: "max"
      case .median: "median"
      case .standardDeviation: "stddev"
      case .percentile, .discretePercentile: "percentile"
      }
    if case .column(let path)? = aggregate.argument { return "\(function)_\(path.column)" }
    return "\(function)_\(aggregate.table)"
  }

  // MARK: Assembling

  /// Aligns the inputs on the group keys and computes the wanted columns.
  private mutating func assemble(
    _ wanted: [(column: String, formula: ExpandedFormula)], _ averages: [(column: String, input: Int)],
    _ inputs: [FrameInput], _ cut: Cut
  ) throws(Problem) -> PlanStep {
    guard let first = inputs.first else { throw .unsupported("measure without an aggregate") }
    let alone = inputs.count == 1
    if alone, averages.isEmpty, wanted.allSatisfy({ isBare($0, first) }) { return first.step }
    if alone, wanted.isEmpty { return first.step }
    let keys = cut.groups.map(\.columnName)
    let (source, joins) = aligned(inputs.map(\.step), keys, cut)
    let keySource = alone || keys.isEmpty ? first.step : source
    var outputs = keys.map { PlanOutput($0, keySource.value($0)) }
    for (column, formula) in wanted {
      outputs.append(PlanOutput(column, value(formula, inputs, gaps: !alone)))
    }
    for (column, input) in averages { outputs.append(PlanOutput(column, inputs[input].step.value(column))) }
    return step(
      "values\(keyName(cut.groups))\(cut.suffix)",
      .compute(wanted.map(\.column), by: cut.groups, isAlone: alone),
      PlanSelect(columns: outputs, source: .step(source), joins: joins))
  }

  private func isBare(_ wanted: (column: String, formula: ExpandedFormula), _ input: FrameInput) -> Bool {
    guard case .leaf(let leaf) = wanted.formula, input.columns[leaf.key] == wanted.column else { return false }
    return leaf.fill != .always && !(leaf.fill == .gaps && input.partial.contains(leaf.key))
  }

  /// The relation that holds every group of `steps`, and the joins that put the steps beside it.
  mutating func aligned(_ steps: [PlanStep], _ keys: [String], _ cut: Cut) -> (PlanStep, [PlanJoin]) {
    guard steps.count > 1 else { return (steps[0], []) }
    if keys.isEmpty { return (steps[0], steps.dropFirst().map { PlanJoin(.cross, .step($0)) }) }
    let columns = keys.map { StepColumn($0, steps[0].type(of: $0) ?? .text) }
    let all = PlanStep(
      name: names.unique("all_groups\(cut.suffix)"), note: .allGroups,
      operation: .union(steps), columns: columns)
    return (all, steps.map { PlanJoin(.left, .step($0), on: same(all, $0, keys)) })
  }

  func same(_ a: PlanStep, _ b: PlanStep, _ keys: [String]) -> [PlanExpression] {
    keys.map { .same(.field(b.name, $0), .field(a.name, $0)) }
  }

  /// A formula over the columns that hold its aggregates.
  private func value(_ formula: ExpandedFormula, _ inputs: [FrameInput], gaps: Bool) -> PlanValue {
    switch formula {
    case .number(let number): return .number(number)
    case .negated(let inner): return value(inner, inputs, gaps: gaps).negated
    case .binary(let operation, let a, let b):
      return .combine(operation, value(a, inputs, gaps: gaps), value(b, inputs, gaps: gaps))
    case .leaf(let leaf):
      guard let input = inputs.first(where: { $0.columns[leaf.key] != nil }) else {
        return PlanValue(.literal(.null), .real)
      }
      let value = input.step.value(input.columns[leaf.key]!)
      let fills = leaf.fill == .always || (leaf.fill == .gaps && (gaps || input.partial.contains(leaf.key)))
      return fills ? PlanBuilder.zeroFilled(value) : value
    }
  }

  static func zeroFilled(_ value: PlanValue) -> PlanValue {
    PlanValue(.coalesce([value.expression, .constant(0)]), value.type)
  }

  // MARK: Steps

  mutating func step(_ name: String, _ note: StepNote, _ select: PlanSelect) -> PlanStep {
    PlanStep(
      name: names.unique(name), note: note, operation: .select(select),
      columns: select.columns.map { StepColumn($0.name, $0.value.type) })
  }

  func keyName(_ groups: [Grouping]) -> String {
    groups.isEmpty ? "_total" : "_by_" + groups.map(\.columnName).joined(separator: "_")
  }
}

/// A step that gives some columns of a frame.
struct FrameInput {
  var step: PlanStep
  /// Where each aggregate stands.
  var columns: [LeafKey: String] = [:]
  /// Aggregates that may be null in a group that has rows, because a condition of theirs left none.
  var partial: Set<LeafKey> = []
}

/// Names of columns within one step.
struct ColumnNames {
  private var used: Set<String>
  init(keys: [String]) { used = Set(keys.map { $0.lowercased() }) }

  mutating func unique(_ wanted: String) -> String {
    var name = wanted
    var count = 2
    while !used.insert(name.lowercased()).inserted {
      name = "\(wanted)_\(count)"
      count += 1
    }
    return name
  }
}
