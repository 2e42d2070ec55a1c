import SourceText

/// What a follow-up does to questions of whether and how many, and when it is none.
extension FollowUp {
  /// Whether a metric alone was named behind a question that it could have gone on from: a whole question, and a new one.
  package static func startsAfresh(_ clauses: [Clause], after thread: Thread) -> Bool {
    guard let previous = thread.last?.question, !previous.measures.isEmpty, !clauses.isEmpty else { return false }
    let isBare = previous.groups.isEmpty && previous.conditions.isEmpty && previous.period == nil
    return !isBare && clauses.allSatisfy { $0.keyword == "measure" }
  }

  /// Whether something holds and how many there are: asked anew, or carried on as long as they speak of what is shown.
  func overlayVerdicts(_ question: inout Question, _ clauses: [Clause], _ addition: Question) {
    if addition.isCounted { question.isCounted = true }
    let metrics = question.measures.flatMap(\.metrics)
    if addition.tests.isEmpty {
      // 销售额呢, after 达标了吗: the number, not whether another one reached something.
      question.tests.removeAll { !metrics.contains($0.quantity.metric) }
      return
    }
    question.tests = addition.tests
    if !clauses.contains(where: { $0.keyword == "measure" }) {
      question.subject = .measures(Resolver.unique(addition.tests.map { Measure($0.quantity.metric) }))
    }
  }
}
