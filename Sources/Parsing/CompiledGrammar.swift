import Phrasebook
import Snapshots
import SourceText
import Synchronization

/// The parts of a compiled grammar, in the order they stand in its bytes; in brackets the numbers of one record.
enum GrammarSection: Int, CaseIterable {
  /// As `Weights` stores them.
  case weights
  /// Names of categories by their number (text).
  case categories
  /// (name, cost, category or −1, template, file, line)
  case rules
  /// (first arc, whether the rule may end here), and one more for the end of the last.
  case states
  /// (category, slot or −1, state it leads to)
  case arcs
  /// (rule, arc) that leave a rule's start, by category.
  case startArcs
  /// By category, where its records of `wholes` begin; and one more for the end of the last.
  case wholeStarts
  /// Those of `startArcs` that end their rule at once.
  case wholes
  /// By category, where its records of `nexts` begin; and one more for the end of the last.
  case nextStarts
  /// (category that follows a phrase that begins a rule, where its records of `followers` begin), and one more for the end of the last.
  case nexts
  /// (one of `startArcs`, the arc that goes on from it)
  case followers
  /// By category, where its records of `corners` begin; and one more for the end of the last.
  case cornerStarts
  /// The categories of rules that a phrase of the category can begin, each once.
  case corners
  /// The open table of words: hashes of 64 bits, and the entries beside them.
  case hashes, places
  /// (first scalar, first word), and one more for the end of the last.
  case entries
  case scalars
  /// (category, cost, name, meaning)
  case words
  /// (scalar, length of the longest word that begins with it), by scalar.
  case longest
  /// Names that suggestions may offer (text).
  case suggestions
  /// Texts, templates and meanings.
  case bytes
}

