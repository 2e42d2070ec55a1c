import CivilTime
import Metrics
import SourceText

/// From what the clauses said to one question: what goes without saying is filled in, what cannot hold is a problem.
extension Resolver {
  func assemble(_ said: Parts) throws(Problem) -> Question {
    if let what = said.unsupported.min() { throw .unsupported(what) }
    var parts = try listed(rankedBy(said))
    if let subject = parts.subject {
      var question = try aside(subject, parts)
      question.asOf = try dayOfDefinitions(parts, question)
      return question
    }
    var measures = parts.measures
    if measures.isEmpty { measures = inferredMeasures(parts) }
    if measures.isEmpty, let spread = parts.spread.first?.dimension { measures = [try counting(spread)] }
    guard !measures.isEmpty else { throw .noMetric(nearest: []) }
    if let divisor = try single(Self.unique(parts.ratioOf + parts.divisors), "measure", Clash.metric) {
      measures = [try ratio(measures, to: divisor, isPart: parts.divisors.isEmpty)]
    }
    takeSides(&parts, &measures)
    // Beside another number its words would be taken for a condition of both.
    if measures.count > 1, measures.contains(where: { $0.fold != nil && !$0.conditions.isEmpty }) {
      throw .unsupported("conditions of single metrics")
    }
    var own: [Condition] = []
    // What holds of the only number there is holds of the whole question.
    if measures.count == 1, measures[0].fold != nil || measures[0].beside != nil {
      own = measures[0].conditions
      measures[0].conditions = []
    }
    var question = Question(subject: .measures(measures), groups: Self.unique(parts.groups + parts.spread))
    question.conditions = ordered(Self.canonical(parts.conditions + own))
    try bestOfEach(question)
    (question.comparison, question.further) = try comparisons(parts)
    try setApart(parts, &question)
    (question.period, question.comparison) = try periods(parts, question.comparison)
    question.period = try leavingOut(parts.without, of: question.period)
    question.comparison = before(sized(question.comparison, question.period), question.period)
    question.thresholds = ordered(Self.unique(parts.thresholds.map { $0.on(measures[0]) }))
    if let share = try single(try Self.told(parts.shares), "share", Clash.share) { question.share = try parent(share, parts) }
    if let share = try looseShare(parts, &question) { question.share = share }
    try checkUnits(parts, &question)
    // 华东占多少，华南占多少: a share of each, and not of both together.
    if parts.shares.count(where: { $0.of == .total }) > 1, question.groups.isEmpty, Set(parts.namedFields).count < parts.namedFields.count {
      throw .unsupported("several shares")
    }
    try shareOfWhat(&question)
    shareInAll(&question)
    try partOfItsKind(parts, &question)
    question.ranking = try single(Self.unique((parts.rankings + spoken(parts)).map { named($0, measures) }), "top", Clash.ranking)
    if let ranking = question.ranking, !parts.ranks.isEmpty {
      question.groups = ranking.within + question.groups.filter { !ranking.within.contains($0) }
    }
    // Which brand has the highest share of refunds for quality: ranked by the share that is asked for.
    if case .matching? = question.share?.of, question.ranking != nil, question.ranking?.by == nil, question.measures.count == 1 {
      question.ranking?.by = .share(measures[0].metric)
    }
    question.order = Self.latest(
      parts.order.map { Ordering($0.key(of: measures[0]), descending: $0.descending) })
    try addLooseGroups(parts, &question)
    if parts.together, addsUpParts(parts, question) { throw .unsupported("total beside its parts") }
    if parts.split, parts.together, parts.measures.count < 2 { throw .unsupported("total beside its parts") }
    if parts.split {
      let before = question.groups
      try splitGroups(&question)
      // 华东、华南各自销售额最高的门店: the best of each, and not of both together.
      let added = question.groups.filter { !before.contains($0) }
      if let ranking = question.ranking, ranking.within.isEmpty, !before.isEmpty {
        question.groups = added + before
        question.ranking?.within = added
      }
    }
    // 销售额和销量分别最高的品牌: a ranking each, which one answer cannot hold.
    if parts.split, question.ranking != nil, question.measures.count > 1 { throw .unsupported("top of several metrics") }
    if question.groups.isEmpty, question.share == nil, !parts.trend, !parts.together { question.groups = Self.unique(parts.namedApart) }
    // 每个月线上和线下的销售额: each of them, month by month.
    if question.ranking == nil, question.share == nil, !parts.together, !question.groups.isEmpty, question.groups.allSatisfy(\.isTime) {
      let fields = Self.unique(parts.namedFields)
      question.groups += fields.filter { field in parts.namedFields.count { $0 == field } > 1 }
    }
    cutByAllValues(parts, &question)
    if parts.trend, !question.groups.contains(where: \.isTime) { question.groups.insert(trendGrain(question.period), at: 0) }
    if let moving = measures.compactMap(\.moving).first, !question.groups.contains(where: \.isTime) {
      question.groups.insert(.time(moving.grain), at: 0)
    }
    question.tests = Self.unique(parts.tests.map { $0.on(measures[0]) })
    // Whether a share holds: the share itself goes without saying.
    if question.share == nil, question.tests.contains(where: { $0.quantity.isShare }) {
      question.share = Share(.total)
      try shareOfWhat(&question)
    }
    count(parts, &question)
    if parts.asksEnds { throw .unsupported("ends of this") }
    lastWhole(parts, &question)
    step(parts, &question)
    linedUp(&question)
    try addPlacement(parts, &question)
    try addStreak(parts, &question)
    try addParents(&question)
    if parts.ownMeans.contains(where: { question.groups != [$0] }) { throw .unsupported("average of another kind") }
    if question.ranking?.kind == .share, question.share == nil || question.share?.of == .total { question.share = Share(.running) }
    if parts.asksGrowth, question.comparison == nil {
      guard let between = ends(question) else { throw growthOfWhat(question) }
      question = between
    }
    question.asOf = try dayOfDefinitions(parts, question)
    try check(question)
    return question
  }

