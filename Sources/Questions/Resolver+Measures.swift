import CivilTime
import Metrics
import SourceText

/// Measures: a metric with conditions of its own, set against another, or folded over groups.
extension Resolver {
  /// `gmv`, `gmv(where channel = 小程序)`, `ratio(refunds, gmv)`, `avg(gmv per day)`, `avg(gmv per store day)`, `running(gmv)`
  func measure(_ item: Term.Item) throws(Problem) -> Measure {
    guard item.count == 1, let term = item.first else { throw .badNotation(offset: 0, expected: "one measure") }
    guard case .call(let name, let items) = term else { return Measure(try metricName(term)) }
    if let operation = Beside.Operation(rawValue: name) { return try beside(operation, items) }
    if name == "per" { return try perHead(items) }
    // What the most common reason is most common among: the rows that have one.
    if name == "rows", let of = items.first?.first { return try counting(of.plainText) }
    if name == "doers", items.count == 2 { return try doers(items[0], of: items[1]) }
    if name == "moving" { return try moving(items) }
    if name == "running", let inner = items.first { return try running(inner) }
    if name == Fold.Function.percentile.rawValue { return try percentile(items) }
    if let function = Fold.Function(rawValue: name), let inner = items.first { return try folded(function, inner) }
    // `fold(median, gmv per store)`: the function came from a word.
    if name == "fold", items.count > 1, let function = Fold.Function(rawValue: items[0].first?.plainText ?? "") {
      // Pairs of groups: per store, day.
      return try folded(function, items[1] + items.dropFirst(2).flatMap { $0 })
    }
    if name == "filtered", let inner = items.first {
      var filtered = try measure(inner)
      filtered.conditions = Self.canonical(filtered.conditions + (try conditions(Array(items.dropFirst()))))
      return filtered
    }
    var conditionItems = items
    if conditionItems.first?.first == .symbol("where") { conditionItems[0].removeFirst() }
    return Measure(try metricName(.symbol(name)), conditions: Self.canonical(try conditions(conditionItems)))
  }

  /// `percentile(net_sales per store, 90)`
  private func percentile(_ items: [Term.Item]) throws(Problem) -> Measure {
    guard items.count > 1, case .number(let percent)? = items[items.count - 1].first, percent >= 1, percent <= 99, percent == percent.rounded()
    else { throw .badNotation(offset: 0, expected: "a percentile from 1 to 99") }
    var measure = try folded(.percentile, items[0] + items[1..<(items.count - 1)].flatMap { $0 })
    measure.fold?.percent = Int(percent)
    return measure
  }

  private func folded(_ function: Fold.Function, _ item: Term.Item) throws(Problem) -> Measure {
    guard let cut = item.firstIndex(where: { $0 == .symbol("per") || $0 == .symbol("by") }) else {
      // The average margin is the margin; any other number of a sum is of nothing until something is named.
      let measure = try measure(item)
      guard function == .average, isMean(measure.metric) else {
        throw .unsupported(function == .average ? "average without per" : "fold without per")
      }
      return measure
    }
    var measure = try measure(Array(item[..<cut]))
    // A fold of a fold has each over something of its own.
    guard !measure.isRunning, measure.fold?.inner.isEmpty ?? true else { throw .unsupported("average of an average") }
    var over: [Grouping] = []
    for term in item[(cut + 1)...] {
      let group = try grouping([term])
      switch group {
      case .bucket, .ranges: throw .unsupported("average over ranges")
      // 支付订单金额的中位数: every amount is no group that a count would be taken over.
      case .dimension(let name) where dictionary.dimension(name)?.kind == .number: throw .unsupported("average over ranges")
      case .dimension, .time, .part: break
      }
      if !over.contains(group) { over.append(group) }
    }
    if over.isEmpty { throw .badNotation(offset: 0, expected: "what it is taken over, such as per day") }
    // The margin by store is asked for, not a mean of stores' margins; a mean of daily rates is a thing people look at.
    if function == .average, isMean(measure.metric), item[cut] == .symbol("by") || !over.allSatisfy(\.isTime) {
      throw .unsupported("average of a ratio")
    }
    if measure.fold?.over.contains(where: over.contains) ?? false { throw .unsupported("average of an average") }
    let inner = measure.fold.map { [$0] } ?? []
    measure.fold = Fold(function, over: over)
    measure.fold?.inner = inner
    return measure
  }

  /// A running total adds up what lies before; ratios and distinct counts do not add up.
  private func running(_ item: Term.Item) throws(Problem) -> Measure {
    var measure = try measure(item)
    guard measure.isPlain, MetricTyping(dictionary).additivity(of: measure.metric) == .additive else {
      throw .unsupported("running total of a ratio")
    }
    measure.isRunning = true
    return measure
  }

  /// `moving(net_sales, 7, day)`
  private func moving(_ items: [Term.Item]) throws(Problem) -> Measure {
    guard items.count == 3, case .number(let count)? = items[1].first, let whole = Int(exactly: count), (2...1000).contains(whole),
      let grain = Grain(rawValue: items[2].first?.plainText ?? "")
    else { throw .badNotation(offset: 0, expected: "a metric, a number of 2 or more and a unit of time") }
    var measure = try measure(items[0])
    guard measure.isPlain, grain != .hour else { throw .unsupported("moving average of that") }
    measure.moving = Moving(whole, grain)
    return measure
  }

