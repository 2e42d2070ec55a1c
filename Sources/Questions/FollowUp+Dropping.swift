import SourceText

/// What a follow-up takes back: 去掉线上, without the comparison.
extension FollowUp {
  func drop(_ clause: Clause, from question: inout Question) throws(Problem) {
    switch clause.keyword {
    case "drop-where":
      for condition in try resolver.conditions(clause.items) {
        if let rest = Self.without(condition, question.conditions) {
          question.conditions = rest
        } else {
          // 去掉线上, where nothing was kept to 线上, means: all but 线上.
          question.conditions += try resolver.conditions([[.call("not", [QuestionText.condition(condition)])]])
        }
      }
    case "drop-part":
      for part in clause.items.compactMap(\.first?.plainText) {
        switch part {
        case "compare": (question.comparison, question.further) = (nil, nil)
        case "share": question.share = nil
        case "count": (question.isCounted, question.countedWithin) = (false, [])
        case "top": question.ranking = nil
        case "having": question.thresholds = []
        case "during": question.period = nil
        case "where": question.conditions = []
        case "by": (question.groups, question.ranking, question.order) = ([], nil, [])
        default: throw .badNotation(offset: 0, expected: "compare, share, count, top, having, during, where or by")
        }
      }
    case "drop-measure":
      for item in clause.items {
        let left = question.measures.filter { $0.metric != item.first?.plainText }
        guard left.count < question.measures.count else { throw .unsupported("drop what is not there") }
        guard !left.isEmpty else { throw .noMetric(nearest: []) }
        question.subject = .measures(left)
        question.order = []
      }
    case "drop-by":
      for item in clause.items {
        let group = try resolver.grouping(item)
        guard question.groups.contains(group) else { throw .unsupported("drop what is not there") }
        question.groups.removeAll { $0 == group }
      }
    default: break
    }
  }

  /// 去掉华北 after 华东和华北 leaves 华东; after 华北 it leaves no condition. nil if nothing of it was kept.
  static func without(_ condition: Condition, _ conditions: [Condition]) -> [Condition]? {
    guard let index = conditions.firstIndex(where: { $0.field == condition.field && $0.field != nil }) else { return nil }
    var rest = conditions
    guard let kept = Resolver.members(conditions[index]), let dropped = Resolver.members(condition), !kept.negated,
      !dropped.negated
    else {
      rest.remove(at: index)
      return rest
    }
    let left = kept.values.filter { !dropped.values.contains($0) }
    if left.count == kept.values.count { return nil }
    rest.remove(at: index)
    if !left.isEmpty { rest.insert(.oneOf(kept.field, left, negated: false), at: index) }
    return rest
  }
}
