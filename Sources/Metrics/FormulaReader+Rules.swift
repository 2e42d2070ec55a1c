/// Rules of a table, in the language of formulas; a name without a table is a column of the table itself.
///
///     rule := 'distinct' 'rows' | 'unique' '(' column (',' column)* ')' | column (',' column)* 'in' table ['.' column]
///           | condition ['within' number]         with sum(table.column) and count(table) of tables that join to it
extension FormulaReader {
  /// The rule a text stands for, and the columns it is about.
  package static func rule(_ text: String, of table: Table, schema: Schema) -> Reading<(kind: TableRule.Kind, columns: [ColumnPath])> {
    reading(text, schema) { reader throws(FormulaFailure) in
      reader.home = table
      let kind = try reader.rule(table)
      return (kind, reader.columns.map(\.path))
    }
  }

  private mutating func rule(_ table: Table) throws(FormulaFailure) -> TableRule.Kind {
    if next.text == "distinct", token(ahead: 1) == "rows" {
      advance()
      advance()
      return .distinctRows
    }
    if next.text == "unique", follows("(") {
      advance()
      try expect("(")
      let names = try ownColumns(of: table)
      try expect(")")
      return .unique(names)
    }
    if isReference { return try reference(table) }
    var condition = try condition()
    let place = next.offset
    if take("within") {
      let tolerance = try number("a number")
      guard case .comparison(let left, .equal, let right) = condition else {
        throw FormulaFailure("bad-formula", at: place, found: "within behind something else than =", expected: "a = b within 0.01")
      }
      condition = .comparison(.absolute(.binary(.minus, left, right)), .atMost, .number(tolerance))
    }
    checkRule(condition, of: table.name)
    return .agreement(condition, totals: totals)
  }

  /// Whether names and `in`, without a bracket behind, come next.
  private var isReference: Bool {
    var ahead = 0
    while token(ahead: ahead + 1) == "," { ahead += 2 }
    return token(ahead: ahead + 1) == "in" && token(ahead: ahead + 2) != "("
  }

  private mutating func reference(_ table: Table) throws(FormulaFailure) -> TableRule.Kind {
    let here = try ownColumns(of: table)
    try expect("in")
    let target = try name("a table")
    let path = ColumnPath(target.text)
    guard let other = schema[path.parts[0]] else {
      throw FormulaFailure(
        "unknown-table", at: target.offset, found: target.text, expected: "a table", hint: .didYouMean(path.parts[0], among: schema.tables.map(\.name)))
    }
    let there = path.parts.count > 1 ? [path.column] : other.key
    if let missing = there.first(where: { other.column($0) == nil }) {
      throw FormulaFailure(
        "unknown-column", at: target.offset, found: "\(other.name).\(missing)", expected: "a column of \(other.name)",
        hint: .didYouMean(missing, among: other.columns.map(\.name)))
    }
    guard there.count == here.count else {
      throw FormulaFailure(
        "bad-reference", at: target.offset,
        found: there.isEmpty ? "\(other.name), which declares no key" : "\(here.count) columns in \(other.name), whose key has \(there.count)",
        expected: "a column in a table's key, or in table.column")
    }
    for (a, b) in zip(here, there) {
      guard let left = table.column(a)?.type, let right = other.column(b)?.type, RowType(left) != RowType(right) else { continue }
      throw FormulaFailure(
        "join-types-differ", at: target.offset, found: "\(a), a \(RowType(left).rawValue), in \(other.name).\(b), a \(RowType(right).rawValue)",
        expected: "columns of one type")
    }
    return .reference(here, table: other.name, there)
  }

  private mutating func ownColumns(of table: Table) throws(FormulaFailure) -> [String] {
    var names: [String] = []
    repeat {
      let token = try name("a column of \(table.name)")
      names.append(try ownColumn(token, of: table).column)
    } while take(",")
    return names
  }

  /// A column of the rule's own table by its bare name.
  mutating func ownColumn(_ token: FormulaToken, of table: Table) throws(FormulaFailure) -> ColumnPath {
    guard table.column(token.text) != nil else {
      throw FormulaFailure(
        "unknown-column", at: token.offset, found: token.text, expected: "a column of \(table.name)",
        hint: .didYouMean(token.text, among: table.columns.map(\.name)))
    }
    let path = ColumnPath([table.name, token.text])
    columns.append((path, token.offset))
    return path
  }

  /// What is in the brackets of `sum(order_lines.amount)` or `count(order_lines)`.
  mutating func total(_ function: FormulaToken, of table: Table) throws(FormulaFailure) -> RowExpression {
    let outside = columns
    columns = []
    home = nil
    defer { home = table }
    let start = next
    let argument = function.text == "sum" ? try row() : nil
    let name = argument == nil ? try self.name("a table").text : schema.finestTable(of: columns.map(\.path)) ?? columns.first?.path.head ?? ""
    for column in columns { checkColumn(column.path, at: column.offset) }
    guard let other = schema[name] else {
      throw FormulaFailure(
        "unknown-table", at: start.offset, found: start.text, expected: "a table that joins to \(table.name)",
        hint: .didYouMean(name, among: schema.tables.map(\.name)))
    }
    let joins = other.joins.filter { $0.table == table.name && $0.validity == nil }
    guard other.name != table.name, joins.count == 1 else {
      throw FormulaFailure(
        "no-common-table", at: start.offset, found: "\(other.name), with \(joins.count) joins to \(table.name)",
        expected: "a table whose rows join to \(table.name) in one way")
    }
    columns = outside + columns
    totals.append(RowTotal(table: other.name, role: joins[0].role, argument: argument))
    return .column(RowTotal.path(totals.count - 1))
  }
}
