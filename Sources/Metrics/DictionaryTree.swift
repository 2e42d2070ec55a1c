import SourceText

/// How a node of a tree of metrics hangs on the one above it.
package enum MetricRelation: String, Hashable, Sendable, CaseIterable {
  /// A metric without one above it.
  case top
  /// It names the one above as its parent.
  case child
  /// The one above names it as a driver.
  case driver
  /// The formula above is computed from it.
  case part
  /// A column that the formula above reads.
  case column
  /// It is computed from the one above: trees upwards.
  case user
  /// It names the one above as a driver: trees upwards.
  case driven
}

/// One line of a tree of metrics.
package struct MetricTreeNode: Hashable, Sendable {
  /// A metric's name, or `table.column`.
  package var name: String
  package var relation: MetricRelation
  package var depth: Int
  /// For each depth down to its own, whether it, or the node above it there, is the last of its siblings.
  package var isLast: [Bool]
  /// It stands further up with all that hangs on it.
  package var isRepeated = false

  /// `│  ├─ `
  package var branches: String {
    guard depth > 0 else { return "" }
    return isLast[1..<depth].map { $0 ? "   " : "│  " }.joined() + (isLast[depth] ? "└─ " : "├─ ")
  }
}

/// The metrics as trees: by levels, parents and drivers; or one metric, down to columns and up to whatever hangs on it.
package struct MetricTree: Sendable {
  private let dictionary: MetricDictionary
  private let visible: Set<String>
  private var children: [String: [String]] = [:]
  package private(set) var nodes: [MetricTreeNode] = []

  private init(_ dictionary: MetricDictionary, visible: Set<String>) {
    self.dictionary = dictionary
    self.visible = visible
    for metric in dictionary.metrics where visible.contains(metric.name) {
      if let parent = metric.parent { children[parent, default: []].append(metric.name) }
    }
  }

  /// All metrics, strategic ones first, each under its parent, with the drivers that stand nowhere else beneath it.
  package static func overview(_ dictionary: MetricDictionary, visible: Set<String>) -> [MetricTreeNode] {
    var tree = MetricTree(dictionary, visible: visible)
    let levels: [Metric.Level?] = Metric.Level.allCases + [nil]
    let tops = dictionary.metrics.filter { metric in
      visible.contains(metric.name) && (metric.parent.map { !visible.contains($0) } ?? true)
    }
    for level in levels {
      for metric in tops where metric.level == level { tree.grow(metric.name, .top, [true], path: [], down: Self.governed) }
    }
    return tree.nodes
  }

  /// One metric down to the columns it reads.
  package static func below(_ metric: String, in dictionary: MetricDictionary, visible: Set<String>) -> [MetricTreeNode] {
    var tree = MetricTree(dictionary, visible: visible)
    tree.grow(metric, .top, [true], path: [], down: Self.computed)
    return tree.nodes
  }

  /// One metric and whatever is computed from it or driven by it.
  package static func above(_ metric: String, in dictionary: MetricDictionary, visible: Set<String>) -> [MetricTreeNode] {
    var tree = MetricTree(dictionary, visible: visible)
    tree.grow(metric, .top, [true], path: [], down: Self.using)
    return tree.nodes
  }

  private typealias Step = (MetricTree, String) -> [(name: String, relation: MetricRelation)]

  private mutating func grow(_ name: String, _ relation: MetricRelation, _ isLast: [Bool], path: [String], down: Step) {
    // A driver is named where it drives; what hangs on it stands under its own parent.
    let isLeaf = [.column, .driver, .driven].contains(relation) || path.contains(name)
    let next = isLeaf ? [] : down(self, name)
    let isRepeated = !next.isEmpty && relation != .top && nodes.contains { $0.name == name }
    nodes.append(MetricTreeNode(name: name, relation: relation, depth: isLast.count - 1, isLast: isLast, isRepeated: isRepeated))
    if isRepeated { return }
    for (place, item) in next.enumerated() {
      grow(item.name, item.relation, isLast + [place == next.count - 1], path: path + [name], down: down)
    }
  }

  private static func governed(_ tree: MetricTree, _ name: String) -> [(name: String, relation: MetricRelation)] {
    let children = tree.children[name] ?? []
    let drivers = (tree.dictionary.metric(name)?.drivers ?? []).filter { tree.visible.contains($0) && !children.contains($0) }
    return children.map { ($0, .child) } + drivers.map { ($0, .driver) }
  }

  private static func computed(_ tree: MetricTree, _ name: String) -> [(name: String, relation: MetricRelation)] {
    guard let metric = tree.dictionary.metric(name) else { return [] }
    let parts = unique(metric.formula.metrics)
    let columns = unique(metric.formula.ownColumns.map(\.description))
    let drivers = metric.drivers.filter { tree.visible.contains($0) && !parts.contains($0) }
    return parts.map { ($0, .part) } + columns.map { ($0, .column) } + drivers.map { ($0, .driver) }
  }

  private static func using(_ tree: MetricTree, _ name: String) -> [(name: String, relation: MetricRelation)] {
    let others = tree.dictionary.metrics.filter { tree.visible.contains($0.name) && $0.name != name }
    let users = others.filter { $0.formula.metrics.contains(name) }.map(\.name)
    let driven = others.filter { $0.drivers.contains(name) && !users.contains($0.name) }.map(\.name)
    return users.map { ($0, .user) } + driven.map { ($0, .driven) }
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }
  }
}

extension Formula {
  /// The columns its own aggregates read, with those of their conditions; not those of the metrics it names.
  package var ownColumns: [ColumnPath] {
    aggregates.flatMap { ($0.argument?.columns ?? []) + ($0.condition?.columns ?? []) }
  }
}
