/// A target, what it is set for, and the metric that says how far it was reached.
///
/// Declared at the target: `attainment: sales_attainment`, where sales_attainment is net_sales / sales_target.
package struct Attainment: Hashable, Sendable {
  /// The metric that is 1 where the target was just reached.
  package var name: String
  package var target: String
  /// What the target is set for.
  package var actual: String
  /// Whether a low value is a good one: costs against their budget.
  package var isLowGood: Bool

  /// Whether a metric is one of the three.
  package func concerns(_ metric: String) -> Bool { [name, target, actual].contains(metric) }
}

extension MetricDictionary {
  /// The attainments that the targets declare, in the order of the file.
  package var attainments: [Attainment] {
    metrics.compactMap { target in
      guard let attainment = target.attainment.flatMap(metric),
        case .binary(.dividedBy, .metric(let actual), .metric(target.name)) = attainment.formula
      else { return nil }
      return Attainment(name: attainment.name, target: target.name, actual: actual, isLowGood: attainment.direction == .down)
    }
  }
}
