import CivilTime
import Metrics
import Questions
import SourceText
import Tables

/// Everything told in reply to one question, in one language, ready for any output format.
///
/// Raw values and their texts stand side by side, so that formats for people and for programs need nothing else: no
/// dictionary, no plan, no language. `AnswerBuilder` makes it.
package struct Answer: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable, CaseIterable {
    case answered
    /// Understood, but there is no data.
    case empty
    /// Understood in more than one way, or not far enough.
    case unclear
    case notUnderstood = "not-understood"
    /// Refused by policy.
    case refused
    /// The warehouse failed, or the work was stopped.
    case failed
  }

  package var status: Status
  package var language: Language
  /// As it was typed.
  package var question: String
  /// The canonical question in notation; empty if there is none.
  package var canonical: String
  /// The question restated in dictionary words with its dates, or for a problem the message.
  package var headline: String
  package var metrics: [AnswerMetric] = []
  package var period: AnswerPeriod?
  package var compare: AnswerComparison?
  package var filters: [AnswerFilter] = []
  /// The visible columns of `rows` and `texts`.
  package var columns: [AnswerColumn] = []
  /// Raw values in full precision: dates as ISO text, ratios as fractions.
  package var rows: [[Cell]] = []
  /// The same cells as people read them; empty where nobody asked for them.
  package var texts: [[String]] = []
  /// Hidden operands of formulas, one row for each of `rows`.
  package var inputColumns: [AnswerColumn] = []
  package var inputs: [[Cell]] = []
  /// Lines beneath the table: formula, definition, sources; of a definition question all there is.
  package var details: [AnswerDetail] = []
  package var notices: [AnswerNotice] = []
  package var choices: [AnswerChoice] = []
  package var sources: [AnswerSource] = []
  /// The newest day with data.
  package var dataAsOf: Day?
  package var sql: AnswerSQL?
  /// Sections of `--explain`; empty unless asked for.
  package var explanation: [AnswerDetail] = []
  /// The reason there is no number; nil if there is one.
  package var problem: Problem?
  /// Under which the same answer can be had again; empty if there is none.
  package var id: String = ""
  /// How long it took, in seconds of wall clock; never part of `id` or of the text for people.
  package var seconds: Double?
  /// How the question wants to be answered; nil if it does not say.
  package var presentation: Presentation?
  /// Whether the order of the rows was asked for, by a ranking or a sorting.
  package var isRanked = false
  /// What a batch called the question.
  package var request: RequestID?

  package init(status: Status, language: Language, question: String, canonical: String = "", headline: String = "") {
    self.status = status
    self.language = language
    self.question = question
    self.canonical = canonical
    self.headline = headline
  }

  /// The process exit code for this answer: 0 answered, 2 not understood or unclear, 3 refused, 4 failed.
  package var exitCode: Int32 { status.exitCode }

  /// Columns and their texts as people see them.
  package var shownColumns: [AnswerColumn] { columns.filter(\.isShown) }
  package var shownTexts: [[String]] {
    if columns.allSatisfy(\.isShown) { return texts }
    return texts.map { row in zip(columns, row).filter { $0.0.isShown }.map(\.1) }
  }

  /// What stands before the first notice: 注意, `Note`.
  package var noticeLabel: String { language.answerWords.noticeLabel }
}

extension Answer.Status {
  package var exitCode: Int32 {
    switch self {
    case .answered, .empty: 0
    case .unclear, .notUnderstood: 2
    case .refused: 3
    case .failed: 4
    }
  }

  /// What a problem means for the person and the exit code.
  package init(_ problem: Problem) {
    switch problem {
    case .emptyQuestion, .tooLong, .tooManyReadings, .unknownWords, .noMetric, .notJoined, .unknownValue, .noContext, .unsupported,
      .unknownName, .badNotation:
      self = .notUnderstood
    case .ambiguous, .conflicting, .unreachable, .noTime, .time, .requiredDimension, .wholeUnits, .noTarget, .noDefinition,
      .definitionsApart:
      self = .unclear
    case .notGranted, .unknownUser: self = .refused
    case .warehouse, .overflow, .interrupted, .outOfBudget: self = .failed
    }
  }
}

/// The `id` of a line in a batch, given back as it came: a text or a whole number.
package enum RequestID: Hashable, Sendable {
  case text(String)
  case number(Int64)
}
