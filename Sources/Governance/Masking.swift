import Tables

/// Takes out of a result what its reader may not see.
package struct Masking: Sendable {
  /// Groups of fewer source rows than this lose their numbers; nil = no bound.
  package var smallestGroup: Int?
  /// Columns whose cells are never shown.
  package var hiddenColumns: [String]

  package init(smallestGroup: Int? = nil, hiddenColumns: [String] = []) {
    self.smallestGroup = smallestGroup
    self.hiddenColumns = hiddenColumns
  }

  package var isEmpty: Bool { smallestGroup == nil && hiddenColumns.isEmpty }

  /// The table with masked cells as null, and the rows that lost numbers.
  ///
  /// `sizes` says how many source rows each row was made from, and `keys` names the columns that name the group and stay.
  /// A row whose size is not known counts as too small; one of no source rows has nothing to hide. Where exactly one group
  /// is too small, the next smallest goes with it: else it could be had by subtracting the others from a total.
  package func masked(_ table: ResultTable, keys: [String], sizes: [Int?]) -> (table: ResultTable, rows: Set<Int>) {
    var table = table
    for column in hiddenColumns.compactMap(table.index) {
      for row in table.rows.indices { table.rows[row][column] = .null }
    }
    guard let smallestGroup else { return (table, []) }
    let small = smallRows(table.rows.indices.map { $0 < sizes.count ? sizes[$0] : nil }, smallestGroup)
    let kept = Set(keys.compactMap(table.index))
    for row in small {
      for column in table.columns.indices where !kept.contains(column) { table.rows[row][column] = .null }
    }
    return (table, small)
  }

  private func smallRows(_ sizes: [Int?], _ bound: Int) -> Set<Int> {
    let present = sizes.indices.filter { sizes[$0] != 0 }
    let small = present.filter { (sizes[$0] ?? 1) < bound || sizes[$0] == nil }
    guard small.count == 1,
      let next = present.filter({ $0 != small[0] }).min(by: { (sizes[$0] ?? 0, $0) < (sizes[$1] ?? 0, $1) })
    else { return Set(small) }
    return [small[0], next]
  }
}
