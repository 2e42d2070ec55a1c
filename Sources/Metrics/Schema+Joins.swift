import SourceText

/// Where a column is, seen from a table: the joins to follow and the column at their end.
package struct ResolvedColumn: Hashable, Sendable {
  /// From the table outwards; empty for a column of the table itself.
  package var joins: [Join]
  /// The table the column is in.
  package var table: String
  package var column: Column

  /// One text for one place: `stores.region`, seen from `order_lines`, is `order_lines.orders.stores.region`.
  package func fullPath(from start: String) -> ColumnPath {
    ColumnPath([start] + joins.map(\.role) + [column.name])
  }
}

/// Why a path names no column.
package enum PathFailure: Error, Hashable, Sendable {
  /// No table or role has this name; `nearest` are those there are.
  case unknownHead(String, nearest: [String])
  /// The table exists, but no join leads there.
  case unreachable(String, from: String)
  /// Several joins lead there, none shorter than the other: each as a path.
  case ambiguous(String, paths: [String])
  /// The table is reached, and has no such column or role.
  case unknownColumn(String, table: String, nearest: [String])
}

extension Schema {
  /// A table that rows of another lead to without being multiplied.
  package struct Reach: Hashable, Sendable {
    /// Empty for the table itself.
    package var joins: [Join]
    package var table: String
    /// What it is called at the end of the joins: the last role, or the table's name.
    package var role: String { joins.last?.role ?? table }
    /// `orders.stores`
    package var path: String { joins.map(\.role).joined(separator: ".") }
  }

  /// Every table that can be reached from `table` without multiplying its rows, nearest first, in declared order.
  ///
  /// A table that is reached in two ways is there twice. A way never passes the same table twice; a join of a table with
  /// itself (`manager`) is one step and goes no further.
  package func reach(from table: String) -> [Reach] {
    guard self[table] != nil else { return [] }
    var found = [Reach(joins: [], table: table)]
    var next = 0
    while next < found.count, found.count < Schema.widestReach {
      let here = found[next]
      next += 1
      let passed = [table] + here.joins.map(\.table)
      guard passed.dropLast().contains(here.table) == false || here.joins.isEmpty else { continue }
      for join in self[here.table]?.joins ?? [] where join.table == here.table || !passed.contains(join.table) {
        found.append(Reach(joins: here.joins + [join], table: join.table))
      }
    }
    return found
  }

  /// Enough for any schema a person keeps; a bound against ones with thousands of ways.
  private static var widestReach: Int { 2_000 }

  /// The column a path names for rows of `table`, or nil; `find` says why.
  package func resolve(_ path: ColumnPath, from table: String) -> (joins: [Join], column: Column)? {
    guard let found = try? find(path, from: table) else { return nil }
    return (found.joins, found.column)
  }

  /// The column a path names for rows of `table`.
  ///
  /// The head may be the table itself, a role or a table reached from it (shortest way; it must be the only one of its
  /// length), or be missing, for a column of the table. What follows are roles, and at the end a column. A path written
  /// from a finer table (`order_lines.orders.stores.city`) is followed until it meets a table that rows of `table` reach,
  /// as long as every role on the way bears its table's name, so that it cannot mean another role.
  /// - Throws: `PathFailure`
  package func find(_ path: ColumnPath, from table: String) throws(PathFailure) -> ResolvedColumn {
    try find(path, from: table, within: reach(from: table))
  }

  /// The same, with what `reach(from:)` gave, for asking about many paths.
  /// - Throws: `PathFailure`
  package func find(_ path: ColumnPath, from table: String, within reach: [Reach]) throws(PathFailure)
    -> ResolvedColumn
  {
    if path.parts.count < 2 { return try follow(path.parts[...], [], table) }
    do throws(PathFailure) {
      let start = try self.start(path.head, from: table, within: reach)
      return try follow(path.parts.dropFirst(), start.joins, start.table)
    } catch {
      guard case .unreachable = error, let rest = tail(of: path, within: reach) else { throw error }
      return try find(rest, from: table, within: reach)
    }
  }

  /// Where the head of a path leads.
  private func start(_ head: String, from table: String, within reach: [Reach]) throws(PathFailure) -> Reach {
    if head == table, let own = reach.first { return own }
    let byRole = reach.filter { !$0.joins.isEmpty && $0.role == head }
    if let nearest = byRole.first {
      let rivals = byRole.filter { $0.joins.count == nearest.joins.count }
      if rivals.count > 1 { throw .ambiguous(head, paths: rivals.map(\.path)) }
      return nearest
    }
    // By its table's name, a table under another role is meant only if there is no second one.
    let byTable = reach.filter { $0.table == head }
    if byTable.count > 1 { throw .ambiguous(head, paths: byTable.map(\.path)) }
    if let only = byTable.first { return only }
    if self[head] != nil || tables.contains(where: { $0.join(head) != nil }) { throw .unreachable(head, from: table) }
    let names = tables.map(\.name) + tables.flatMap { $0.joins.map(\.role) }
    throw .unknownHead(head, nearest: NearMiss.nearest(to: head, among: names))
  }

  private func follow(_ parts: ArraySlice<String>, _ joins: [Join], _ table: String) throws(PathFailure)
    -> ResolvedColumn
  {
    let here = self[table]
    let name = parts.first ?? ""
    if parts.count == 1 {
      if let column = here?.column(name) { return ResolvedColumn(joins: joins, table: table, column: column) }
      let names = here?.columns.map(\.name) ?? []
      throw .unknownColumn(name, table: table, nearest: NearMiss.nearest(to: name, among: names))
    }
    guard let join = here?.join(name) else {
      let names = here?.joins.map(\.role) ?? []
      throw .unknownColumn(name, table: table, nearest: NearMiss.nearest(to: name, among: names))
    }
    return try follow(parts.dropFirst(), joins + [join], join.table)
  }

  /// The part of a path that starts at the first table on its way that is reached from here.
  private func tail(of path: ColumnPath, within reach: [Reach]) -> ColumnPath? {
    var table = path.head
    for (index, role) in path.parts.dropLast().enumerated().dropFirst() {
      guard let join = self[table]?.join(role), join.role == join.table else { return nil }
      table = join.table
      if reach.contains(where: { $0.role == role }) { return ColumnPath(Array(path.parts[index...])) }
    }
    return nil
  }
}

extension Schema {
  /// The table whose rows an expression over `paths` is about: the finest one named, from which all others are reached.
  ///
  /// Example: `order_lines.quantity` and `orders.discount` are about `order_lines`. Paths that name roles only
  /// (`ship_calendar.month`) are about the coarsest table that has them all, if there is one.
  package func finestTable(of paths: [ColumnPath]) -> String? {
    let heads = paths.map(\.head).filter { self[$0] != nil }
    for head in heads where resolvesAll(paths, from: head) { return head }
    let able = tables.map(\.name).filter { resolvesAll(paths, from: $0) }
    let coarsest = able.filter { one in
      able.allSatisfy { other in other == one || reach(from: other).contains { $0.table == one } }
    }
    return coarsest.count == 1 ? coarsest[0] : nil
  }

  private func resolvesAll(_ paths: [ColumnPath], from table: String) -> Bool {
    let reach = reach(from: table)
    return paths.allSatisfy { (try? find($0, from: table, within: reach)) != nil }
  }
}
