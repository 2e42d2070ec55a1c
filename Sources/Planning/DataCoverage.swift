import CivilTime

/// Per table: the first and last day with data by its default time column, and how many rows it has.
package struct DataCoverage: Hashable, Sendable {
  package struct Extent: Hashable, Sendable {
    /// Nil for tables without time, or without rows.
    package var first: Day?
    package var last: Day?
    package var rows: Int
    package init(first: Day? = nil, last: Day? = nil, rows: Int) {
      self.first = first
      self.last = last
      self.rows = rows
    }
  }

  package var tables: [String: Extent]

  package init(tables: [String: Extent] = [:]) { self.tables = tables }

  /// The newest day of any table; nil without data.
  package var lastDay: Day? { tables.values.compactMap(\.last).max() }
  package var firstDay: Day? { tables.values.compactMap(\.first).min() }

  /// From the first to the last day of these tables, half-open; nil if none has days.
  package func extent(of names: some Sequence<String>) -> Period? {
    let extents = names.compactMap { tables[$0] }
    guard let first = extents.compactMap(\.first).min(), let last = extents.compactMap(\.last).max() else { return nil }
    return Period(first: first, last: last)
  }
}
