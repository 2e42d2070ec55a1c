import SourceText

/// What a header says, as far as the lexicon knows its words.
struct HeaderReading: Sendable {
  enum Kind: Sendable {
    /// A number that tells an entity apart, and what it is called.
    case key, name
    /// The entity alone: `customer`, 客户.
    case entity
    case concept
    case unknown
  }
  var text: HeaderText
  var kind = Kind.unknown
  var entity: String?
  var concept: DraftLexicon.Concept?
  /// Entities named before the ending: `product` in `product color`.
  var qualifiers: [String] = []
  /// Whether every word is accounted for.
  var isExact = true
  /// What is left of the words where not.
  var leftover = ""
  /// `is_paid`, 是否付款.
  var isFlag = false
  /// What is or is not so: `paid`, 付款.
  var flagged = ""
}

/// Reads headers with the words of a lexicon.
struct HeaderReader: Sendable {
  let lexicon: DraftLexicon
  private let vocabulary: Set<String>
  private let chinese: Phrases
  private let english: Phrases

  /// Wordings of one language, normalised: joined letters in Chinese, singular words in English.
  private struct Phrases: Sendable {
    var concepts: [String: Int] = [:]
    var entities: [String: String] = [:]
    var keys: Set<String> = []
    var names: Set<String> = []
    var flags: Set<String> = []
    var longest = 1
  }

  init(_ lexicon: DraftLexicon) {
    self.lexicon = lexicon
    (chinese, english) = (HeaderReader.phrases(lexicon, .chinese), HeaderReader.phrases(lexicon, .english))
    let wordings = Array(english.concepts.keys) + Array(english.entities.keys) + english.keys + english.names + english.flags
    let words = wordings.flatMap { $0.split(separator: " ").map(String.init) }
    vocabulary = Set(words).union(lexicon.abbreviations.values).union(lexicon.terms.keys)
  }

  private static func phrases(_ lexicon: DraftLexicon, _ language: Language) -> Phrases {
    func normal(_ text: String) -> String { HeaderReader.normal(text, language) }
    var phrases = Phrases()
    for (index, concept) in lexicon.concepts.enumerated() {
      for word in concept.words[language] + concept.headers[language] where phrases.concepts[normal(word)] == nil { phrases.concepts[normal(word)] = index }
    }
    for entity in lexicon.entities {
      for word in entity.words[language] + entity.headers[language] where phrases.entities[normal(word)] == nil { phrases.entities[normal(word)] = entity.name }
    }
    phrases.keys = Set(lexicon.keys[language].map(normal))
    phrases.names = Set(lexicon.names[language].map(normal))
    phrases.flags = Set(lexicon.flags[language].map(normal))
    return phrases
  }

  private static func normal(_ text: String, _ language: Language) -> String {
    if language == .chinese { return text.lowercased().filter { !$0.isWhitespace } }
    return HeaderText.words(text).map(HeaderText.singular).joined(separator: " ")
  }

  func text(_ header: String) -> HeaderText { HeaderText(header, lexicon, vocabulary: vocabulary) }

  /// - Parameter table: the entity of the table, whose own number and name need not say it.
  func read(_ header: String, table: String? = nil) -> HeaderReading {
    var reading = HeaderReading(text: text(header))
    let pieces: [String]
    let phrases: Phrases
    if reading.text.isChinese {
      pieces = reading.text.chinese.map(String.init)
      phrases = chinese
    } else {
      pieces = reading.text.tokens.map(HeaderText.singular)
      phrases = english
    }
    let glue = reading.text.isChinese ? "" : " "
    func joined(_ range: Range<Int>) -> String { pieces[range].joined(separator: glue) }
    let count = pieces.count
    if count == 0 { return reading }
    if let turned = turned(reading.text) { return read(turned, table: table) }
    // The whole header first, then an entity with its ending, then endings with something before them.
    if let index = phrases.concepts[joined(0..<count)] {
      reading.kind = .concept
      reading.concept = lexicon.concepts[index]
      return reading
    }
    for (endings, kind) in [(phrases.keys, HeaderReading.Kind.key), (phrases.names, .name)] {
      // 号码 before 号.
      guard let start = (0..<count).first(where: { endings.contains(joined($0..<count)) }) else { continue }
      if start == 0 {
        (reading.kind, reading.entity) = (kind, table)
        return reading
      }
      if let found = entity(ending: start, joined, phrases) {
        (reading.kind, reading.entity, reading.leftover) = (kind, found.name, joined(0..<found.start))
        reading.isExact = found.start == 0 || isKnown(joined(0..<found.start), phrases, &reading)
        return reading
      }
      // 客户手机号 is a phone number, not the number of a 客户手机.
      if (1..<start).contains(where: { phrases.concepts[joined($0..<count)] != nil }) { break }
      if kind == .key || reading.text.isChinese == false {
        (reading.kind, reading.leftover, reading.isExact) = (kind, joined(0..<start), false)
        return reading
      }
    }
    if let name = phrases.entities[joined(0..<count)] {
      (reading.kind, reading.entity) = (.entity, name)
      return reading
    }
    readFlag(&reading, count, joined, phrases)
    if let start = (1..<max(1, count)).first(where: { phrases.concepts[joined($0..<count)] != nil }) {
      reading.kind = .concept
      reading.concept = lexicon.concepts[phrases.concepts[joined(start..<count)]!]
      reading.leftover = joined(0..<start)
      reading.isExact = isKnown(reading.leftover, phrases, &reading)
    } else if let found = entity(ending: count, joined, phrases) {
      (reading.kind, reading.entity, reading.leftover, reading.isExact) = (.entity, found.name, joined(0..<found.start), false)
    }
    return reading
  }

