import Metrics
import SourceText

/// Writes a dictionary as a semantic model of Open Semantic Interchange 1.0.
///
/// Tables become datasets, columns and dimensions fields, joins relationships, metrics ANSI SQL with the metrics they are made of
/// written out. What the format has no place for is listed; types and times of tables, which readers of the format need not
/// know, go into an extension of ours.
package struct OsiExport {
  let dictionary: MetricDictionary
  let report = DiagnosticCollector()
  /// What each column is called as a field.
  var fields: [ColumnPath: String] = [:]
  /// Columns that metrics and dimensions calculate with, which a reader takes to be numbers.
  var computedWith: Set<ColumnPath> = []

  package static func text(of dictionary: MetricDictionary) -> (text: String, notes: [Diagnostic]) {
    var make = OsiExport(dictionary: dictionary)
    make.nameFields()
    for metric in dictionary.metrics { make.computedWith.formUnion(numbers(in: metric.formula)) }
    for case .expression(let row) in dictionary.dimensions.map(\.source) { make.computedWith.formUnion(numbers(in: row, isNumber: false)) }
    let text = make.text()
    return (text, make.report.diagnostics)
  }

  var language: Language { dictionary.language }

  func lost(_ place: SourcePlace?, _ what: String, _ why: String) { report.add(.notCarried(place, what, why)) }

  // MARK: Names

  /// A column bears the name of the dimension that it is.
  private mutating func nameFields() {
    for dimension in dictionary.dimensions {
      guard case .column(let path) = dimension.source, path.parts.count == 2, dictionary.schema[path.head]?.column(path.column) != nil,
        fields[path] == nil
      else { continue }
      let name = fieldName(dimension.name, path.head)
      // Another column of the table may be called so.
      let taken = dictionary.schema[path.head]!.columns.contains { $0.name == name && $0.name != path.column }
      fields[path] = taken ? path.column : name
    }
  }

  /// `name` of `customers__name`.
  private func fieldName(_ dimension: String, _ table: String) -> String {
    dimension.hasPrefix(table + "__") ? String(dimension.dropFirst(table.count + 2)) : dimension
  }

  func field(_ path: ColumnPath) -> String { fields[path] ?? path.column }

  private static func numbers(in formula: Formula) -> [ColumnPath] {
    switch formula {
    case .aggregate(let aggregate):
      let isNumber = [.sum, .average, .median, .standardDeviation].contains(aggregate.function)
      return aggregate.argument.map { numbers(in: $0, isNumber: isNumber) } ?? []
    case .binary(_, let a, let b): return numbers(in: a) + numbers(in: b)
    case .negated(let inner): return numbers(in: inner)
    default: return []
    }
  }

  private static func numbers(in row: RowExpression, isNumber: Bool) -> [ColumnPath] {
    switch row {
    case .column(let path): isNumber ? [path] : []
    case .binary(_, let a, let b): numbers(in: a, isNumber: true) + numbers(in: b, isNumber: true)
    case .negated(let inner), .absolute(let inner): numbers(in: inner, isNumber: true)
    case .choice(_, let a, let b): numbers(in: a, isNumber: isNumber) + numbers(in: b, isNumber: isNumber)
    case .coalesce(let rows): rows.flatMap { numbers(in: $0, isNumber: isNumber) }
    case .number, .text, .between, .unit: []
    }
  }

  // MARK: Text

  private func text() -> String {
    var text = "version: \"1.0\"\nsemantic_model:\n  - name: \(dictionary.name)\n"
    if let title = title(dictionary.title), title != dictionary.name { text += "    description: \(DictionaryText.quoted(title))\n" }
    tellWhole()
    text += "    datasets:\n" + dictionary.schema.tables.map(dataset).joined()
    let relationships = dictionary.schema.tables.flatMap { table in table.joins.map { relationship($0, of: table) } }.joined()
    if !relationships.isEmpty { text += "    relationships:\n" + relationships }
    let metrics = dictionary.metrics.map(metric).joined()
    if !metrics.isEmpty { text += "    metrics:\n" + metrics }
    return text
  }

  private func title(_ text: LocalText) -> String? { text[language].isEmpty ? nil : text[language] }

  private func tellWhole() {
    for hierarchy in dictionary.hierarchies { lost(nil, "hierarchy \(hierarchy.name)", "the format has no hierarchies") }
    let calendar = dictionary.calendar
    if calendar.weekStart != 1 || calendar.fiscalStart != nil { lost(nil, "the calendar", "the format has no weeks or fiscal years") }
    if dictionary.days != nil || dictionary.hours != nil { lost(nil, "the calendar's days", "the format has no calendar") }
  }

  private func dataset(_ table: Table) -> String {
    var text = "      - name: \(table.name)\n        source: \(table.name)\n"
    func names(_ columns: [String]) -> String { columns.map { field(ColumnPath([table.name, $0])) }.joined(separator: ", ") }
    if !table.key.isEmpty { text += "        primary_key: [\(names(table.key))]\n" }
    if !table.unique.isEmpty { text += "        unique_keys: [\(table.unique.map { "[\(names($0))]" }.joined(separator: ", "))]\n" }
    if let title = title(table.title) { text += "        description: \(DictionaryText.quoted(title))\n" }
    if let spans = table.spans { lost(table.place, "spans: \(spans.rawValue) of table \(table.name)", "the format has no such thing") }
    let written = table.columns.map { field($0, of: table) } + dictionary.dimensions.compactMap { computed($0, in: table) }
    if !written.isEmpty { text += "        fields:\n" + written.joined() }
    // What a reader finds by itself need not be told.
    let guess = guessedTime(of: table)
    if let time = table.time.map({ self.time($0, of: table) }), time != guess { text += Self.extended("        ", "time", time) }
    if table.time == nil, let guess { lost(table.place, "that table \(table.name) has no time", "a reader takes it to be \(guess)") }
    return text
  }

  private func time(_ path: ColumnPath, of table: Table) -> String {
    path.parts.count == 2 && path.head == table.name ? field(path) : path.description
  }

  /// The time that `OsiImport` takes a table to have: its first field of time, else that of the one table it joins that has one.
  private func guessedTime(of table: Table) -> String? {
    func own(_ table: Table) -> String? {
      table.columns.map { ($0, ColumnPath([table.name, $0.name])) }.first { $0.type.isTime && isDimension($1) }.map { field($1) }
    }
    if let time = own(table) { return time }
    let times = table.joins.compactMap { join in dictionary.schema[join.table].flatMap(own).map { "\(table.name).\(join.role).\($0)" } }
    return times.count == 1 ? times[0] : nil
  }

  private func isDimension(_ path: ColumnPath) -> Bool {
    dictionary.dimensions.contains { if case .column(path) = $0.source { true } else { false } }
  }

  private static func extended(_ indent: String, _ key: String, _ value: String) -> String {
    "\(indent)custom_extensions:\n\(indent)  - vendor_name: COMMON\n\(indent)    data: '{\"wenshu\": {\"\(key)\": \"\(value)\"}}'\n"
  }

  // MARK: Fields

  private func field(_ column: Column, of table: Table) -> String {
    let path = ColumnPath([table.name, column.name])
    let dimensions = dictionary.dimensions.filter { if case .column(path) = $0.source { true } else { false } }
    for more in dimensions.dropFirst() { lost(more.place, "dimension \(more.name)", "a column is one field") }
    var text = entry(field(path), column.physicalName)
    if let dimension = dimensions.first {
      text += "            dimension:\n              is_time: \(column.type.isTime)\n" + words(of: dimension)
    } else if let title = title(column.title) {
      text += "            description: \(DictionaryText.quoted(title))\n"
    }
    if column.trim { lost(column.place, "trim of \(path)", "the format has no such thing") }
    let guess: ColumnType = !dimensions.isEmpty && column.type.isTime ? .date : computedWith.contains(path) ? .real : .text
    if column.type != guess { text += Self.extended("            ", "type", column.type.notation) }
    return text
  }

  private func entry(_ name: String, _ expression: String) -> String {
    """
              - name: \(name)
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: \(DictionaryText.quoted(expression))

    """
  }

  /// A dimension that is computed, in the table whose columns it is computed from.
  private func computed(_ dimension: Dimension, in table: Table) -> String? {
    let columns: [ColumnPath]
    let sql: String?
    switch dimension.source {
    case .column(let path):
      // Told once, where the whole path begins.
      if path.parts.count > 2, path.head == table.name { lost(dimension.place, "dimension \(dimension.name)", "a field is one of its own dataset") }
      return nil
    case .expression(let row): (columns, sql) = (row.columns, OsiSQL(field: { field($0) }, own: table.name).row(row))
    case .flag(let test): (columns, sql) = (test.columns, OsiSQL(field: { field($0) }, own: table.name).condition(test))
    }
    guard dictionary.schema.finestTable(of: columns) == table.name else { return nil }
    guard let sql else {
      lost(dimension.place, "dimension \(dimension.name)", "ANSI SQL over one dataset cannot say it")
      return nil
    }
    return entry(fieldName(dimension.name, table.name), sql) + "            dimension:\n              is_time: false\n" + words(of: dimension)
  }

  private func words(of dimension: Dimension) -> String {
    var text = ""
    if let title = title(dimension.title), title != dimension.name { text += "            description: \(DictionaryText.quoted(title))\n" }
    text += synonyms(dimension.synonyms[language], "            ")
    tellOthers(dimension.title, dimension.synonyms, dimension.place, "dimension \(dimension.name)")
    var more: [String] = []
    if !dimension.values.isEmpty { more.append("names of values") }
    if !dimension.groups.isEmpty { more.append("groups of values") }
    if !dimension.order.isEmpty { more.append("order") }
    if !dimension.others.isEmpty { more.append("other columns") }
    if dimension.sensitivity != .internal { more.append("sensitivity") }
    if !more.isEmpty { lost(dimension.place, "\(more.joined(separator: ", ")) of dimension \(dimension.name)", "the format has no such thing") }
    return text
  }

  private func synonyms(_ words: [String], _ indent: String) -> String {
    words.isEmpty ? "" : "\(indent)ai_context:\n\(indent)  synonyms: [\(words.map(DictionaryText.quoted).joined(separator: ", "))]\n"
  }

  private func tellOthers(_ title: LocalText, _ words: LocalWords, _ place: SourcePlace?, _ what: String) {
    for other in Language.allCases where other != language && (title.texts[other]?.isEmpty == false || !words[other].isEmpty) {
      lost(place, "words of \(what) in \(other.rawValue)", "the format has one language")
    }
  }

  // MARK: Joins

  private func relationship(_ join: Join, of table: Table) -> String {
    let name = join.role == join.table ? "\(table.name)_to_\(join.role)" : join.role
    if join.validity != nil {
      lost(join.place, "join \(join.role) of table \(table.name)", "the format has no rows that hold for a time")
      return ""
    }
    func names(_ columns: [String], _ table: String) -> String { columns.map { field(ColumnPath([table, $0])) }.joined(separator: ", ") }
    return """
          - name: \(name)
            from: \(table.name)
            to: \(join.table)
            from_columns: [\(names(join.hereColumns, table.name))]
            to_columns: [\(names(join.thereColumns, join.table))]

    """
  }

  // MARK: Metrics

  private func metric(_ metric: Metric) -> String {
    var sql: String?
    do throws(OsiSQL.Unsayable) {
      sql = try OsiSQL(field: { field($0) }, own: nil, dictionary: dictionary).formula(metric.formula)
    } catch {
      lost(metric.place, "metric \(metric.name): \(FormulaNotation.text(metric.formula))", error.reason)
      return ""
    }
    guard var sql else { return "" }
    if metric.nulls == .zero { sql = "COALESCE(\(sql), 0)" }
    var text = """
          - name: \(metric.name)
            expression:
              dialects:
                - dialect: ANSI_SQL
                  expression: \(DictionaryText.quoted(sql))

    """
    if let meaning = title(metric.meaning) { text += "        description: \(DictionaryText.quoted(meaning))\n" }
    var words = metric.synonyms[language]
    if let title = title(metric.title), title != metric.name { words.insert(title, at: 0) }
    text += synonyms(words, "        ")
    tell(metric)
    return text
  }

  /// What a metric says of itself beside its formula.
  private func tell(_ metric: Metric) {
    tellOthers(metric.title, metric.synonyms, metric.place, "metric \(metric.name)")
    let more: [(Bool, String)] = [
      (metric.unit != .plain, "unit"), (metric.decimals != nil, "decimals"), (metric.direction != .none, "direction"),
      (!metric.owner.isEmpty, "owner"), (!metric.department.isEmpty, "department"), (metric.level != nil, "level"),
      (!metric.category.isEmpty, "category"), (metric.parent != nil, "parent"), (!metric.drivers.isEmpty, "drivers"),
      (metric.sensitivity != .internal, "sensitivity"), (metric.status != .certified, "status"), (metric.versions.count > 1, "older versions"),
      (metric.time != nil, "time"), (metric.allowedDimensions != nil, "allowed dimensions"), (!metric.requiredDimensions.isEmpty, "required dimensions"),
      (metric.showsGaps, "gaps"), (!metric.examples.isEmpty, "examples"), (!metric.counts.all.isEmpty, "nouns"), (!metric.verbs.all.isEmpty, "verbs"), (!metric.asked.all.isEmpty, "asked"),
      (!metric.states.isEmpty, "states"), (metric.attainment != nil, "attainment"),
    ]
    let names = more.filter(\.0).map(\.1)
    if !names.isEmpty { lost(metric.place, "\(names.joined(separator: ", ")) of metric \(metric.name)", "the format has no such thing") }
  }
}
