import Metrics
import SourceText

/// Which numbers questions can ask for: counts, sums, means, and the usual ratios where their parts exist.
struct MetricGuesses {
  let lexicon: DraftLexicon
  let schema: DraftSchema
  /// `CNY`, or empty where nothing tells.
  let currency: String
  var metrics: [DraftMetric] = []
  var claims: WordClaims
  /// Metrics by what ratios call them.
  var parts: [String: String] = [:]
  /// Yes-or-no dimensions that come of columns which are empty or zero until something happens.
  var states: [(event: String, table: String, condition: String, evidence: String)] = []
  private var names: Set<String> = ["and", "or", "not", "in", "is", "null", "over", "where", "within", "distinct", "by", "of"]

  init(lexicon: DraftLexicon, schema: DraftSchema, currency: String, claims: WordClaims) {
    (self.lexicon, self.schema, self.currency, self.claims) = (lexicon, schema, currency, claims)
  }

  var titles: Titles { Titles(lexicon: lexicon) }

  /// - Throws: `DiagnosticsError`
  mutating func guess() throws(DiagnosticsError) {
    let facts = schema.tables.filter(\.isFact).enumerated().sorted { (weight($0.element), $0.offset) < (weight($1.element), $1.offset) }.map(\.element)
    for fact in facts where kind(fact) != "return" { try measures(of: fact) }
    for fact in facts where kind(fact) == "return" { try measures(of: fact) }
    for table in schema.tables where !table.isFact { describe(table) }
    ratios()
  }

  func kind(_ table: DraftTable) -> String { table.entity.flatMap(lexicon.entity)?.kind ?? "" }

  /// Tables with money and many rows first.
  private func weight(_ table: DraftTable) -> Int {
    var weight = 0
    if !table.columns.contains(where: { $0.role == .amount || $0.role == .quantity }) { weight += 4 }
    if table.time == nil { weight += 2 }
    if schema.tables.contains(where: { $0.isFact && $0.rows > table.rows }) { weight += 1 }
    return weight
  }

  private mutating func measures(of fact: DraftTable) throws(DiagnosticsError) {
    counts(of: fact)
    if kind(fact) == "return" {
      returns(of: fact)
    } else {
      quantities(of: fact)
      try amounts(of: fact)
      payments(of: fact)
      refunds(of: fact)
      returned(of: fact)
    }
    entities(of: fact)
    try intervals(of: fact)
    describe(fact)
  }

  // MARK: Adding one

  /// Adds a metric unless its words are another's; gives its name.
  @discardableResult
  mutating func add(_ metric: DraftMetric, words: DraftLexicon.Words? = nil, part: String? = nil, header: DraftColumn? = nil) -> String? {
    var metric = metric
    if let words {
      if metric.title.isEmpty { metric.title = words.title }
      metric.synonyms = joined(metric.synonyms, words.synonyms)
      metric.counts = joined(metric.counts, words.counts)
      metric.verbs = joined(metric.verbs, words.verbs)
      metric.states = words.states
      metric.noun = words.unit.isEmpty ? metric.noun : words.unit
      metric.direction = words.direction
      if metric.means.isEmpty { metric.means = words.means }
    }
    if let part, parts[part] != nil { return nil }
    if let header {
      let own = titles.header(header)
      metric.synonyms = joined(own.texts.isEmpty || header.reading.text.isCode ? LocalWords() : LocalWords(own.texts.mapValues { [$0] }), metric.synonyms)
      // The words of their own files come first where they say it plainly.
      if header.reading.isExact, header.reading.qualifiers.isEmpty, let chinese = own.texts[.chinese], header.reading.text.isChinese,
        claims.isFree(chinese, for: "")
      {
        if let old = metric.title.texts[.chinese], old != chinese { metric.synonyms.words[.chinese, default: []].append(old) }
        metric.title.texts[.chinese] = chinese
      }
    }
    for (language, text) in metric.title.texts where !claims.isFree(text, for: "") { metric.title.texts[language] = nil }
    guard !metric.title.isEmpty else { return nil }
    metric.name = Names.unused(metric.name.lowercased(), &names)
    guard claims.claim(metric.name, metric.name) else { return nil }
    for text in metric.title.texts.values { _ = claims.claim(text, metric.name) }
    metric.synonyms = claims.claimed(metric.synonyms, metric.name)
    for language in Language.allCases { metric.synonyms.words[language]?.removeAll { $0 == metric.title.texts[language] } }
    if let part { parts[part] = metric.name }
    metrics.append(metric)
    return metric.name
  }

