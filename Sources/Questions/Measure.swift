import CivilTime
import Metrics

/// A metric with what is done to it.
package struct Measure: Hashable, Sendable {
  package var metric: String
  /// `gmv(where channel = 小程序)`: conditions of this metric alone.
  package var conditions: [Condition]
  /// `ratio(refund_amount, gmv)`, `difference(gmv, refund_amount)`: set against another metric at the grain of the answer.
  package var beside: Beside?
  /// `avg(gmv per day)`: one number of the values of many groups within the answer's group. Of members only those with
  /// rows count; of units of time all as far as there is data, where no rows mean zero.
  package var fold: Fold?
  /// The metric that the fold is of, where `metric` is one whose formula is the fold: `daily_gmv` for `avg(gmv per day)`.
  package var folded: String?
  /// `running(gmv)`: each unit of time with all before it in the period.
  package var isRunning = false
  /// `moving(gmv, 7, day)`: each unit of time averaged with those before it.
  package var moving: Moving?

  package init(
    _ metric: String, conditions: [Condition] = [], beside: Beside? = nil, fold: Fold? = nil, isRunning: Bool = false
  ) {
    self.metric = metric
    self.conditions = conditions
    self.beside = beside
    self.fold = fold
    self.isRunning = isRunning
  }

  /// The metric whose values are read.
  package var source: String { folded ?? metric }

  /// Every metric it names.
  package var metrics: [String] { [metric] + (beside.map { [$0.metric] } ?? []) }

  /// Whether it is the metric as the dictionary has it, with nothing done to it but conditions.
  package var isPlain: Bool { beside == nil && fold == nil && !isRunning && moving == nil }
}

/// The other metric of a ratio or difference that the dictionary does not define.
package struct Beside: Hashable, Sendable {
  package enum Operation: String, Hashable, Sendable, CaseIterable { case ratio, difference }
  package var operation: Operation
  package var metric: String

  package init(_ operation: Operation, _ metric: String) {
    self.operation = operation
    self.metric = metric
  }
}

/// A moving average: the unit itself and `count - 1` before it, also from before the period.
package struct Moving: Hashable, Sendable {
  package var count: Int
  package var grain: Grain

  package init(_ count: Int, _ grain: Grain) {
    (self.count, self.grain) = (count, grain)
  }
}

/// How the values of many groups become one: `avg(… per day)`, `max(… per store)`, `avg(… per store day)`.
package struct Fold: Hashable, Sendable {
  package typealias Function = FoldFunction
  package var function: Function
  /// Which percentile: 90 for the value that 90 in a hundred lie at or below.
  package var percent: Int?
  /// What the groups are of; several make pairs, such as every store on every day.
  package var over: [Grouping]
  /// `max(avg(gmv per store) per month)`: what each group's own value is folded from; one or none.
  package var inner: [Fold] = []

  /// What it and all within it are over.
  package var allOver: [Grouping] { over + inner.flatMap(\.allOver) }

  package init(_ function: Function, over: [Grouping], percent: Int? = nil) {
    self.function = function
    self.over = over
    self.percent = percent
  }

  /// The fold that a formula of the dictionary is.
  package init(_ formula: FormulaFold) {
    self.init(formula.function, over: formula.over.map(Grouping.init(listed:)), percent: formula.percent)
    if case .folded(let inner) = formula.of { self.inner = [Fold(inner)] }
  }
}
