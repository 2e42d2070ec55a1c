import CivilTime
import Metrics
import Planning
import Questions
import SampleData

/// Draws questions over a made dataset: every part of `Question`, mostly of what its metrics can be cut by.
struct RandomAsking {
  let dictionary: MetricDictionary
  let context: TimeContext
  /// Dimension → values that stand in the data.
  let values: [String: [Datum]]
  let first: Day
  var random: SplitMix64

  init(_ dataset: OpenedDataset, values: [String: [Datum]], first: Day, seed: UInt64) {
    (dictionary, context) = (dataset.dictionary, dataset.context)
    (self.values, self.first) = (values, first)
    random = SplitMix64(seed: SplitMix64.mixed(seed))
  }

  mutating func chance(_ perCent: Int) -> Bool { random.chance(perMille: perCent * 10) }
  mutating func one<T>(_ items: [T]) -> T { items[random.below(items.count)] }

  mutating func some<T: Hashable>(_ items: [T], _ count: Int) -> [T] {
    var result: [T] = []
    for _ in 0..<count where result.count < items.count {
      let item = one(items)
      if !result.contains(item) { result.append(item) }
    }
    return result
  }

  /// As the notation reads back; what the resolver finds contradictory is drawn again.
  mutating func question() -> Question {
    while true {
      let raw = draw()
      if let question = try? Resolver(dictionary: dictionary, context: context).question(notation: raw.description) { return question }
    }
  }

  private mutating func draw() -> Question {
    let names = some(dictionary.metrics.map(\.name), chance(25) ? 2 + random.below(2) : 1)
    let reach = Reachability(dictionary)
    var dimensions = dictionary.dimensions.map(\.name).filter { name in
      names.allSatisfy { reach.dimensions(of: dictionary.metric($0)!).contains(name) }
    }
    if chance(3) || dimensions.isEmpty { dimensions = dictionary.dimensions.map(\.name) }
    var question = Question(subject: .measures([]))
    question.groups = chance(65) ? groups(dimensions) : []
    if chance(45) { for _ in 0...random.below(2) { question.conditions += [condition(dimensions, names)].compactMap { $0 } } }
    if chance(65) { question.period = time() }
    if chance(25) {
      question.comparison = chance(12) ? members(dimensions) : comparison()
      if chance(12) { question.further = comparison() }
      if question.period == nil, !question.groups.contains(where: \.isTime) { question.period = time() }
    }
    var measures: [Measure] = []
    for name in names { measures.append(measure(name, dimensions, question.groups)) }
    question.subject = .measures(measures)
    if !question.groups.isEmpty { addTail(&question, names) }
    if question.share == nil, chance(6), let part = condition(dimensions, []) { question.share = Share(.matching([part])) }
    if chance(6) { question.tests = [threshold(one(names), question.comparison != nil)] }
    return question
  }

  private mutating func addTail(_ question: inout Question, _ names: [String]) {
    let hasBase = question.comparison != nil
    if chance(18) {
      for _ in 0...random.below(2) { question.thresholds.append(bound(question.groups, names) ?? threshold(one(names), hasBase)) }
    }
    if chance(15) {
      question.share = Share(.total)
      if question.groups.contains(.dimension("city")), chance(50) { question.share = Share(.parent("region")) }
    }
    if chance(30) {
      question.ranking = Ranking(chance(65) ? .top : .bottom, 1 + random.below(6))
      if chance(15) { question.ranking?.kind = .percent; question.ranking?.count = one([10, 25, 33, 50]) }
      if chance(10), question.groups.contains(where: \.isTime) { question.ranking?.kind = .inTime }
      if question.ranking?.kind == .count, chance(10) { question.ranking?.skip = 1 + random.below(2) }
      if question.ranking?.kind != .inTime, chance(30) { question.ranking?.by = quantity(one(dictionary.metrics.map(\.name)), hasBase) }
      if question.groups.count > 1, chance(50) { question.ranking?.within = [one(question.groups)] }
    }
    if chance(18) {
      let key: Ordering.Key = chance(60) ? .quantity(quantity(one(names), hasBase)) : .group(one(question.groups))
      question.order = [Ordering(key, descending: chance(50))]
    }
    if chance(5) { question.isCounted = true }
    // A mean is bound by itself, where it stands alone.
    if question.measures.count == 1, let measure = question.measures.first, measure.fold != nil, !hasBase, question.ranking == nil, chance(40) {
      var bound = Threshold(.metric(measure.metric), one([.greater, .less, .atLeast, .atMost]), chance(30) ? .average : .number(one([0, 0.5, 1, 2, 5, 10, 25.5, 100])))
      bound.isOfValue = true
      question.thresholds = [bound]
    }
  }

