import CivilTime
import Metrics
import Planning
import Questions
import SourceText

/// The fixed words of an answer in one language: labels, column titles, lines of definition and source.
package protocol AnswerWords: Sendable {
  /// Labels of the lines under the table.
  var formulaLabel: String { get }
  var definitionLabel: String { get }
  var sourceLabel: String { get }
  var noticeLabel: String { get }
  var totalLabel: String { get }
  /// A group key without value, and one whose text is blank.
  var missingMember: String { get }
  var blankMember: String { get }
  /// In place of a number that the user may not see.
  var hiddenNumber: String { get }
  var yes: String { get }
  var no: String { get }
  /// `2026-10-01 至 2026-10-31`: both ends in, an open side said.
  func days(_ period: Period) -> String
  /// Dates with the words for them: `2026-10-01 至 2026-10-31（上月）`.
  func labelled(_ text: String, _ label: String) -> String
  /// The words when all the data was asked for.
  var allTime: String { get }
  /// What the base of a comparison is called above its column.
  func baseTitle(_ base: Comparison.Base) -> String
  func changeTitle(_ base: Comparison.Base?) -> String
  func growthTitle(_ base: Comparison.Base?) -> String
  /// How many times the base.
  var multipleTitle: String { get }
  /// How many groups: `门店个数`, `Number of: store`.
  func endTitle(_ end: PlanColumn.End, _ group: String) -> String
  func countTitle(_ groups: String) -> String
  /// A title of the second comparison, told apart from that of the first.
  func furtherTitle(_ title: String, _ base: String) -> String
  /// `起`, `止`, `连续月数`
  func runTitle(_ edge: PlanColumn.RunEdge, _ unit: String) -> String
  /// `名次（由高到低）`, `共几个`, `并列`
  func placeTitle(_ edge: PlanColumn.PlaceEdge) -> String
  var runningShareTitle: String { get }
  /// `占比`, `占大区比例`; `parent` is a dimension's title.
  func shareTitle(_ share: Share?, parent: String) -> String
  func wholeTitle(_ share: Share?, parent: String) -> String
  /// The title of a derived column of one of several measures: `成交总额·占比`.
  func combined(_ measure: String, _ derived: String) -> String
  /// `v3（2026-01-01 起）`
  func version(_ number: Int, from day: Day?) -> String
  func status(_ status: Metric.Status) -> String
  /// `负责人 林晓（增长运营部）`; empty if nobody is named.
  func owner(_ owner: String, department: String) -> String
  func unit(_ unit: MeasureUnit) -> String
  func direction(_ direction: Metric.Direction) -> String
  func kind(_ kind: Dimension.Kind) -> String
  /// `orders（8,412 行）`
  func source(_ source: AnswerSource) -> String
  /// `数据截至 2026-10-31`
  func dataAsOf(_ day: Day) -> String
  /// Parts in a row: `转化率 · 华东`; empty ones are left out.
  func joined(_ parts: [String]) -> String
  /// A line as it stands at the beginning or above a column: English takes a capital.
  func opening(_ text: String) -> String
  func list(_ items: [String]) -> String
  /// What a line is about, in front of it: `转化率：…`.
  func about(_ title: String, _ line: String) -> String
  func label(_ fact: DefinitionFact) -> String
  func listingHeadline(_ listing: Listing, names: Names, count: Int) -> String
  func title(_ column: ListColumn) -> String
  func title(_ section: ExplanationSection) -> String
  /// `各组之和 = 合计`: whether parts add up.
  func sum(_ title: String, parts: String, count: Int, whole: String?, agree: Bool) -> String
  func argument(_ number: Int, _ text: String) -> String
}

/// What a definition tells of a metric.
package enum DefinitionFact: Hashable, Sendable, CaseIterable {
  case meaning, formula, notation, unit, direction, owner, status, version, history, tables, columns, upstream, parent,
    drivers, usedBy, dimensions, successor
}

/// The columns of lists; the raw value is the column's name for programs.
package enum ListColumn: String, Hashable, Sendable {
  case name, title, meaning, unit, status, owner, kind, level, value
}

/// The sections of `--explain`, in the order they are printed.
package enum ExplanationSection: Hashable, Sendable, CaseIterable {
  case words, tree, canonical, plan, sql, sums
}

extension Language {
  package var answerWords: any AnswerWords {
    switch self {
    case .chinese: ChineseAnswerWords()
    case .english: EnglishAnswerWords()
    }
  }
}
