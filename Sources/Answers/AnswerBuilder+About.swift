import CivilTime
import Metrics
import Questions
import SourceText
import Tables

/// Answers from the dictionary alone: definitions and lists.
extension AnswerBuilder {
  /// The answer to `about …` or `list …`.
  ///
  /// - Parameters:
  ///   - members: the members of a dimension for `list values`, as stored, from the data; the dictionary's own values stand
  ///     in where there are none.
  ///   - visible: the metrics and dimensions that may be named; nil = all.
  package func definition(
    question text: String, _ question: Question, members: [String] = [], visible: Set<String>? = nil, seconds: Double? = nil
  ) -> Answer {
    let canonical = QuestionText.text(of: question)
    var answer = Answer(status: .answered, language: language, question: text, canonical: canonical)
    switch question.subject {
    case .measures: answer.headline = headline.text(question, period: nil, compare: nil)
    case .about(let aspect, let names): tell(aspect, of: names, asOf: question.asOf, visible: visible, in: &answer)
    case .list(let listing): list(listing, members: members, visible: visible, in: &answer)
    }
    answer.dataAsOf = dataAsOf
    answer.seconds = seconds
    answer.id = identity(canonical)
    return answer
  }

  // MARK: Definitions

  private func tell(_ aspect: Aspect, of metrics: [String], asOf: Day?, visible: Set<String>?, in answer: inout Answer) {
    answer.headline = words.opening(words.joined([headline.wording.about(aspect, metrics), asOf.map(headline.wording.asOf) ?? ""]))
    answer.metrics = metrics.compactMap { metric($0) }
    for told in answer.metrics {
      guard let metric = dictionary.metric(told.name) else { continue }
      for fact in AnswerBuilder.facts(of: aspect) {
        let lines = self.lines(fact, of: metric, told: told) { visible?.contains($0) ?? true }.filter { !$0.isEmpty }
        if lines.isEmpty { continue }
        let named = metrics.count > 1 ? lines.map { words.about(words.opening(told.title), $0) } : lines
        answer.details.add(words.label(fact), named)
      }
    }
    answer.notices = self.told(answer.metrics.compactMap(AnswerBuilder.statusNotice))
  }

  private static func facts(of aspect: Aspect) -> [DefinitionFact] {
    switch aspect {
    case .definition: [.meaning, .formula, .unit, .direction, .owner, .status, .version, .successor, .dimensions]
    case .formula: [.formula, .notation, .upstream, .version]
    case .owner: [.owner, .status]
    case .lineage: [.formula, .upstream, .tables, .columns, .parent, .drivers, .usedBy]
    case .version: [.version, .history, .status, .successor]
    case .unit: [.unit, .direction]
    }
  }

  private func lines(_ fact: DefinitionFact, of metric: Metric, told: AnswerMetric, isSeen: (String) -> Bool) -> [String] {
    switch fact {
    case .meaning: return [told.meaning]
    case .formula: return [formulaLine(told)]
    case .notation: return [told.formula]
    case .unit: return [words.unit(metric.unit)]
    case .direction: return [metric.direction == .none ? "" : words.direction(metric.direction)]
    case .owner: return [words.owner(metric.owner, department: metric.department)]
    case .status: return [words.status(metric.status)]
    case .version:
      return [words.joined([words.version(told.version, from: told.validFrom), metric.current.change[language]])]
    case .history: return (metric.later + metric.versions.dropFirst()).map(history)
    case .tables: return [words.list(dictionary.tables(of: metric.name).map(table))]
    case .columns: return [words.list(columns(of: metric.name).map(names.column))]
    case .upstream:
      return dictionary.ingredients(of: metric.name).dropFirst().compactMap { self.metric($0).map(formulaLine) }
    case .parent: return [metric.parent.flatMap { isSeen($0) ? names.metric($0) : nil } ?? ""]
    case .drivers: return [words.list(metric.drivers.filter(isSeen).map(names.metric))]
    case .usedBy: return [words.list(users(of: metric.name).filter(isSeen).map(names.metric))]
    case .dimensions: return [words.list((metric.allowedDimensions ?? []).map(names.dimension))]
    case .successor: return [metric.successor.map(names.metric) ?? ""]
    }
  }

