import Metrics
import SourceText

/// What a question sets side by side: two bases, two members, a part and its whole.
extension Resolver {
  /// 同比和环比: at most two, each against a base of its own.
  func comparisons(_ parts: Parts) throws(Problem) -> (Comparison?, Comparison?) {
    let said = parts.comparisons
    guard said.count == 2, parts.versus.isEmpty, parts.against.isEmpty, said.allSatisfy(\.isRelative) else {
      return (try single(said, "compare", Clash.comparison), nil)
    }
    // In one order, whichever was named first.
    let ordered = said[0].base == .previous ? [said[1], said[0]] : said
    return (ordered[0], ordered[1])
  }

  /// 上海比北京高多少: the first is asked for, and the second is its base.
  func setApart(_ parts: Parts, _ question: inout Question) throws(Problem) {
    if parts.apart.isEmpty { return }
    guard parts.apart.count == 2, question.comparison == nil, let a = Self.members(parts.apart[0]),
      let b = Self.members(parts.apart[1]), !a.negated, !b.negated, a.values != b.values
    else { throw .unsupported("difference") }
    try checkSameLevel(a.field, b.field)
    guard !question.conditions.contains(where: { $0.field == a.field }) else { throw .unsupported("difference") }
    question.conditions = ordered(question.conditions + [parts.apart[0]])
    question.comparison = Comparison(.members([parts.apart[1]]))
  }

  /// 长三角和京津冀: conditions on one field that are named side by side, of which one is a group of values; empty for all others.
  func sides(_ items: [Term.Item]) throws(Problem) -> [Condition] {
    guard items.count > 1 else { return [] }
    var found: [Condition] = []
    var seen: [Value] = []
    for item in items {
      let condition = try condition(item)
      guard let (field, values, negated) = Self.members(condition), !negated, found.isEmpty || field == found[0].field,
        !values.contains(where: seen.contains)
      else { return [] }
      seen += values
      found.append(condition)
    }
    return seen.count > found.count ? found : []
  }

  /// Groups of values stand side by side as they were named, and not cut into their values: two of them as one against the other
  /// where a comparison is asked for, else as a number each. In total they are one condition.
  func takeSides(_ parts: inout Parts, _ measures: inout [Measure]) {
    guard let field = parts.sides.first.flatMap({ Self.members($0)?.field }), !parts.together, !parts.isCounted,
      parts.rankings.isEmpty, parts.ranks.isEmpty, parts.rankBy.isEmpty, parts.shares.isEmpty, parts.looseShares.isEmpty, parts.thresholds.isEmpty,
      parts.tests.isEmpty, parts.streaks.isEmpty, parts.apart.isEmpty, parts.spread.isEmpty, !parts.groups.contains(Grouping(field)),
      measures.allSatisfy({ $0.fold == nil && $0.beside == nil && $0.conditions.isEmpty })
    else { return }
    parts.conditions.removeAll(where: parts.sides.contains)
    parts.namedFields.removeAll { $0 == Grouping(field) }
    parts.namedApart.removeAll { $0 == Grouping(field) }
    let isCompared = parts.split && parts.sides.count == 2 && parts.comparisons.isEmpty && parts.versus.isEmpty && parts.against.isEmpty
    parts.split = false
    if isCompared {
      parts.apart = parts.sides
      return
    }
    measures = measures.flatMap { measure in
      parts.sides.map { side in
        var filtered = measure
        filtered.conditions = [side]
        return filtered
      }
    }
  }

  /// 上海 against 华东 is no difference of two alike.
  private func checkSameLevel(_ a: Field, _ b: Field) throws(Problem) {
    if a != b { throw .unsupported("values of different levels") }
  }

  /// 华东线上订单占比: 线上 in 华东, or 华东线上 in all, nobody can tell; with one condition only, there is but one part.
  func looseShare(_ parts: Parts, _ question: inout Question) throws(Problem) -> Share? {
    guard let share = try single(Self.unique(parts.looseShares), "share", Clash.share) else { return nil }
    if let other = question.share { throw .conflicting("share", [.share(other), .share(share)]) }
    guard case .matching(let part) = share.of, question.groups.isEmpty else { return share }
    let members = question.conditions.filter { Self.members($0).map { !$0.negated } ?? false }
    guard !members.isEmpty else { return share }
    var inScope = question
    inScope.share = share
    var inAll = question
    inAll.conditions.removeAll { members.contains($0) }
    inAll.share = Share(.matching(ordered(Self.canonical(members + part))))
    throw .ambiguous([Choice(question: inScope), Choice(question: inAll)])
  }
}

extension Comparison {
  /// Whether its base lies at a distance, so that another can stand beside it.
  package var isRelative: Bool {
    switch base {
    case .yearBefore, .previous, .shifted: true
    case .period, .members: false
    }
  }
}
