import CivilTime
import Metrics
import SourceText

/// Turns clauses into a Question: looks every name up, joins what several phrases said, and infers what goes without saying.
///
/// Clauses come from two sides, the written notation and the grammar's templates; both are read here and nowhere else.
/// Beyond the canonical clauses, templates may use some that only speech needs:
/// - `member(dimension, values…)`: a value somebody named; `is(dimension, values…)`: one said of its dimension;
///   `not(…)`, `any(…)`, `of(d, c)`: conditions on what stands where; `filtered(gmv, c)`: a condition of one metric alone;
///   `doers(customers, orders)`: customers, where they are told apart in the rows that are orders
/// - `rank top 5 by gmv of city`: a ranking whose direction came from a word; groups not named behind `of` are what it is
///   done within, unless it says `of all`; `rank-by profit`, `best top gmv`, `sort * desc`: what an order goes by
/// - `within region`, `asked city`, `loose-by city`: what a group stands for in the sentence
/// - `versus a, b`, `against t`, `preceding 30 day`, `growth`: comparisons whose order or base stands elsewhere
/// - `trend`, `split`, `together`: over time, side by side, as one
/// - `ratio-of revenue`, `having * > 5`: a metric divided by another, a bound on the value
/// - `listed a, b, c`: times named one after another, with a word for the total taken as one, else side by side;
///   `listed a, b, within(year(-1))` where the year was said behind all of them
/// - `without holiday(national_break)`: days left out of the period, wherever that was said
/// - `place-asked`: the place of the member that is named elsewhere
/// - `own-mean store`: a mean of the groups themselves, and no others
/// - `apart a, b`: one member set against another; `every region`: each by itself, for a ranking of what stands beside it
/// - `all-of 3 store_format`: all members of a dimension, counted as somebody who knows them does
/// - `share-each c`: the share of each value named, where those are all there are
/// - `share-loose where c`: a share whose whole was not named
/// - `unit CNY`, `unit percent`: what the numbers are asked for in
/// - `step month`: of month on month, which a longer period is cut by
/// - `spread order_amount`: the distribution of a number: by its ranges, and without a metric the rows that have it
/// - `as of previous`, `as of then`, `as of version 2`: definitions told otherwise than by a day
/// - `unsupported cause`: what nobody can answer yet, with its reason
package struct Resolver: Sendable {
  package let dictionary: MetricDictionary
  package let context: TimeContext
  /// The numbers that a sentence names without a percent sign; none of notation. See `percentage`.
  package var bareNumbers: Set<Double> = []

  package init(dictionary: MetricDictionary, context: TimeContext) {
    self.dictionary = dictionary
    self.context = context
  }

  /// Reads written notation: `measure gmv | by city | during month(-1)`.
  package func question(notation: String) throws(Problem) -> Question {
    do {
      let clauses = try TermReader.clauses(notation)
      for clause in clauses where clause.items.isEmpty {
        guard let expected = Self.expectedBehind[clause.keyword] else { continue }
        throw Problem.badNotation(offset: 0, expected: expected, clause: clause.keyword)
      }
      return try question(from: clauses)
    } catch let failure as TermReader.Failure {
      throw .badNotation(offset: failure.offset, expected: failure.expected)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw .badNotation(offset: 0, expected: "notation")
    }
  }

  /// What written clauses have to say more: a keyword alone would change nothing, without a word.
  private static let expectedBehind = [
    "measure": "a metric", "by": "a dimension or a unit of time", "where": "a condition such as city = 上海", "having": "metric, comparison and number",
    "sort": "a metric or group, then asc or desc", "compare": "compare yoy, previous, shift -1 month, with <time>, or where <members>", "without": "a time",
  ]

  /// The question that these clauses ask together, in whatever order they stand.
  package func question(from said: [Clause]) throws(Problem) -> Question {
    let readings = try Targets(dictionary).readings(of: said)
    if readings.count > 1 {
      throw .ambiguous(try readings.map { (clauses) throws(Problem) in Choice(question: try question(from: clauses)) })
    }
    let clauses = readings[0]
    var parts = Parts()
    parts.meant = clauses.first { $0.keyword == "measure" }?.items.first.flatMap { try? measure($0) }
    for clause in Self.besideWeekends(clauses) {
      do throws(Problem) { try read(clause, into: &parts) } catch {
        if case .badNotation(_, let expected, nil) = error { throw .badNotation(offset: 0, expected: expected, clause: clause.description) }
        throw error
      }
    }
    try keepApart(clauses)
    try keepWhole(clauses)
    let assembled = try assemble(parts)
    try keepTogether(clauses)
    return assembled
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
    /// Each of two is asked for by itself (分别), and not one against the other: an unfinished one does not cut the other short.
    var splitEach = false
    var versus: [TimeExpression] = []
    var against: [TimeExpression] = []
    /// Units of time named one after another: one against the other, or taken as one.
    var listed: [TimeExpression] = []
    /// The year that was said behind all of them.
    var listedWithin: TimeExpression?
    /// Times that are left out of the one asked for.
    var without: [TimeExpression] = []
    /// Groups whose members are asked for (在哪个城市); a ranking beside them is not done within each.
    var asked: [Grouping] = []
    /// Dimensions typed side by side with a metric, without a word that says "by".
    var looseGroups: [Grouping] = []
    /// Values of one field named one by one (华东和华北): each is asked for.
    var namedApart: [Grouping] = []
    /// The field of each value named by itself, once for each value: 华东华南每月销售额 names two of one field.
    var namedFields: [Grouping] = []
    /// Rankings as said, with the groups that are ranked; the other groups are what it is done within.
    var ranks: [(ranking: Ranking, of: [Grouping], overall: Bool)] = []
    var within: [Grouping] = []
    var asksGrowth = false
    /// Values named one by one are asked for as one: combined, in total.
    var together = false
    /// Metrics that the one asked for is to be divided by.
    var ratioOf: [String] = []
    /// The same, where the outcome need not be a part of a hundred.
    var divisors: [String] = []
    /// What is asked that nothing here can do, by its name in messages: cause, forecast.
    var unsupported: [String] = []
    /// What a ranking said elsewhere goes by.
    var rankBy: [Quantity] = []
    /// Groups that were asked for each by itself (每个大区, not 各大区): a ranking of the others is done within them.
    var every: [Grouping] = []
    /// Two members, the second of which is the base of the first.
    var apart: [Condition] = []
    /// Conditions on one field that were named side by side, with groups of values among them.
    var sides: [Condition] = []
    /// The first measure that is asked for, which `*` stands for.
    var meant: Measure?
    var tests: [Threshold] = []
    var streaks: [Streak] = []
    /// Each unit of a run is set against the one before it within the period, so that nothing is asked of the first.
    var isRising = false
    /// Members whose places are asked for, and whether those of the members named elsewhere are.
    var placements: [Condition] = []
    var asksPlace = false
    /// What a mean was said to be of, which is what is asked for: stores above the stores' mean.
    var ownMeans: [Grouping] = []
    var isCounted = false
    var countedWithin: [Grouping] = []
    /// The groups of the last `by` so far, and those that stood last where the count was asked for: they are what is counted.
    var lastGroups: [Grouping] = []
    var counted: [Grouping] = []
    var asksEnds = false
    /// Bases of so many units just before the period asked for.
    var preceding: [(count: Int, grain: Grain)] = []
    /// Numbers whose distribution is asked for: their ranges are what the answer is cut by.
    var spread: [Grouping] = []
    /// The part of a share that was only named before the metric (华东线上订单占比), not told apart by 占 or 在.
    var looseShares: [Share] = []
    /// Units that were said for the answer: `CNY`, `percent`.
    var units: [Term.Item] = []
    /// The unit whose predecessor a comparison names: month, of month on month.
    var steps: [Grain] = []
    /// Which definitions were asked for, as said: a day, `previous`, `then`, `version 2`.
    var definitions: [Term.Item] = []
  }

  /// An ordering whose key may still be "the value".
  struct PartialOrdering: Hashable {
    var key: Ordering.Key?
    var descending: Bool

    /// What it goes by where `measure` is "the value".
    func key(of measure: Measure) -> Ordering.Key {
      switch key {
      case .quantity(let quantity)?: .quantity(quantity.on(measure))
      case .group(let group)?: .group(group)
      case nil: .quantity(.metric(measure.metric))
      }
    }
  }

  private func read(_ clause: Clause, into parts: inout Parts) throws(Problem) {
    switch clause.keyword {
    case "measure":
      for item in clause.items { let m = try measure(item); if !parts.measures.contains(m) { parts.measures.append(m) } }
    case "about": try readAbout(clause, into: &parts)
    case "list": try readListing(clause, into: &parts)
    case "asked": for item in clause.items { parts.asked.append(try grouping(item)) }
    case "by":
      parts.lastGroups = try clause.items.map { item throws(Problem) in try grouping(item) }
      for item in clause.items { let g = try grouping(item); if !parts.groups.contains(g) { parts.groups.append(g) } }
    case "all-of": for item in clause.items { let g = try everyMember(item); if !parts.groups.contains(g) { parts.groups.append(g) } }
    case "where":
      try checkLevels(try conditions(clause.items.filter(isNamed)))
      parts.conditions += try conditions(clause.items)
      if parts.sides.isEmpty { parts.sides = try sides(clause.items) }
      if let field = try fieldNamedApart(clause.items) { parts.namedApart.append(field) }
      parts.namedFields += try fieldsNamed(clause.items)
    case "during":
      let time = try time(clause.items.first ?? [])
      if !parts.periods.contains(time) { parts.periods.append(time) }
    case "without":
      for item in clause.items { let t = try time(item); if !parts.without.contains(t) { parts.without.append(t) } }
    case "compare":
      for comparison in try comparisons(clause.items) where !parts.comparisons.contains(comparison) {
        parts.comparisons.append(comparison)
      }
    case "apart":
      for condition in try conditions(clause.items) where !parts.apart.contains(condition) { parts.apart.append(condition) }
    case "having":
      for item in clause.items {
        if let (counted, worth) = try worth(item, beside: clause.items) {
          if !parts.measures.contains(counted) { parts.measures.append(counted) }
          parts.conditions.append(worth)
        } else {
          parts.thresholds.append(try threshold(item, of: parts.meant))
        }
      }
    case "unit": parts.units += clause.items
    case "step": for item in clause.items { if case .time(let grain) = try grouping(item) { parts.steps.append(grain) } }
    case "test": for item in clause.items { parts.tests.append(try threshold(item, of: parts.meant)) }
    case "run":
      parts.streaks.append(try streak(clause))
      if clause.items.first?.first == .symbol("rising") { parts.isRising = true }
    case "place": parts.placements += try conditions(clause.items)
    case "own-mean": for item in clause.items { parts.ownMeans.append(try grouping(item)) }
    case "place-asked": parts.asksPlace = true
    case "count":
      parts.isCounted = true
      parts.counted = parts.lastGroups
      for item in clause.items {
        let group = item[0] == .symbol("in") ? Array(item.dropFirst()) : item
        guard let term = group.first else { throw .badNotation(offset: 0, expected: "count in a dimension") }
        parts.countedWithin.append(try grouping([term]))
      }
    case "as": parts.definitions.append(try definition(clause))
    case "ends": parts.asksEnds = true
    case "share": parts.shares.append(try share(clause.items))
    case "share-each": try readShareOfEach(clause, into: &parts)
    case "share-loose": parts.looseShares.append(try share(clause.items))
    case "top", "bottom", "first", "last": parts.rankings.append(try ranking(clause))
    case "every": for item in clause.items { parts.every.append(try grouping(item)) }
    case "sort": for item in clause.items { parts.order.append(try ordering(item)) }
    case "backwards": parts.order.append(PartialOrdering(key: nil, descending: true))
    case "ratio-of": for item in clause.items { parts.ratioOf.append(try metricName(item[0])) }
    case "divided-by": for item in clause.items { parts.divisors.append(try metricName(item[0])) }
    case "together": parts.together = true
    case "best": for item in clause.items { parts.order.append(try best(item)) }
    case "rank-by": for item in clause.items { parts.rankBy.append(try quantity(item[0])) }
    case "rank": parts.ranks.append(try rank(clause))
    case "within": for item in clause.items { parts.within.append(try grouping(item)) }
    case "growth": parts.asksGrowth = true
    case "against": parts.against += try clause.items.map { (item) throws(Problem) in try time(item) }
    case "preceding": parts.preceding.append(try stretch(clause))
    case "loose-by": for item in clause.items { parts.looseGroups.append(try grouping(item)) }
    case "versus": parts.versus += try clause.items.map { (item) throws(Problem) in try time(item) }
    case "listed":
      var times: [TimeExpression] = []
      for item in clause.items {
        if case .call("within", let outer)? = item.first { parts.listedWithin = try time(outer.first ?? []) } else { times.append(try time(item)) }
      }
      if !parts.listed.isEmpty, parts.listed != times { throw .conflicting("during", (parts.listed + times).map(Clash.time)) }
      parts.listed = times
    case "split":
      parts.split = true
      if clause.items.contains([.symbol("each")]) { parts.splitEach = true }
    case "trend": parts.trend = true
    // Compared with the data when it is answered.
    case Self.soMany: break
    case "spread":
      for item in clause.items { let g = try spread(item); if !parts.spread.contains(g) { parts.spread.append(g) } }
    case "unsupported": parts.unsupported += clause.items.compactMap(\.first?.plainText)
    default:
      throw .unknownName(clause.keyword, kind: .clause, nearest: NearMiss.nearest(to: clause.keyword, among: Self.keywords))
    }
  }

  /// `so-many 3, store`: how many members the asker takes there to be (华东这三家门店). It chooses none of them.
  package static let soMany = "so-many"

  private static let keywords = [
    "measure", "about", "list", "by", "where", "during", "compare", "having", "share", "top", "bottom", "first", "last",
    "sort", "test", "count", "ends", "run", "place", "as",
  ]

  // MARK: Names

  package func metricName(_ term: Term) throws(Problem) -> String {
    let name = term.plainText
    if dictionary.metric(name) != nil { return name }
    throw .unknownName(name, kind: .metric, nearest: NearMiss.nearest(to: name, among: dictionary.metrics.map(\.name)))
  }

  package func grouping(_ item: Term.Item) throws(Problem) -> Grouping {
    guard let term = item.first, item.count == 1 else { throw .badNotation(offset: 0, expected: "one grouping") }
    if case .call("bucket", let items) = term { return try bucket(items) }
    if case .call("field-of", let items) = term { return try fieldOf(items) }
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
    case .time(.hour): return .hour
    case .time(let grain): throw .unsupported("where \(grain.rawValue)")
    case .bucket, .ranges: throw .badNotation(offset: 0, expected: "a dimension")
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
  /// What a condition tests, as something to group by.
  package init(_ field: Field) {
    switch field {
    case .dimension(let name): self = .dimension(name)
    case .part(let part): self = .part(part)
    case .hour: self = .time(.hour)
    }
  }

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
