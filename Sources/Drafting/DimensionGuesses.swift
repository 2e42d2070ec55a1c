import CivilTime
import Metrics
import SourceText
import Tables

/// Which columns questions can be cut by, what they are called, and what their values are called.
struct DimensionGuesses {
  let lexicon: DraftLexicon
  let schema: DraftSchema
  private(set) var dimensions: [DraftDimension] = []
  private(set) var leftOut: [String] = []
  private var names: Set<String> = []

  init(lexicon: DraftLexicon, schema: DraftSchema) {
    (self.lexicon, self.schema) = (lexicon, schema)
    // Words of the notation.
    names = Set(Grain.allCases.map(\.rawValue) + TimePart.allCases.map(\.rawValue) + ["and", "or", "not", "in", "is", "null", "over", "where", "within", "distinct", "by", "of"])
  }

  private struct Candidate {
    var table: DraftTable
    var column: DraftColumn
    var joins: [DraftJoin]
    /// As a dimension's `column:` names it.
    var path: String
    var rank: Int
  }

  /// - Throws: `DiagnosticsError`
  mutating func guess(_ claims: inout WordClaims) throws(DiagnosticsError) {
    var seen: Set<String> = []
    for candidate in try candidates() where seen.insert(candidate.path).inserted {
      if merged(candidate) { continue }
      add(candidate, &claims)
    }
    settleValues(claims)
  }

  // MARK: Candidates

  private func candidates() throws(DiagnosticsError) -> [Candidate] {
    var found: [Candidate] = []
    let facts = schema.tables.filter(\.isFact)
    for fact in facts {
      let ways = schema.ways(from: fact.name)
      for way in ways {
        guard let table = schema[way.table] else { continue }
        let rivals = ways.filter { $0.table == way.table }
        let roles = ways.filter { $0.joins.last?.role == way.joins.last?.role && $0.joins.count > 0 }
        let isPlain = way.joins.isEmpty || (rivals.count == 1 && way.joins.last!.role == way.table && roles.count == 1)
        for column in table.columns where isAskable(column, table, way.joins) {
          let path = isPlain ? "\(table.name).\(column.name)" : self.path(column, way, ways, fact)
          if let earlier = try twin(column, table, way.joins, fact) {
            _ = earlier
            continue
          }
          found.append(Candidate(table: table, column: column, joins: way.joins, path: path, rank: rank(column, table, way.joins, fact)))
        }
      }
    }
    return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
  }

  /// From the last role on the way that is there only once.
  private func path(_ column: DraftColumn, _ way: DraftSchema.Way, _ ways: [DraftSchema.Way], _ fact: DraftTable) -> String {
    let roles = way.joins.map(\.role)
    for start in roles.indices.reversed() {
      let isOne = ways.filter { $0.joins.last?.role == roles[start] }.count == 1
      if isOne, schema[roles[start]] == nil || way.joins[start].table == roles[start] { return (roles[start...] + [column.name]).joined(separator: ".") }
    }
    return ([fact.name] + roles + [column.name]).joined(separator: ".")
  }

  private func isAskable(_ column: DraftColumn, _ table: DraftTable, _ joins: [DraftJoin]) -> Bool {
    // The key a join leads to has the values of the column it comes from: one of them is enough.
    let leads = table.joins.first { $0.here == column.name }
    if let last = joins.last, last.there == column.name, column.role != .key || !last.isWhole { return false }
    if column.role == .key, leads?.isWhole == true { return false }
    if column.role == .flag, let event = column.concept?.event, lexicon.states[event] != nil { return false }
    switch column.role {
    case .category, .name: return !column.profile.isConstant || column.concept?.family == "geography"
    case .flag, .property, .score: return !column.profile.isConstant
    case .rate, .price, .costPrice: return !column.profile.isConstant && column.profile.distinct > 1
    case .key:
      guard let entity = column.entity, entity != "line" else { return column.entity == nil && !column.profile.isUnique && column.profile.distinct <= 500 }
      // Where the entity has a name, that is asked for.
      return !hasName(entity, table)
    case .time, .amount, .quantity, .stock, .code, .calendar, .long, .personal, .number, .nothing: return false
    }
  }

