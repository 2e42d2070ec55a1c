import SourceText

/// `tables:` → Schema
extension DictionaryReader {
  func schema(_ root: YAMLMapping) -> Schema {
    var schema = Schema(tables: root.entries("tables").compactMap { isName($0, of: "a table") ? table($0) : nil })
    for table in schema.tables { checkJoins(of: table, in: schema) }
    checkKeysAndTimes(root, schema)
    readTableRules(root, &schema)
    return schema
  }

  private func table(_ entry: YAMLNode.Entry) -> Table {
    let node = YAMLMapping(entry.value, "a table", report)
    var table = Table(
      name: entry.key, title: node.localText("title", language), grain: node.localText("grain", language),
      file: node.text("file") ?? entry.key + ".csv", key: node.texts("key"),
      time: node.text("time").map { timePath($0, of: entry.key) },
      columns: node.entries("columns").compactMap { isName($0, of: "a column") ? column($0) : nil },
      joins: node.entries("joins").compactMap { isName($0, of: "a join") ? join($0) : nil }, place: entry.keyPlace)
    table.spans = node.choice("spans")
    table.unique = node.list("unique").map { report.texts($0) }
    // Read once all tables are known.
    for key in DictionaryReader.ruleKeys { _ = node.value(key) }
    node.finish()
    return table
  }

  /// A bare column is one of the table itself.
  private func timePath(_ text: String, of table: String) -> ColumnPath {
    text.contains(".") ? ColumnPath(text) : ColumnPath([table, text])
  }

  private func column(_ entry: YAMLNode.Entry) -> Column {
    if case .scalar = entry.value.content {
      // A type that is no type is reported; the column still counts as there.
      return Column(name: entry.key, type: columnType(entry.value) ?? .text, place: entry.keyPlace)
    }
    let node = YAMLMapping(entry.value, "a column", report)
    var column = Column(
      name: entry.key, physicalName: node.text("column"),
      type: (node.value("type") ?? missing("type", entry, "a column")).flatMap { columnType($0) } ?? .text,
      title: node.localText("title", language), trim: node.boolean("trim") ?? false, place: entry.keyPlace)
    readRules(node, &column)
    column.cleaning = cleaning(node, column.type)
    node.finish()
    return column
  }

  private func readRules(_ node: YAMLMapping, _ column: inout Column) {
    if let value = node.value("format"), let text = report.text(value) {
      if column.type.takes(format: text) { column.format = text } else {
        let names = column.type.formats
        report.wrongType(
          value, expected: names.isEmpty ? "no format for \(column.type.notation)" : names.joined(separator: ", "), code: "bad-format")
      }
    }
    column.rules.isRequired = node.boolean("required") ?? false
    column.rules.isSoft = node.boolean("soft") ?? false
    column.rules.allowed = node.texts("allowed")
    (column.rules.least, column.rules.most) = (node.text("at_least"), node.text("at_most"))
    if let value = node.value("range") {
      let ends = report.texts(value)
      if ends.count == 2 { (column.rules.least, column.rules.most) = (ends[0], ends[1]) } else {
        report.wrongType(value, expected: "the least and the most: [0, 100]", hint: "at_least or at_most for one of them", code: "bad-range")
      }
    }
    if let value = node.value("pattern"), let text = report.text(value) {
      if (try? Regex(text)) != nil { column.rules.pattern = text } else {
        report.wrongType(value, expected: "a regular expression: 'SO-[0-9]{6}'", code: "bad-pattern")
      }
    }
  }

  /// Reports a key that must be there.
  func missing(_ key: String, _ entry: YAMLNode.Entry, _ what: String) -> YAMLNode? {
    report.add(
      Diagnostic(
        code: "missing-key", at: entry.keyPlace, found: "\(entry.key) without \(key)", expected: "\(key) in \(what)"))
    return nil
  }

  private func missingText(_ key: String, _ entry: YAMLNode.Entry) -> String? {
    _ = missing(key, entry, "a join to rows that hold for a time")
    return nil
  }

  private static let plainTypes: [(name: String, type: ColumnType)] = [
    ("integer", .integer), ("real", .real), ("text", .text), ("date", .date), ("timestamp", .timestamp),
    ("boolean", .boolean),
  ]

  /// `integer`, `decimal(2)` …
  func columnType(_ node: YAMLNode) -> ColumnType? {
    guard let text = report.text(node) else { return nil }
    if let plain = DictionaryReader.plainTypes.first(where: { $0.name == text }) { return plain.type }
    if text.hasPrefix("decimal(") && text.hasSuffix(")") {
      if let scale = Int(text.dropFirst(8).dropLast()), (0...18).contains(scale) { return .decimal(scale: scale) }
      report.wrongType(node, expected: "a number of decimals from 0 to 18: decimal(2)", code: "bad-scale")
      return nil
    }
    let names = DictionaryReader.plainTypes.map(\.name) + ["decimal(2)"]
    report.wrongType(
      node, expected: names.joined(separator: ", "), hint: .didYouMean(text, among: names), code: "unknown-type")
    return nil
  }

