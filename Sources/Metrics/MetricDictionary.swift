import CivilTime
import SourceText

/// Everything a dataset says about itself: the metric dictionary, read and checked.
package struct MetricDictionary: Hashable, Sendable {
  package var name: String
  package var title: LocalText
  package var language: Language
  package var calendar: BusinessCalendar
  /// What people call the days that the calendar names itself, by key.
  package var holidayWords: [String: [String]] = [:]
  /// Other names of owners and departments, each by the name that metrics give: 财务部, also finance.
  package var ownerWords: [String: LocalWords] = [:]
  /// Folder of the CSV files, relative to the dataset's folder.
  package var dataFolder: String
  /// An existing database, relative to the dataset's folder; nil = built from the CSV files.
  package var warehouseFile: String?
  package var fillers: LocalWords
  /// What words with several meanings are taken for where nothing else decides.
  package var defaults = WordDefaults()
  /// The column that holds every day of the business's calendar: units of time go as far as it does, whether there is data
  /// or not. Nil: as far as the data.
  package var days: ColumnPath?
  /// The column that holds every hour, in the same way.
  package var hours: ColumnPath?
  /// What is kept summed up beside the tables.
  package var rollups = RollupSettings()
  package var schema: Schema
  package var dimensions: [Dimension] { didSet { index() } }
  package var hierarchies: [Hierarchy]
  package var metrics: [Metric] { didSet { index() } }
  /// Changes whenever a file of the dictionary does: short hex of its content.
  package var fingerprint: String

  private var metricIndex: [String: Int] = [:]
  private var dimensionIndex: [String: Int] = [:]

  package init(
    name: String, language: Language = .chinese, schema: Schema = Schema(), dimensions: [Dimension] = [],
    hierarchies: [Hierarchy] = [], metrics: [Metric] = []
  ) {
    self.name = name
    self.language = language
    self.schema = schema
    self.dimensions = dimensions
    self.hierarchies = hierarchies
    self.metrics = metrics
    title = LocalText()
    calendar = BusinessCalendar()
    dataFolder = "data"
    fillers = LocalWords()
    fingerprint = ""
    index()
  }

  private mutating func index() {
    metricIndex = Dictionary(metrics.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
    dimensionIndex = Dictionary(dimensions.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
  }

  package func metric(_ name: String) -> Metric? { metricIndex[name].map { metrics[$0] } }
  package func dimension(_ name: String) -> Dimension? { dimensionIndex[name].map { dimensions[$0] } }

  /// The hierarchy a dimension stands in, and its place in it.
  package func hierarchy(of dimension: String) -> (hierarchy: Hierarchy, level: Int)? {
    for hierarchy in hierarchies {
      if let level = hierarchy.levels.firstIndex(of: dimension) { return (hierarchy, level) }
    }
    return nil
  }
}
