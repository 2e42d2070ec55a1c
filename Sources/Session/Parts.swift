import Answers
import Metrics
import Planning
import Questions
import SourceText

/// What a number is made of: the metrics in its formula, and its parts by the first levels of the hierarchies.
package struct Parts: Sendable {
  private let workspace: Workspace
  private let options: AskOptions

  package init(_ workspace: Workspace, options: AskOptions) {
    self.workspace = workspace
    self.options = options
  }

  /// Questions whose answers together say how the last one's number came about; at most `limit` breakdowns.
  ///
  /// Of a comparison, each part's share of the change; of a sum, each part's share; of a ratio, its two sides and the ratio in
  /// each part.
  package func questions(behind thread: Thread, limit: Int = 2) -> [Question] {
    guard let last = thread.last?.question, last.measures.count == 1, let metric = workspace.dictionary.metric(last.measures[0].metric)
    else { return [] }
    let pipeline = Pipeline(workspace, options: options)
    let follow = FollowUp(Resolver(dictionary: workspace.dictionary, context: pipeline.context))
    func possible(_ clauses: [Clause]) -> Question? {
      guard let question = try? follow.question(clauses, after: thread), question != last, let admitted = try? pipeline.admit(question),
        (try? pipeline.plan(admitted.question)) != nil
      else { return nil }
      return question
    }
    var found: [Question] = []
    let whole = [Clause("drop-part", [[.symbol("by")]]), Clause("drop-part", [[.symbol("share")]])]
    let operands = metric.formula.metrics.filter { $0 != metric.name }
    let against = QuestionText.clauses(of: last).filter { $0.keyword == "compare" }
    if operands.count > 1 {
      // Set against another time, each operand has columns of its own.
      let sides = against.isEmpty ? [[metric.name] + operands] : operands.map { [$0] }
      found += sides.compactMap { side in possible(whole + [Clause("follow"), Clause("measure", side.map { [.symbol($0)] })]) }.prefix(3)
    }
    let most = found.count + limit
    for dimension in levels(last) where found.count < most {
      let cut = Clause("by", [[.symbol(dimension)]])
      let part = against.isEmpty ? [Clause("share")] : against + [Clause("share", [[.symbol("in"), .symbol("change")]])]
      if let question = possible([cut] + part) ?? possible([cut]) { found.append(question) }
    }
    return found
  }

  /// The level below what the question is kept to, else the top, of each hierarchy that it is not cut by.
  private func levels(_ question: Question) -> [String] {
    let kept = question.conditions.compactMap { condition -> String? in
      if case .dimension(let name)? = condition.field { name } else { nil }
    }
    return workspace.dictionary.hierarchies.compactMap { hierarchy in
      if question.groups.contains(where: { $0.dimension.map(hierarchy.levels.contains) ?? false }) { return nil }
      guard let deepest = kept.compactMap({ hierarchy.levels.firstIndex(of: $0) }).max() else { return hierarchy.levels.first }
      return deepest + 1 < hierarchy.levels.count ? hierarchy.levels[deepest + 1] : nil
    }
  }
}
