import CivilTime
import SourceText

/// Rules of tables and cleaning of columns.
extension DictionaryReader {
  /// Keys of a table that are read here.
  static let ruleKeys = ["rules", "fresh", "rows", "keep"]

  func readTableRules(_ root: YAMLMapping, _ schema: inout Schema) {
    guard case .mapping(let entries)? = root.value("tables")?.content else { return }
    for entry in entries {
      guard let index = schema.tables.firstIndex(where: { $0.name == entry.key }) else { continue }
      let node = YAMLMapping(entry.value, "a table", DiagnosticCollector())
      let table = schema.tables[index]
      var rules = TableRules()
      if let list = node.value("rules") {
        if case .sequence(let members) = list.content { rules.rules = members.compactMap { rule($0, of: table, schema) } } else {
          report.wrongType(list, expected: "a list of rules", hint: "- paid <= amount")
        }
      }
      rules.fresh = node.value("fresh").flatMap { fresh($0, of: table) }
      rules.usualRows = node.value("rows").flatMap { usualRows($0, of: table) }
      rules.kept = node.value("keep").flatMap { kept($0, of: table) }
      schema.tables[index].rules = rules
      // What must be there once is one of the table's other keys.
      for case .unique(let names) in rules.rules.filter({ !$0.isSoft }).map(\.kind) where !table.identifies(names) {
        schema.tables[index].unique.append(names)
      }
    }
  }

  // MARK: Rows

  /// `paid <= amount`, or `soft: paid <= amount`
  private func rule(_ node: YAMLNode, of table: Table, _ schema: Schema) -> TableRule? {
    var (source, isSoft) = (node, false)
    if case .mapping = node.content {
      let mapping = YAMLMapping(node, "a rule", report)
      defer { mapping.finish() }
      guard let soft = mapping.value("soft") else {
        report.wrongType(node, expected: "a rule such as paid <= amount, or soft: paid <= amount", code: "bad-rule")
        return nil
      }
      (source, isSoft) = (soft, true)
    }
    guard let text = report.text(source) else { return nil }
    let reading = FormulaReader.rule(text, of: table, schema: schema)
    for failure in reading.failures {
      add(failure.code, source.place(atOffset: failure.offset), failure.found, failure.expected, failure.hint)
    }
    guard let found = reading.value, reading.failures.isEmpty else { return nil }
    let rule = TableRule(found.kind, text: text, isSoft: isSoft, columns: found.columns, place: source.place)
    if !isSoft, let reason = rule.whyOnlySoft(table) {
      add("needs-soft", source.place, text, "soft: \(text)", reason)
      return nil
    }
    return rule
  }

  /// `2 days`, `1 week`
  private func fresh(_ node: YAMLNode, of table: Table) -> Int? {
    guard let text = report.text(node), needsTime(table, node, "fresh") else { return nil }
    let parts = text.split(separator: " ")
    let units = ["day": 1, "days": 1, "week": 7, "weeks": 7]
    if parts.count == 2, let count = Int(parts[0]), count >= 0, let unit = units[String(parts[1])] { return count * unit }
    report.wrongType(node, expected: "a number of days or weeks: 2 days", code: "bad-rule")
    return nil
  }

  private func usualRows(_ node: YAMLNode, of table: Table) -> UsualRows? {
    let mapping = YAMLMapping(node, "a number of rows", report)
    defer { mapping.finish() }
    let grain: Grain = mapping.choice("per") ?? .day
    let units = mapping.integer("of") ?? 28
    let ends = mapping.value("range").map { report.texts($0) } ?? []
    let (least, most) = (ends.first.flatMap(Self.part), ends.last.flatMap(Self.part))
    guard ends.count == 2, let least, let most, least < most else {
      report.wrongType(mapping.value("range") ?? node, expected: "the least and the most, as parts of the usual: range: [50%, 200%]", code: "bad-range")
      return nil
    }
    guard [.day, .week, .month].contains(grain), (3...366).contains(units) else {
      report.wrongType(node, expected: "per day, week or month, of 3 to 366 before it", code: "bad-rule")
      return nil
    }
    return needsTime(table, node, "rows") ? UsualRows(grain: grain, least: least, most: most, units: units) : nil
  }

  /// `50%`
  private static func part(_ text: String) -> Double? {
    guard text.hasSuffix("%"), let number = Double(text.dropLast()), number >= 0 else { return nil }
    return number / 100
  }

  private func needsTime(_ table: Table, _ node: YAMLNode, _ key: String) -> Bool {
    if table.time != nil { return true }
    add("rule-without-time", node.place, "\(key) of \(table.name), which has no time", "time: and a column")
    return false
  }

  /// `newest by updated_at`, `last`, `first`
  private func kept(_ node: YAMLNode, of table: Table) -> KeptRow? {
    guard let text = report.text(node) else { return nil }
    if table.key.isEmpty {
      add("keep-without-key", node.place, "keep in \(table.name), which declares no key", "key: and the columns that identify a row")
      return nil
    }
    let parts = text.split(separator: " ").map(String.init)
    if parts == ["last"] { return .last }
    if parts == ["first"] { return nil }
    guard parts.count == 3, parts[0] == "newest", parts[1] == "by" else {
      report.wrongType(node, expected: "newest by a column, last or first", code: "bad-rule")
      return nil
    }
    if table.column(parts[2]) == nil {
      add(
        "unknown-column", node.place(atOffset: text.unicodeScalars.count - parts[2].unicodeScalars.count), parts[2], "a column of \(table.name)",
        .didYouMean(parts[2], among: table.columns.map(\.name)))
      return nil
    }
    return .newest(by: parts[2])
  }

  // MARK: Cleaning

  func cleaning(_ node: YAMLMapping, _ type: ColumnType) -> ColumnCleaning {
    var cleaning = ColumnCleaning()
    cleaning.letterCase = node.choice("case")
    if let value = node.value("width") {
      if report.text(value) == "half" { cleaning.isHalfWidth = true } else { report.wrongType(value, expected: "half", code: "unknown-choice") }
    }
    for entry in node.entries("map") { if let text = report.text(entry.value) { cleaning.map[entry.key] = text } }
    if let value = node.value("unit"), let text = report.text(value) {
      cleaning.unit = ColumnCleaning.Unit(text)
      if cleaning.unit == nil { report.wrongType(value, expected: "千, 万, 百万, 亿, thousand, million, or a number: 万元, 0.01", code: "bad-unit") }
    }
    cleaning.fallback = node.text("default")
    if cleaning.unit != nil, !type.isNumeric || type == .boolean {
      add("bad-unit", node.place("unit"), "a unit for \(type.notation)", "a column of numbers")
    }
    if type != .text, cleaning.letterCase != nil || cleaning.isHalfWidth {
      add("bad-cleaning", node.place(cleaning.letterCase != nil ? "case" : "width"), "case or width for \(type.notation)", "a column of texts")
    }
    return cleaning
  }
}

extension TableRule {
  /// Why rows that break it cannot be set aside while they are loaded; empty if they can.
  fileprivate func whyOnlySoft(_ table: Table) -> String? {
    switch kind {
    case .agreement(_, let totals) where !totals.isEmpty: "rows of the other table may be loaded later, so it can only be counted"
    case .reference(_, let other, _) where other == table.name: "rows that refer to rows of their own table may come before them"
    default: nil
    }
  }
}
