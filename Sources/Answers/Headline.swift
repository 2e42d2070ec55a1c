import CivilTime
import Metrics
import Planning
import Questions
import SourceText

/// The first line of an answer: the question in dictionary words, with its dates.
///
/// Example: `转化率 · 华东 · 2026-10-01 至 2026-10-31（上月）`. A value names its condition where it can; measures come
/// first, dates after what they limit, and every clause of the question has its place.
package struct Headline: Sendable {
  let wording: any QuestionWording
  let words: any AnswerWords

  package init(_ dictionary: MetricDictionary, in language: Language) {
    wording = QuestionWords(dictionary, in: language).wording
    words = language.answerWords
  }

  package func text(_ question: Question, period: AnswerPeriod?, compare: AnswerComparison?, further: PlannedComparison? = nil) -> String {
    var parts: [String] = []
    switch question.subject {
    case .measures(let measures): parts.append(words.list(measures.map(wording.measure)))
    case .about(let aspect, let metrics): parts.append(wording.about(aspect, metrics))
    case .list(let listing): parts.append(wording.listing(listing))
    }
    parts += question.conditions.map { wording.condition($0, bare: true) }
    if !question.groups.isEmpty { parts.append(wording.groups(question.groups)) }
    if let period { parts.append(words.labelled(period.text, period.label)) }
    if let compare { parts.append(compare.text) } else if let base = question.comparison { parts.append(wording.comparison(base)) }
    if let further {
      parts.append(wording.comparison(further.kind, days: words.days(further.base)))
    } else if let further = question.further {
      parts.append(wording.comparison(further))
    }
    parts += question.thresholds.map(wording.threshold)
    if let streak = question.streak { parts.append(wording.streak(streak)) }
    if let share = question.share { parts.append(wording.share(share)) }
    if let ranking = wording.ranking(question) { parts.append(ranking) }
    parts += question.order.map(wording.ordering)
    parts += question.tests.map(wording.test)
    if let placement = question.placement { parts.append(wording.placement(placement)) }
    if question.isCounted { parts.append(wording.counted(within: question.countedWithin)) }
    if let day = question.asOf { parts.append(wording.asOf(day)) }
    if question.showsEnds { parts.append(wording.ends) }
    return words.opening(words.joined(parts))
  }

  /// The period of a plan, as computed: both ends, and how it was said.
  package func period(of plan: Plan) -> AnswerPeriod? {
    guard !plan.question.measures.isEmpty || plan.period != nil else { return nil }
    guard let resolved = plan.period else { return allTime(plan) }
    let period = plan.comparison?.this ?? resolved.period
    let label = plan.question.period.map(label) ?? ""
    return AnswerPeriod(period: period, label: label, text: days(period, resolved.stretches))
  }

  private func days(_ period: Period, _ stretches: [Period]) -> String {
    stretches.isEmpty ? words.days(period) : words.list(stretches.map(words.days))
  }

  /// Dates that were given as dates need no words beside them.
  private func label(_ expression: TimeExpression) -> String {
    switch expression {
    case .absolute(.day), .all: return ""
    case .range(.absolute(.day), .absolute(.day)): return ""
    default: return wording.time(expression)
    }
  }

  private func allTime(_ plan: Plan) -> AnswerPeriod {
    for case .allTime(let period) in plan.notices {
      return AnswerPeriod(period: period, label: words.allTime, text: words.days(period))
    }
    return AnswerPeriod(period: Period(nil, nil), label: "", text: words.allTime)
  }

  package func comparison(of plan: Plan) -> AnswerComparison? {
    plan.comparison.map { planned in
      AnswerComparison(
        kind: Headline.kind(planned.kind.base), this: planned.this, base: planned.base,
        text: wording.comparison(planned.kind, days: words.days(planned.base)))
    }
  }

  private static func kind(_ base: Comparison.Base) -> String {
    switch base {
    case .yearBefore: "yoy"
    case .previous: "previous"
    case .shifted: "shift"
    case .members: "members"
    case .period: "period"
    }
  }
}
