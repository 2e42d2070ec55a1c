import Phrasebook
import Snapshots
import SourceText

/// Writes a grammar and a vocabulary as one block of bytes that `CompiledGrammar` reads where it lies.
///
/// The block begins with the place and length of each section, in the order of `GrammarSection`; all its numbers are 32 bits wide but
/// the hashes. Texts and meanings stand in a section of bytes and are named by where they begin.
struct GrammarCompiler {
  private var sections: [[UInt8]] = Array(repeating: [], count: GrammarSection.allCases.count)
  private var categories: Categories
  private var texts: [String: Int] = [:]
  private var meanings: [[Term.Item]: Int] = [:]

  static func bytes(_ rules: PhraseRules, _ vocabulary: Vocabulary) -> SnapshotBytes {
    var compiler = GrammarCompiler(categories: vocabulary.categories)
    compiler.addWeights(rules.weights)
    compiler.addRules(rules.rules)
    compiler.addWords(vocabulary.index.entries)
    for name in vocabulary.names { compiler.append(.suggestions, compiler.text(name)) }
    for name in compiler.categories.names { compiler.append(.categories, compiler.text(name)) }
    return compiler.whole()
  }

  private init(categories: Categories) { self.categories = categories }

  // MARK: Rules

  private mutating func addWeights(_ weights: Weights) {
    var writer = SnapshotWriter()
    writer.write(weights)
    sections[GrammarSection.weights.rawValue] = writer.bytes
  }

  /// A rule and the arc that it is begun with.
  private struct Start {
    var rule: Int
    var arc: Int
  }

  /// The arcs of all rules, by number, and by state the first of those that leave it.
  private struct Arcs {
    var categories: [Int] = []
    var slots: [Int] = []
    var targets: [Int] = []
    var first: [Int] = []
    var accepting: [Bool] = []
  }

  private mutating func addRules(_ rules: [Rule]) {
    var starts: [[Start]] = []
    var all = Arcs()
    for (number, rule) in rules.enumerated() {
      let category = rule.category.map { categories.id($0) } ?? -1
      append(.rules, text(rule.name), rule.cost, category, add(rule.template), text(rule.place.file), rule.place.line)
      let base = all.first.count
      for (state, leaving) in rule.pattern.states.enumerated() {
        append(.states, all.categories.count, rule.pattern.accepting[state] ? 1 : 0)
        all.first.append(all.categories.count)
        all.accepting.append(rule.pattern.accepting[state])
        for arc in leaving {
          let (category, slot) = symbol(arc.symbol)
          append(.arcs, category, slot, base + arc.target)
          if state == 0 {
            while starts.count <= category { starts.append([]) }
            starts[category].append(Start(rule: number, arc: all.categories.count))
          }
          all.categories.append(category)
          all.slots.append(slot)
          all.targets.append(base + arc.target)
        }
      }
    }
    append(.states, all.categories.count, 0)
    all.first.append(all.categories.count)
    addStarts(starts, all, rules.map { rule in rule.category.map { categories.id($0) } })
  }

  /// By category the rules it can begin: those it makes whole, the others by what follows; and the categories of them all.
  private mutating func addStarts(_ starts: [[Start]], _ arcs: Arcs, _ made: [Int?]) {
    var (count, wholes, corners, nexts, followers, rows) = (0, 0, 0, 0, 0, 0)
    for category in 0...categories.names.count {
      append(.wholeStarts, wholes)
      append(.cornerStarts, corners)
      append(.nextStarts, nexts)
      guard category < starts.count else {
        append(.nextRows, -1)
        continue
      }
      var following: [Int: [(start: Start, arc: Int)]] = [:]
      for (index, start) in starts[category].enumerated() {
        append(.startArcs, start.rule, start.arc)
        let state = arcs.targets[start.arc]
        if arcs.accepting[state] {
          append(.wholes, count + index)
          wholes += 1
        }
        for arc in arcs.first[state]..<arcs.first[state + 1] { following[arcs.categories[arc], default: []].append((start, arc)) }
      }
      count += starts[category].count
      for (next, found) in following.sorted(by: { $0.key < $1.key }) {
        append(.nexts, next, followers)
        for (start, arc) in found {
          let state = arcs.targets[arc], leaving = arcs.first[state]..<arcs.first[state + 1]
          let following = leaving.isEmpty ? -1 : leaving.count > 1 ? -2 : arcs.categories[leaving.lowerBound]
          append(.followers, start.rule, arcs.slots[start.arc], state, arcs.slots[arc], arcs.accepting[state] ? 1 : 0, following)
        }
        nexts += 1
        followers += found.count
      }
      append(.nextRows, following.count < Self.manyNexts ? -1 : rows)
      if following.count >= Self.manyNexts {
        addRow(Array(following.keys))
        rows += 1
      }
      let begun = Set(starts[category].compactMap { made[$0.rule] })
      for corner in begun.sorted() { append(.corners, corner) }
      corners += begun.count
    }
    append(.nexts, -1, followers)
  }

