import CivilTime
import Phrasebook
import Questions
import SourceText

/// Puts the meanings of slots into a rule's template.
///
/// A slot that is an item of its own takes all items of its meaning: `by {d}` of two dimensions is `by a, b`. A slot beside
/// other terms takes the terms of a single item; several items there have no meaning, and the rule does not apply.
enum TemplateFilling {
  static let same = "same"
  static let its = "its"
  static let agreed = "agreed"
  static let numbering = "numbering"
  static let joined = "joined"
  static let beside = "beside"
  private static let whereWord = Term.symbol("where")

  /// Whether a template holds a call that only this knows how to fill, not `MeaningStore`.
  static func isRare(_ template: Rule.Template) -> Bool {
    switch template {
    case .items(let items): isRare(items)
    case .clauses(let clauses): clauses.contains { isRare($0.items) }
    }
  }

  private static func isRare(_ items: [Term.Item]) -> Bool {
    items.joined().contains { term in
      guard case .call(let name, let inner) = term else { return false }
      return [its, agreed, numbering, joined].contains(name) || isRare(inner)
    }
  }

  static func fill(_ template: Rule.Template, _ slots: [String: [Term.Item]]) -> Phrase.Meaning? {
    switch template {
    case .items(let items): return fill(items, slots).map { .items($0) }
    case .clauses(let clauses):
      var result: [Clause] = []
      for clause in clauses {
        guard let items = fill(clause.items, slots) else { return nil }
        if clause.keyword == beside {
          result += named(items)
        } else if clause.keyword != Resolver.soMany || items.count == clause.items.count {
          // 华东的门店, without a number: no number was said.
          result.append(Clause(clause.keyword, items))
        }
      }
      return .clauses(result)
    }
  }

  /// `beside {x}` are the clauses that its items name: `during(month(-1)), where(member(city, 上海))`; none where nothing was said.
  private static func named(_ items: [Term.Item]) -> [Clause] {
    items.compactMap { item in
      guard item.count == 1, case .call(let keyword, let inner) = item[0] else { return nil }
      return Clause(keyword, inner)
    }
  }

  static func fill(_ items: [Term.Item], _ slots: [String: [Term.Item]], inCall: Bool = false) -> [Term.Item]? {
    var result: [Term.Item] = []
    for item in items {
      if item.count == 1, case .slot(let name) = item[0] {
        result += slots[name] ?? []
        continue
      }
      // `each(m, v > 0, where {c})` without conditions said: a clause of its own that is not there.
      if inCall, item.count == 2, item[0] == whereWord, case .slot(let name) = item[1], slots[name] == nil { continue }
      // `share where {c}` of several values: the first beside the word, the others as items of their own.
      if item.count == 2, item[0] == whereWord, case .slot(let name) = item[1], let all = slots[name], all.count > 1 {
        result += [[whereWord] + all[0]] + all.dropFirst()
        continue
      }
      if item.count == 1, case .call(joined, let inner) = item[0] {
        guard let values = fill(inner, slots) else { return nil }
        result += values + (areMixed(values) ? [[.call("mixed", [])]] : [])
        continue
      }
      if item.count == 1, case .call(numbering, let inner) = item[0] {
        // 消费者和公司两类客户: as many values as was said, of whatever the noun names.
        guard let filled = fill(inner, slots), case .number(Double(filled.count - 1))? = filled.first?.first else { return nil }
        result += filled.dropFirst()
        continue
      }
      if item.count == 1, case .call(agreed, let inner) = item[0] {
        guard let values = fill(inner, slots).flatMap(agreed) else { return nil }
        result += values
        continue
      }
      var filled: Term.Item = []
      for term in item {
        guard let terms = fill(term, slots) else { return nil }
        filled += terms
      }
      result.append(filled)
    }
    return result
  }

  private static func fill(_ term: Term, _ slots: [String: [Term.Item]]) -> [Term]? {
    switch term {
    case .slot(let name):
      guard let items = slots[name], items.count == 1 else { return nil }
      return items[0]
    case .call(let name, let items):
      guard let filled = fill(items, slots, inCall: true) else { return nil }
      // `same({a}, {b})` is a where both mean the same, and no meaning where they differ.
      if name == same { return filled.allSatisfy { $0 == filled.first } ? filled.first : nil }
      if name == its { return its(filled).map { [$0] } }
      return [.call(name, filled)]
    case .symbol, .number, .text: return [term]
    }
  }

  /// `joined({a}, {b})` are all of them, with `mixed()` behind them where the last two are values of different dimensions:
  /// members and online may be what holds both, or each by itself.
  private static func areMixed(_ items: [Term.Item]) -> Bool {
    let fields = items.suffix(2).map { item -> Term.Item? in
      if item.count == 1, case .call("member", let inner) = item[0] { inner.first } else { nil }
    }
    guard fields.count == 2, let a = fields[0], let b = fields[1], a != b else { return false }
    // Workdays and weekends are both days.
    return !(a + b).allSatisfy { TimePart(rawValue: $0.description) != nil }
  }

  /// `agreed({d}, {v}, {n})` are the values as they were named, and no meaning where one is of another dimension than the noun
  /// behind them, or where they are not as many as was said: 天猫、京东、抖音三个渠道.
  private static func agreed(_ items: [Term.Item]) -> [Term.Item]? {
    var values = Array(items.dropFirst())
    var count: Double?
    if case .number(let number)? = values.last?.first { (count, values) = (number, values.dropLast()) }
    guard case .call(_, let named)? = its(items.prefix(1) + values), !values.isEmpty else { return nil }
    return count == nil || count == Double(named.count - 1) ? values : nil
  }

  /// `its({d}, {v})` are values of the dimension named, `is(city, 上海, 北京)`, and no meaning where a value is of another
  /// dimension: 会员城市为上海 does not speak of stores. A text in quotes is a value of whatever it stands beside.
  private static func its(_ items: [Term.Item]) -> Term? {
    var values: [Term.Item] = []
    for item in items.dropFirst() {
      switch item.first {
      case .text?: values.append(item)
      case .call("member", let inner)? where inner.first == items.first: values += inner.dropFirst()
      default: return nil
      }
    }
    return .call("is", items.prefix(1) + values)
  }
}
