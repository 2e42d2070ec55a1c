import CivilTime
import SourceText

/// `metrics:` → Metric
extension DictionaryReader {
  mutating func metrics(_ root: YAMLMapping) -> [Metric] {
    var result: [Metric] = []
    for entry in root.entries("metrics") where isName(entry, of: "a metric") { metric(entry).map { result.append($0) } }
    return result
  }

  private mutating func metric(_ entry: YAMLNode.Entry) -> Metric? {
    let node = YAMLMapping(entry.value, "a metric", report)
    source.note(node, as: .metric, entry.key)
    guard let current = version(node, by: entry, fallback: nil) else {
      skip(node)
      return nil
    }
    var metric = Metric(name: entry.key, versions: [current] + history(node, entry, current))
    metric.place = entry.keyPlace
    readWords(node, &metric)
    readNumbers(node, &metric)
    readGovernance(node, &metric)
    readUse(node, &metric)
    node.finish()
    return metric
  }

  /// A metric without a formula is reported once; its other keys are no defects.
  private mutating func skip(_ node: YAMLMapping) {
    var metric = Metric(name: "", versions: [MetricVersion(number: 0, formula: .number(0))])
    _ = node.list("history")
    readWords(node, &metric)
    readNumbers(node, &metric)
    readGovernance(node, &metric)
    readUse(node, &metric)
    node.finish()
  }

  // MARK: Versions

  private mutating func version(_ node: YAMLMapping, by entry: YAMLNode.Entry, fallback: Formula?) -> MetricVersion? {
    var formula = fallback
    let relation: NameUse.Relation = fallback == nil ? .formula : .history
    if let text = node.value("formula") {
      formula = formulaLanguage(text, by: entry.key, relation) { FormulaReader.formula($0, schema: $1) }
    } else if fallback == nil {
      _ = missing("formula", entry, "a metric")
    }
    let number = node.integer("version") ?? 1
    let validFrom = day(node, "valid_from")
    let (means, change) = (node.localText("means", language), node.localText("change", language))
    return formula.map { MetricVersion(number: number, validFrom: validFrom, formula: $0, meaning: means, change: change) }
  }

  private mutating func history(_ node: YAMLMapping, _ entry: YAMLNode.Entry, _ current: MetricVersion) -> [MetricVersion] {
    var versions: [MetricVersion] = []
    for member in node.list("history") {
      let older = YAMLMapping(member, "an older version", report)
      version(older, by: entry, fallback: versions.last?.formula ?? current.formula).map { versions.append($0) }
      if !older.has("version") { add("missing-key", member.place, "an older version without its number", "version") }
      older.finish()
    }
    return versions
  }

  private func day(_ node: YAMLMapping, _ key: String) -> Day? {
    guard let value = node.value(key), let text = report.text(value) else { return nil }
    if let day = Day(iso: text) { return day }
    report.wrongType(value, expected: "a day such as 2026-01-31", code: "bad-day")
    return nil
  }

  // MARK: Words

  private func readWords(_ node: YAMLMapping, _ metric: inout Metric) {
    metric.title = node.localText("title", language)
    if metric.title.isEmpty { metric.title = LocalText(metric.name, in: language) }
    metric.synonyms = node.localWords("synonyms", language)
    metric.asked = node.localWords("asked", language)
    metric.counts = node.localWords("counts", language)
    metric.verbs = node.localWords("verbs", language)
    metric.states = states(node)
    metric.meaning = metric.current.meaning
    metric.category = node.localText("category", language)
  }

  /// `{zh: {亏损: "< 0"}}`, or `{亏损: "< 0"}` in the dataset's language.
  private func states(_ node: YAMLMapping) -> [MetricState] {
    node.entries("states").flatMap { entry -> [MetricState] in
      guard case .mapping(let words) = entry.value.content else { return state(entry, language).map { [$0] } ?? [] }
      guard let language = report.language(entry) else { return [] }
      return words.compactMap { state($0, language) }
    }
  }

  private func state(_ entry: YAMLNode.Entry, _ language: Language) -> MetricState? {
    guard let text = report.text(entry.value) else { return nil }
    let sign = text.prefix { "<>=!".contains($0) }
    let rest = DictionaryReader.trimmed(text.dropFirst(sign.count))
    let number = rest.hasSuffix("%") ? Double(rest.dropLast()).map { $0 / 100 } : Double(rest)
    guard let comparator = Comparator(rawValue: String(sign)), let number else {
      report.wrongType(entry.value, expected: "a comparison with a number, such as \"< 0\"", code: "bad-state")
      return nil
    }
    return MetricState(word: entry.key, language: language, comparator: comparator, value: number)
  }