  /// 每个大区前2的城市: the groups beside the ranked one are what the ranking is done within. Where no group is named as
  /// the ranked one (各城市各渠道前5), all rows are ranked together, but within each unit of time, within what was asked for
  /// each by itself (每个城市), and within the upper level of a hierarchy.
  func spoken(_ parts: Parts) -> [Ranking] {
    parts.ranks.map { rank in
      var ranking = rank.ranking
      if rank.overall {
        ranking.within = parts.within
      } else if rank.of.isEmpty {
        let within = parts.groups.filter { parts.within.contains($0) || parts.every.contains($0) || isOuter($0, parts.groups) }
        ranking.within = within.count < parts.groups.count ? within : []
      } else {
        ranking.within = parts.groups.filter { !rank.of.contains($0) && !parts.asked.contains($0) }
      }
      return ranking
    }
  }

  /// 各大区销售额过万的门店各有几家: what is counted stands within what it is counted in.
  private func count(_ parts: Parts, _ question: inout Question) {
    question.isCounted = parts.isCounted
    // How many Tmall orders: what counts is counted.
    if question.groups.isEmpty, question.measures.count == 1, question.measures[0].fold == nil, question.share == nil,
      dictionary.metric(question.measures[0].metric)?.counts.all.isEmpty == false
    {
      question.isCounted = false
    }
    var within = Self.unique(parts.countedWithin)
    if parts.isCounted, within.isEmpty {
      within = question.groups.filter(parts.every.contains)
      if within.count == question.groups.count { within = [] }
      // In how many states did we sell, by region: a cut said apart from what is counted is no part of it.
      if within.isEmpty, !parts.counted.isEmpty { within = question.groups.filter { !parts.counted.contains($0) } }
    }
    question.countedWithin = within
    question.groups = question.countedWithin + question.groups.filter { !question.countedWithin.contains($0) }
  }

  /// 男女会员各大区的消费金额, by format and online/offline: a list that names every value keeps all rows, so it is a cut.
  private func cutByAllValues(_ parts: Parts, _ question: inout Question) {
    guard question.ranking == nil, question.share == nil, !parts.together, !question.groups.isEmpty else { return }
    for case .dimension(let name) in Self.unique(parts.namedFields) where !question.groups.contains(.dimension(name)) {
      guard let dimension = dictionary.dimension(name) else { continue }
      let declared = dimension.type == .boolean ? ["1", "0"] : dimension.values.map(\.stored)
      guard declared.count > 1 else { continue }
      let lists = question.conditions.compactMap(Self.members).filter { $0.field == .dimension(name) && !$0.negated }
      guard lists.count == 1, Set(declared).isSubset(of: Set(lists[0].values.map(Self.text))) else { continue }
      question.groups.append(.dimension(name))
    }
  }

