import CivilTime
import SourceText

/// The tables of a dataset: columns, keys, and the joins that cannot multiply rows.
package struct Schema: Hashable, Sendable {
  /// In the order written.
  package var tables: [Table]

  package init(tables: [Table] = []) { self.tables = tables }

  package subscript(_ name: String) -> Table? { tables.first { $0.name == name } }
}

/// One table of the warehouse.
package struct Table: Hashable, Sendable {
  package var name: String
  package var title: LocalText
  /// What one row is: "one line of an order".
  package var grain: LocalText
  /// File in the dataset's data folder, and the file's place for messages.
  package var file: String
  /// Column names that identify a row; empty if none is declared.
  package var key: [String]
  /// Path to the default time column; nil for tables without time.
  package var time: ColumnPath?
  package var columns: [Column]
  package var joins: [Join]
  package var place: SourcePlace?
  /// The unit of time that every row stands for as a whole, by its first day: monthly targets have no weeks.
  package var spans: Grain?
  /// Other sets of columns that identify a row, beside the key.
  package var unique: [[String]] = []
  package var rules = TableRules()

  package init(
    name: String, title: LocalText = LocalText(), grain: LocalText = LocalText(), file: String = "",
    key: [String] = [], time: ColumnPath? = nil, columns: [Column] = [], joins: [Join] = [], place: SourcePlace? = nil
  ) {
    self.name = name
    self.title = title
    self.grain = grain
    self.file = file
    self.key = key
    self.time = time
    self.columns = columns
    self.joins = joins
    self.place = place
  }

  /// Whether no two rows have the same values in these columns.
  package func identifies(_ names: [String]) -> Bool {
    ([key] + unique).contains { !$0.isEmpty && Set($0) == Set(names) }
  }

  package func column(_ name: String) -> Column? { columns.first { $0.name == name } }
  package func join(_ role: String) -> Join? { joins.first { $0.role == role } }
}

/// A column: its name in our files, its name in the warehouse, its type.
package struct Column: Hashable, Sendable {
  package var name: String
  /// The header in the file and the name in the database, where it differs from `name`: `订单 ID`.
  package var physicalName: String
  package var type: ColumnType
  package var title: LocalText
  /// Whether surrounding spaces of values are dropped at load.
  package var trim: Bool
  package var place: SourcePlace?
  /// How values are written in files where their text does not tell: `d/m/y`.
  package var format: String?
  package var rules = ColumnRules()
  package var cleaning = ColumnCleaning()

  package init(
    name: String, physicalName: String? = nil, type: ColumnType, title: LocalText = LocalText(), trim: Bool = false,
    place: SourcePlace? = nil
  ) {
    self.name = name
    self.physicalName = physicalName ?? name
    self.type = type
    self.title = title
    self.trim = trim
    self.place = place
  }
}

/// What a column holds. `decimal(scale: 2)` is stored as an integer counted in hundredths, so sums are exact.
package enum ColumnType: Hashable, Sendable {
  case integer, real, text, date, timestamp, boolean
  case decimal(scale: Int)

  package var isNumeric: Bool {
    switch self {
    case .integer, .real, .decimal: true
    case .text, .date, .timestamp, .boolean: false
    }
  }
  package var isTime: Bool { self == .date || self == .timestamp }
}

/// Many rows of the declaring table to at most one row of another: a join along it never multiplies rows.
package struct Join: Hashable, Sendable {
  /// What the other table is called from here: its own name, or a role such as `ship_store`.
  package var role: String
  package var table: String
  /// Pairs of columns: here = there.
  package var on: [(here: String, there: String)] { zip(hereColumns, thereColumns).map { ($0, $1) } }
  package var hereColumns: [String]
  package var thereColumns: [String]
  /// Columns of the other table between which a row of it holds, from the first until before the second; a row without an
  /// end holds on. Of several rows with the same key, the one meant is that of the time of what is measured.
  package var validity: Validity?
  package var place: SourcePlace?

  package struct Validity: Hashable, Sendable {
    package var from: String
    package var to: String
    package init(from: String, to: String) { (self.from, self.to) = (from, to) }
  }

  package init(role: String, table: String, here: [String], there: [String], place: SourcePlace? = nil) {
    self.role = role
    self.table = table
    hereColumns = here
    thereColumns = there
    self.place = place
  }
}

/// A column named from where it is used: `orders.amount`, or through joins `order_lines.orders.stores.city`.
///
/// The first part is a table or, when unique, a role reached from the metric's own table; the last is the column.
package struct ColumnPath: Hashable, Sendable, CustomStringConvertible {
  package var parts: [String]
  package init(_ parts: [String]) { self.parts = parts }
  package init(_ text: String) { parts = text.split(separator: ".").map(String.init) }
  /// The table or role at the head; empty for an unqualified name.
  package var head: String { parts.count > 1 ? parts[0] : "" }
  package var column: String { parts.last ?? "" }
  package var description: String { parts.joined(separator: ".") }
}
