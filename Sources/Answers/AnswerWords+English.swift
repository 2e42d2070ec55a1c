import CivilTime
import Metrics
import Planning
import Questions

struct EnglishAnswerWords: AnswerWords {
  let formulaLabel = "Formula"
  let definitionLabel = "Definition"
  let sourceLabel = "Source"
  let noticeLabel = "Note"
  let totalLabel = "Total"
  let missingMember = "(none)"
  let blankMember = "(blank)"
  let hiddenNumber = "hidden"
  let yes = "yes"
  let no = "no"
  let allTime = "all time"

  func days(_ period: Period) -> String {
    switch (period.start, period.last) {
    case (let start?, let last?): start == last ? start.description : "\(start) to \(last)"
    case (let start?, nil): "from \(start)"
    case (nil, let last?): "up to \(last)"
    case (nil, nil): allTime
    }
  }

  func labelled(_ text: String, _ label: String) -> String { label.isEmpty ? text : "\(text) (\(label))" }

  func baseTitle(_ base: Comparison.Base) -> String {
    switch base {
    case .yearBefore: "Year before"
    case .previous: "Period before"
    case .shifted(let count, let grain): EnglishTimeWords.count(abs(count), grain) + (count < 0 ? " before" : " after")
    case .period(let expression): EnglishTimeWords.text(expression).capitalisedFirst
    case .members: "Other"
    }
  }

  func changeTitle(_ base: Comparison.Base?) -> String { if case .members? = base { "Difference" } else { "Change" } }
  func growthTitle(_ base: Comparison.Base?) -> String { if case .members? = base { "Difference in %" } else { "Growth" } }
  let multipleTitle = "Times"
  func endTitle(_ end: PlanColumn.End, _ group: String) -> String { (end == .least ? "lowest " : "highest ") + group }
  func countTitle(_ groups: String) -> String { "Number of groups by \(groups)" }
  func furtherTitle(_ title: String, _ base: String) -> String {
    title == base ? title : "\(title) vs \(base.lowercased())"
  }

  func runTitle(_ edge: PlanColumn.RunEdge, _ unit: String) -> String {
    switch edge {
    case .first: "From"
    case .last: "To"
    case .length: unit.prefix(1).uppercased() + unit.dropFirst() + "s in a row"
    }
  }

  func placeTitle(_ edge: PlanColumn.PlaceEdge) -> String {
    switch edge {
    case .place: "Rank (highest first)"
    case .of: "Ranked"
    case .tied: "Others tied"
    }
  }

  let runningShareTitle = "Running share"

  func shareTitle(_ share: Share?, parent: String) -> String {
    switch share?.of {
    case .parent: "Share of \(parent)"
    case .change: "Contribution to the change"
    case .total, .matching, .running, nil: "Share"
    }
  }

  func wholeTitle(_ share: Share?, parent: String) -> String {
    switch share?.of {
    case .parent: "Total of \(parent)"
    case .matching: "All"
    case .change: "Change of the total"
    case .total, .running, nil: "Total"
    }
  }

  func combined(_ measure: String, _ derived: String) -> String { measure + ": " + derived.lowercased() }

  func version(_ number: Int, from day: Day?) -> String { "v\(number)" + (day.map { " (since \($0))" } ?? "") }

  func status(_ status: Metric.Status) -> String { status.rawValue }

  func owner(_ owner: String, department: String) -> String {
    if owner.isEmpty { return department.isEmpty ? "" : "owner \(department)" }
    return "owner \(owner)" + (department.isEmpty || department == owner ? "" : " (\(department))")
  }

  func unit(_ unit: MeasureUnit) -> String {
    switch unit {
    case .money(let code): code
    case .count(let noun): noun[.english].isEmpty ? "count" : noun[.english]
    case .percent: "percent"
    case .days: "days"
    case .hours: "hours"
    case .minutes: "minutes"
    case .plain: "none"
    }
  }

  func direction(_ direction: Metric.Direction) -> String {
    switch direction {
    case .up: "higher is better"
    case .down: "lower is better"
    case .none: "neither is better"
    }
  }

  func kind(_ kind: Dimension.Kind) -> String {
    switch kind {
    case .category: "category"
    case .number: "number"
    case .flag: "yes or no"
    }
  }

  func source(_ source: AnswerSource) -> String {
    source.table + (source.rows.map { " (\(Numerals.grouped($0)) \($0 == 1 ? "row" : "rows"))" } ?? "")
  }

  func dataAsOf(_ day: Day) -> String { "data up to \(day)" }
  func joined(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: " · ") }
  func opening(_ text: String) -> String { text.capitalisedFirst }
  func list(_ items: [String]) -> String { items.joined(separator: ", ") }
  func about(_ title: String, _ line: String) -> String { "\(title): \(line)" }

  func label(_ fact: DefinitionFact) -> String {
    switch fact {
    case .meaning: "Meaning"
    case .formula: "Formula"
    case .notation: "Written"
    case .unit: "Unit"
    case .direction: "Direction"
    case .owner: "Owner"
    case .status: "Status"
    case .version: "Version"
    case .history: "History"
    case .tables: "Tables"
    case .columns: "Columns"
    case .upstream: "Built from"
    case .parent: "Part of"
    case .drivers: "Drivers"
    case .usedBy: "Used by"
    case .dimensions: "Dimensions"
    case .successor: "Replaced by"
    }
  }

  func listingHeadline(_ listing: Listing, names: Names, count: Int) -> String {
    switch listing {
    case .metrics: "Metrics · \(count)"
    case .metricsOf(let trait):
      switch trait {
      case .category(let name): "Metrics about \(names.category(name)) · \(count)"
      case .department(let name), .owner(let name): "Metrics owned by \(names.owner(name)) · \(count)"
      case .status(let status): "Metrics that are \(self.status(status)) · \(count)"
      }
    case .dimensions: "Dimensions · \(count)"
    case .values(let dimension): "\(names.dimension(dimension).capitalisedFirst) · \(count)"
    }
  }

  func title(_ column: ListColumn) -> String {
    switch column {
    case .name: "Name"
    case .title: "Title"
    case .meaning: "Meaning"
    case .unit: "Unit"
    case .status: "Status"
    case .owner: "Owner"
    case .kind: "Kind"
    case .level: "Level"
    case .value: "Value"
    }
  }

  func title(_ section: ExplanationSection) -> String {
    switch section {
    case .words: "Words"
    case .tree: "Grammar"
    case .canonical: "Question"
    case .plan: "Steps"
    case .sql: "SQL"
    case .sums: "Sums"
    }
  }

  func sum(_ title: String, parts: String, count: Int, whole: String?, agree: Bool) -> String {
    let text = "\(title): the \(count) groups add up to \(parts)"
    guard let whole else { return text }
    return text
      + (agree ? ", as does the total \(whole)" : "; the total is \(whole), the rest lies outside these groups")
  }

  func argument(_ number: Int, _ text: String) -> String { "argument \(number): \(text)" }
}

extension String {
  /// With a capital first letter: titles stand in lower case in dictionaries.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