  /// 华东和华南各门店销售额合计: each store lies in one of the two, so that there is nothing to add up within it.
  private func addsUpParts(_ parts: Parts, _ question: Question) -> Bool {
    let fields = Self.unique(parts.namedFields).filter { field in parts.namedFields.count { $0 == field } > 1 }
    return fields.contains { isOuter($0, question.groups) && !question.groups.contains($0) }
  }

  private func isOuter(_ group: Grouping, _ groups: [Grouping]) -> Bool {
    guard case .dimension(let name) = group else { return group.isTime }
    guard let own = dictionary.hierarchy(of: name) else { return false }
    return groups.contains { other in
      guard case .dimension(let inner) = other, let place = dictionary.hierarchy(of: inner) else { return false }
      return place.hierarchy == own.hierarchy && place.level > own.level
    }
  }

  /// 每个大区里各城市的占比: a share within a group is a share of that group.
  func parent(_ share: Share, _ parts: Parts) throws(Problem) -> Share {
    guard share.of == .total, let group = parts.within.first else { return share }
    guard parts.within.count == 1, case .dimension(let name) = group else { throw .unsupported("share within several groups") }
    return Share(.parent(name))
  }

  /// 增长多少, without saying against what: both usual bases, as a choice.
  func growthOfWhat(_ question: Question) -> Problem {
    guard question.period != nil else { return .unsupported("compare without period") }
    return .ambiguous(
      [Comparison(.yearBefore), Comparison(.previous)].map { comparison in
        var asked = question
        asked.comparison = comparison
        return Choice(question: asked)
      })
  }

  /// Sorted by orders, lowest first: what is said last about a key holds.
  static func latest(_ order: [Ordering]) -> [Ordering] {
    order.enumerated().filter { place in !order[(place.offset + 1)...].contains { $0.key == place.element.key } }.map(\.element)
  }

  /// What percentage of orders came from members: the second words say which share the first asked for. A bare one behind them
  /// asks for another: 上海占华东多少，华东占全国多少.
  static func told(_ shares: [Share]) throws(Problem) -> [Share] {
    let told = unique(shares.filter { $0.of != .total })
    if told.isEmpty { return unique(shares) }
    if shares.last?.of == .total { throw .unsupported("several shares") }
    return told
  }

  static func unique<T: Hashable>(_ items: [T]) -> [T] {
    var seen = Set<T>()
    return items.filter { seen.insert($0).inserted }
  }

  func single<T: Hashable>(_ items: [T], _ clause: String, _ clash: (T) -> Clash) throws(Problem) -> T? {
    if items.count > 1 { throw .conflicting(clause, items.map(clash)) }
    return items.first
  }

  /// A definition stands alone: a filter beside it would be dropped without a word. Members of a dimension can be
  /// kept by conditions.
  func aside(_ subject: Subject, _ parts: Parts) throws(Problem) -> Question {
    let alone =
      parts.measures.isEmpty && (parts.groups.isEmpty || isOfValues(subject)) && parts.comparisons.isEmpty
      && parts.thresholds.isEmpty && parts.shares.isEmpty && parts.rankings.isEmpty && parts.order.isEmpty
      && parts.against.isEmpty && parts.looseGroups.isEmpty && parts.versus.isEmpty && parts.ranks.isEmpty && parts.within.isEmpty
      && !parts.trend && !parts.asksGrowth && parts.spread.isEmpty && parts.apart.isEmpty && parts.looseShares.isEmpty && parts.tests.isEmpty && parts.preceding.isEmpty
      && parts.listed.isEmpty && parts.without.isEmpty && parts.streaks.isEmpty && parts.placements.isEmpty && !parts.asksPlace
    guard alone else { throw .unsupported("definition beside a number") }
    var question = Question(subject: subject)
    question.conditions = ordered(Self.canonical(parts.conditions))
    question.isCounted = parts.isCounted
    question.groups = parts.groups
    question.showsEnds = parts.asksEnds
    if parts.asksEnds, !isOfValues(subject) || parts.isCounted || !parts.groups.isEmpty { throw .unsupported("ends of this") }
    // A list has no time of its own, but for the units of time in it; what decides its members has.
    question.period = try single(parts.periods, "during", Clash.time)
    let isDecided = question.conditions.contains { if case .selected = $0 { true } else { false } }
    let isList = if case .list(.values) = subject { true } else { false }
    guard question.period == nil || isDecided || isList && hasTime(question), isList || question.conditions.isEmpty && !question.isCounted else {
      throw .unsupported("definition beside a number")
    }
    return question
  }

