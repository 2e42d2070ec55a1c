import CivilTime

/// The dictionary as it stood on a day: what a metric meant then.
extension Metric {
  /// The metric by the version that was in force on a day; what came later stands in `later`. Before its first version, that one.
  package func inForce(on day: Day) -> Metric {
    let all = later + versions
    let place = all.firstIndex { ($0.validFrom ?? day) <= day } ?? all.count - 1
    if place == later.count { return self }
    var metric = self
    metric.later = Array(all[..<place])
    metric.versions = Array(all[place...])
    return metric
  }

  /// Every version there is, newest first, whether in force or not.
  package var allVersions: [MetricVersion] { later + versions }

  /// The version that took the place of the one in force.
  package var next: MetricVersion? { later.last }
}

extension MetricDictionary {
  /// Every metric by the version that was in force on a day.
  package func inForce(on day: Day) -> MetricDictionary {
    let differs = metrics.contains { !$0.later.isEmpty || $0.versions.count > 1 && ($0.current.validFrom ?? day) > day }
    if !differs { return self }
    var dictionary = self
    dictionary.metrics = metrics.map { $0.inForce(on: day) }
    return dictionary
  }

  /// The days on which what a metric is computed by changed, its own definition or that of a part, newest first. Only days
  /// up to `last`, if one is given.
  package func changes(of metric: String, through last: Day? = nil) -> [(metric: String, version: MetricVersion, from: Day)] {
    ingredientsInAnyVersion(of: metric).flatMap { name -> [(metric: String, version: MetricVersion, from: Day)] in
      // The first version is a beginning, not a change.
      (self.metric(name)?.allVersions.dropLast() ?? []).compactMap { version in
        guard let from = version.validFrom, last.map({ from <= $0 }) ?? true else { return nil }
        return (name, version, from)
      }
    }.sorted { ($0.from, $1.metric) > ($1.from, $0.metric) }
  }

  /// A metric and all that it was ever computed from, itself first.
  package func ingredientsInAnyVersion(of metric: String) -> [String] {
    var found = [metric]
    var next = 0
    while next < found.count {
      let versions = self.metric(found[next])?.allVersions ?? []
      for name in versions.flatMap(\.formula.metrics) where !found.contains(name) { found.append(name) }
      next += 1
    }
    return found
  }
}
