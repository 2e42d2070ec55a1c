import Snapshots

extension SnapshotView {
  /// A number of 32 bits. Reading outside the block stops the program.
  @inline(__always) fileprivate func int32(_ position: Int) -> Int {
    precondition(position >= 0 && position + 4 <= count, "a read outside of a snapshot")
    return Int(Int32(littleEndian: base.loadUnaligned(fromByteOffset: position, as: Int32.self)))
  }

  @inline(__always) fileprivate func uint64(_ position: Int) -> UInt64 {
    precondition(position >= 0 && position + 8 <= count, "a read outside of a snapshot")
    return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }
}

extension ReachableCategories {
  /// The number of a place and a category; −1 for a category that no phrase can have there.
  @inline(__always) fileprivate func number(of category: Int, at position: Int) -> Int {
    let place = position * rowLength + category >> 6
    let (word, bit) = (bits[place], UInt64(1) << UInt64(category & 63))
    return word & bit == 0 ? -1 : Int(before[place]) + (word & (bit - 1)).nonzeroBitCount
  }
}

/// Bottom-up saturation of a lattice with rules; knows no language.
///
/// Phrases are worked off by their end, then from short to long, so that whatever a phrase is made of is there before it,
/// and the cheapest derivation of a meaning over a span comes first: a second one is dropped. One phrase stands for each
/// (category, span, meaning). Growth stops at `weights.edges` phrases or `weights.steps`
/// steps of rules, and `isComplete` says so: nothing may be answered from a chart that is not complete.
struct Saturation {
  private(set) var phrases: [Phrase] = []
  private(set) var isComplete = true
  private(set) var family: [Int32] = []
  private let text: NormalisedText
  private let length: Int
  private let grammar: CompiledGrammar
  private let meanings: Meanings
  private let lattice: Lattice

  private var partials: [Partial] = []
  private var members: [Member] = []
  /// By place and category as `reachable` counts them, the first and last member that waits.
  private var waiting: [(first: Int32, last: Int32)]
  /// What the agenda holds, by number.
  private var pending: [Phrase]
  private var agenda = Agenda()
  private let reachable: ReachableCategories
  /// Whether free texts have been added at a place.
  private var freeTexts: [Bool]
  /// By place and category, the first phrase that ends where the last one did; those of other meanings follow it in `siblings`.
  private var known: [Int32]
  /// The same by place, for phrases that yield clauses.
  private var knownClauses: [Int32]
  /// By phrase, the next one of its category and span; −1 behind the last.
  private var siblings: [Int32] = []
  /// How often a rule took a phrase; the measure of work.
  private var steps = 0

  init(_ lattice: Lattice, _ text: NormalisedText, _ grammar: CompiledGrammar) {
    self.text = text
    self.grammar = grammar
    self.lattice = lattice
    length = text.scalars.count
    meanings = lattice.meanings
    freeTexts = Array(repeating: false, count: length + 1)
    reachable = ReachableCategories(lattice, positions: length, grammar)
    waiting = Array(repeating: (-1, -1), count: reachable.count)
    known = Array(repeating: -1, count: reachable.count)
    knownClauses = Array(repeating: -1, count: length + 1)
    pending = lattice.words
    for (number, word) in pending.enumerated() { agenda.insert(number, start: word.start, end: word.end, cost: word.cost) }
    phrases.reserveCapacity(256)
    siblings.reserveCapacity(256)
    partials.reserveCapacity(256)
    members.reserveCapacity(1024)
    family.reserveCapacity(256)
    while isComplete, let next = agenda.takeNext() { work(pending[next]) }
  }

  private mutating func add(_ phrase: Phrase) {
    agenda.insert(pending.count, start: phrase.start, end: phrase.end, cost: phrase.cost)
    pending.append(phrase)
  }