  func joined(_ a: LocalWords, _ b: LocalWords) -> LocalWords {
    var result = a
    for language in Language.allCases {
      let more = b[language].filter { !a[language].contains($0) }
      if !more.isEmpty { result.words[language] = a[language] + more }
    }
    return result
  }

  func means(_ pattern: String, _ title: LocalText) -> LocalText { titles.fill(lexicon.means[pattern], ["column": title]) }

  func money(_ metric: inout DraftMetric) {
    metric.unit = currency
    metric.decimals = 2
  }

  // MARK: Counts

  /// Orders, or whatever a row is.
  private mutating func counts(of fact: DraftTable) {
    let entity = fact.entity.flatMap(lexicon.entity)
    if let key = orderKey(of: fact), kind(fact) != "return" {
      // Lines of orders that have a table of their own are counted there.
      if fact.joins.contains(where: { $0.pairs.contains { $0.here == key.name } && $0.isWhole && schema[$0.table]?.isFact == true }) {
        var lines = DraftMetric(name: "order_lines", formula: "count(\(fact.name))")
        lines.means = means("rows", fact.title)
        if kind(fact) == "event", fact.entity == "line" || fact.entity == "order" { add(lines, words: lexicon.metrics["order_lines"], part: "order_lines") } else { rows(of: fact) }
        return
      }
      var metric = DraftMetric(name: "orders", formula: count(distinct: key, in: fact))
      metric.evidence = ["\(fact.name).\(key.name): \(key.profile.text(samples: 0))"]
      let isRow = isRow(key, of: fact)
      metric.means = isRow ? means("rows", fact.title) : means("distinct", key.title)
      if !isRow, fact.keys.contains(key.name) {
        metric.confirm.append("\(key.header) alone tells nothing apart: it comes again under another \(fact.keys.filter { $0 != key.name }.joined(separator: ", "))")
      }
      if !key.profile.isWhole { metric.confirm.append("counted by different numbers, since only a sample was looked at") }
      add(metric, words: lexicon.metrics["orders"], part: "orders")
      if !isRow {
        var lines = DraftMetric(name: "order_lines", formula: "count(\(fact.name))")
        lines.means = means("rows", fact.title)
        add(lines, words: lexicon.metrics["order_lines"], part: "order_lines")
      }
      return
    }
    var metric = DraftMetric(name: "", formula: "count(\(fact.name))")
    metric.means = means("rows", fact.title)
    if let entity, ["order", "sale"].contains(entity.name) {
      metric.name = "orders"
      metric.confirm.append("every row is counted as one, for want of a number that tells them apart")
      add(metric, words: lexicon.metrics["orders"], part: "orders")
      return
    }
    rows(of: fact)
  }

  /// How many rows there are, by what a row is.
  @discardableResult
  mutating func rows(of table: DraftTable) -> String? {
    let formula = "count(\(table.name))"
    if let known = metrics.first(where: { $0.formula == formula }) { return known.name }
    var metric = DraftMetric(name: table.name + "_rows", formula: formula)
    metric.means = means("rows", table.title)
    metric.noun = lexicon.naming["row"] ?? LocalText()
    if let entity = table.entity.flatMap(lexicon.entity) {
      let nouns = titles.nouns(entity)
      metric.name = entity.plural.replacing(" ", with: "_")
      metric.title = titles.fill(lexicon.naming["count"], nouns)
      metric.synonyms = titles.fill(lexicon.namingWords["count_synonyms"], nouns)
      metric.counts = LocalWords([.chinese: [entity.title[.chinese]], .english: [entity.title[.english]]])
      metric.noun = entity.unit
      if let name = add(metric) { return name }
      metric.counts = LocalWords()
    }
    let nouns = ["noun": table.title, "singular": table.title]
    metric.name = table.name + "_rows"
    metric.title = titles.fill(lexicon.naming["rows"], nouns)
    metric.synonyms = titles.fill(lexicon.namingWords["rows_synonyms"], nouns)
    return add(metric)
  }

  func orderKey(of fact: DraftTable) -> DraftColumn? {
    fact.columns.first { $0.role == .key && ["order", "sale"].contains($0.entity ?? "") && $0.reading.isExact }
      ?? fact.columns.first { $0.role == .key && ["order", "sale"].contains($0.entity ?? "") }
  }

