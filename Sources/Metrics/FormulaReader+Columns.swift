import SourceText

extension FormulaReader {
  /// Finds the aggregate's table and checks its columns, their types, and that nothing is counted twice.
  mutating func settle(_ aggregate: inout Aggregate, argumentOffset: Int, argumentColumns: [ColumnPath]) {
    let named = columns
    if aggregate.function != .count {
      guard let table = commonTable(of: named) else { return }
      aggregate.table = table
      checkFanOut(aggregate, argumentColumns, at: argumentOffset)
    }
    guard schema[aggregate.table] != nil else { return }
    let reach = schema.reach(from: aggregate.table)
    for column in named { check(column.path, at: column.offset, from: aggregate.table, within: reach) }
    let typing = RowTyping(schema: schema, table: aggregate.table, reach: reach)
    report(at: argumentOffset) { () throws(RowTypeFailure) in try typing.check(aggregate) }
  }

  /// The finest table among columns; reported and nil if there is none.
  private mutating func commonTable(of named: [(path: ColumnPath, offset: Int)]) -> String? {
    if let table = schema.finestTable(of: named.map(\.path)) { return table }
    let before = failures.count
    for column in named { checkColumn(column.path, at: column.offset) }
    if failures.count == before, let last = named.last {
      failures.append(
        FormulaFailure(
          "no-common-table", at: last.offset, found: named.map(\.path.description).joined(separator: " with "),
          expected: "columns that one table reaches by joins that do not multiply its rows"))
    } else if named.isEmpty {
      failures.append(
        FormulaFailure("bad-formula", at: next.offset, found: "an aggregate over no column", expected: "table.column"))
    }
    return nil
  }

  /// A sum over a coarser table than the rows it is read from would count each of its values many times.
  private mutating func checkFanOut(_ aggregate: Aggregate, _ argument: [ColumnPath], at offset: Int) {
    switch aggregate.function {
    case .countDistinct, .minimum, .maximum: return
    case .sum, .count, .average, .median, .standardDeviation, .percentile, .discretePercentile: break
    }
    guard !argument.isEmpty, !argument.contains(where: { $0.head == aggregate.table }),
      let own = schema.finestTable(of: argument), own != aggregate.table
    else { return }
    failures.append(
      FormulaFailure(
        "fan-out", at: offset, found: "\(own) counted once per row of \(aggregate.table)",
        expected: "an argument from \(aggregate.table)",
        hint: "the condition names \(aggregate.table), which is finer; put it on a table that \(own) joins to"))
  }

  // MARK: Single columns

  /// A column whose source is not known yet: looked up from the table it names, or any table that has that role.
  mutating func checkColumn(_ path: ColumnPath, at offset: Int) {
    if schema.finestTable(of: [path]) != nil { return }
    let owner = schema.tables.first { $0.join(path.head) != nil }?.name
    let start = schema[path.head] != nil ? path.head : owner ?? schema.tables.first?.name ?? ""
    check(path, at: offset, from: start, within: schema.reach(from: start))
  }

  private mutating func check(_ path: ColumnPath, at offset: Int, from table: String, within reach: [Schema.Reach]) {
    do throws(PathFailure) { _ = try schema.find(path, from: table, within: reach) } catch {
      let failure = FormulaFailure(path, error, at: offset)
      if !failures.contains(failure) { failures.append(failure) }
    }
  }

  // MARK: Rows on their own, as dimensions have them

  mutating func checkRow(_ row: RowExpression) {
    guard let typing = ownTyping() else { return }
    report(at: columns.first?.offset ?? 0) { () throws(RowTypeFailure) in _ = try typing.type(of: row) }
  }

  mutating func checkCondition(_ condition: RowCondition) {
    guard let typing = ownTyping() else { return }
    report(at: columns.first?.offset ?? 0) { () throws(RowTypeFailure) in try typing.check(condition) }
  }

  /// A rule's condition: every column is one that rows of its table reach.
  mutating func checkRule(_ condition: RowCondition, of table: String) {
    let others = Set(totals.map(\.table))
    let reach = schema.reach(from: table)
    for column in columns where !others.contains(column.path.head) { check(column.path, at: column.offset, from: table, within: reach) }
    if !failures.isEmpty { return }
    let typing = RowTyping(schema: schema, table: table, reach: reach)
    report(at: columns.first?.offset ?? 0) { () throws(RowTypeFailure) in try typing.check(condition) }
  }

  private mutating func ownTyping() -> RowTyping? {
    guard !columns.isEmpty, let table = commonTable(of: columns) else { return nil }
    return RowTyping(schema: schema, table: table, reach: schema.reach(from: table))
  }

  /// Notes a wrong type, at the column it is about if there is one.
  private mutating func report(at offset: Int, _ check: () throws(RowTypeFailure) -> Void) {
    do throws(RowTypeFailure) { try check() } catch {
      let place = columns.first { $0.path == error.path }?.offset ?? offset
      failures.append(
        FormulaFailure(error.code, at: place, found: error.found, expected: error.expected, hint: error.hint))
    }
  }
}

extension FormulaFailure {
  /// What is wrong with a path, in words.
  package init(_ path: ColumnPath, _ failure: PathFailure, at offset: Int) {
    switch failure {
    case .unknownHead(let head, let nearest):
      self.init(
        "unknown-table", at: offset, found: "\(head) in \(path)", expected: "a table or a role of a join",
        hint: nearest.isEmpty ? "" : "did you mean " + nearest.joined(separator: " or ") + "?")
    case .unreachable(let head, let table):
      self.init(
        "unreachable-column", at: offset, found: path.description,
        expected: "a column that rows of \(table) reach by joins",
        hint: "\(table) has no join that leads to \(head)")
    case .ambiguous(let head, let paths):
      self.init(
        "ambiguous-path", at: offset, found: "\(head) in \(path), reached in \(paths.count) ways",
        expected: "one of them: " + paths.joined(separator: ", "))
    case .unknownColumn(let name, let table, let nearest):
      let names = nearest.map { path.parts.dropLast().joined(separator: ".") + "." + $0 }
      self.init(
        "unknown-column", at: offset, found: path.description,
        expected: name == path.column ? "a column of \(table)" : "a join of \(table)",
        hint: nearest.isEmpty ? "" : "did you mean " + names.joined(separator: " or ") + "?")
    }
  }
}
