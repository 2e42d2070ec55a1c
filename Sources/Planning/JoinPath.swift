import Metrics

/// Finds the way from a table to a column along declared joins, none of which can multiply rows.
///
/// Example: from `order_lines` to `stores.city` the way is `orders`, `stores` (roles). How a path is read is
/// `Schema.find`'s business.
package struct JoinPath: Sendable {
  package let schema: Schema

  package init(_ schema: Schema) { self.schema = schema }

  /// Why there is no way.
  package enum Failure: Error, Hashable, Sendable {
    /// No chain of joins leads there without multiplying rows, or the column does not exist.
    case unreachable
    /// Several shortest ways lead there: a path of roles must say which.
    case ambiguous([String])
  }

  /// The roles to follow from `table` to the table of the column.
  /// - Throws: `Failure`
  package func roles(from table: String, to path: ColumnPath) throws(Failure) -> [String] {
    do throws(PathFailure) { return try schema.find(path, from: table).joins.map(\.role) } catch {
      if case .ambiguous(_, let paths) = error { throw .ambiguous(paths) }
      throw .unreachable
    }
  }

  /// Whether a column can be had beside each row of a table.
  package func reaches(_ path: ColumnPath, from table: String) -> Bool {
    (try? roles(from: table, to: path)) != nil
  }
}