  /// The columns a metric reads, through formulas, each once.
  private func columns(of metric: String) -> [String] {
    var seen = Set<String>()
    return dictionary.ingredients(of: metric).flatMap { name in
      (dictionary.metric(name)?.formula.aggregates ?? []).flatMap {
        ($0.argument?.columns ?? []) + ($0.condition?.columns ?? [])
      }
    }.map(\.description).filter { seen.insert($0).inserted }
  }

  /// `v2（2024-11-01 起）· 求和(订单.标价) · 初版`
  private func history(_ version: MetricVersion) -> String {
    words.joined([
      words.version(version.number, from: version.validFrom),
      FormulaWords(dictionary, in: language).text(version.formula), version.meaning[language], version.change[language],
    ])
  }

  private func table(_ name: String) -> String {
    let title = names.table(name)
    return title == name ? name : "\(name) \(title)"
  }

  private func users(of name: String) -> [String] {
    dictionary.metrics.filter { $0.formula.metrics.contains(name) }.map(\.name)
  }

  private static func statusNotice(_ metric: AnswerMetric) -> Notice? {
    metric.status == .draft ? .draft(metric: metric.name) : nil
  }

  // MARK: Lists

  private func list(_ listing: Listing, members: [String], visible: Set<String>?, in answer: inout Answer) {
    let columns: [ListColumn]
    let rows: [[String]]
    switch listing {
    case .metrics:
      columns = [.title, .name, .unit, .status, .owner, .meaning]
      rows = dictionary.metrics.filter { visible?.contains($0.name) ?? true }.map(row)
    case .metricsOf(let trait):
      columns = [.title, .name, .unit, .status, .owner, .meaning]
      rows = dictionary.metrics.filter(trait.holds).map(row)
    case .dimensions:
      columns = [.title, .name, .kind, .level]
      rows = dictionary.dimensions.filter { visible?.contains($0.name) ?? true }.map(row)
    case .values(let dimension):
      columns = [.title, .value]
      let stored = members.isEmpty ? dictionary.dimension(dimension)?.values.map(\.stored) ?? [] : members
      rows = stored.map { [names.value($0, of: dimension), $0] }
    }
    fill(&answer, columns, rows)
    answer.headline = words.listingHeadline(listing, names: names, count: rows.count)
    if rows.isEmpty { answer.status = .empty }
  }

  private func row(_ metric: Metric) -> [String] {
    let department = metric.department == metric.owner ? "" : metric.department
    let owner = [metric.owner, department].filter { !$0.isEmpty }.joined(separator: " ")
    return [
      names.metric(metric.name), metric.name, words.unit(metric.unit), words.status(metric.status), owner,
      (metric.current.meaning.isEmpty ? metric.meaning : metric.current.meaning)[language],
    ]
  }

  private func row(_ dimension: Dimension) -> [String] {
    let levels = dictionary.hierarchy(of: dimension.name)?.hierarchy.levels ?? []
    return [
      names.dimension(dimension.name), dimension.name, words.kind(dimension.kind),
      levels.map(names.dimension).joined(separator: " › "),
    ]
  }

  private func fill(_ answer: inout Answer, _ columns: [ListColumn], _ rows: [[String]]) {
    answer.columns = columns.map {
      AnswerColumn(name: $0.rawValue, title: words.title($0), type: .text, role: $0 == .title ? .group : .value)
    }
    answer.rows = rows.map { $0.map { $0.isEmpty ? .null : .text($0) } }
    answer.texts = rows.map { $0.map { $0.isEmpty ? NumberFormat.missing : $0 } }
  }
}

extension [AnswerDetail] {
  /// Adds lines under a label, behind those it has.
  mutating func add(_ label: String, _ lines: [String]) {
    if let index = firstIndex(where: { $0.label == label }) {
      self[index].lines += lines
    } else {
      append(AnswerDetail(label, lines))
    }
  }
}