  private mutating func measure(_ name: String, _ dimensions: [String], _ groups: [Grouping]) -> Measure {
    var measure = Measure(name)
    if chance(10), let own = condition(dimensions, []) { measure.conditions = [own] }
    if chance(8) { measure.beside = Beside(chance(50) ? .ratio : .difference, one(dictionary.metrics.map(\.name))) }
    if chance(12) {
      measure.fold = Fold(one(Fold.Function.allCases.filter { $0 != .percentile }), over: [grouping(dimensions)])
      if chance(20) {
        let inner = Fold(one(Fold.Function.allCases.filter { $0 != .percentile }), over: [grouping(dimensions)])
        if inner.over != measure.fold!.over { measure.fold!.inner = [inner] }
      }
    } else if chance(10), groups.contains(where: \.isTime) {
      measure.isRunning = true
    }
    return measure
  }

  private mutating func groups(_ dimensions: [String]) -> [Grouping] { some((0...random.below(3)).map { _ in grouping(dimensions) }, 2) }

  private mutating func grouping(_ dimensions: [String]) -> Grouping {
    if chance(30) { return .time(one([.day, .day, .week, .month, .month, .quarter, .half, .year, .hour])) }
    let numbers = dimensions.filter { dictionary.dimension($0)?.kind == .number }
    if !numbers.isEmpty, chance(10) { return .bucket(one(numbers), width: one([1, 2, 5, 10, 0.5, 12.5, 25, 0.25])) }
    if !chance(10) { return .dimension(one(dimensions)) }
    return .part(one([.hourOfDay, .weekday, .weekend, .workday, .dayOfMonth, .dayOfYear, .monthOfYear, .quarterOfYear]))
  }

  // MARK: Conditions

  private mutating func condition(_ dimensions: [String], _ metrics: [String]) -> Condition? {
    switch random.below(12) {
    case 0: return .any([simple(dimensions, metrics), simple(dimensions, metrics)])
    case 1: return .not(.all([simple(dimensions, metrics), simple(dimensions, metrics)]))
    case 2: return .any([simple(dimensions, []), .all([simple(dimensions, []), simple(dimensions, [])])])
    default: return simple(dimensions, metrics)
    }
  }

  private mutating func simple(_ dimensions: [String], _ metrics: [String]) -> Condition {
    if chance(8) {
      let part: TimePart = one([.weekday, .weekend, .dayOfMonth, .monthOfYear, .quarterOfYear])
      return .comparison(.part(part), chance(60) ? .equal : one(Comparator.allCases), .number(Double(random.within(part.values))))
    }
    if chance(4) {
      let day = first.adding(days: random.below(max(1, context.today.number - first.number)))
      return .comparison(.hour, chance(50) ? .atLeast : .less, .text(ClockHour(day, hour: random.below(24)).description))
    }
    let name = one(dimensions)
    let field = Field.dimension(name)
    if chance(6) { return .missing(field, negated: chance(50)) }
    switch dictionary.dimension(name)!.kind {
    case .flag: return .comparison(field, .equal, .number(chance(50) ? 1 : 0))
    case .number:
      let low = number(name)
      if chance(25) { return .between(field, .number(low), .number(low + Double(random.below(30)))) }
      return .comparison(field, one(Comparator.allCases), .number(low))
    case .category:
      let stored = (values[name] ?? []).compactMap(\.text) + ["nowhere"]
      if !metrics.isEmpty, chance(8) {
        return .among(dimension: name, chance(70) ? .top : .bottom, 1 + random.below(3), metric: one(metrics))
      }
      if !metrics.isEmpty, chance(8) { return .selected(dimension: name, selection(name, metrics), negated: chance(25)) }
      switch random.below(8) {
      case 0, 1, 2: return .comparison(field, .equal, .text(one(stored)))
      case 3: return .comparison(field, .notEqual, .text(one(stored)))
      case 4, 5: return .oneOf(field, some(stored, 3).map(Value.text), negated: chance(30))
      default:
        let value = one(stored)
        return .matches(field, one(TextMatch.allCases), String(value.prefix(1 + random.below(value.count))), negated: chance(30))
      }
    }
  }