  /// A ratio that the dictionary defines is the metric itself; one it does not is computed at the grain of the answer.
  private func beside(_ operation: Beside.Operation, _ items: [Term.Item]) throws(Problem) -> Measure {
    guard items.count == 2, let other = items[1].first, items[1].count == 1 else {
      throw .badNotation(offset: 0, expected: "two metrics")
    }
    var measure = try measure(items[0])
    let name = try metricName(other)
    guard measure.beside == nil, measure.fold == nil, measure.metric != name else {
      throw .unsupported("ratio of a metric with itself")
    }
    if operation == .ratio, measure.conditions.isEmpty, let defined = ratio(measure.metric, name) { return Measure(defined) }
    // Spend per buyer, per buyer: a mean set against a count is a number of nothing. One price against another is not.
    if operation == .ratio, isMean(measure.metric) || isMean(name), dictionary.metric(measure.metric)?.unit != dictionary.metric(name)?.unit {
      throw .unsupported("ratio of a ratio")
    }
    if operation == .difference, dictionary.metric(measure.metric)?.unit != dictionary.metric(name)?.unit {
      throw .unsupported("difference of unlike metrics")
    }
    measure.beside = Beside(operation, name)
    return measure
  }

  /// 每个会员平均下几单: orders of members, per member. Whoever is counted by a number that others lack is all that is asked about.
  private func perHead(_ items: [Term.Item]) throws(Problem) -> Measure {
    var measure = try beside(.ratio, items)
    guard measure.beside != nil, let name = items[1].first?.plainText, case .aggregate(let counted)? = dictionary.metric(name)?.formula
    else { return measure }
    if measure.conditions.isEmpty, let narrower = ratio(measure.metric, perSomeOf: counted) { return Measure(narrower) }
    guard counted.function == .countDistinct, case .column(let key)? = counted.argument
    else { return measure }
    for dimension in dictionary.dimensions {
      guard case .flag(.missing(.column(key), negated: true)) = dimension.source else { continue }
      measure.conditions = Self.canonical(measure.conditions + [.comparison(.dimension(dimension.name), .equal, .number(1))])
    }
    return measure
  }

  /// Who spends more per order: only paid orders are paid for, and what is paid for each has a name.
  private func ratio(_ metric: String, perSomeOf counted: Aggregate) -> String? {
    guard counted.function == .count, counted.argument == nil, counted.condition == nil else { return nil }
    let defined = dictionary.metrics.filter { candidate in
      guard case .binary(.dividedBy, .metric(metric), .metric(let divisor)) = candidate.formula,
        case .aggregate(let some)? = dictionary.metric(divisor)?.formula
      else { return false }
      return some.function == .count && some.argument == nil && some.table == counted.table
    }
    return defined.count == 1 ? defined[0].name : nil
  }

  /// The metric that is defined as one metric over another.
  private func ratio(_ metric: String, _ divisor: String) -> String? {
    dictionary.metrics.first { $0.formula == .binary(.dividedBy, .metric(metric), .metric(divisor)) }?.name
  }

  /// Profit as a percentage of revenue: the metric that is defined so, else the two set against each other.
  /// - Parameter isPart: asked for as a part of a hundred, which two metrics of unlike units are not.
  func ratio(_ measures: [Measure], to divisor: String, isPart: Bool) throws(Problem) -> Measure {
    guard measures.count == 1, measures[0].isPlain else { throw .unsupported("ratio of several metrics") }
    if isPart, ratio(measures[0].metric, divisor) == nil, dictionary.metric(measures[0].metric)?.unit != dictionary.metric(divisor)?.unit {
      throw .unsupported("ratio without a metric")
    }
    return try beside(.ratio, [QuestionText.measure(measures[0]), [.symbol(divisor)]])
  }

  /// A ratio, a mean of rows or days, or what is computed from such alone: its average is the metric itself.
  package func isMean(_ name: String) -> Bool { isMean(.metric(name), within: []) }

  private func isMean(_ formula: Formula, within path: [String]) -> Bool {
    switch formula {
    case .aggregate(let aggregate): aggregate.function == .average || aggregate.overTime == .average
    case .metric(let name):
      path.contains(name) ? false : dictionary.metric(name).map { isMean($0.formula, within: path + [name]) } ?? false
    case .number: false
    case .binary(.dividedBy, let a, .number): isMean(a, within: path)
    case .binary(.dividedBy, _, _): true
    // 1 - scrap rate, availability * yield: numbers and means, of which one at least is a mean.
    case .binary(_, .number, let a), .binary(_, let a, .number): isMean(a, within: path)
    case .binary(_, let a, let b): isMean(a, within: path) && isMean(b, within: path)
    case .negated(let a), .rolling(let a, _, _), .toDate(let a, _), .shifted(let a, _, _), .filtered(let a, _), .allTime(let a),
      .startOf(let a, _): isMean(a, within: path)
    case .conversion, .score: true
    case .folded(let fold): fold.function == .average || isMean(fold.of, within: path)
    case .conversions: false
    }
  }
}

extension Resolver {
  /// 有多少客户下过单: those who are counted in the very rows that say who ordered; members that are counted by themselves may
  /// not have ordered at all.
  private func doers(_ who: Term.Item, of deed: Term.Item) throws(Problem) -> Measure {
    let (who, deed) = (try measure(who), try measure(deed))
    guard case .aggregate(let aggregate)? = dictionary.metric(who.metric)?.formula, aggregate.function == .countDistinct,
      dictionary.tables(of: who.metric) == dictionary.tables(of: deed.metric),
      case .aggregate(let done)? = dictionary.metric(deed.metric)?.formula, aggregate.condition == done.condition
    else { throw .unsupported("count of those who did") }
    return who
  }
}