  private mutating func work(_ phrase: Phrase) {
    let category = phrase.category ?? -1
    let place = category < 0 ? phrase.start : reachable.number(of: category, at: phrase.start)
    var last: Int32 = -1
    var other = category < 0 ? knownClauses[place] : known[place]
    if other >= 0, phrases[Int(other)].end != phrase.end { other = -1 }
    while other >= 0 {
      if phrases[Int(other)].meaning == phrase.meaning {
        // Nothing is made of a phrase that yields clauses, so a cheaper derivation may still take its place.
        if category < 0, phrase.cost < phrases[Int(other)].cost { phrases[Int(other)] = phrase }
        return
      }
      last = other
      other = siblings[Int(other)]
    }
    guard phrases.count < grammar.weights.edges else {
      isComplete = false
      return
    }
    let id = Int32(phrases.count)
    if last >= 0 { siblings[Int(last)] = id } else if category < 0 { knownClauses[place] = id } else { known[place] = id }
    siblings.append(-1)
    phrases.append(phrase)
    guard category >= 0 else { return }
    let position = text.skipSpace(phrase.end)
    makeWholes(id, phrase, category)
    if position < length { begin(id, category, at: position) }
    var member = waiting[place].first
    while member >= 0 {
      let (partial, way) = (members[Int(member)].partial, Int(members[Int(member)].way))
      if partial >= 0 {
        advance(from: partial, along: way, by: id, phrase, next: position)
      } else {
        let range = grammar.nexts.int32(way * 8 + 4)..<grammar.nexts.int32(way * 8 + 12)
        for follower in range { follow(follower, from: ~partial, by: id, phrase, next: position) }
      }
      member = members[Int(member)].next
    }
  }

  /// The rules that consist of this phrase alone.
  private mutating func makeWholes(_ id: Int32, _ phrase: Phrase, _ category: Int) {
    let starts = grammar.wholeStarts
    for index in starts.int32(category * 4)..<starts.int32(category * 4 + 4) {
      complete(begun(grammar.wholes.int32(index * 4), id, phrase), end: phrase.end)
    }
  }

  /// The beginning of a rule with its first phrase.
  private func begun(_ start: Int, _ id: Int32, _ phrase: Phrase) -> Partial {
    let arc = grammar.startArcs.int32(start * 8 + 4)
    return Partial(
      rule: Int32(grammar.startArcs.int32(start * 8)), before: -1, phrase: id, slot: Int32(grammar.arcs.int32(arc * 12 + 4)), start: phrase.start,
      cost: phrase.cost)
  }

  /// The phrase waits for what goes on with the rules it begins, by their second part, where that can come at all.
  private mutating func begin(_ id: Int32, _ category: Int, at position: Int) {
    let first = grammar.nextStarts.int32(category * 4), row = grammar.nextRows.int32(category * 4)
    if row < 0 {
      for index in first..<grammar.nextStarts.int32(category * 4 + 4) {
        let following = grammar.nexts.int32(index * 8)
        let place = reachable.number(of: following, at: position)
        if place >= 0 { wait(id, index, at: position, place, following) }
      }
    } else {
      // Of hundreds of categories that may follow a few can come.
      let length = reachable.rowLength
      var index = first
      for word in 0..<length {
        let following = grammar.nextBits.uint64((row * length + word) * 8)
        var both = following & reachable.bits[position * length + word]
        while both != 0 {
          let below = (both & (~both + 1)) - 1
          let place = reachable.before[position * length + word] + Int32((reachable.bits[position * length + word] & below).nonzeroBitCount)
          wait(id, index + (following & below).nonzeroBitCount, at: position, Int(place), word * 64 + both.trailingZeroBitCount)
          both &= both - 1
        }
        index += following.nonzeroBitCount
      }
    }
    if steps > grammar.weights.steps { isComplete = false }
  }

  private mutating func wait(_ id: Int32, _ next: Int, at position: Int, _ place: Int, _ following: Int) {
    wait(Member(partial: ~id, way: Int32(next), next: -1), at: position, place, following)
    steps += grammar.nexts.int32(next * 8 + 12) - grammar.nexts.int32(next * 8 + 4)
  }

