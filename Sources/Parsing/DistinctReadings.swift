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
    var result: [Choice] = []
    for choice in choices {
      let key = key(choice.question)
      if let index = result.firstIndex(where: { self.key($0.question) == key }) {
        if depth(choice.question) < depth(result[index].question) { result[index] = choice }
      } else {
        result.append(choice)
      }
    }
    return result
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
      period = resolved.period
      plain.period = nil
    }
    plain.conditions = question.conditions.map(levelled)
    return Key(question: plain, period: period)
  }

  private func levelled(_ condition: Condition) -> Condition {
    switch condition {
    case .comparison(let field, let comparator, let value): .comparison(levelled(field), comparator, value)
    case .oneOf(let field, let values, let negated): .oneOf(levelled(field), values, negated: negated)
    default: condition
    }
  }

  private func levelled(_ field: Field) -> Field {
    guard case .dimension(let name) = field, let place = dictionary.hierarchy(of: name) else { return field }
    return .dimension("hierarchy " + place.hierarchy.name)
  }

  /// How deep in their hierarchies a question's conditions stand.
  private func depth(_ question: Question) -> Int {
    question.conditions.map { condition in
      guard case .dimension(let name)? = condition.field else { return 0 }
      return dictionary.hierarchy(of: name)?.level ?? 0
    }.reduce(0, +)
  }
}