  // MARK: Joins

  private func join(_ entry: YAMLNode.Entry) -> Join? {
    if case .mapping = entry.value.content {
      let node = YAMLMapping(entry.value, "a join", report)
      defer { node.finish() }
      guard let on = node.value("on") ?? missing("on", entry, "a join") else { return nil }
      var join = join(entry, table: node.text("table") ?? entry.key, on: on)
      if let from = node.text("valid_from") ?? (node.has("valid_to") ? missingText("valid_from", entry) : nil),
        let to = node.text("valid_to") ?? missingText("valid_to", entry)
      {
        join?.validity = Join.Validity(from: from, to: to)
      }
      return join
    }
    return join(entry, table: entry.key, on: entry.value)
  }

  /// `store_id`, `here = there`, or a list of such for a key of several columns.
  private func join(_ entry: YAMLNode.Entry, table: String, on: YAMLNode) -> Join? {
    let pairs = report.texts(on).flatMap { $0.split(separator: ",") }.map { pair in
      pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { DictionaryReader.trimmed($0) }
    }
    if pairs.isEmpty || pairs.contains(where: { $0.contains("") }) {
      report.wrongType(on, expected: "a column, or here = there", code: "bad-join")
      return nil
    }
    return Join(
      role: entry.key, table: table, here: pairs.map { $0[0] }, there: pairs.map { $0.last! }, place: entry.keyPlace)
  }

  static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private func checkJoins(of table: Table, in schema: Schema) {
    for join in table.joins {
      guard let other = schema[join.table] else {
        add(
          "unknown-table", join.place, "join \(join.role) to \(join.table)", "a table",
          .didYouMean(join.table, among: schema.tables.map(\.name)))
        continue
      }
      for name in join.hereColumns where table.column(name) == nil { unknownColumn(name, table, join) }
      for name in join.thereColumns where other.column(name) == nil { unknownColumn(name, other, join) }
      // Only a key is sure to be there once; a join along anything else could multiply rows.
      for name in join.validity.map({ [$0.from, $0.to] }) ?? [] where other.column(name)?.type.isTime != true {
        add("unknown-column", join.place, "\(name) in join \(join.role)", "a date or timestamp of \(other.name)")
      }
      if join.validity == nil, !other.identifies(join.thereColumns) {
        let key = other.key.isEmpty ? "which declares no key" : "whose key is \(other.key.joined(separator: ", "))"
        add(
          "join-to-no-key", join.place,
          "join \(join.role) on \(join.thereColumns.joined(separator: ", ")) of \(other.name), \(key)",
          "a join to the other table's key", "many rows may join to one, never one to many")
      }
      checkTypes(join, table, other)
    }
  }

  private func checkTypes(_ join: Join, _ table: Table, _ other: Table) {
    for (here, there) in join.on {
      guard let a = table.column(here)?.type, let b = other.column(there)?.type, RowType(a) != RowType(b) else { continue }
      add(
        "join-types-differ", join.place,
        "\(table.name).\(here), a \(RowType(a).rawValue), joined to \(other.name).\(there), a \(RowType(b).rawValue)",
        "columns of one type")
    }
  }

  private func unknownColumn(_ name: String, _ table: Table, _ join: Join) {
    add(
      "unknown-column", join.place, "\(name) in join \(join.role)", "a column of \(table.name)",
      .didYouMean(name, among: table.columns.map(\.name)))
  }

  private func checkKeysAndTimes(_ root: YAMLMapping, _ schema: Schema) {
    guard case .mapping(let entries)? = root.value("tables")?.content else { return }
    for entry in entries {
      guard let table = schema[entry.key] else { continue }
      let node = YAMLMapping(entry.value, "a table", DiagnosticCollector())
      for name in table.key where table.column(name) == nil {
        add(
          "unknown-column", node.value("key")?.place, name, "a column of \(table.name)",
          .didYouMean(name, among: table.columns.map(\.name)))
      }
      if let time = table.time, let place = node.value("time") { checkTime(time, of: table.name, place, schema) }
    }
  }

  /// A time column must exist and be a date or timestamp.
  func checkTime(_ path: ColumnPath, of table: String, _ node: YAMLNode, _ schema: Schema) {
    do throws(PathFailure) {
      let column = try schema.find(path, from: table).column
      if !column.type.isTime {
        add(
          "time-of-wrong-type", node.place, "\(path), a \(RowType(column.type).rawValue)",
          "a date or timestamp as time column")
      }
    } catch {
      let failure = FormulaFailure(path, error, at: 0)
      add(failure.code, node.place, failure.found, failure.expected, failure.hint)
    }
  }

  func add(_ code: String, _ place: SourcePlace?, _ found: String, _ expected: String, _ hint: String = "") {
    report.add(Diagnostic(code: code, at: place, found: found, expected: expected, hint: hint))
  }
}
