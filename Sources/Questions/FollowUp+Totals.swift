import SourceText

/// 加起来呢, 一共多少: the rows last shown as one number.
extension FollowUp {
  static func asksTotal(_ clauses: [Clause]) -> Bool {
    clauses.contains { $0.keyword == "together" } && clauses.allSatisfy { ["together", "follow"].contains($0.keyword) }
  }

  /// The question before without its cut. The first three of a ranking are not all rows, and two questions not one.
  func total(of previous: Question) throws(Problem) -> Question {
    guard !previous.groups.isEmpty, previous.ranking == nil, previous.thresholds.isEmpty, !previous.isCounted else {
      throw .unsupported("together of what")
    }
    var whole = previous
    (whole.groups, whole.order, whole.share) = ([], [], nil)
    return try resolver.question(from: QuestionText.clauses(of: whole))
  }
}
