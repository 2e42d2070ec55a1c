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

  /// A rule that has matched up to here.
  private struct Partial {
    var rule: Int
    var state: Int
    var start: Int
    var cost: Int
    var slots: [(slot: Int, phrase: Int)]
    var children: [Int]
  }

  private struct Key: Hashable {
    var category: Int
    var start: Int
    var end: Int
    var meaning: Phrase.Meaning
  }

  private var waiting: [[Int: [Partial]]]
  private var agenda: [[Phrase]]
  /// Where the phrase of each category, span and meaning stands.
  private var known: [Key: Int] = [:]
  private var templates: [Int: Rule.Template] = [:]
  /// How often a rule took a phrase; the measure of work.
  private var steps = 0

  init(_ lattice: Lattice, _ text: NormalisedText, _ grammar: CompiledGrammar) {
    self.text = text
    self.grammar = grammar
    waiting = Array(repeating: [:], count: text.scalars.count + 1)
    agenda = Array(repeating: [], count: text.scalars.count + 1)
    for word in lattice.words { agenda[word.end].append(word) }
    for end in agenda.indices where isComplete {
      while isComplete, let next = takeNext(at: end) { work(next) }
    }
  }

  /// The words that a phrase is made of in the end.
  func leaves(_ id: Int) -> [Int] {
    phrases[id].children.isEmpty ? [id] : phrases[id].children.flatMap(leaves)
  }

  /// A phrase and all it is made of.
  func parts(_ id: Int) -> [Int] { [id] + phrases[id].children.flatMap(parts) }

  /// The phrase ending here that starts last, the cheapest of those, the first of those.
  private mutating func takeNext(at end: Int) -> Phrase? {
    guard var best = agenda[end].indices.first else { return nil }
    for index in agenda[end].indices.dropFirst() {
      let (a, b) = (agenda[end][index], agenda[end][best])
      if (b.start, a.cost) < (a.start, b.cost) { best = index }
    }
    return agenda[end].remove(at: best)
  }

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
    known[key] = phrases.count
    phrases.append(phrase)
    guard let category = phrase.category else { return }
    let id = phrases.count - 1
    for (rule, arc) in grammar.starts(on: category) {
      advance(
        Partial(rule: rule, state: 0, start: phrase.start, cost: 0, slots: [], children: []), along: grammar.arc(arc), with: id)
    }
    for partial in waiting[phrase.start][category] ?? [] {
      for index in grammar.arcs(leaving: partial.state, of: partial.rule) {
        let arc = grammar.arc(index)
        if arc.category == category { advance(partial, along: arc, with: id) }
      }
    }
  }

  private mutating func advance(_ partial: Partial, along arc: CompiledGrammar.Arc, with id: Int) {
    steps += 1
    if steps > grammar.weights.steps { isComplete = false }
    let phrase = phrases[id]
    var next = partial
    next.state = arc.target
    next.cost += phrase.cost
    next.children.append(id)
    if arc.slot >= 0 { next.slots.append((arc.slot, id)) }
    if grammar.isAccepting(next.state, of: next.rule) { complete(next, end: phrase.end) }
    let position = text.skipSpace(phrase.end)
    guard position < text.scalars.count else { return }
    var seen: Set<Int> = []
    for index in grammar.arcs(leaving: next.state, of: next.rule) {
      let category = grammar.arc(index).category
      if seen.insert(category).inserted { waiting[position][category, default: []].append(next) }
    }
  }

  private mutating func complete(_ partial: Partial, end: Int) {
    let slots = Dictionary(
      partial.slots.map { (grammar.slotName($0.slot), items(of: $0.phrase)) }, uniquingKeysWith: { $0 + $1 })
    guard var meaning = TemplateFilling.fill(template(of: partial.rule), slots) else { return }
    let category = grammar.category(of: partial.rule)
    if let category, grammar.quantities.contains(category), !TimeFilling.isQuantity(meaning) { return }
    if let category, grammar.times.contains(category) {
      guard let time = TimeFilling.canonical(meaning) else { return }
      meaning = time
    }
    agenda[end].append(
      Phrase(
        category: category, start: partial.start, end: end, meaning: meaning,
        cost: partial.cost + grammar.cost(of: partial.rule), rule: partial.rule, name: grammar.name(of: partial.rule),
        children: partial.children))
  }

  /// Decoded once a chart: some rules come to their end many times.
  private mutating func template(of rule: Int) -> Rule.Template {
    if let known = templates[rule] { return known }
    let template = grammar.template(of: rule)
    templates[rule] = template
    return template
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
  private static let beside = "beside"

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
