import Metrics
import SourceText
import Warehouse

/// Keys of tables, and joins between them: by name, and by whether the values are really there.
struct JoinGuesses {
  let lexicon: DraftLexicon

  // MARK: Keys

  /// - Throws: `DiagnosticsError`
  func guessKeys(_ schema: inout DraftSchema) throws(DiagnosticsError) {
    for index in schema.tables.indices {
      schema.tables[index].key = key(of: schema.tables[index])
      if schema.tables[index].key == nil { schema.tables[index].keys = try CompositeKeys(joins: self, schema: schema).key(of: schema.tables[index]) }
    }
  }

  private func key(of table: DraftTable) -> String? {
    if table.staged.primaryKey.count == 1 {
      return table.columns.first { $0.header == table.staged.primaryKey[0] }?.name
    }
    let able = table.columns.filter { $0.profile.isUnique && rank($0, table) < 9 && table.rows > 0 }
    return able.min { (rank($0, table), $0.index) < (rank($1, table), $1.index) }?.name
  }

  private func rank(_ column: DraftColumn, _ table: DraftTable) -> Int {
    switch column.role {
    case .key where column.entity != nil && column.entity == table.entity: 0
    case .key where column.entity != nil: 1
    case .key: 2
    case .code where column.index == 0: 3
    case .category where column.concept?.isCoded == true: 4
    case .name, .category: column.index == 0 || table.columns.count <= 4 ? 5 : 7
    case .code: 8
    default: 9
    }
  }

  // MARK: Joins

  private struct Candidate {
    var join: DraftJoin
    var score: Int
    var isKey: Bool
  }

  /// - Throws: `DiagnosticsError`
  func guessJoins(_ schema: inout DraftSchema) throws(DiagnosticsError) {
    for index in schema.tables.indices {
      var found: [Candidate] = []
      for other in schema.tables where other.name != schema.tables[index].name {
        found += best(try candidates(from: schema.tables[index], to: other, schema))
      }
      let (table, tables) = (schema.tables[index], schema)
      found.removeAll { isAside($0, from: table, tables) }
      var joins = found.map(\.join)
      let composite = CompositeKeys(joins: self, schema: tables)
      for other in tables.tables where other.name != table.name && !joins.contains(where: { $0.table == other.name }) {
        if let join = try composite.join(from: table, to: other) { joins.append(join) }
      }
      schema.tables[index].joins = named(joins)
    }
    dropCircles(&schema)
    CompositeKeys.settle(&schema)
  }

  private func candidates(from table: DraftTable, to other: DraftTable, _ schema: DraftSchema) throws(DiagnosticsError) -> [Candidate] {
    var found: [Candidate] = []
    for here in table.columns where here.profile.distinct > 0 && !here.isTime {
      for there in other.columns where there.profile.isUnique && !there.isTime && isText(here) == isText(there) {
        let declared = table.staged.foreignKeys.contains { $0.here == here.header && $0.table.lowercased() == other.staged.origin.lowercased() }
        let score = declared ? 9 : score(here, there, table, other)
        guard score >= 2, [.key, .name, .category, .code].contains(there.role) || score == 9 else { continue }
        guard let evidence = try evidence(here, there, table, other, score, schema) else { continue }
        var join = DraftJoin(
          role: other.name, table: other.name, here: here.name, there: there.name,
          evidence: declared ? "declared in the database; " + evidence.text : evidence.text)
        join.isWhole = evidence.isWhole
        found.append(Candidate(join: join, score: score, isKey: there.name == other.key))
      }
    }
    return found
  }

  /// The number of an order leads to the orders, not to their payments and reviews, which have it too.
  private func isAside(_ candidate: Candidate, from table: DraftTable, _ schema: DraftSchema) -> Bool {
    guard candidate.score < 9, let entity = table.column(candidate.join.here)?.entity, let home = home(of: entity, schema) else { return false }
    return home != candidate.join.table && home != table.name
  }

  /// The table whose rows are the entities of a kind, if there is one.
  private func home(of entity: String, _ schema: DraftSchema) -> String? {
    let able = schema.tables.filter { table in
      table.columns.contains { $0.profile.isUnique && $0.entity == entity && ($0.role == .key || $0.role == .name) }
    }
    return (able.first { $0.entity == entity } ?? able.max { $0.rows < $1.rows })?.name
  }

  func isText(_ column: DraftColumn) -> Bool { column.type == .text }

