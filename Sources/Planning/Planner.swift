import CivilTime
import Metrics
import Questions

/// Turns a question into a plan: absolute periods, a tree of steps, and what every output column means.
///
/// Planning is by source: each aggregate is computed on its own table at the grain of the answer, along joins that
/// cannot multiply rows; then the results are aligned on the group keys, derived, compared, ranked and limited.
///
///     let plan = try Planner(dictionary: dictionary, coverage: coverage).plan(question, context: context)
///
/// Order of rows: an explicit order, else the ranking's, else units and parts of time ascending, then a dimension by its
/// declared order (numbers ascending), else by the first value, largest first. Group keys break ties.
package struct Planner: Sendable {
  let dictionary: MetricDictionary
  let coverage: DataCoverage

  /// From the least to the greatest value of dimensions that the question cuts into ranges, as `extent(of:in:context:)` finds
  /// them; without them ranges have a width of 1 unless one is named, and empty ones are left out.
  let ranges: [String: ClosedRange<Double>]

  /// What the warehouse keeps summed up; without it every step reads its table.
  let rollups: RollupCatalog?

  package init(
    dictionary: MetricDictionary, coverage: DataCoverage = DataCoverage(), ranges: [String: ClosedRange<Double>] = [:],
    rollups: RollupCatalog? = nil
  ) {
    self.ranges = ranges
    self.rollups = rollups
    self.dictionary = dictionary
    self.coverage = coverage
  }

  /// - Throws: `Problem`: `unreachable`, `noTime`, `requiredDimension`, `conflicting` (two ways to join), `time`,
  ///   `unknownName`, `unsupported` for what this version cannot compute.
  package func plan(_ question: Question, context: TimeContext) throws(Problem) -> Plan {
    if case .list(.values(let dimension)) = question.subject { return try members(of: dimension, question, context) }
    guard !question.measures.isEmpty else { throw .unsupported("plan of this subject") }
    var question = opened(question)
    addParentGroup(to: &question)
    let measures = allMeasures(question)
    try check(question, measures)
    var read = question
    // A run is found in the units of time; they are no groups of the answer.
    if let streak = question.streak { read.groups.append(.time(streak.grain)) }
    let periods = try periodPlanner(read, measures, context).plan(read)
    if let only = periods.resolved?.only { read.conditions.append(.comparison(.part(only.part), .equal, .number(1))) }
    var assembly = assembly(read, periods, hidden: measures.filter { !question.measures.contains($0) }, context)
    let root = try assembly.build()
    var plan = Plan(
      question: question, period: periods.resolved, comparison: periods.comparison,
      versions: distinct(measures.flatMap(\.metrics)).compactMap(version), root: root, columns: assembly.columns,
      sources: assembly.builder.sources,
      notices: periods.notices + definitionNotices(question, measures, periods) + followNotices(measures, periods.this) + shareNotices(question, measures)
        + foldNotices(question, assembly) + streakNotices(question) + boundNotices(question) + widthNotices(question, assembly.builder))
    plan.further = periods.further
    return plan
  }

  /// Members of a dimension: no metric, no time of their own.
  private func members(of dimension: String, _ question: Question, _ context: TimeContext) throws(Problem) -> Plan {
    let periods = try PeriodPlanner(context: context, extent: nil, quietDays: 0, grain: nil).plan(question)
    var assembly = assembly(question, periods, hidden: [], context)
    let root = try assembly.members(of: dimension)
    return Plan(
      question: question, period: periods.resolved, comparison: nil, versions: [], root: root, columns: assembly.columns, sources: [],
      notices: periods.notices)
  }

  private func assembly(
    _ question: Question, _ periods: PlannedPeriods, hidden: [Measure], _ context: TimeContext
  ) -> AnswerAssembly {
    AnswerAssembly(
      question: question, periods: periods, hidden: hidden,
      planPeriods: { (inner) throws(Problem) in try self.periodPlanner(inner, self.allMeasures(inner), context).plan(inner) },
      builder: PlanBuilder(dictionary: dictionary, coverage: coverage, context: context, ranges: ranges, rollups: rollups))
  }

  /// The step that gives the least and the greatest value of a dimension among the rows that a question reads.
  package func extent(of dimension: String, in question: Question, context: TimeContext) throws(Problem) -> PlanStep {
    // A fold reads what its units have: a window within it looks at no day beside them.
    let measures = question.measures.map { measure in
      let isOver = measure.fold?.over.contains(.dimension(dimension)) ?? false
      return Measure(measure.metric, conditions: measure.conditions, beside: measure.beside, fold: isOver ? nil : measure.fold)
    }
    var asked = Question(
      subject: .measures(measures),
      groups: [.dimension(dimension)], conditions: question.conditions, period: question.period)
    asked.order = [Ordering(.group(.dimension(dimension)), descending: false)]
    // A fair comparison reads fewer days than were asked for, and has no ranges beyond what it reads.
    let periods = try periodPlanner(question, allMeasures(question), context).plan(question)
    if let this = periods.this, this != periods.resolved?.period, let start = this.start, let last = this.last {
      asked.period = .range(.absolute(.day(start)), .absolute(.day(last)))
    }
    let root = try plan(asked, context: context).root
    let key = root.value(Grouping.dimension(dimension).columnName)
    func end(_ name: String, _ function: Aggregate.Function) -> PlanOutput {
      PlanOutput(name, PlanValue(.aggregate(function, key.expression, filter: nil), key.type))
    }
    let select = PlanSelect(columns: [end("least", .minimum), end("greatest", .maximum)], source: .step(root), groupedBy: 0)
    return PlanStep(
      name: "ends", note: .extent(of: dimension), operation: .select(select),
      columns: select.columns.map { StepColumn($0.name, $0.value.type) })
  }

  /// Widths of ranges that the data suggested.
  private func widthNotices(_ question: Question, _ builder: PlanBuilder) -> [Notice] {
    question.groups.compactMap { group in
      guard case .bucket(let name, nil) = group, ranges[name] != nil else { return nil }
      return .bucketWidth(dimension: name, width: builder.chosenWidth(name))
    }
  }

  // MARK: What is measured

  /// The measures asked for, then metrics that only a threshold or ranking names.
  private func allMeasures(_ question: Question) -> [Measure] { Self.measuresNamed(by: question).map(opened) }

  /// A metric whose formula is an aggregate of aggregates, as a fold of the metric within.
  private func opened(_ measure: Measure) -> Measure {
    guard measure.isPlain, case .folded(let formula)? = dictionary.metric(measure.metric)?.formula else { return measure }
    var opened = measure
    (opened.fold, opened.folded) = (Fold(formula), formula.metric)
    return opened
  }

  private func opened(_ question: Question) -> Question {
    guard case .measures(let measures) = question.subject else { return question }
    var opened = question
    opened.subject = .measures(measures.map(self.opened))
    return opened
  }

  static func measuresNamed(by question: Question) -> [Measure] {
    var measures = question.measures
    var named = (question.thresholds + question.tests + (question.streak?.conditions ?? [])).map(\.quantity.metric)
    if let by = question.ranking?.by { named.append(by.metric) }
    for order in question.order { if case .quantity(let quantity) = order.key { named.append(quantity.metric) } }
    for name in named where !measures.contains(where: { $0.metric == name }) { measures.append(Measure(name)) }
    return measures
  }

  /// `share of region` needs the region beside each row.
  private func addParentGroup(to question: inout Question) {
    guard case .parent(let parent)? = question.share?.of, !question.groups.contains(.dimension(parent)) else { return }
    let place = question.groups.firstIndex { if case .dimension = $0 { true } else { false } } ?? question.groups.count
    question.groups.insert(.dimension(parent), at: place)
  }

  private func version(_ name: String) -> PlannedMetric? {
    dictionary.metric(name).map { PlannedMetric(name: name, version: $0.current.number) }
  }

  func distinct<T: Hashable>(_ items: [T]) -> [T] {
    var seen: Set<T> = []
    return items.filter { seen.insert($0).inserted }
  }

  // MARK: Checks

  private func check(_ question: Question, _ measures: [Measure]) throws(Problem) {
    for measure in measures {
      guard let metric = dictionary.metric(measure.metric) else {
        throw .unknownName(measure.metric, kind: .metric, nearest: [])
      }
      try checkAllowed(metric, question)
      for name in measure.metrics { try checkRequired(name, measure, question) }
    }
    // The hours that end a period would have to move with it, and an average over days would count parts of days as days.
    if question.conditions.contains(where: \.testsClockHour) {
      let isCompared = [question.comparison, question.further].contains { $0.map { !$0.isOfMembers } ?? false }
      let over = measures.compactMap(\.fold).flatMap(\.allOver)
      if isCompared || question.streak != nil || over.contains(where: { $0.isTime && $0 != .time(.hour) }) {
        throw .unsupported("period within days")
      }
    }
    let growth = (question.thresholds + question.tests + (question.streak?.conditions ?? [])).map(\.quantity) + [question.ranking?.by].compactMap { $0 }
    for quantity in growth where question.comparison == nil {
      switch quantity {
      case .growth: throw .unsupported("growth without a comparison")
      case .change: throw .unsupported("change without a comparison")
      case .metric, .share: continue
      }
    }
  }

  private func checkAllowed(_ metric: Metric, _ question: Question) throws(Problem) {
    guard let allowed = metric.allowedDimensions else { return }
    for name in question.groups.compactMap(\.dimension) where !allowed.contains(name) {
      throw .unreachable(
        metric: metric.name, dimension: name, reachable: Reachability(dictionary).dimensions(of: metric))
    }
  }

  // MARK: Time

  private func periodPlanner(_ question: Question, _ measures: [Measure], _ context: TimeContext) -> PeriodPlanner {
    let tables = measures.flatMap(\.metrics).flatMap { FormulaTables.timed(of: $0, in: dictionary) }
    // The load may have stopped before today; a stop no longer than the data's own quiet days is none. The densest table
    // tells: a day without orders says more than one without refunds.
    let quiet = tables.compactMap { coverage.extent(of: $0, in: dictionary.schema) }.filter { $0.last != nil }.map(\.longestQuiet).min() ?? 0
    let grains = question.groups.compactMap { if case .time(let grain) = $0 { grain } else { nil } }
    var planner = PeriodPlanner(
      context: context, extent: extent(of: tables, context), quietDays: quiet, grain: grains.min())
    planner.wholeUnits = WholeUnits(measures.flatMap(\.metrics) + question.conditions.compactMap(\.decidingMetric), in: dictionary)
    planner.wholeUnits?.isAlone = tables.allSatisfy { dictionary.schema[$0.table]?.spans != nil }
    return planner
  }

  /// The days that there is data of. A row for a whole month is of its first day in the table, which is no day that data stops.
  private func extent(of tables: [TimedTable], _ context: TimeContext) -> Period? {
    let dated = tables.filter { dictionary.schema[$0.table]?.spans == nil }
    if !dated.isEmpty || tables.isEmpty { return coverage.extent(of: dated, in: dictionary.schema) }
    let extent = coverage.extent(of: tables, in: dictionary.schema)
    guard let extent, let last = extent.last, let grain = tables.compactMap({ dictionary.schema[$0.table]?.spans }).max() else { return extent }
    let unit = grain.start(of: last, weekStart: context.calendar.weekStart)
    return Period(extent.start, grain.advance(unit, by: 1))
  }

  /// Who signed up a day before the data ends can't be known to come back within seven.
  private func followNotices(_ measures: [Measure], _ period: Period?) -> [Notice] {
    distinct(
      measures.flatMap { measure -> [Notice] in
        let leaves = (try? FormulaExpander(dictionary: dictionary).expand(measure))?.leaves ?? []
        return leaves.compactMap { leaf in
          // Without a limit there is nothing to wait for.
          guard let follow = leaf.key.follow, let days = follow.window?.days?.upperBound, let last = coverage.tables[follow.to.head]?.last
          else { return nil }
          let from = last.adding(days: 1 - days)
          if let end = period?.end, end <= from { return nil }
          return .followUnfinished(metric: leaf.metric, days: days, from: max(from, period?.start ?? from), lastDay: last)
        }
      })
  }

  /// A mean over stores counts those that have rows, and a mean of ratios is not the ratio of the whole. How many days were of
  /// zero the rows tell.
  private func foldNotices(_ question: Question, _ assembly: AnswerAssembly) -> [Notice] {
    question.measures.flatMap { measure -> [Notice] in
      let isRatio = MetricTyping(dictionary).additivity(of: measure.source) == .nonAdditive || measure.beside?.operation == .ratio
      if measure.moving != nil, isRatio { return [.meanOfValues(metric: measure.metric)] }
      guard let fold = measure.fold else { return [] }
      var over = assembly.units[measure] == nil ? fold.over : fold.over.filter { !$0.isOfTime }
      if let inner = fold.inner.first {
        let cut = Cut(groups: question.groups + fold.over, conditions: question.conditions, period: assembly.periods.this)
        let own = Measure(measure.source, conditions: measure.conditions, beside: measure.beside, fold: inner)
        let isFilled = (try? assembly.builder.foldedDays(own, cut)) != nil
        over = inner.over.filter { !isFilled || !$0.isOfTime } + over
      }
      return (over.isEmpty ? [] : [.foldedOverPresent(over)]) + (isRatio && fold.function == .average ? [.meanOfValues(metric: measure.source)] : [])
    }
  }

  /// At most 2 refunds: stores without any have no row to be counted by.
  private func boundNotices(_ question: Question) -> [Notice] {
    let members = question.groups.filter { group in
      switch group {
      case .dimension, .time: !question.countedWithin.contains(group)
      default: false
      }
    }
    let leavesOut = question.thresholds.contains { threshold in
      guard case .metric(let name) = threshold.quantity, case .number(let bound) = threshold.bound,
        MetricTyping(dictionary).additivity(of: name) == .additive
      else { return false }
      return switch threshold.comparator {
      case .less: bound > 0
      case .atMost: bound >= 0
      case .equal: bound == 0
      default: false
      }
    }
    return leavesOut && !members.isEmpty ? [.noneNotListed(members)] : []
  }

  private func streakNotices(_ question: Question) -> [Notice] {
    question.streak.map { [.foldedOverPresent([.time($0.grain)])] } ?? []
  }

  /// Shares of distinct counts overlap.
  private func shareNotices(_ question: Question, _ measures: [Measure]) -> [Notice] {
    guard question.share != nil else { return [] }
    return distinct(measures.map(\.metric)).filter { name in
      guard case .aggregate(let aggregate)? = dictionary.metric(name)?.formula else { return false }
      return aggregate.function == .countDistinct
    }.map { .overlappingParts(metric: $0) }
  }
}
