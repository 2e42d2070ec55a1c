import CivilTime
import Metrics
import Questions
import SourceText
import Tables

/// Pages about the dictionary itself, as answers, so that every output format shows them.
extension AnswerBuilder {
  private var page: any CatalogueWords { language.catalogueWords }

  /// The metrics in a table, as they are in force today.
  package func catalogue(visible: Set<String>) -> Answer {
    let metrics = dictionary.metrics.filter { visible.contains($0.name) }
    let rows = metrics.map { metric in
      let (unit, status) = (words.unit(metric.unit), words.status(metric.status))
      let level = metric.level.map(page.level) ?? ""
      return CatalogueRow([
        (.title, .text(names.metric(metric.name)), nil), (.name, .text(metric.name), nil), (.level, .name(metric.level?.rawValue), level),
        (.category, .name(metric.category[language]), nil), (.unit, .name(metric.unit.code(language)), unit),
        (.version, .integer(Int64(metric.current.number)), "v\(metric.current.number)"),
        (.validFrom, .name(metric.current.validFrom?.description), nil), (.status, .text(metric.status.rawValue), status),
        (.owner, .name(metric.owner.isEmpty ? metric.department : metric.owner), nil),
      ])
    }
    return answer(.metrics(metrics.count), rows)
  }

  /// Everything that is known of one metric.
  package func profile(of name: String, visible: Set<String>) -> Answer? {
    guard let metric = dictionary.metric(name) else { return nil }
    var answer = definition(question: "", Question(subject: .about(.definition, [name])), visible: visible)
    let more = definition(question: "", Question(subject: .about(.version, [name])), visible: visible).details.filter { $0.label == words.label(.history) }
    let lineage = definition(question: "", Question(subject: .about(.lineage, [name])), visible: visible).details.filter { $0.label != words.label(.formula) }
    answer.headline = words.joined([words.opening(names.metric(name)), name])
    answer.details += more + lineage
    func add(_ label: String, _ lines: [String]) {
      let lines = lines.filter { !$0.isEmpty }
      if !lines.isEmpty { answer.details.append(AnswerDetail(label, lines)) }
    }
    add(page.childrenLabel, [words.list(dictionary.metrics.filter { $0.parent == name && visible.contains($0.name) }.map { names.metric($0.name) })])
    if let equals = metric.equals { add(page.equalsLabel, [FormulaWords(dictionary, in: language).text(equals)]) }
    add(page.levelLabel, [metric.level.map(page.level) ?? ""])
    add(page.categoryLabel, [metric.category[language]])
    add(page.sensitivityLabel, [page.sensitivity(metric.sensitivity)])
    add(page.requiredLabel, [words.list(metric.requiredDimensions.map(names.dimension))])
    if let certification = metric.certification { add(page.certifiedLabel, [page.certified(certification)]) }
    add(page.synonymsLabel, [words.list(metric.synonyms[language])])
    add(page.examplesLabel, metric.examples.map(\.text))
    return answer
  }

  /// All metrics as a tree, or one with what it is computed from.
  package func tree(of name: String? = nil, visible: Set<String>) -> Answer {
    guard let name else {
      return answer(.tree(nil), MetricTree.overview(dictionary, visible: visible).map(treeRow))
    }
    return answer(.tree(names.metric(name)), MetricTree.below(name, in: dictionary, visible: visible).map(treeRow))
  }

  /// What is computed from a metric or driven by it.
  package func users(of name: String, visible: Set<String>) -> Answer {
    answer(.users(names.metric(name)), MetricTree.above(name, in: dictionary, visible: visible).map(treeRow))
  }

  private func treeRow(_ node: MetricTreeNode) -> CatalogueRow {
    let metric = dictionary.metric(node.name)
    let title = metric.map { names.metric($0.name) } ?? names.column(node.name)
    let again = [page.relation(node.relation), node.isRepeated ? page.repeated : ""]
    return CatalogueRow([
      (.title, .text(title), node.branches + title), (.name, .text(node.name), nil),
      (.relation, .text(node.relation.rawValue), words.joined(again)), (.depth, .integer(Int64(node.depth)), nil),
      (.level, .name(metric?.level?.rawValue), metric?.level.map(page.level) ?? ""),
      (.version, metric.map { .integer(Int64($0.current.number)) } ?? .null, metric.map { "v\($0.current.number)" } ?? ""),
      (.status, .name(metric?.status.rawValue), metric.map { words.status($0.status) } ?? ""),
    ])
  }

  /// The versions of one metric, or every change of a definition, newest first.
  package func history(of name: String? = nil, visible: Set<String>) -> Answer {
    let metrics = dictionary.metrics.filter { name == nil ? visible.contains($0.name) : $0.name == name }
    var versions = metrics.flatMap { metric in (name == nil ? metric.allVersions.dropLast() : metric.allVersions[...]).map { (metric, $0) } }
    if name == nil {
      let ends = Day(9999, 12, 31)!
      versions = versions.enumerated().sorted {
        let (a, b) = ($0.element.1.validFrom ?? ends, $1.element.1.validFrom ?? ends)
        return a == b ? $0.offset < $1.offset : a > b
      }.map(\.element)
    }
    return answer(.history(name.map(names.metric), versions.count), versions.map { versionRow($0.0, $0.1, wide: false) })
  }

