/// English numerals: twenty-five, two hundred and five thousand, half a million, three fifths, nineteen ninety-six.
extension NumberScanner {
  typealias Reading = (end: Int, value: Double, isOrdinal: Bool)

  /// Every reading that starts here, longest first. Readings made of digits only are `arabic`.
  func english(_ start: Int) -> [Reading] {
    guard start < text.count, NumberSigns.isLetter(text[start]) || NumberSigns.arabic(text[start]) != nil else { return [] }
    var numeral = EnglishNumeral()
    var at = start
    var readings: [Reading] = []
    while let step = step(at, numeral) {
      numeral = step.numeral
      at = step.end
      if numeral.words > 0 { readings.append((at, numeral.value, numeral.isOrdinal)) }
      if numeral.isOrdinal { break }
    }
    readings += readings.last.map { [pointed($0), ratio($0)].compactMap { $0 } } ?? []
    return (useful(readings) + mixed(start, readings) + [unitFraction(start)].compactMap { $0 }).sorted { $0.end > $1.end }
  }

  /// The last reading, those cut before "and", and an ordinal with the number before it (twenty | twenty-first).
  private func useful(_ readings: [Reading]) -> [Reading] {
    guard let last = readings.last else { return [] }
    return readings.filter { reading in
      reading.end == last.end || reading.isOrdinal || isAnd(skipSpaces(reading.end)) || last.isOrdinal
    }
  }

  private func isAnd(_ at: Int) -> Bool { lowercaseWord(at).text == "and" }

  /// One more word of the numeral, over space, hyphen and "and".
  private func step(_ start: Int, _ numeral: EnglishNumeral) -> (numeral: EnglishNumeral, end: Int)? {
    var at = start
    if numeral.count > 0 {
      at = skipSpaces(start)
      if let next = skip(NumberSigns.dashes, at) { at = skipSpaces(next) }
      if at == start, !NumberSigns.isLetter(text[safe: start] ?? " ") { return nil }
      let word = lowercaseWord(at)
      if word.text == "and", numeral.mayTakeAnd {
        var after = numeral
        after.afterAnd = true
        return take(skipSpaces(word.end), after)
      }
    }
    return take(at, numeral)
  }

  private func take(_ at: Int, _ numeral: EnglishNumeral) -> (numeral: EnglishNumeral, end: Int)? {
    var next = numeral
    if let number = decimal(at), NumberSigns.arabic(text[at]) != nil {
      return next.takeDigits(number.value) ? (next, number.end) : nil
    }
    let word = lowercaseWord(at)
    guard !word.text.isEmpty else { return nil }
    if next.take(word.text, followedBy: lowercaseWord(skipSpaces(word.end)).text) { return (next, word.end) }
    // thirtyfirst, twentyfive
    for (tens, value) in EnglishNumeral.tens where word.text.hasPrefix(tens) && word.text.count > tens.count {
      next = numeral
      let rest = String(word.text.dropFirst(tens.count))
      if next.take(tens, followedBy: rest), next.take(rest, followedBy: ""), next.value >= value { return (next, word.end) }
    }
    return nil
  }

  /// two hundred point seventy-one, zero point zero eight.
  private func pointed(_ whole: Reading) -> Reading? {
    let point = lowercaseWord(skipSpaces(whole.end))
    guard point.text == "point", !whole.isOrdinal else { return nil }
    var digits = ""
    var end = point.end
    while true {
      let at = skipSpaces(skip(NumberSigns.dashes, end) ?? end)
      if digits.isEmpty, at < text.count, NumberSigns.arabic(text[at]) != nil { return nil }
      let word = lowercaseWord(at)
      guard let value = EnglishNumeral.small[word.text] ?? EnglishNumeral.tens[word.text] else { break }
      if digits.count == 2, digits.hasSuffix("0"), value < 10, EnglishNumeral.tensValues.contains(digits) {
        digits = String(digits.dropLast())
      }
      digits += String(Int(value))
      end = word.end
    }
    guard !digits.isEmpty, let value = Double(NumberScanner.whole(whole.value) + "." + digits) else { return nil }
    // one point two billion
    let scale = lowercaseWord(skipSpaces(end))
    guard let factor = EnglishNumeral.scales[scale.text] ?? (scale.text == "hundred" ? 100 : nil) else { return (end, value, false) }
    return (scale.end, value.scaled(by: factor), false)
  }

