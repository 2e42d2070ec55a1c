import SourceText

/// What tables are about: events or lists, and the time of each.
struct TableGuesses {
  let lexicon: DraftLexicon

  func guess(_ schema: inout DraftSchema) {
    for index in schema.tables.indices {
      entity(&schema.tables[index])
      title(&schema.tables[index])
      schema.tables[index].time = time(of: &schema.tables[index])
    }
    let joined = Set(schema.tables.flatMap(\.joins).map(\.table))
    for index in schema.tables.indices {
      let table = schema.tables[index]
      let kind = table.entity.flatMap(lexicon.entity)?.kind ?? ""
      let measures = table.columns.contains { [.amount, .quantity, .number, .stock].contains($0.role) }
      let isEvent = kind == "event" || (kind == "return" && table.time != nil)
      schema.tables[index].isFact = schema.tables.count == 1 || !joined.contains(table.name) || (table.time != nil && (isEvent || measures))
        || (kind == "event" && measures)
    }
    borrowTimes(&schema)
  }

  /// A table whose name says nothing is about what its key tells apart.
  private func entity(_ table: inout DraftTable) {
    let key = table.key.flatMap { table.column($0) }?.entity
    let isEvent = key.flatMap(lexicon.entity)?.kind == "event" && table.columns.contains { $0.role == .time }
    // A file called shop with an order in every row is about orders.
    if let entity = table.entity, !isEvent || ["event", "return"].contains(lexicon.entity(entity)?.kind ?? "") { return }
    if let key { table.entity = key }
    if table.entity == nil, let order = table.columns.first(where: { $0.role == .key && $0.entity.flatMap(lexicon.entity)?.kind == "event" }) {
      table.entity = order.entity
    }
  }

  private func title(_ table: inout DraftTable) {
    let words = HeaderText.words(table.staged.baseName).filter { !$0.allSatisfy(\.isNumber) }
    let isChinese = table.staged.baseName.unicodeScalars.contains { $0.properties.isIdeographic }
    let entity = table.entity.flatMap(lexicon.entity)
    table.title = LocalText([.chinese: isChinese ? table.staged.baseName : entity?.title[.chinese] ?? table.name])
    table.title.texts[.english] = entity?.plural ?? (isChinese || words.isEmpty ? table.name : words.joined(separator: " "))
  }

  // MARK: Time

  private func time(of table: inout DraftTable) -> String? {
    let able = table.columns.filter { $0.role == .time && rank($0, table) < 9 }
    guard let best = able.min(by: { (rank($0, table), $0.index) < (rank($1, table), $1.index) }) else { return nil }
    if able.count > 1 {
      let others = able.filter { $0.name != best.name }.map(\.header).joined(separator: ", ")
      table.evidence.append("confirm: time is \(best.header); other dates: \(others)")
    }
    return best.name
  }

  /// Below 9 can be the time of a table.
  private func rank(_ column: DraftColumn, _ table: DraftTable) -> Int {
    var rank = column.concept?.rank ?? 4
    if rank >= 9 { return 9 }
    let kind = table.entity.flatMap(lexicon.entity)?.kind
    if kind == "return", column.concept?.event == "return" { rank = 1 }
    // A date that is mostly missing, or the same few days over and over, is no axis.
    if column.profile.nulls * 10 > column.profile.rows { rank += 1 }
    let widest = table.columns.filter { $0.role == .time }.map(\.profile.distinct).max() ?? 0
    if column.profile.distinct * 5 < widest, column.profile.distinct < 40 { rank += 4 }
    return min(rank, 8)
  }

  /// Lines have the time of the orders they join to.
  private func borrowTimes(_ schema: inout DraftSchema) {
    for index in schema.tables.indices where schema.tables[index].time == nil && schema.tables[index].isFact {
      let ways = schema.ways(from: schema.tables[index].name).dropFirst()
      guard let way = ways.first(where: { way in schema[way.table]?.time != nil && schema[way.table]!.isFact }) else { continue }
      schema.tables[index].time = ([schema.tables[index].name] + way.joins.map(\.role) + [schema[way.table]!.time!]).joined(separator: ".")
      schema.tables[index].evidence.append("no date of its own; that of \(way.table) it joins to")
    }
  }
}
