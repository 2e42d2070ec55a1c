import Metrics

/// Bare numbers that are said of what is told in percent.
extension Resolver {
  /// What is told of bounds that were taken for percentages, by `percentage(_:of:)`.
  package func percentReadings(_ question: Question) -> [Notice] {
    (question.thresholds + question.tests).compactMap { threshold in
      guard case .number(let fraction) = threshold.bound, let said = bareNumbers.first(where: { percentage($0, of: threshold.quantity) == fraction }),
        said != fraction
      else { return nil }
      return .percentReading(metric: threshold.quantity.metric, fraction: fraction)
    }
  }
}
