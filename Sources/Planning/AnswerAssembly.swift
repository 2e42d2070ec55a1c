import CivilTime
import Metrics
import Questions

/// The upper half of a plan: the answer's frames side by side, and what is derived from them.
struct AnswerAssembly {
  let question: Question
  let periods: PlannedPeriods
  /// Measures that only thresholds, rankings or orders name; computed, and shown as hidden inputs.
  let hidden: [Measure]
  var builder: PlanBuilder
  private(set) var columns: [PlanColumn] = []

  /// The aligned rows, and the numbers that can be computed from each.
  private var rows = PlanStep(name: "", sentence: "", operation: .rows([]), columns: [])
  private var values: [Measure: PlanValue] = [:]
  private var bases: [Measure: PlanValue] = [:]
  private var wholes: [Measure: PlanValue] = [:]
  private var inputs: [(Operand, PlanValue)] = []

  init(question: Question, periods: PlannedPeriods, hidden: [Measure], builder: PlanBuilder) {
    self.question = question
    self.periods = periods
    self.hidden = hidden
    self.builder = builder
  }

  private var measures: [Measure] { question.measures + hidden }
  private var keys: [String] { question.groups.map(\.columnName) }

  /// - Throws: `Problem`
  mutating func build() throws(Problem) -> PlanStep {
    let cut = try mainCut()
    let frames = try frames(cut)
    align(frames, cut)
    return try finish()
  }

  // MARK: Frames

  private struct Frames {
    var this: Frame
    var base: Frame?
    var whole: Frame?
    var wholeKeys: [String] = []
    /// Whether the shares' wholes are by the same groups, and may have groups that the parts lack.
    var partsOfGroups = false
  }

  private mutating func mainCut() throws(Problem) -> Cut {
    var cut = Cut(
      groups: question.groups, conditions: question.conditions, period: periods.this, target: periods.this)
    for condition in amongs(question.conditions + question.measures.flatMap(\.conditions)) {
      cut.rankings[condition] = try ranking(condition)
    }
    return cut
  }

  private func amongs(_ conditions: [Condition]) -> [Condition] {
    conditions.flatMap { condition -> [Condition] in
      switch condition {
      case .among: [condition]
      case .any(let items), .all(let items): amongs(items)
      case .not(let inner): amongs([inner])
      default: []
      }
    }
  }

  /// The members that a ranking keeps, under the question's own period and other conditions.
  private mutating func ranking(_ condition: Condition) throws(Problem) -> PlanStep? {
    guard case .among(let dimension, let direction, let count, let metric) = condition else { return nil }
    let others = question.conditions.filter { amongs([$0]).isEmpty }
    let cut = Cut(
      groups: [.dimension(dimension)], conditions: others, period: periods.this, target: periods.this, suffix: "_all")
    let measure = Measure(metric)
    let frame = try builder.frame([measure], cut)
    let value = frame.value(measure)
    let key = frame.step.value(dimension)
    return builder.step(
      "\(direction.rawValue)_\(count)_\(dimension)",
      "The \(direction.rawValue) \(count) of \(dimension) by \(metric)\(Sentence.during(periods.this)).",
      PlanSelect(
        columns: [PlanOutput(dimension, key)], source: .step(frame.step),
        conditions: [.missing(value.expression, negated: true)],
        order: [
          PlanOrder(value.expression, descending: direction == .top, mayBeNull: false), PlanOrder(key.expression),
        ], limit: count))
  }

  private mutating func frames(_ cut: Cut) throws(Problem) -> Frames {
    var main = cut
    var whole: (Cut, [String])?
    var partsOfGroups = false
    if let share = question.share ?? impliedShare {
      switch share.of {
      case .total: whole = wholeCut(cut, groups: timeGroupsForTotal(cut))
      case .parent(let dimension): whole = wholeCut(cut, groups: timeGroupsForTotal(cut) + [.dimension(dimension)])
      case .matching(let conditions):
        whole = wholeCut(cut, groups: cut.groups)
        main.conditions += conditions
        main.suffix = "_part"
        partsOfGroups = true
      }
    }
    let this = try builder.frame(measures, main, operands: operands())
    var frames = Frames(this: this, partsOfGroups: partsOfGroups)
    if let base = periods.base {
      var before = main
      before.period = base
      before.shift = periods.shift
      before.suffix = "_before"
      frames.base = try builder.frame(measures, before)
    }
    if let (cut, keys) = whole {
      frames.whole = try builder.frame(measures, cut)
      frames.wholeKeys = keys
    }
    return frames
  }