  /// How much two headers speak of the same thing: 3 the same words or the same entity's number, 2 close to it, 0 not at all.
  func score(_ here: DraftColumn, _ there: DraftColumn, _ table: DraftTable, _ other: DraftTable) -> Int {
    guard [.key, .name, .category, .code].contains(here.role) else { return 0 }
    let (a, b) = (here.reading.text, there.reading.text)
    // A bare "id" is another one in every table.
    let isBare = here.reading.kind == .key && here.reading.leftover.isEmpty && (a.phrase == "id" || a.chinese == "id" || a.phrase == "key" || a.chinese == "编号" || a.phrase == "code")
    if isBare { return 0 }
    if !a.phrase.isEmpty, a.phrase == b.phrase { return 3 }
    if a.isChinese, a.chinese == b.chinese { return 3 }
    if here.role == .key, there.role == .key, let entity = here.entity, entity == there.entity { return 3 }
    if here.role == .key, there.role == .key, let entity = here.entity, entity == other.entity, there.entity == nil || there.reading.kind == .key { return 2 }
    if here.role == .name, there.role == .name, let entity = here.entity, entity == there.entity, other.entity == entity { return 2 }
    let (longer, shorter) = a.tokens.count >= b.tokens.count ? (a.tokens, b.tokens) : (b.tokens, a.tokens)
    if shorter.count >= 2, longer.suffix(shorter.count) == shorter[...] { return 2 }
    if a.isChinese, b.isChinese, min(a.chinese.count, b.chinese.count) >= 3, a.chinese.hasSuffix(b.chinese) || b.chinese.hasSuffix(a.chinese) { return 2 }
    return 0
  }

  /// The check by values, in words; nil if they are not there.
  private func evidence(
    _ here: DraftColumn, _ there: DraftColumn, _ table: DraftTable, _ other: DraftTable, _ score: Int, _ schema: DraftSchema
  ) throws(DiagnosticsError) -> (text: String, isWhole: Bool)? {
    let (a, b) = (schema.place(table.name, here.name), schema.place(other.name, there.name))
    let values = Double(here.profile.distinct)
    let known = try schema.number("SELECT count(*) FROM (SELECT DISTINCT \(a) v FROM \(table.stage) WHERE \(a) IS NOT NULL) WHERE v IN (SELECT \(b) FROM \(other.stage))")
    let share = known / max(1, values)
    let sample = table.staged.isWhole && other.staged.isWhole ? "" : " (in a sample)"
    let hereIsUnique = here.profile.isUnique
    if share >= 0.9 || (!other.staged.isWhole && known > 0 && score >= 3) {
      // One to one: from the part to the whole, and from what happened to what it is about.
      if hereIsUnique, there.profile.distinct < here.profile.distinct { return nil }
      if hereIsUnique, there.profile.distinct == here.profile.distinct, other.entity != there.entity || table.entity == here.entity { return nil }
      return ("\(Int(known)) of \(Int(values)) values are in \(other.name).\(there.name)\(sample)", known == values)
    }
    let back = known / Double(max(1, there.profile.distinct))
    if score >= 3, back >= 0.9, known >= 2, !hereIsUnique {
      return ("all of \(other.name) is here, for \(Int(known)) of \(Int(values)) values\(sample)", false)
    }
    return nil
  }

  /// Of joins to several columns of one table the one to its key; several columns to one key are several roles.
  private func best(_ candidates: [Candidate]) -> [Candidate] {
    guard let top = candidates.max(by: { ($0.score, $0.isKey ? 1 : 0) < ($1.score, $1.isKey ? 1 : 0) }) else { return [] }
    return candidates.filter { $0.join.there == top.join.there && ($0.join.here == top.join.here || $0.score >= 2) }
  }

  /// Roles for several joins to one table: the header without its ending.
  private func named(_ joins: [DraftJoin]) -> [DraftJoin] {
    var names: Set<String> = []
    return joins.map { join in
      var join = join
      if joins.filter({ $0.table == join.table }).count > 1 {
        let words = HeaderText.words(join.here)
        let stem = words.count > 1 ? words.dropLast().joined(separator: "_") : join.here
        join.role = Names.identifier(stem)
      }
      join.role = Names.unused(join.role, &names)
      return join
    }
  }

  /// Two tables that join each other: the join from the one with more rows stays.
  private func dropCircles(_ schema: inout DraftSchema) {
    for index in schema.tables.indices {
      let (table, tables) = (schema.tables[index], schema)
      schema.tables[index].joins.removeAll { join in
        guard let other = tables[join.table], other.joins.contains(where: { $0.table == table.name }) else { return false }
        return other.rows > table.rows || (other.rows == table.rows && other.name < table.name)
      }
    }
  }
}
