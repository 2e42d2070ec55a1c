import CivilTime
import Metrics

struct EnglishCatalogueWords: CatalogueWords {
  func headline(_ page: CataloguePage) -> String {
    switch page {
    case .metrics(let count): "Metrics · \(count)"
    case .profile(let title): title.capitalisedFirst
    case .tree(nil): "Metrics by level, parent and driver"
    case .tree(let title?): "What \(title) is computed from"
    case .users(let title): "What depends on \(title)"
    case .history(nil, let count): "Changes of definitions, newest first · \(count)"
    case .history(let title?, let count): "Versions of \(title) · \(count)"
    case .differences(let old, let new, 0): "No difference between \(old) and \(new)"
    case .differences(let old, let new, let count): "From \(old) to \(new) · \(count) \(count == 1 ? "difference" : "differences")"
    case .export(let count): "Metric dictionary · \(count) versions"
    case .findings(0): "Nothing found"
    case .findings(let count): "Findings · \(count)"
    case .impact(let asked, let moved, let restated):
      (moved == 0 ? "None of \(asked) answers changes" : "\(moved) of \(asked) answers \(moved == 1 ? "changes" : "change")")
        + (restated == 0 ? "" : "; \(restated) more by another version or status only")
    }
  }

  func title(_ column: CatalogueColumn) -> String {
    switch column {
    case .title: "Metric"
    case .name: "Name"
    case .level: "Level"
    case .category: "Category"
    case .unit: "Unit"
    case .direction: "Direction"
    case .version: "Version"
    case .status: "Status"
    case .owner: "Owner"
    case .department: "Department"
    case .relation: "Relation"
    case .depth: "Depth"
    case .formula: "Formula"
    case .meaning: "Meaning"
    case .change: "Change"
    case .field: "Field"
    case .old: "Before"
    case .new: "After"
    case .kind: "Kind"
    case .parent: "Parent"
    case .drivers: "Drivers"
    case .sensitivity: "Sensitivity"
    case .required: "Required dimensions"
    case .dimensions: "Allowed dimensions"
    case .successor: "Successor"
    case .tables: "Tables"
    case .columns: "Columns"
    case .question: "Question"
    case .canonical: "Notation"
    case .before: "Now"
    case .after: "Draft"
    case .difference: "Difference"
    case .percent: "In percent"
    case .finding: "Finding"
    case .message: "What is wrong"
    case .place: "Place"
    case .branches: "Tree"
    case .validFrom: "Valid from"
    case .validTo: "Valid through"
    }
  }

  func relation(_ relation: MetricRelation) -> String {
    switch relation {
    case .top: ""
    case .child: "child"
    case .driver: "driver"
    case .part: "part of the formula"
    case .column: "column"
    case .user: "computed from it"
    case .driven: "driven by it"
    }
  }

  func level(_ level: Metric.Level) -> String { level.rawValue }
  func sensitivity(_ sensitivity: Metric.Sensitivity) -> String { sensitivity.rawValue }
  func kind(_ kind: DictionaryDifference.Kind) -> String { kind.rawValue }

  func field(_ field: DictionaryDifference.Field?) -> String {
    switch field {
    case nil: ""
    case .validFrom: "valid from"
    case .means: "meaning"
    case .required: "required dimensions"
    case .dimensions: "allowed dimensions"
    case .change: "change note"
    case .certified: "certified formula"
    case .equals: "sum of drivers"
    case let field?: field.rawValue
    }
  }

  func text(_ finding: CatalogueFinding, names: Names) -> String {
    switch finding {
    case .unowned: "Nobody owns it. Add owner or department."
    case .undescribed: "It has no definition in words. Add means."
    case .neverAsked: "No example or saved question asks for it."
    case .sameFormula(let others): "The same formula as \(list(others, names)). Keep one, or say how they differ."
    case .unbalanced(let drivers, let whole, let sum, let gap, let period):
      "\(drivers) comes to \(sum), the metric to \(whole): a gap of \(gap) (\(period))."
    case .notCompared(let reason): "Its drivers could not be set against it: \(reason)"
    case .onUncertified(let others): "Certified, but computed from \(list(others, names)), which is not."
    case .certificationLost: "Its formula changed after it was certified."
    case .usedThoughDeprecated(let others): "Deprecated, but \(list(others, names)) \(others.count == 1 ? "is" : "are") computed from it."
    case .privateWithoutPolicy: "Private, but there is no policy, so anybody may ask for it."
    }
  }

  private func list(_ items: [String], _ names: Names) -> String { items.map { names.metric($0) }.joined(separator: ", ") }

  let repeated = "see above"

  func inForce(_ place: VersionPlace) -> String {
    switch place {
    case .past: "past"
    case .current: "in force"
    case .future: "not yet in force"
    }
  }

  func outcome(_ outcome: ImpactOutcome) -> String {
    switch outcome {
    case .moved: "moves"
    case .rows(let before, let after): "\(before) → \(after) rows"
    case .lost(let reason): "no longer answered: \(reason)"
    case .gained: "answered now"
    case .restated: "same numbers, another version or status"
    }
  }

  func points(_ text: String) -> String { text + "pp" }

  let childrenLabel = "Children"
  let levelLabel = "Level"
  let categoryLabel = "Category"
  let sensitivityLabel = "Sensitivity"
  let requiredLabel = "Required"
  let certifiedLabel = "Certified"
  let equalsLabel = "Equals"
  let synonymsLabel = "Synonyms"
  let examplesLabel = "Examples"

  func certified(_ certification: Certification) -> String {
    ([certification.by, certification.day?.description ?? ""].filter { !$0.isEmpty } + [certification.formula]).joined(separator: " · ")
  }
}
