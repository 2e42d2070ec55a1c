import SourceText

/// 加起来呢, 一共多少: the rows last shown as one number.
extension FollowUp {
  static func asksTotal(_ clauses: [Clause]) -> Bool {
    clauses.contains { $0.keyword == "together" } && clauses.allSatisfy { ["together", "follow"].contains($0.keyword) }
  }

  /// 涨了多少, after 9月客单价 and 10月呢: the later against the earlier, where the last two turns differ in their time alone.
  func betweenTurns(_ clauses: [Clause], _ thread: Thread) -> Question? {
    guard clauses.allSatisfy({ ["growth", "follow"].contains($0.keyword) }), clauses.contains(where: { $0.keyword == "growth" }),
      var question = thread.last?.question, let before = thread.before?.question, question.comparison == nil,
      let said = question.period, let other = before.period,
      let a = (try? said.resolve(resolver.context))?.period, let b = (try? other.resolve(resolver.context))?.period,
      let start = a.start, let otherStart = b.start, start != otherStart
    else { return nil }
    var same = before
    same.period = question.period
    guard same == question else { return nil }
    question.period = start < otherStart ? other : said
    question.comparison = Comparison(.period(start < otherStart ? said : other))
    return question
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