  /// `having share(gmv) > 0.1` without a share of its own means the share of the total.
  private var impliedShare: Share? {
    let quantities = question.thresholds.map(\.quantity) + [question.ranking?.by].compactMap { $0 } + orderQuantities
    let isNeeded = quantities.contains { if case .share = $0 { true } else { false } }
    return isNeeded ? Share(.total) : nil
  }

  private var orderQuantities: [Quantity] {
    question.order.compactMap { if case .quantity(let quantity) = $0.key { quantity } else { nil } }
  }

  private func wholeCut(_ cut: Cut, groups: [Grouping]) -> (Cut, [String]) {
    var whole = cut
    whole.groups = groups
    whole.suffix = "_whole"
    return (whole, groups.map(\.columnName))
  }

  /// Beside another group, time splits the whole too: the share of a channel by month is its share of that month.
  private func timeGroupsForTotal(_ cut: Cut) -> [Grouping] {
    let times = cut.groups.filter { if case .time = $0 { true } else { false } }
    return times.count < cut.groups.count ? times : []
  }

  /// The operands of each measure's formula, where it is arithmetic.
  private func operands() -> [Operand] {
    question.measures.filter { $0.averagedPer == nil }.flatMap { measure -> [Operand] in
      guard let formula = builder.dictionary.metric(measure.metric)?.formula else { return [] }
      var seen: Set<Formula> = []
      return AnswerAssembly.operands(of: formula).filter { seen.insert($0).inserted }
        .map { Operand(measure: measure, formula: $0) }
    }
  }

  private static func operands(of formula: Formula) -> [Formula] {
    switch formula {
    case .binary(_, let a, let b): leafOperands(a) + leafOperands(b)
    case .negated(let a): leafOperands(a)
    case .score(let parts): parts.map { .metric($0.metric) }
    default: []
    }
  }

  private static func leafOperands(_ formula: Formula) -> [Formula] {
    switch formula {
    case .number: []
    case .binary, .negated: operands(of: formula)
    default: [formula]
    }
  }

  // MARK: Alignment

  /// Puts answer, base and whole side by side, one row per group.
  private mutating func align(_ frames: Frames, _ cut: Cut) {
    let steps = [frames.this.step] + (frames.base.map { [$0.step] } ?? [])
      + (frames.partsOfGroups ? [frames.whole!.step] : [])
    guard steps.count > 1 || frames.whole != nil else { return take(frames, of: frames.this.step, fills: false) }
    var (source, joins) = builder.aligned(steps, keys, cut)
    if let whole = frames.whole, !frames.partsOfGroups {
      let on = builder.same(source, whole.step, frames.wholeKeys)
      joins.append(PlanJoin(frames.wholeKeys.isEmpty ? .cross : .left, .step(whole.step), on: on))
    }
    var outputs = keys.map { PlanOutput($0, source.value($0)) }
    outputs += alignedOutputs(frames, cut, fills: steps.count > 1)
    let step = builder.step(
      "side_by_side", "Put \(sidesText(frames)) side by side.",
      PlanSelect(columns: outputs, source: .step(source), joins: joins))
    take(frames, of: step, fills: true)
  }

  private func sidesText(_ frames: Frames) -> String {
    var sides = ["the answer"]
    if frames.base != nil { sides.append("its base\(Sentence.during(periods.base))") }
    if frames.whole != nil { sides.append(frames.partsOfGroups ? "all rows of the group" : "the whole") }
    return sides.count == 2 ? sides.joined(separator: " and ") : sides.joined(separator: ", ")
  }