  /// 销售额_线上 is 线上销售额: what is measured may stand before what it is limited to, with a sign between.
  private func turned(_ text: HeaderText) -> String? {
    let parts = text.shown.split { "_-－·".contains($0) }.map(String.init)
    guard text.isChinese, parts.count == 2, chinese.concepts[text.chinese] == nil, chinese.concepts[parts[1]] == nil,
      let index = chinese.concepts[parts[0]], [.amount, .quantity, .stock].contains(lexicon.concepts[index].role)
    else { return nil }
    return parts[1] + parts[0]
  }

  /// The longest entity that ends at a place.
  private func entity(ending end: Int, _ joined: (Range<Int>) -> String, _ phrases: Phrases) -> (name: String, start: Int)? {
    for start in 0..<end {
      if let name = phrases.entities[joined(start..<end)] { return (name, start) }
    }
    return nil
  }

  /// Whether what stands before an ending is an entity.
  private func isKnown(_ leftover: String, _ phrases: Phrases, _ reading: inout HeaderReading) -> Bool {
    guard let name = phrases.entities[leftover] else { return false }
    reading.qualifiers.append(name)
    return true
  }

  private func readFlag(_ reading: inout HeaderReading, _ count: Int, _ joined: (Range<Int>) -> String, _ phrases: Phrases) {
    guard let end = (1..<max(1, count)).first(where: { phrases.flags.contains(joined(0..<$0)) }) else { return }
    reading.isFlag = true
    reading.flagged = joined(end..<count)
    reading.leftover = reading.flagged
  }

  /// Whether a header speaks of an amount, a number or a day, rather than of something that is told apart by it.
  func isMeasure(_ header: String) -> Bool {
    switch read(header).concept?.role {
    case .amount, .quantity, .stock, .price, .costPrice, .rate, .score, .property, .time: true
    default: false
    }
  }

  /// The entity a table's or file's name speaks of.
  func entity(ofTable name: String) -> String? {
    let text = text(name)
    if text.isChinese {
      let whole = text.chinese.map(String.init)
      for end in [whole.count, whole.count - 1] where end > 0 {
        guard let found = entity(ending: end, { whole[$0].joined() }, chinese), end == whole.count || lexicon.noise[.chinese].contains(whole[end]) else { continue }
        // 退货记录 is about returns, not about records.
        if found.start == 0 || !lexicon.noise[.chinese].contains(whole[found.start..<end].joined()) { return found.name }
      }
      var rest = text.chinese
      for word in lexicon.noise[.chinese] where rest.hasSuffix(word) && rest.count > word.count { rest = String(rest.dropLast(word.count)) }
      let pieces = rest.map(String.init)
      return entity(ending: pieces.count, { pieces[$0].joined() }, chinese)?.name
        ?? (1..<max(1, pieces.count)).reversed().lazy.compactMap { chinese.entities[pieces[0..<$0].joined()] }.first
    }
    let noise = Set(lexicon.noise[.english])
    let whole = text.tokens.map(HeaderText.singular)
    if let found = entity(ending: whole.count, { whole[$0].joined(separator: " ") }, english) { return found.name }
    let pieces = whole.filter { !noise.contains($0) && !$0.allSatisfy(\.isNumber) }
    return entity(ending: pieces.count, { pieces[$0].joined(separator: " ") }, english)?.name
      ?? (1..<max(1, pieces.count)).reversed().lazy.compactMap { english.entities[pieces[0..<$0].joined(separator: " ")] }.first
  }
}
