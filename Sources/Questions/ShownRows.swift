import CivilTime
import SourceText

/// The rows of the last answer as a follow-up speaks of them: 它们, 只看第一个, the second one.
struct ShownRows {
  /// nil if they are not known.
  let rows: [[Thread.Member]]?

  /// 它们: the members that a ranking or a bound left become a condition; without one they are all there are.
  ///
  /// - Parameter alone: nothing else changes, so that the ranking itself can stand for rows that are not known.
  func keepAll(_ question: inout Question, alone: Bool) throws(Problem) {
    if question.ranking == nil, question.thresholds.isEmpty { return }
    guard question.groups.count == 1, let group = question.groups.first, question.ranking?.within.isEmpty ?? true else {
      throw .unsupported("those, of a ranking within groups")
    }
    if let rows, !rows.isEmpty {
      let values = rows.compactMap { $0.first { $0.group == group }?.value }
      guard values.count == rows.count, let field = Self.field(group) else { throw .unsupported("those, of such groups") }
      Self.limit(&question, to: values.count == 1 ? .comparison(field, .equal, values[0]) : .oneOf(field, values, negated: false))
      return
    }
    guard alone, question.thresholds.isEmpty, let ranking = question.ranking, case .dimension(let name) = group else { throw .noContext }
    guard case .metric(let by) = ranking.by ?? .metric(question.measures[0].metric) else { throw .unsupported("those, of such groups") }
    question.conditions.append(.among(dimension: name, ranking.direction, ranking.count, metric: by))
    question.ranking = nil
  }

  /// `pick 1`, `pick -1`: one row, by its place.
  func keep(_ pick: Clause, _ question: inout Question) throws(Problem) {
    guard case .number(let number)? = pick.items.first?.first, let place = Int(exactly: number), let rows, !rows.isEmpty,
      place != 0, abs(place) <= rows.count
    else { throw .noContext }
    for member in rows[place > 0 ? place - 1 : rows.count + place] {
      guard let value = member.value else { throw .unsupported("those, of such groups") }
      if let field = Self.field(member.group) {
        Self.limit(&question, to: .comparison(field, .equal, value))
      } else if case .text(let label) = value, let unit = CalendarUnit(label) {
        question.period = .absolute(unit)
      } else {
        throw .unsupported("those, of such groups")
      }
    }
    (question.ranking, question.thresholds, question.order) = (nil, [], [])
    // One part alone is all of itself.
    if question.share?.of == .total { question.share = nil }
  }

  /// The condition in place of those on its field, and of what chose the rows.
  private static func limit(_ question: inout Question, to condition: Condition) {
    question.conditions.removeAll { $0.field == condition.field }
    question.conditions.append(condition)
    (question.ranking, question.thresholds) = (nil, [])
  }

  private static func field(_ group: Grouping) -> Field? {
    switch group {
    case .dimension(let name): .dimension(name)
    case .part(let part): .part(part)
    case .time, .bucket, .ranges: nil
    }
  }
}
