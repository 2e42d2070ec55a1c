/// Reads numerals at a place in a text; the parts for Chinese and English are in their own files.
struct NumberScanner {
  let text: [Unicode.Scalar]

  typealias Found = NumberReader.Found
  /// A bare value and where it ends.
  typealias Value = (end: Int, value: Double)

  /// Numbers do not start inside others: not behind a digit, not in a word, no bare unit behind a numeral (几百, 三百).
  func isStart(_ start: Int) -> Bool {
    guard start > 0 else { return true }
    let before = text[start - 1], first = text[start]
    if NumberSigns.arabic(first) != nil { return NumberSigns.arabic(before) == nil }
    if NumberSigns.isLetter(first) { return !NumberSigns.isLetter(before) && NumberSigns.arabic(before) == nil }
    if first == "." || NumberSigns.minus.contains(first) {
      if NumberSigns.minus.contains(before) { return false }
      let previous = text[..<start].last { !NumberSigns.isSpace($0) }
      // It was -0.45: a dash behind a space, with a figure at it, is its sign; 5 -10 is not.
      let isApart = NumberSigns.isSpace(before) && start + 1 < text.count && NumberSigns.arabic(text[start + 1]) != nil
      return previous.map { (isApart || !$0.properties.isAlphabetic) && NumberSigns.arabic($0) == nil && $0 != "." } ?? true
    }
    if NumberSigns.units[first] != nil || NumberSigns.bigUnits[first] != nil {
      return NumberSigns.digit(before) == nil && NumberSigns.units[before] == nil && NumberSigns.bigUnits[before] == nil
        && NumberSigns.pairWords[before] == nil && !NumberSigns.vague.contains(before)
    }
    return true
  }

  /// A look at a Latin word: most begin no numeral, and finding that out by reading one takes longer.
  func mayBegin(_ start: Int) -> Bool {
    guard NumberSigns.isLetter(text[start]) else { return true }
    return EnglishNumeral.mayBegin(lowercaseWord(start).text)
  }

  /// With a sign before it or not, with what may stand behind: %, 成, a currency sign.
  func signed(_ start: Int) -> [Found] {
    guard let (inner, factor) = sign(start) else { return closing(start) }
    return closing(inner).filter { $0.kind != .ordinal }
      .map { Found(end: $0.end, value: factor * $0.value, kind: $0.kind) }
  }

  private func sign(_ start: Int) -> (Int, Double)? {
    if let next = skip(NumberSigns.negative, start) ?? skip(NumberSigns.minus, start) {
      let inner = skipSpaces(next)
      return inner < text.count && (NumberSigns.digit(text[inner]) != nil || closing(inner).first != nil) ? (inner, -1) : nil
    }
    let word = lowercaseWord(start)
    return word.text == "minus" || word.text == "negative" ? (skipSpaces(word.end), -1) : nil
  }

  private func closing(_ start: Int) -> [Found] {
    guard start < text.count else { return [] }
    var found = fractions(start) + tenths(start)
    for (end, value) in plain(start) {
      found.append(Found(end: end, value: value, kind: .number))
      let behind = skipSpaces(end)
      if let end = percentEnd(behind) { found.append(Found(end: end, value: value, kind: .percent)) }
      if let end = skip(NumberSigns.currencies, behind) { found.append(Found(end: end, value: value, kind: .currency)) }
      if let end = skip(NumberSigns.dozen, end) { found.append(Found(end: end, value: value * 12, kind: .number)) }
      if let end = skip(NumberSigns.pair, end), (1...10).contains(value), value == value.rounded(), standsAlone(end) {
        found.append(Found(end: end, value: value * 2, kind: .number))
      }
    }
    found += english(start).filter(\.isOrdinal).map { Found(end: $0.end, value: $0.value, kind: .ordinal) }
    if let (end, value) = arabicOrdinal(start) { found.append(Found(end: end, value: value, kind: .ordinal)) }
    return found
  }

  /// 五对 is ten, but not in 五对比, 5对3, 五对鞋: nothing but a mark or 的 may follow.
  private func standsAlone(_ end: Int) -> Bool {
    end == text.count || text[end] == "的" || ScalarKind(text[end]) == .mark
  }

  /// Every way to read a number without sign, percent or fraction.
  func plain(_ start: Int) -> [Value] {
    guard start < text.count else { return [] }
    var values: [Value] = []
    if let value = NumberSigns.fractions[text[start]] { values.append((start + 1, value)) }
    if let end = skip(NumberSigns.half, start) { values.append((end, 0.5)) }
    if let value = chinese(start) { values.append((value.end, value.value)) }
    values += arabic(start)
    values += english(start).filter { !$0.isOrdinal }.map { ($0.end, $0.value) }
    return values
  }

  private func percentEnd(_ start: Int) -> Int? {
    if let end = skip(NumberSigns.percents, start) { return end }
    let word = lowercaseWord(start)
    if ["percent", "pct"].contains(word.text) { return word.end }
    guard word.text == "per" else { return nil }
    let next = lowercaseWord(skipSpaces(word.end))
    return next.text == "cent" ? next.end : nil
  }

  /// Behind 第.
  func ordinals(_ start: Int) -> [Found] {
    let value = chinese(skipSpaces(start)).map { ($0.end, $0.value) } ?? arabic(skipSpaces(start)).last
    guard let (end, rank) = value, rank == rank.rounded() else { return [] }
    return [Found(end: end, value: rank, kind: .ordinal)]
  }

  // MARK: Small steps

  func skip(_ signs: Set<Unicode.Scalar>, _ at: Int) -> Int? {
    at < text.count && signs.contains(text[at]) ? at + 1 : nil
  }

  func skipSpaces(_ start: Int) -> Int {
    var at = start
    while at < text.count, NumberSigns.isSpace(text[at]) { at += 1 }
    return at
  }

  /// The Latin word at a place, in lower case; empty if there is none.
  func lowercaseWord(_ start: Int) -> (text: String, end: Int) {
    var at = start
    var word = String.UnicodeScalarView()
    while at < text.count, NumberSigns.isLetter(text[at]) {
      word.append(Unicode.Scalar(UInt8(text[at].value) | 0x20))
      at += 1
    }
    return (String(word), at)
  }

  /// Digits in a row, in one script.
  func digitRun(_ start: Int) -> ArraySlice<Int> {
    var run: [Int] = []
    let isArabic = start < text.count && NumberSigns.arabic(text[start]) != nil
    while start + run.count < text.count, let digit = NumberSigns.digit(text[start + run.count]),
      (NumberSigns.arabic(text[start + run.count]) != nil) == isArabic
    { run.append(digit) }
    return run[...]
  }

  static func value(_ digits: ArraySlice<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
}