  /// A rule goes on from its first phrase to its second.
  private mutating func follow(_ follower: Int, from first: Int32, by id: Int32, _ phrase: Phrase, next position: Int) {
    steps += 1
    if steps > grammar.weights.steps { isComplete = false }
    let followers = grammar.followers, record = follower * 24
    let isAccepting = followers.int32(record + 16) != 0, following = followers.int32(record + 20)
    if !isAccepting {
      guard position < length, following != -1 else { return }
      if following >= 0, reachable.number(of: following, at: position) < 0 { return }
    }
    let state = followers.int32(record + 8)
    guard isAccepting || following >= 0 || canGoOn(from: state, at: position) else { return }
    let before = phrases[Int(first)]
    let beginning = Partial(
      rule: Int32(followers.int32(record)), before: -1, phrase: first, slot: Int32(followers.int32(record + 4)), start: before.start,
      cost: before.cost)
    partials.append(beginning)
    goOn(
      Partial(
        rule: beginning.rule, before: Int32(partials.count - 1), phrase: id, slot: Int32(followers.int32(record + 12)), start: before.start,
        cost: before.cost + phrase.cost),
      state, isAccepting, end: phrase.end, next: position)
  }

  private func canGoOn(from state: Int, at position: Int) -> Bool {
    for arc in grammar.states.int32(state * 8)..<grammar.states.int32(state * 8 + 8)
    where reachable.number(of: grammar.arcs.int32(arc * 12), at: position) >= 0 { return true }
    return false
  }

  /// A rule takes one phrase more.
  private mutating func advance(from earlier: Int32, along arc: Int, by id: Int32, _ phrase: Phrase, next position: Int) {
    let before = partials[Int(earlier)]
    let state = grammar.arcs.int32(arc * 12 + 8)
    steps += 1
    if steps > grammar.weights.steps { isComplete = false }
    goOn(
      Partial(
        rule: before.rule, before: earlier, phrase: id, slot: Int32(grammar.arcs.int32(arc * 12 + 4)), start: before.start,
        cost: before.cost + phrase.cost),
      state, grammar.states.int32(state * 8 + 4) != 0, end: phrase.end, next: position)
  }

  /// A rule has come this far: it may end here, and waits for what may follow and can come.
  private mutating func goOn(_ partial: Partial, _ state: Int, _ isAccepting: Bool, end: Int, next position: Int) {
    if isAccepting { complete(partial, end: end) }
    guard position < length else { return }
    var own: Int32 = -1
    for arc in grammar.states.int32(state * 8)..<grammar.states.int32(state * 8 + 8) {
      let category = grammar.arcs.int32(arc * 12)
      let place = reachable.number(of: category, at: position)
      guard place >= 0 else { continue }
      if own < 0 {
        own = Int32(partials.count)
        partials.append(partial)
      }
      wait(Member(partial: own, way: Int32(arc), next: -1), at: position, place, category)
    }
  }

  private mutating func wait(_ member: Member, at position: Int, _ place: Int, _ category: Int) {
    let number = Int32(members.count)
    members.append(member)
    let last = waiting[place].last
    if last < 0 { waiting[place].first = number } else { members[Int(last)].next = number }
    waiting[place].last = number
    // They end behind the phrase that is being worked off: those places come later.
    if grammar.kinds[category].contains(.freeText), !freeTexts[position] {
      freeTexts[position] = true
      for word in lattice.freeTexts(from: position) { add(word) }
    }
  }

  private mutating func complete(_ partial: Partial, end: Int) {
    meanings.beginFilling()
    var count: Int32 = 1
    var step = partial
    while true {
      if step.slot >= 0 { meanings.bind(Int(step.slot), phrases[Int(step.phrase)].meaning) }
      guard step.before >= 0 else { break }
      step = partials[Int(step.before)]
      count += 1
    }
    let rule = Int(partial.rule)
    var meaning = meanings.filled(rule)
    guard meaning >= 0 else { return }
    let category = grammar.rules.int32(rule * 24 + 8)
    if category >= 0 {
      let kinds = grammar.kinds[category]
      if kinds.contains(.quantity), !meanings.isQuantity(meaning) { return }
      if kinds.contains(.time) { meaning = meanings.time(meaning) }
      guard meaning >= 0 else { return }
    }
    let first = family.count
    step = partial
    for _ in 0..<count { family.append(-1) }
    for place in stride(from: first + Int(count) - 1, through: first, by: -1) {
      family[place] = step.phrase
      if place > first { step = partials[Int(step.before)] }
    }
    add(
      Phrase(
        category: category < 0 ? nil : category, start: partial.start, end: end, meaning: meaning,
        cost: partial.cost + grammar.rules.int32(rule * 24 + 4), rule: rule, firstChild: Int32(first), childCount: count))
  }
}
