import SourceText

/// Words of letters: a slip of the finger, a space too many or too few.
extension SpellingSearch {
  private struct Token {
    var start: Int
    var end: Int
    var scalars: [Unicode.Scalar]
  }

  /// The runs of letters or digits of the text, with their places.
  private func tokens() -> [Token] {
    var result: [Token] = []
    for (place, scalar) in text.scalars.enumerated() {
      let kind = ScalarKind(scalar)
      guard kind == .letter || kind == .digit, scalar != "_" else { continue }
      if let last = result.last, last.end == place, ScalarKind(text.scalars[place - 1]) == kind {
        result[result.count - 1].end = place + 1
        result[result.count - 1].scalars.append(scalar)
      } else {
        result.append(Token(start: place, end: place + 1, scalars: [scalar]))
      }
    }
    return result
  }

  /// Names of Latin words of which one or two are misspelt.
  func latin() -> [SpellingCandidate] {
    let tokens = tokens()
    var near: [Int: [[Unicode.Scalar]: Likeness]] = [:]
    for (index, token) in tokens.enumerated() where touchesUnknown(token.start, token.end) {
      near[index] = likely(token.scalars)
    }
    var seen: Set<[Int]> = []
    var result: [SpellingCandidate] = []
    for (index, words) in near.sorted(by: { $0.key < $1.key }) {
      for word in words.keys.sorted(by: { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }) {
        for (id, position) in knowledge.names.byToken[word] ?? [] {
          let first = index - position
          guard first >= 0, seen.insert([id, first]).inserted else { continue }
          result += candidate(id, from: first, tokens, near)
        }
      }
    }
    return result
  }

  private func candidate(_ id: Int, from first: Int, _ tokens: [Token], _ near: [Int: [[Unicode.Scalar]: Likeness]])
    -> [SpellingCandidate]
  {
    let name = knowledge.names.latin[id]
    guard first + name.tokens.count <= tokens.count else { return [] }
    var edits = 0
    var use = SpellingCandidate.Use.read
    for (offset, part) in name.tokens.enumerated() {
      let token = tokens[first + offset]
      if offset > 0, !isGap(tokens[first + offset - 1].end, token.start) { return [] }
      if token.scalars == part { continue }
      guard let likeness = near[first + offset]?[part] else { return [] }
      edits += likeness.edits
      use = max(use, likeness.use)
      if name.isValue, token.scalars.count < weights.misspeltLetters + weights.misspeltValue { use = .offer }
    }
    return edits == 0 || edits > 3 ? [] : make(name, tokens[first].start, tokens[first + name.tokens.count - 1].end, edits: edits, use)
  }

  private func isGap(_ from: Int, _ to: Int) -> Bool {
    from <= to && text.scalars[from..<to].allSatisfy { $0 == " " || $0 == "-" || $0 == "_" }
  }

  private struct Likeness {
    var edits: Int
    var use: SpellingCandidate.Use
  }

  /// The words of names near a typed one, none if it is in use as it stands.
  private func likely(_ typed: [Unicode.Scalar]) -> [[Unicode.Scalar]: Likeness] {
    guard typed.count >= 3, typed.allSatisfy({ ScalarKind($0) == .letter }), !knowledge.names.tokens.contains(typed) else { return [:] }
    var result: [[Unicode.Scalar]: Likeness] = [:]
    let allowed = typed.count >= weights.misspeltTwice ? 2 : 1
    let isRead = typed.count >= weights.misspeltLetters && !isKnownWord(typed) && !isDerived(typed)
    for word in knowledge.names.byToken.keys where abs(word.count - typed.count) <= allowed {
      // The first letter is the one that is seldom wrong, and the one that tells words apart.
      let isSwapped = word.count > 1 && typed[0] == word[1] && typed[1] == word[0]
      guard word[0] == typed[0] || isSwapped, word.count >= 3, ScalarKind(word[0]) == .letter else { continue }
      guard NameSpellings.leastEdits(typed, word) <= allowed else { continue }
      let edits = NearMiss.distance(typed, word)
      guard edits <= allowed else { continue }
      result[word] = Likeness(edits: edits, use: isRead ? .read : .offer)
    }
    return result
  }

  /// Whether it is a word of ours with an ending, and so another word: discounted is no slip for discounts.
  private func isDerived(_ typed: [Unicode.Scalar]) -> Bool {
    (2...4).contains { ending in
      typed.count - ending >= 4 && knowledge.names.tokens.contains(Array(typed.dropLast(ending))) && isEnding(typed.suffix(ending))
    }
  }

  /// Whether letters end other words of ours that are words without them too, as in ship, shipped and shipping: turnver has none.
  private func isEnding(_ letters: ArraySlice<Unicode.Scalar>) -> Bool {
    var found = 0
    for word in knowledge.names.tokens where word.count - letters.count >= 4 && word.suffix(letters.count).elementsEqual(letters) {
      if knowledge.names.tokens.contains(Array(word.dropLast(letters.count))) { found += 1 }
      if found > 1 { return true }
    }
    return false
  }

  private func isKnownWord(_ typed: [Unicode.Scalar]) -> Bool {
    if knowledge.tables.isKnown(typed) { return true }
    let word = String(String.UnicodeScalarView(typed))
    return EnglishNumber.otherForms(of: word).contains { knowledge.tables.isKnown(Array($0.unicodeScalars)) }
  }

  /// Words of the language near a typed one, to be named where no name is near: Ocotber, yesturday.
  func wordsNear(_ typed: [Unicode.Scalar]) -> [String] {
    guard typed.count >= weights.misspeltLetters, typed.allSatisfy({ ScalarKind($0) == .letter }), !knowledge.names.tokens.contains(typed),
      !isKnownWord(typed)
    else { return [] }
    return knowledge.names.tokens.filter { $0.first == typed[0] && abs($0.count - typed.count) <= 2 && $0.count >= weights.misspeltLetters }
      .map { (word: String(String.UnicodeScalarView($0)), edits: NearMiss.distance(typed, $0)) }.filter { $0.edits <= typed.count / 5 }
      .sorted { ($0.edits, $0.word) < ($1.edits, $1.word) }.prefix(2).map(\.word)
  }

  /// Names typed with a space, a hyphen or an underscore too many or too few: conversionrate, e mail.
  func joined() -> [SpellingCandidate] {
    let tokens = tokens()
    var result: [SpellingCandidate] = []
    for first in tokens.indices {
      var joined: [Unicode.Scalar] = []
      for last in first..<min(tokens.count, first + 5) {
        if last > first, !isGap(tokens[last - 1].end, tokens[last].start) { break }
        joined += tokens[last].scalars
        guard joined.count >= 4, touchesUnknown(tokens[first].start, tokens[last].end) else { continue }
        for id in knowledge.names.joined[joined] ?? [] {
          result += make(knowledge.names.latin[id], tokens[first].start, tokens[last].end, edits: 1, .read)
        }
      }
    }
    return result
  }
}