  private func alignedOutputs(_ frames: Frames, _ cut: Cut, fills: Bool) -> [PlanOutput] {
    var outputs: [PlanOutput] = []
    for measure in measures {
      let name = frames.this.values[measure]!
      outputs.append(PlanOutput(name, filled(frames.this.value(measure), measure, cut, fills)))
      if let base = frames.base {
        outputs.append(PlanOutput(name + "_base", filled(base.value(measure), measure, cut, fills && hasBaseData)))
      }
      if let whole = frames.whole { outputs.append(PlanOutput(name + "_whole", whole.value(measure))) }
    }
    for operand in operands() {
      if let name = frames.this.operands[operand] { outputs.append(PlanOutput(name, frames.this.step.value(name))) }
    }
    return outputs
  }

  /// A group that one side lacks shows zero where no rows mean zero; units of time are never filled, since data may not
  /// reach there.
  private func filled(_ value: PlanValue, _ measure: Measure, _ cut: Cut, _ fills: Bool) -> PlanValue {
    guard fills, !keys.isEmpty, !cut.hasTimeGroup, measure.averagedPer == nil,
      let formula = try? builder.expander.expand(measure), formula.isZeroWithoutRows
    else { return value }
    return PlanBuilder.zeroFilled(value)
  }

  /// Whether there is data in the days of the base at all.
  private var hasBaseData: Bool {
    guard let base = periods.base, let extent = builder.coverage.extent(of: builder.sources.map(\.table)) else {
      return true
    }
    return base.intersection(extent) != nil
  }

  private mutating func take(_ frames: Frames, of step: PlanStep, fills: Bool) {
    rows = step
    for measure in measures {
      let name = frames.this.values[measure]!
      values[measure] = step.value(name)
      if frames.base != nil { bases[measure] = step.value(name + "_base") }
      if frames.whole != nil { wholes[measure] = step.value(name + "_whole") }
    }
    inputs = operands().compactMap { operand in frames.this.operands[operand].map { (operand, step.value($0)) } }
  }

  // MARK: Quantities

  /// The measure a quantity speaks of: the first of that metric.
  private func measure(_ name: String) -> Measure { measures.first { $0.metric == name } ?? Measure(name) }

  private func value(_ quantity: Quantity) -> PlanValue {
    let measure = measure(quantity.metric)
    let missing = PlanValue(.literal(.null), .real)
    let value = values[measure] ?? missing
    switch quantity {
    case .metric: return value
    case .change: return .combine(.minus, value, bases[measure] ?? missing)
    case .growth: return growth(value, bases[measure] ?? missing)
    case .share: return .combine(.dividedBy, value, wholes[measure] ?? missing)
    }
  }

  private func growth(_ value: PlanValue, _ base: PlanValue) -> PlanValue {
    .combine(.dividedBy, .combine(.minus, value, base), base)
  }

  // MARK: The last select

  private mutating func finish() throws(Problem) -> PlanStep {
    var select = PlanSelect(columns: [], source: .step(rows))
    for threshold in question.thresholds { select.conditions.append(condition(threshold)) }
    if let ranking = question.ranking {
      if ranking.within.isEmpty {
        select.order = rankingOrder(ranking)
        select.limit = ranking.count
        select.conditions.append(.missing(rankedValue(ranking).expression, negated: true))
      } else {
        try rankWithin(ranking, &select)
      }
    }
    if !question.order.isEmpty {
      if question.ranking.map({ $0.within.isEmpty }) == true { cutBeforeOrder(&select) }
      select.order = explicitOrder()
    } else if question.ranking == nil {
      select.order = defaultOrder()
    }
    select.columns = outputs()
    columns = outputColumns(select.columns.map(\.name))
    return builder.step("answer", answerSentence(), select)
  }

  private func answerSentence() -> String {
    var parts = ["Show \(question.measures.map(\.metric).joined(separator: ", "))\(Sentence.by(question.groups))"]
    if !question.thresholds.isEmpty { parts.append("where the thresholds hold") }
    if let ranking = question.ranking {
      let within = ranking.within.isEmpty ? "" : " within" + Sentence.by(ranking.within).dropFirst(3)
      parts.append("\(ranking.direction.rawValue) \(ranking.count)\(within)")
    }
    return parts.joined(separator: ", ") + "."
  }