  private mutating func selection(_ dimension: String, _ metrics: [String]) -> Question {
    let metric = one(metrics)
    var inner = Question(subject: .measures([Measure(metric)]), groups: [.dimension(dimension)])
    if chance(60) { inner.thresholds = [threshold(metric, false)] } else { inner.ranking = Ranking(.top, 1 + random.below(3)) }
    if chance(25) { inner.period = time() }
    return inner
  }

  private mutating func number(_ dimension: String) -> Double {
    let stored = (values[dimension] ?? []).compactMap(\.amount?.double)
    return stored.isEmpty || chance(40) ? Double(random.below(60)) / 2 : one(stored)
  }

  // MARK: Times

  private mutating func time() -> TimeExpression {
    let grain: Grain = one([.day, .week, .month, .quarter, .year])
    let day = first.adding(days: random.below(max(1, context.today.number - first.number + 20)))
    switch random.below(14) {
    case 0, 1: return .unit(grain, offset: -random.below(3))
    case 2: return .last(1 + random.below(20), grain)
    case 3: return .rolling(1 + random.below(20), grain)
    case 4: return .toDate(one([.week, .month, .quarter, .year]))
    case 5, 6: return .absolute(.month(day.year, day.month))
    case 7: return .absolute(.quarter(day.year, (day.month + 2) / 3))
    case 8: return .absolute(.year(day.year))
    case 9: return .absolute(.day(day))
    case 10: return .since(.absolute(.month(day.year, day.month)))
    case 11: return one([.before(.absolute(.day(day))), .from(.absolute(.month(day.year, day.month))), .through(.absolute(.day(day)))])
    case 12: return .lastDays(1 + random.below(10), .workday)
    default:
      let later = day.adding(days: random.below(90))
      return .range(.absolute(.day(day)), .absolute(.day(later)))
    }
  }

  private mutating func comparison() -> Comparison {
    let fair = !chance(15)
    switch random.below(5) {
    case 0, 1: return Comparison(.yearBefore, fair: fair)
    case 2: return Comparison(.previous, fair: fair)
    case 3: return Comparison(.shifted(-1 - random.below(3), one([.day, .week, .month, .quarter, .year])), fair: fair)
    default:
      let day = first.adding(days: random.below(max(1, context.today.number - first.number)))
      return Comparison(.period(chance(60) ? .absolute(.month(day.year, day.month)) : .absolute(.year(day.year - 1))), fair: fair)
    }
  }

  private mutating func members(_ dimensions: [String]) -> Comparison {
    let texts = dimensions.filter { dictionary.dimension($0)?.kind == .category }
    guard !texts.isEmpty else { return Comparison(.previous) }
    let name = one(texts)
    return Comparison(.members([.comparison(.dimension(name), .equal, .text(one((values[name] ?? []).compactMap(\.text) + ["nowhere"])))]))
  }

  // MARK: Values

  private mutating func quantity(_ metric: String, _ hasBase: Bool) -> Quantity {
    switch random.below(hasBase ? 4 : 8) {
    case 0: .share(metric)
    case 1 where hasBase: .growth(metric)
    case 2 where hasBase: .change(metric)
    default: .metric(metric)
    }
  }

  private mutating func threshold(_ metric: String, _ hasBase: Bool) -> Threshold {
    let quantity = quantity(metric, hasBase)
    if chance(20) { return Threshold(quantity, one([.greater, .less, .atLeast, .atMost]), .average) }
    return Threshold(quantity, one(Comparator.allCases), .number(one([0, 0.1, 0.5, 1, 2, 5, 10, 25.5, 100, -3])))
  }

  private mutating func bound(_ groups: [Grouping], _ names: [String]) -> Threshold? {
    if chance(10), !groups.isEmpty { return Threshold(.metric(one(names)), one([.greater, .less, .atLeast, .atMost]), .overall) }
    guard chance(20), groups.count == 1, case .dimension(let name) = groups[0], dictionary.dimension(name)?.kind == .category,
      let stored = values[name]?.compactMap(\.text), !stored.isEmpty
    else { return nil }
    return Threshold(.metric(one(names)), one([.greater, .less, .atLeast, .atMost]), .member(name, .text(one(stored))))
  }
}
