import CivilTime
import Metrics
import Planning
import Questions
import Tables

/// Metrics of an answer, and the lines beneath its table.
extension AnswerBuilder {
  /// The metrics asked for, each once, by the version the plan chose.
  func metrics(of plan: Plan, operands: [Measure: [(formula: Formula, text: String)]]) -> [AnswerMetric] {
    var seen = Set<String>()
    let named = plan.question.measures.flatMap { measure in measure.metrics.map { (measure, $0) } }
    return named.filter { seen.insert($0.1).inserted }.compactMap { measure, name in
      let number = plan.versions.first { $0.name == name }?.version
      return metric(name, version: number) { formula in
        measure.isPlain ? operands[measure]?.first { $0.formula == formula }?.text : nil
      }
    }
  }

  /// A metric as told, by the version given or else the one in force.
  func metric(_ name: String, version number: Int? = nil, known: (Formula) -> String? = { _ in nil }) -> AnswerMetric? {
    guard let metric = dictionary.metric(name) else { return nil }
    let version = metric.versions.first { $0.number == number } ?? metric.current
    let formulas = FormulaWords(dictionary, in: language)
    let meaning = version.meaning.isEmpty ? metric.meaning : version.meaning
    return AnswerMetric(
      name: name, title: names.metric(name), version: version.number, validFrom: version.validFrom,
      formula: FormulaNotation.text(version.formula), formulaText: formulas.text(version.formula),
      formulaNumbers: formulas.numbers(version.formula, known: known), unit: metric.unit.code(language),
      meaning: meaning[language], owner: metric.owner, department: metric.department, status: metric.status,
      direction: metric.direction)
  }

  /// Formula, definition and source. With several metrics one line each, without the longer text of the definition.
  func details(of answer: Answer) -> [AnswerDetail] {
    var details: [AnswerDetail] = []
    if !answer.metrics.isEmpty {
      details.append(AnswerDetail(words.formulaLabel, answer.metrics.map(formulaLine)))
      details.append(AnswerDetail(words.definitionLabel, definitionLines(answer.metrics)))
    }
    let source = words.joined([
      words.list(answer.sources.map(words.source)), answer.dataAsOf.map(words.dataAsOf) ?? "",
    ])
    if !source.isEmpty { details.append(AnswerDetail(words.sourceLabel, [source])) }
    return details
  }

  /// `转化率 = 支付买家数 ÷ 访客数 = 12,345 ÷ 100,040`
  func formulaLine(_ metric: AnswerMetric) -> String {
    "\(words.opening(metric.title)) = \(metric.formulaText)" + (metric.formulaNumbers.map { " = " + $0 } ?? "")
  }

  private func definitionLines(_ metrics: [AnswerMetric]) -> [String] {
    if metrics.count == 1 { return [definitionLine(metrics[0]), metrics[0].meaning].filter { !$0.isEmpty } }
    return metrics.map { words.about(words.opening($0.title), definitionLine($0)) }
  }

  /// `v3（2026-01-01 起）· 已认证 · 负责人 增长运营部`
  private func definitionLine(_ metric: AnswerMetric) -> String {
    words.joined([
      words.version(metric.version, from: metric.validFrom), words.status(metric.status),
      words.owner(metric.owner, department: metric.department),
    ])
  }
}
