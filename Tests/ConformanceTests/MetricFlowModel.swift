import CivilTime
import Foundation
import Interchange
import Metrics
import Planning
import Questions
import SourceText
import Warehouse

/// One of the suite's manifests, imported and opened.
struct MetricFlowModel {
  let dictionary: MetricDictionary
  let database: Warehouse.Database
  let coverage: DataCoverage
  let imported: ImportedDictionary
  /// The unit of time that a metric is shown by if a request names none, where the manifest says one.
  let grains: [String: String]
  /// Groups and filters of saved queries.
  let manifest: YAMLNode

  init(name: String, folder: String, warehouse: String, cache: String) throws {
    let file = "\(folder)/manifests/\(name).yaml"
    let text = try SourceFile.read(file)
    manifest = try YAMLNode.parse(text, file: "\(name).yaml")
    imported = DbtImport.dictionary(
      from: [.init(name: "\(name).yaml", text: text)], name: name.lowercased(), warehouse: warehouse,
      types: try WarehouseTypes.columns(ofFile: warehouse))
    let files = imported.files.map { DictionaryReader.File(name: $0.name, text: $0.text) }
    let (dictionary, diagnostics) = DictionaryReader.read(files)
    guard let dictionary else { throw DiagnosticsError(diagnostics.filter { $0.severity == .error }) }
    self.dictionary = dictionary
    database = try WarehouseBuilder.open(dictionary: dictionary, folder: folder, cacheFolder: cache)
    coverage = try database.coverage()
    var grains: [String: String] = [:]
    for metric in Self.members(manifest, "metrics") {
      if let name = Self.text(metric, "name"), let grain = Self.text(metric, "time_granularity") { grains[name] = grain }
    }
    self.grains = grains
  }

  static func members(_ node: YAMLNode, _ key: String) -> [YAMLNode] {
    guard case .mapping(let entries) = node.content, case .sequence(let members)? = entries.first(where: { $0.key == key })?.value.content
    else { return [] }
    return members
  }

  static func text(_ node: YAMLNode, _ key: String) -> String? {
    guard case .mapping(let entries) = node.content, case .scalar(let text, _)? = entries.first(where: { $0.key == key })?.value.content
    else { return nil }
    return text
  }

  /// The time columns of a metric's aggregates.
  func times(of metric: String) -> [ColumnPath] {
    dictionary.ingredients(of: metric).compactMap { dictionary.metric($0) }.flatMap { metric in
      metric.formula.tables.compactMap { metric.time ?? dictionary.schema[$0]?.time }
    }
  }

  /// The unit of time of a request that names none: the coarsest of its metrics'.
  func grain(of metrics: [String]) -> Grain {
    let own = metrics.map { name -> Grain in
      if let grain = grains[name].flatMap(Grain.init) { return grain }
      let tables = dictionary.tables(of: name)
      return tables.compactMap { dictionary.schema[$0]?.spans }.max() ?? .day
    }
    return own.max() ?? .day
  }
}
