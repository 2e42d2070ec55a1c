import Metrics
import Planning
import Questions
import SourceText
import Tables

/// The sections of `--explain`, from what the stages have to say and from the answer itself.
///
/// The caller gives lines of words, tree and plan; the rest follows from the answer. Empty sections are left out.
package struct Explanation: Sendable {
  /// How each word was read: `上月 → month(-1)`.
  package var words: [String]
  /// The parse as an indented tree of rule names.
  package var tree: [String]
  /// The sentence of each plan step, in order.
  package var plan: [String]

  package init(words: [String] = [], tree: [String] = [], plan: [String] = []) {
    self.words = words
    self.tree = tree
    self.plan = plan
  }

  /// The answer with its explanation filled in.
  ///
  /// - Parameter totals: the values of all groups together, as computed by a query of their own, by column name.
  package func filled(_ answer: Answer, plan planned: Plan, dictionary: MetricDictionary, totals: [String: Cell] = [:])
    -> Answer
  {
    let fixed = answer.language.answerWords
    let sums = PartSums(answer: answer, plan: planned, dictionary: dictionary).lines(totals: totals)
    let canonical = [answer.canonical, QuestionWords(dictionary, in: answer.language).text(planned.question)]
    var result = answer
    result.explanation = ExplanationSection.allCases.map { section in
      let lines =
        switch section {
        case .words: words
        case .tree: tree
        case .canonical: canonical.filter { !$0.isEmpty }
        case .plan: plan
        case .sql: answer.sql.map { Explanation.lines(of: $0, fixed) } ?? []
        case .sums: sums
        }
      return AnswerDetail(fixed.title(section), lines)
    }.filter { !$0.lines.isEmpty }
    return result
  }

  private static func lines(of sql: AnswerSQL, _ words: any AnswerWords) -> [String] {
    sql.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      + sql.arguments.enumerated().map { words.argument($0 + 1, $1.isNull ? NumberFormat.missing : $1.plainText) }
  }
}

/// Whether the groups of an answer add up: for measures that are sums or counts.
struct PartSums {
  let answer: Answer
  let plan: Plan
  let dictionary: MetricDictionary

  /// A line for each additive measure of an answer with several groups.
  func lines(totals: [String: Cell]) -> [String] {
    guard answer.rows.count > 1, !plan.question.groups.isEmpty else { return [] }
    return plan.columns.compactMap { column in
      guard case .value(let measure) = column.role, measure.isPlain, isAdditive(measure.metric),
        let place = answer.columns.firstIndex(where: { $0.name == column.name }),
        let sum = PartSums.sum(answer.rows.map { $0[place] })
      else { return nil }
      return line(answer.columns[place], column, sum, whole: totals[column.name])
    }
  }

  private func line(_ told: AnswerColumn, _ column: PlanColumn, _ sum: Cell, whole: Cell?) -> String {
    let decimals = dictionary.metric(column.name)?.decimals
    let format = NumberFormat(
      unit: column.unit, decimals: decimals, language: answer.language, cells: [sum, whole ?? .null])
    let agree = whole.map { format.text($0) == format.text(sum) } ?? true
    return answer.language.answerWords.sum(
      told.title, parts: format.text(sum), count: answer.rows.count, whole: whole.map(format.text), agree: agree)
  }

  /// Sums and counts add up over groups; distinct counts, means and ratios do not. Sums and differences of such do.
  private func isAdditive(_ name: String, depth: Int = 0) -> Bool {
    guard let metric = dictionary.metric(name), depth < 20 else { return false }
    return isAdditive(metric.formula, depth: depth)
  }

  private func isAdditive(_ formula: Formula, depth: Int) -> Bool {
    switch formula {
    case .aggregate(let aggregate):
      aggregate.overTime == nil && (aggregate.function == .sum || aggregate.function == .count)
    case .metric(let name): isAdditive(name, depth: depth + 1)
    case .binary(.plus, let left, let right), .binary(.minus, let left, let right):
      isAdditive(left, depth: depth) && isAdditive(right, depth: depth)
    case .negated(let inner): isAdditive(inner, depth: depth)
    case .number, .binary, .rolling, .toDate, .shifted, .conversion, .conversions, .score, .filtered, .allTime, .startOf, .folded: false
    }
  }

  /// The exact sum of whole and decimal cells, a floating one if any cell is; nil on overflow or without a number.
  static func sum(_ cells: [Cell]) -> Cell? {
    let numbers = cells.filter { $0.number != nil }
    guard !numbers.isEmpty else { return nil }
    var units: Int64 = 0
    var scale = 0
    for cell in numbers { if case .decimal(_, let own) = cell { scale = max(scale, own) } }
    for cell in numbers {
      guard let part = exact(cell, scale: scale) else { return .real(numbers.compactMap(\.number).reduce(0, +)) }
      let (next, overflow) = units.addingReportingOverflow(part)
      if overflow { return nil }
      units = next
    }
    return scale == 0 ? .integer(units) : .decimal(units: units, scale: scale)
  }

  private static func exact(_ cell: Cell, scale: Int) -> Int64? {
    var (units, own): (Int64, Int)
    switch cell {
    case .integer(let value): (units, own) = (value, 0)
    case .decimal(let value, let decimals): (units, own) = (value, decimals)
    default: return nil
    }
    while own < scale {
      let (next, overflow) = units.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      units = next
      own += 1
    }
    return units
  }
}
