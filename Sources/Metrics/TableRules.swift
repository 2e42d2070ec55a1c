import CivilTime
import SourceText

/// What the rows of a table must keep to, beside what each column says for itself.
///
///     orders:
///       key: order_id
///       keep: newest by updated_at              # of rows with the same key; else the first stays and the others are set aside
///       fresh: 2 days                           # how far the newest row may lie behind today
///       rows: {per: day, range: [50%, 200%]}    # of the newest day, against the median of the 28 before it
///       rules:
///         - paid <= amount
///         - store_id in stores
///         - unique(shop, order_no)
///         - distinct rows
///         - soft: amount = sum(order_lines.amount) + freight within 0.01
///
/// A row that breaks a rule is set aside when it is loaded; if the rule is soft, it is loaded and counted.
package struct TableRules: Hashable, Sendable {
  package var rules: [TableRule] = []
  /// In days; nil = however old.
  package var fresh: Int?
  package var usualRows: UsualRows?
  /// Which of several rows with the same key stays; nil = the first, and the others are set aside.
  package var kept: KeptRow?

  package init() {}

  package var isEmpty: Bool { self == TableRules() }
}

/// One rule about rows.
package struct TableRule: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// `unique(a, b)`: no two rows have the same values there; a row without one of them has no rival.
    case unique([String])
    /// `distinct rows`: no row is the same as another in every column.
    case distinctRows
    /// `store_id in stores`: what stands here stands there too; a row with nothing here refers to nothing.
    case reference([String], table: String, [String])
    /// `paid <= amount`: a test of a row. Unknown is no breach, as in SQL. Totals stand in it as the columns `RowTotal.path`.
    case agreement(RowCondition, totals: [RowTotal])
  }
  package var kind: Kind
  /// As written.
  package var text: String
  /// Whether rows that break it are loaded and counted, not set aside.
  package var isSoft: Bool
  /// The columns it is about, from their own tables: `orders.amount`.
  package var columns: [ColumnPath]
  package var place: SourcePlace?

  package init(_ kind: Kind, text: String, isSoft: Bool, columns: [ColumnPath], place: SourcePlace? = nil) {
    (self.kind, self.text, self.isSoft, self.columns, self.place) = (kind, text, isSoft, columns, place)
  }
}

/// `sum(order_lines.amount)` in a rule of orders: over the rows of another table that join to the row.
package struct RowTotal: Hashable, Sendable {
  package var table: String
  /// The role by which its rows join to the rule's table.
  package var role: String
  /// What is summed; nil counts rows.
  package var argument: RowExpression?

  package init(table: String, role: String, argument: RowExpression?) {
    (self.table, self.role, self.argument) = (table, role, argument)
  }

  /// What stands for the total of this number in a condition; no table can bear that name.
  package static func path(_ index: Int) -> ColumnPath { ColumnPath(["*", "\(index)"]) }
}

/// `{per: day, range: [50%, 200%], of: 28}`: how many rows the newest unit of time has, against what is usual.
package struct UsualRows: Hashable, Sendable {
  package var grain: Grain
  /// Parts of the median: 0.5 and 2; nil = without that end.
  package var least: Double?
  package var most: Double?
  /// The units before it whose median is the usual.
  package var units: Int

  package init(grain: Grain, least: Double?, most: Double?, units: Int = 28) {
    (self.grain, self.least, self.most, self.units) = (grain, least, most, units)
  }

  /// Whether so many rows are what is expected; a median of nothing expects nothing.
  package func holds(_ rows: Int, usual: Double) -> Bool {
    if let least, Double(rows) < usual * least { return false }
    if let most, usual > 0, Double(rows) > usual * most { return false }
    return true
  }
}

/// Which of several rows with one key stays.
package enum KeptRow: Hashable, Sendable {
  /// The last one read.
  case last
  /// The one with the greatest value there, of those the last one read.
  case newest(by: String)
}

/// How the raw texts of a column are put right when they are loaded, in this order: width, case, map, unit, default.
///
///     city: {type: text, width: half, case: upper, map: {BJ: 北京}, default: 未知}
///     amount: {type: decimal(2), unit: 万元}
package struct ColumnCleaning: Hashable, Sendable {
  package enum LetterCase: String, Hashable, Sendable, CaseIterable { case upper, lower }
  package var letterCase: LetterCase?
  /// Letters, digits and signs of full width become plain ones.
  package var isHalfWidth = false
  /// Texts that stand for others.
  package var map: [String: String] = [:]
  /// What one in the file is worth: 万元 → 1 × 10⁴.
  package var unit: Unit?
  /// What stands for an empty value.
  package var fallback: String?

  package struct Unit: Hashable, Sendable {
    package var mantissa: Int64
    package var exponent: Int
    package init(mantissa: Int64, exponent: Int) { (self.mantissa, self.exponent) = (mantissa, exponent) }

    /// `万元`, `million`, `10000`, `0.01`; nil for anything else.
    package init?(_ text: String) {
      let text = text.lowercased()
      let bare = text.hasSuffix(MagnitudeWords.ofMoney) && text.count > 1 ? String(text.dropLast()) : text
      if let power = MagnitudeWords.ofUnits[bare] {
        self.init(mantissa: 1, exponent: power)
        return
      }
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count <= 2, !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }), !parts[0].isEmpty,
        let mantissa = Int64(parts.joined()), mantissa > 0, mantissa < 1_000_000_000_000
      else { return nil }
      self.init(mantissa: mantissa, exponent: parts.count == 2 ? -parts[1].count : 0)
    }
  }

  package init() {}

  package var isEmpty: Bool { self == ColumnCleaning() }
}

/// As one text, the same whenever the rules are: by it a load knows whether a file would be read as it was before.
extension ColumnCleaning: CustomStringConvertible {
  package var description: String {
    let pairs = map.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    return "\(letterCase?.rawValue ?? "") \(isHalfWidth) \(pairs) \(unit.map { "\($0.mantissa)e\($0.exponent)" } ?? "") \(fallback ?? "")"
  }
}

extension Table {
  /// Whether loading changes values or rows by rules of its own, which a database in place cannot have had.
  package var cleans: Bool { rules.kept != nil || columns.contains { !$0.cleaning.isEmpty } }
}
