import Metrics
import SourceText

/// A dictionary written from another tool's files.
package struct ImportedDictionary: Sendable {
  /// `tables.yaml` and the like, with their texts.
  package var files: [(name: String, text: String)]
  /// What could not be carried, each with its place.
  package var notes: [Diagnostic]
}

/// Writes a Wenshu dictionary from the YAML of a dbt semantic layer: semantic models, metrics, time spines.
///
/// A semantic model becomes a table, its dimensions become dimensions named as dbt names them (`listing__country`, through two
/// joins `listing__user__state`), with one more for each coarser unit of a time dimension (`listing__created__month`); an entity
/// becomes a dimension too. Custom units of the time spine become dimensions beside each day. Metrics keep their names. SQL is
/// read as far as the formula language can say it; everything else is listed.
package struct DbtImport {
  /// What columns hold, by table, as the warehouse says it; what it does not say is guessed from how the column is used.
  let types: [String: [String: ColumnType]]
  let report = DiagnosticCollector()
  var project = DbtProject()
  var tables: [ImportedTable] = []
  /// In the order found; the first of a name stays.
  var dimensions: [ImportedDimension] = []
  /// Coarser units of time dimensions, which give way to others of like names.
  var units: [ImportedDimension] = []

  /// - Parameters:
  ///   - warehouse: the SQLite file that the dictionary is to name; nil = CSV files beside it.
  package static func dictionary(
    from files: [DictionaryReader.File], name: String, warehouse: String? = nil, types: [String: [String: ColumnType]] = [:]
  ) -> ImportedDictionary {
    var make = DbtImport(types: types)
    var reader = DbtReader(report: make.report)
    for file in files {
      do throws(Diagnostic) { reader.read(try YAMLNode.parse(file.text, file: file.name)) } catch { make.report.add(error) }
    }
    reader.resolveMetricInputs()
    make.project = reader.project
    make.addTables()
    make.addDimensions()
    let metrics = make.metricsText()
    let texts = [
      ("dataset.yaml", make.datasetText(name, warehouse)), ("tables.yaml", DictionaryText.tables(make.tables)),
      ("dimensions.yaml", DictionaryText.dimensions(make.dimensions)), ("metrics.yaml", metrics),
    ]
    return ImportedDictionary(files: texts.map { (name: $0.0, text: $0.1) }, notes: make.report.diagnostics)
  }

  func lost(_ place: SourcePlace?, _ what: String, _ why: String) { report.add(.notCarried(place, what, why)) }

  /// The table of days, if there is one.
  var daySpine: DbtSpine? { project.spines.first { $0.grain == "day" } }

  /// The table of hours, if there is one.
  var hourSpine: DbtSpine? { project.spines.first { $0.grain == "hour" } }

  private func datasetText(_ name: String, _ warehouse: String?) -> String {
    var text = "name: \(Self.quoted(name))\nlanguage: en\n"
    if let warehouse { text += "warehouse: {file: \(Self.quoted(warehouse))}\n" }
    let spines = [("days", daySpine), ("hours", hourSpine)].compactMap { name, spine in spine.map { "  \(name): \($0.table).\($0.column)\n" } }
    if !spines.isEmpty { text += "calendar:\n" + spines.joined() }
    return text
  }

  static func quoted(_ text: String) -> String { DictionaryText.quoted(text) }
}
