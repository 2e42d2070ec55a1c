/// Writes the files of a dictionary from what was found in another tool's.
enum DictionaryText {
  static func quoted(_ text: String) -> String {
    let plain = text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.joined(separator: " ")
    return "\"" + plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  // MARK: Tables

  static func tables(_ tables: [ImportedTable]) -> String {
    var text = "tables:\n"
    for table in tables {
      text += "  \(table.name):\n"
      if !table.title.isEmpty { text += "    title: \(quoted(table.title))\n" }
      if !table.key.isEmpty { text += "    key: [\(table.key.joined(separator: ", "))]\n" }
      if !table.unique.isEmpty {
        text += "    unique: [\(table.unique.map { "[\($0.joined(separator: ", "))]" }.joined(separator: ", "))]\n"
      }
      if let time = table.time { text += "    time: \(time)\n" }
      if let spans = table.spans { text += "    spans: \(spans)\n" }
      text += "    columns:\n" + table.columns.map { column in
        let type = table.physical[column.name].map { "{type: \(column.type), column: \(quoted($0))}" } ?? column.type
        return "      \(column.name): \(type)\n"
      }.joined()
      if !table.joins.isEmpty { text += "    joins:\n" + table.joins.map(self.text).joined() }
    }
    return text
  }

  private static func text(_ join: ImportedJoin) -> String {
    let on = join.on.map { $0.here == $0.there ? "\"\($0.here)\"" : "\"\($0.here) = \($0.there)\"" }.joined(separator: ", ")
    var text = "      \(join.role): {table: \(join.table), on: [\(on)]"
    if let validity = join.validity { text += ", valid_from: \(validity.from), valid_to: \(validity.to)" }
    return text + "}\n"
  }

  // MARK: Dimensions and metrics

  static func dimensions(_ dimensions: [ImportedDimension]) -> String {
    var text = "dimensions:\n"
    for dimension in dimensions {
      var parts: [String] = []
      if let title = dimension.title { parts.append("title: \(quoted(title))") }
      if !dimension.synonyms.isEmpty { parts.append("synonyms: [\(dimension.synonyms.map(quoted).joined(separator: ", "))]") }
      if let expression = dimension.expression { parts.append("expression: \(quoted(expression))") }
      if let flag = dimension.flag { parts.append("flag: \(quoted(flag))") }
      if dimension.columns.count == 1 { parts.append("column: \(dimension.columns[0])") }
      if dimension.columns.count > 1 { parts.append("column: [\(dimension.columns.joined(separator: ", "))]") }
      if dimension.isNumber { parts.append("kind: number") }
      text += "  \(dimension.name): {\(parts.joined(separator: ", "))}\n"
    }
    return text
  }

  static func metrics(_ metrics: [ImportedMetric]) -> String { "metrics:\n" + metrics.map(text).joined() }

  private static func text(_ metric: ImportedMetric) -> String {
    var text = "  \(metric.name):\n"
    if let title = metric.title { text += "    title: \(quoted(title))\n" }
    if !metric.synonyms.isEmpty { text += "    synonyms: [\(metric.synonyms.map(quoted).joined(separator: ", "))]\n" }
    text += "    formula: \(quoted(metric.formula))\n"
    if let time = metric.time { text += "    time: \(time)\n" }
    text += "    nulls: \"\(metric.isZeroFilled ? "zero" : "null")\"\n"
    if metric.showsGaps { text += "    gaps: true\n" }
    if let over = metric.overUnits { text += "    over_units: \(over)\n" }
    if !metric.means.isEmpty { text += "    means: \(quoted(metric.means))\n" }
    return text
  }
}

/// What a metric becomes.
struct ImportedMetric {
  var name: String
  var title: String?
  var synonyms: [String] = []
  var means = ""
  var formula: String
  var time: String?
  /// What has no rows is nothing, as SQL has it, unless it is filled with zero.
  var isZeroFilled = false
  var showsGaps = false
  /// `first`, `average` or `last`: what a window is over coarser units of time.
  var overUnits: String?
}

struct ImportedTable {
  var name: String
  var title = ""
  var key: [String] = []
  var unique: [[String]] = []
  var time: String?
  var spans: String?
  /// In the order met.
  var columns: [(name: String, type: String)] = []
  /// Names in the warehouse, where they differ.
  var physical: [String: String] = [:]
  var joins: [ImportedJoin] = []

  mutating func add(_ column: String, _ type: @autoclosure () -> String) {
    if !columns.contains(where: { $0.name == column }) { columns.append((column, type())) }
  }
}

struct ImportedJoin {
  var role: String
  var table: String
  var entity: String
  var on: [(here: String, there: String)]
  var validity: (from: String, to: String)?
}

struct ImportedDimension {
  var name: String
  var title: String?
  /// `table.column`, several where several tables hold the same.
  var columns: [String] = []
  var expression: String?
  var flag: String?
  var synonyms: [String] = []
  var isNumber = false
}
