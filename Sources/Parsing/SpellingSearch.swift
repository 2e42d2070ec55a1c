import Phrasebook
import SourceText

/// The names that stretches of one text may stand for, around what nothing covers.
///
/// A character that a known word took is never doubted, nor a digit, nor a word that is one of its own in its language.
struct SpellingSearch {
  let text: NormalisedText
  let unknown: [Range<Int>]
  let knowledge: Spelling.Knowledge
  let weights: Weights
  let isParticle: (Unicode.Scalar) -> Bool
  /// Whether each place of the text may be misspelt.
  private let isDoubtful: [Bool]
  /// Where names stand as typed.
  private let exact: [Range<Int>]
  /// Whether a word may begin or end at each place.
  private let boundaries: [Bool]
  /// The names that share a Han character with the text, by number: any other has nothing to be known by.
  private let namesAround: [Int]

  init(_ text: NormalisedText, _ cover: Cover, _ chart: Chart, _ knowledge: Spelling.Knowledge, _ grammar: CompiledGrammar) {
    self.text = text
    self.knowledge = knowledge
    weights = grammar.weights
    isParticle = grammar.isParticle
    boundaries = text.boundaries
    namesAround = knowledge.names.han(withAnyOf: text.scalars)
    unknown = cover.unknown
    var isDoubtful = Array(repeating: false, count: text.scalars.count)
    for range in cover.unknown { for place in range { isDoubtful[place] = true } }
    // A filler of one character may be a slip inside a name: 渠到.
    for id in cover.fillers where chart.phrases[id].end - chart.phrases[id].start == 1 { isDoubtful[chart.phrases[id].start] = true }
    self.isDoubtful = isDoubtful
    exact = chart.phrases.filter { phrase in
      phrase.rule == nil && phrase.category.map(grammar.isName) == true
    }.map { $0.start..<$0.end }
  }

  /// All candidates, the nearest for each stretch and meaning.
  func candidates() -> [SpellingCandidate] {
    var best: [Key: SpellingCandidate] = [:]
    for var found in alike() + spaced() + latin() + joined() + parts() {
      if found.use == .read, tearsName(found.start, found.end) { found.use = .offer }
      let key = Key(start: found.start, end: found.end, category: found.word.category, meaning: found.word.meaning)
      if let known = best[key], (known.use, known.edits) <= (found.use, found.edits) { continue }
      best[key] = found
    }
    return best.values.sorted {
      ($0.use, $0.edits, $0.start, $0.end, $0.word.name) < ($1.use, $1.edits, $1.start, $1.end, $1.word.name)
    }
  }

  /// Whether a stretch begins or ends inside a name as typed: "sales target" is not to be torn for a target attainment.
  private func tearsName(_ start: Int, _ end: Int) -> Bool {
    exact.contains { name in
      name.lowerBound < start && start < name.upperBound && name.upperBound < end
        || start < name.lowerBound && name.lowerBound < end && end < name.upperBound
    }
  }

  private struct Key: Hashable {
    var start: Int
    var end: Int
    var category: Int
    var meaning: [Term.Item]
  }

  func make(_ name: NameSpellings.Name, _ start: Int, _ end: Int, edits: Int, _ use: SpellingCandidate.Use, isPart: Bool = false)
    -> [SpellingCandidate]
  {
    name.words.map { SpellingCandidate(start: start, end: end, word: $0, edits: edits, use: use, isPart: isPart) }
  }

  func isBoundary(_ position: Int) -> Bool { boundaries[position] }

  func touchesUnknown(_ start: Int, _ end: Int) -> Bool {
    unknown.contains { $0.lowerBound < end && start < $0.upperBound }
  }

  // MARK: One character for another

