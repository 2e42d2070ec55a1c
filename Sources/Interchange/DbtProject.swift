import SourceText

/// A dbt semantic layer as its files say it, each thing with its place.
struct DbtProject {
  var models: [DbtModel] = []
  var metrics: [DbtMetric] = []
  var spines: [DbtSpine] = []
}

/// A table with the entities that join it, its dimensions and its measures.
struct DbtModel {
  var name: String
  var table: String
  var description = ""
  var primaryEntity: String?
  var time: String?
  var entities: [DbtEntity] = []
  var dimensions: [DbtDimension] = []
  var measures: [DbtMeasure] = []
  var place: SourcePlace

  func dimension(_ name: String) -> DbtDimension? { dimensions.first { $0.name == name } }
  /// Names by which another model can say a dimension of this one: `user` of `user__home_state`.
  var keys: [DbtEntity] { entities.filter(\.isKey) }
  /// All names that its own dimensions can be said by.
  var prefixes: [String] {
    var names = keys.map(\.name)
    if let primaryEntity, !names.contains(primaryEntity) { names.append(primaryEntity) }
    return names
  }
  var partitions: [DbtDimension] { dimensions.filter(\.isPartition) }
}

/// A column by which models are joined.
struct DbtEntity {
  enum Kind: String { case primary, unique, foreign, natural }
  var name: String
  var kind: Kind
  var expr: String
  var place: SourcePlace

  /// Whether it finds rows of its model from elsewhere.
  var isKey: Bool { kind != .foreign }
}

struct DbtDimension {
  enum Validity { case start, end }
  var name: String
  var isTime: Bool
  /// `day`, `month`; of time dimensions.
  var grain = "day"
  var expr: String
  var label: String?
  var isPartition = false
  var validity: Validity?
  var place: SourcePlace
}

struct DbtMeasure {
  struct NonAdditive {
    var dimension: String
    var isLast: Bool
    var per: [String]
  }
  var name: String
  var agg: String
  var expr: String
  var time: String?
  var percentile: Double?
  var isDiscrete = false
  var isApproximate = false
  var nonAdditive: NonAdditive?
  var label: String?
  var description = ""
  var createsMetric = false
  var place: SourcePlace
}

/// A measure as a metric takes it in.
struct DbtMeasureInput {
  var name: String
  var filters: [DbtFilter] = []
  var fill: String?
  var joinsSpine = false
  /// Whether a simple metric is named instead, as the newer form does.
  var isMetric = false
  var place: SourcePlace
}

/// A metric as another one takes it in.
struct DbtMetricInput {
  var name: String
  var alias: String?
  var filters: [DbtFilter] = []
  /// `14 days`
  var offset: String?
  /// `month`
  var startOf: String?
  var place: SourcePlace
}

/// `{{ Dimension('booking__is_instant') }}`
struct DbtFilter {
  var text: String
  var place: SourcePlace
}

struct DbtConversion {
  var base: DbtMeasureInput
  var conversion: DbtMeasureInput
  var entity: String
  var window: String?
  /// `conversions` or `conversion_rate`
  var calculation: String
  /// Pairs of properties that must be the same on both sides.
  var constants: [(base: String, conversion: String)] = []
}

struct DbtMetric {
  enum Kind {
    case simple(DbtMeasureInput)
    case ratio(DbtMetricInput, DbtMetricInput)
    case derived(String, [DbtMetricInput])
    case cumulative(DbtMeasureInput, window: String?, toDate: String?, overUnits: String?)
    case conversion(DbtConversion)
    /// Of no type that is known.
    case unknown(String)
  }
  var name: String
  var kind: Kind
  var label: String?
  var description = ""
  var filters: [DbtFilter] = []
  var place: SourcePlace
}

/// A table of days or smaller units.
struct DbtSpine {
  var table: String
  var column: String
  var grain: String
  /// Units of the business's own calendar, each a column.
  var units: [(name: String, column: String)]
  var place: SourcePlace
}
