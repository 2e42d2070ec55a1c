/// Columns and rows that came back from a query: every row has as many cells as there are columns.
package struct ResultTable: Hashable, Sendable {
  /// What a column is called in the query; what it means is the plan's business.
  package var columns: [String]
  package var rows: [[Cell]]

  package init(columns: [String], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }

  package func index(of column: String) -> Int? { columns.firstIndex(of: column) }
}