  /// Whether units or parts of time are listed.
  private func hasTime(_ question: Question) -> Bool {
    if question.groups.contains(where: \.isOfTime) { return true }
    guard case .list(.values(let name)) = question.subject else { return false }
    return Grouping(listed: name).isOfTime
  }

  /// `list values region | by channel`: which go together.
  private func isOfValues(_ subject: Subject) -> Bool { if case .list(.values) = subject { true } else { false } }

  /// "销售额 地区" cuts by 地区. Beside a group that was asked for in so many words ("by city tier") a dimension more is
  /// a guess, and not made.
  func addLooseGroups(_ parts: Parts, _ question: inout Question) throws(Problem) {
    // 没打折的商品销售额合计: in total, the noun is what is summed.
    if parts.together, question.groups.isEmpty { return }
    // 除上海以外的订单，客单价是多少: the rows themselves are no cut of their own number.
    let loose = Self.unique(parts.looseGroups).filter { !isRows($0, of: question) }
    if loose.isEmpty || question.groups == loose { return }
    guard question.groups.isEmpty, loose.count == 1 else {
      throw .notJoined(
        leftover: loose.map { UnknownWord(text: QuestionText.grouping($0).plainText, span: Span(0, 0)) })
    }
    question.groups = loose
  }

  /// Whether a dimension tells the rows apart that a metric is computed from: the key of a table with a time of its own.
  private func isRows(_ grouping: Grouping, of question: Question) -> Bool {
    guard case .dimension(let name) = grouping, case .column(let path)? = dictionary.dimension(name)?.source,
      let table = dictionary.schema[path.head], table.time != nil
    else { return false }
    return table.key == [path.column] && question.measures.allSatisfy { dictionary.tables(of: $0.metric).contains(table.name) }
  }

  /// `field-of(member(coupon_use, 1))`: orders with and without coupon are cut by what the value is a value of.
  func fieldOf(_ items: [Term.Item]) throws(Problem) -> Grouping {
    let fields = Self.unique(try conditions(items).map(\.field))
    guard fields.count == 1, let field = fields[0] else { throw .unsupported("split without by") }
    return Grouping(field)
  }

  /// The fields of single values; a group of values (江浙沪) is one thing, and an exclusion or a choice names nothing.
  func fieldsNamed(_ items: [Term.Item]) throws(Problem) -> [Grouping] {
    var fields: [Grouping] = []
    for item in items {
      guard item.count == 1, case .call("member", let inner) = item[0], inner.count == 2, let name = inner.first?.first else { continue }
      fields.append(try grouping([name]))
    }
    return fields
  }

  /// The field of which a clause names several values one by one; nil for one value, for exclusions and alternatives.
  func fieldNamedApart(_ items: [Term.Item]) throws(Problem) -> Grouping? {
    var fields: [Term] = []
    for item in items {
      if item.count == 1, case .call("member", let inner) = item[0], let name = inner.first?.first { fields.append(name) }
    }
    guard fields.count > 1, Set(fields).count == 1 else { return nil }
    return try grouping([fields[0]])
  }

  /// Each region's best store, by channel: the one best store of all, cut by region, is another question.
  private func bestOfEach(_ question: Question) throws(Problem) {
    for case .among(let dimension, _, let count, _) in question.conditions {
      guard count == 1, let (hierarchy, level) = dictionary.hierarchy(of: dimension) else { continue }
      let coarser = hierarchy.levels[..<level]
      let isCut = question.groups.contains { if case .dimension(let name) = $0 { coarser.contains(name) } else { false } }
      if isCut { throw .unsupported("best of each, cut up") }
    }
  }

  /// Metrics that a threshold, a ranking or a share names when none was asked for by itself.
  func inferredMeasures(_ parts: Parts) -> [Measure] {
    let named =
      (parts.rankings + parts.ranks.map(\.ranking)).compactMap { $0.by?.metric }.filter { $0 != Self.anyMetric }
      + (parts.thresholds + parts.tests + parts.streaks.flatMap(\.conditions)).map(\.quantity.metric).filter { $0 != Self.anyMetric }
      + parts.order.compactMap { order -> String? in
        if case .quantity(let quantity)? = order.key { quantity.metric } else { nil }
      }
    return Self.unique(named).filter { $0 != Self.anyMetric }.map { Measure($0) }
  }

