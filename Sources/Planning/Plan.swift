import CivilTime
import Metrics
import Questions

/// How a question is computed: absolute periods, a tree of steps, and what every output column means.
///
/// `Planner` makes it from a Question; `SQLWriter` turns `root` into one statement; `Answers` tells it.
package struct Plan: Hashable, Sendable {
  package var question: Question
  /// The question's period on the calendar; nil when it asks for all data.
  package var period: ResolvedTime?
  /// Both sides of a comparison, after fair cutting.
  package var comparison: PlannedComparison?
  /// Both sides of a second comparison.
  package var further: PlannedComparison?
  /// The version each metric is answered by.
  package var versions: [PlannedMetric]
  package var root: PlanStep
  /// In output order: groups, then per measure its value and what was derived from it, then hidden inputs.
  package var columns: [PlanColumn]
  /// One per table read for an aggregate, for row counts: "orders (8,412 rows)".
  package var sources: [PlanSource]
  package var notices: [Notice]

  package init(
    question: Question, period: ResolvedTime?, comparison: PlannedComparison?, versions: [PlannedMetric],
    root: PlanStep, columns: [PlanColumn], sources: [PlanSource], notices: [Notice]
  ) {
    self.question = question
    self.period = period
    self.comparison = comparison
    self.versions = versions
    self.root = root
    self.columns = columns
    self.sources = sources
    self.notices = notices
  }
}

/// The two runs of days that are compared.
package struct PlannedComparison: Hashable, Sendable {
  package var kind: Comparison
  package var this: Period
  package var base: Period

  package init(kind: Comparison, this: Period, base: Period) {
    self.kind = kind
    self.this = this
    self.base = base
  }
}

/// A metric and the version of it that answers.
package struct PlannedMetric: Hashable, Sendable {
  package var name: String
  package var version: Int
  package init(name: String, version: Int) {
    self.name = name
    self.version = version
  }
}

/// What an output column is.
package struct PlanColumn: Hashable, Sendable {
  package enum Role: Hashable, Sendable {
    /// A group key. Dimension values come as stored; time as ISO labels (2017, 2017-Q1, 2017-03, 2017-W05, 2017-03-05).
    case group(Grouping)
    /// The measure itself, in the question's period.
    case value(Measure)
    /// The measure in the comparison's base period.
    case base(Measure)
    /// value − base.
    case change(Measure)
    /// (value − base) ÷ base, a fraction; for percent metrics `change` in points is shown instead.
    case growth(Measure)
    /// value ÷ base: how many times the other member's.
    case multiple(Measure)
    /// A base, change or growth of the second comparison.
    indirect case further(Role)
    /// Whether a bound holds: 1 or 0.
    case test(Threshold)
    /// Where a run begins and ends, and how many units it has.
    case run(RunEdge, Grain)
    /// The place of a member, of how many, and how many others share it.
    case place(PlaceEdge)
    /// What a group and all of higher value have, in the total.
    case runningShare(Measure)
    /// The least or the greatest of the values listed.
    case end(End, Grouping)
    /// How many groups there are.
    case count([Grouping])
    /// Part ÷ whole, a fraction.
    case share(Measure)
    /// The whole that `share` divides by.
    case whole(Measure)
    /// Of a measure folded over all units of time, how many there are in the group, or how many of them have nothing; hidden.
    case units(UnitCount, Measure)
    /// The value of a metric or aggregate that the measure's formula puts in; hidden, for "formula with numbers".
    case input(FormulaInput)
  }
  package enum UnitCount: Hashable, Sendable { case all, empty }
  package enum RunEdge: Hashable, Sendable, CaseIterable { case first, last, length }
  package enum End: String, Hashable, Sendable, CaseIterable { case least, greatest }
  package enum PlaceEdge: Hashable, Sendable, CaseIterable { case place, of, tied }
  /// Unique in the plan, the SQL alias and the JSON name: `net_sales`, `net_sales_base`, `region`.
  package var name: String
  package var role: Role
  package var unit: MeasureUnit

  package init(name: String, role: Role, unit: MeasureUnit = .plain) {
    self.name = name
    self.role = role
    self.unit = unit
  }

  package var isHidden: Bool {
    switch role {
    case .input, .units: true
    default: false
    }
  }
}

/// One operand of a metric's formula as computed for the answer.
package struct FormulaInput: Hashable, Sendable {
  /// The measure whose formula it stands in.
  package var of: Measure
  /// The operand: a sub-formula that is a metric reference or an aggregate.
  package var formula: Formula
  package init(of: Measure, formula: Formula) {
    self.of = of
    self.formula = formula
  }
}

/// A table whose rows went into the answer, with what limited them.
package struct PlanSource: Hashable, Sendable {
  package var table: String
  /// The step that reads it (its `name`), so that its rows can be counted or listed.
  package var step: String
  package init(table: String, step: String) {
    self.table = table
    self.step = step
  }
}
