import SourceText

/// One place in a dictionary's files where a metric or dimension is named.
package struct NameUse: Sendable {
  package enum Kind: String, Sendable { case metric, dimension }
  /// What the name is there for.
  package enum Relation: String, Sendable {
    case formula, history, condition, parent, drivers, successor, attainment, dimensions, required, hierarchy, defaults
  }

  package let kind: Kind
  package let name: String
  /// The metric, dimension or hierarchy whose entry it stands in.
  package let by: String
  package let relation: Relation
  private let node: YAMLNode
  private let offset: Int?

  init(kind: Kind, name: String, by: String, relation: Relation, node: YAMLNode, offset: Int? = nil) {
    (self.kind, self.name, self.by, self.relation) = (kind, name, by, relation)
    (self.node, self.offset) = (node, offset)
  }

  /// Worked out only when a message needs it.
  package var place: SourcePlace { offset.map { node.place(atOffset: $0) } ?? node.place }
}

/// Where things stand in a dictionary's files, for the messages of its checks.
package struct DictionarySource {
  package var uses: [NameUse] = []
  private var mappings: [String: YAMLMapping] = [:]

  package init() {}

  mutating func note(_ mapping: YAMLMapping, as kind: NameUse.Kind, _ name: String) {
    mappings[kind.rawValue + " " + name] = mapping
  }

  /// Where a key of a metric's or dimension's entry stands; the entry's own place if it has no such key.
  package func place(of key: String, in kind: NameUse.Kind, _ name: String) -> SourcePlace? {
    mappings[kind.rawValue + " " + name]?.place(key)
  }

  package func has(_ key: String, in kind: NameUse.Kind, _ name: String) -> Bool {
    mappings[kind.rawValue + " " + name]?.has(key) ?? false
  }
}
