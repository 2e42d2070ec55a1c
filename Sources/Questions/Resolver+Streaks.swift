import CivilTime
import Metrics
import SourceText

/// Runs of units of time in which something held, and the place of a member among all.
extension Resolver {
  // MARK: Runs

  /// `run 3 month growth(net_sales) < 0, orders > 100`, `run all month net_sales > 5000`, in templates also
  /// `run 3 month, orders > 100` and `run rising month growth(net_sales) > 0`
  func streak(_ clause: Clause) throws(Problem) -> Streak {
    guard let item = clause.items.first, item.count > 1, item.count > 2 || clause.items.count > 1,
      let grain = Grain(rawValue: item[1].plainText), grain != .hour
    else { throw .badNotation(offset: 0, expected: "a number of units of time and what held in each") }
    var count: Int?
    if case .number(let number) = item[0], number >= 1, number <= 1000, number == number.rounded() {
      count = Int(number)
    } else if item[0] != .symbol("all"), item[0] != .symbol("rising") {
      throw .badNotation(offset: 0, expected: "a number of units of time, or all")
    }
    var conditions: [Threshold] = []
    if item.count > 2 { conditions.append(try threshold(Array(item.dropFirst(2)))) }
    for more in clause.items.dropFirst() { conditions.append(try threshold(more)) }
    return Streak(count, grain, conditions)
  }

  /// Growth in each unit is against the one just before, unless another base is said. Without a period the run is the latest:
  /// that many whole units. Up to October it is the latest that ends with October.
  func addStreak(_ parts: Parts, _ question: inout Question) throws(Problem) {
    guard var streak = parts.streaks.first else { return }
    if Self.unique(parts.streaks).count > 1 { throw .unsupported("several runs") }
    streak.conditions = ordered(Self.unique(streak.conditions.map { $0.on(question.measures[0]) }))
    question.streak = streak
    if streak.needsBase, question.comparison == nil { question.comparison = Comparison(.previous) }
    // Rising in July, September and October: what became of August is not asked about, and without it nothing runs on.
    let stretches = (try? question.period?.resolve(context))??.stretches ?? []
    if zip(stretches, stretches.dropFirst()).contains(where: { $0.end != $1.start }) { throw .unsupported("run over days apart") }
    guard let count = streak.count else {
      if question.period == nil, streak.needsBase { throw .unsupported("every unit of no period") }
      if parts.isRising { question.period = try behindTheFirst(streak.grain, question.period) }
      return
    }
    switch question.period {
    case nil: question.period = .last(count, streak.grain)
    case .through?, .before?: question.period = try ending(question.period!, count, streak.grain)
    default: return
    }
  }

  /// So many units of which the last ends with the time given; units that are not over are none.
  private func ending(_ time: TimeExpression, _ count: Int, _ grain: Grain) throws(Problem) -> TimeExpression {
    guard let end = (try? time.resolve(context))?.period.end else { return time }
    let past = grain.start(of: min(end, context.today), weekStart: context.calendar.weekStart)
    return try range(of: grain, from: grain.advance(past, by: -count), until: past)
  }

  /// Each higher than the one before it, from July to October: August is the first that has one.
  private func behindTheFirst(_ grain: Grain, _ time: TimeExpression?) throws(Problem) -> TimeExpression? {
    guard let period = time.flatMap({ try? $0.resolve(context).period }), let start = period.start else { return time }
    let weekStart = context.calendar.weekStart
    var first = grain.start(of: start, weekStart: weekStart)
    if first < start { first = grain.advance(first, by: 1) }
    let past = grain.start(of: min(period.end ?? context.today, context.today), weekStart: weekStart)
    return try range(of: grain, from: grain.advance(first, by: 1), until: past)
  }

  private func range(of grain: Grain, from start: Day, until end: Day) throws(Problem) -> TimeExpression {
    guard start < end, let first = CalendarUnit(grain.label(of: start)), let last = CalendarUnit(grain.label(of: grain.advance(end, by: -1)))
    else { throw .unsupported("run longer than its period") }
    return first == last ? .absolute(first) : .range(.absolute(first), .absolute(last))
  }

