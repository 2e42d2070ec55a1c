import CivilTime

/// A table of the warehouse with one row a cell: a unit of time and a member of each of some dimensions, with what the metrics
/// sum and count in it.
package struct Rollup: Hashable, Sendable {
  /// What people call it: `order_lines_by_month_region`.
  package var name: String
  /// Its table in the warehouse.
  package var table: String
  /// Place of what it sums up in `RollupCatalog.bases`.
  package var base: Int
  /// `day` or `month`.
  package var grain: Grain
  /// Places in `RollupBase.keys`.
  package var keys: [Int]
  /// Places in `RollupBase.measures` of the columns that it has.
  package var measures: Set<Int>
  /// Sums so small that a mean of them is the same number, however it is computed.
  package var exactMeans: Set<Int>
  package var rows: Int
  package var bytes: Int

  package init(
    name: String, table: String, base: Int, grain: Grain, keys: [Int], measures: Set<Int>, exactMeans: Set<Int>, rows: Int, bytes: Int
  ) {
    (self.name, self.table, self.base, self.grain, self.keys) = (name, table, base, grain, keys)
    (self.measures, self.exactMeans, self.rows, self.bytes) = (measures, exactMeans, rows, bytes)
  }
}

/// The rollups that a warehouse has, for planning: the smallest one that gives a step exactly what its table would.
package struct RollupCatalog: Hashable, Sendable {
  package let bases: [RollupBase]
  /// Smallest first.
  package let rollups: [Rollup]

  package init(bases: [RollupBase] = [], rollups: [Rollup] = []) {
    self.bases = bases
    self.rollups = rollups.sorted { ($0.bytes, $0.rows, $0.name) < ($1.bytes, $1.rows, $1.name) }
  }

  /// How to read a step from a rollup; nil where its rows must be read.
  package func reading(_ select: PlanSelect) -> RollupReading? {
    guard case .table(let table, let alias) = select.source, table == alias, select.groupedBy != nil, select.order.isEmpty, select.limit == nil else { return nil }
    var matches: [Int: RollupMatch?] = [:]
    for rollup in rollups where bases[rollup.base].table == table {
      let match = matches[rollup.base] ?? RollupMatch(select, bases[rollup.base])
      matches[rollup.base] = match
      if let match, let reading = RollupServing(match: match, rollup: rollup).reading(select) { return reading }
    }
    return nil
  }
}

/// One read step, from a rollup instead of its table.
package struct RollupReading: Hashable, Sendable {
  package var rollup: String
  package var select: PlanSelect
  /// How many rows of the table stand behind it: one row, one column.
  package var rowCount: PlanSelect
}
