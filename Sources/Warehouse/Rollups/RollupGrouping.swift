import CivilTime

/// Which shapes are filled in the pass, and which are put together from those.
struct RollupGrouping {
  let direct: [RollupShape]

  /// - Parameter choice: with it shapes are filled together as one finer shape, where that has not many cells more.
  init(_ shapes: [RollupShape], _ choice: RollupChoice?) {
    var direct: [RollupShape] = []
    for shape in shapes {
      if !direct.contains(shape.plain) { direct.append(shape.plain) }
    }
    direct = direct.filter { shape in !direct.contains { $0 != shape && shape.isCoarser(than: $0) } }
    self.direct = choice.map { Self.merged(direct, $0) } ?? direct
  }

  private static func merged(_ shapes: [RollupShape], _ choice: RollupChoice) -> [RollupShape] {
    let most = min(300_000, choice.rows / 8)
    var groups: [RollupShape] = []
    for shape in shapes.sorted(by: { (choice.cells($1), $0.keys.count) < (choice.cells($0), $1.keys.count) }) {
      let unions = groups.map { group in
        RollupShape(grain: min(group.grain, shape.grain), keys: Array(Set(group.keys + shape.keys)).sorted())
      }
      let fitting = groups.indices.filter { place in
        unions[place].keys.count <= RollupShape.mostKeys && (unions[place] == groups[place] || choice.cells(unions[place]) <= most)
      }
      if let place = fitting.min(by: { choice.cells(unions[$0]) - choice.cells(groups[$0]) < choice.cells(unions[$1]) - choice.cells(groups[$1]) }) {
        groups[place] = unions[place]
      } else {
        groups.append(shape)
      }
    }
    return groups
  }
}
