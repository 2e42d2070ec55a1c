import CivilTime
import Metrics
import SourceText

/// One function per clause: its items to a typed part of the question.
extension Resolver {
  func readAbout(_ clause: Clause, into parts: inout Parts) throws(Problem) {
    guard let first = clause.items.first?.first, let aspect = Aspect(rawValue: first.plainText) else {
      throw .badNotation(offset: 0, expected: "about definition, formula, owner, lineage, version or unit, and a metric")
    }
    let terms = clause.items[0].dropFirst() + clause.items.dropFirst().flatMap { $0 }
    var names: [String] = []
    for term in terms { names.append(try metricName(term)) }
    if names.isEmpty { throw .noMetric(nearest: []) }
    parts.subject = .about(aspect, names)
  }

  /// 三个业态: all of them, where there are just as many; any other number is of members that nobody named.
  func everyMember(_ item: Term.Item) throws(Problem) -> Grouping {
    guard item.count == 2, case .number(let count) = item[0], case .dimension(let name) = try grouping([item[1]]) else {
      throw .badNotation(offset: 0, expected: "a number and a dimension")
    }
    guard let dimension = dictionary.dimension(name), Double(dimension.values.count) == count else {
      throw .unsupported("so many of which")
    }
    return .dimension(name)
  }

  private func trait(_ kind: String, _ name: String) throws(Problem) -> MetricTrait {
    let trait: MetricTrait? =
      switch kind {
      case "category": .category(name)
      case "department": .department(name)
      case "owner": .owner(name)
      case "status": Metric.Status(rawValue: name).map(MetricTrait.status)
      default: nil
      }
    guard let trait else { throw .badNotation(offset: 0, expected: "a category, department, owner or status") }
    return trait
  }

  func readListing(_ clause: Clause, into parts: inout Parts) throws(Problem) {
    let words = clause.items.first ?? []
    switch words.first?.plainText {
    case "metrics" where words.count == 4: parts.subject = .list(.metricsOf(try trait(words[2].plainText, words[3].plainText)))
    // In templates the trait is one term: `list metrics of category(会员)`.
    case "metrics" where words.count == 3:
      guard case .call(let kind, let items) = words[2], let name = items.first?.first else {
        throw .badNotation(offset: 0, expected: "a category, department, owner or status")
      }
      parts.subject = .list(.metricsOf(try trait(kind, name.plainText)))
    case "metrics": parts.subject = .list(.metrics)
    case "dimensions": parts.subject = .list(.dimensions)
    // In templates also of those whom a metric tells apart: `list values counted-by(active_members)` lists members.
    case "values" where words.count == 2:
      if case .call("counted-by", let items) = words[1] {
        guard let name = items.first?.first, let key = key(toldApartBy: try metricName(name)) else {
          throw .unsupported("condition of single rows")
        }
        parts.subject = .list(.values(key))
        return
      }
      switch try grouping([words[1]]) {
      case .dimension(let name): parts.subject = .list(.values(name))
      // Units of time are those of the calendar's days.
      case .time, .part:
        guard dictionary.days != nil else { throw .unsupported("list values of time") }
        parts.subject = .list(.values(words[1].plainText))
      case .bucket, .ranges: throw .unsupported("list values of ranges")
      }
    default: throw .badNotation(offset: 0, expected: "list metrics, list dimensions or list values <dimension>")
    }
  }

  /// `compare yoy`, `compare yoy, previous`, `compare where city = 北京`
  func comparisons(_ items: [Term.Item]) throws(Problem) -> [Comparison] {
    guard let first = items.first, first.first == .symbol("where") else {
      return try items.map { (item) throws(Problem) in try comparison(item) }
    }
    let conditions = try conditions([Array(first.dropFirst())] + items.dropFirst())
    return [Comparison(.members(Self.canonical(conditions)))]
  }

  func comparison(_ item: Term.Item) throws(Problem) -> Comparison {
    var item = item
    let fair = item.last != .symbol("full")
    if !fair { item.removeLast() }
    switch (item.first?.plainText, item.count) {
    case ("yoy", 1): return Comparison(.yearBefore, fair: fair)
    case ("previous", 1): return Comparison(.previous, fair: fair)
    case ("shift", 3):
      guard let count = Self.signed(item[1]), abs(count) < 10_000, let grain = Grain(rawValue: item[2].plainText) else { break }
      return Comparison(.shifted(Int(count), grain), fair: fair)
    case ("with", 2): return Comparison(.period(try time([item[1]])), fair: fair)
    case (_, 1):
      // `compare year(-1)`: a period by itself.
      if let period = try? time([item[0]]) { return Comparison(.period(period), fair: fair) }
    default: break
    }
    throw .badNotation(offset: 0, expected: "compare yoy, previous, shift -1 month, with <time>, or where <members>")
  }

