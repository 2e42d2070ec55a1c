import Answers
import CivilTime
import Governance
import Metrics
import Planning
import Questions
import SourceText
import Tables

/// What is amiss with a dictionary beyond mistakes: metrics nobody owns, describes or asks for, the same formula twice, and
/// trees whose drivers do not come to what stands above them, on the data.
package struct DictionaryLint {
  package typealias Finding = (metric: String, finding: CatalogueFinding, place: SourcePlace?)

  private let workspace: Workspace
  private let saved: SavedQuestions
  private let options: AskOptions
  private let hasPolicy: Bool
  private var dictionary: MetricDictionary { workspace.dictionary }

  package init(_ workspace: Workspace, saved: SavedQuestions, options: AskOptions) {
    self.workspace = workspace
    self.saved = saved
    self.options = options
    hasPolicy = Files.exists(workspace.folder + "/policy.yaml")
  }

  /// In the order of the dictionary, metric by metric.
  package func findings() -> [Finding] {
    let asked = Set(saved.all.flatMap(\.question.metricsTouched))
    let twins = dictionary.duplicates
    return dictionary.metrics.flatMap { metric in
      ([
        metric.owner.isEmpty && metric.department.isEmpty ? .unowned : nil,
        metric.meaning.isEmpty && metric.current.meaning.isEmpty ? .undescribed : nil,
        asked.contains(metric.name) ? nil : .neverAsked,
        twins.first { $0.contains(metric.name) }.map { .sameFormula(as: $0.filter { $0 != metric.name }) },
        metric.hasLostCertification ? .certificationLost : nil,
        onUncertified(metric), deprecated(metric),
        metric.sensitivity == .private && !hasPolicy ? .privateWithoutPolicy : nil,
        unbalanced(metric),
      ] as [CatalogueFinding?]).compactMap { $0.map { (metric.name, $0, metric.place.map { $0.below(workspace.folder) }) } }
    }
  }

  private func onUncertified(_ metric: Metric) -> CatalogueFinding? {
    guard metric.status == .certified else { return nil }
    let open = dictionary.ingredients(of: metric.name).dropFirst().filter { dictionary.metric($0)?.status == .draft }
    return open.isEmpty ? nil : .onUncertified(Array(open))
  }

  private func deprecated(_ metric: Metric) -> CatalogueFinding? {
    guard metric.status == .deprecated else { return nil }
    let users = dictionary.metrics.filter { $0.status != .deprecated && $0.formula.metrics.contains(metric.name) }.map(\.name)
    return users.isEmpty ? nil : .usedThoughDeprecated(by: users)
  }

  // MARK: Trees on the data

  /// The month in which a metric is furthest from what its drivers come to.
  private func unbalanced(_ metric: Metric) -> CatalogueFinding? {
    guard let composition = dictionary.composition(of: metric) else { return nil }
    var (extended, sum) = (dictionary, metric)
    sum.name = metric.name + "_from_drivers"
    sum.versions = [MetricVersion(number: 1, formula: composition)]
    sum.requiredDimensions = []
    sum.allowedDimensions = nil
    sum.sensitivity = .internal
    extended.metrics.append(sum)
    let words = FormulaWords(dictionary, in: options.language ?? dictionary.language).text(composition)
    let months = asked([metric.name, sum.name], of: extended, by: [.time(.month)])
    guard months.problem == nil, !months.rows.isEmpty else {
      return .notCompared(reason: months.problem == nil ? words : months.headline)
    }
    guard let (whole, part) = places(in: months, metric.name, sum.name) else { return nil }
    let worst = months.rows.indices.max { gap(months.rows[$0], whole, part) < gap(months.rows[$1], whole, part) }!
    let row = months.rows[worst]
    guard isGap(row, whole, part, metric) else { return nil }
    let difference = (row[part].number ?? 0) - (row[whole].number ?? 0)
    return .unbalanced(
      drivers: words, whole: months.texts[worst][whole], sum: months.texts[worst][part],
      gap: CatalogueNumbers.text(difference, decimals: metric.decimals), period: months.texts[worst][0])
  }

  private func asked(_ metrics: [String], of extended: MetricDictionary, by groups: [Grouping]) -> Answer {
    // The same tables: nothing is read anew.
    guard let other = try? workspace.under(extended, cacheFolder: nil, progress: { _ in }) else {
      return Answer(status: .failed, language: .english, question: "")
    }
    var question = Question(subject: .measures(metrics.map { Measure($0) }), groups: groups)
    question.period = workspace.coverage.lastDay.map { .range(.absolute(.day($0.adding(days: -395))), .absolute(.day($0))) }
    return Pipeline(other, options: AskOptions(today: options.today, language: options.language)).answer(question, text: "").answer
  }

  private func places(in answer: Answer, _ whole: String, _ part: String) -> (Int, Int)? {
    let names = answer.columns.map(\.name)
    guard let a = names.firstIndex(of: whole), let b = names.firstIndex(of: part) else { return nil }
    return (a, b)
  }

  private func gap(_ row: [Cell], _ whole: Int, _ part: Int) -> Double { abs((row[part].number ?? 0) - (row[whole].number ?? 0)) }

  /// Ratios leave the last bits of a number open.
  private func isGap(_ row: [Cell], _ whole: Int, _ part: Int, _ metric: Metric) -> Bool {
    gap(row, whole, part) > max(1e-6 * abs(row[whole].number ?? 0), 1e-9)
  }
}

/// Numbers of the pages about the dictionary.
enum CatalogueNumbers {
  /// `+12.5`, `-3`: at most so many decimals, none that are zero.
  static func text(_ value: Double, decimals: Int? = nil) -> String {
    var scale = 1.0
    for _ in 0..<(decimals ?? 4) { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return (rounded > 0 ? "+" : "") + Term.numberText(rounded)
  }

  /// `+1.25%`
  static func percent(_ fraction: Double) -> String { text(fraction * 100, decimals: 2) + "%" }
}
