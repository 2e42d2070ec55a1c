import SourceText

extension DraftLexicon {
  static func readColumns(_ root: YAMLMapping, _ lexicon: inout DraftLexicon) {
    for entry in root.entries("abbreviations") { lexicon.abbreviations[entry.key] = root.report.text(entry.value) }
    for entry in root.entries("terms") { lexicon.terms[entry.key] = root.report.text(entry.value) }
    lexicon.noise = root.localWords("noise", .english)
    lexicon.keys = root.localWords("keys", .english)
    lexicon.names = root.localWords("names", .english)
    lexicon.flags = root.localWords("flags", .english)
    lexicon.entities = root.entries("entities").map { entity($0, root.report) }
    lexicon.concepts = root.entries("columns").compactMap { concept($0, root.report) }
    root.finish()
  }

  private static func entity(_ entry: YAMLNode.Entry, _ report: DiagnosticCollector) -> Entity {
    let node = YAMLMapping(entry.value, "an entity", report)
    defer { node.finish() }
    return Entity(
      name: entry.key, title: node.localText("title", .english), plural: node.text("plural") ?? entry.key + "s",
      words: node.localWords("words", .english), headers: node.localWords("headers", .english), unit: node.localText("unit", .english), kind: node.text("kind") ?? "")
  }

  private static func concept(_ entry: YAMLNode.Entry, _ report: DiagnosticCollector) -> Concept? {
    let node = YAMLMapping(entry.value, "a column", report)
    guard let role = node.choice("role", of: Concept.Role.self) else {
      report.add(Diagnostic(code: "missing-key", at: entry.keyPlace, found: "\(entry.key) without role", expected: "role in a column"))
      return nil
    }
    defer { node.finish() }
    var concept = Concept(
      name: entry.key, role: role, title: node.localText("title", .english), words: node.localWords("words", .english),
      headers: node.localWords("headers", .english), suffixes: node.localWords("suffixes", .chinese).all)
    concept.rank = node.integer("rank") ?? 5
    concept.event = node.text("event") ?? node.text("of") ?? ""
    concept.family = node.text("family") ?? ""
    concept.level = node.integer("level") ?? 0
    concept.isMoney = node.boolean("money") ?? false
    concept.isGeneric = node.boolean("generic") ?? false
    concept.isCoded = node.boolean("coded") ?? false
    concept.isSide = node.boolean("side") ?? false
    return concept
  }

  // MARK: Metrics

  static func readMetrics(_ root: YAMLMapping, _ lexicon: inout DraftLexicon) {
    let report = root.report
    lexicon.fillers = root.localWords("fillers", .english)
    if let node = root.value("main_amount") {
      let main = YAMLMapping(node, "the main amount", report)
      for language in Language.allCases { lexicon.mainAmount.words[language] = main.texts(language.rawValue) }
      lexicon.mainVerbs = main.localWords("verbs", .english)
      main.finish()
    }
    for entry in root.entries("means") { lexicon.means[entry.key] = report.localText(entry.value, .english) }
    for entry in root.entries("naming") {
      if entry.key.hasSuffix("_synonyms") {
        lexicon.namingWords[entry.key] = report.localWords(entry.value, .english)
      } else {
        lexicon.naming[entry.key] = report.localText(entry.value, .english)
      }
    }
    for entry in root.entries("metrics") { lexicon.metrics[entry.key] = words(YAMLMapping(entry.value, "a metric", report)) }
    for entry in root.entries("intervals") { lexicon.intervals[entry.key] = words(YAMLMapping(entry.value, "an interval", report)) }
    for entry in root.entries("ratios") { lexicon.ratios.append(ratio(entry, report)) }
    for entry in root.entries("states") { lexicon.states[entry.key] = state(entry, report) }
    root.finish()
  }

  private static func words(_ node: YAMLMapping, finish: Bool = true) -> Words {
    var words = Words()
    words.title = node.localText("title", .english)
    words.synonyms = node.localWords("synonyms", .english)
    words.counts = node.localWords("counts", .english)
    words.verbs = node.localWords("verbs", .english)
    for entry in node.entries("states") {
      guard let language = node.report.language(entry), case .mapping(let tests) = entry.value.content else { continue }
      words.states[language] = tests.compactMap { test in node.report.text(test.value).map { (test.key, $0) } }
    }
    if let unit = node.value("unit") {
      if case .scalar(let key, _) = unit.content { words.unitKey = key } else { words.unit = node.report.localText(unit, .english) }
    }
    words.direction = node.text("direction") ?? "none"
    words.means = node.localText("means", .english)
    if finish { node.finish() }
    return words
  }

  private static func ratio(_ entry: YAMLNode.Entry, _ report: DiagnosticCollector) -> Ratio {
    let node = YAMLMapping(entry.value, "a ratio", report)
    defer { node.finish() }
    var ratio = Ratio(name: entry.key, formula: node.text("formula") ?? "", words: words(node, finish: false), unitKey: "", without: "")
    if let unit = node.value("unit"), case .scalar(let text, _) = unit.content { ratio.unitKey = text }
    if let alone = node.value("alone") {
      let mapping = YAMLMapping(alone, "further words", report)
      ratio.without = mapping.text("without") ?? ""
      for language in Language.allCases { ratio.alone.words[language] = mapping.texts(language.rawValue) }
      mapping.finish()
    }
    return ratio
  }

  private static func state(_ entry: YAMLNode.Entry, _ report: DiagnosticCollector) -> State {
    let node = YAMLMapping(entry.value, "a state", report)
    defer { node.finish() }
    var state = State(words: words(node, finish: false))
    if let yes = node.value("yes") { state.yes = words(YAMLMapping(yes, "a value", report)) }
    if let no = node.value("no") { state.no = words(YAMLMapping(no, "a value", report)) }
    return state
  }

  // MARK: Values

  static func readValues(_ root: YAMLMapping, _ lexicon: inout DraftLexicon) {
    lexicon.valueSuffixes = root.texts("suffixes")
    lexicon.yes = Set(root.texts("yes"))
    lexicon.no = Set(root.texts("no"))
    for entry in root.entries("lists") { lexicon.lists[entry.key] = values(entry, root.report) }
    for entry in root.entries("aliases") { lexicon.aliases[entry.key] = values(entry, root.report) }
    for (name, list) in lexicon.lists { lexicon.aliases[name, default: [:]].merge(list) { $1 } }
    for entry in root.entries("groups") {
      guard case .mapping(let groups) = entry.value.content else { continue }
      lexicon.groups[entry.key] = groups.map { group in
        let node = YAMLMapping(group.value, "a group", root.report)
        defer { node.finish() }
        var words = LocalWords([.chinese: node.texts("synonyms") + node.texts("zh"), .english: node.texts("en")])
        words.words = words.words.filter { !$0.value.isEmpty }
        return (group.key, node.texts("values"), words)
      }
    }
    root.finish()
  }

  private static func values(_ entry: YAMLNode.Entry, _ report: DiagnosticCollector) -> [String: Value] {
    guard case .mapping(let entries) = entry.value.content else { return [:] }
    var values: [String: Value] = [:]
    for value in entries {
      let node = YAMLMapping(value.value, "a value", report)
      values[value.key] = Value(
        title: node.localText("title", .english),
        synonyms: LocalWords([.chinese: node.texts("synonyms") + node.texts("zh"), .english: node.texts("en")]))
      node.finish()
    }
    return values
  }
}
