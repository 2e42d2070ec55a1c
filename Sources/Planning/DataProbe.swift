import Metrics
import Questions

/// Small plans that look at the data itself: which values a dimension has, which days a table covers.
package enum DataProbe {
  /// `value`, `row_count`: the values of a dimension in its own table, most rows first.
  ///
  /// Nil where no table holds all its columns.
  package static func values(
    of dimension: Dimension, in dictionary: MetricDictionary, limit: Int
  ) -> PlanStep? {
    let paths: [ColumnPath] =
      switch dimension.source {
      case .column(let path): [path]
      case .expression(let row): row.columns(dictionary)
      case .flag(let test): test.columns(dictionary)
      }
    guard let home = home(of: paths, isColumn: dimension.isColumn, in: dictionary.schema),
      var scope = try? TableScope(home.table, metric: dimension.name, dictionary: dictionary)
    else { return nil }
    let value: PlanValue? = if let column = home.column { try? scope.column(column) } else { try? scope.dimension(dimension.name) }
    guard let value else { return nil }
    let count = PlanExpression.aggregate(.count, nil, filter: nil)
    return step(
      .values(of: dimension.name),
      PlanSelect(
        columns: [PlanOutput("value", value), PlanOutput("row_count", PlanValue(count, .number(scale: 0)))],
        source: .table(home.table, alias: home.table), joins: scope.joins,
        conditions: [.missing(value.expression, negated: true)], groupedBy: 1,
        order: [PlanOrder(count, descending: true, mayBeNull: false), PlanOrder(value.expression, mayBeNull: false)],
        limit: limit))
  }

  /// `first_time`, `last_time`, `row_count` of a table.
  package static func coverage(of table: Table, in dictionary: MetricDictionary) -> PlanStep? {
    coverage(of: TimedTable(table: table.name, time: table.time), in: dictionary)
  }

  /// The same by a time column of a metric's own.
  package static func coverage(of timed: TimedTable, in dictionary: MetricDictionary) -> PlanStep? {
    guard let table = dictionary.schema[timed.table],
      var scope = try? TableScope(table.name, metric: table.name, dictionary: dictionary)
    else { return nil }
    let time = (try? scope.time(timed.time)) ?? .literal(.null)
    func output(_ name: String, _ function: Aggregate.Function) -> PlanOutput {
      PlanOutput(name, PlanValue(.aggregate(function, time, filter: nil), .time))
    }
    let count = PlanValue(.aggregate(.count, nil, filter: nil), .number(scale: 0))
    return step(
      .daysAndRows(table: table.name),
      PlanSelect(
        columns: [output("first_time", .minimum), output("last_time", .maximum), PlanOutput("row_count", count)],
        source: .table(table.name, alias: table.name), joins: scope.joins, groupedBy: 0))
  }

  /// `day`: the days a table has rows of; nil for tables without time.
  package static func days(of timed: TimedTable, in dictionary: MetricDictionary) -> PlanStep? {
    guard let path = timed.time, let table = dictionary.schema[timed.table],
      var scope = try? TableScope(table.name, metric: table.name, dictionary: dictionary), let time = try? scope.time(path)
    else { return nil }
    let day = PlanValue(.timeLabel(.day, time, weekStart: 1), .time)
    return step(
      .days(table: table.name),
      PlanSelect(
        columns: [PlanOutput("day", day)], source: .table(table.name, alias: table.name), joins: scope.joins, groupedBy: 1))
  }

  /// `day`, `rows`: how many rows a table has of each day; nil for tables without time.
  package static func rowsByDay(of table: Table, in dictionary: MetricDictionary) -> PlanStep? {
    guard let path = table.time, var scope = try? TableScope(table.name, metric: table.name, dictionary: dictionary), let time = try? scope.time(path)
    else { return nil }
    let day = PlanValue(.timeLabel(.day, time, weekStart: 1), .time)
    let count = PlanValue(.aggregate(.count, nil, filter: nil), .number(scale: 0))
    return step(
      .rowsByDay(table: table.name),
      PlanSelect(
        columns: [PlanOutput("day", day), PlanOutput("rows", count)], source: .table(table.name, alias: table.name), joins: scope.joins, groupedBy: 1))
  }

  private static func step(_ note: StepNote, _ select: PlanSelect) -> PlanStep {
    PlanStep(
      name: "probe", note: note, operation: .select(select),
      columns: select.columns.map { StepColumn($0.name, $0.value.type) })
  }

  /// The table whose rows the columns are about. A single column is looked up where it is stored, so that each member
  /// counts once.
  private static func home(
    of paths: [ColumnPath], isColumn: Bool, in schema: Schema
  ) -> (table: String, column: ColumnPath?)? {
    guard let table = schema.finestTable(of: paths) else { return nil }
    if paths.count == 1, isColumn, let found = try? schema.find(paths[0], from: table) {
      return (found.table, ColumnPath([found.table, found.column.name]))
    }
    return (table, nil)
  }
}

extension Dimension {
  fileprivate var isColumn: Bool { if case .column = source { true } else { false } }
}
