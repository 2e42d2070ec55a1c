import Metrics
import Planning
import Tables

/// Writes a plan as one SQL statement: a `WITH` clause of named steps, each under its sentence, then the answer.
///
///     let query = SQLWriter.query(plan)
///     let count = SQLWriter.countRows(of: plan.sources[0], in: plan)
package enum SQLWriter {
  /// The statement that answers a plan's question, its steps told in `words`.
  package static func query(_ plan: Plan, words: any StepWords = EnglishStepWords()) -> SQLQuery { statement(plan.root, words: words) }

  /// How many rows of a source went into the answer: same filters, same days, nothing aggregated.
  package static func countRows(of source: PlanSource, in plan: Plan) -> SQLQuery {
    guard let step = StepOrder.steps(of: plan.root).first(where: { $0.name == source.step }),
      case .select(var select) = step.operation
    else { return SQLQuery(text: "SELECT 0", columns: [.init("rows", .number(scale: 0))]) }
    if let kept = step.rollup {
      return statement(
        PlanStep(
          name: "row_count", note: .read(.countRows(table: source.table), from: kept.rollup),
          operation: .select(kept.rowCount), columns: [StepColumn("row_count", .number(scale: 0))]))
    }
    select.columns = [
      PlanOutput("row_count", PlanValue(.aggregate(.count, nil, filter: nil), .number(scale: 0)))
    ]
    select.groupedBy = 0
    select.joins = neededJoins(select)
    let count = PlanStep(
      name: "row_count", note: .countRows(table: source.table), operation: .select(select),
      columns: [StepColumn("row_count", .number(scale: 0))])
    return statement(count)
  }

  /// The rows of a source that went into the answer, as they stand in their table, in the order of the table's time and key.
  ///
  /// - Parameter columns: which of the table's columns, by name.
  /// - Returns: nil if the source is read from another step, not from its table.
  package static func rows(of source: PlanSource, in plan: Plan, schema: Schema, columns: [String], limit: Int) -> SQLQuery? {
    guard let step = StepOrder.steps(of: plan.root).first(where: { $0.name == source.step }),
      case .select(var select) = step.operation, let table = schema[source.table], let alias = alias(of: source.table, in: select)
    else { return nil }
    let shown = table.columns.filter { columns.contains($0.name) }
    if shown.isEmpty { return nil }
    select.columns = shown.map { PlanOutput($0.name, PlanValue(.field(alias, $0.physicalName), PlanType($0.type))) }
    select.groupedBy = nil
    select.joins = neededJoins(select, and: alias)
    let time = table.time.flatMap { ["", table.name].contains($0.head) ? $0.column : nil }
    let order = ([time] + table.key).compactMap { $0 }
    select.order = order.compactMap { name in table.columns.first { $0.name == name } }
      .map { PlanOrder(.field(alias, $0.physicalName)) }
    select.limit = limit
    let rows = PlanStep(
      name: "source_rows", note: .sourceRows(table: source.table), operation: .select(select),
      columns: shown.map { StepColumn($0.name, PlanType($0.type)) })
    return statement(rows)
  }

  /// What a table is called where it is read from, or joined to.
  private static func alias(of table: String, in select: PlanSelect) -> String? {
    for relation in [select.source] + select.joins.map(\.relation) {
      if case .table(table, let alias) = relation { return alias }
    }
    return nil
  }

  /// Joins that limit rows, or that conditions look at; the others cannot change how many rows there are.
  private static func neededJoins(_ select: PlanSelect, and alias: String? = nil) -> [PlanJoin] {
    var aliases = Set(select.conditions.flatMap(\.aliases))
    if let alias { aliases.insert(alias) }
    var kept: [PlanJoin] = []
    for join in select.joins.reversed() {
      guard join.kind != .left || aliases.contains(join.relation.alias) else { continue }
      aliases.formUnion(join.on.flatMap(\.aliases))
      kept.append(join)
    }
    return kept.reversed()
  }

  // MARK: Statements

  /// The statement of one step and all it reads.
  package static func statement(_ root: PlanStep, words: any StepWords = EnglishStepWords()) -> SQLQuery {
    var writer = ExpressionWriter()
    let steps = StepOrder.steps(of: root).dropLast()
    var text = ""
    if !steps.isEmpty {
      let parts = steps.map { common($0, words, &writer) }
      let isRecursive = steps.contains { if case .series = $0.operation { true } else { false } }
      text = (isRecursive ? "WITH RECURSIVE\n" : "WITH\n") + parts.joined(separator: ",\n") + "\n"
    }
    text += comment(root, "", words) + body(root, "", &writer)
    return SQLQuery(
      text: text, arguments: writer.arguments, columns: root.columns.map { SQLQuery.Column($0.name, $0.type) })
  }

  /// `-- Sum orders.amount by region.` and the step's name and body under it.
  private static func common(_ step: PlanStep, _ words: any StepWords, _ writer: inout ExpressionWriter) -> String {
    var head = SQLiteDialect.name(step.name)
    if !step.isSelect {
      head += "(\(step.columns.map { SQLiteDialect.name($0.name) }.joined(separator: ", ")))"
    }
    return comment(step, "  ", words) + "  \(head) AS (\n" + body(step, "    ", &writer) + "\n  )"
  }

  /// A sentence on one line, whatever values it quotes.
  private static func comment(_ step: PlanStep, _ indent: String, _ words: any StepWords) -> String {
    let sentence = String(words.text(step.note).map { $0.isNewline ? " " : $0 })
    return sentence.isEmpty ? "" : "\(indent)-- \(sentence)\n"
  }

  private static func body(_ step: PlanStep, _ indent: String, _ writer: inout ExpressionWriter) -> String {
    switch step.operation {
    case .select(let select): return self.select(step.rollup?.select ?? select, indent, &writer)
    case .union(let steps):
      let columns = step.columns.map { SQLiteDialect.name($0.name) }.joined(separator: ", ")
      return steps.map { "\(indent)SELECT \(columns) FROM \(SQLiteDialect.name($0.name))" }
        .joined(separator: "\n\(indent)UNION\n")
    case .rows(let rows):
      let lines = rows.map { row in "(\(row.map { writer.text(.literal($0)) }.joined(separator: ", ")))" }
      return "\(indent)VALUES \(lines.joined(separator: ", "))"
    case .series(let grain, let first, let last):
      let (name, column) = (SQLiteDialect.name(step.name), SQLiteDialect.name(step.columns[0].name))
      let clock = grain == .hour ? (" 00", " 23") : ("", "")
      let start = writer.text(.literal(.text("\(first)" + clock.0)))
      let end = writer.text(.literal(.text("\(last)" + clock.1)))
      return "\(indent)VALUES (\(start))\n\(indent)UNION ALL\n"
        + "\(indent)SELECT \(SQLiteDialect.next(grain, column)) FROM \(name) WHERE \(column) < \(end)"
    }
  }

  /// One SELECT, a line or more for each clause.
  private static func select(_ select: PlanSelect, _ indent: String, _ writer: inout ExpressionWriter) -> String {
    writer.soleAlias = select.joins.isEmpty ? select.source.alias : nil
    defer { writer.soleAlias = nil }
    var lines: [String] = []
    lines.append(folded("SELECT", select.columns.map { output($0, &writer) }, by: ",", indent))
    lines.append("FROM " + relation(select.source))
    for join in select.joins { lines.append(self.join(join, &writer)) }
    if !select.conditions.isEmpty {
      lines.append(folded("WHERE", writer.conjunction(select.conditions), by: " AND", indent))
    }
    if let count = select.groupedBy, count > 0 {
      lines.append("GROUP BY " + (1...count).map(String.init).joined(separator: ", "))
    }
    if !select.order.isEmpty { lines.append(folded("ORDER BY", select.order.map { writer.order($0) }, by: ",", indent)) }
    if let limit = select.limit { lines.append("LIMIT \(max(0, limit))") }
    return lines.map { indent + $0 }.joined(separator: "\n")
  }

  /// A clause on one line if it fits, else an item on each.
  private static func folded(_ keyword: String, _ items: [String], by separator: String, _ indent: String) -> String {
    let line = "\(keyword) " + items.joined(separator: separator + " ")
    if items.count == 1 || line.count + indent.count <= 110 { return line }
    return "\(keyword)\n" + items.map { "\(indent)  \($0)" }.joined(separator: separator + "\n")
  }

  private static func output(_ output: PlanOutput, _ writer: inout ExpressionWriter) -> String {
    let text = writer.text(output.value.expression)
    if case .field(_, output.name) = output.value.expression { return text }
    return "\(text) AS \(SQLiteDialect.name(output.name))"
  }

  private static func relation(_ relation: PlanRelation) -> String {
    switch relation {
    case .step(let step): return SQLiteDialect.name(step.name)
    case .table(let name, let alias):
      return name == alias ? SQLiteDialect.name(name) : "\(SQLiteDialect.name(name)) AS \(SQLiteDialect.name(alias))"
    }
  }

  private static func join(_ join: PlanJoin, _ writer: inout ExpressionWriter) -> String {
    let target = relation(join.relation)
    switch join.kind {
    case .cross: return "CROSS JOIN \(target)"
    case .left: return "LEFT JOIN \(target) ON \(writer.text(.all(join.on)))"
    case .inner: return "JOIN \(target) ON \(writer.text(.all(join.on)))"
    }
  }
}

extension PlanStep {
  /// Whether its columns are named by a SELECT of its own, or of what it unites.
  fileprivate var isSelect: Bool {
    switch operation {
    case .select, .union: true
    case .rows, .series: false
    }
  }
}
