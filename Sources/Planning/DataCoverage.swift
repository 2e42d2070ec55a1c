import CivilTime
import Metrics

/// Per table: the first and last day with data by its default time column, and how many rows it has.
package struct DataCoverage: Hashable, Sendable {
  package struct Extent: Hashable, Sendable {
    /// Nil for tables without time, or without rows.
    package var first: Day?
    package var last: Day?
    package var rows: Int
    /// The longest run of days without rows in the last year of the data. Data that stops no longer ago than that has
    /// not stopped: nothing happened yet.
    package var longestQuiet: Int
    package init(first: Day? = nil, last: Day? = nil, rows: Int, longestQuiet: Int = 0) {
      self.first = first
      self.last = last
      self.rows = rows
      self.longestQuiet = longestQuiet
    }
  }

  package var tables: [String: Extent]
  /// The same by another time column than the table's default one, for metrics that name it.
  package var others: [TimedTable: Extent] = [:]

  package init(tables: [String: Extent] = [:]) { self.tables = tables }

  /// The days of a table by a time column; nil where they are not known.
  package func extent(of timed: TimedTable, in schema: Schema) -> Extent? {
    timed.time == schema[timed.table]?.time ? tables[timed.table] : others[timed]
  }

  /// From the first to the last day of these tables, each by its time, half-open; nil if none has days.
  package func extent(of timed: some Sequence<TimedTable>, in schema: Schema) -> Period? {
    let extents = timed.compactMap { extent(of: $0, in: schema) }
    guard let first = extents.compactMap(\.first).min(), let last = extents.compactMap(\.last).max() else { return nil }
    return Period(first: first, last: last)
  }

  /// The newest day of any table; nil without data.
  package var lastDay: Day? { tables.values.compactMap(\.last).max() }
  package var firstDay: Day? { tables.values.compactMap(\.first).min() }

  /// The longest run of days without rows among the days of a year up to the last, in days.
  package static func longestQuiet(among days: [Day]) -> Int {
    guard let last = days.max() else { return 0 }
    let recent = days.filter { $0 > last.adding(days: -366) }.sorted()
    return zip(recent, recent.dropFirst()).map { $1.number - $0.number - 1 }.max() ?? 0
  }

  /// From the first to the last day of these tables, half-open; nil if none has days.
  package func extent(of names: some Sequence<String>) -> Period? {
    let extents = names.compactMap { tables[$0] }
    guard let first = extents.compactMap(\.first).min(), let last = extents.compactMap(\.last).max() else { return nil }
    return Period(first: first, last: last)
  }
}

/// A table with the column its rows are counted by in time.
package struct TimedTable: Hashable, Sendable {
  package var table: String
  package var time: ColumnPath?
  package init(table: String, time: ColumnPath?) {
    self.table = table
    self.time = time
  }
}
