import CivilTime
import Metrics
import Questions
import SourceText

/// A dictionary of three metrics and four dimensions, asked on 2026-11-01.
enum SmallDictionary {
  static let dictionary = MetricDictionary(
    name: "small",
    dimensions: ["region", "city", "channel", "discount"].map { name in
      var dimension = Dimension(name: name, source: .column(ColumnPath("orders." + name)))
      if name == "discount" {
        dimension.kind = .number
        dimension.type = .real
      }
      return dimension
    },
    hierarchies: [Hierarchy(name: "place", levels: ["region", "city"])],
    metrics: ["sales", "profit", "orders"].map {
      Metric(name: $0, versions: [MetricVersion(number: 1, formula: .aggregate(Aggregate(function: .count, table: "orders")))])
    })

  static let resolver = Resolver(dictionary: dictionary, context: TimeContext(today: Day(2026, 11, 1)!))

  static func question(_ notation: String) throws -> Question { try resolver.question(notation: notation) }

  /// What a written question prints as, or the problem that stopped it.
  static func outcome(_ notation: String) -> String {
    do throws(Problem) { return try resolver.question(notation: notation).description } catch { return "\(error)" }
  }
}
