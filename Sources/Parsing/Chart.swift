import CivilTime
import Phrasebook
import SourceText

/// Bottom-up saturation of a lattice with rules; knows no language.
///
/// Phrases are worked off by their end, then from short to long, so that whatever a phrase is made of is there before it,
/// and the cheapest derivation of a meaning over a span comes first: a second one is dropped. One phrase stands for each
/// (category, span, meaning). Growth stops at `weights.edges` phrases or `weights.steps`
/// steps of rules, and `isComplete` says so: nothing may be answered from a chart that is not complete.
struct Chart {
  private(set) var phrases: [Phrase] = []
  private(set) var isComplete = true
  private let text: NormalisedText
  private let grammar: CompiledGrammar

  /// A rule that has matched up to here: its last phrase, and where the one before it stands among `partials`.
  private struct Partial {
    var rule: Int
    var state: Int
    var start: Int
    var cost: Int
    /// −1 at the first phrase.
    var before: Int
    var phrase: Int
    /// −1 for a word of the rule.
    var slot: Int
  }

  private struct Key: Hashable {
    var category: Int
    var start: Int
    var end: Int
    var meaning: Phrase.Meaning
  }

  /// What is asked of a rule each time it comes to its end, decoded once a chart.
  private struct Ending {
    var template: Rule.Template
    var name: String
  }

  private var partials: [Partial] = []
  /// By position and category, the partials that go on with it, and along which arc.
  private var waiting: [[Int: [(partial: Int, arc: Int)]]]
  private var agenda: [Agenda]
  private let reachable: ReachableCategories
  /// Where the phrase of each category, span and meaning stands.
  private var known: [Key: Int] = [:]
  private var endings: [Int: Ending] = [:]
  private var slotNames: [Int: String] = [:]
  /// How often a rule took a phrase; the measure of work.
  private var steps = 0

  init(_ lattice: Lattice, _ text: NormalisedText, _ grammar: CompiledGrammar) {
    self.text = text
    self.grammar = grammar
    waiting = Array(repeating: [:], count: text.scalars.count + 1)
    agenda = Array(repeating: Agenda(), count: text.scalars.count + 1)
    reachable = ReachableCategories(lattice, positions: text.scalars.count, grammar)
    for word in lattice.words { agenda[word.end].insert(word) }
    for end in agenda.indices where isComplete {
      while isComplete, let next = agenda[end].takeNext() { work(next) }
    }
  }

  /// The words that a phrase is made of in the end.
  func leaves(_ id: Int) -> [Int] {
    phrases[id].children.isEmpty ? [id] : phrases[id].children.flatMap(leaves)
  }

  /// A phrase and all it is made of.
  func parts(_ id: Int) -> [Int] { [id] + phrases[id].children.flatMap(parts) }

  private mutating func work(_ phrase: Phrase) {
    let key = Key(category: phrase.category ?? -1, start: phrase.start, end: phrase.end, meaning: phrase.meaning)
    if let first = known[key] {
      // Nothing is made of a phrase that yields clauses, so a cheaper derivation may still take its place.
      if phrase.category == nil, phrase.cost < phrases[first].cost { phrases[first] = phrase }
      return
    }
    guard phrases.count < grammar.weights.edges else {
      isComplete = false
      return
    }
    let id = phrases.count
    known[key] = id
    phrases.append(phrase)
    guard let category = phrase.category else { return }
    let position = text.skipSpace(phrase.end)
    for index in grammar.starts(on: category) {
      let (rule, arc) = grammar.start(index)
      let partial = Partial(rule: rule, state: arc.target, start: phrase.start, cost: phrase.cost, before: -1, phrase: id, slot: arc.slot)
      advance(partial, end: phrase.end, next: position)
    }
    for (before, index) in waiting[phrase.start][category] ?? [] {
      let (arc, earlier) = (grammar.arc(index), partials[before])
      let partial = Partial(
        rule: earlier.rule, state: arc.target, start: earlier.start, cost: earlier.cost + phrase.cost, before: before, phrase: id,
        slot: arc.slot)
      advance(partial, end: phrase.end, next: position)
    }
  }

