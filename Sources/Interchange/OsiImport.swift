import Metrics
import SourceText

/// Writes a Wenshu dictionary from a semantic model of Open Semantic Interchange.
///
/// A dataset becomes a table, its fields become columns, and dimensions of the same name (`customers__name` where two datasets
/// have a field of that name); a relationship becomes a join, a metric a formula. A field that is neither said to be a dimension
/// nor a key, and that metrics compute with, is a column alone. SQL is read as far as the formula language can say it; all else
/// is listed.
package struct OsiImport {
  let types: [String: [String: ColumnType]]
  let report = DiagnosticCollector()
  var model = OsiModel()
  var tables: [ImportedTable] = []
  var dimensions: [ImportedDimension] = []

  /// - Parameters:
  ///   - warehouse: the SQLite file that the dictionary is to name; nil = CSV files beside it.
  package static func dictionary(
    from files: [DictionaryReader.File], name: String, warehouse: String? = nil, types: [String: [String: ColumnType]] = [:]
  ) -> ImportedDictionary {
    var make = OsiImport(types: types)
    var reader = OsiReader(report: make.report)
    for file in files {
      do throws(Diagnostic) { reader.read(try YAMLNode.parse(file.text, file: file.name)) } catch { make.report.add(error) }
    }
    make.model = reader.model ?? OsiModel()
    make.addTables()
    make.addJoins()
    make.addTimes()
    make.addDimensions()
    let metrics = make.metrics()
    var dataset = "name: \(DictionaryText.quoted(make.model.name.isEmpty ? name : make.model.name))\nlanguage: en\n"
    if !make.model.description.isEmpty { dataset += "title: \(DictionaryText.quoted(make.model.description))\n" }
    if let warehouse { dataset += "warehouse: {file: \(DictionaryText.quoted(warehouse))}\n" }
    let texts = [
      ("dataset.yaml", dataset), ("tables.yaml", DictionaryText.tables(make.tables)),
      ("dimensions.yaml", DictionaryText.dimensions(make.dimensions)), ("metrics.yaml", DictionaryText.metrics(metrics)),
    ]
    return ImportedDictionary(files: texts.map { (name: $0.0, text: $0.1) }, notes: make.report.diagnostics)
  }

  func lost(_ place: SourcePlace?, _ what: String, _ why: String) { report.add(.notCarried(place, what, why)) }

  func dataset(_ name: String) -> OsiDataset? { model.datasets.first { $0.name == name } }

  // MARK: Tables

  /// The column that a field is, if it is one: `customer_id`, also with its dataset in front.
  func column(of field: OsiField, _ dataset: OsiDataset) -> String? {
    var text = field.expression
    for prefix in [dataset.name + ".", dataset.table + "."] where text.hasPrefix(prefix) { text = String(text.dropFirst(prefix.count)) }
    return DbtImport.isColumn(text) ? text : nil
  }

  private mutating func addTables() {
    for dataset in model.datasets {
      var table = ImportedTable(name: dataset.table, title: dataset.description)
      for field in dataset.fields {
        guard let column = column(of: field, dataset) else { continue }
        table.add(field.name, type(field, column, dataset))
        if column != field.name { table.physical[field.name] = column }
      }
      // Keys need not be fields.
      let related = model.relationships.flatMap { ($0.from == dataset.name ? $0.fromColumns : []) + ($0.to == dataset.name ? $0.toColumns : []) }
      for key in dataset.key + dataset.unique.flatMap(\.self) + related {
        let name = self.name(ofColumn: key, dataset)
        table.add(name, stored(dataset.table, key) ?? "text")
      }
      table.key = dataset.key.map { name(ofColumn: $0, dataset) }
      table.unique = dataset.unique.map { $0.map { name(ofColumn: $0, dataset) } }.filter { $0 != table.key }
      if table.columns.isEmpty { lost(dataset.place, "dataset \(dataset.name)", "it has no column") }
      tables.append(table)
    }
  }

  /// The field that is a column, or the column itself.
  func name(ofColumn column: String, _ dataset: OsiDataset) -> String {
    if let field = dataset.field(column), self.column(of: field, dataset) != nil { return field.name }
    return dataset.fields.first { self.column(of: $0, dataset) == column }?.name ?? column
  }

  private func stored(_ table: String, _ column: String) -> String? {
    switch types[table]?[column] {
    case .integer?: "integer"
    case .real?: "real"
    case .decimal(let scale)?: "decimal(\(scale))"
    case .date?: "date"
    case .timestamp?: "timestamp"
    case .boolean?: "boolean"
    case .text?: "text"
    case nil: nil
    }
  }

  /// As the file says, else as the warehouse says, else as it is used.
  private func type(_ field: OsiField, _ column: String, _ dataset: OsiDataset) -> String {
    if let type = field.type { return type }
    let stored = stored(dataset.table, column)
    if field.isTime { return stored.map { $0 == "text" ? "timestamp" : $0 } ?? "date" }
    return stored ?? (isComputedWith(field, dataset) ? "real" : "text")
  }

  /// Whether a metric or a computed field calculates with it.
  func isComputedWith(_ field: OsiField, _ dataset: OsiDataset) -> Bool {
    func uses(_ expression: String, bare: Bool) -> Bool {
      guard let fragment = SQLFragment(expression) else { return false }
      return Self.numbers(in: fragment, isNumber: false).contains { $0 == "\(dataset.name).\(field.name)" || bare && $0 == field.name }
    }
    return model.metrics.contains { uses($0.expression, bare: $0.dataset == dataset.name) }
      || dataset.fields.contains { $0.name != field.name && uses($0.expression, bare: true) }
  }

  /// The names that an expression calculates with, but not those it counts or compares.
  private static func numbers(in fragment: SQLFragment, isNumber: Bool) -> [String] {
    switch fragment {
    case .name(let name): return isNumber ? [name] : []
    case .binary(let sign, let a, let b):
      let parts = [a, b]
      let isArithmetic = ["+", "-", "*", "/"].contains(sign)
      return parts.flatMap { numbers(in: $0, isNumber: isArithmetic) }
    case .negated(let inner): return numbers(in: inner, isNumber: true)
    case .choice(_, let yes, let no): return numbers(in: yes, isNumber: isNumber) + numbers(in: no, isNumber: isNumber)
    case .call(let name, let parts):
      let isSum = ["sum", "avg", "average", "median", "stddev", "abs"].contains(name)
      return parts.flatMap { numbers(in: $0, isNumber: isSum || name == "coalesce" && isNumber) }
    case .number, .text, .template, .not, .all, .any, .missing, .oneOf: return []
    }
  }

  // MARK: Joins

  private mutating func addJoins() {
    for relationship in model.relationships {
      guard let from = dataset(relationship.from), let to = dataset(relationship.to),
        let index = tables.firstIndex(where: { $0.name == from.table })
      else {
        lost(relationship.place, "relationship \(relationship.name)", "there is no dataset \(dataset(relationship.from) == nil ? relationship.from : relationship.to)")
        continue
      }
      let there = relationship.toColumns.map { name(ofColumn: $0, to) }
      let keys = tables.first { $0.name == to.table }.map { [$0.key] + $0.unique } ?? []
      guard keys.contains(where: { Set($0) == Set(there) }) else {
        lost(relationship.place, "relationship \(relationship.name)", "\(there.joined(separator: ", ")) is no key of \(to.name), so rows could multiply")
        continue
      }
      guard !tables[index].joins.contains(where: { $0.role == relationship.role }) else {
        lost(relationship.place, "relationship \(relationship.name)", "\(from.name) has another one of that name")
        continue
      }
      let here = relationship.fromColumns.map { name(ofColumn: $0, from) }
      tables[index].joins.append(
        ImportedJoin(role: relationship.role, table: to.table, entity: "", on: zip(here, there).map { ($0, $1) }))
    }
  }

  // MARK: Time

  /// A table's time: its own first field of time, else that of the one table that it joins which has one.
  private mutating func addTimes() {
    for (index, dataset) in model.datasets.enumerated() {
      tables[index].time = dataset.time ?? ownTime(dataset)
    }
    for (index, dataset) in model.datasets.enumerated() where tables[index].time == nil {
      let times = tables[index].joins.compactMap { join -> String? in
        guard let other = model.datasets.first(where: { $0.table == join.table }), let time = ownTime(other) else { return nil }
        return "\(dataset.table).\(join.role).\(time)"
      }
      if times.count == 1 { tables[index].time = times[0] }
      if times.count > 1 {
        lost(dataset.place, "the time of dataset \(dataset.name)", "it could be \(times.joined(separator: " or ")); say which in tables.yaml")
      }
    }
  }

  private func ownTime(_ dataset: OsiDataset) -> String? {
    dataset.fields.first { field in
      field.isTime && column(of: field, dataset).map { ["date", "timestamp"].contains(type(field, $0, dataset)) } == true
    }?.name
  }
}