  /// Names with Han characters of which one or two were typed otherwise, or two stand the wrong way round.
  private func alike() -> [SpellingCandidate] {
    var result: [SpellingCandidate] = []
    for number in namesAround {
      let name = knowledge.names.han[number]
      let length = name.scalars.count
      guard length >= 2 else { continue }
      for range in unknown {
        let first = max(0, range.lowerBound - length + 1), last = min(range.upperBound - 1, text.scalars.count - length)
        guard first <= last else { continue }
        for start in first...last where isBoundary(start) && isBoundary(start + length) {
          guard let (edits, use) = likeness(of: name, at: start) else { continue }
          result += make(name, start, start + length, edits: edits, use)
        }
      }
    }
    return result
  }

  private func likeness(of name: NameSpellings.Name, at start: Int) -> (Int, SpellingCandidate.Use)? {
    let allowed = name.scalars.count >= 5 ? 2 : 1
    var differing = 0
    for offset in name.scalars.indices where text.scalars[start + offset] != name.scalars[offset] {
      differing += 1
      // Two neighbours the wrong way round are one slip.
      if differing > allowed + 1 { return nil }
    }
    let places = name.scalars.indices.filter { text.scalars[start + $0] != name.scalars[$0] }
    func typed(_ offset: Int) -> Unicode.Scalar { text.scalars[start + offset] }
    // Characters that turn a word round, such as 未 and 卖, are meant as they stand.
    guard !places.contains(where: { knowledge.tables.isKnown(typed($0)) }) else { return nil }
    guard !places.isEmpty, places.allSatisfy({ isDoubtful[start + $0] && Self.isWordCharacter(typed($0)) && Self.isWordCharacter(name.scalars[$0]) })
    else { return nil }
    let length = name.scalars.count - (name.isValue ? weights.misspeltValue : 0)
    let isKnown = standsAsTyped(start, name.scalars.count, places.map { start + $0 })
    if places.count == 2, places[1] == places[0] + 1, typed(places[0]) == name.scalars[places[1]],
      typed(places[1]) == name.scalars[places[0]]
    {
      return length < weights.misspeltAlike ? nil : (1, isKnown ? .offer : .read)
    }
    guard places.count <= allowed else { return nil }
    let tables = knowledge.tables
    let sound = places.allSatisfy { tables.soundTheSame(typed($0), name.scalars[$0]) }
    if sound { return (places.count, length >= weights.misspeltSound && !isKnown ? .read : .offer) }
    let alike = places.allSatisfy { tables.soundTheSame(typed($0), name.scalars[$0]) || tables.areAlike(typed($0), name.scalars[$0]) }
    if alike { return (places.count, length >= weights.misspeltAlike && !isKnown ? .read : .offer) }
    // Nothing in common but the rest of the name: worth naming, not worth reading.
    let isInside = unknown.contains { $0.lowerBound <= start && start + name.scalars.count <= $0.upperBound }
    return isInside && name.scalars.count > 2 && places.count == 1 ? (3, .offer) : nil
  }