  /// A rule has come this far: it may end here, and waits for what may follow and can come.
  private mutating func advance(_ partial: Partial, end: Int, next position: Int) {
    steps += 1
    if steps > grammar.weights.steps { isComplete = false }
    if grammar.isAccepting(partial.state, of: partial.rule) { complete(partial, end: end) }
    guard position < text.scalars.count else { return }
    var place = -1
    for index in grammar.arcs(leaving: partial.state, of: partial.rule) {
      let category = grammar.category(ofArc: index)
      guard reachable.contains(category, at: position) else { continue }
      if place < 0 {
        place = partials.count
        partials.append(partial)
      }
      waiting[position][category, default: []].append((place, index))
    }
  }

  private mutating func complete(_ partial: Partial, end: Int) {
    var (slots, children): ([String: [Term.Item]], [Int]) = ([:], [])
    var step = partial
    while true {
      children.append(step.phrase)
      if step.slot >= 0 {
        let name = slotName(step.slot)
        slots[name] = items(of: step.phrase) + (slots[name] ?? [])
      }
      guard step.before >= 0 else { break }
      step = partials[step.before]
    }
    children.reverse()
    let ending = ending(of: partial.rule)
    guard var meaning = TemplateFilling.fill(ending.template, slots) else { return }
    let category = grammar.category(of: partial.rule)
    if let category, grammar.quantities.contains(category), !TimeFilling.isQuantity(meaning) { return }
    if let category, grammar.times.contains(category) {
      guard let time = TimeFilling.canonical(meaning) else { return }
      meaning = time
    }
    agenda[end].insert(
      Phrase(
        category: category, start: partial.start, end: end, meaning: meaning,
        cost: partial.cost + grammar.cost(of: partial.rule), rule: partial.rule, name: ending.name, children: children))
  }

  private mutating func ending(of rule: Int) -> Ending {
    if let known = endings[rule] { return known }
    let ending = Ending(template: grammar.template(of: rule), name: grammar.name(of: rule))
    endings[rule] = ending
    return ending
  }

  private mutating func slotName(_ slot: Int) -> String {
    if let known = slotNames[slot] { return known }
    let name = grammar.slotName(slot)
    slotNames[slot] = name
    return name
  }

  private func items(of phrase: Int) -> [Term.Item] {
    if case .items(let items) = phrases[phrase].meaning { items } else { [] }
  }
}

/// Puts the meanings of slots into a rule's template.
///
/// A slot that is an item of its own takes all items of its meaning: `by {d}` of two dimensions is `by a, b`. A slot beside
/// other terms takes the terms of a single item; several items there have no meaning, and the rule does not apply.
enum TemplateFilling {
  private static let same = "same"
  private static let its = "its"
  private static let agreed = "agreed"
  private static let joined = "joined"
  private static let beside = "beside"
  private static let whereWord = Term.symbol("where")

  static func fill(_ template: Rule.Template, _ slots: [String: [Term.Item]]) -> Phrase.Meaning? {
    switch template {
    case .items(let items): return fill(items, slots).map { .items($0) }
    case .clauses(let clauses):
      var result: [Clause] = []
      for clause in clauses {
        guard let items = fill(clause.items, slots) else { return nil }
        if clause.keyword == beside { result += named(items) } else { result.append(Clause(clause.keyword, items)) }
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

  static func fill(_ items: [Term.Item], _ slots: [String: [Term.Item]]) -> [Term.Item]? {
    var result: [Term.Item] = []
    for item in items {
      if item.count == 1, case .slot(let name) = item[0] {
        result += slots[name] ?? []
        continue
      }
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
      guard let filled = fill(items, slots) else { return nil }
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
