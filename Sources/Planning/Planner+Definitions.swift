import CivilTime
import Metrics
import Questions

/// What an answer has to say of the definitions it is computed by: that one is a draft, and where one changed.
extension Planner {
  func definitionNotices(_ question: Question, _ measures: [Measure], _ periods: PlannedPeriods) -> [Notice] {
    let asked = distinct(measures.flatMap(\.metrics))
    var notices: [Notice] = []
    for metric in asked.compactMap({ dictionary.metric($0) }) {
      if metric.hasLostCertification { notices.append(.certificationLost(metric: metric.name)) }
      switch metric.status {
      case .draft: if !metric.hasLostCertification { notices.append(.draft(metric: metric.name)) }
      case .deprecated: notices.append(.deprecated(metric: metric.name, successor: metric.successor))
      case .certified: break
      }
    }
    // A ratio changes with what it is computed from.
    let parts = distinct(asked.flatMap { dictionary.ingredients(of: $0) }).compactMap { dictionary.metric($0) }
    return notices + parts.flatMap { versionNotices($0, periods, asksOlder: question.asOf != nil) }
  }

  /// Each day inside the period on which a definition changed; a first version has none before it, so whatever lies before
  /// its day is told by where the data begins.
  private func versionNotices(_ metric: Metric, _ periods: PlannedPeriods, asksOlder: Bool) -> [Notice] {
    let (number, name) = (metric.current.number, metric.name)
    var notices: [Notice] = []
    if let next = metric.next, let until = next.validFrom, asksOlder || periods.days.map({ $0.contains(until) }) == true {
      notices.append(.earlierVersion(metric: name, version: number, until: until, next: next.number))
    }
    guard metric.versions.count > 1, let from = metric.current.validFrom, let period = periods.days, let start = period.start
    else { return notices }
    if period.contains(from), start < from {
      for version in metric.versions.dropLast() {
        if let day = version.validFrom, start < day, period.contains(day) {
          notices.append(.versionChange(metric: name, version: version.number, from: day))
        }
      }
    } else if start < from {
      notices.append(.laterVersion(metric: name, version: number, from: from))
    } else if let base = periods.comparison?.base.start, base < from {
      notices.append(.earlierBase(metric: name, version: number, from: from))
    }
    return notices
  }
}

extension PlannedPeriods {
  /// The days read, also where none were named.
  fileprivate var days: Period? {
    if let this { return this }
    for case .allTime(let period) in notices { return period }
    return nil
  }
}