  private func hasName(_ entity: String, _ table: DraftTable) -> Bool {
    schema.ways(from: table.name).contains { way in
      schema[way.table]?.columns.contains {
        ($0.role == .name && $0.entity == entity) || ($0.role == .category && $0.concept?.name == entity && way.table != table.name)
          || ($0.role == .category && $0.concept?.name == entity)
      } ?? false
    }
  }

  /// The same column again behind a join: the state of a store and the state it joins to.
  private func twin(_ column: DraftColumn, _ table: DraftTable, _ joins: [DraftJoin], _ fact: DraftTable) throws(DiagnosticsError) -> String? {
    guard let last = joins.last else { return nil }
    let before = joins.dropLast().last?.table ?? fact.name
    guard let other = schema[before]?.columns.first(where: { $0.title == column.title && $0.role == column.role && $0.name != last.here }) else { return nil }
    let (a, b) = (schema.place(before, other.name), schema.place(table.name, column.name))
    let differing = try schema.number("SELECT count(*) \(schema.source(from: before, [last])) WHERE \(a) IS NOT \(b)")
    return differing == 0 ? other.name : nil
  }

  private func rank(_ column: DraftColumn, _ table: DraftTable, _ joins: [DraftJoin], _ fact: DraftTable) -> Int {
    var rank = 10 + joins.count * 2
    if let family = column.concept?.family, !family.isEmpty {
      let kin = schema.tables.filter { $0.name == table.name }.flatMap(\.columns).filter { $0.concept?.family == family }.count
      rank = kin > 1 || table.entity == column.concept?.name ? 0 : 6
    }
    switch column.role {
    case .name: rank += 1
    case .key: rank += 8
    case .flag: rank += 20
    case .property, .score, .rate, .price, .costPrice: rank += 40
    default: break
    }
    if column.reading.text.isCode { rank += 30 }
    if !column.reading.isExact { rank += 3 }
    if column.concept?.isCoded == true || column.concept?.isSide == true { rank += 5 }
    // The fact with most rows speaks first.
    if schema.tables.contains(where: { $0.isFact && $0.rows > fact.rows }) { rank += 1 }
    return rank
  }

  /// The same header in two tables of events, which nothing joins: one dimension over both.
  private mutating func merged(_ candidate: Candidate) -> Bool {
    guard candidate.joins.isEmpty, candidate.column.role == .category || candidate.column.role == .name || candidate.column.role == .key else { return false }
    guard let index = dimensions.firstIndex(where: { dimension in
      guard let table = schema[dimension.table], table.name != candidate.table.name, table.isFact, dimension.columns.first == "\(table.name).\(dimension.column)",
        let column = table.column(dimension.column) else { return false }
      return column.title == candidate.column.title && column.role == candidate.column.role && (column.type == .text) == (candidate.column.type == .text)
        && !schema.ways(from: table.name).contains { $0.table == candidate.table.name }
        && !schema.ways(from: candidate.table.name).contains { $0.table == table.name }
    }) else { return false }
    dimensions[index].columns.append(candidate.path)
    dimensions[index].evidence.append("also \(candidate.path), by its header")
    return true
  }

  // MARK: One dimension

