import Foundation

/// One case of the peer's suite: a request, and the query and rows that answer it.
struct MetricFlowCase: Decodable {
  struct GroupObject: Decodable {
    var name: String
    var grain: String?
    var date_part: String?
  }
  var id: String
  var model: String
  var metrics: [String]?
  var group_bys: [String]?
  var group_by_objs: [GroupObject]?
  var where_filter: String?
  var time_constraint: [String]?
  var order_bys: [String]?
  var limit: Int?
  var min_max_only: Bool?
  var apply_group_by: Bool?
  var saved_query_name: String?
  var check_order: Bool?
  var check_sql: String
  var columns: [String]
  var row_count: Int
  var rows: [[MetricFlowCell]]
  var features: [String]
  var metric_kinds: [String]

  var file: String { String(id.prefix { $0 != "/" }) }

  static func all(in folder: String) throws -> [MetricFlowCase] {
    let text = try String(contentsOfFile: folder + "/cases.jsonl", encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONDecoder().decode(MetricFlowCase.self, from: Data($0.utf8)) }
  }
}

/// A value of an expected row, as text that two sides can be compared by.
struct MetricFlowCell: Decodable, Hashable {
  var text: String

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() { text = MetricFlowCell.null
    } else if let number = try? value.decode(Double.self) { text = MetricFlowCell.text(number)
    } else { text = MetricFlowCell.text(try value.decode(String.self)) }
  }

  static let null = "∅"

  /// The suite keeps nine digits.
  static func text(_ number: Double) -> String { number == 0 ? "0" : String(format: "%.8e", number) }

  /// A day is its first moment.
  static func text(_ text: String) -> String {
    if text.hasSuffix(".000") { return String(text.dropLast(4)) }
    let isDay = text.count == 10 && text.dropFirst(4).first == "-" && text.dropFirst(7).first == "-"
    return isDay ? text + " 00:00:00" : text
  }
}
