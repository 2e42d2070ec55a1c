import SourceText

/// A semantic model of Open Semantic Interchange as its file says it, each thing with its place.
struct OsiModel {
  var name = ""
  var description = ""
  var datasets: [OsiDataset] = []
  var relationships: [OsiRelationship] = []
  var metrics: [OsiMetric] = []
}

struct OsiDataset {
  var name: String
  /// The last part of `database.schema.table`.
  var table: String
  var key: [String] = []
  var unique: [[String]] = []
  var description = ""
  var fields: [OsiField] = []
  /// The time that its rows are counted by, where Wenshu wrote it.
  var time: String?
  var place: SourcePlace

  func field(_ name: String) -> OsiField? { fields.first { $0.name == name } }
}

struct OsiField {
  var name: String
  /// ANSI SQL.
  var expression: String
  /// Whether the file says that it is a dimension.
  var isDimension = false
  var isTime = false
  var type: String?
  var label: String?
  var description = ""
  var synonyms: [String] = []
  var place: SourcePlace
}

struct OsiRelationship {
  var name: String
  var from: String
  var to: String
  var fromColumns: [String]
  var toColumns: [String]
  var place: SourcePlace

  /// What the join is called from its own side: `customers` of `orders_to_customers`.
  var role: String { name.hasPrefix(from + "_to_") ? String(name.dropFirst(from.count + 4)) : name }
}

struct OsiMetric {
  var name: String
  var expression: String
  var description = ""
  var synonyms: [String] = []
  /// The dataset it stands in, for metrics of later drafts that stand in one.
  var dataset: String?
  var place: SourcePlace
}