  /// A Han character that is no numeral: numbers are never corrected.
  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    ScalarKind(scalar) == .han && NumberSigns.digit(scalar) == nil && NumberSigns.units[scalar] == nil
      && NumberSigns.bigUnits[scalar] == nil && NumberSigns.pairWords[scalar] == nil
  }

  /// Whether one of the places belongs to a word of its own within the stretch: 陕西 in 陕西省.
  private func standsAsTyped(_ start: Int, _ length: Int, _ places: [Int]) -> Bool {
    let end = start + length
    for place in places {
      for from in start...place {
        for to in (place + 1)..<(end + 1) where to - from >= 2 && to - from <= max(2, knowledge.tables.longestKnown) {
          if knowledge.tables.isKnown(Array(text.scalars[from..<to])) { return true }
        }
      }
    }
    return false
  }

  // MARK: Spaces and particles

  /// Names with Han characters that were typed with a space, a particle or a character twice inside: 销 售 额.
  private func spaced() -> [SpellingCandidate] {
    var result: [SpellingCandidate] = []
    for number in namesAround {
      let name = knowledge.names.han[number]
      guard name.scalars.count >= 2 else { continue }
      for range in unknown {
        for start in max(0, range.lowerBound - 2 * name.scalars.count)..<range.upperBound
        where text.scalars[start] == name.scalars[0] && isBoundary(start) {
          guard let end = end(of: name.scalars, from: start), isBoundary(end), touchesUnknown(start, end),
            end - start > name.scalars.count
          else { continue }
          result += make(name, start, end, edits: 1, .read)
        }
      }
    }
    return result
  }

  /// Where a name ends that begins at `start`, its characters parted by nothing but what carries no meaning.
  private func end(of name: [Unicode.Scalar], from start: Int) -> Int? {
    var (place, offset, skipped) = (start, 0, 0)
    while offset < name.count {
      guard place < text.scalars.count else { return nil }
      let scalar = text.scalars[place]
      if scalar == name[offset] {
        offset += 1
        skipped = 0
      } else {
        let isTwice = offset > 0 && scalar == name[offset - 1] && Self.isWordCharacter(scalar)
        let isGap = offset > 0 && (scalar == " " || isParticle(scalar))
        skipped += 1
        guard skipped <= 1, isTwice || isGap else { return nil }
      }
      place += 1
    }
    return place
  }

  // MARK: Parts

  /// Names that hold what was typed as a part of theirs, to be offered: 利润 of 毛利润 and 利润率. The more of the words
  /// around is a part of the same name, the better: "order value" of "average order value", not "value".
  private func parts() -> [SpellingCandidate] {
    unknown.flatMap { range -> [SpellingCandidate] in
      for (start, end) in stretches(around: range) {
        // The less was left out the nearer: 销售 is 销售额 before it is 会员销售额.
        let found = names(holding: Array(text.scalars[start..<end])).flatMap { name in
          make(name, start, end, edits: 1 + name.scalars.count - (end - start), .offer, isPart: true)
        }
        if !found.isEmpty { return found }
      }
      return []
    }
  }

  /// Stretches with a range in them and up to a few words more on either side, the longest first.
  private func stretches(around range: Range<Int>) -> [(Int, Int)] {
    let reach = 24
    let starts = (max(0, range.lowerBound - reach)...range.lowerBound).filter { isBoundary($0) && text.scalars[$0] != " " }
    let ends = (range.upperBound...min(text.scalars.count, range.upperBound + reach)).filter { isBoundary($0) && text.scalars[$0 - 1] != " " }
    return starts.flatMap { start in ends.map { (start, $0) } }
      .sorted { ($1.1 - $1.0, $0.0) < ($0.1 - $0.0, $1.0) }
  }

  private func names(holding typed: [Unicode.Scalar]) -> [NameSpellings.Name] {
    guard typed.count >= 2 else { return [] }
    let isHan = typed.allSatisfy { ScalarKind($0) == .han }
    let isLatin = typed.allSatisfy { ScalarKind($0) == .letter || $0 == " " }
    guard isHan || isLatin && typed.count >= 4 else { return [] }
    return candidates(holding: typed, isHan: isHan).filter { name in
      name.scalars.count > typed.count && name.scalars.count <= 4 * typed.count && Self.holds(name.scalars, typed, wholeWords: isLatin)
    }
  }

  /// The names that may hold what was typed: those with its first character, or its first word.
  private func candidates(holding typed: [Unicode.Scalar], isHan: Bool) -> [NameSpellings.Name] {
    let names = knowledge.names
    if isHan { return (names.byCharacter[typed[0]] ?? []).map { names.han[$0] } }
    guard let word = NameSpellings.tokens(of: typed).first else { return names.latin }
    var found: [Int] = []
    for (name, _) in names.byToken[word] ?? [] where found.last != name { found.append(name) }
    return found.map { names.latin[$0] }
  }

  private static func holds(_ text: [Unicode.Scalar], _ part: [Unicode.Scalar], wholeWords: Bool) -> Bool {
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { start in
      guard text[start] == part[0], text[start..<(start + part.count)].elementsEqual(part) else { return false }
      guard wholeWords else { return true }
      let end = start + part.count
      return (start == 0 || ScalarKind(text[start - 1]) != .letter) && (end == text.count || ScalarKind(text[end]) != .letter)
    }
  }
}
