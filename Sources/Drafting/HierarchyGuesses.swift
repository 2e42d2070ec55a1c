import SourceText

/// Levels that stand over one another, checked against the data.
struct HierarchyGuesses {
  let lexicon: DraftLexicon
  let schema: DraftSchema

  struct Hierarchy {
    var name: String
    var levels: [String]
    var evidence: [String]
  }

  /// - Throws: `DiagnosticsError`
  func guess(_ dimensions: [DraftDimension]) throws(DiagnosticsError) -> [Hierarchy] {
    var found: [Hierarchy] = []
    for family in Set(dimensions.map(\.family)).sorted() where !family.isEmpty {
      // The plain one of each level: the first, since dimensions stand in order of how well they fit.
      var levels: [DraftDimension] = []
      for dimension in dimensions where dimension.family == family && dimension.kind == .category && !levels.contains(where: { $0.level == dimension.level }) {
        levels.append(dimension)
      }
      levels.sort { $0.level < $1.level }
      if family == "goods", let product = dimensions.first(where: { $0.name == "product" }) { levels.append(product) }
      if let hierarchy = try chain(family, levels) { found.append(hierarchy) }
    }
    return found
  }

  /// Leaves out what does not stand under the level before it.
  private func chain(_ name: String, _ levels: [DraftDimension]) throws(DiagnosticsError) -> Hierarchy? {
    guard let first = levels.first(where: { $0.distinct > 1 }) ?? levels.first else { return nil }
    var hierarchy = Hierarchy(name: name, levels: [first.name], evidence: [])
    var above = first
    for level in levels.drop(while: { $0.name != first.name }).dropFirst() {
      guard let (children, several) = try dependency(of: level, on: above), children > 0 else { continue }
      let share = Double(several) / Double(children)
      if share > 0.1 {
        hierarchy.evidence.append("\(level.name) left out: \(several) of its \(children) values lie in more than one \(above.name)")
        continue
      }
      hierarchy.evidence.append(
        several == 0
          ? "each of \(children) values of \(level.name) lies in one \(above.name)"
          : "confirm: \(several) of \(children) values of \(level.name) lie in more than one \(above.name)")
      hierarchy.levels.append(level.name)
      above = level
    }
    return hierarchy.levels.count > 1 ? hierarchy : nil
  }

  /// How many values the lower level has, and how many of them lie under several of the upper one.
  private func dependency(of child: DraftDimension, on parent: DraftDimension) throws(DiagnosticsError) -> (children: Int, several: Int)? {
    for start in [child.table] + schema.tables.filter(\.isFact).map(\.name) {
      let ways = schema.ways(from: start)
      guard let toChild = ways.first(where: { $0.table == child.table }), let toParent = ways.first(where: { $0.table == parent.table }) else { continue }
      // Either way may be a part of the other.
      let (long, short) = toChild.joins.count >= toParent.joins.count ? (toChild, toParent) : (toParent, toChild)
      let isPart = zip(long.joins, short.joins).allSatisfy { $0.role == $1.role }
      let source = schema.source(from: start, isPart ? long.joins : long.joins + short.joins)
      let (c, p) = (schema.place(child.table, child.column), schema.place(parent.table, parent.column))
      let sql = "FROM (SELECT \(c) c, count(DISTINCT \(p)) n \(source) WHERE \(c) IS NOT NULL GROUP BY 1)"
      let row = try schema.scratch.rows("SELECT count(*), sum(n > 1) \(sql)").first ?? []
      guard row.count == 2 else { continue }
      return (Int(row[0].number ?? 0), Int(row[1].number ?? 0))
    }
    return nil
  }
}
