import CivilTime
import Metrics
import Planning
import Questions
import SampleData

/// Draws questions that a dataset can answer: every part of `Question` with names and values of the dictionary and the data.
///
/// What is drawn is brought into canonical shape by its own notation, and planned; what the resolver or the planner
/// refuses is drawn again, for it is no question.
struct RandomQuestions {
  let dataset: OpenDataset
  var random: SplitMix64

  init(_ dataset: OpenDataset, seed: UInt64) {
    self.dataset = dataset
    random = SplitMix64(seed: SplitMix64.mixed(seed))
  }

  var dictionary: MetricDictionary { dataset.dictionary }

  mutating func question() -> Question {
    while true {
      let raw = draw()
      guard let question = try? dataset.resolver.question(notation: raw.description), isAnswerable(question) else { continue }
      return question
    }
  }

  private func isAnswerable(_ question: Question) -> Bool {
    if question.measures.isEmpty { return true }
    return (try? Planner(dictionary: dictionary, coverage: dataset.workspace.coverage).plan(question, context: dataset.context)) != nil
  }

  // MARK: Drawing

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

  private mutating func draw() -> Question {
    if chance(6) { return aside() }
    let names = some(dictionary.metrics.map(\.name), chance(20) ? 2 + random.below(2) : 1)
    let dimensions = dictionary.dimensions.map(\.name).filter { name in
      names.allSatisfy { dataset.reachable[$0]!.contains(name) }
    }
    var question = Question(subject: .measures([]))
    question.groups = chance(60) ? groups(dimensions) : []
    if chance(55) { for _ in 0...random.below(3) { question.conditions += [condition(dimensions, names)].compactMap { $0 } } }
    if chance(70) { question.period = RandomTimes.time(&random) }
    if chance(20) { question.comparison = comparison(question.period) }
    question.subject = .measures(names.map { measure($0, dimensions) })
    if !question.groups.isEmpty { addTail(&question, names, dimensions) }
    if !names.isEmpty, chance(8) { addAnalysis(&question, names[0]) }
    if question.share == nil, chance(8), let part = condition(dimensions, names) { question.share = Share(.matching([part])) }
    if chance(6) { question.asOf = Day(2024 + random.below(3), 1 + random.below(12), 1 + random.below(28)) }
    return question
  }

  /// What needs groups: thresholds, shares, rankings and orders.
  private mutating func addTail(_ question: inout Question, _ names: [String], _ dimensions: [String]) {
    let hasBase = question.comparison != nil
    if chance(20) { for _ in 0...random.below(2) { question.thresholds.append(bound(question.groups, names) ?? threshold(one(names), hasBase)) } }
    if chance(15) { question.share = share(question.groups) }
    if chance(30) {
      question.ranking = Ranking(chance(70) ? .top : .bottom, 1 + random.below(chance(80) ? 10 : 200))
      if chance(30) { question.ranking?.by = quantity(one(dictionary.metrics.map(\.name)), hasBase) }
      if question.groups.count > 1, chance(50) { question.ranking?.within = [question.groups[0]] }
    }
    if chance(15) {
      let key: Ordering.Key = chance(60) ? .quantity(quantity(one(names), hasBase)) : .group(one(question.groups))
      question.order = [Ordering(key, descending: chance(50))]
    }
    // A mean is bound by itself, where it stands alone.
    if question.measures.count == 1, let measure = question.measures.first, measure.fold != nil, !hasBase, question.ranking == nil, chance(40) {
      var bound = Threshold(.metric(measure.metric), one([.greater, .less, .atLeast, .atMost]), chance(30) ? .average : .number(dictionary.metric(measure.metric)?.unit == .percent ? fraction() : amount()))
      bound.isOfValue = true
      question.thresholds = [bound]
    }
  }

  /// What stands without other parts behind the values: runs, places, running shares, contributions.
  private mutating func addAnalysis(_ question: inout Question, _ name: String) {
    question.subject = .measures([Measure(name)])
    (question.thresholds, question.share, question.ranking, question.order) = ([], nil, nil, [])
    let dimensions = question.groups.filter { if case .dimension = $0 { true } else { false } }
    switch random.below(4) {
    case 0:
      let hasBase = question.comparison != nil
      let grain = one(Grain.allCases.filter { $0 != .hour })
      question.groups = dimensions
      question.streak = Streak(chance(30) ? nil : 2 + random.below(4), grain, [threshold(name, hasBase || chance(50))])
    case 1:
      guard let stored = stored(dimensions.first) else { return }
      (question.groups, question.comparison) = ([dimensions[0]], nil)
      question.placement = Placement(stored.name, some(stored.values, 1 + random.below(2)).map(Value.text))
    case 2:
      (question.groups, question.comparison) = (dimensions, nil)
      question.share = Share(.running)
      if chance(50) {
        question.ranking = Ranking(.top, 1 + random.below(99))
        question.ranking?.kind = .share
      }
    default:
      (question.groups, question.share) = (dimensions, Share(.change))
      if question.comparison == nil { question.comparison = comparison(question.period) }
    }
  }