  private func condition(_ threshold: Threshold) -> PlanExpression {
    let value = value(threshold.quantity)
    switch threshold.bound {
    case .number(let number):
      let (a, b) = PlanValue.aligned(value, .number(number))
      return .comparison(a.expression, threshold.comparator, b.expression)
    case .average:
      return .comparison(value.expression, threshold.comparator, .mean(value.expression, of: rows))
    }
  }

  // MARK: Ranking

  private func rankedValue(_ ranking: Ranking) -> PlanValue {
    value(ranking.by ?? .metric(question.measures[0].metric))
  }

  private func rankingOrder(_ ranking: Ranking) -> [PlanOrder] {
    [PlanOrder(rankedValue(ranking).expression, descending: ranking.direction == .top, mayBeNull: false)] + keyOrders(keys)
  }

  private func keyOrders(_ names: [String]) -> [PlanOrder] { names.map { PlanOrder(rows.value($0).expression) } }

  /// Numbers the groups within each outer group and keeps the first; the outer groups come in their own order.
  private mutating func rankWithin(_ ranking: Ranking, _ select: inout PlanSelect) throws(Problem) {
    let outer = ranking.within.map(\.columnName)
    guard outer.allSatisfy(keys.contains) else { throw .unsupported("rank in a group that the answer is not cut by") }
    let place = PlanExpression.rowNumber(
      within: outer.map { rows.value($0).expression },
      order: rankingOrder(ranking))
    select.conditions.append(.missing(rankedValue(ranking).expression, negated: true))
    let place_ = PlanOutput("place", PlanValue(place, .number(scale: 0)))
    replaceRows(PlanSelect(
      columns: rows.columns.map { PlanOutput($0.name, rows.value($0.name)) } + [place_], source: .step(rows),
      conditions: select.conditions), "ranked", "Number the groups within \(outer.joined(separator: ", ")).")
    select.source = .step(rows)
    select.conditions = [
      .comparison(rows.value("place").expression, .atMost, .constant(Int64(ranking.count)))
    ]
    select.order = groupOrders(ranking.within) + [PlanOrder(rows.value("place").expression, mayBeNull: false)]
  }

  /// Keeps the first of a ranking in a step of its own, so that they can be put in another order.
  private mutating func cutBeforeOrder(_ select: inout PlanSelect) {
    var inner = select
    inner.columns = rows.columns.map { PlanOutput($0.name, rows.value($0.name)) }
    replaceRows(inner, "ranked", "Keep the \(question.ranking!.direction.rawValue) \(question.ranking!.count).")
    select = PlanSelect(columns: [], source: .step(rows))
  }

  private mutating func replaceRows(_ select: PlanSelect, _ name: String, _ sentence: String) {
    let old = rows
    rows = builder.step(name, sentence, select)
    func moved(_ value: PlanValue) -> PlanValue {
      guard case .field(old.name, let column) = value.expression else { return value }
      return rows.value(column)
    }
    values = values.mapValues(moved)
    bases = bases.mapValues(moved)
    wholes = wholes.mapValues(moved)
    inputs = inputs.map { ($0.0, moved($0.1)) }
  }

  // MARK: Order

  private func explicitOrder() -> [PlanOrder] {
    var orders: [PlanOrder] = []
    for order in question.order {
      switch order.key {
      case .quantity(let quantity): orders.append(PlanOrder(value(quantity).expression, descending: order.descending))
      case .group(let group):
        for var key in groupOrders([group]) {
          key.descending = order.descending
          orders.append(key)
        }
      }
    }
    return orders + keyOrders(keys)
  }

  /// Time first; then a dimension by its declared order, else by the first value.
  private func defaultOrder() -> [PlanOrder] {
    let times = question.groups.filter { if case .dimension = $0 { false } else { true } }
    var orders = groupOrders(times)
    let dimensions = question.groups.filter { if case .dimension = $0 { true } else { false } }
    guard let first = dimensions.first else { return orders }
    if isOrdered(first) {
      orders += groupOrders(dimensions)
    } else {
      if let value = question.measures.first.flatMap({ values[$0] }) {
        orders.append(PlanOrder(value.expression, descending: true))
      }
      orders += keyOrders(dimensions.map(\.columnName))
    }
    return orders
  }

