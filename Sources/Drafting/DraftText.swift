import Intake
import Metrics
import SourceText

/// The files of a draft, with what speaks for each guess beside it.
package struct DraftText {
  let draft: Draft

  package init(_ draft: Draft) { self.draft = draft }

  /// Names and texts, in the order they are read.
  package var files: [(name: String, text: String)] {
    [("dataset.yaml", dataset), ("tables.yaml", tables), ("dimensions.yaml", dimensions), ("metrics.yaml", metrics)]
  }

  // MARK: Pieces

  static func quoted(_ text: String) -> String {
    let plain = text.split(whereSeparator: \.isNewline).joined(separator: " ").unicodeScalars.filter(\.isPrintable).map { String($0) }.joined()
    return "\"" + plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  static func local(_ text: LocalText) -> String {
    "{" + Language.allCases.compactMap { language in text.texts[language].map { "\(language.rawValue): \(quoted($0))" } }.joined(separator: ", ") + "}"
  }

  static func list(_ words: [String]) -> String { "[" + words.map(quoted).joined(separator: ", ") + "]" }

  static func local(_ words: LocalWords) -> String {
    "{" + Language.allCases.compactMap { language in words[language].isEmpty ? nil : "\(language.rawValue): \(list(words[language]))" }.joined(separator: ", ") + "}"
  }

  /// Comment lines: what is known, then what a person should look at.
  private func comments(_ evidence: [String], _ confirm: [String], _ indent: String) -> String {
    (evidence.filter { !$0.isEmpty }.map { line($0) } + confirm.map { line("confirm: " + $0) }).map { indent + "# " + $0 + "\n" }.joined()
  }

  private func line(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.isPrintable ? String($0) : " " }.joined().split(separator: " ").joined(separator: " ").prefix(300))
  }

  // MARK: dataset.yaml

  private var dataset: String {
    var text = """
      # A draft, guessed from the data by `wenshu draft`. What a guess rests on stands above it; lines with "confirm:" are
      # for a person to look at. Set `status: certified` on the metrics you have checked.

      """
    for note in draft.notes { text += "# note: \(line(note))\n" }
    text += "name: \(Self.quoted(draft.name))\n"
    text += "language: \(draft.language.rawValue)\n"
    if !draft.currency.isEmpty { text += "# \(line(draft.currencyEvidence))\ncurrency: \(draft.currency)\n" } else { text += "# \(line(draft.currencyEvidence))\n" }
    if let file = draft.warehouseFile { text += "warehouse:\n  file: \(Self.quoted(file))\n" }
    if draft.needsLoading { text += "# Some files could not be read where they lie (see tables.yaml), so all were loaded: `wenshu load` brings newer ones.\n" }
    if let folder = draft.dataFolder { text += "data: \(Self.quoted(folder))\n" }
    text += """
      calendar:
        # Files end some day: "last month" counts from the day after the newest one. For data that grows: today
        anchor: latest-data
      fillers: \(Self.local(draft.fillers))

      """
    return text
  }

  // MARK: tables.yaml

  private var tables: String { "tables:\n" + draft.schema.tables.map(table).joined() }

  private func table(_ table: DraftTable) -> String {
    var text = "  # \(line(table.staged.origin)): \(table.rows) rows" + (table.isFact ? ", something that happened" : ", a list") + "\n"
    text += table.evidence.map { "  # \(line($0))\n" }.joined()
    if !table.staged.loading.isEmpty { text += "  # loaded into the warehouse, since \(line(Set(table.staged.loading).sorted().joined(separator: "; ")))\n" }
    if table.key == nil, table.keys.isEmpty { text += "  # confirm: no column has a different value in every row, so nothing can join to it\n" }
    text += "  \(table.name):\n    title: \(Self.local(table.title))\n"
    if let file = table.staged.file, file != table.name + ".csv", !draft.needsLoading { text += "    file: \(Self.quoted(file))\n" }
    if let key = table.key { text += "    key: \(key)\n" } else if !table.keys.isEmpty { text += "    key: [\(table.keys.joined(separator: ", "))]\n" }
    let targets = Set(draft.schema.tables.flatMap(\.joins).filter { $0.table == table.name && $0.more.isEmpty }.map(\.there)).subtracting(table.key.map { [$0] } ?? [])
    if !targets.isEmpty { text += "    unique: [\(targets.sorted().map { "[\($0)]" }.joined(separator: ", "))]\n" }
    if let time = table.time { text += "    time: \(time)\n" }
    text += "    columns:\n" + table.columns.map { column($0, table) }.joined()
    if !table.joins.isEmpty {
      text += "    joins:\n"
      for join in table.joins {
        text += "      # \(line(join.evidence))\n"
        let on = join.pairs.map { $0.here == $0.there ? $0.here : "\($0.here) = \($0.there)" }.joined(separator: ", ")
        text += join.role == join.table ? "      \(join.role): \(Self.quoted(on))\n" : "      \(join.role): {table: \(join.table), on: \(Self.quoted(on))}\n"
      }
    }
    return text
  }

  private func column(_ column: DraftColumn, _ table: DraftTable) -> String {
    var parts = ["type: \(column.type.notation)"]
    if column.name != column.header || table.staged.columns[column.index].header != column.header { parts.append("column: \(Self.quoted(column.header))") }
    if let format = table.staged.columns[column.index].format { parts.append("format: \(Self.quoted(format))") }
    if let unit = table.staged.columns[column.index].unit { parts.append("unit: \(unit)") }
    if column.type == .text, column.profile.isPadded { parts.append("trim: true") }
    parts.append("title: \(Self.local(column.title))")
    let role = column.role == .nothing ? "" : column.role.rawValue + ": "
    var text = "      # \(line(role + column.evidence.joined(separator: "; ")))\n"
    text += column.confirm.map { "      # confirm: \(line($0))\n" }.joined()
    return text + "      \(column.name): {\(parts.joined(separator: ", "))}\n"
  }

  // MARK: dimensions.yaml

  private var dimensions: String {
    if draft.dimensions.isEmpty { return "# No column to cut by was found.\n" }
    var text = "dimensions:\n" + draft.dimensions.map(dimension).joined()
    if !draft.hierarchies.isEmpty {
      text += "hierarchies:\n"
      for hierarchy in draft.hierarchies {
        text += comments(hierarchy.evidence, [], "  ")
        text += "  \(hierarchy.name): [\(hierarchy.levels.joined(separator: ", "))]\n"
      }
    }
    return text
  }

  private func dimension(_ dimension: DraftDimension) -> String {
    var text = comments(dimension.evidence, dimension.confirm, "  ")
    text += "  \(dimension.name):\n    title: \(Self.local(dimension.title))\n"
    if !dimension.synonyms.words.isEmpty { text += "    synonyms: \(Self.local(dimension.synonyms))\n" }
    if let flag = dimension.flag { text += "    flag: \(Self.quoted(flag))\n" }
    if dimension.columns.count == 1 { text += "    column: \(dimension.columns[0])\n" }
    if dimension.columns.count > 1 { text += "    column: [\(dimension.columns.joined(separator: ", "))]\n" }
    if dimension.kind != .category { text += "    kind: \(dimension.kind.rawValue)\n" }
    if !dimension.members.words.isEmpty { text += "    members: \(Self.local(dimension.members))\n" }
    if !dimension.suffixes.isEmpty { text += "    suffixes: \(Self.list(dimension.suffixes))\n" }
    if dimension.valuesNeedName { text += "    values_need_name: true\n" }
    if !dimension.values.isEmpty { text += "    values:\n" + dimension.values.map(value).joined() }
    if !dimension.groups.isEmpty {
      text += "    groups:\n" + dimension.groups.map { group in
        var parts = ["values: \(Self.list(group.values))"]
        for language in Language.allCases where !group.synonyms[language].isEmpty { parts.append("\(language.rawValue): \(Self.list(group.synonyms[language]))") }
        return "      \(Self.quoted(group.name)): {\(parts.joined(separator: ", "))}\n"
      }.joined()
    }
    return text
  }

  private func value(_ value: DraftDimension.Value) -> String {
    var parts: [String] = []
    if !value.title.isEmpty { parts.append("title: \(Self.local(value.title))") }
    for language in Language.allCases where !value.synonyms[language].isEmpty { parts.append("\(language.rawValue): \(Self.list(value.synonyms[language]))") }
    return "      \(Self.quoted(value.stored)): {\(parts.joined(separator: ", "))}\n"
  }

  // MARK: metrics.yaml

  private var metrics: String {
    draft.metrics.isEmpty ? "# Nothing to count or add up was found.\n" : "metrics:\n" + draft.metrics.map(metric).joined()
  }

  private func metric(_ metric: DraftMetric) -> String {
    var text = comments(metric.evidence, metric.confirm, "  ")
    text += "  \(metric.name):\n    title: \(Self.local(metric.title))\n"
    if !metric.synonyms.words.isEmpty { text += "    synonyms: \(Self.local(metric.synonyms))\n" }
    if !metric.counts.words.isEmpty { text += "    counts: \(Self.local(metric.counts))\n" }
    if !metric.verbs.words.isEmpty { text += "    verbs: \(Self.local(metric.verbs))\n" }
    if !metric.states.isEmpty {
      let words = Language.allCases.compactMap { language in
        metric.states[language].map { "\(language.rawValue): {" + $0.map { "\(Self.quoted($0.word)): \(Self.quoted($0.test))" }.joined(separator: ", ") + "}" }
      }
      text += "    states: {\(words.joined(separator: ", "))}\n"
    }
    text += "    formula: \(Self.quoted(metric.formula))\n"
    if let unit = metric.unit { text += "    unit: \(Self.quoted(unit))\n" } else { text += "    unit: \(metric.noun.isEmpty ? "\"\"" : Self.local(metric.noun))\n" }
    if let decimals = metric.decimals { text += "    decimals: \(decimals)\n" }
    text += "    direction: \(metric.direction)\n"
    if !metric.means.isEmpty { text += "    means: \(Self.local(metric.means))\n" }
    if let time = metric.time { text += "    time: \(time)\n" }
    return text + "    status: draft\n"
  }
}