  /// From how many categories on a row of bits is quicker to go through than their records.
  private static let manyNexts = 12

  private mutating func addRow(_ following: [Int]) {
    var words = Array(repeating: UInt64(0), count: (categories.names.count + 63) / 64)
    for category in following { words[category >> 6] |= 1 << UInt64(category & 63) }
    var writer = SnapshotWriter()
    for word in words { writer.append(uint64: word) }
    sections[GrammarSection.nextBits.rawValue] += writer.bytes
  }

  private mutating func symbol(_ symbol: Pattern.Symbol) -> (category: Int, slot: Int) {
    switch symbol {
    case .word(let word): (categories.id(Categories.literal(word)), -1)
    case .slot(let name, let category): (categories.id(category), text(name))
    }
  }

  private mutating func add(_ template: Rule.Template) -> Int {
    var writer = SnapshotWriter()
    writer.write(template)
    return add(writer.bytes)
  }

  // MARK: Words

  private mutating func addWords(_ entries: [WordIndex.Entry]) {
    var (scalars, words) = (0, 0)
    var longest: [UInt32: Int] = [:]
    for entry in entries {
      append(.entries, scalars, words)
      for scalar in entry.scalars { append(.scalars, Int(scalar.value)) }
      for word in entry.words { append(.words, word.category, word.cost, text(word.name), meaning(word.meaning)) }
      scalars += entry.scalars.count
      words += entry.words.count
      let first = entry.scalars[0].value
      longest[first] = max(longest[first] ?? 0, entry.scalars.count)
    }
    append(.entries, scalars, words)
    addPlaces(entries)
    for (scalar, length) in longest.sorted(by: { $0.key < $1.key }) { append(.longest, Int(scalar), length) }
  }

  /// An open table, at most half full: hashes, and beside them the entries they lead to, −1 where there is none.
  private mutating func addPlaces(_ entries: [WordIndex.Entry]) {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    var table = Array(repeating: (hash: UInt64(0), entry: -1), count: size)
    for (number, entry) in entries.enumerated() {
      let hash = entry.scalars.reduce(WordHash.start) { WordHash.extended($0, by: $1.value) }
      var place = WordHash.place(hash, mask: size - 1)
      while table[place].entry >= 0 { place = (place + 1) & (size - 1) }
      table[place] = (hash, number)
    }
    var hashes = SnapshotWriter()
    for (hash, entry) in table {
      hashes.append(uint64: hash)
      append(.places, entry)
    }
    sections[GrammarSection.hashes.rawValue] = hashes.bytes
  }

  // MARK: Bytes

  private mutating func append(_ section: GrammarSection, _ values: Int...) {
    var writer = SnapshotWriter()
    for value in values { writer.append(int32: value) }
    sections[section.rawValue] += writer.bytes
  }

  private mutating func add(_ bytes: [UInt8]) -> Int {
    let start = sections[GrammarSection.bytes.rawValue].count
    sections[GrammarSection.bytes.rawValue] += bytes
    return start
  }

  private mutating func text(_ text: String) -> Int {
    if let known = texts[text] { return known }
    var writer = SnapshotWriter()
    writer.write(text)
    let place = add(writer.bytes)
    texts[text] = place
    return place
  }

  private mutating func meaning(_ meaning: [Term.Item]) -> Int {
    if let known = meanings[meaning] { return known }
    var writer = SnapshotWriter()
    writer.write(meaning)
    let place = add(writer.bytes)
    meanings[meaning] = place
    return place
  }

  private func whole() -> SnapshotBytes {
    var writer = SnapshotWriter()
    var start = sections.count * 8
    for section in sections {
      writer.append(int32: start)
      writer.append(int32: section.count)
      start += section.count
    }
    for section in sections { writer.append(contentsOf: section) }
    return SnapshotBytes(writer.bytes)
  }
}
