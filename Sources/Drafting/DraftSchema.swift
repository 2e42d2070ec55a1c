import SourceText
import Tables
import Warehouse

/// The tables of a draft, and ways along their joins.
struct DraftSchema {
  var tables: [DraftTable]
  let scratch: RawDatabase

  subscript(_ name: String) -> DraftTable? { tables.first { $0.name == name } }

  /// A table that rows of another lead to.
  struct Way {
    var joins: [DraftJoin]
    var table: String
  }

  /// Every table reached from one, nearest first; the table itself first of all.
  func ways(from start: String) -> [Way] {
    var found = [Way(joins: [], table: start)]
    var next = 0
    while next < found.count, found.count < 200 {
      let here = found[next]
      next += 1
      let passed = [start] + here.joins.map(\.table)
      for join in self[here.table]?.joins ?? [] where !passed.contains(join.table) {
        found.append(Way(joins: here.joins + [join], table: join.table))
      }
    }
    return found
  }

  /// `FROM t0 JOIN t1 ON …` along a way, with each table under the name of its stage.
  func source(from start: String, _ joins: [DraftJoin], outer: Bool = false) -> String {
    guard let first = self[start] else { return "" }
    var text = "FROM \(first.stage)"
    var here = first
    for join in joins {
      guard let there = self[join.table] else { continue }
      let on = join.pairs.compactMap { pair -> String? in
        guard let a = here.column(pair.here), let b = there.column(pair.there) else { return nil }
        return "\(here.stage).c\(a.index) = \(there.stage).c\(b.index)"
      }
      if on.isEmpty { continue }
      text += " \(outer ? "LEFT " : "")JOIN \(there.stage) ON \(on.joined(separator: " AND "))"
      here = there
    }
    return text
  }

  func place(_ table: String, _ column: String) -> String {
    guard let found = self[table], let column = found.column(column) else { return "NULL" }
    return "\(found.stage).c\(column.index)"
  }

  /// The first number of a query's first row; 0 if there is none.
  /// - Throws: `DiagnosticsError`
  func number(_ sql: String) throws(DiagnosticsError) -> Double { try scratch.rows(sql).first?.first?.number ?? 0 }
}
