import CivilTime
import Metrics
import Questions

/// The upper half of a plan: the answer's frames side by side, and what is derived from them.
struct AnswerAssembly {
  let question: Question
  let periods: PlannedPeriods
  /// Measures that only thresholds, rankings or orders name; computed, and shown as hidden inputs.
  let hidden: [Measure]
  /// Puts the period of an inner question on the calendar.
  let planPeriods: (Question) throws(Problem) -> PlannedPeriods
  var builder: PlanBuilder
  var columns: [PlanColumn] = []

  /// The aligned rows, and the numbers that can be computed from each.
  var rows = PlanStep(name: "", note: .none, operation: .rows([]), columns: [])
  var values: [Measure: PlanValue] = [:]
  var bases: [Measure: PlanValue] = [:]
  var furtherBases: [Measure: PlanValue] = [:]
  var wholes: [Measure: PlanValue] = [:]
  var inputs: [(Operand, PlanValue)] = []
  /// Of measures folded over all units of time: how many there are, and how many have nothing.
  var units: [Measure: (all: PlanValue, empty: PlanValue)] = [:]
  /// What the members that thresholds name have.
  var boundFrames: [Threshold: Frame] = [:]

  init(
    question: Question, periods: PlannedPeriods, hidden: [Measure],
    planPeriods: @escaping (Question) throws(Problem) -> PlannedPeriods, builder: PlanBuilder
  ) {
    self.question = question
    self.periods = periods
    self.hidden = hidden
    self.planPeriods = planPeriods
    self.builder = builder
  }

  var measures: [Measure] { question.measures + hidden }
  var stretches: [Period] { periods.resolved?.stretches ?? [] }
  var keys: [String] { question.groups.map(\.columnName) }

  /// - Throws: `Problem`
  mutating func build() throws(Problem) -> PlanStep {
    let cut = try mainCut()
    let frames = try frames(cut)
    for threshold in question.thresholds { try readBound(threshold, cut) }
    try align(frames, cut)
    try moveAverages()
    addUp()
    addUpByValue()
    return try finish()
  }

  // MARK: Frames

  struct Frames {
    var this: Frame
    var base: Frame?
    var further: Frame?
    var whole: Frame?
    /// The whole in the base of a comparison, for shares in a change.
    var wholeBefore: Frame?
    var wholeKeys: [String] = []
    /// Whether the shares' wholes are by the same groups, and may have groups that the parts lack.
    var partsOfGroups = false
  }

  mutating func mainCut() throws(Problem) -> Cut {
    var cut = Cut(
      groups: question.groups, conditions: question.conditions, period: periods.this, stretches: stretches, target: periods.this)
    // The first averages look at units before the period.
    if let moving, let start = periods.this?.start {
      let first = Period(moving.grain.advance(moving.grain.start(of: start, weekStart: builder.weekStart), by: 1 - moving.count), periods.this?.end)
      (cut.period, cut.target) = (first, first)
    }
    let shared: [Condition] = if case .matching(let part)? = question.share?.of { part } else { [] }
    var own: [Condition] = []
    for measure in measures { own += try builder.expander.expand(measure).leaves.flatMap(\.key.conditions) }
    for condition in amongs(question.conditions + own + shared) where cut.rankings[condition] == nil {
      cut.rankings[condition] = try ranking(condition)
    }
    return cut
  }

  func amongs(_ conditions: [Condition]) -> [Condition] {
    conditions.flatMap { condition -> [Condition] in
      switch condition {
      case .among, .selected: [condition]
      case .any(let items), .all(let items): amongs(items)
      case .not(let inner): amongs([inner])
      default: []
      }
    }
  }

