import CivilTime
import SourceText

/// One thing that differs between two dictionaries, or two versions of a metric.
package struct DictionaryDifference: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable { case added, removed, changed }
  /// What of a metric differs; the raw value is the key of `metrics.yaml`.
  package enum Field: String, Hashable, Sendable, CaseIterable {
    case formula, unit, means, direction, status, certified, successor, owner, department, level, parent, drivers, equals, sensitivity,
      required, dimensions, time, nulls, decimals, version
    case validFrom = "valid_from"
    case change, title, synonyms
  }

  /// A metric's or dimension's name.
  package var name: String
  package var kind: Kind
  /// nil: the whole metric or dimension was added or removed.
  package var field: Field?
  package var old: String
  package var new: String
}

/// Sets two dictionaries side by side.
package struct DictionaryComparison: Sendable {
  package let old: MetricDictionary
  package let new: MetricDictionary
  private let language: Language

  package init(from old: MetricDictionary, to new: MetricDictionary, in language: Language) {
    self.old = old
    self.new = new
    self.language = language
  }

  /// Metrics in the order of the new dictionary, removed ones last, then dimensions.
  package var differences: [DictionaryDifference] {
    let changed = new.metrics.flatMap { metric -> [DictionaryDifference] in
      guard let before = old.metric(metric.name) else {
        return [DictionaryDifference(name: metric.name, kind: .added, old: "", new: FormulaNotation.text(metric.formula))]
      }
      return between(before, metric)
    }
    let removed = old.metrics.filter { new.metric($0.name) == nil }.map {
      DictionaryDifference(name: $0.name, kind: .removed, old: FormulaNotation.text($0.formula), new: "")
    }
    return changed + removed + dimensions
  }

  /// What differs between two versions of one metric, or the metric in two dictionaries.
  package func between(_ before: Metric, _ after: Metric) -> [DictionaryDifference] {
    DictionaryDifference.Field.allCases.compactMap { field in
      let (old, new) = (text(field, of: before), text(field, of: after))
      return old == new ? nil : DictionaryDifference(name: after.name, kind: .changed, field: field, old: old, new: new)
    }
  }

  private var dimensions: [DictionaryDifference] {
    new.dimensions.compactMap { dimension -> DictionaryDifference? in
      let text = self.text(dimension)
      guard let before = old.dimension(dimension.name) else {
        return DictionaryDifference(name: dimension.name, kind: .added, old: "", new: text)
      }
      let earlier = self.text(before)
      return earlier == text
        ? nil : DictionaryDifference(name: dimension.name, kind: .changed, field: .formula, old: earlier, new: text)
    }
      + old.dimensions.filter { new.dimension($0.name) == nil }.map {
        DictionaryDifference(name: $0.name, kind: .removed, old: text($0), new: "")
      }
  }

  private func text(_ dimension: Dimension) -> String {
    switch dimension.source {
    case .column(let path): path.description
    case .expression(let row): FormulaNotation.text(row)
    case .flag(let condition): FormulaNotation.text(condition)
    }
  }

  private func unit(_ unit: MeasureUnit) -> String {
    switch unit {
    case .money(let code): code
    case .count(let noun): noun[language]
    case .percent: "%"
    case .days: "days"
    case .hours: "hours"
    case .minutes: "minutes"
    case .plain: ""
    }
  }

  private func text(_ field: DictionaryDifference.Field, of metric: Metric) -> String {
    switch field {
    case .formula: return FormulaNotation.text(metric.formula)
    case .unit: return unit(metric.unit)
    case .means: return (metric.current.meaning.isEmpty ? metric.meaning : metric.current.meaning)[language]
    case .direction: return metric.direction.rawValue
    case .status: return metric.status.rawValue
    case .certified: return metric.certification?.formula ?? ""
    case .successor: return metric.successor ?? ""
    case .owner: return metric.owner
    case .department: return metric.department
    case .level: return metric.level?.rawValue ?? ""
    case .parent: return metric.parent ?? ""
    case .drivers: return metric.drivers.joined(separator: ", ")
    case .equals: return metric.equals.map(FormulaNotation.text) ?? ""
    case .sensitivity: return metric.sensitivity.rawValue
    case .required: return metric.requiredDimensions.joined(separator: ", ")
    case .dimensions: return metric.allowedDimensions?.joined(separator: ", ") ?? ""
    case .time: return metric.time?.description ?? ""
    case .nulls: return metric.nulls?.rawValue ?? ""
    case .decimals: return metric.decimals.map(String.init) ?? ""
    case .version: return String(metric.current.number)
    case .validFrom: return metric.current.validFrom?.description ?? ""
    case .change: return metric.current.change[language]
    case .title: return metric.title[language]
    case .synonyms: return metric.synonyms.all.joined(separator: ", ")
    }
  }
}

extension MetricDictionary {
  /// The dictionary with the versions of `base` behind newer ones, where a draft names a new version and not those before it.
  package func continuing(_ base: MetricDictionary) -> MetricDictionary {
    var dictionary = self
    for index in dictionary.metrics.indices {
      guard let before = base.metric(dictionary.metrics[index].name)?.allVersions else { continue }
      let known = dictionary.metrics[index].versions
      guard let newest = known.first, newest.number > before[0].number else { continue }
      let missing = before.filter { version in version.number < newest.number && !known.contains { $0.number == version.number } }
      dictionary.metrics[index].versions = (known + missing).sorted { $0.number > $1.number }
    }
    return dictionary
  }

  /// The dictionary with certification taken from metrics whose formula is another than in `base`, where it was certified, and
  /// for which nobody wrote down what was certified.
  package func uncertified(against base: MetricDictionary) -> MetricDictionary {
    var dictionary = self
    for index in dictionary.metrics.indices {
      let metric = dictionary.metrics[index]
      guard metric.status == .certified, metric.certification == nil, let before = base.metric(metric.name),
        before.formula != metric.formula
      else { continue }
      dictionary.metrics[index].status = .draft
      dictionary.metrics[index].hasLostCertification = true
    }
    return dictionary
  }
}
