import CivilTime
import Metrics
import SourceText

/// A page about the dictionary itself, for `wenshu dictionary …`.
package enum CataloguePage: Hashable, Sendable {
  case metrics(Int)
  case profile(String)
  case tree(String?)
  case users(String)
  /// Versions: of one metric, or all changes.
  case history(String?, Int)
  case differences(String, String, Int)
  /// Versions and their days.
  case export(Int)
  case findings(Int)
  /// Answers that were given twice, and how many of them move.
  case impact(asked: Int, moved: Int, restated: Int)
}

/// The columns of those pages; the raw value is the column's name for programs.
package enum CatalogueColumn: String, Hashable, Sendable, CaseIterable {
  case title, name, level, category, unit, direction, version, status, owner, department, relation, depth, formula, meaning, change, field,
    old, new, kind, parent, drivers, sensitivity, required, dimensions, successor, tables, columns, question, canonical, before, after,
    difference, percent, finding, message, place, branches
  case validFrom = "valid_from"
  case validTo = "valid_to"
}

/// What `wenshu dictionary lint` finds.
package enum CatalogueFinding: Hashable, Sendable {
  case unowned, undescribed, neverAsked
  /// Another metric has the same formula, once both are opened down to columns.
  case sameFormula(as: [String])
  /// What the drivers come to is another number than the metric over these days.
  case unbalanced(drivers: String, whole: String, sum: String, gap: String, period: String)
  /// The two sides could not be computed.
  case notCompared(reason: String)
  /// A certified metric stands on one that is not.
  case onUncertified([String])
  case certificationLost
  /// A deprecated metric that others are still computed from.
  case usedThoughDeprecated(by: [String])
  case privateWithoutPolicy

  /// The name of the finding for programs, stable.
  package var code: String {
    switch self {
    case .unowned: "unowned"
    case .undescribed: "undescribed"
    case .neverAsked: "never-asked"
    case .sameFormula: "same-formula"
    case .unbalanced: "unbalanced"
    case .notCompared: "not-compared"
    case .onUncertified: "on-uncertified"
    case .certificationLost: "certification-lost"
    case .usedThoughDeprecated: "used-though-deprecated"
    case .privateWithoutPolicy: "private-without-policy"
    }
  }
}

/// The words of those pages in one language.
package protocol CatalogueWords: Sendable {
  func headline(_ page: CataloguePage) -> String
  func title(_ column: CatalogueColumn) -> String
  func relation(_ relation: MetricRelation) -> String
  func level(_ level: Metric.Level) -> String
  func sensitivity(_ sensitivity: Metric.Sensitivity) -> String
  func kind(_ kind: DictionaryDifference.Kind) -> String
  func field(_ field: DictionaryDifference.Field?) -> String
  /// `names` are the titles of metrics.
  func text(_ finding: CatalogueFinding, names: Names) -> String
  /// Its tree goes on further up.
  var repeated: String { get }
  /// `现行`, `尚未生效`, `已失效`: of a version on a day.
  func inForce(_ place: VersionPlace) -> String
  /// What became of an answer under a draft.
  func outcome(_ outcome: ImpactOutcome) -> String
  /// `+0.33 个百分点`
  func points(_ text: String) -> String
  var childrenLabel: String { get }
  var levelLabel: String { get }
  var categoryLabel: String { get }
  var sensitivityLabel: String { get }
  var requiredLabel: String { get }
  var certifiedLabel: String { get }
  var equalsLabel: String { get }
  var synonymsLabel: String { get }
  var examplesLabel: String { get }
  /// `林晓，2026-01-05`
  func certified(_ certification: Certification) -> String
}

package enum VersionPlace: Hashable, Sendable { case past, current, future }

/// What became of an answer under a draft dictionary.
package enum ImpactOutcome: Hashable, Sendable {
  case moved
  /// Rows came or went; their numbers.
  case rows(Int, Int)
  /// Answered before, not any more: why.
  case lost(String)
  /// Refused before, answered now.
  case gained
  /// The same numbers, by another version or status.
  case restated

  package var code: String {
    switch self {
    case .moved: "moved"
    case .rows: "rows"
    case .lost: "lost"
    case .gained: "gained"
    case .restated: "restated"
    }
  }
}

extension Language {
  package var catalogueWords: any CatalogueWords {
    switch self {
    case .chinese: ChineseCatalogueWords()
    case .english: EnglishCatalogueWords()
    }
  }
}