  /// The members that a ranking keeps, under the question's own period and other conditions.
  mutating func ranking(_ condition: Condition) throws(Problem) -> PlanStep? {
    if case .selected(let dimension, let inner, _) = condition { return try selection(inner, of: dimension) }
    guard case .among(let dimension, let direction, let count, let metric) = condition else { return nil }
    let others = question.conditions.filter { amongs([$0]).isEmpty }
    let cut = Cut(
      groups: [.dimension(dimension)], conditions: others, period: periods.this, stretches: stretches, target: periods.this,
      suffix: "_all")
    let measure = Measure(metric)
    let frame = try builder.frame([measure], cut)
    let value = frame.value(measure)
    let key = frame.step.value(dimension)
    return builder.step(
      "\(direction.rawValue)_\(count)_\(dimension)",
      .best(direction, count, of: dimension, by: metric, during: periods.this),
      PlanSelect(
        columns: [PlanOutput(dimension, key)], source: .step(frame.step),
        // Rows without a member are no member, and take no place of one.
        conditions: [.missing(value.expression, negated: true), .missing(key.expression, negated: true)],
        order: [
          PlanOrder(value.expression, descending: direction == .top, mayBeNull: false), PlanOrder(key.expression),
        ], limit: count))
  }

  mutating func frames(_ cut: Cut) throws(Problem) -> Frames {
    var main = cut
    var whole: (Cut, [String])?
    var partsOfGroups = false
    if let share = question.share ?? impliedShare {
      switch share.of {
      case .total, .running, .change: whole = wholeCut(cut, groups: timeGroupsForTotal(cut))
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
    if let base = periods.furtherBase {
      var before = main
      (before.period, before.shift, before.suffix) = (base, periods.furtherShift, "_further")
      frames.further = try builder.frame(measures, before)
    }
    if let comparison = question.comparison, comparison.isOfMembers {
      var other = main
      other.conditions = comparison.conditions(inPlaceOf: main.conditions)
      other.suffix = "_other"
      frames.base = try builder.frame(measures, other)
    }
    if question.share?.of == .change, let (cut, _) = whole, let base = periods.base {
      var before = cut
      (before.period, before.shift, before.suffix) = (base, periods.shift, "_whole_before")
      frames.wholeBefore = try builder.frame(measures, before)
    }
    if let (cut, keys) = whole {
      frames.whole = try builder.frame(measures, cut)
      frames.wholeKeys = keys
    }
    return frames
  }

  /// `having share(gmv) > 0.1` without a share of its own means the share of the total.
  var impliedShare: Share? {
    let quantities = question.thresholds.map(\.quantity) + [question.ranking?.by].compactMap { $0 } + orderQuantities
    let isNeeded = quantities.contains { if case .share = $0 { true } else { false } }
    return isNeeded ? Share(.total) : nil
  }

  var orderQuantities: [Quantity] {
    question.order.compactMap { if case .quantity(let quantity) = $0.key { quantity } else { nil } }
  }

  func wholeCut(_ cut: Cut, groups: [Grouping]) -> (Cut, [String]) {
    var whole = cut
    whole.groups = groups
    whole.suffix = "_whole"
    return (whole, groups.map(\.columnName))
  }

  /// Beside another group, time splits the whole too: the share of a channel by month is its share of that month.
  func timeGroupsForTotal(_ cut: Cut) -> [Grouping] {
    let times = cut.groups.filter { if case .time = $0 { true } else { false } }
    return times.count < cut.groups.count ? times : []
  }

  /// The operands of each measure's formula, where it is arithmetic.
  func operands() -> [Operand] {
    question.measures.filter { $0.fold == nil && !$0.isRunning && $0.moving == nil }.flatMap { measure -> [Operand] in
      if let beside = measure.beside {
        return [measure.metric, beside.metric].map { Operand(measure: measure, formula: .metric($0)) }
      }
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
  mutating func align(_ frames: Frames, _ cut: Cut) throws(Problem) {
    let ranges = try builder.allBuckets(cut.groups, key: keys.first.flatMap(frames.this.step.type))
    let steps = [frames.this.step] + [frames.base, frames.further].compactMap { $0?.step }
      + (frames.partsOfGroups ? [frames.whole!.step] : []) + (ranges.map { [$0] } ?? [])
    guard steps.count > 1 || frames.whole != nil else { return take(frames, of: frames.this.step, fills: false) }
    var (source, joins) = builder.aligned(steps, keys, cut)
    if let whole = frames.whole, !frames.partsOfGroups {
      let on = builder.same(source, whole.step, frames.wholeKeys)
      joins.append(PlanJoin(frames.wholeKeys.isEmpty ? .cross : .left, .step(whole.step), on: on))
      if let before = frames.wholeBefore { joins.append(PlanJoin(.cross, .step(before.step))) }
    }
    var outputs = keys.map { PlanOutput($0, source.value($0)) }
    outputs += alignedOutputs(frames, cut, fills: steps.count > 1)
    let step = builder.step(
      "side_by_side", .sideBySide(sides(frames)),
      PlanSelect(columns: outputs, source: .step(source), joins: joins))
    take(frames, of: step, fills: true)
  }

  func sides(_ frames: Frames) -> [StepNote.Side] {
    var sides = [StepNote.Side.answer]
    if frames.base != nil { sides.append(.base(periods.base)) }
    if frames.further != nil { sides.append(.further(periods.furtherBase)) }
    if frames.whole != nil { sides.append(frames.partsOfGroups ? .groupRows : .whole) }
    return sides
  }

  func alignedOutputs(_ frames: Frames, _ cut: Cut, fills: Bool) -> [PlanOutput] {
    var outputs: [PlanOutput] = []
    for measure in measures {
      let name = frames.this.values[measure]!
      outputs.append(PlanOutput(name, filled(frames.this.value(measure), measure, cut, fills)))
      if let base = frames.base {
        outputs.append(PlanOutput(name + "_base", filled(base.value(measure), measure, cut, fills && hasData(in: periods.base))))
      }
      if let further = frames.further {
        let isFilled = fills && hasData(in: periods.furtherBase)
        outputs.append(PlanOutput(name + "_further", filled(further.value(measure), measure, cut, isFilled)))
      }
      if let whole = frames.whole {
        // In a change the whole is the change of the total.
        let value = frames.wholeBefore.map { PlanValue.combine(.minus, total(whole, measure), total($0, measure)) } ?? whole.value(measure)
        outputs.append(PlanOutput(name + "_whole", value))
      }
    }
    for measure in measures {
      guard let units = frames.this.units[measure] else { continue }
      outputs += [units.all, units.empty].map { PlanOutput($0, frames.this.step.value($0)) }
    }
    for operand in operands() {
      if let name = frames.this.operands[operand] { outputs.append(PlanOutput(name, frames.this.step.value(name))) }
    }
    return outputs
  }

  /// A group that one side lacks shows zero where no rows mean zero; units of time are never filled, since data may not
  /// reach there.
  func filled(_ value: PlanValue, _ measure: Measure, _ cut: Cut, _ fills: Bool) -> PlanValue {
    guard fills, !keys.isEmpty, !cut.hasTimeGroup, measure.fold == nil,
      let formula = try? builder.expander.expand(measure), formula.isZeroWithoutRows
    else { return value }
    return PlanBuilder.zeroFilled(value)
  }

  /// A total that no rows make up is zero where that is what no rows mean.
  private func total(_ frame: Frame, _ measure: Measure) -> PlanValue {
    guard let formula = try? builder.expander.expand(measure), formula.isZeroWithoutRows, hasData(in: periods.base) else { return frame.value(measure) }
    return PlanBuilder.zeroFilled(frame.value(measure))
  }

  /// From the first to the last day of what is measured, by the times that it is counted by.
  var dataDays: Period? {
    let timed = measures.flatMap(\.metrics).flatMap { FormulaTables.timed(of: $0, in: builder.dictionary) }
    return builder.coverage.extent(of: timed, in: builder.dictionary.schema)
  }

  /// Whether there is data in the days of the base at all.
  func hasData(in base: Period?) -> Bool {
    guard let base, let extent = dataDays else {
      return true
    }
    return base.intersection(extent) != nil
  }

  mutating func take(_ frames: Frames, of step: PlanStep, fills: Bool) {
    rows = step
    for measure in measures {
      let name = frames.this.values[measure]!
      values[measure] = step.value(name)
      if frames.base != nil { bases[measure] = step.value(name + "_base") }
      if frames.further != nil { furtherBases[measure] = step.value(name + "_further") }
      if frames.whole != nil { wholes[measure] = step.value(name + "_whole") }
    }
    units = frames.this.units.mapValues { (step.value($0.all), step.value($0.empty)) }
    inputs = operands().compactMap { operand in frames.this.operands[operand].map { (operand, step.value($0)) } }
  }
}
