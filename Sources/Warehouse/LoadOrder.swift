import Metrics

/// The order in which tables are loaded: what others refer to comes before them.
struct LoadOrder {
  private let schema: Schema

  init(_ schema: Schema) { self.schema = schema }

  func sorted(_ names: [String]) -> [String] {
    var (sorted, seen): ([String], Set<String>) = ([], [])
    func visit(_ name: String) {
      guard seen.insert(name).inserted, let table = schema[name] else { return }
      for other in needed(by: table) { visit(other) }
      if names.contains(name) { sorted.append(name) }
    }
    names.forEach(visit)
    return sorted
  }

  /// Tables that a row is checked against.
  private func needed(by table: Table) -> [String] {
    table.rules.rules.flatMap { rule -> [String] in
      if case .reference(_, let other, _) = rule.kind { return [other] }
      return rule.isOfOneRow ? table.joins.map(\.table) : []
    }
  }
}

extension TableRules {
  /// Whether rows that are there already are set aside.
  var hasDistinctRows: Bool { rules.contains { !$0.isSoft && $0.kind == .distinctRows } }
}
