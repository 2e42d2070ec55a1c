import SourceText
import Warehouse

/// A dictionary that was guessed from data: what `wenshu draft` writes.
package struct Draft {
  var name: String
  var language: Language
  var currency: String
  var currencyEvidence: String
  /// `data: …` of CSV files, or `warehouse: {file: …}`.
  var dataFolder: String?
  var warehouseFile: String?
  var schema: DraftSchema
  var dimensions: [DraftDimension] = []
  var leftOut: [String] = []
  var hierarchies: [HierarchyGuesses.Hierarchy] = []
  var metrics: [DraftMetric] = []
  var fillers = LocalWords()
  /// What was not looked at, and what was sampled.
  package var notes: [String] = []

  /// Files that have to be loaded into a warehouse, since they cannot be read where they lie: with the name of the table in
  /// each, and of the draft's table it goes to.
  package var loads: [(path: String, name: String, table: String)] {
    guard needsLoading else { return [] }
    return schema.tables.flatMap { table in table.staged.parts.map { ($0.path, $0.table, table.name) } }
  }
  var needsLoading: Bool { schema.tables.contains { !$0.staged.loading.isEmpty } }

  package var tableCount: Int { schema.tables.count }
  package var dimensionCount: Int { dimensions.count }
  package var metricCount: Int { metrics.count }

  /// Guesses everything from what was staged.
  /// - Throws: `DiagnosticsError`
  static func guess(_ staging: Staging, lexicon: DraftLexicon, name: String) throws(DiagnosticsError) -> Draft {
    let reader = HeaderReader(lexicon)
    let profiler = Profiler(scratch: staging.scratch, reader: reader)
    var schema = DraftSchema(tables: [], scratch: staging.scratch)
    var names: Set<String> = []
    for staged in staging.tables {
      schema.tables.append(try profiler.table(staged, name: staged.file == nil ? staged.baseName : Names.unused(Names.identifier(staged.baseName), &names)))
    }
    let roles = RoleGuesses(lexicon: lexicon)
    let titles = Titles(lexicon: lexicon)
    for index in schema.tables.indices {
      roles.guess(&schema.tables[index])
      titles.assign(&schema.tables[index])
    }
    let joins = JoinGuesses(lexicon: lexicon)
    try joins.guessKeys(&schema)
    try joins.guessJoins(&schema)
    TableGuesses(lexicon: lexicon).guess(&schema)

    let language = language(of: schema)
    let (currency, evidence) = currency(of: schema, language)
    var draft = Draft(name: name, language: language, currency: currency, currencyEvidence: evidence, schema: schema)
    draft.notes = staging.notes
    var metrics = MetricGuesses(lexicon: lexicon, schema: schema, currency: currency, claims: WordClaims())
    try metrics.guess()
    var claims = metrics.claims
    var dimensions = DimensionGuesses(lexicon: lexicon, schema: schema)
    try dimensions.guess(&claims)
    draft.dimensions = dimensions.dimensions
    draft.addStates(metrics.states, lexicon, &claims)
    draft.metrics = metrics.metrics
    // A word that is a value here is not left out of questions.
    let values = Set(schema.tables.flatMap(\.columns).filter { $0.role == .category || $0.role == .name }.flatMap { $0.profile.values.map { $0.text.lowercased() } })
    for language in Language.allCases { draft.fillers.words[language] = lexicon.fillers[language].filter { !values.contains($0.lowercased()) && claims.owner(of: $0) == nil } }
    draft.hierarchies = try HierarchyGuesses(lexicon: lexicon, schema: schema).guess(draft.dimensions)
    return draft
  }

  /// That of most headers.
  private static func language(of schema: DraftSchema) -> Language {
    let headers = schema.tables.flatMap(\.columns).map(\.reading.text)
    let chinese = headers.filter(\.isChinese).count
    return chinese * 2 >= headers.count ? .chinese : .english
  }

  private static func currency(of schema: DraftSchema, _ language: Language) -> (String, String) {
    let codes: Set<String> = ["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "AUD", "CAD", "CHF", "INR", "KRW", "SGD"]
    for column in schema.tables.flatMap(\.columns) where column.concept?.name == "currency" && column.profile.distinct == 1 {
      let code = column.profile.values.first?.text.uppercased() ?? ""
      if codes.contains(code) { return (code, "\(column.header) is \(code) in every row") }
    }
    let signs = ["元": "CNY", "¥": "CNY", "￥": "CNY", "rmb": "CNY", "cny": "CNY", "美元": "USD", "欧元": "EUR", "$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP"]
    // What a database holds in 万元 stays so, and is no amount of yuan.
    if let column = schema.tables.filter({ $0.staged.file == nil }).flatMap(\.columns).first(where: { !$0.reading.text.magnitude.isEmpty }) {
      return ("", "confirm: \(column.header) is stored in \(column.reading.text.unit), so no amount is shown as money")
    }
    for column in schema.tables.flatMap(\.columns) {
      let text = column.reading.text
      if let code = signs[text.unit.lowercased()] ?? signs[String(text.unit.lowercased().dropFirst(text.magnitude.count))] {
        return (code, "\(column.header) says so")
      }
    }
    return language == .chinese ? ("CNY", "confirm: guessed from the language of the headers") : ("", "confirm: nothing tells the currency; write USD, EUR … as the unit of amounts")
  }

  private mutating func addStates(
    _ states: [(event: String, table: String, condition: String, evidence: String)], _ lexicon: DraftLexicon, _ claims: inout WordClaims
  ) {
    for state in states {
      guard let words = lexicon.states[state.event], !dimensions.contains(where: { $0.name == state.event + "_status" }) else { continue }
      var dimension = DraftDimension(name: state.event + "_status", kind: .flag, flag: state.condition)
      guard claims.claim(dimension.name, dimension.name) else { continue }
      for (language, text) in words.words.title.texts where claims.claim(text, dimension.name) { dimension.title.texts[language] = text }
      if dimension.title.isEmpty { continue }
      dimension.synonyms = claims.claimed(words.words.synonyms, dimension.name)
      dimension.values = [
        DraftDimension.Value(stored: "1", title: words.yes.title, synonyms: words.yes.synonyms),
        DraftDimension.Value(stored: "0", title: words.no.title, synonyms: words.no.synonyms),
      ]
      dimension.evidence = [state.evidence]
      dimension.confirm = ["what the two states are"]
      dimensions.append(dimension)
    }
  }
}