/// The rules and words of all languages and of one dictionary, compiled: read where they lie, nothing built at start.
///
/// It is bytes made by `GrammarCompiler`, in memory or mapped from a file; a question touches the few words and rules it is made of.
package final class CompiledGrammar: Sendable {
  struct Arc {
    var category: Int
    /// Names the slot; −1 for a word of the rule.
    var slot: Int
    /// The state it leads to.
    var target: Int
  }

  /// What the grammar consists of, to be kept in a file.
  package let bytes: SnapshotBytes
  package let weights: Weights
  private let sections: [SnapshotView]
  // What a chart reads in its innermost loops, by name.
  private let rules, states, arcs, startArcs, wholeStarts, wholes, nextStarts, nexts, followers: SnapshotView
  private let texts: SnapshotBytes
  /// The categories that the engine itself fills or asks for, by name.
  private let known: [String: Int]
  let filler, mark, value, namedValue, metric, dimension, particle, freeText: Int
  /// The categories of times; what rules make of them is checked.
  let times: Set<Int>
  /// The categories of amounts; what rules make of them is checked too.
  let quantities: Set<Int>

  /// Compiles rules and words.
  package convenience init(_ rules: PhraseRules, _ vocabulary: Vocabulary) { self.init(GrammarCompiler.bytes(rules, vocabulary)) }

  /// Opens what was compiled before.
  package init(_ bytes: SnapshotBytes) {
    self.bytes = bytes
    let ranges = GrammarSection.allCases.map { section in
      let start = bytes.int32(section.rawValue * 8)
      return start..<(start + bytes.int32(section.rawValue * 8 + 4))
    }
    let sections = ranges.map(bytes.view)
    self.sections = sections
    rules = sections[GrammarSection.rules.rawValue]
    states = sections[GrammarSection.states.rawValue]
    arcs = sections[GrammarSection.arcs.rawValue]
    startArcs = sections[GrammarSection.startArcs.rawValue]
    wholeStarts = sections[GrammarSection.wholeStarts.rawValue]
    wholes = sections[GrammarSection.wholes.rawValue]
    nextStarts = sections[GrammarSection.nextStarts.rawValue]
    nexts = sections[GrammarSection.nexts.rawValue]
    followers = sections[GrammarSection.followers.rawValue]
    texts = bytes[ranges[GrammarSection.bytes.rawValue]]
    var reader = SnapshotReader(bytes[ranges[GrammarSection.weights.rawValue]])
    weights = reader.read()
    // Built-in categories were numbered first, in their order.
    let known = Dictionary(uniqueKeysWithValues: BuiltIn.all.enumerated().map { ($1, $0) })
    self.known = known
    filler = known[BuiltIn.filler]!
    mark = known[BuiltIn.mark]!
    value = known[BuiltIn.value]!
    namedValue = known[BuiltIn.namedValue]!
    metric = known[BuiltIn.metric]!
    dimension = known[BuiltIn.dimension]!
    particle = known[BuiltIn.particle]!
    freeText = known[BuiltIn.freeText]!
    quantities = [known[BuiltIn.quantity]!, known[BuiltIn.weakQuantity]!]
    times = Set([BuiltIn.time, BuiltIn.moment, BuiltIn.openEnd, BuiltIn.openStart, BuiltIn.weakTime].map { known[$0]! })
  }

  @inline(__always) private func number(_ section: GrammarSection, _ index: Int) -> Int {
    sections[section.rawValue].int32(index * 4)
  }

  private func stored<Value: Stored>(at place: Int) -> Value {
    var reader = SnapshotReader(texts, at: place)
    return reader.read()
  }

  // MARK: Categories

  /// The number of a category; nil if no rule and no word has it.
  package func category(_ name: String) -> Int? {
    known[name] ?? (BuiltIn.all.count..<categoryCount).first { categoryName($0) == name }
  }

  package var categoryCount: Int { sections[GrammarSection.categories.rawValue].count / 4 }
  package func categoryName(_ category: Int) -> String { stored(at: number(.categories, category)) }

  // MARK: Rules

  package var ruleCount: Int { rules.count / 24 }
  func name(of rule: Int) -> String { stored(at: rules.int32(rule * 24)) }
  func cost(of rule: Int) -> Int { rules.int32(rule * 24 + 4) }
  /// nil for rules that yield clauses.
  func category(of rule: Int) -> Int? {
    let category = rules.int32(rule * 24 + 8)
    return category < 0 ? nil : category
  }
  /// What is asked of a rule each time it comes to its end.
  struct Ending: Sendable {
    var template: Rule.Template
    var name: String
  }

  /// The endings of the rules that have been asked for, decoded once.
  private let endings = Mutex<[Int: Ending]>([:])

  func ending(of rule: Int) -> Ending {
    endings.withLock { known in
      if let ending = known[rule] { return ending }
      let ending = Ending(template: stored(at: rules.int32(rule * 24 + 12)), name: name(of: rule))
      known[rule] = ending
      return ending
    }
  }
  /// Where its wording stands.
  package func place(of rule: Int) -> SourcePlace {
    SourcePlace(file: stored(at: rules.int32(rule * 24 + 16)), line: rules.int32(rule * 24 + 20))
  }

  /// Whether a rule may end in this state of it.
  func isAccepting(_ state: Int) -> Bool { states.int32(state * 8 + 4) != 0 }

  /// The arcs that leave a state, by number.
  func arcs(leaving state: Int) -> Range<Int> { states.int32(state * 8)..<states.int32(state * 8 + 8) }

  func arc(_ index: Int) -> Arc {
    Arc(category: arcs.int32(index * 12), slot: arcs.int32(index * 12 + 4), target: arcs.int32(index * 12 + 8))
  }

  func category(ofArc index: Int) -> Int { arcs.int32(index * 12) }

  func slotName(_ slot: Int) -> String { stored(at: slot) }

  /// A rule, and the arc that it is begun with.
  func start(_ index: Int) -> (rule: Int, arc: Arc) { (startArcs.int32(index * 8), arc(startArcs.int32(index * 8 + 4))) }

  /// The places of the starts that a phrase of the category makes whole.
  func wholes(of category: Int) -> Range<Int> { wholeStarts.int32(category * 4)..<wholeStarts.int32(category * 4 + 4) }
  func whole(_ index: Int) -> Int { wholes.int32(index * 4) }

  /// The places of the categories that may follow a phrase that begins a rule.
  func nexts(of category: Int) -> Range<Int> { nextStarts.int32(category * 4)..<nextStarts.int32(category * 4 + 4) }
  /// A category that may follow, and the places of the rules that then go on.
  func next(_ index: Int) -> (category: Int, followers: Range<Int>) {
    (nexts.int32(index * 8), nexts.int32(index * 8 + 4)..<nexts.int32(index * 8 + 12))
  }
  /// The start of a rule, and the arc that goes on from it.
  func follower(_ index: Int) -> (start: Int, arc: Int) { (followers.int32(index * 8), followers.int32(index * 8 + 4)) }

  /// The categories of rules that a phrase of the category can begin, by number.
  func corners(of category: Int) -> Range<Int> { number(.cornerStarts, category)..<number(.cornerStarts, category + 1) }
  func corner(_ index: Int) -> Int { number(.corners, index) }

  /// The categories of what a free text can be the beginning of.
  var freeTextBeginnings: [Int] {
    var found = [freeText]
    var place = 0
    while place < found.count {
      for index in corners(of: found[place]) where !found.contains(corner(index)) { found.append(corner(index)) }
      place += 1
    }
    return found
  }

  // MARK: Words

  /// Calls `found` with the end and the readings of each word that starts at `start`, shortest first.
  func matches(in text: [Unicode.Scalar], from start: Int, _ found: (Int, [VocabularyWord]) -> Void) {
    let most = longest(text[start])
    var hash = WordHash.start
    var end = start
    while end < text.count, end - start < most {
      hash = WordHash.extended(hash, by: text[end].value)
      end += 1
      if let entry = entry(hash, text[start..<end]) { found(end, words(of: entry)) }
    }
  }

  /// Everything a word can be.
  func words(_ scalars: [Unicode.Scalar]) -> [VocabularyWord] {
    let hash = scalars.reduce(WordHash.start) { WordHash.extended($0, by: $1.value) }
    return entry(hash, scalars[...]).map(words(of:)) ?? []
  }

  /// Whether the word can be of a category.
  func has(_ scalar: Unicode.Scalar, _ category: Int) -> Bool {
    guard let entry = entry(WordHash.extended(WordHash.start, by: scalar.value), [scalar][...]) else { return false }
    return (number(.entries, entry * 2 + 1)..<number(.entries, entry * 2 + 3)).contains { number(.words, $0 * 4) == category }
  }

  /// How many different words there are; each has a number below.
  var entryCount: Int { sections[GrammarSection.entries.rawValue].count / 8 - 1 }

  func scalars(of entry: Int) -> [Unicode.Scalar] {
    (number(.entries, entry * 2)..<number(.entries, entry * 2 + 2)).map { Unicode.Scalar(UInt32(number(.scalars, $0)))! }
  }

  func words(of entry: Int) -> [VocabularyWord] {
    (number(.entries, entry * 2 + 1)..<number(.entries, entry * 2 + 3)).map { word in
      VocabularyWord(
        category: number(.words, word * 4), meaning: stored(at: number(.words, word * 4 + 3)),
        cost: number(.words, word * 4 + 1), name: stored(at: number(.words, word * 4 + 2)))
    }
  }

  /// Names that suggestions may offer.
  var suggestions: [String] {
    (0..<(sections[GrammarSection.suggestions.rawValue].count / 4)).map { stored(at: number(.suggestions, $0)) }
  }

  private func longest(_ scalar: Unicode.Scalar) -> Int {
    var (low, high) = (0, sections[GrammarSection.longest.rawValue].count / 8)
    while low < high {
      let middle = (low + high) / 2
      let found = number(.longest, middle * 2)
      if found == scalar.value { return number(.longest, middle * 2 + 1) }
      if found < scalar.value { low = middle + 1 } else { high = middle }
    }
    return 0
  }

  private func entry(_ hash: UInt64, _ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    let mask = sections[GrammarSection.places.rawValue].count / 4 - 1
    var place = WordHash.place(hash, mask: mask)
    while true {
      let entry = number(.places, place)
      if entry < 0 { return nil }
      if sections[GrammarSection.hashes.rawValue].uint64(place * 8) == hash, spells(entry, scalars) { return entry }
      place = (place + 1) & mask
    }
  }

  private func spells(_ entry: Int, _ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let first = number(.entries, entry * 2)
    guard number(.entries, entry * 2 + 2) - first == scalars.count else { return false }
    return scalars.enumerated().allSatisfy { number(.scalars, first + $0.offset) == $0.element.value }
  }
}
