import SourceText

/// Every word at every place of a text: words of the vocabulary, numbers, texts in quotes and marks.
///
/// Nothing is decided here; 上海市 is 上海 and 上海市 and a filler behind a name until the chart and the cover choose.
struct Lattice {
  private(set) var words: [Phrase] = []
  let meanings: Meanings
  private let text: NormalisedText
  private let grammar: CompiledGrammar
  private let scalars: [Unicode.Scalar]
  /// By place; and whether a word may begin or end before it.
  private let kinds: [ScalarKind]
  private let isBoundary: [Bool]

  /// - Parameter candidates: names that may be meant by what nothing covers, beside the words as typed.
  init(_ text: NormalisedText, _ grammar: CompiledGrammar, _ meanings: Meanings, candidates: [SpellingCandidate] = []) {
    self.text = text
    self.grammar = grammar
    self.meanings = meanings
    scalars = text.scalars
    kinds = text.kinds
    isBoundary = text.boundaries
    words.reserveCapacity(64)
    for candidate in candidates { add(candidate) }
    for start in scalars.indices where kinds[start] != .space {
      if isBoundary[start] { addVocabulary(start) }
      addNumbers(start)
      if kinds[start] == .mark {
        addQuoted(start)
        addMark(start)
      }
    }
  }

  private mutating func addVocabulary(_ start: Int) {
    grammar.matches(in: scalars, from: start) { end, records in
      guard isBoundary[end] else { return }
      // OH and ME among small letters are Ohio and Maine, not a sigh and a pronoun.
      // A1 is a name that may not be known, and never an article with a number.
      let isJoined = end == start + 1 && kinds[start] == .letter && end < scalars.count && kinds[end] == .digit
      let isCode = text.isCode(start, end) && records.contains { record in
        grammar.isValue(grammar.category(ofWord: record)) && grammar.name(ofWord: record).first?.isUppercase == true
      }
      for record in records {
        let category = grammar.category(ofWord: record)
        if isCode || isJoined, category == grammar.filler { continue }
        if isCode, grammar.isLiteral(category) { continue }
        // This year's return rate: what stands behind an apostrophe is no S.
        if end == start + 1, isBehindApostrophe(start), grammar.isValue(category) { continue }
        words.append(
          Phrase(
            category: category, start: start, end: end, meaning: meanings.word(record), cost: grammar.weights.word + grammar.cost(ofWord: record),
            word: Int32(record)))
      }
    }
  }

  /// Whether a letter ends a word of two parts: the s of year's.
  private func isBehindApostrophe(_ start: Int) -> Bool {
    start > 1 && kinds[start] == .letter && (scalars[start - 1] == "'" || scalars[start - 1] == "’") && kinds[start - 2] == .letter
  }

  private mutating func addNumbers(_ start: Int) {
    for number in NumberReader.numbers(in: scalars, at: start) {
      switch number.kind {
      case .number: addNumber(BuiltIn.number, start, number.end, number.value)
      // In questions a percentage is the fraction it stands for, as ratios are.
      case .percent: addNumber(BuiltIn.percent, start, number.end, number.value.hundredth)
      case .ordinal: addNumber(BuiltIn.ordinal, start, number.end, number.value)
      case .currency: addNumber(BuiltIn.currency, start, number.end, number.value)
      }
    }
    for year in NumberReader.years(in: scalars, at: start) {
      addNumber(BuiltIn.year4, start, year.end, Double(year.value))
    }
    if let digits = NumberReader.twoDigits(in: scalars, at: start) {
      addNumber(BuiltIn.digits2, start, digits.end, Double(digits.value))
    }
  }

  private mutating func addNumber(_ category: String, _ start: Int, _ end: Int, _ value: Double) {
    add(grammar.category(category)!, start, end, meanings.number(value), cost: grammar.weights.word)
  }

  /// A text in quotes, as it was typed; a quote within it is written twice.
  private mutating func addQuoted(_ start: Int) {
    guard text.scalars[start] == "\"" else { return }
    var inner = String.UnicodeScalarView()
    var close = start + 1
    while close < text.scalars.count {
      let isPair = text.scalars[close] == "\"" && close + 1 < text.scalars.count && text.scalars[close + 1] == "\""
      if text.scalars[close] == "\"", !isPair { break }
      let next = close + 1 < text.scalars.count ? text.origins[close + 1] : text.original.count
      inner += text.original[text.origins[close]..<next]
      close += isPair ? 2 : 1
    }
    guard close < text.scalars.count, !inner.isEmpty else { return }
    let typed = String(inner)
    add(grammar.category(BuiltIn.quoted)!, start, close + 1, meanings.items([[.text(typed)]]), cost: grammar.weights.word)
  }

  /// Any short run that starts here, for rules that take a text as it stands (名称包含奶). Each character is dear, so that a
  /// word that means something is never taken for it where both fit. They are many, and made where a rule waits for one.
  func freeTexts(from start: Int) -> [Phrase] {
    guard hasFreeText(at: start) else { return [] }
    var found: [Phrase] = []
    var end = start
    while end < text.scalars.count, end - start < Self.longestFreeText {
      let kind = kinds[end]
      guard kind == .han || kind == .letter || kind == .digit else { break }
      end += 1
      guard isBoundary[end] else { continue }
      let run = text.text(text.span(start, end))
      found.append(
        Phrase(
          category: grammar.freeText, start: start, end: end, meaning: meanings.items([[.text(run)]]),
          cost: (end - start) * grammar.weights.freeText))
    }
    return found
  }

  func hasFreeText(at start: Int) -> Bool {
    kinds[start] != .space && kinds[start] != .mark && isBoundary[start]
  }

  private static let longestFreeText = 12

  private mutating func addMark(_ start: Int) {
    guard !Self.meaningful.contains(text.scalars[start]) else { return }
    // The sign of a number is no mark to be passed over: “is -27, March” has no 27 March in it.
    if text.scalars[start] == "-", start > 0, text.scalars[start - 1] == " ", start + 1 < text.scalars.count,
      ("0"..."9").contains(text.scalars[start + 1])
    {
      return
    }
    add(grammar.mark, start, start + 1, meanings.empty, cost: 0)
  }

  /// Marks that are never skipped: they carry meaning where a rule takes them, and are unknown where none does.
  private static let meaningful: Set<Unicode.Scalar> = ["%", "‰", ">", "<", "=", "+", "*", "$", "¥", "€", "£", "≥", "≤", "≠"]

  private mutating func add(_ candidate: SpellingCandidate) {
    let word = candidate.word
    words.append(
      Phrase(
        category: word.category, start: candidate.start, end: candidate.end, meaning: meanings.word(word.record),
        cost: grammar.weights.word + word.cost + grammar.weights.misspelt * candidate.edits, word: Int32(word.record),
        edits: Int32(candidate.edits), isPart: candidate.isPart))
  }

  private mutating func add(_ category: Int, _ start: Int, _ end: Int, _ meaning: Int32, cost: Int) {
    words.append(Phrase(category: category, start: start, end: end, meaning: meaning, cost: cost))
  }
}