  /// A category with the values that are stored of it.
  private func stored(_ group: Grouping?) -> (name: String, values: [String])? {
    guard case .dimension(let name)? = group, let stored = dataset.values[name], !stored.isEmpty,
      dictionary.dimension(name)?.kind == .category, dictionary.dimension(name)?.type == .text
    else { return nil }
    return (name, stored)
  }

  private mutating func aside() -> Question {
    switch random.below(4) {
    case 0: Question(subject: .list(chance(50) ? .metrics : .dimensions))
    case 1: Question(subject: .list(.values(one(dictionary.dimensions.map(\.name)))))
    default: Question(subject: .about(one(Aspect.allCases), some(dictionary.metrics.map(\.name), chance(20) ? 2 : 1)))
    }
  }

  private mutating func measure(_ name: String, _ dimensions: [String]) -> Measure {
    var measure = Measure(name)
    if chance(10), let own = condition(dimensions, []) { measure.conditions = [own] }
    if chance(12) { measure.fold = Fold(one(Fold.Function.allCases), over: [grouping(dimensions)]) }
    if measure.fold?.function == .percentile { measure.fold?.percent = 1 + random.below(99) }
    return measure
  }

  private mutating func groups(_ dimensions: [String]) -> [Grouping] {
    some((0...random.below(3)).map { _ in grouping(dimensions) }, 2)
  }

  private mutating func grouping(_ dimensions: [String]) -> Grouping {
    if dimensions.isEmpty || chance(25) { return .time(one(Grain.allCases)) }
    let numbers = dimensions.filter { dictionary.dimension($0)?.kind == .number }
    if !numbers.isEmpty, chance(3) {
      return .ranges(one(numbers), edges: some([0, 0.5, 1, 10, 12.5, 100, 300, 10_000, 25_000], 1 + random.below(3)).sorted())
    }
    if !numbers.isEmpty, chance(8) {
      return .bucket(one(numbers), width: chance(40) ? nil : one([1, 2, 5, 10, 50, 100, 250, 0.5, 12.5, 1000, 10_000, 25_000]))
    }
    return chance(10) ? .part(one(TimePart.allCases)) : .dimension(one(dimensions))
  }

  private mutating func comparison(_ period: TimeExpression?) -> Comparison {
    let fair = !chance(10)
    switch random.below(4) {
    case 0: return Comparison(.yearBefore, fair: fair)
    case 1: return Comparison(.previous, fair: fair)
    case 2: return Comparison(.shifted(-1 - random.below(4), one(Grain.allCases.filter { $0 != .hour })), fair: fair)
    default: return Comparison(.period(RandomTimes.plain(&random)), fair: fair)
    }
  }

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
    if case .metric = quantity, chance(20) { return Threshold(quantity, one([.greater, .less, .atLeast, .atMost]), .average) }
    let isRatio: Bool =
      switch quantity {
      case .share, .growth: true
      case .metric, .change: dictionary.metric(metric)?.unit == .percent
      }
    return Threshold(quantity, one(Comparator.allCases), .number(isRatio ? fraction() : amount()))
  }

  /// A bound that is another member's value.
  private mutating func bound(_ groups: [Grouping], _ names: [String]) -> Threshold? {
    if chance(10), case .dimension(let name)? = groups.first, let place = dictionary.hierarchy(of: name), place.level > 0 {
      return Threshold(.metric(one(names)), one([.greater, .less, .atLeast, .atMost]), .averageWithin(place.hierarchy.levels[place.level - 1]))
    }
    if chance(10), !groups.isEmpty { return Threshold(.metric(one(names)), one([.greater, .less, .atLeast, .atMost]), .overall) }
    guard chance(15), groups.count == 1, case .dimension(let name) = groups[0], let stored = dataset.values[name], !stored.isEmpty,
      dictionary.dimension(name)?.kind == .category, dictionary.dimension(name)?.type == .text
    else { return nil }
    return Threshold(.metric(one(names)), one([.greater, .less, .atLeast, .atMost]), .member(name, .text(one(stored))))
  }

  private mutating func share(_ groups: [Grouping]) -> Share {
    let parents = groups.compactMap { group -> String? in
      guard case .dimension(let name) = group, let place = dictionary.hierarchy(of: name), place.level > 0 else { return nil }
      return place.hierarchy.levels[place.level - 1]
    }
    return parents.isEmpty || chance(50) ? Share(.total) : Share(.parent(parents[0]))
  }

  mutating func fraction() -> Double { Double(random.below(100)) / (chance(70) ? 100 : 1000) }

  mutating func amount() -> Double {
    switch random.below(6) {
    case 0: Double(random.below(10))
    case 1: Double(random.below(100)) * 10_000
    case 2: Double(random.below(1000)) / 10
    case 3: Double(random.below(20)) * 100_000_000
    case 4: -Double(random.below(500))
    default: Double(random.below(5000))
    }
  }
}