  private func isOrdered(_ group: Grouping) -> Bool {
    guard case .dimension(let name) = group, let dimension = builder.dictionary.dimension(name) else { return true }
    return !dimension.order.isEmpty || dimension.kind != .category
  }

  /// Groups ascending; dimensions with a declared order by it.
  private func groupOrders(_ groups: [Grouping]) -> [PlanOrder] {
    groups.flatMap { group -> [PlanOrder] in
      let key = PlanOrder(rows.value(group.columnName).expression)
      guard case .dimension(let name) = group, let order = builder.dictionary.dimension(name)?.order, !order.isEmpty
      else { return [key] }
      let missing = PlanBranch(.missing(key.value, negated: false), .literal(.null))
      let branches = order.enumerated().map { index, value in
        let stored = rows.type(of: group.columnName)?.isNumeric == true ? Int64(value).map(PlanLiteral.integer) : nil
        return PlanBranch(.comparison(key.value, .equal, .literal(stored ?? .text(value))), .constant(Int64(index)))
      }
      let place = PlanExpression.choice([missing] + branches, otherwise: .constant(Int64(order.count)))
      return [PlanOrder(place), key]
    }
  }

  // MARK: Output columns

  private func outputs() -> [PlanOutput] {
    outputRoles().map { PlanOutput($0.name, $0.value) }
  }

  private func outputColumns(_ names: [String]) -> [PlanColumn] {
    outputRoles().map { PlanColumn(name: $0.name, role: $0.role, unit: $0.unit) }
  }

  private struct OutputRole {
    var name: String
    var role: PlanColumn.Role
    var unit: MeasureUnit
    var value: PlanValue
  }

  private func outputRoles() -> [OutputRole] {
    var names = ColumnNames(keys: [])
    var roles = question.groups.map {
      OutputRole(name: names.unique($0.columnName), role: .group($0), unit: .plain, value: rows.value($0.columnName))
    }
    for measure in question.measures { roles += measureRoles(measure, &names) }
    for (operand, value) in inputs {
      roles.append(inputRole(operand.measure, operand.formula, value, &names))
    }
    for measure in hidden {
      guard let value = values[measure] else { continue }
      roles.append(inputRole(question.measures[0], .metric(measure.metric), value, &names))
    }
    return roles
  }

  private func inputRole(
    _ measure: Measure, _ formula: Formula, _ value: PlanValue, _ names: inout ColumnNames
  ) -> OutputRole {
    var wanted = "input"
    var unit = MeasureUnit.plain
    if case .metric(let name) = formula {
      wanted = name
      unit = builder.dictionary.metric(name)?.unit ?? .plain
    } else if case .aggregate(let aggregate) = formula {
      wanted = PlanBuilder.columnName(aggregate)
    }
    return OutputRole(
      name: names.unique(wanted), role: .input(FormulaInput(of: measure, formula: formula)), unit: unit, value: value)
  }

  private func measureRoles(_ measure: Measure, _ names: inout ColumnNames) -> [OutputRole] {
    let unit = builder.dictionary.metric(measure.metric)?.unit ?? .plain
    let name = names.unique(PlanBuilder.columnName(measure))
    guard let value = values[measure] else { return [] }
    var roles = [OutputRole(name: name, role: .value(measure), unit: unit, value: value)]
    if let base = bases[measure] {
      roles += [
        OutputRole(name: names.unique(name + "_base"), role: .base(measure), unit: unit, value: base),
        OutputRole(
          name: names.unique(name + "_change"), role: .change(measure), unit: unit, value: .combine(.minus, value, base)),
        OutputRole(
          name: names.unique(name + "_growth"), role: .growth(measure), unit: .percent, value: growth(value, base)),
      ]
    }
    if question.share != nil, let whole = wholes[measure] {
      roles += [
        OutputRole(
          name: names.unique(name + "_share"), role: .share(measure), unit: .percent,
          value: .combine(.dividedBy, value, whole)),
        OutputRole(name: names.unique(name + "_whole"), role: .whole(measure), unit: unit, value: whole),
      ]
    }
    return roles
  }
}