  private mutating func add(_ candidate: Candidate, _ claims: inout WordClaims) {
    let column = candidate.column
    let entity = [.name, .key].contains(column.role) ? column.entity.flatMap(lexicon.entity) : nil
    let titles = Titles(lexicon: lexicon)
    var dimension = DraftDimension(name: "")
    (dimension.table, dimension.column, dimension.distinct) = (candidate.table.name, column.name, column.profile.distinct)
    dimension.columns = [candidate.path]
    dimension.evidence = column.evidence
    dimension.confirm = column.confirm
    (dimension.family, dimension.level) = (column.concept?.family ?? "", column.concept?.level ?? 0)
    if entity?.name == "store" { (dimension.family, dimension.level) = ("geography", 6) }
    dimension.kind = kind(column)
    if column.role == .flag, column.type == .integer, candidate.path == "\(candidate.table.name).\(column.name)" {
      (dimension.flag, dimension.kind, dimension.columns) = ("\(candidate.path) = 1", .flag, [])
    }

    let isEvent = entity?.kind == "event" || entity?.kind == "return"
    var title = column.title
    if let entity, column.role == .name || !isEvent { title = entity.title }
    if let entity, column.role == .name, !column.reading.isExact { title = titles.header(column); _ = entity }
    var base = isEvent ? (entity?.name ?? "") + "_number" : entity?.name ?? (column.reading.isExact ? column.concept?.name : nil) ?? Names.identifier(column.header)
    if column.reading.text.isCode { base = column.name }
    if let concept = column.concept, base == concept.name, column.title.texts[.english] != concept.title.texts[.english] { base = Names.identifier(column.header) }
    // Who has the words already, or whose words say too little, is named with its table.
    let first = candidate.joins.first.flatMap { schema[$0.table]?.title } ?? candidate.table.title
    let isTaken = title.texts.contains { !claims.isFree($0.value, for: "") } || names.contains(base.lowercased())
    var isQualified = false
    if isTaken || column.concept?.isGeneric == true {
      let own = titles.header(column)
      let isOwnFree = own != title && column.concept?.isGeneric != true && !own.texts.contains { !claims.isFree($0.value, for: "") }
      if isOwnFree {
        title = own
        base = Names.identifier(column.header)
      } else {
        let place = candidate.table.entity.flatMap(lexicon.entity)?.title ?? candidate.table.title
        let qualifier = candidate.joins.count > 0 && place == title ? first : place
        title = titles.fill(lexicon.naming["qualified"], ["qualifier": qualifier, "column": title])
        base = Names.identifier(candidate.table.name + "_" + base)
        isQualified = true
      }
    }
    dimension.name = Names.unused(base.lowercased(), &names)
    if !claims.claim(dimension.name, dimension.name) {
      dimension.name = Names.unused(dimension.name + "_of_" + candidate.table.name, &names)
      _ = claims.claim(dimension.name, dimension.name)
    }
    for (language, text) in title.texts where !claims.claim(text, dimension.name) { title.texts[language] = nil }
    if title.isEmpty {
      title = LocalText([.english: dimension.name])
    }
    dimension.title = title
    dimension.synonyms = synonyms(column, entity, title, dimension.name, &claims)
    if let entity, isEvent {
      dimension.members = LocalWords([.chinese: [entity.title[.chinese]], .english: [entity.title[.english]]])
    }
    dimension.suffixes = column.concept?.suffixes ?? []
    dimension.valuesNeedName = dimension.kind == .category && needsName(column, entity)
    if isQualified, let concept = column.concept, dimension.kind == .category,
      let plain = dimensions.first(where: { $0.name == concept.name }), let other = schema[plain.table]?.column(plain.column),
      !Set(other.profile.values.map(\.text)).isDisjoint(with: column.profile.values.map(\.text))
    {
      dimension.valuesNeedName = true
      dimension.confirm.append("\(plain.name) has the same values and is meant where only a value is named")
    }
    addValues(&dimension, column)
    dimensions.append(dimension)
  }

  private func kind(_ column: DraftColumn) -> DraftDimension.Kind {
    switch column.role {
    case .property, .score, .rate, .price, .costPrice: .number
    case .flag where column.type == .boolean: .flag
    default: .category
    }
  }

