import Phrasebook
import Questions
import SourceText

/// The meanings of words, templates and phrases by number, with what was found out about them.
///
/// One reading uses it at a time; a grammar keeps those that are idle, so that a word or a template is decoded once and not in every
/// question. It belongs to one grammar. Nothing in it depends on a question, and a full one is thrown away.
final class Meanings: @unchecked Sendable {
  /// Keeps those that are idle, and so outlives them.
  private unowned let grammar: CompiledGrammar
  private var store = MeaningStore(soMany: Resolver.soMany)
  /// By where it stands in the grammar's bytes, the meaning of a word and the text of a slot's name.
  private var words = NumberMap(), slots = NumberMap()
  private var templates: [Template]
  /// By meaning, the canonical time it is and whether it is an amount; −1 for no.
  private var times = NumberMap(), quantities = NumberMap()
  private var decoded: [Int32: Phrase.Meaning] = [:]

  /// A rule's template, made ready when the rule first comes to its end.
  private struct Template {
    /// Its number; `unread` before it was made ready, `rare` if `TemplateFilling` fills it.
    var number: Int32
    static let unread: Int32 = -1, rare: Int32 = -2
  }

  init(_ grammar: CompiledGrammar) {
    self.grammar = grammar
    templates = Array(repeating: Template(number: Template.unread), count: grammar.ruleCount)
  }

  /// Whether so much was kept that it is better to begin anew.
  var isFull: Bool { store.count > 100_000 }

  // MARK: Words

  /// The meaning of a word of the vocabulary, by its record.
  func word(_ record: Int) -> Int32 {
    let place = grammar.meaningPlace(ofWord: record)
    let known = words[UInt64(place)]
    if known != NumberMap.missing { return known }
    let number = store.number(of: grammar.meaning(at: place))
    words[UInt64(place)] = number
    return number
  }

  func number(_ value: Double) -> Int32 {
    let term = store.number(of: value)
    return store.items(of: term)
  }

  /// No items.
  var empty: Int32 { store.emptyItems }

  func items(_ items: [Term.Item]) -> Int32 { store.number(of: items) }

  /// The meaning in the notation.
  func meaning(_ number: Int32) -> Phrase.Meaning {
    if let known = decoded[number] { return known }
    let meaning = store.meaning(number)
    decoded[number] = meaning
    return meaning
  }

  // MARK: Templates

  func beginFilling() { store.bindings.removeAll(keepingCapacity: true) }

  /// Puts a phrase into a slot, before those that were put there.
  func bind(_ slot: Int, _ meaning: Int32) {
    var name = slots[UInt64(slot)]
    if name == NumberMap.missing {
      name = store.number(of: grammar.slotName(slot))
      slots[UInt64(slot)] = name
    }
    store.bind(name, meaning)
  }

  /// What a rule makes of the slots; −1 where that is nothing.
  func filled(_ rule: Int) -> Int32 {
    var template = templates[rule].number
    if template == Template.unread { template = read(rule) }
    if template >= 0 { return store.fill(template) }
    guard let meaning = TemplateFilling.fill(grammar.template(of: rule), store.boundItems) else { return -1 }
    return number(of: meaning)
  }

  private func read(_ rule: Int) -> Int32 {
    let template = grammar.template(of: rule)
    let number: Int32 =
      if TemplateFilling.isRare(template) {
        Template.rare
      } else {
        switch template {
        case .items(let items): store.number(of: items)
        case .clauses(let clauses): store.number(of: clauses)
        }
      }
    templates[rule].number = number
    return number
  }

  private func number(of meaning: Phrase.Meaning) -> Int32 {
    switch meaning {
    case .items(let items): store.number(of: items)
    case .clauses(let clauses): store.number(of: clauses)
    }
  }

  // MARK: Times and amounts

  /// The canonical form of a time, −1 if it is none.
  func time(_ number: Int32) -> Int32 {
    let known = times[UInt64(number)]
    if known != NumberMap.missing { return known }
    let made = TimeFilling.canonical(store.meaning(number)).map { self.number(of: $0) } ?? -1
    times[UInt64(number)] = made
    return made
  }

  func isQuantity(_ number: Int32) -> Bool {
    let known = quantities[UInt64(number)]
    if known != NumberMap.missing { return known >= 0 }
    let isQuantity = TimeFilling.isQuantity(store.meaning(number))
    quantities[UInt64(number)] = isQuantity ? 0 : -1
    return isQuantity
  }
}
