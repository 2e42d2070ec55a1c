import Phrasebook
import Snapshots
import SourceText
import Synchronization

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
  /// (rule, slot of its first phrase, state behind the second, slot of the second, whether the rule may end there, what may come
  /// next: a category, −1 for nothing, −2 for several): all that is asked of the many that come to nothing.
  case followers
  /// By category, the row of `nextBits` that has its records of `nexts`; −1 where they are few.
  case nextRows
  /// Rows of a bit for each category, in words of 64.
  case nextBits
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
  // What a lattice and a chart read in their innermost loops, by name.
  let rules, states, arcs, startArcs, wholeStarts, wholes, nextStarts, nexts, nextRows, nextBits, followers, cornerStarts, corners: SnapshotView
  private let hashes, places, entries, scalars, words, longest: SnapshotView
  private let texts: SnapshotBytes
  /// The categories that the engine itself fills or asks for, by name.
  private let known: [String: Int]
  let filler, mark, value, namedValue, metric, dimension, particle, freeText: Int
  /// The categories of what a free text can be the beginning of.
  let freeTextBeginnings: [Int]
  /// What is asked of phrases, by category.
  let kinds: [CategoryKinds]

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
    nextRows = sections[GrammarSection.nextRows.rawValue]
    nextBits = sections[GrammarSection.nextBits.rawValue]
    cornerStarts = sections[GrammarSection.cornerStarts.rawValue]
    corners = sections[GrammarSection.corners.rawValue]
    hashes = sections[GrammarSection.hashes.rawValue]
    places = sections[GrammarSection.places.rawValue]
    entries = sections[GrammarSection.entries.rawValue]
    scalars = sections[GrammarSection.scalars.rawValue]
    words = sections[GrammarSection.words.rawValue]
    longest = sections[GrammarSection.longest.rawValue]
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
    freeTextBeginnings = Self.beginnings(of: freeText, cornerStarts, corners)
    let times = [BuiltIn.time, BuiltIn.moment, BuiltIn.openEnd, BuiltIn.openStart, BuiltIn.weakTime].map { known[$0]! }
    var kinds = Array(repeating: CategoryKinds(), count: sections[GrammarSection.categories.rawValue].count / 4)
    for category in times { kinds[category].insert(.time) }
    for category in [BuiltIn.quantity, BuiltIn.weakQuantity] { kinds[known[category]!].insert(.quantity) }
    for (name, category) in known where NameSpellings.isName(name) { kinds[category].insert(.name) }
    for category in freeTextBeginnings { kinds[category].insert(.freeText) }
    self.kinds = kinds
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
  /// What a rule makes of its slots; `Meanings` keeps it.
  func template(of rule: Int) -> Rule.Template { stored(at: rules.int32(rule * 24 + 12)) }

  /// Where its wording stands.
  package func place(of rule: Int) -> SourcePlace {
    SourcePlace(file: stored(at: rules.int32(rule * 24 + 16)), line: rules.int32(rule * 24 + 20))
  }

  func slotName(_ slot: Int) -> String { stored(at: slot) }

  private static func beginnings(of freeText: Int, _ cornerStarts: SnapshotView, _ corners: SnapshotView) -> [Int] {
    var found = [freeText]
    var place = 0
    while place < found.count {
      for index in cornerStarts.int32(found[place] * 4)..<cornerStarts.int32(found[place] * 4 + 4) {
        let corner = corners.int32(index * 4)
        if !found.contains(corner) { found.append(corner) }
      }
      place += 1
    }
    return found
  }

  // MARK: Words

  /// Calls `found` with the end and the records of each word that starts at `start`, shortest first.
  func matches(in text: [Unicode.Scalar], from start: Int, _ found: (Int, Range<Int>) -> Void) {
    let most = longest(text[start])
    var hash = WordHash.start
    var end = start
    while end < text.count, end - start < most {
      hash = WordHash.extended(hash, by: text[end].value)
      end += 1
      if let entry = entry(hash, text[start..<end]) { found(end, records(of: entry)) }
    }
  }

  func records(of entry: Int) -> Range<Int> { entries.int32(entry * 8 + 4)..<entries.int32(entry * 8 + 12) }

  // What a record says of its word.
  func category(ofWord record: Int) -> Int { words.int32(record * 16) }
  func cost(ofWord record: Int) -> Int { words.int32(record * 16 + 4) }
  func name(ofWord record: Int) -> String { stored(at: words.int32(record * 16 + 8)) }
  func meaningPlace(ofWord record: Int) -> Int { words.int32(record * 16 + 12) }
  func meaning(at place: Int) -> [Term.Item] { stored(at: place) }

  /// Everything a word can be.
  func words(_ scalars: [Unicode.Scalar]) -> [VocabularyWord] {
    let hash = scalars.reduce(WordHash.start) { WordHash.extended($0, by: $1.value) }
    return entry(hash, scalars[...]).map(words(of:)) ?? []
  }

  /// Whether the word can be of a category.
  func has(_ scalar: Unicode.Scalar, _ category: Int) -> Bool {
    guard let entry = entry(WordHash.extended(WordHash.start, by: scalar.value), [scalar][...]) else { return false }
    return records(of: entry).contains { self.category(ofWord: $0) == category }
  }

  /// How many different words there are; each has a number below.
  var entryCount: Int { sections[GrammarSection.entries.rawValue].count / 8 - 1 }

  func scalars(of entry: Int) -> [Unicode.Scalar] {
    (number(.entries, entry * 2)..<number(.entries, entry * 2 + 2)).map { Unicode.Scalar(UInt32(number(.scalars, $0)))! }
  }

  func words(of entry: Int) -> [VocabularyWord] {
    records(of: entry).map { record in
      VocabularyWord(
        category: category(ofWord: record), meaning: meaning(at: meaningPlace(ofWord: record)), cost: cost(ofWord: record),
        name: name(ofWord: record), record: record)
    }
  }

  /// Names that suggestions may offer.
  var suggestions: [String] {
    (0..<(sections[GrammarSection.suggestions.rawValue].count / 4)).map { stored(at: number(.suggestions, $0)) }
  }

  private func longest(_ scalar: Unicode.Scalar) -> Int {
    var (low, high) = (0, longest.count / 8)
    while low < high {
      let middle = (low + high) / 2
      let found = longest.int32(middle * 8)
      if found == scalar.value { return longest.int32(middle * 8 + 4) }
      if found < scalar.value { low = middle + 1 } else { high = middle }
    }
    return 0
  }

  private func entry(_ hash: UInt64, _ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    let mask = places.count / 4 - 1
    var place = WordHash.place(hash, mask: mask)
    while true {
      let entry = places.int32(place * 4)
      if entry < 0 { return nil }
      if hashes.uint64(place * 8) == hash, spells(entry, scalars) { return entry }
      place = (place + 1) & mask
    }
  }

  private func spells(_ entry: Int, _ word: ArraySlice<Unicode.Scalar>) -> Bool {
    var place = entries.int32(entry * 8)
    guard entries.int32(entry * 8 + 8) - place == word.count else { return false }
    for scalar in word {
      if scalars.int32(place * 4) != Int(scalar.value) { return false }
      place += 1
    }
    return true
  }

  // MARK: Meanings

  /// Those that no reading uses now.
  private let idle = Mutex<[Meanings]>([])

  /// Runs `body` with meanings that nobody else uses meanwhile.
  func withMeanings<Result>(_ body: (Meanings) -> Result) -> Result {
    let meanings = idle.withLock { $0.popLast() } ?? Meanings(self)
    defer { if !meanings.isFull { idle.withLock { $0.append(meanings) } } }
    return body(meanings)
  }
}
