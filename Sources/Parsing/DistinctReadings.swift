import CivilTime
import Metrics
import Questions

/// Tells readings apart that differ in words only.
///
/// 2017年第四季度 is a quarter of a year and the year's fourth quarter: the same days, so no choice. A value that stands on
/// two levels of one hierarchy (Germany the country, Germany the region) is the coarser one, unless its level was named.
struct DistinctReadings {
  let dictionary: MetricDictionary
  let context: TimeContext

  /// The readings that differ in what they select; of those that do not, the first, or the one on the coarser level.
  func pruned(_ choices: [Choice]) -> [Choice] {
    if choices.count < 2 { return choices }
    var result: [Choice] = []
    for choice in choices {
      let key = key(choice.question)
      if let index = result.firstIndex(where: { self.key($0.question) == key }) {
        if depth(choice.question) < depth(result[index].question) { result[index] = choice }
      } else {
        result.append(choice)
      }
    }
    return alike(result)
  }

  /// Texas, Florida and Ohio are three states, though a customer is called Ohio too: of readings that name the same values,
  /// those on the fewest dimensions.
  private func alike(_ choices: [Choice]) -> [Choice] {
    guard choices.count > 1, Set(choices.map { plain($0.question) }).count == 1 else { return choices }
    let fewest = choices.map { fields($0.question).count }.min()
    return choices.filter { fields($0.question).count == fewest }
  }

  private func fields(_ question: Question) -> Set<Field> {
    Set(flat(question.conditions + part(question)).compactMap(\.field))
  }

  /// A question with its conditions as bare values.
  private func plain(_ question: Question) -> Question {
    var plain = question
    var values: [Value] = []
    for condition in flat(question.conditions) {
      guard let (field, members, negated) = Resolver.members(condition), !negated else { continue }
      values += members
      plain.groups.removeAll { $0 == Grouping(field) }
    }
    plain.conditions = flat(question.conditions).filter { Resolver.members($0)?.negated ?? true }
    values.sort { "\($0)" < "\($1)" }
    plain.conditions.append(.oneOf(.dimension(""), values, negated: false))
    return plain
  }

  /// The conditions of the part that a share asks for.
  private func part(_ question: Question) -> [Condition] {
    if case .matching(let conditions)? = question.share?.of { conditions } else { [] }
  }

  /// A question with its days in place of its words for them, and hierarchies in place of their levels.
  private struct Key: Hashable {
    var question: Question
    var period: Period?
  }

  private func key(_ question: Question) -> Key {
    var plain = question
    var period: Period?
    if let time = question.period, let resolved = try? time.resolve(context) {
      // 今年累计 and 今年以来 end on today or on the last loaded day: no row lies between.
      period = context.lastLoadedDay.flatMap { resolved.period.intersection(Period(nil, $0.adding(days: 1))) } ?? resolved.period
      plain.period = nil
    }
    plain.conditions = Resolver.canonical(question.conditions.map(levelled)).map(sorted)
    if !part(question).isEmpty { plain.share = Share(.matching(Resolver.canonical(part(question).map(levelled)).map(sorted))) }
    // Side by side, the groups are the levels the values were found on.
    let named = Set(question.conditions.compactMap(\.field).map { Grouping($0) })
    plain.groups = question.groups.map { group in
      guard named.contains(group), case .dimension(let name) = group, let place = dictionary.hierarchy(of: name) else { return group }
      return .dimension("hierarchy " + place.hierarchy.name)
    }
    return Key(question: plain, period: period)
  }

  private func levelled(_ condition: Condition) -> Condition {
    switch condition {
    case .comparison(let field, let comparator, let value): .comparison(levelled(field), comparator, value)
    case .oneOf(let field, let values, let negated): .oneOf(levelled(field), values, negated: negated)
    case .any(let parts): Self.either(parts.map(levelled))
    default: condition
    }
  }

  /// Alternatives, on one field as its values.
  private static func either(_ parts: [Condition]) -> Condition {
    let joined = Resolver.canonical(parts)
    return joined.count == 1 ? joined[0] : .any(joined)
  }

  /// Conditions with alternatives as conditions of their own.
  private func flat(_ conditions: [Condition]) -> [Condition] {
    conditions.flatMap { if case .any(let parts) = $0 { parts } else { [$0] } }
  }

  private func sorted(_ condition: Condition) -> Condition {
    guard case .oneOf(let field, let values, let negated) = condition else { return condition }
    return .oneOf(field, values.sorted { "\($0)" < "\($1)" }, negated: negated)
  }

  private func levelled(_ field: Field) -> Field {
    guard case .dimension(let name) = field, let place = dictionary.hierarchy(of: name) else { return field }
    return .dimension("hierarchy " + place.hierarchy.name)
  }

  /// How deep in their hierarchies a question's conditions stand.
  private func depth(_ question: Question) -> Int {
    flat(question.conditions + part(question)).map { condition in
      guard case .dimension(let name)? = condition.field else { return 0 }
      return dictionary.hierarchy(of: name)?.level ?? 0
    }.reduce(0, +)
  }
}
