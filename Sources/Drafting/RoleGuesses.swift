import Metrics
import SourceText

/// What each column of a table is for: by its header, its type, and what its values are.
struct RoleGuesses {
  let lexicon: DraftLexicon

  func guess(_ table: inout DraftTable) {
    for index in table.columns.indices { guess(&table.columns[index], table) }
    settleCosts(&table)
    settleDescriptions(&table)
  }

  /// Where products have a number and a description but no name, they are called by the description.
  private func settleDescriptions(_ table: inout DraftTable) {
    let hasProduct = table.columns.contains { ($0.role == .key && $0.entity == "product") || $0.concept?.name == "sku" }
    guard hasProduct, !table.columns.contains(where: { $0.role == .name && $0.entity == "product" }),
      let index = table.columns.firstIndex(where: { $0.role == .long && $0.concept?.name == "description" && $0.profile.averageLength <= 80 && $0.profile.distinct > 1 })
    else { return }
    (table.columns[index].role, table.columns[index].entity) = (.name, "product")
    table.columns[index].confirm.append("taken for the product's name, as there is no other")
  }

  private func guess(_ column: inout DraftColumn, _ table: DraftTable) {
    column.concept = column.reading.concept
    column.entity = column.reading.entity
    column.evidence.append(column.profile.text())
    if column.profile.distinct == 0 {
      column.evidence.append("no values at all")
      return
    }
    if column.isTime { return guessTime(&column) }
    if column.concept?.role == .personal {
      column.role = .personal
      return
    }
    switch column.reading.kind {
    case .key where column.entity != nil || column.profile.distinct > 1: return guessKey(&column, table)
    case .name: return guessName(&column, table)
    case .entity: return guessEntity(&column, table)
    case .concept, .key, .unknown: break
    }
    if column.isNumber { guessNumber(&column, table) } else { guessText(&column, table) }
  }

  // MARK: Days

  private func guessTime(_ column: inout DraftColumn) {
    column.role = .time
    if column.concept?.role != .time { column.concept = nil }
    if column.concept == nil { column.confirm.append("a date whose header says nothing of what happened then") }
  }

  // MARK: Keys and names

  private func guessKey(_ column: inout DraftColumn, _ table: DraftTable) {
    column.role = .key
    if case .decimal = column.type {
      column.role = .number
      column.entity = nil
    } else if column.type == .real {
      column.role = .number
      column.entity = nil
    } else if column.entity == nil {
      column.confirm.append("a number that tells something apart, never added up")
    }
  }

  private func guessName(_ column: inout DraftColumn, _ table: DraftTable) {
    if column.isNumber { return guessNumber(&column, table) }
    if column.entity == nil, column.reading.text.isChinese || column.reading.leftover.isEmpty == false { return guessText(&column, table) }
    // The company of a customer is the customer.
    if column.entity == "company", let owner = table.entity, lexicon.entity(owner)?.kind == "party" { column.entity = owner }
    column.role = .name
    if column.entity == nil { return guessText(&column, table) }
  }

  /// `customer`, 经理: the name if it is a text, the number if it is one.
  private func guessEntity(_ column: inout DraftColumn, _ table: DraftTable) {
    guard let entity = column.entity.flatMap(lexicon.entity) else { return }
    if column.isNumber {
      // A column called orders, in whole numbers that come again and again, is how many there were.
      if column.type == .integer, !column.profile.isUnique, column.reading.text.tokens.last == entity.plural.split(separator: " ").last.map(String.init),
        entity.plural != entity.title[.english]
      {
        column.role = .quantity
        column.confirm.append("taken for how many \(entity.plural) there were")
        return
      }
      if column.type == .integer, column.profile.distinct > 2 || entity.kind != "event" {
        column.role = .key
      } else {
        guessNumber(&column, table)
      }
      return
    }
    if isYesNo(column) {
      column.role = .flag
      return
    }
    if entity.kind == "event" || entity.kind == "return" {
      column.role = column.profile.isUnique ? .key : .category
    } else {
      column.role = .name
    }
    if !column.reading.isExact { column.confirm.append("read as the name of \(entity.title[.english])") }
  }

  // MARK: Numbers

  private func guessNumber(_ column: inout DraftColumn, _ table: DraftTable) {
    let profile = column.profile
    if column.reading.isFlag, profile.distinct <= 2 {
      column.role = .flag
      return
    }
    if let concept = column.concept {
      switch concept.role {
      case .amount: column.role = .amount
      case .quantity: column.role = .quantity
      case .stock: column.role = .stock
      case .price: column.role = .price
      case .costPrice: column.role = .costPrice
      case .rate: column.role = .rate
      case .score: column.role = .score
      case .property: column.role = .property
      case .code: column.role = .code
      case .calendar: column.role = .calendar
      case .flag: column.role = profile.distinct <= 2 ? .flag : .number
      case .category, .place:
        column.role = profile.distinct <= 200 && column.type == .integer ? .category : column.type == .integer ? .code : .number
        if concept.isCoded, column.type == .integer { column.role = .category }
      case .time:
        column.role = .code
        column.confirm.append("a date by its header, not by its values")
      case .long, .personal: column.role = .personal
      }
      if profile.isConstant, column.role == .category { column.evidence.append("the same in every row") }
      return
    }
    guessUnknownNumber(&column)
  }

