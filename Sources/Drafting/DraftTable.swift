import Metrics
import SourceText

/// A table of the draft: what was found of it and what is guessed.
struct DraftTable {
  var staged: StagedTable
  /// As `tables.yaml` names it.
  var name: String
  var title = LocalText()
  var entity: String?
  var columns: [DraftColumn]
  var key: String?
  /// The columns of a key that needs several; empty with a key of one column.
  var keys: [String] = []
  var time: String?
  var joins: [DraftJoin] = []
  /// Rows are something that happened, rather than things others are about.
  var isFact = false
  /// What is known and what should be looked at, written above the table.
  var evidence: [String] = []

  var stage: String { staged.stage }
  var rows: Int { staged.rows }

  func column(_ name: String) -> DraftColumn? { columns.first { $0.name == name } }
  /// The first column with a role and, if given, a concept.
  func first(_ role: DraftColumn.Role, concept: String? = nil) -> DraftColumn? {
    columns.first { $0.role == role && (concept == nil || $0.concept?.name == concept) }
  }
}

/// A join of the draft: from a column here to the key of another table.
struct DraftJoin {
  var role: String
  var table: String
  var here: String
  var there: String
  var evidence: String
  /// Every value here is there.
  var isWhole = true
  /// Further pairs of columns, where one is not enough.
  var more: [(here: String, there: String)] = []

  var pairs: [(here: String, there: String)] { [(here, there)] + more }
}

/// A column of the draft.
struct DraftColumn {
  enum Role: String {
    case key, name, time, amount, quantity, stock, price, costPrice, rate, score, property, category, code, calendar, long, personal, flag
    /// A number of which nothing is known but that it varies.
    case number
    /// Nothing to ask of it: empty, or the same in every row.
    case nothing
  }

  var index: Int
  var header: String
  /// As `tables.yaml` names it.
  var name: String
  var type: ColumnType
  var reading: HeaderReading
  var role: Role = .nothing
  var concept: DraftLexicon.Concept?
  /// The entity it is the key or name of.
  var entity: String?
  var title = LocalText()
  var profile: ColumnProfile
  /// What speaks for the guess.
  var evidence: [String] = []
  /// What a person should look at.
  var confirm: [String] = []

  var isTime: Bool { type == .date || type == .timestamp }
  var isNumber: Bool {
    switch type {
    case .integer, .real, .decimal: true
    default: false
    }
  }
}

/// What the values of a column are.
struct ColumnProfile {
  var rows = 0
  var nulls = 0
  var distinct = 0
  var least: Double?
  var most: Double?
  /// As texts, also of dates.
  var first = ""
  var last = ""
  /// The most frequent values.
  var values: [(text: String, count: Int)] = []
  /// All rows were looked at.
  var isWhole = true
  var averageLength = 0.0
  var isPadded = false

  var isUnique: Bool { distinct > 0 && nulls == 0 && distinct == rows }
  var isConstant: Bool { distinct <= 1 }
}

extension ColumnProfile {
  /// `28,010 rows, no empty, 31 values: 广东省, 浙江省, …`
  func text(samples: Int = 3) -> String {
    var parts: [String] = []
    parts.append(nulls == 0 ? "never empty" : "empty in \(nulls) of \(rows) rows")
    if distinct == rows, rows > 0 { parts.append("a different value in every row") } else { parts.append("\(distinct) values") }
    if let least, let most { parts.append("\(ColumnProfile.short(least)) to \(ColumnProfile.short(most))") } else if !first.isEmpty, first != last {
      let shown = values.prefix(samples).map { ColumnProfile.clipped($0.text) }
      parts.append(shown.isEmpty ? "\(first) to \(last)" : shown.joined(separator: ", ") + (distinct > samples ? " …" : ""))
    }
    return parts.joined(separator: ", ")
  }

  static func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String((value * 10_000).rounded() / 10_000)
  }

  static func clipped(_ text: String) -> String {
    let plain = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return plain.count > 24 ? plain.prefix(23) + "…" : plain
  }
}
