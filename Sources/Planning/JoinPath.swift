import Metrics

/// Finds the way from a table to another along declared joins, none of which can multiply rows.
///
/// Example: from `order_lines` to `stores` the way is `orders`, `stores` (roles).
package struct JoinPath: Sendable {
  package let schema: Schema

  package init(_ schema: Schema) { self.schema = schema }

  /// Why there is no way.
  package enum Failure: Error, Hashable, Sendable {
    /// No chain of joins leads there without multiplying rows, or the column does not exist.
    case unreachable
    /// Several shortest ways lead there: a path of roles must say which.
    case ambiguous([[String]])
  }

  /// The roles to follow from `table` to the table that `path` names, and that table.
  ///
  /// A path is read, in this order: from the table itself (`orders.stores.city` from `orders`), from a role of it
  /// (`stores.city`), as the tail of a longer path that passes this table, and last by the only shortest way to the
  /// table at its head.
  /// - Throws: `Failure`
  package func roles(from table: String, to path: ColumnPath) throws(Failure) -> [String] {
    guard let start = schema[table] else { throw .unreachable }
    let steps = Array(path.parts.dropLast())
    if steps.isEmpty { return try checked([], from: start, column: path.column) }
    if steps[0] == table { return try checked(Array(steps.dropFirst()), from: start, column: path.column) }
    if start.join(steps[0]) != nil { return try checked(steps, from: start, column: path.column) }
    if let tail = tail(of: steps, passing: table) { return try checked(tail, from: start, column: path.column) }
    let way = try shortest(from: start, to: steps[0])
    return try checked(way + steps.dropFirst(), from: start, column: path.column)
  }

  /// Whether a column can be had beside each row of a table.
  package func reaches(_ path: ColumnPath, from table: String) -> Bool {
    (try? roles(from: table, to: path)) != nil
  }

  private func checked(_ roles: [String], from start: Table, column: String) throws(Failure) -> [String] {
    var table = start
    for role in roles {
      guard let join = table.join(role), let next = schema[join.table] else { throw .unreachable }
      table = next
    }
    guard table.column(column) != nil else { throw .unreachable }
    return roles
  }

  /// What is left of a path of roles behind the point where it comes to `table`.
  private func tail(of steps: [String], passing table: String) -> [String]? {
    guard var current = schema[steps[0]] else { return nil }
    for (index, role) in steps.enumerated().dropFirst() {
      guard let join = current.join(role), let next = schema[join.table] else { return nil }
      if next.name == table { return Array(steps.dropFirst(index + 1)) }
      current = next
    }
    return nil
  }

  /// Breadth first over roles; of several ways of one length, the one whose roles bear their tables' names wins.
  private func shortest(from start: Table, to target: String) throws(Failure) -> [String] {
    if start.name == target { return [] }
    var seen: Set<String> = [start.name]
    var level: [(roles: [String], table: Table)] = [([], start)]
    while !level.isEmpty {
      var next: [(roles: [String], table: Table)] = []
      for (roles, table) in level {
        for join in table.joins where !seen.contains(join.table) {
          if let other = schema[join.table] { next.append((roles + [join.role], other)) }
        }
      }
      let found = next.filter { $0.table.name == target }.map(\.roles)
      if !found.isEmpty { return try only(found) }
      for (_, table) in next { seen.insert(table.name) }
      level = next
    }
    // A role further away may bear the name, where no table does.
    let ways = waysToRole(target, from: start)
    if ways.isEmpty { throw .unreachable }
    return try only(ways)
  }

  private func only(_ ways: [[String]]) throws(Failure) -> [String] {
    if ways.count == 1 { return ways[0] }
    let plain = ways.filter { way in way.allSatisfy { schema[$0] != nil } }
    if plain.count == 1 { return plain[0] }
    throw .ambiguous(ways)
  }

  private func waysToRole(_ role: String, from start: Table) -> [[String]] {
    var seen: Set<String> = [start.name]
    var level: [(roles: [String], table: Table)] = [([], start)]
    while !level.isEmpty {
      var found: [[String]] = []
      var next: [(roles: [String], table: Table)] = []
      for (roles, table) in level {
        for join in table.joins {
          if join.role == role { found.append(roles + [role]) }
          if !seen.contains(join.table), let other = schema[join.table] { next.append((roles + [join.role], other)) }
        }
      }
      if !found.isEmpty { return found }
      for (_, table) in next { seen.insert(table.name) }
      level = next
    }
    return []
  }
}