  private func synonyms(_ column: DraftColumn, _ entity: DraftLexicon.Entity?, _ title: LocalText, _ name: String, _ claims: inout WordClaims) -> LocalWords {
    let header = Titles(lexicon: lexicon).header(column)
    var words = LocalWords()
    for language in Language.allCases {
      var list: [String] = []
      if let text = header.texts[language], text != title.texts[language], !column.reading.text.isCode { list.append(text) }
      let isEvent = entity?.kind == "event" || entity?.kind == "return"
      if column.reading.isExact || column.reading.concept?.name != column.concept?.name {
        if let entity, !isEvent { list += [entity.title[language]] + (entity.words[language]) }
        if let text = column.title.texts[language] { list.append(text) }
        if let concept = column.concept, !concept.isGeneric { list += [concept.title[language]] + concept.words[language] }
      } else if let text = column.title.texts[language] {
        list.append(text)
      }
      words.words[language] = list.filter { $0 != title.texts[language] && $0.count > (language == .english ? 2 : 0) }
    }
    return claims.claimed(words, name, most: 10)
  }

  private func needsName(_ column: DraftColumn, _ entity: DraftLexicon.Entity?) -> Bool {
    if column.role == .key || column.isNumber || column.concept?.isCoded == true || column.reading.text.isCode { return true }
    if column.role == .flag { return true }
    if column.profile.averageLength < 2.5, column.profile.values.allSatisfy({ $0.text.allSatisfy(\.isASCII) }) { return true }
    return column.profile.distinct > 5_000 && entity == nil
  }

  private func addValues(_ dimension: inout DraftDimension, _ column: DraftColumn) {
    guard dimension.kind == .category, !column.isNumber, let concept = column.concept, let names = lexicon.aliases[concept.name] else { return }
    let stored = column.profile.values.map(\.text)
    let taken = Set(stored.map(DictionaryChecks.normalised))
    var used: Set<String> = taken
    for text in stored {
      let bare = ValueWords.bare(text, lexicon)
      guard let known = names[text] ?? names[bare] else { continue }
      var value = DraftDimension.Value(stored: text, title: known.title)
      for title in known.title.texts.values { used.insert(DictionaryChecks.normalised(title)) }
      for language in Language.allCases {
        let words = known.synonyms[language].filter { used.insert(DictionaryChecks.normalised($0)).inserted }
        if !words.isEmpty { value.synonyms.words[language] = words }
      }
      if !value.title.isEmpty, !dimension.confirm.contains(where: { $0.contains("same values") }) { dimension.valuesNeedName = false }
      if !value.title.isEmpty || !value.synonyms.words.isEmpty { dimension.values.append(value) }
    }
    for group in lexicon.groups[concept.name] ?? [] {
      let members = group.values.compactMap { wanted in stored.first { $0 == wanted || ValueWords.bare($0, lexicon) == wanted } }
      if members.count == group.values.count { dimension.groups.append((group.name, members, group.synonyms)) }
    }
  }

  /// Values that bear the name of something else need their dimension's name beside them.
  private mutating func settleValues(_ claims: WordClaims) {
    var owners: [String: Int] = [:]
    for index in dimensions.indices where dimensions[index].kind == .category && !dimensions[index].valuesNeedName {
      guard let column = schema[dimensions[index].table]?.column(dimensions[index].column) else { continue }
      var shared = 0
      let values = column.profile.values.map { DictionaryChecks.normalised($0.text) }
      for value in values {
        if claims.owner(of: value) != nil { shared += 2 }
        if let owner = owners[value], dimensions[owner].family.isEmpty || dimensions[owner].family != dimensions[index].family { shared += 1 }
      }
      if shared > 0, dimensions[index].family.isEmpty, shared * 20 >= values.count || shared >= 3 {
        dimensions[index].valuesNeedName = true
        dimensions[index].evidence.append("some values bear other names of the dictionary: asked for with the dimension's name")
      } else {
        for value in values where owners[value] == nil { owners[value] = index }
      }
    }
  }
}
