import SourceText

/// A property by which metrics are cut or filtered.
package struct Dimension: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable { case category, number, flag }
  package enum Source: Hashable, Sendable {
    /// `stores.region`
    case column(ColumnPath)
    case expression(RowExpression)
    /// A condition; its values are 1 and 0.
    case flag(RowCondition)
  }

  package var name: String
  package var title: LocalText
  package var synonyms: LocalWords
  /// Nouns for a member where they differ from the title.
  package var members: LocalWords
  /// Verbs that a thing has it by: cost, retail for.
  package var verbs: LocalWords
  /// Words that ask which of them, without the noun: 哪家 of stores, 哪款 of products.
  package var asked: LocalWords
  package var source: Source
  /// Columns that hold the same in other tables: a table that has one of its own takes that, others the first they reach.
  package var others: [ColumnPath] = []
  package var kind: Kind
  package var type: ColumnType
  package var values: [DimensionValue]
  package var groups: [ValueGroup]
  /// Endings that people leave out or add: 省, 市.
  package var suffixes: [String]
  /// Values in display order; others follow in their own order.
  package var order: [String]
  package var valuesNeedName: Bool
  package var sensitivity: Metric.Sensitivity
  package var place: SourcePlace?

  package init(name: String, source: Source, type: ColumnType = .text, kind: Kind = .category) {
    self.name = name
    self.source = source
    self.type = type
    self.kind = kind
    title = LocalText()
    synonyms = LocalWords()
    members = LocalWords()
    verbs = LocalWords()
    asked = LocalWords()
    values = []
    groups = []
    suffixes = []
    order = []
    valuesNeedName = false
    sensitivity = .internal
  }
}

/// What one stored value is called.
package struct DimensionValue: Hashable, Sendable {
  /// As stored: `华东`, `1`.
  package var stored: String
  /// How it is shown; empty = as stored.
  package var title: LocalText
  package var synonyms: LocalWords
  package var place: SourcePlace?
  package init(
    stored: String, title: LocalText = LocalText(), synonyms: LocalWords = LocalWords(), place: SourcePlace? = nil
  ) {
    self.stored = stored
    self.title = title
    self.synonyms = synonyms
    self.place = place
  }
}

/// A word for several values: 江浙沪.
package struct ValueGroup: Hashable, Sendable {
  package var name: String
  package var synonyms: LocalWords
  package var values: [String]
  package var place: SourcePlace?
  package init(name: String, synonyms: LocalWords = LocalWords(), values: [String], place: SourcePlace? = nil) {
    self.name = name
    self.synonyms = synonyms
    self.values = values
    self.place = place
  }
}

/// Dimensions from coarse to fine: 大区 › 省 › 城市 › 门店.
package struct Hierarchy: Hashable, Sendable {
  package var name: String
  package var levels: [String]
  package init(name: String, levels: [String]) {
    self.name = name
    self.levels = levels
  }
}