  /// Every version of every metric with all that is known of it: the whole dictionary, flat.
  package func export(visible: Set<String>) -> Answer {
    let versions = dictionary.metrics.filter { visible.contains($0.name) }.flatMap { metric in metric.allVersions.map { (metric, $0) } }
    return answer(.export(versions.count), versions.map { versionRow($0.0, $0.1, wide: true) })
  }

  private func versionRow(_ metric: Metric, _ version: MetricVersion, wide: Bool) -> CatalogueRow {
    let all = metric.allVersions
    let place = all.firstIndex(of: version) ?? 0
    let through = place > 0 ? all[place - 1].validFrom?.adding(days: -1) : nil
    let force: VersionPlace = version == metric.current ? .current : metric.later.contains(version) ? .future : .past
    let meaning = version.meaning.isEmpty ? metric.meaning : version.meaning
    let formula = FormulaNotation.text(version.formula)
    var row: [CatalogueCell] = [
      (.title, .text(names.metric(metric.name)), nil), (.name, .text(metric.name), nil),
      (.version, .integer(Int64(version.number)), "v\(version.number)"), (.validFrom, .name(version.validFrom?.description), nil),
      (.validTo, .name(through?.description), force == .past ? nil : page.inForce(force)),
      (.formula, .text(formula), FormulaWords(dictionary, in: language).text(version.formula)),
      (.change, .name(version.change[language]), nil),
    ]
    if wide {
      func list(_ items: [String]) -> Cell { .name(items.joined(separator: ", ")) }
      row += [
        (.meaning, .name(meaning[language]), nil), (.status, .text(metric.status.rawValue), nil), (.level, .name(metric.level?.rawValue), nil),
        (.category, .name(metric.category[language]), nil), (.unit, .name(metric.unit.code(language)), nil),
        (.direction, .text(metric.direction.rawValue), nil), (.owner, .name(metric.owner), nil), (.department, .name(metric.department), nil),
        (.parent, .name(metric.parent), nil), (.drivers, list(metric.drivers), nil), (.successor, .name(metric.successor), nil),
        (.sensitivity, .text(metric.sensitivity.rawValue), nil), (.required, list(metric.requiredDimensions), nil),
        (.dimensions, list(metric.allowedDimensions ?? []), nil), (.tables, list(dictionary.tables(of: metric.name)), nil),
      ]
    }
    return CatalogueRow(row)
  }

  /// What differs between two dictionaries, or two versions of a metric.
  package func differences(_ found: [DictionaryDifference], from old: String, to new: String) -> Answer {
    answer(.differences(old, new, found.count), found.map { item in
      CatalogueRow([
        (.title, .text(title(item.name)), nil), (.name, .text(item.name), nil), (.kind, .text(item.kind.rawValue), page.kind(item.kind)),
        (.field, .name(item.field?.rawValue), page.field(item.field)), (.old, .name(item.old), nil), (.new, .name(item.new), nil),
      ])
    })
  }

  /// What lint found, with the place in the file.
  package func findings(_ found: [(metric: String, finding: CatalogueFinding, place: SourcePlace?)], forPeople: Bool) -> Answer {
    if forPeople {
      // Sentences, which a table would cut.
      var page = answer(.findings(found.count), [])
      for item in found {
        page.details.add(title(item.metric), [words.joined([self.page.text(item.finding, names: names), item.place?.description ?? ""])])
      }
      return page
    }
    return answer(.findings(found.count), found.map { item in
      CatalogueRow([
        (.place, .name(item.place?.description), nil), (.title, .text(title(item.metric)), nil), (.name, .text(item.metric), nil),
        (.finding, .text(item.finding.code), nil), (.message, .text(page.text(item.finding, names: names)), nil),
      ])
    })
  }

  private func title(_ name: String) -> String {
    dictionary.metric(name) != nil ? names.metric(name) : names.dimension(name)
  }

  // MARK: Rows

  /// A page of rows whose columns are those of its first row.
  package func answer(_ page: CataloguePage, _ rows: [CatalogueRow]) -> Answer {
    var answer = Answer(status: .answered, language: language, question: "", headline: self.page.headline(page))
    answer.columns = (rows.first?.cells ?? []).map { cell in
      let isNumber = rows.allSatisfy { $0.isNumber(cell.column) }
      var column = AnswerColumn(
        name: cell.column.rawValue, title: self.page.title(cell.column), type: isNumber ? .real : .text,
        role: cell.column == .title ? .group : .value)
      column.isShown = cell.column != .depth
      return column
    }
    answer.rows = rows.map { $0.cells.map(\.value) }
    answer.texts = rows.map { $0.cells.map { $0.text ?? ($0.value.isNull ? "" : $0.value.plainText) } }
    answer.dataAsOf = dataAsOf
    return answer
  }
}

/// A cell of a page: its column, its raw value, and its text where that is another.
package typealias CatalogueCell = (column: CatalogueColumn, value: Cell, text: String?)

package struct CatalogueRow: Sendable {
  package var cells: [CatalogueCell]
  package init(_ cells: [CatalogueCell]) { self.cells = cells }

  fileprivate func isNumber(_ column: CatalogueColumn) -> Bool {
    guard let cell = cells.first(where: { $0.column == column }) else { return false }
    switch cell.value {
    case .decimal, .real: return true
    case .null: return column == .difference || column == .percent
    case .integer, .text, .boolean: return false
    }
  }
}

extension Cell {
  /// A text; nothing where there is none.
  package static func name(_ text: String?) -> Cell { text.map { $0.isEmpty ? .null : .text($0) } ?? .null }
}
