/// Digits: 1,234.5, 3.5k, 1/2, 21st.
extension NumberScanner {
  /// Longest first; a shorter reading stands behind where sign or group may belong to something else (5.13, 1,234, 3/4).
  func arabic(_ start: Int) -> [Value] {
    guard let number = decimal(start) else { return [] }
    var values = suffixed(number) + spokenPoint(number)
    if let fraction = slashFraction(start, number) { values.append(fraction) }
    values.append(number)
    if let whole = wholePart(start), whole.end != number.end { values.append(whole) }
    return values
  }

  /// `1,234.5`, `.5`, `１，２３４`.
  func decimal(_ start: Int) -> Value? {
    var digits = ""
    var at = start
    while at < text.count, let digit = NumberSigns.arabic(text[at]) {
      digits += String(digit)
      at += 1
      if digits.count <= 3 || digits.count % 3 == groupRest(start), isGroup(at) { at += 1 }
    }
    if at < text.count - 1, text[at] == "." || text[at] == "．", NumberSigns.arabic(text[at + 1]) != nil {
      digits += "."
      at += 1
      while at < text.count, let digit = NumberSigns.arabic(text[at]) {
        digits += String(digit)
        at += 1
      }
    }
    return Double(digits.first == "." ? "0" + digits : digits).map { (at, $0) }
  }

  /// Digits before the first group sign, modulo three, so that 1,234,567 is one number and 2015,2016 is not.
  private func groupRest(_ start: Int) -> Int {
    var length = 0
    while start + length < text.count, NumberSigns.arabic(text[start + length]) != nil { length += 1 }
    return length <= 3 ? length % 3 : -1
  }

  /// Whether a comma at `at` groups digits: exactly three of them behind it.
  private func isGroup(_ at: Int) -> Bool {
    guard at + 3 < text.count, text[at] == "," || text[at] == "，" else { return false }
    let digits = text[(at + 1)...].prefix { NumberSigns.arabic($0) != nil }
    return digits.count == 3
  }

  private func wholePart(_ start: Int) -> Value? {
    var at = start
    var value = 0.0
    while at < text.count, let digit = NumberSigns.arabic(text[at]) {
      value = value * 10 + Double(digit)
      at += 1
    }
    return at > start ? (at, value) : nil
  }

  /// `3.5k`, `2 M`, `1.2bn`: letters that multiply.
  private func suffixed(_ number: Value) -> [Value] {
    let word = lowercaseWord(skipSpaces(number.end))
    guard let factor = NumberScanner.letterFactors[word.text] else { return [] }
    return [(word.end, number.value.scaled(by: factor))]
  }

  private static let letterFactors: [String: Double] = [
    "k": 1e3, "m": 1e6, "mm": 1e6, "mil": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "g": 1e9, "tn": 1e12,
  ]

  /// `1 point 5`: digits on both sides of the word.
  private func spokenPoint(_ whole: Value) -> [Value] {
    let point = lowercaseWord(skipSpaces(whole.end))
    guard point.text == "point", whole.value == whole.value.rounded() else { return [] }
    let at = skipSpaces(point.end)
    let digits = digitRun(at).map(String.init).joined()
    guard at > point.end, let value = Double(NumberScanner.whole(whole.value) + "." + digits), !digits.isEmpty else { return [] }
    return [(at + digits.count, value)]
  }

  /// `3/4`, `2 1/4`; not part of a date such as 3/4/2017.
  func slashFraction(_ start: Int, _ number: Value) -> Value? {
    let slash: Set<Unicode.Scalar> = ["/", "／"]
    if let next = skip(slash, number.end) {
      guard let divisor = wholePart(next), divisor.value > 0, skip(slash, divisor.end) == nil,
        start == 0 || !slash.contains(text[start - 1]),
        number.value.truncatingRemainder(dividingBy: divisor.value) != 0
      else { return nil }
      return (divisor.end, number.value / divisor.value)
    }
    let next = skipSpaces(number.end)
    guard next == number.end + 1, let top = wholePart(next), let behind = skip(slash, top.end),
      let divisor = wholePart(behind), divisor.value > 0, skip(slash, divisor.end) == nil
    else { return nil }
    return (divisor.end, number.value + top.value / divisor.value)
  }

  /// `1st`, `22nd`, `3 rd` is none.
  func arabicOrdinal(_ start: Int) -> Value? {
    guard let number = wholePart(start) else { return nil }
    let word = lowercaseWord(number.end)
    return ["st", "nd", "rd", "th"].contains(word.text) ? (word.end, number.value) : nil
  }
}