  func quantity(_ term: Term) throws(Problem) -> Quantity {
    guard case .call(let name, let items) = term, let inner = items.first?.first else {
      return .metric(term == .symbol(Self.anyMetric) ? Self.anyMetric : try metricName(term))
    }
    let metric = inner == .symbol(Self.anyMetric) ? Self.anyMetric : try metricName(inner)
    switch name {
    case "share": return .share(metric)
    case "growth": return .growth(metric)
    case "change": return .change(metric)
    default: throw .badNotation(offset: 0, expected: "a metric, or share, growth or change of one")
    }
  }

  /// `gmv > 500000`, `gmv > average`
  ///
  /// - Parameter measure: what `*` stands for, where it is known: amounts of money bound what is counted in it.
  func threshold(_ item: Term.Item, of measure: Measure? = nil) throws(Problem) -> Threshold {
    if item.contains(where: Merit.boundWords.contains) { throw .unsupported("no good direction") }
    guard item.count == 3, let comparator = Comparator(rawValue: item[1].plainText) else {
      throw .badNotation(offset: 0, expected: "metric, comparison and number")
    }
    let quantity = try quantity(item[0])
    // Fell by more than 10%: growth below minus 10%.
    if case .call("minus", _) = item[2], let value = Self.signed(item[2]) { return Threshold(quantity, comparator, .number(value)) }
    // 5 percentage points are 0.05 of a metric in percent.
    if case .call("points", let items) = item[2], case .number(let value)? = items.first?.first {
      return Threshold(quantity, comparator, .number(value.hundredth))
    }
    if case .call("of", let items) = item[2] { return Threshold(quantity, comparator, try member(items)) }
    // An hour is 60 of a metric in minutes, and nothing of one in pieces.
    if case .call("lasting", let items) = item[2] {
      guard case .metric(let name) = measure.map(quantity.on) ?? quantity, let value = Self.lasting(items, in: dictionary.metric(name)?.unit) else {
        throw .unsupported("duration against another unit")
      }
      return Threshold(quantity, comparator, .number(value))
    }
    if case .call("average", let items) = item[2], let parent = items.first?.first {
      return Threshold(quantity, comparator, try averageWithin(parent))
    }
    if case .symbol(let word) = item[2], word.hasPrefix("overall") { return Threshold(quantity, comparator, try overall(quantity, word)) }
    if item[2] == .symbol("average") { return Threshold(quantity, comparator, .average) }
    if case .call(let unit, let items) = item[2], case .number(let value)? = items.first?.first {
      guard fits(measure.map(quantity.on) ?? quantity, unit, items.dropFirst().first?.first?.plainText) else {
        throw .unsupported(unit == "money" ? "money against another unit" : "percent against another unit")
      }
      return Threshold(quantity, comparator, .number(value))
    }
    guard case .number(let value) = item[2] else { throw .badNotation(offset: 0, expected: "a number or average") }
    return Threshold(quantity, comparator, .number(percentage(value, of: measure.map(quantity.on) ?? quantity) ?? value))
  }

  /// The fraction that a bare number stands for where it bounds what is told in percent: 退款率超过5, refund rate above 5.
  /// Up to 1 it is taken as the fraction that it is.
  ///
  /// - Returns: nil where the number is what it says
  package func percentage(_ value: Double, of quantity: Quantity) -> Double? {
    guard value > 1, bareNumbers.contains(value) else { return nil }
    return switch quantity {
    case .metric(let name): dictionary.metric(name)?.unit == .percent ? value.hundredth : nil
    case .share, .growth: value.hundredth
    case .change: nil
    }
  }

  /// `5`, or `minus(5)` of a template.
  static func signed(_ term: Term) -> Double? {
    switch term {
    case .number(let value): value
    case .call("minus", let items):
      if case .number(let value)? = items.first?.first { -value } else { nil }
    default: nil
    }
  }

  /// Whether `money(5)`, `money(5, USD)` or `percent(0.5)` can bound a quantity.
  private func fits(_ quantity: Quantity, _ unit: String, _ currency: String?) -> Bool {
    guard case .metric(let name) = quantity else { return unit == "percent" }
    guard let own = dictionary.metric(name)?.unit else { return false }
    guard unit == "money" else { return own == .percent || own == .plain }
    if case .money(let code) = own { return currency == nil || currency == code }
    return false
  }

  func share(_ items: [Term.Item]) throws(Problem) -> Share {
    guard let first = items.first, let head = first.first else { return Share(.total) }
    if head == .symbol("of"), first.count == 2 {
      guard case .dimension(let name) = try grouping([first[1]]) else { throw .unsupported("share of time") }
      return Share(.parent(name))
    }
    if head == .symbol("running"), items.count == 1 { return Share(.running) }
    if head == .symbol("in"), first.count == 2, first[1] == .symbol("change") { return Share(.change) }
    guard head == .symbol("where") else { throw .badNotation(offset: 0, expected: "share, share running, share in change, share of, or share where") }
    let conditions = try conditions([Array(first.dropFirst())] + items.dropFirst())
    return Share(.matching(Self.canonical(conditions)))
  }

