import CivilTime

/// What a rollup would have to have for a step that was read row by row: `orders by day, store, status, with members`.
package struct RollupNeed: Hashable, Sendable {
  package var table: String
  package var grain: Grain
  package var keys: [String]
  package var hasMembers: Bool

  package init(table: String, grain: Grain, keys: [String], hasMembers: Bool) {
    (self.table, self.grain, self.keys, self.hasMembers) = (table, grain, keys, hasMembers)
  }
}

extension RollupCatalog {
  /// The least that would serve a select; nil where nothing could, because it looks at single rows.
  package func need(_ select: PlanSelect) -> RollupNeed? {
    for (index, base) in bases.enumerated() where select.source == .table(base.table, alias: base.table) {
      guard let match = RollupMatch(select, base) else { continue }
      for grain in [Grain.month, .day] {
        let everything = Rollup(
          name: "", table: "\u{0}", base: index, grain: grain, keys: Array(base.keys.indices), measures: Set(base.measures.indices), exactMeans: [],
          rows: 0, bytes: 0)
        guard let reading = RollupServing(match: match, rollup: everything).reading(select) else { continue }
        let read = reading.select.columns.map(\.value.expression) + reading.select.conditions + reading.select.joins.flatMap(\.on)
        let columns = Set(read.flatMap { $0.columns(of: everything.table) })
        let sets = Set(base.measures.filter { $0.kind == .members }.map(\.column))
        return RollupNeed(
          table: base.table, grain: grain, keys: base.keys.map(\.name).filter(columns.contains), hasMembers: !columns.isDisjoint(with: sets))
      }
    }
    return nil
  }
}

extension PlanExpression {
  fileprivate func columns(of alias: String) -> [String] {
    if case .field(alias, let column) = self { return [column] }
    return children.flatMap { $0.columns(of: alias) }
  }
}
