import CivilTime
import Metrics
import SourceText

/// What makes no sense though every word is known.
extension Resolver {
  func check(_ question: Question) throws(Problem) {
    if question.ranking != nil, question.groups.isEmpty { throw .unsupported("top without by") }
    if question.share != nil, question.measures.contains(where: { !hasShares($0.metric) || !$0.isPlain }) {
      throw .unsupported("share of a ratio")
    }
    if !question.thresholds.isEmpty, question.groups.isEmpty { throw .unsupported("having without by") }
    let cut = question.groups.compactMap { group in
      switch group {
      case .bucket(let name, _), .ranges(let name, _): name
      case .dimension, .time, .part: nil
      }
    }
    if Set(cut).count < cut.count { throw .unsupported("ranges of two widths") }
    try checkBounds(question)
    try checkStreak(question)
    try checkContradictions(question)
    try checkPlacement(question)
    try checkShares(question)
    if question.isCounted, question.groups.isEmpty { throw .unsupported("count without by") }
    if !question.countedWithin.isEmpty {
      let isPlain = question.ranking == nil && question.streak == nil && question.order.isEmpty && question.placement == nil
      guard isPlain, question.countedWithin.count < question.groups.count, question.countedWithin.allSatisfy(question.groups.contains) else {
        throw .unsupported("count within groups")
      }
    }
    if question.ranking?.kind.isInTime == true, !question.groups.contains(where: \.isTime) { throw .unsupported("first without time") }
    if question.measures.contains(where: \.isRunning) {
      guard question.groups.contains(where: \.isTime) else { throw .unsupported("running total without time") }
      if question.comparison != nil || question.ranking != nil { throw .unsupported("comparison of running totals") }
    }
    if let moving = question.measures.compactMap(\.moving).first {
      guard question.groups.contains(.time(moving.grain)), question.groups.filter(\.isOfTime).count == 1,
        Set(question.measures.compactMap(\.moving)).count == 1
      else { throw .unsupported("moving average by another unit") }
      if question.comparison != nil || question.share != nil || question.streak != nil || question.isCounted {
        throw .unsupported("comparison of moving averages")
      }
    }
    // October without its holiday has no such days just before it, and a year before the holiday lay elsewhere.
    if case .except? = question.period, question.comparison?.isRelative == true, question.streak == nil, !question.groups.contains(where: \.isTime) {
      throw .unsupported("compare days left out")
    }
    if case .members? = question.comparison?.base, question.conditions.isEmpty { throw .unsupported("difference") }
    try checkBoundsOfMeans(question)
    if case .period(let base)? = question.comparison?.base, let period = question.period {
      try checkComparable(period, base)
    }
  }

  /// Stores with more than 50 visitors a day: the mean that is shown, where it is all that is shown. A bound that names the metric
  /// may mean its total instead.
  private func checkBoundsOfMeans(_ question: Question) throws(Problem) {
    let averaged = question.measures.filter { !$0.isPlain }.map(\.metric)
    for threshold in question.thresholds where averaged.contains(threshold.quantity.metric) {
      let isNumber = switch threshold.bound { case .number, .average: true; case .averageWithin, .overall, .member: false }
      guard threshold.isOfValue, isNumber, question.measures.count == 1, question.comparison == nil else { throw .unsupported("bound on an average") }
    }
  }

  /// A running share goes from the highest down by itself; a share in a change needs the change, and parts that add up to it.
  func checkShares(_ question: Question) throws(Problem) {
    let isCutByMembers = !question.groups.isEmpty && question.groups.allSatisfy { if case .dimension = $0 { true } else { false } }
    let quantities = question.thresholds.map(\.quantity) + question.tests.map(\.quantity) + [question.ranking?.by].compactMap { $0 }
    let ordered = question.order.compactMap { if case .quantity(let quantity) = $0.key { quantity } else { nil } }
    let shares = (quantities + ordered).filter(\.isShare)
    if shares.contains(where: { !hasShares($0.metric) }) { throw .unsupported("share of a ratio") }
    let boundsShare = !shares.isEmpty
    if question.ranking?.kind == .share {
      let isPlain = question.ranking?.direction == .top && question.ranking?.skip == 0 && question.ranking?.by == nil
      guard question.share?.of == .running, isPlain, question.ranking?.within.isEmpty == true else {
        throw .unsupported("running share beside another part")
      }
    }
    switch question.share?.of {
    case .running:
      guard isCutByMembers, question.measures.count == 1, question.comparison == nil, question.order.isEmpty, question.thresholds.isEmpty,
        question.tests.isEmpty, question.ranking == nil || question.ranking?.kind == .share, !question.isCounted || question.ranking != nil
      else { throw .unsupported("running share beside another part") }
      guard MetricTyping(dictionary).additivity(of: question.measures[0].metric) == .additive else { throw .unsupported("share of a ratio") }
    case .change:
      let isOfMembers = if case .members? = question.comparison?.base { true } else { false }
      guard isCutByMembers, question.measures.count == 1, question.further == nil, !boundsShare, !isOfMembers,
        question.tests.isEmpty
      else { throw .unsupported("contribution beside another part") }
      guard MetricTyping(dictionary).additivity(of: question.measures[0].metric) == .additive else { throw .unsupported("contribution of a ratio") }
      if question.comparison == nil { throw .unsupported("change without a comparison") }
    case .matching(let parts):
      // 华东占多少，华南占多少: the one is no part of the other, but asked for beside it.
      let isBeside = parts.contains { part in question.conditions.contains { Self.excludes(part, $0) } }
      if isBeside { throw .unsupported("several shares") }
      let isTurned = parts.contains { part in question.conditions.contains { isFiner($0, than: part) } }
      if isTurned { throw .unsupported("share of a whole in its part") }
    case .total, .parent, nil: return
    }
  }

  /// Other values of the same field.
  private static func excludes(_ a: Condition, _ b: Condition) -> Bool {
    guard let one = members(a), let other = members(b), one.field == other.field, !one.negated, !other.negated else { return false }
    return Set(one.values).isDisjoint(with: other.values)
  }

  /// 广东 and 华南: limited to the one, the other is no part of it.
  private func isFiner(_ condition: Condition, than part: Condition) -> Bool {
    guard case .dimension(let inner)? = condition.field, case .dimension(let outer)? = part.field,
      let a = dictionary.hierarchy(of: inner), let b = dictionary.hierarchy(of: outer)
    else { return false }
    return a.hierarchy == b.hierarchy && a.level > b.level
  }

  /// A quarter against a year, or a period against itself, is no comparison anybody means.
  func checkComparable(_ period: TimeExpression, _ base: TimeExpression) throws(Problem) {
    guard let this = try? period.resolve(context), let other = try? base.resolve(context) else { return }
    let differs = this.grain != nil && other.grain != nil && this.grain != other.grain
    if this.period == other.period { throw .unsupported("compare a period with itself") }
    if differs { throw .unsupported("compare unlike periods") }
    // Days that stand on both sides: October against the last 30 days.
    if this.period.intersection(other.period) != nil { throw .unsupported("compare periods that overlap") }
  }

  /// Whether a metric's parts make up its whole: sums and counts, also of distinct things, whose parts may overlap.
  func hasShares(_ name: String) -> Bool {
    if MetricTyping(dictionary).additivity(of: name) != .nonAdditive { return true }
    guard case .aggregate(let aggregate)? = dictionary.metric(name)?.formula else { return false }
    return aggregate.function == .countDistinct
  }
}