  func checkStreak(_ question: Question) throws(Problem) {
    guard let streak = question.streak else { return }
    if let count = streak.count, count < 2 { throw .unsupported("run of one") }
    let isAlone =
      question.thresholds.isEmpty && question.share == nil && question.ranking == nil && question.order.isEmpty
      && question.tests.isEmpty && question.further == nil && question.placement == nil && question.measures.count == 1
      && question.measures[0].isPlain
    guard isAlone else { throw .unsupported("run beside another part") }
    let isCutByMembers = question.groups.allSatisfy { if case .dimension = $0 { true } else { false } }
    guard isCutByMembers else { throw .unsupported("run within units of time") }
    for condition in streak.conditions {
      if case .share = condition.quantity { throw .unsupported("run beside another part") }
      guard case .number = condition.bound else { throw .unsupported("run beside another part") }
    }
    switch question.comparison?.base {
    case nil: return
    case .yearBefore?, .previous?, .shifted?: if !streak.needsBase { throw .unsupported("run beside another part") }
    case .period?, .members?: throw .unsupported("run beside another part")
    }
  }

  // MARK: Places

  /// 上海销售额排第几: the member that was named is not what the rows are limited to, but the one whose place is asked for.
  func addPlacement(_ parts: Parts, _ question: inout Question) throws(Problem) {
    var placed = Self.canonical(parts.placements)
    if parts.asksPlace {
      guard placed.isEmpty else { throw .unsupported("places of several kinds") }
      let index = try memberAsked(question)
      placed = [question.conditions.remove(at: index)]
    }
    guard !placed.isEmpty else { return }
    guard placed.count == 1, let (field, values, negated) = Self.members(placed[0]), !negated, case .dimension(let name) = field else {
      throw .unsupported("places of several kinds")
    }
    question.placement = Placement(name, values)
    // 门店销售额排名，南山店第几: the order that gives the places.
    if question.order == [Ordering(.quantity(.metric(question.measures[0].metric)), descending: true)] { question.order = [] }
    if !question.groups.contains(.dimension(name)) { question.groups.append(.dimension(name)) }
  }

  /// The one member named; among several, that of the dimension the answer is cut by, or the finest of one hierarchy.
  private func memberAsked(_ question: Question) throws(Problem) -> Int {
    let named = question.conditions.indices.filter { index in
      guard let (field, _, negated) = Self.members(question.conditions[index]), !negated, case .dimension = field else { return false }
      return true
    }
    func name(_ index: Int) -> String {
      if case .dimension(let name)? = question.conditions[index].field { name } else { "" }
    }
    let cut = named.filter { question.groups.contains(.dimension(name($0))) }
    if cut.count == 1 { return cut[0] }
    if named.count == 1 { return named[0] }
    let levels = named.compactMap { index in dictionary.hierarchy(of: name(index)).map { (index, $0.hierarchy.name, $0.level) } }
    guard cut.isEmpty, !named.isEmpty, levels.count == named.count, Set(levels.map(\.1)).count == 1,
      let finest = levels.max(by: { $0.2 < $1.2 })
    else { throw .unsupported(named.isEmpty ? "place of nobody" : "places of several kinds") }
    return finest.0
  }

  func checkPlacement(_ question: Question) throws(Problem) {
    guard let placement = question.placement else { return }
    let isAlone =
      question.thresholds.isEmpty && question.share == nil && question.ranking == nil && question.order.isEmpty
      && question.tests.isEmpty && question.comparison == nil && question.further == nil && !question.isCounted
      && question.measures.count == 1 && !question.measures[0].isRunning
    guard isAlone else { throw .unsupported("place beside another part") }
    guard question.groups.contains(.dimension(placement.dimension)),
      question.groups.allSatisfy({ $0.isTime || $0 == .dimension(placement.dimension) })
    else { throw .unsupported("place within groups") }
    if question.conditions.contains(where: { $0.field == .dimension(placement.dimension) }) {
      throw .unsupported("places of several kinds")
    }
  }
}
