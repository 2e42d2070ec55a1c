import Answers
import CivilTime
import Metrics
import Parsing
import Planning
import Questions
import SourceText

/// What may be asked next: follow-ups that the dictionary and the shape of an answer suggest, never random.
///
/// Each can be planned, and its words, read again, mean the same.
package struct NextQuestions: Sendable {
  /// A question to go on with.
  package struct Next: Hashable, Sendable {
    /// In dictionary words, to be typed as it stands.
    package var text: String
    package var question: Question
  }

  private let workspace: Workspace
  private let options: AskOptions
  private let language: Language
  private var dictionary: MetricDictionary { workspace.dictionary }

  package init(_ workspace: Workspace, options: AskOptions, language: Language) {
    self.workspace = workspace
    self.options = options
    self.language = language
  }

  /// At most `limit` questions after the last turn of a thread, best first.
  package func after(_ thread: Thread, limit: Int = 3) -> [Next] {
    guard let last = thread.last, !last.question.measures.isEmpty else { return [] }
    let pipeline = Pipeline(workspace, options: options)
    let follow = FollowUp(Resolver(dictionary: dictionary, context: pipeline.context))
    let words = QuestionWords(dictionary, in: language)
    var found: [Next] = []
    for clauses in candidates(last.question) where found.count < limit {
      guard let question = try? follow.question(clauses, after: thread), question != last.question,
        !found.contains(where: { $0.question == question }), isPossible(question, pipeline)
      else { continue }
      let text = words.text(question)
      guard let read = try? workspace.reader.read(text, context: pipeline.context).outcome.get(), read == question else { continue }
      found.append(Next(text: text, question: question))
    }
    return found
  }

  private func isPossible(_ question: Question, _ pipeline: Pipeline) -> Bool {
    guard let admitted = try? pipeline.admit(question) else { return false }
    return (try? pipeline.plan(admitted.question)) != nil
  }

  // MARK: By the shape of the answer

  private func candidates(_ question: Question) -> [[Clause]] {
    let isOverTime = question.groups.contains(where: \.isTime)
    if question.comparison != nil { return afterComparison(question) }
    if isOverTime { return yearBefore(question) + cuts(question) + siblings(question) }
    if question.groups.isEmpty { return yearBefore(question) + cuts(question).prefix(2) + trend + siblings(question) }
    return shares(question) + [[Clause("pick", [[.number(1)]]), Self.down]] + yearBefore(question) + trend + siblings(question)
  }

  private func afterComparison(_ question: Question) -> [[Clause]] {
    if question.groups.isEmpty { return Array(cuts(question).prefix(2)) + trend + siblings(question) }
    let against = QuestionText.clauses(of: question).filter { $0.keyword == "compare" }
    return [against + [Clause("share", [[.symbol("in"), .symbol("change")]])], [Clause("pick", [[.number(1)]]), Self.down]] + trend + siblings(question)
  }

  static let down = Clause("drill", [[.symbol("down")]])

  private func yearBefore(_ question: Question) -> [[Clause]] {
    question.period == nil ? [] : [[Clause("compare", [[.symbol("yoy")]])], [Clause("compare", [[.symbol("previous")]])]]
  }

  private func shares(_ question: Question) -> [[Clause]] {
    question.share == nil && question.measures.count == 1 ? [[Clause("share")]] : []
  }

  private let trend: [[Clause]] = [
    [Clause("by", [[.symbol("month")]]), Clause("during", [[.call("last", [[.number(12)], [.symbol("month")]])]]), Clause("drop-part", [[.symbol("top")]])]
  ]

  /// The tops of hierarchies that the question is not cut by or kept to.
  private func cuts(_ question: Question) -> [[Clause]] {
    let used = Set(question.conditions.compactMap { $0.field }.compactMap { field in if case .dimension(let name) = field { name } else { nil } })
    let usedHierarchies = Set(used.compactMap { dictionary.hierarchy(of: $0)?.hierarchy.name })
    var tops = dictionary.hierarchies.filter { !usedHierarchies.contains($0.name) }.compactMap(\.levels.first)
    for name in used {
      guard let place = dictionary.hierarchy(of: name), place.level + 1 < place.hierarchy.levels.count else { continue }
      tops.insert(place.hierarchy.levels[place.level + 1], at: 0)
    }
    if tops.isEmpty { tops = dictionary.dimensions.filter { $0.kind == .category && !used.contains($0.name) }.prefix(4).map(\.name) }
    return tops.filter { !question.groups.contains(.dimension($0)) }.map { [Clause("by", [[.symbol($0)]])] }
  }

  /// What drives the metric, what it drives, and what stands beside it in its formula.
  private func siblings(_ question: Question) -> [[Clause]] {
    guard let metric = question.measures.first.flatMap({ dictionary.metric($0.metric) }) else { return [] }
    let parts = metric.drivers + metric.formula.metrics
    return parts.filter { $0 != metric.name }.map { [Clause("follow"), Clause("measure", [[.symbol($0)]])] }
  }
}