  /// `top 5`, `top 5 by profit`, `top 3 in region`, `top 10 percent`, `top 1 skip 2`, `first 1`; in templates also
  /// `top percent(0.1)` and `top place 3`.
  func ranking(_ clause: Clause) throws(Problem) -> Ranking {
    var item = clause.items.first ?? []
    var ranking = Ranking(clause.keyword == "top" || clause.keyword == "first" ? .top : .bottom, 0)
    if clause.keyword == "first" || clause.keyword == "last" { ranking.kind = .inTime }
    // The few that make up 80 %: of the amount, not of how many there are.
    if case .call("amount", let inner)? = item.first, case .number(let part)? = inner.first?.first {
      item.replaceSubrange(0...0, with: [.number((part * 100).rounded()), .symbol("share")])
    }
    if case .call("percent", let inner)? = item.first, case .number(let part)? = inner.first?.first {
      item.replaceSubrange(0...0, with: [.number((part * 100).rounded()), .symbol("percent")])
    }
    // From the 5th to the 10th: six behind four.
    if case .call("places", let ends)? = item.first, ends.count == 2, case .number(let from)? = ends[0].first, case .number(let to)? = ends[1].first {
      guard from >= 1, to > from else { throw .badNotation(offset: 0, expected: "places in order") }
      item.replaceSubrange(0...0, with: [.number(to - from + 1), .symbol("skip"), .number(from - 1)])
    }
    let isPlace = item.first == .symbol("place")
    if isPlace { item.removeFirst() }
    guard case .number(let count)? = item.first, count >= 1, count == count.rounded(), count < 1_000_000 else {
      throw .badNotation(offset: 0, expected: "a whole number of rows")
    }
    item.removeFirst()
    (ranking.count, ranking.skip) = isPlace ? (1, Int(count) - 1) : (Int(count), 0)
    if item.first == .symbol("share") {
      guard count < 100, ranking.kind == .count else { throw .badNotation(offset: 0, expected: "less than 100 percent") }
      ranking.kind = .share
      item.removeFirst()
    }
    if item.first == .symbol("both"), clause.keyword == "first" {
      ranking.kind = .timeEnds
      item.removeFirst()
    }
    if item.first == .symbol("percent") {
      guard count <= 100 else { throw .badNotation(offset: 0, expected: "at most 100 percent") }
      ranking.kind = .percent
      item.removeFirst()
    }
    if item.first == .symbol("skip"), item.count > 1, case .number(let skip) = item[1], skip >= 0, skip < 1_000_000 {
      ranking.skip = Int(skip)
      item.removeFirst(2)
    }
    if item.first == .symbol("by"), item.count > 1 {
      ranking.by = try quantity(item[1])
      item.removeFirst(2)
    }
    if item.first == .symbol("in"), item.count > 1 {
      ranking.within = [try grouping([item[1]])]
      for more in clause.items.dropFirst() { ranking.within.append(try grouping(more)) }
    }
    return ranking
  }

  /// `rank top 5 by gmv of city`: a ranking whose direction came from a word, and what is ranked.
  func rank(_ clause: Clause) throws(Problem) -> (ranking: Ranking, of: [Grouping], overall: Bool) {
    guard let item = clause.items.first, item.count > 1, let direction = Direction(rawValue: item[0].plainText) else {
      throw .badNotation(offset: 0, expected: "rank top or rank bottom, and a number")
    }
    var terms = Array(item.dropFirst())
    var ranked: [Grouping] = []
    var overall = false
    if let cut = terms.firstIndex(of: .symbol("of")), cut + 1 < terms.count {
      if terms[cut + 1] == .symbol("all") { overall = true } else { ranked = [try grouping([terms[cut + 1]])] }
      terms.removeSubrange(cut...)
    }
    return (try ranking(Clause(direction.rawValue, [terms])), ranked, overall)
  }

  /// `top gmv`: by gmv, the highest first.
  func best(_ item: Term.Item) throws(Problem) -> PartialOrdering {
    guard item.count == 2, let direction = Direction(rawValue: item[0].plainText) else {
      throw .badNotation(offset: 0, expected: "best top or best bottom, and a metric")
    }
    return PartialOrdering(key: .quantity(try quantity(item[1])), descending: direction == .top)
  }

  /// `gmv desc`, `region asc`, and `* desc` for the first measure.
  func ordering(_ item: Term.Item) throws(Problem) -> PartialOrdering {
    guard item.count == 2, item[1] == .symbol("asc") || item[1] == .symbol("desc") else {
      throw .badNotation(offset: 0, expected: "a metric or group, then asc or desc")
    }
    let descending = item[1] == .symbol("desc")
    if item[0] == .symbol("*") { return PartialOrdering(key: nil, descending: descending) }
    if case .call("bucket", _) = item[0] { return PartialOrdering(key: .group(try grouping([item[0]])), descending: descending) }
    if case .symbol(let name) = item[0], dictionary.metric(name) == nil {
      return PartialOrdering(key: .group(try grouping([item[0]])), descending: descending)
    }
    return PartialOrdering(key: .quantity(try quantity(item[0])), descending: descending)
  }
}
