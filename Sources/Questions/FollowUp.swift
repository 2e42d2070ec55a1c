import CivilTime
import Metrics
import SourceText

/// Joins a follow-up with the question before it: 那华北呢, 换成上季度, and the profit?
///
/// Grammars mark follow-ups with clauses of their own: `follow` (那…呢, and …), `only` (只看), `also-measure m` and
/// `also-by d` (再加上), `also-where c` (和华南比), `drop-measure m`, `drop-where d`, `drop-by d` and `drop-part compare` (去掉), `reverse` (反过来), `about-it definition`
/// (它怎么算的), `those` (它们), `pick 1` (只看第一个), `drill down` (下钻) and `back` (回到上一个). A text without a metric and without a mark is
/// a follow-up too, if there is something to follow; a text with a metric and without a mark starts afresh.
package struct FollowUp: Sendable {
  package var resolver: Resolver
  var dictionary: MetricDictionary { resolver.dictionary }

  package init(_ resolver: Resolver) { self.resolver = resolver }

  private static let marks: Set<String> = ["follow", "only", "also-measure", "also-by", "also-where", "drop-where", "drop-by", "drop-measure",
    "drop-part", "also-having", "about-it", "those", "pick", "back", "reverse", "backwards", "drill"]
  private static let subjects: Set<String> = ["measure", "about", "list"]

  /// The question that the clauses `said` ask after `thread`.
  package func question(_ said: [Clause], after thread: Thread) throws(Problem) -> Question {
    let clauses = Merit(dictionary, after: thread.last?.question).settled(said)
    if let step = clauses.first(where: { $0.keyword == "back" }) { return try goneBack(step, clauses, thread) }
    let previous = thread.last?.question
    let marked = clauses.contains { Self.marks.contains($0.keyword) }
    let plain = clauses.filter { !Self.marks.contains($0.keyword) }
    let hasSubject = clauses.contains { Self.subjects.contains($0.keyword) }
    if !marked {
      if hasSubject || previous == nil { return try resolver.question(from: clauses) }
      // A threshold or a ranking names its metric: 利润最高的5个省份 is whole without a measure clause.
      // 达标了吗, after a metric: whether that one was; it names none itself.
      let asksOfIt = previous?.measures.isEmpty == false && clauses.allSatisfy { $0.keyword == "test" } && Targets.leaveOpen(clauses)
      // A distribution does not: 订单金额分布 after the orders of a region is theirs.
      let isSpread = previous?.measures.isEmpty == false && clauses.contains { $0.keyword == "spread" }
      // 按销售额从高到低: an order by itself orders what there is.
      let isOrder = previous?.groups.isEmpty == false && clauses.allSatisfy { ["sort", "backwards"].contains($0.keyword) }
      if !asksOfIt, !isSpread, !isOrder, let whole = try? resolver.question(from: clauses) { return whole }
    }
    guard let previous, !previous.measures.isEmpty else {
      // "and the profit by region?" as a first question loses nothing by its "and"; 那上海呢 does.
      // "Only online orders last month" narrows nothing yet, and says all it means.
      // "Orders per store format and their average value": theirs who stand in the same sentence.
      let own: Set<String> = clauses.contains { $0.keyword == "by" } ? ["follow", "only", "those"] : ["follow", "only"]
      if thread == .none, hasSubject, clauses.allSatisfy({ own.contains($0.keyword) || !Self.marks.contains($0.keyword) }) {
        return try resolver.question(from: plain)
      }
      throw .noContext
    }
    if let aspect = clauses.first(where: { $0.keyword == "about-it" })?.items.first, plain.isEmpty {
      // how is it calculated: the metrics of the question before.
      let metrics = previous.measures.map { [Term.symbol($0.metric)] }
      return try resolver.question(from: [Clause("about", [aspect + (metrics.first ?? [])] + metrics.dropFirst())])
    }
    if clauses.contains(where: { ["about", "list"].contains($0.keyword) }) { return try resolver.question(from: plain) }
    if Self.asksTotal(clauses) { return try total(of: previous) }
    // 线上的加起来: first narrowed, then added up.
    if clauses.contains(where: { $0.keyword == "together" }), !clauses.contains(where: { ["by", "also-by", "measure"].contains($0.keyword) }) {
      let rest = clauses.filter { $0.keyword != "together" }
      return try total(of: overlaid(previous, with: rest, rows: thread.last?.rows))
    }
    if let between = betweenTurns(clauses, thread) { return try resolver.question(from: QuestionText.clauses(of: between)) }
    return try overlaid(previous, with: clauses, rows: thread.last?.rows)
  }

  /// 回到上一个: the question before the last, as it was or with what else is said.
  private func goneBack(_ step: Clause, _ clauses: [Clause], _ thread: Thread) throws(Problem) -> Question {
    let isFirst = step.items.first?.first == .symbol("first")
    guard let turn = isFirst ? thread.turns.first : thread.before else { throw .noContext }
    let rest = clauses.filter { $0.keyword != "back" && $0.keyword != "follow" }
    return rest.isEmpty ? turn.question : try overlaid(turn.question, with: rest, rows: turn.rows)
  }

  private func overlaid(_ previous: Question, with said: [Clause], rows: [[Thread.Member]]?) throws(Problem) -> Question {
    var question = previous
    var clauses = said
    // "by profit instead": what the ranking goes by, and what is shown.
    if !clauses.contains(where: { ["top", "bottom", "rank", "measure"].contains($0.keyword) }) {
      clauses = clauses.map { $0.keyword == "rank-by" ? Clause("measure", $0.items) : $0 }
      if clauses.contains(where: { $0.keyword == "measure" }) { question.ranking?.by = nil }
    }
    let shown = ShownRows(rows: rows)
    if Self.staysWithRows(said, behind: question) { try? shown.keepAll(&question, alone: said.allSatisfy(Self.leavesRows)) }
    if clauses.contains(where: { $0.keyword == "those" }) { try shown.keepAll(&question, alone: clauses.allSatisfy(Self.leavesRows)) }
    if let pick = clauses.first(where: { $0.keyword == "pick" }) { try shown.keep(pick, &question) }
    for clause in clauses { try drop(clause, from: &question) }
    try drill(clauses, &question)
    try join(clauses, &question)
    try bound(clauses, &question)
    let addition = try part(clauses, of: question)
    try overlayMeasures(&question, clauses, addition)
    try overlayGroups(&question, clauses, addition)
    overlayConditions(&question, addition, narrowing: clauses.contains { $0.keyword == "only" })
    if let period = addition.period {
      // 今年每个月的, after a quarter: all months of the year.
      let isCutInTime = addition.groups.contains(where: \.isTime)
      let isNarrowed = clauses.contains { $0.keyword == "only" }
      question.period = isNarrowed ? Self.within(question.period, period) ?? period
        : isCutInTime ? period : Self.inYear(period, question.period) ?? period
    }
    if addition.comparison != nil { (question.comparison, question.further) = (addition.comparison, addition.further) }
    overlayVerdicts(&question, clauses, addition)
    if addition.share != nil { question.share = addition.share }
    if addition.streak != nil { question.streak = addition.streak }
    if addition.placement != nil { question.placement = addition.placement }
    if addition.asOf != nil || clauses.contains(Resolver.currentDefinitions) { question.asOf = addition.asOf }
    if addition.ranking != nil { question.ranking = addition.ranking }
    if !addition.order.isEmpty { question.order = addition.order }
    if clauses.contains(where: { ["reverse", "backwards"].contains($0.keyword) }) { try reverse(&question) }
    for threshold in addition.thresholds where !question.thresholds.contains(threshold) {
      question.thresholds.append(threshold)
    }
    // Printing and reading back checks the whole and brings it into canonical shape.
    return try resolver.question(from: QuestionText.clauses(of: question) + clauses.filter { $0.keyword == "split" })
  }

  /// The follow-up's own clauses as a question, under the previous metrics if it names none.
  private func part(_ clauses: [Clause], of previous: Question) throws(Problem) -> Question {
    let (measures, groups) = (previous.measures, previous.groups)
    // Side by side is meant of the whole, not of what is added.
    var own = clauses.filter { !Self.marks.contains($0.keyword) && $0.keyword != "split" }
    if !own.contains(where: { $0.keyword == "measure" }) {
      own.insert(Clause("measure", measures.map(QuestionText.measure)), at: 0)
    }
    // The 30 days before lie before the period there is.
    // So do the days that are left out, and what is asked of every month is asked of that period's.
    let leansOnPeriod = own.contains { clause in
      ["preceding", "without"].contains(clause.keyword) || clause.keyword == "run" && clause.items.first?.first.map { if case .number = $0 { false } else { true } } ?? false
    }
    if let period = previous.period, leansOnPeriod, !own.contains(where: { $0.keyword == "during" }) {
      own.append(Clause("during", [[TimeNotation.term(of: period)]]))
    }
    // A share of nothing else is a share of the whole question.
    let isShare = groups.isEmpty && own.contains(Clause("share", []))
    if isShare { own.removeAll { $0.keyword == "share" } }
    // A ranking, a share or a bound needs groups; the previous question's are lent for reading it.
    let lends =
      own.contains { ["top", "bottom", "rank", "rank-by", "share", "having", "count"].contains($0.keyword) }
      && !own.contains { $0.keyword == "by" }
    if lends, !groups.isEmpty { own.append(Clause("by", groups.map { [QuestionText.grouping($0)] })) }
    var question = try resolver.question(from: own)
    // Groups that were not asked for in words (values named one by one) do not replace what the answer was cut by.
    let asked = ["by", "loose-by", "trend", "split"]
    if lends || !groups.isEmpty && !own.contains(where: { asked.contains($0.keyword) }) { question.groups = [] }
    if isShare { question.share = Share(.total) }
    return question
  }

  /// 反过来: the best become the worst, or the rows run the other way.
  private func reverse(_ question: inout Question) throws(Problem) {
    guard !question.groups.isEmpty else { throw .unsupported("order without by") }
    if let direction = question.ranking?.direction { question.ranking?.direction = direction == .top ? .bottom : .top }
    let order = question.order.isEmpty && question.ranking == nil
      ? [Ordering(.quantity(.metric(question.measures[0].metric)), descending: true)] : question.order
    question.order = order.map { Ordering($0.key, descending: !$0.descending) }
  }

  // MARK: Slots

  private func overlayMeasures(_ question: inout Question, _ clauses: [Clause], _ addition: Question) throws(Problem) {
    question.subject = .measures(withoutSides(question.measures, for: addition.conditions))
    if clauses.contains(where: { $0.keyword == "measure" }) {
      question.subject = .measures(onSides(addition.measures, of: question.measures))
      question.order = []
    } else if addition.measures != asRead(question.measures) {
      // 占支付金额的比例, 除以订单数: what the follow-up makes of the metrics there are.
      question.subject = .measures(addition.measures)
      question.order = []
    }
    var measures = question.measures
    for item in clauses.filter({ $0.keyword == "also-measure" }).flatMap(\.items) {
      let measure = try resolver.measure(item)
      if !measures.contains(measure) { measures.append(measure) }
    }
    question.subject = .measures(measures)
  }

  /// Measures as their own notation is read again, which is how a follow-up without a metric gets them.
  private func asRead(_ measures: [Measure]) -> [Measure] {
    let items = measures.map(QuestionText.measure)
    return (try? resolver.question(from: [Clause("measure", items)]))?.measures ?? measures
  }

  private func overlayGroups(_ question: inout Question, _ clauses: [Clause], _ addition: Question) throws(Problem) {
    let isCut = !addition.groups.isEmpty || clauses.contains { $0.keyword == "also-by" }
    // How many stores, by region: the number of regions is another one.
    if question.isCounted, isCut, !addition.isCounted {
      guard question.countedWithin.isEmpty, question.ranking == nil else { throw .unsupported("count within groups") }
      let within = addition.groups + clauses.filter { $0.keyword == "also-by" }.flatMap(\.items).compactMap { try? resolver.grouping($0) }
      question.countedWithin = within.filter { !question.groups.contains($0) }
      guard question.countedWithin.count == within.count else { throw .unsupported("count within groups") }
      question.groups = question.countedWithin + question.groups
      question.order = []
      return
    }
    if !addition.groups.isEmpty {
      // 近半年的趋势 after 各大区: over time, in the groups there are.
      let hadTime = question.groups.allSatisfy(\.isTime)
      let isTrend = clauses.contains { $0.keyword == "trend" } && !clauses.contains { $0.keyword == "by" }
      // Of the period that was asked about: one month runs by day, since by month it would be one point.
      let added = isTrend && addition.period == nil ? [resolver.trendGrain(question.period)] + addition.groups.filter { !$0.isTime } : addition.groups
      question.groups = added + (isTrend ? question.groups.filter { !$0.isTime } : [])
      // 各大区 after 华东: all of them, for one alone is no cut.
      question.conditions.removeAll { condition in
        guard case .comparison(.dimension(let name), .equal, _) = condition else { return false }
        return !isTrend && addition.groups.contains(.dimension(name))
      }
      question.order = []
      // The first five stores are no first five months.
      let isOtherKind = question.groups.allSatisfy(\.isTime) != hadTime
      if let ranking = question.ranking, isOtherKind || !ranking.within.allSatisfy(question.groups.contains) { question.ranking = nil }
    }
    for item in clauses.filter({ $0.keyword == "also-by" }).flatMap(\.items) {
      if let group = try? resolver.grouping(item), !question.groups.contains(group) { question.groups.append(group) }
    }
  }

  /// A condition takes the place of one on the same field; on another level of the same hierarchy too, unless it narrows.
  private func overlayConditions(_ question: inout Question, _ addition: Question, narrowing: Bool) {
    for condition in addition.conditions {
      // 那北京呢, after the place of 上海.
      if let place = question.placement, let said = Resolver.members(condition), !said.negated, said.field == .dimension(place.dimension) {
        question.placement = Placement(place.dimension, said.values)
        continue
      }
      guard let field = condition.field else {
        question.conditions.append(condition)
        continue
      }
      if let excluded = Resolver.members(condition), excluded.negated {
        // 不要线上 after 线上和线下 leaves 线下; after 线上 alone it takes the condition back.
        let kept = Condition.oneOf(excluded.field, excluded.values, negated: false)
        if let rest = Self.without(kept, question.conditions) { question.conditions = rest } else { question.conditions.append(condition) }
        continue
      }
      question.conditions.removeAll { old in
        guard let other = old.field else { return false }
        return other == field || !narrowing && sameHierarchy(other, field)
      }
      question.conditions.append(condition)
    }
  }

  private func sameHierarchy(_ a: Field, _ b: Field) -> Bool {
    guard case .dimension(let a) = a, case .dimension(let b) = b, let left = dictionary.hierarchy(of: a),
      let right = dictionary.hierarchy(of: b)
    else { return false }
    return left.hierarchy == right.hierarchy
  }

  /// 和华南比: the value named joins those of the question before.
  private func join(_ clauses: [Clause], _ question: inout Question) throws(Problem) {
    for clause in clauses where clause.keyword == "also-where" {
      for condition in try resolver.conditions(clause.items) {
        guard question.conditions.contains(where: { $0.field == condition.field && $0.field != nil }) else {
          throw .noContext
        }
        question.conditions.append(condition)
      }
    }
  }

  /// 超过100的有哪些: of the first metric there is; with words that name another thing it may be meant of, it says too little.
  private func bound(_ clauses: [Clause], _ question: inout Question) throws(Problem) {
    let bounds = clauses.filter { $0.keyword == "also-having" }
    if bounds.isEmpty { return }
    guard !clauses.contains(where: { ["measure", "compare", "share"].contains($0.keyword) }), let measure = question.measures.first
    else { throw .noContext }
    for item in bounds.flatMap(\.items) {
      question.thresholds.append(try resolver.threshold(item, of: measure).on(measure))
    }
  }

  /// 毛利率呢, after the five best products: theirs, not the five of the best margin. Cut otherwise (退款原因分布), what a
  /// ranking chose stays chosen.
  private static func staysWithRows(_ clauses: [Clause], behind question: Question) -> Bool {
    guard question.ranking != nil, question.groups.count == 1 else { return false }
    if clauses.allSatisfy({ ["follow", "measure"].contains($0.keyword) }) { return clauses.contains { $0.keyword == "measure" } }
    let isCut = clauses.contains { ["by", "spread"].contains($0.keyword) }
    return isCut && clauses.contains { ["share", "spread"].contains($0.keyword) }
      && !clauses.contains { ["top", "bottom", "rank", "rank-by"].contains($0.keyword) }
  }

  /// Whether a clause leaves the rows as they are: other metrics of the same groups, periods and conditions.
  private static func leavesRows(_ clause: Clause) -> Bool { ["those", "follow", "measure", "also-measure"].contains(clause.keyword) }
}

extension Condition {
  /// The one field a condition tests, nil for combinations.
  package var field: Field? {
    switch self {
    case .comparison(let field, _, _), .oneOf(let field, _, _), .between(let field, _, _), .matches(let field, _, _, _),
      .missing(let field, _):
      field
    case .among(let dimension, _, _, _), .selected(let dimension, _, _): .dimension(dimension)
    case .not(let inner): inner.field
    case .any, .all: nil
    }
  }
}
