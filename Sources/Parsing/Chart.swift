import CivilTime
import Phrasebook
import SourceText

/// Everything that words and rules make of a text: one phrase for each (category, span, meaning).
final class Chart {
  let phrases: [Phrase]
  /// Whether nothing was left out: nothing may be answered from a chart that is not complete.
  let isComplete: Bool

  init(_ lattice: Lattice, _ text: NormalisedText, _ grammar: CompiledGrammar) {
    let saturation = Saturation(lattice, text, grammar)
    (phrases, isComplete) = (saturation.phrases, saturation.isComplete)
  }

  /// The words that a phrase is made of in the end.
  func leaves(_ id: Int) -> [Int] {
    phrases[id].children.isEmpty ? [id] : phrases[id].children.flatMap(leaves)
  }

  /// A phrase and all it is made of.
  func parts(_ id: Int) -> [Int] { [id] + phrases[id].children.flatMap(parts) }
}

/// Bottom-up saturation of a lattice with rules; knows no language.
///
/// Phrases are worked off by their end, then from short to long, so that whatever a phrase is made of is there before it,
/// and the cheapest derivation of a meaning over a span comes first: a second one is dropped. One phrase stands for each
/// (category, span, meaning). Growth stops at `weights.edges` phrases or `weights.steps`
/// steps of rules, and `isComplete` says so: nothing may be answered from a chart that is not complete.
private struct Saturation {
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

  private var partials: [Partial] = []
  private var waiting: Waiting
  private var agenda: [Agenda]
  private let reachable: ReachableCategories
  private let lattice: Lattice
  /// Whether a free text is asked for by a phrase of such a category.
  private var isFreeText: [Bool]
  /// Where free texts have been added.
  private var freeTexts: Set<Int> = []
  /// The first phrase of each category and span; those of other meanings follow it in `siblings`.
  private var known: [UInt64: Int32] = [:]
  /// By phrase, the next one of its category and span; −1 behind the last.
  private var siblings: [Int32] = []
  /// Of rules that came to their end in this text.
  private var endings: [Int: CompiledGrammar.Ending] = [:]
  private var slotNames: [Int: String] = [:]
  /// How often a rule took a phrase; the measure of work.
  private var steps = 0

  init(_ lattice: Lattice, _ text: NormalisedText, _ grammar: CompiledGrammar) {
    self.text = text
    self.grammar = grammar
    waiting = Waiting(positions: text.scalars.count + 1, categories: grammar.categoryCount)
    agenda = Array(repeating: Agenda(), count: text.scalars.count + 1)
    self.lattice = lattice
    isFreeText = Array(repeating: false, count: grammar.categoryCount)
    for category in grammar.freeTextBeginnings { isFreeText[category] = true }
    reachable = ReachableCategories(lattice, positions: text.scalars.count, grammar)
    for word in lattice.words { agenda[word.end].insert(word) }
    for end in agenda.indices where isComplete {
      while isComplete, let next = agenda[end].takeNext() { work(next) }
    }
  }

  private mutating func work(_ phrase: Phrase) {
    // Few phrases share a category and span: comparing their meanings is cheaper than hashing every one.
    let key = UInt64((phrase.category ?? -1) + 1) << 40 | UInt64(phrase.start) << 20 | UInt64(phrase.end)
    var last: Int32 = -1
    if var other = known[key] {
      while other >= 0 {
        if phrases[Int(other)].meaning == phrase.meaning {
          // Nothing is made of a phrase that yields clauses, so a cheaper derivation may still take its place.
          if phrase.category == nil, phrase.cost < phrases[Int(other)].cost { phrases[Int(other)] = phrase }
          return
        }
        last = other
        other = siblings[Int(other)]
      }
    }
    guard phrases.count < grammar.weights.edges else {
      isComplete = false
      return
    }
    let id = phrases.count
    if last < 0 { known[key] = Int32(id) } else { siblings[Int(last)] = Int32(id) }
    siblings.append(-1)
    phrases.append(phrase)
    guard let category = phrase.category else { return }
    let position = text.skipSpace(phrase.end)
    func begun(_ start: Int) -> Partial {
      let (rule, arc) = grammar.start(start)
      return Partial(rule: rule, state: arc.target, start: phrase.start, cost: phrase.cost, before: -1, phrase: id, slot: arc.slot)
    }
    for index in grammar.wholes(of: category) { complete(begun(grammar.whole(index)), end: phrase.end) }
    if position < text.scalars.count {
      // Of thousands of rules that begin like this only those are touched whose second part can come.
      for index in grammar.nexts(of: category) {
        let (following, followers) = grammar.next(index)
        guard reachable.contains(following, at: position) else { continue }
        for index in followers {
          let (start, arc) = grammar.follower(index)
          partials.append(begun(start))
          wait(partials.count - 1, along: arc, at: position, following)
        }
        steps += followers.count
      }
      if steps > grammar.weights.steps { isComplete = false }
    }
    var next = waiting.first(at: phrase.start, category)
    while next >= 0 {
      let wait = waiting[next]
      let (arc, earlier) = (grammar.arc(wait.arc), partials[wait.partial])
      let partial = Partial(
        rule: earlier.rule, state: arc.target, start: earlier.start, cost: earlier.cost + phrase.cost, before: wait.partial,
        phrase: id, slot: arc.slot)
      advance(partial, end: phrase.end, next: position)
      next = wait.next
    }
  }

  /// A rule has come this far: it may end here, and waits for what may follow and can come.
  private mutating func advance(_ partial: Partial, end: Int, next position: Int) {
    steps += 1
    if steps > grammar.weights.steps { isComplete = false }
    if grammar.isAccepting(partial.state) { complete(partial, end: end) }
    guard position < text.scalars.count else { return }
    var place = -1
    for index in grammar.arcs(leaving: partial.state) {
      let category = grammar.category(ofArc: index)
      guard reachable.contains(category, at: position) else { continue }
      if place < 0 {
        place = partials.count
        partials.append(partial)
      }
      wait(place, along: index, at: position, category)
    }
  }

  private mutating func wait(_ partial: Int, along arc: Int, at position: Int, _ category: Int) {
    waiting.add(partial, along: arc, at: position, category)
    // They end behind the phrase that is being worked off: those places come later.
    if isFreeText[category], freeTexts.insert(position).inserted {
      for word in lattice.freeTexts(from: position) { agenda[word.end].insert(word) }
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

  private mutating func ending(of rule: Int) -> CompiledGrammar.Ending {
    if let known = endings[rule] { return known }
    let ending = grammar.ending(of: rule)
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
