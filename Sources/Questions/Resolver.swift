import CivilTime
import Metrics
import SourceText

/// Turns clauses into a Question: looks every name up, joins what several phrases said, and infers what goes without saying.
///
/// Clauses come from two sides, the written notation and the grammar's templates; both are read here and nowhere else.
/// Beyond the canonical clauses, templates may use `member(dimension, values…)` for a named value, `not(…)` round
/// conditions, `trend` for "over time", `split` for "the named values side by side", `rank top 5 by gmv` where the
/// direction is a word (`rank top 5 of city` names what is ranked; other groups are what it is done within; `of all` ranks all rows), `within
/// region` for shares, `growth` for a growth whose base stands elsewhere, `rank-by profit` for what a ranking said elsewhere goes by,
/// `ratio-of revenue` for a metric divided by another, `together` for values named one by one but asked for as one,
/// `best top gmv` for a list in an order whose direction is a word, `versus a, b` for two periods in either order, `sort * desc` and
/// `having * > 5` for the value, `where of(d, c)` for a condition on the table that d stands on, and `unsupported cause`
/// for what nobody can answer yet.
package struct Resolver: Sendable {
  package let dictionary: MetricDictionary
  package let context: TimeContext

  package init(dictionary: MetricDictionary, context: TimeContext) {
    self.dictionary = dictionary
    self.context = context
  }

  /// Reads written notation: `measure gmv | by city | during month(-1)`.
  package func question(notation: String) throws(Problem) -> Question {
    do {
      return try question(from: TermReader.clauses(notation))
    } catch let failure as TermReader.Failure {
      throw .badNotation(offset: failure.offset, expected: failure.expected)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw .badNotation(offset: 0, expected: "notation")
    }
  }

  /// The question that these clauses ask together, in whatever order they stand.
  package func question(from clauses: [Clause]) throws(Problem) -> Question {
    var parts = Parts()
    for clause in clauses { try read(clause, into: &parts) }
    try keepApart(clauses)
    return try assemble(parts)
  }

  /// What was collected from clauses before it becomes a question.
  struct Parts {
    var subject: Subject?
    var measures: [Measure] = []
    var groups: [Grouping] = []
    var conditions: [Condition] = []
    var periods: [TimeExpression] = []
    var comparisons: [Comparison] = []
    var thresholds: [Threshold] = []
    var shares: [Share] = []
    var rankings: [Ranking] = []
    var order: [PartialOrdering] = []
    var trend = false
    var split = false
    var versus: [TimeExpression] = []
    var against: [TimeExpression] = []
    /// Dimensions typed side by side with a metric, without a word that says "by".
    var looseGroups: [Grouping] = []
    /// Values of one field named one by one (华东和华北): each is asked for.
    var namedApart: [Grouping] = []
    /// Rankings as said, with the groups that are ranked; the other groups are what it is done within.
    var ranks: [(ranking: Ranking, of: [Grouping], overall: Bool)] = []
    var within: [Grouping] = []
    var asksGrowth = false
    /// Values named one by one are asked for as one: combined, in total.
    var together = false
    /// Metrics that the one asked for is to be divided by.
    var ratioOf: [String] = []
    /// What is asked that nothing here can do, by its name in messages: cause, forecast.
    var unsupported: [String] = []
    /// What a ranking said elsewhere goes by.
    var rankBy: [Quantity] = []
  }

  /// An ordering whose key may still be "the value".
  struct PartialOrdering: Hashable {
    var key: Ordering.Key?
    var descending: Bool
  }

  private func read(_ clause: Clause, into parts: inout Parts) throws(Problem) {
    switch clause.keyword {
    case "measure":
      for item in clause.items { let m = try measure(item); if !parts.measures.contains(m) { parts.measures.append(m) } }
    case "about": try readAbout(clause, into: &parts)
    case "list": try readListing(clause, into: &parts)
    case "by":
      for item in clause.items { let g = try grouping(item); if !parts.groups.contains(g) { parts.groups.append(g) } }
    case "where":
      let said = try conditions(clause.items)
      try checkLevels(said)
      parts.conditions += said
      if let field = try fieldNamedApart(clause.items) { parts.namedApart.append(field) }
    case "during":
      let time = try time(clause.items.first ?? [])
      if !parts.periods.contains(time) { parts.periods.append(time) }
    case "compare":
      let comparison = try comparison(clause.items.first ?? [])
      if !parts.comparisons.contains(comparison) { parts.comparisons.append(comparison) }
    case "having":
      for item in clause.items { parts.thresholds.append(try threshold(item)) }
    case "share": parts.shares.append(try share(clause.items))
    case "top", "bottom": parts.rankings.append(try ranking(clause))
    case "sort": for item in clause.items { parts.order.append(try ordering(item)) }
    case "ratio-of": for item in clause.items { parts.ratioOf.append(try metricName(item[0])) }
    case "together": parts.together = true
    case "best": for item in clause.items { parts.order.append(try best(item)) }
    case "rank-by": for item in clause.items { parts.rankBy.append(try quantity(item[0])) }
    case "rank": parts.ranks.append(try rank(clause))
    case "within": for item in clause.items { parts.within.append(try grouping(item)) }
    case "growth": parts.asksGrowth = true
    case "against": parts.against += try clause.items.map { (item) throws(Problem) in try time(item) }
    case "loose-by": for item in clause.items { parts.looseGroups.append(try grouping(item)) }
    case "versus": parts.versus += try clause.items.map { (item) throws(Problem) in try time(item) }
    case "split": parts.split = true
    case "trend": parts.trend = true
    case "unsupported": parts.unsupported += clause.items.compactMap(\.first?.plainText)
    default:
      throw .unknownName(clause.keyword, kind: .clause, nearest: NearMiss.nearest(to: clause.keyword, among: Self.keywords))
    }
  }

  private static let keywords = [
    "measure", "about", "list", "by", "where", "during", "compare", "having", "share", "top", "bottom", "sort",
  ]

  // MARK: Assembling

  private func assemble(_ said: Parts) throws(Problem) -> Question {
    if let what = said.unsupported.min() { throw .unsupported(what) }
    let parts = try rankedBy(said)
    if let subject = parts.subject { return try aside(subject, parts) }
    var measures = parts.measures
    if measures.isEmpty { measures = inferredMeasures(parts) }
    guard !measures.isEmpty else { throw .noMetric(nearest: []) }
    if let divisor = try single(Self.unique(parts.ratioOf), "measure") { measures = [try ratio(measures, divisor)] }
    var question = Question(subject: .measures(measures), groups: parts.groups)
    question.conditions = ordered(Self.canonical(parts.conditions))
    question.comparison = try single(parts.comparisons, "compare")
    (question.period, question.comparison) = try periods(parts, question.comparison)
    question.comparison = sized(question.comparison, question.period)
    question.thresholds = Self.unique(parts.thresholds.map { $0.on(measures[0]) })
    if let share = try single(Self.unique(parts.shares), "share") { question.share = try parent(share, parts) }
    try shareOfWhat(&question)
    question.ranking = try single(Self.unique((parts.rankings + spoken(parts)).map { named($0, measures) }), "top")
    if let ranking = question.ranking, !parts.ranks.isEmpty {
      question.groups = ranking.within + question.groups.filter { !ranking.within.contains($0) }
    }
    question.order = Self.latest(
      parts.order.map { Ordering($0.key ?? .quantity(.metric(measures[0].metric)), descending: $0.descending) })
    try addLooseGroups(parts, &question)
    if parts.split { try splitGroups(&question) }
    if question.groups.isEmpty, question.share == nil, !parts.trend, !parts.together { question.groups = Self.unique(parts.namedApart) }
    if parts.trend, !question.groups.contains(where: \.isTime) { question.groups.insert(trendGrain(question.period), at: 0) }
    if parts.asksGrowth, question.comparison == nil {
      guard let between = ends(question) else { throw growthOfWhat(question) }
      question = between
    }
    try check(question)
    return question
  }

  /// 每个大区前2的城市: the groups beside the ranked one are what the ranking is done within.
  private func spoken(_ parts: Parts) -> [Ranking] {
    parts.ranks.map { rank in
      var ranking = rank.ranking
      // "top 3" of an answer that is cut by several groups: of all its rows, unless it was said within what.
      if rank.overall {
        ranking.within = parts.within
        return ranking
      }
      let ranked = rank.of.isEmpty ? parts.groups.suffix(1) : rank.of[...]
      ranking.within = parts.groups.filter { !ranked.contains($0) }
      return ranking
    }
  }

  /// 每个大区里各城市的占比: a share within a group is a share of that group.
  private func parent(_ share: Share, _ parts: Parts) throws(Problem) -> Share {
    guard share.of == .total, let group = parts.within.first else { return share }
    guard parts.within.count == 1, case .dimension(let name) = group else { throw .unsupported("share within several groups") }
    return Share(.parent(name))
  }

  /// 增长多少, without saying against what: both usual bases, as a choice.
  private func growthOfWhat(_ question: Question) -> Problem {
    guard question.period != nil else { return .unsupported("compare without period") }
    return .ambiguous(
      [Comparison(.yearBefore), Comparison(.previous)].map { comparison in
        var asked = question
        asked.comparison = comparison
        return Choice(question: asked)
      })
  }

  /// Sorted by orders, lowest first: what is said last about a key holds.
  private static func latest(_ order: [Ordering]) -> [Ordering] {
    order.enumerated().filter { place in !order[(place.offset + 1)...].contains { $0.key == place.element.key } }.map(\.element)
  }

  private static func unique<T: Hashable>(_ items: [T]) -> [T] {
    var seen = Set<T>()
    return items.filter { seen.insert($0).inserted }
  }

  private static func described<T>(_ item: T) -> String {
    switch item {
    case let comparison as Comparison: QuestionText.compare(comparison).description
    case let ranking as Ranking: "\(ranking.direction.rawValue) \(ranking.count)"
    default: "\(item)"
    }
  }

  private func single<T: Hashable>(_ items: [T], _ clause: String) throws(Problem) -> T? {
    if items.count > 1 { throw .conflicting(clause, items.map(Self.described)) }
    return items.first
  }

  /// A definition or a list stands alone: a filter beside it would be dropped without a word.
  private func aside(_ subject: Subject, _ parts: Parts) throws(Problem) -> Question {
    let alone =
      parts.measures.isEmpty && parts.groups.isEmpty && parts.conditions.isEmpty && parts.comparisons.isEmpty
      && parts.thresholds.isEmpty && parts.shares.isEmpty && parts.rankings.isEmpty && parts.order.isEmpty
      && parts.periods.isEmpty && parts.against.isEmpty && parts.looseGroups.isEmpty && parts.versus.isEmpty && parts.ranks.isEmpty && parts.within.isEmpty
      && !parts.trend && !parts.asksGrowth
    guard alone else { throw .conflicting("about", ["a question about a metric or a list stands alone"]) }
    return Question(subject: subject)
  }

  /// Of two periods side by side the later is asked for and the earlier is the base, in whatever order they were named.
  private func periods(
    _ parts: Parts, _ comparison: Comparison?
  ) throws(Problem) -> (TimeExpression?, Comparison?) {
    if parts.versus.count == 2, parts.against.isEmpty, parts.periods.isEmpty, comparison == nil {
      let versus = [parts.versus[0], lent(parts.versus[1], by: parts.versus[0])]
      let ordered = isLater(versus[1], versus[0]) ? versus.reversed() : versus
      return (ordered[0], Comparison(.period(ordered[1])))
    }
    if parts.against.count == 1, parts.periods.count == 1, comparison == nil {
      let this = parts.periods[0]
      let base = earlier(parts.against[0], than: this)
      return isLater(base, this) ? (base, Comparison(.period(this))) : (this, Comparison(.period(base)))
    }
    if parts.against.count == 1, parts.versus.isEmpty, comparison == nil {
      return (parts.periods.first, Comparison(.period(parts.against[0])))
    }
    let all = parts.periods + parts.versus + parts.against
    if all.count > 1 { throw .conflicting("during", all.map { TimeNotation.term(of: $0).description }) }
    return (all.first, comparison)
  }

  /// Growth runs with time: of two periods, the later is set against the earlier, whichever was named first.
  private func isLater(_ a: TimeExpression, _ b: TimeExpression) -> Bool {
    guard let first = (try? a.resolve(context))?.period.start, let second = (try? b.resolve(context))?.period.start
    else { return false }
    return first > second
  }

  /// "销售额 地区" cuts by 地区. Beside a group that was asked for in so many words ("by city tier") a dimension more is
  /// a guess, and not made.
  private func addLooseGroups(_ parts: Parts, _ question: inout Question) throws(Problem) {
    let loose = Self.unique(parts.looseGroups)
    if loose.isEmpty || question.groups == loose { return }
    guard question.groups.isEmpty, loose.count == 1 else {
      throw .notJoined(
        leftover: loose.map { UnknownWord(text: QuestionText.grouping($0).plainText, span: Span(0, 0)) })
    }
    question.groups = loose
  }

  /// The field of which a clause names several values one by one; nil for one value, for exclusions and alternatives.
  private func fieldNamedApart(_ items: [Term.Item]) throws(Problem) -> Grouping? {
    var fields: [Term] = []
    for item in items {
      if item.count == 1, case .call("member", let inner) = item[0], let name = inner.first?.first { fields.append(name) }
    }
    guard fields.count > 1, Set(fields).count == 1 else { return nil }
    return try grouping([fields[0]])
  }

  /// Metrics that a threshold, a ranking or a share names when none was asked for by itself.
  private func inferredMeasures(_ parts: Parts) -> [Measure] {
    let named =
      (parts.rankings + parts.ranks.map(\.ranking)).compactMap { $0.by?.metric }
      + parts.thresholds.map(\.quantity.metric).filter { $0 != Self.anyMetric }
      + parts.order.compactMap { order -> String? in
        if case .quantity(let quantity)? = order.key { quantity.metric } else { nil }
      }
    return Self.unique(named).map { Measure($0) }
  }

  /// `top 5 by gmv` of `measure gmv` is `top 5`.
  private func named(_ ranking: Ranking, _ measures: [Measure]) -> Ranking {
    var ranking = ranking
    if ranking.by == .metric(measures[0].metric) { ranking.by = nil }
    return ranking
  }

  /// Top 3 stores in Shanghai by profit: what a ranking goes by may stand apart from it.
  private func rankedBy(_ said: Parts) throws(Problem) -> Parts {
    guard let by = try single(Self.unique(said.rankBy), "top") else { return said }
    var parts = said
    guard parts.ranks.count + parts.rankings.count == 1 else { throw .unsupported("top without by") }
    for index in parts.ranks.indices { parts.ranks[index].ranking.by = parts.ranks[index].ranking.by ?? by }
    for index in parts.rankings.indices { parts.rankings[index].by = parts.rankings[index].by ?? by }
    return parts
  }

  /// Profit as a percentage of revenue: the metric that the dictionary defines so, if it does.
  private func ratio(_ measures: [Measure], _ divisor: String) throws(Problem) -> Measure {
    guard measures.count == 1, measures[0].conditions.isEmpty, measures[0].averagedPer == nil,
      let defined = dictionary.metrics.first(where: {
        $0.formula == .binary(.dividedBy, .metric(measures[0].metric), .metric(divisor))
      })
    else { throw .unsupported("ratio without a metric") }
    return Measure(defined.name)
  }

  /// Orders in Beijing and margin in Shanghai: each metric has a condition of its own, which one answer would mix up.
  private func keepApart(_ clauses: [Clause]) throws(Problem) {
    var fields: [(field: Field, measures: Int)] = []
    var measures = 0
    let all = clauses.count { $0.keyword == "measure" }
    guard all > 1 else { return }
    for clause in clauses {
      if clause.keyword == "measure" { measures += 1 }
      guard clause.keyword == "where" else { continue }
      for condition in try conditions(clause.items) {
        guard let (field, _, negated) = Self.members(condition), !negated else { continue }
        if fields.contains(where: { $0.field == field && $0.measures != measures }) {
          throw .unsupported("conditions of single metrics")
        }
        fields.append((field, measures))
      }
    }
  }

  /// Growth from 2015 to 2016: the two ends of the range, one against the other.
  private func ends(_ question: Question) -> Question? {
    guard let period = question.period, case .call("range", let items) = TimeNotation.term(of: period), items.count == 2,
      let from = try? time(items[0]), let to = try? time(items[1])
    else { return nil }
    var asked = question
    (asked.period, asked.comparison) = (to, Comparison(.period(from)))
    return asked
  }

  /// Women's share of sales: without groups, the one condition is the part, and all rows the whole.
  private func shareOfWhat(_ question: inout Question) throws(Problem) {
    guard question.share?.of == .total, question.groups.isEmpty else { return }
    guard question.conditions.count == 1 else { throw .unsupported("share without by") }
    question.share = Share(.matching(question.conditions))
    question.conditions = []
  }

  /// May 2017 against last year: a whole year named as the base of a shorter period is that period in that year.
  private func sized(_ comparison: Comparison?, _ period: TimeExpression?) -> Comparison? {
    guard case .period(let base)? = comparison?.base, let period, TimeNotation.term(of: period).description != "year(0)",
      let this = try? period.resolve(context).period, let first = this.start, let last = this.last, this.days! < 200,
      let year = try? base.resolve(context).period, let new = year.start, let old = year.last,
      new.month == 1, old.adding(days: 1) == new.adding(months: 12), first.year == last.year, first.year > new.year
    else { return comparison }
    let years = first.year - new.year
    return Comparison(years == 1 ? .yearBefore : .shifted(-years, .year), fair: comparison?.fair ?? true)
  }

  /// A and B side by side: one group for each dimension that several values were named of.
  private func splitGroups(_ question: inout Question) throws(Problem) {
    for condition in question.conditions {
      guard case .oneOf(let field, _, negated: false) = condition else { continue }
      let group: Grouping =
        switch field {
        case .dimension(let name): .dimension(name)
        case .part(let part): .part(part)
        }
      if !question.groups.contains(group) { question.groups.append(group) }
    }
    // Several metrics stand side by side as they are.
    if question.groups.isEmpty, question.comparison == nil, question.measures.count < 2 {
      throw .unsupported("split without by")
    }
  }

  /// Day for a month or less, month up to two years and when no period is named, else year.
  private func trendGrain(_ period: TimeExpression?) -> Grouping {
    guard let period, let days = (try? period.resolve(context))?.period.days else { return .time(.month) }
    return .time(days <= 31 ? .day : days <= 92 ? .week : days <= 800 ? .month : .year)
  }

  private func check(_ question: Question) throws(Problem) {
    if question.ranking != nil, question.groups.isEmpty { throw .unsupported("top without by") }
    if question.share != nil, question.measures.contains(where: { !hasShares($0.metric) }) {
      throw .unsupported("share of a ratio")
    }
    if !question.thresholds.isEmpty, question.groups.isEmpty { throw .unsupported("having without by") }
    let averaged = question.measures.filter { $0.averagedPer != nil }.map(\.metric)
    if question.thresholds.contains(where: { averaged.contains($0.quantity.metric) }) {
      throw .unsupported("bound on an average")
    }
    if case .period(let base)? = question.comparison?.base, let period = question.period {
      try checkComparable(period, base)
    }
  }

  /// A quarter against a year, or a period against itself, is no comparison anybody means.
  private func checkComparable(_ period: TimeExpression, _ base: TimeExpression) throws(Problem) {
    guard let this = try? period.resolve(context), let other = try? base.resolve(context) else { return }
    let differs = this.grain != nil && other.grain != nil && this.grain != other.grain
    if this.period == other.period { throw .unsupported("compare a period with itself") }
    if differs { throw .unsupported("compare unlike periods") }
  }

  /// Whether a metric's parts make up its whole: sums and counts, also of distinct things, whose parts may overlap.
  private func hasShares(_ name: String) -> Bool {
    if MetricTyping(dictionary).additivity(of: name) != .nonAdditive { return true }
    guard case .aggregate(let aggregate)? = dictionary.metric(name)?.formula else { return false }
    return aggregate.function == .countDistinct
  }

  // MARK: Names

  package func metricName(_ term: Term) throws(Problem) -> String {
    let name = term.plainText
    if dictionary.metric(name) != nil { return name }
    throw .unknownName(name, kind: .metric, nearest: NearMiss.nearest(to: name, among: dictionary.metrics.map(\.name)))
  }

  package func grouping(_ item: Term.Item) throws(Problem) -> Grouping {
    guard let term = item.first, item.count == 1 else { throw .badNotation(offset: 0, expected: "one grouping") }
    let name = term.plainText
    if dictionary.dimension(name) != nil { return .dimension(name) }
    if let grain = Grain(rawValue: name) { return .time(grain) }
    if let part = TimePart(rawValue: name) { return .part(part) }
    let known = dictionary.dimensions.map(\.name) + Grain.allCases.map(\.rawValue) + TimePart.allCases.map(\.rawValue)
    throw .unknownName(name, kind: .dimension, nearest: NearMiss.nearest(to: name, among: known))
  }

  package func field(_ term: Term) throws(Problem) -> Field {
    switch try grouping([term]) {
    case .dimension(let name): return .dimension(name)
    case .part(let part): return .part(part)
    case .time(let grain): throw .unsupported("where \(grain.rawValue)")
    }
  }

  func time(_ item: Term.Item) throws(Problem) -> TimeExpression {
    guard item.count == 1, let time = try? TimeNotation.time(item[0]) else {
      throw .badNotation(offset: 0, expected: "a time such as month(-1) or 2026-Q3")
    }
    return time
  }
}

extension Grouping {
  package var isTime: Bool { if case .time = self { true } else { false } }
}

extension Term {
  /// A name or value without its quotes.
  package var plainText: String {
    switch self {
    case .symbol(let text), .text(let text): text
    case .number, .call, .slot: description
    }
  }
}
