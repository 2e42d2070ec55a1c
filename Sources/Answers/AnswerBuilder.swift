import CivilTime
import Metrics
import Planning
import Questions
import SourceText
import Tables

/// Makes answers: from a plan and its result, from the dictionary alone, or from a problem.
///
/// It is made once for a user, a day and a language; the same inputs give the same answer.
package struct AnswerBuilder: Sendable {
  package let dictionary: MetricDictionary
  package let language: Language
  package let today: Day
  package let user: String
  /// What the warehouse calls its data; part of the answer's id.
  package let dataVersion: String
  /// The newest day with data.
  package let dataAsOf: Day?

  let names: Names
  let words: any AnswerWords
  let headline: Headline

  package init(
    dictionary: MetricDictionary, language: Language, today: Day, user: String = "", dataVersion: String = "",
    dataAsOf: Day? = nil
  ) {
    self.dictionary = dictionary
    self.language = language
    self.today = today
    self.user = user
    self.dataVersion = dataVersion
    self.dataAsOf = dataAsOf
    names = Names(dictionary, in: language)
    words = language.answerWords
    headline = Headline(dictionary, in: language)
  }

  /// The same by other definitions, such as those of another day.
  package func under(_ dictionary: MetricDictionary) -> AnswerBuilder {
    AnswerBuilder(dictionary: dictionary, language: language, today: today, user: user, dataVersion: dataVersion, dataAsOf: dataAsOf)
  }

  /// The answer of a plan that ran.
  ///
  /// - Parameters:
  ///   - text: the question as it was typed.
  ///   - result: its columns are found by the plan's column names.
  ///   - sourceRows: rows read of each table; tables left out are named without a number.
  ///   - hidden: rows whose numbers the user may not see.
  ///   - notices: what earlier stages have to say; the plan's own notices follow.
  ///   - tellsTexts: whether cells are written as people read them; without, `Answer.texts` is empty.
  package func answer(
    question text: String, plan: Plan, result: ResultTable, hidden: Set<Int> = [], sourceRows: [String: Int] = [:],
    notices: [Notice] = [], sql: AnswerSQL? = nil, seconds: Double? = nil, tellsTexts: Bool = true
  ) -> Answer {
    let canonical = QuestionText.text(of: plan.question)
    var layout = AnswerColumns(plan: plan, result: result, names: names, tellsTexts: tellsTexts)
    var answer = Answer(status: .answered, language: language, question: text, canonical: canonical)
    answer.isRanked = plan.question.ranking != nil || !plan.question.order.isEmpty
    answer.period = headline.period(of: plan)
    answer.compare = headline.comparison(of: plan)
    answer.headline = headline.text(plan.question, period: answer.period, compare: answer.compare, further: plan.further)
    answer.filters = filters(plan.question.conditions)
    answer.notices = told(notices + plan.notices + ResultNotices(plan: plan, result: result, dictionary: dictionary).notices)
    if answer.notices.contains(where: { $0.notice.saysNoData }) { layout.showNothingForNoData() }
    if plan.further == nil, answer.notices.contains(where: { $0.notice.saysBaseWithoutData }) { layout.showNoBase() }
    layout.hide(hidden)
    let totals = layout.takeOutTotals()
    answer.columns = layout.columns
    answer.rows = layout.rows
    answer.texts = layout.texts
    answer.inputColumns = layout.inputColumns
    answer.inputs = layout.inputs
    answer.metrics = metrics(of: plan, operands: layout.operands)
    answer.sources = sources(of: plan, rows: sourceRows)
    answer.dataAsOf = dataAsOf
    answer.status = layout.hasNoData || answer.notices.contains { $0.notice.saysNoData } ? .empty : .answered
    if answer.status == .empty, !answer.notices.contains(where: { $0.notice.saysNoData }) {
      answer.notices += told([plan.question.canLeaveNone ? .noneMatch : .noData(available: nil)])
    }
    if answer.status == .answered, !sourceRows.isEmpty, sourceRows.values.allSatisfy({ $0 == 0 }) { answer.notices += told([.noRows]) }
    answer.details = (totals.isEmpty ? [] : [AnswerDetail(words.totalLabel, totals)]) + details(of: answer)
    answer.sql = sql
    answer.seconds = seconds
    answer.id = identity(canonical)
    return answer
  }

  /// Why there is no number, with choices if the question has several readings.
  ///
  /// - Parameter offers: what can be asked in its place, as choices too.
  package func problem(
    _ problem: Problem, question text: String, canonical: String = "", offers: [Choice] = [], seconds: Double? = nil
  ) -> Answer {
    var answer = Answer(status: Answer.Status(problem), language: language, question: text, canonical: canonical)
    answer.problem = problem
    answer.headline = names.messages.text(problem)
    if case .ambiguous(let choices) = problem {
      answer.choices = told(choices)
    } else if !offers.isEmpty {
      answer.headline += names.messages.offer
      answer.choices = told(offers)
    }
    answer.dataAsOf = dataAsOf
    answer.seconds = seconds
    return answer
  }

  private func told(_ choices: [Choice]) -> [AnswerChoice] {
    let wording = QuestionWords(dictionary, in: language)
    return choices.map { choice in
      AnswerChoice(
        text: choice.text.isEmpty ? wording.text(choice.question) : choice.text,
        notation: QuestionText.text(of: choice.question))
    }
  }

  /// The id under which a canonical question gives this answer again.
  func identity(_ canonical: String) -> String {
    AnswerIdentity.id([canonical, dictionary.fingerprint, dataVersion, user, today.description])
  }

  /// Notices in words, each once, in the order they came.
  func told(_ notices: [Notice]) -> [AnswerNotice] {
    var seen = Set<Notice>()
    let messages = names.messages
    return notices.filter { seen.insert($0).inserted && !$0.isToldInHeadline }
      .map { AnswerNotice(notice: $0, text: messages.text($0)) }
  }

  private func filters(_ conditions: [Condition]) -> [AnswerFilter] {
    conditions.map {
      AnswerFilter(
        notation: Term.itemsText([QuestionText.condition($0)]), text: headline.wording.condition($0, bare: false))
    }
  }

  private func sources(of plan: Plan, rows: [String: Int]) -> [AnswerSource] {
    var seen = Set<String>()
    return plan.sources.filter { seen.insert($0.table).inserted }
      .map { AnswerSource(table: $0.table, title: names.table($0.table), rows: rows[$0.table]) }
  }
}

extension Question {
  /// Whether an answer without rows means that nothing met the conditions, not that there is no data.
  var canLeaveNone: Bool {
    if case .list = subject { return true }
    return !thresholds.isEmpty || streak != nil
  }
}

extension Notice {
  var saysNoData: Bool { if case .noData = self { true } else { false } }
  var saysBaseWithoutData: Bool { if case .baseWithoutData = self { true } else { false } }
  /// All time stands in the headline with its dates already.
  var isToldInHeadline: Bool { if case .allTime = self { true } else { false } }
}