  private func guessUnknownNumber(_ column: inout DraftColumn) {
    let profile = column.profile
    if profile.isConstant {
      column.role = .nothing
      column.evidence.append("the same in every row")
    } else if profile.distinct == 2, profile.least == 0, profile.most == 1, column.type == .integer {
      column.role = .flag
      column.confirm.append("only 0 and 1: taken for a yes or no")
    } else if column.type == .integer, profile.isUnique, profile.rows >= 50 || (profile.most ?? 0) - (profile.least ?? 0) < Double(profile.rows * 2) {
      column.role = .code
      column.confirm.append("a different whole number in every row: taken for a number that tells rows apart")
    } else if column.type == .integer, profile.distinct <= 12, profile.rows >= 60 {
      column.role = .category
      column.confirm.append("\(profile.distinct) whole numbers: taken for codes rather than amounts")
    } else {
      column.role = .number
      column.confirm.append("the header does not say whether to add or to average it")
    }
  }

  /// A cost where there are sales is their cost; in a list of things, that of one of them.
  private func settleCosts(_ table: inout DraftTable) {
    let hasTime = table.columns.contains { $0.role == .time && ($0.concept?.rank ?? 4) < 7 }
    let isList = !hasTime && ["goods", "group", "place", "party"].contains(table.entity.flatMap(lexicon.entity)?.kind ?? "")
    for index in table.columns.indices where isList && table.columns[index].role == .amount {
      table.columns[index].role = table.columns[index].concept?.name == "cost" ? .costPrice : .price
      table.columns[index].evidence.append("in a list of \(table.entity ?? "things"): for one of them")
    }
    let isLine = table.columns.contains { $0.role == .amount && ["sales", "order_total", "paid_amount"].contains($0.concept?.name ?? "") }
    let hasQuantity = table.columns.contains { $0.role == .quantity }
    let hasPrice = table.columns.contains { $0.role == .price }
    if !isLine, hasQuantity, hasPrice {
      for index in table.columns.indices where table.columns[index].concept?.name == "cost" && table.columns[index].role == .amount {
        table.columns[index].role = .costPrice
        table.columns[index].confirm.append("taken for the cost of one, as the price beside it is of one")
      }
    }
  }

  // MARK: Texts

  private func guessText(_ column: inout DraftColumn, _ table: DraftTable) {
    let profile = column.profile
    if let known = knownValues(column) {
      if column.concept?.name != known.name {
        column.evidence.append("its values are those of \(known.title[.english])")
        column.concept = known
      }
      column.role = .category
      return
    }
    if column.type == .boolean || isYesNo(column) {
      column.role = profile.isConstant && table.entity != "return" ? .nothing : .flag
      if profile.isConstant { column.evidence.append("the same in every row") }
      return
    }
    switch column.concept?.role {
    case .category, .score, .flag, .property, .rate: column.role = .category
    case .code:
      column.role = .code
      return
    case .calendar:
      column.role = .calendar
      return
    case .long: column.role = .long
    case .place: column.role = isNameable(profile) ? .category : .long
    case .personal: column.role = .personal
    case .time:
      column.role = .code
      column.confirm.append("a date by its header; its values are no ISO dates")
      return
    case .amount, .quantity, .price, .costPrice, .stock:
      column.role = .code
      column.confirm.append("a number by its header, but not all values are numbers")
      return
    case nil:
      column.role = profile.isUnique && profile.rows > 20 ? .code : isNameable(profile) ? .category : .long
      if column.role == .category, column.reading.text.isCode { column.confirm.append("what this column is cannot be told from its header") }
    }
    if profile.isConstant, column.role == .category { column.evidence.append("the same in every row") }
  }

  /// Few enough or short enough values to be asked for by name.
  private func isNameable(_ profile: ColumnProfile) -> Bool {
    if profile.averageLength > 120 { return false }
    return profile.distinct <= 50 || (profile.distinct * 3 <= profile.rows && profile.averageLength <= 60)
  }

  private func isYesNo(_ column: DraftColumn) -> Bool {
    let values = column.profile.values.map { $0.text.lowercased() }
    guard !values.isEmpty, column.profile.distinct <= 2 else { return false }
    return values.allSatisfy { lexicon.yes.contains($0) || lexicon.no.contains($0) } && (values.count == 2 || lexicon.yes.contains(values[0]))
  }

  /// The kind of value most of the column's are, if a list has them.
  private func knownValues(_ column: DraftColumn) -> DraftLexicon.Concept? {
    let values = column.profile.values.map(\.text)
    guard values.count >= 2, column.profile.distinct <= 400 else { return nil }
    // A column that says it is something else (brand, product name) is that.
    if let concept = column.concept, concept.role == .category, concept.family != "geography", lexicon.lists[concept.name] == nil { return nil }
    var best: (concept: DraftLexicon.Concept, share: Double)?
    for (name, list) in lexicon.lists.sorted(by: { $0.key < $1.key }) {
      guard let concept = lexicon.concept(name) else { continue }
      let found = values.filter { list[$0] != nil || list[bare($0)] != nil }.count
      let share = Double(found) / Double(values.count)
      guard share >= 0.8, found >= (column.concept?.name == name ? 1 : 3) || (name == "gender" && found >= 2 && column.concept?.name == name) else { continue }
      if share > (best?.share ?? 0) { best = (concept, share) }
    }
    return best?.concept
  }

  private func bare(_ value: String) -> String { ValueWords.bare(value, lexicon) }
}

/// Other names of values.
enum ValueWords {
  /// 广西壮族自治区 is 广西.
  static func bare(_ value: String, _ lexicon: DraftLexicon) -> String {
    for suffix in lexicon.valueSuffixes where value.count > suffix.count + 1 && value.hasSuffix(suffix) { return String(value.dropLast(suffix.count)) }
    return value
  }
}
