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

  /// The table with masked cells as null, and how many rows lost numbers.
  ///
  /// `sizes` names the column that counts each row's source rows, and `keys` the columns that name the group and stay.
  /// A row whose size is not known counts as too small. Where exactly one group is too small, the next smallest goes
  /// with it: else it could be had by subtracting the others from a total.
  package func masked(_ table: ResultTable, keys: [String], sizes: String?) -> (table: ResultTable, rows: Int) {
    var table = table
    for column in hiddenColumns.compactMap(table.index) {
      for row in table.rows.indices { table.rows[row][column] = .null }
    }
    guard let smallestGroup else { return (table, 0) }
    let small = smallRows(table, sizes.flatMap(table.index), smallestGroup)
    let kept = Set(keys.compactMap(table.index))
    for row in small {
      for column in table.columns.indices where !kept.contains(column) { table.rows[row][column] = .null }
    }
    return (table, small.count)
  }

  private func smallRows(_ table: ResultTable, _ column: Int?, _ bound: Int) -> [Int] {
    let sizes = table.rows.map { row in column.flatMap { row[$0].number } ?? 0 }
    var small = sizes.indices.filter { sizes[$0] < Double(bound) }
    if small.count == 1, sizes.count > 1,
      let next = sizes.indices.filter({ !small.contains($0) }).min(by: { (sizes[$0], $0) < (sizes[$1], $1) })
    {
      small.append(next)
    }
    return small
  }
}
