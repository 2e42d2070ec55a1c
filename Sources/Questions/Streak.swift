import CivilTime

/// `run 3 month growth(net_sales) < 0`: the groups for which conditions held in so many units of time one after another;
/// `run all month net_sales > 5000`: in every whole unit of the period that is over.
package struct Streak: Hashable, Sendable {
  /// nil = every unit.
  package var count: Int?
  package var grain: Grain
  /// All must hold in each unit.
  package var conditions: [Threshold]

  package init(_ count: Int?, _ grain: Grain, _ conditions: [Threshold]) {
    self.count = count
    self.grain = grain
    self.conditions = conditions
  }

  /// Whether each unit is set against another: growth and change.
  package var needsBase: Bool {
    conditions.contains { condition in
      switch condition.quantity {
      case .growth, .change: true
      case .metric, .share: false
      }
    }
  }
}

/// `place city = 上海`: the members whose places among all are asked for, the highest value first.
package struct Placement: Hashable, Sendable {
  package var dimension: String
  package var values: [Value]

  package init(_ dimension: String, _ values: [Value]) {
    self.dimension = dimension
    self.values = values
  }

  package var condition: Condition {
    values.count == 1
      ? .comparison(.dimension(dimension), .equal, values[0]) : .oneOf(.dimension(dimension), values, negated: false)
  }
}