  static func whole(_ value: Double) -> String { value < 1e15 ? String(Int(value)) : String(value) }

  /// three fifths, one third, one over twenty.
  private func ratio(_ top: Reading) -> Reading? {
    guard !top.isOrdinal else { return nil }
    let dash = skipSpaces(top.end)
    let at = skipSpaces(skip(NumberSigns.dashes, dash) ?? dash)
    let word = lowercaseWord(at)
    if word.text == "over", let bottom = english(skipSpaces(word.end)).first { return (bottom.end, top.value / bottom.value, false) }
    let isPlural = word.text.hasSuffix("s")
    let name = isPlural ? String(word.text.dropLast()) : word.text
    guard isPlural || top.value == 1, let bottom = EnglishNumeral.ordinals[name], bottom > 2 else { return nil }
    return (word.end, top.value / bottom, false)
  }

  /// a third, a tenth, a trillionth: one of that many parts. "A second" is a length of time.
  private func unitFraction(_ start: Int) -> Reading? {
    guard ["a", "an"].contains(lowercaseWord(start).text) else { return nil }
    let word = lowercaseWord(skipSpaces(lowercaseWord(start).end))
    guard let parts = EnglishNumeral.ordinals[word.text], parts > 2 else { return nil }
    return (word.end, 1 / parts, false)
  }

  /// one and a half, 2 and a quarter million, two and fifty-four hundredths: a whole number, "and", and a fraction.
  private func mixed(_ start: Int, _ readings: [Reading]) -> [Reading] {
    var wholes = readings.filter { !$0.isOrdinal && $0.value == $0.value.rounded() }
    if let digits = decimal(start), digits.value == digits.value.rounded() { wholes.append((digits.end, digits.value, false)) }
    return wholes.compactMap { whole in
      let and = lowercaseWord(skipSpaces(whole.end))
      guard and.text == "and" else { return nil }
      let at = skipSpaces(and.end)
      // Behind digits 3/8 may be a date.
      let slashed = NumberSigns.isLetter(text[start]) ? decimal(at).flatMap { slashFraction(at, $0) }.flatMap { $0.value < 1 ? $0 : nil } : nil
      guard let part = properFraction(at) ?? slashed else { return nil }
      let scale = lowercaseWord(skipSpaces(part.end))
      let value = whole.value + part.value
      guard let factor = EnglishNumeral.scales[scale.text] ?? (scale.text == "hundred" ? 100 : nil) else { return (part.end, value, false) }
      return (scale.end, value.scaled(by: factor), false)
    }
  }

  /// a half, a quarter, a fifth, three quarters, fifty-four hundredths: below one.
  private func properFraction(_ start: Int) -> Value? {
    let first = lowercaseWord(start)
    let second = lowercaseWord(skipSpaces(first.end))
    if ["a", "one"].contains(first.text), let value = ["half": 0.5, "quarter": 0.25][second.text] { return (second.end, value) }
    if first.text == "three", second.text == "quarters" { return (second.end, 0.75) }
    let fraction = english(start).first { !$0.isOrdinal && 0 < $0.value && $0.value < 1 }
    return fraction.map { ($0.end, $0.value) }
  }

  /// nineteen ninety-six, nineteen zero one, two thousand and eighteen.
  func englishYear(_ start: Int) -> (end: Int, value: Int)? {
    guard NumberSigns.isLetter(text[start]) else { return nil }
    let first = lowercaseWord(start)
    if let century = EnglishNumeral.small[first.text] ?? (first.text == "twenty" ? 20 : nil), (10...20).contains(century) {
      let at = skipSpaces(first.end)
      let second = lowercaseWord(at)
      if ["zero", "oh", "o"].contains(second.text), let digit = EnglishNumeral.small[lowercaseWord(skipSpaces(second.end)).text] {
        return (lowercaseWord(skipSpaces(second.end)).end, Int(century) * 100 + Int(digit))
      }
      if let rest = english(at).first(where: { !$0.isOrdinal && (10...99).contains($0.value) }) {
        return (rest.end, Int(century) * 100 + Int(rest.value))
      }
    }
    guard let whole = english(start).first(where: { !$0.isOrdinal }), (1000...2999).contains(whole.value) else { return nil }
    return (whole.end, Int(whole.value))
  }
}

extension [Unicode.Scalar] {
  fileprivate subscript(safe index: Int) -> Unicode.Scalar? { index < count ? self[index] : nil }
}