  /// `top 5 by gmv` of `measure gmv` is `top 5`.
  func named(_ ranking: Ranking, _ measures: [Measure]) -> Ranking {
    var ranking = ranking
    ranking.by = ranking.by?.on(measures[0])
    if ranking.by == .metric(measures[0].metric) { ranking.by = nil }
    return ranking
  }

  /// Top 3 stores in Shanghai by profit: what a ranking goes by may stand apart from it.
  func rankedBy(_ said: Parts) throws(Problem) -> Parts {
    guard let by = try single(Self.unique(said.rankBy), "top", { .metric($0.metric) }) else { return said }
    var parts = said
    guard parts.ranks.count + parts.rankings.count == 1 else { throw .unsupported("top without by") }
    // 环比增长率最高的门店，按销售额: whose growth it is.
    if let other = (parts.ranks.map(\.ranking) + parts.rankings).compactMap(\.by).first, other.metric == Self.anyMetric,
      case .metric(let name) = by
    {
      if parts.measures.isEmpty { parts.measures = [Measure(name)] }
      return parts
    }
    // 卖得最差的5个，按销量: two things to go by, and none is passed over.
    if let other = (parts.ranks.map(\.ranking) + parts.rankings).compactMap(\.by).first, other != by {
      throw .conflicting("top", [.metric(other.metric), .metric(by.metric)])
    }
    for index in parts.ranks.indices { parts.ranks[index].ranking.by = parts.ranks[index].ranking.by ?? by }
    for index in parts.rankings.indices { parts.rankings[index].by = parts.rankings[index].by ?? by }
    return parts
  }

  /// Growth from 2015 to 2016: the two ends of the range, one against the other.
  func ends(_ question: Question) -> Question? {
    guard let period = question.period, case .call("range", let items) = TimeNotation.term(of: period), items.count == 2,
      let from = try? time(items[0]), let to = try? time(items[1])
    else { return nil }
    var asked = question
    (asked.period, asked.comparison) = (to, Comparison(.period(from)))
    return asked
  }

  /// Women's share of sales: without groups, the one condition is the part, and all rows the whole.
  func shareOfWhat(_ question: inout Question) throws(Problem) {
    // 华东的销售额占比，按月: each month's part of that month's sales, and not of all months.
    let isOverTime = question.groups.allSatisfy(\.isTime) && question.conditions.count == 1 && question.ranking == nil
    guard question.share?.of == .total, question.groups.isEmpty || isOverTime else { return }
    guard question.conditions.count == 1 else { throw .unsupported("share without by") }
    question.share = Share(.matching(question.conditions))
    question.conditions = []
  }

  /// May 2017 against last year: a whole year named as the base of a shorter period is that period in that year.
  func sized(_ comparison: Comparison?, _ period: TimeExpression?) -> Comparison? {
    guard case .period(let base)? = comparison?.base, let period, TimeNotation.term(of: period).description != "year(0)",
      let this = try? period.resolve(context).period, let first = this.start, let last = this.last, this.days! < 360,
      let year = try? base.resolve(context).period, let new = year.start, let old = year.last,
      new.month == 1, old.adding(days: 1) == new.adding(months: 12), first.year == last.year, first.year > new.year
    else { return comparison }
    let years = first.year - new.year
    return Comparison(years == 1 ? .yearBefore : .shifted(-years, .year), fair: comparison?.fair ?? true)
  }

  /// A and B side by side: one group for each dimension that several values were named of.
  func splitGroups(_ question: inout Question) throws(Problem) {
    for condition in question.conditions {
      guard case .oneOf(let field, _, negated: false) = condition else { continue }
      let group = Grouping(field)
      if !question.groups.contains(group) { question.groups.append(group) }
    }
    // Several metrics stand side by side as they are.
    if question.groups.isEmpty, question.comparison == nil, question.measures.count < 2 {
      throw .unsupported("split without by")
    }
  }

  /// Day for a month or less, month up to two years and when no period is named, else year.
  func trendGrain(_ period: TimeExpression?) -> Grouping {
    guard let period, let days = (try? period.resolve(context))?.period.days else { return .time(.month) }
    return .time(days <= 31 ? .day : days <= 92 ? .week : days <= 800 ? .month : .year)
  }
}
