import CivilTime

/// A step of a plan: rows made from a table or from earlier steps, with a note that says what it does.
///
/// The note, in words, becomes the comment above the step's SQL and a line of the explanation.
package struct PlanStep: Hashable, Sendable {
  package indirect enum Operation: Hashable, Sendable {
    case select(PlanSelect)
    /// The distinct rows of all steps, by the columns they share.
    case union([PlanStep])
    /// Rows given outright: the points of time of a window, with the days each looks at.
    case rows([[PlanLiteral]])
    /// Every day, or every hour of every day, from the first to the last, in one column.
    case series(Grain, first: Day, last: Day)
  }

  /// Unique in the plan; the name of its CTE: `net_sales_by_region`.
  package var name: String
  package var note: StepNote
  package var operation: Operation
  package var columns: [StepColumn]
  /// Where the same rows are read from instead of its table.
  package var source = StepSource.asWritten

  /// Set where a rollup gives what a select of a table would; the select itself says what is read.
  package indirect enum StepSource: Hashable, Sendable {
    case asWritten
    case rollup(RollupReading)
  }

  package var rollup: RollupReading? { if case .rollup(let reading) = source { reading } else { nil } }

  package init(name: String, note: StepNote, operation: Operation, columns: [StepColumn]) {
    self.name = name
    self.note = note
    self.operation = operation
    self.columns = columns
  }

  package func type(of column: String) -> PlanType? { columns.first { $0.name == column }?.type }

  /// The column as seen by a select that reads this step under its own name.
  package func value(_ column: String) -> PlanValue {
    PlanValue(.field(name, column), type(of: column) ?? .real)
  }
}

/// A column that a step gives.
package struct StepColumn: Hashable, Sendable {
  package var name: String
  package var type: PlanType
  package init(_ name: String, _ type: PlanType) {
    self.name = name
    self.type = type
  }
}

/// One SELECT, clause by clause.
package struct PlanSelect: Hashable, Sendable {
  package var columns: [PlanOutput]
  package var source: PlanRelation
  package var joins: [PlanJoin]
  /// All must hold.
  package var conditions: [PlanExpression]
  /// How many of the leading columns the rows are grouped by; nil = rows stay as they are, 0 = all rows are one group.
  package var groupedBy: Int?
  package var order: [PlanOrder]
  package var limit: Int?

  package init(
    columns: [PlanOutput], source: PlanRelation, joins: [PlanJoin] = [], conditions: [PlanExpression] = [],
    groupedBy: Int? = nil, order: [PlanOrder] = [], limit: Int? = nil
  ) {
    self.columns = columns
    self.source = source
    self.joins = joins
    self.conditions = conditions
    self.groupedBy = groupedBy
    self.order = order
    self.limit = limit
  }
}

/// `expression AS name`
package struct PlanOutput: Hashable, Sendable {
  package var name: String
  package var value: PlanValue
  package init(_ name: String, _ value: PlanValue) {
    self.name = name
    self.value = value
  }
}

/// What rows are read from.
package enum PlanRelation: Hashable, Sendable {
  /// A table of the warehouse, under an alias.
  case table(String, alias: String)
  case step(PlanStep)

  package var alias: String {
    switch self {
    case .table(_, let alias): alias
    case .step(let step): step.name
    }
  }
}

/// `LEFT JOIN stores ON stores.id = orders.store_id`
package struct PlanJoin: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case left, inner
    /// Each row beside each.
    case cross
  }
  package var kind: Kind
  package var relation: PlanRelation
  /// All must hold; empty for `cross`.
  package var on: [PlanExpression]

  package init(_ kind: Kind, _ relation: PlanRelation, on: [PlanExpression] = []) {
    self.kind = kind
    self.relation = relation
    self.on = on
  }
}
