import CivilTime
import Metrics
import Questions
import Tables

/// A metric that went into an answer, with the definition it was computed by.
package struct AnswerMetric: Hashable, Sendable {
  package var name: String
  package var title: String
  package var version: Int
  package var validFrom: Day?
  /// In the formula language: `paying_buyers / visitors`.
  package var formula: String
  /// For people: `支付买家数 ÷ 访客数`.
  package var formulaText: String
  /// With this answer's numbers put in: `12,345 ÷ 100,040`; nil unless the answer is one row with known operands.
  package var formulaNumbers: String?
  /// As in `metrics.yaml`: `CNY`, `%`, `days`; nil for a plain number.
  package var unit: String?
  /// The business definition.
  package var meaning: String
  package var owner: String
  package var department: String
  package var status: Metric.Status
  package var direction: Metric.Direction
}

/// The days an answer is about.
package struct AnswerPeriod: Hashable, Sendable {
  /// Half-open; a nil side is open.
  package var period: Period
  /// As it was said, in words: 上月; empty if the dates say it all.
  package var label: String
  /// For people, both ends in: `2026-10-01 至 2026-10-31`.
  package var text: String
}

/// The two runs of days that are compared.
package struct AnswerComparison: Hashable, Sendable {
  /// `yoy`, `previous`, `shift`, `period`.
  package var kind: String
  package var this: Period
  package var base: Period
  /// For people: `同比 2025-10-01 至 2025-10-31`.
  package var text: String
}

/// A condition of the answer.
package struct AnswerFilter: Hashable, Sendable {
  /// `region = 华东`
  package var notation: String
  /// `大区为华东`
  package var text: String
}

/// A column of an answer's rows.
package struct AnswerColumn: Hashable, Sendable {
  package enum Role: String, Hashable, Sendable { case group, value, base, change, growth, multiple, share, whole, test, input }
  package enum Kind: String, Hashable, Sendable { case text, integer, decimal, real, boolean, date, period }

  package var name: String
  package var title: String
  /// The title above `texts`, with the scale that was chosen for them: `净销售额（万元）`.
  package var header: String
  package var type: Kind
  package var unit: String?
  package var role: Role
  /// Whether people see it; programs always do. A total that is the same in each row stands beneath the table instead.
  package var isShown = true
  /// What programs read in place of the raw number: a weekday is `Monday`, since a number would be counted from Sunday by some
  /// and from Monday by others. Empty for all other columns.
  package var labels: [Int: String] = [:]

  /// A cell as programs read it.
  package func told(_ cell: Cell) -> Cell {
    labels.isEmpty ? cell : cell.number.flatMap { labels[Int($0)] }.map { .text($0) } ?? cell
  }

  package init(name: String, title: String, header: String? = nil, type: Kind, unit: String? = nil, role: Role) {
    self.name = name
    self.title = title
    self.header = header ?? title
    self.type = type
    self.unit = unit
    self.role = role
  }

  /// Whether its texts are numbers, to be set flush right.
  package var isNumeric: Bool { role != .group && (type == .integer || type == .decimal || type == .real) }
}

/// Lines under one label: `公式` with a formula a line.
package struct AnswerDetail: Hashable, Sendable {
  package var label: String
  package var lines: [String]

  package init(_ label: String, _ lines: [String]) {
    self.label = label
    self.lines = lines
  }
}

package struct AnswerNotice: Hashable, Sendable {
  package var notice: Notice
  package var text: String
}

/// One of several readings to choose from.
package struct AnswerChoice: Hashable, Sendable {
  package var text: String
  package var notation: String
}

/// A table whose rows went in.
package struct AnswerSource: Hashable, Sendable {
  package var table: String
  package var title: String
  /// How many rows; nil if they were not counted.
  package var rows: Int?
}

package struct AnswerSQL: Hashable, Sendable {
  package var text: String
  /// Values bound to its question marks, in order.
  package var arguments: [Cell]

  package init(text: String, arguments: [Cell] = []) {
    self.text = text
    self.arguments = arguments
  }
}