  /// `count(t)` where every row has its own, else of different values.
  func count(distinct column: DraftColumn, in table: DraftTable, where condition: String = "") -> String {
    let tail = condition.isEmpty ? "" : " where \(condition)"
    return isRow(column, of: table) && column.profile.isWhole ? "count(\(table.name)\(tail))" : "count(distinct \(table.name).\(column.name)\(tail))"
  }

  /// Whether every row has its own: alone, or with other columns as a number of orders that begins anew in every shop.
  private func isRow(_ column: DraftColumn, of table: DraftTable) -> Bool {
    column.profile.isUnique || (table.keys.contains(column.name) && column.entity != nil && column.entity == table.entity)
  }

  /// Customers, products, stores: those that rows name.
  private mutating func entities(of fact: DraftTable) {
    for entity in lexicon.entities where ["party", "goods", "place"].contains(entity.kind) && !["region", "territory"].contains(entity.name) {
      guard let column = fact.columns.first(where: { $0.role == .key && $0.entity == entity.name })
        ?? fact.columns.first(where: { entity.name == "product" && $0.concept?.name == "sku" && $0.role == .category })
        ?? fact.columns.first(where: { $0.role == .name && $0.entity == entity.name && ($0.reading.isExact || $0.reading.kind == .concept) }),
        !column.profile.isConstant
      else { continue }
      let list = schema.tables.first { !$0.isFact && $0.entity == entity.name && $0.key != nil }
      let nouns = titles.nouns(entity)
      let plural = entity.plural.replacing(" ", with: "_")
      // A list of things says how many there are; of people, those count who did something.
      let isListed = list != nil && entity.kind != "party"
      if isListed, let list {
        var all = DraftMetric(name: plural, title: titles.fill(lexicon.naming["count"], nouns), formula: "count(\(list.name))")
        all.synonyms = titles.fill(lexicon.namingWords["count_synonyms"], nouns)
        (all.noun, all.direction, all.means) = (entity.unit, "none", means("rows", list.title))
        all.counts = LocalWords([.chinese: [entity.title[.chinese]], .english: [entity.title[.english]]])
        if metrics.first(where: { $0.formula == all.formula }) == nil { add(all) }
      }
      var metric = DraftMetric(name: isListed ? "active_" + plural : plural, formula: "count(distinct \(fact.name).\(column.name))")
      metric.title = titles.fill(lexicon.naming[isListed ? "active" : "count"], nouns)
      metric.synonyms = titles.fill(
        lexicon.namingWords[isListed ? (entity.kind == "goods" ? "active_goods_synonyms" : "active_synonyms") : "count_synonyms"], nouns)
      if !isListed { metric.counts = LocalWords([.chinese: [entity.title[.chinese]], .english: [entity.title[.english]]]) }
      metric.noun = entity.unit
      metric.direction = "up"
      metric.means = means("distinct", column.title)
      metric.evidence = ["\(fact.name).\(column.name): \(column.profile.distinct) values in \(column.profile.rows) rows"]
      if column.role == .name { metric.confirm.append("counted by name, for want of a number") }
      add(metric, words: isListed ? nil : lexicon.metrics[plural], part: plural)
      if list != nil, !isListed, let list {
        var all = DraftMetric(name: "all_" + plural, title: titles.fill(lexicon.naming["all"], nouns), formula: "count(\(list.name))")
        all.synonyms = titles.fill(lexicon.namingWords["all_synonyms"], nouns)
        (all.noun, all.means) = (entity.unit, means("rows", list.title))
        if metrics.first(where: { $0.formula == all.formula }) == nil { add(all) }
      }
    }
  }

  // MARK: Ratios

  private mutating func ratios() {
    parts["paying_base"] = parts["paid_orders"] ?? parts["orders"]
    if parts["paying_orders"] == nil { parts["paying_orders"] = parts["orders"] }
    for ratio in lexicon.ratios {
      let names = ratio.formula.split(separator: " ").map(String.init)
      guard names.count == 3, let above = parts[names[0]], let below = parts[names[2]], above != below else { continue }
      // Who sold and what was sold must be cut alike: both in tables of events.
      var metric = DraftMetric(name: ratio.name, formula: "\(above) \(names[1]) \(below)")
      if !ratio.without.isEmpty, parts[ratio.without] == nil { metric.synonyms = ratio.alone }
      switch ratio.unitKey {
      case "%": (metric.unit, metric.decimals) = ("%", nil)
      case "money": money(&metric)
      default: metric.decimals = 2
      }
      metric.confirm.append("the definition: \(metric.formula)")
      if let name = add(metric, words: ratio.words) { parts[ratio.name] = name }
    }
  }
}