  // MARK: Numbers

  private func readNumbers(_ node: YAMLMapping, _ metric: inout Metric) {
    if let value = node.value("unit") { metric.unit = unit(value) ?? .plain }
    metric.decimals = node.integer("decimals")
    if let decimals = metric.decimals, !(0...10).contains(decimals) {
      add("bad-scale", node.place("decimals"), "\(decimals)", "a number of decimals from 0 to 10")
    }
    metric.direction = node.choice("direction") ?? .none
    metric.nulls = node.choice("nulls")
    metric.showsGaps = node.boolean("gaps") ?? false
    metric.overUnits = node.choice("over_units") ?? .last
  }

  private func unit(_ node: YAMLNode) -> MeasureUnit? {
    if case .mapping = node.content {
      // {zh: 天, en: days} is a duration under both its names.
      let noun = report.localText(node, language)
      let units = Set(noun.texts.values.map { MeasureUnit(keyword: $0) })
      return units.count == 1 ? units.first! ?? .count(noun) : .count(noun)
    }
    guard let text = report.text(node) else { return nil }
    if let unit = MeasureUnit(keyword: text) { return unit }
    let letters = text.unicodeScalars
    if letters.count == 3, letters.allSatisfy({ ("A"..."Z").contains($0) }) {
      report.wrongType(
        node, expected: "the ISO 4217 code of a currency",
        hint: .didYouMean(text, among: MeasureUnit.currencies.sorted()), code: "unknown-unit")
      return nil
    }
    return .count(LocalText(text, in: language))
  }

  /// A metric that declares no unit has that of its formula, as far as it tells one.
  mutating func deriveUnits() {
    let open = dictionary.metrics.indices.filter { !source.has("unit", in: .metric, dictionary.metrics[$0].name) }
    // As many rounds as metrics can stand on each other; circles are reported elsewhere.
    for _ in 0..<8 {
      let typing = MetricTyping(dictionary)
      var changed = false
      for index in open {
        guard case .known(let unit)? = try? typing.unit(of: dictionary.metrics[index].formula), !unit.isCount,
          unit != dictionary.metrics[index].unit
        else { continue }
        dictionary.metrics[index].unit = unit
        changed = true
      }
      if !changed { return }
    }
  }

  // MARK: Who answers for it, and how it is used

  private mutating func readGovernance(_ node: YAMLMapping, _ metric: inout Metric) {
    metric.owner = node.text("owner") ?? ""
    metric.department = node.text("department") ?? ""
    metric.level = node.choice("level")
    metric.sensitivity = node.choice("sensitivity") ?? .internal
    metric.status = node.choice("status") ?? .certified
    metric.certification = certification(node)
    if metric.status == .certified, let certified = metric.certification?.formula, certified != FormulaNotation.text(metric.formula) {
      metric.status = .draft
      metric.hasLostCertification = true
    }
    if let text = node.value("equals") {
      metric.equals = formulaLanguage(text, by: metric.name, .drivers) { FormulaReader.formula($0, schema: $1) }
    }
    metric.parent = names(node, "parent", .metric, by: metric.name, .parent).first
    metric.drivers = names(node, "drivers", .metric, by: metric.name, .drivers)
    metric.successor = names(node, "successor", .metric, by: metric.name, .successor).first
    metric.attainment = names(node, "attainment", .metric, by: metric.name, .attainment).first
  }

  /// A formula that can no longer be read is another than the one in force, and no defect.
  private mutating func certification(_ node: YAMLMapping) -> Certification? {
    guard let value = node.value("certified") else { return nil }
    let seal = YAMLMapping(value, "a certification", report)
    defer { seal.finish() }
    guard let text = seal.text("formula") else {
      add("missing-key", value.place, "a certification without what was certified", "formula: as it stood then")
      return nil
    }
    let formula = FormulaReader.formula(text, schema: dictionary.schema).value.map(FormulaNotation.text) ?? text
    return Certification(formula: formula, by: seal.text("by") ?? "", day: day(seal, "on"))
  }

  private mutating func readUse(_ node: YAMLMapping, _ metric: inout Metric) {
    if let time = node.value("time"), let text = report.text(time) { metric.time = ColumnPath(text) }
    let allowed = names(node, "dimensions", .dimension, by: metric.name, .dimensions)
    metric.allowedDimensions = node.has("dimensions") ? allowed : nil
    metric.requiredDimensions = names(node, "required", .dimension, by: metric.name, .required)
    metric.examples = node.list("examples").compactMap { example in
      report.text(example).map { AuthoredExample(text: $0, place: example.place) }
    }
  }
}
