/// Chinese numerals, also mixed with digits: 三千五百, 一百零五, 1.2万, 四万五千二, 三分之一, 七成六.
extension NumberScanner {
  /// One numeral with Chinese digits or units; digits alone are `arabic`.
  func chinese(_ start: Int) -> Value? {
    if let row = digitRow(start) { return row }
    var numeral = ChineseNumeral()
    var at = start
    while let (token, end) = token(at, inNumeral: at > start), numeral.take(token) {
      at = end
      numeral.end = numeral.isOpen ? numeral.end : end
    }
    guard numeral.end > 0, numeral.hasChinese, !isVague(numeral.end) else { return nil }
    return withDecimals((numeral.end, numeral.value))
  }

  /// 十几, 二十几, 三百几: no number at all.
  private func isVague(_ end: Int) -> Bool { end < text.count && ["几", "幾"].contains(text[end]) }

  /// 二零一五: digits one by one, three or more or with a zero.
  private func digitRow(_ start: Int) -> Value? {
    guard start < text.count, NumberSigns.arabic(text[start]) == nil else { return nil }
    let row = digitRun(start)
    let end = start + row.count
    guard row.count >= 3 || (row.count == 2 && row.contains(0)), row.count <= 15 else { return nil }
    if end < text.count, NumberSigns.units[text[end]] != nil || NumberSigns.bigUnits[text[end]] != nil { return nil }
    return withDecimals((end, Double(NumberScanner.value(row))))
  }

  /// 十点二三, 三点五万.
  private func withDecimals(_ whole: Value) -> Value {
    guard let point = skip(NumberSigns.points, skipSpaces(whole.end)) else { return whole }
    let run = digitRun(skipSpaces(point))
    guard !run.isEmpty else { return whole }
    let digits = run.map(String.init).joined()
    guard let value = Double(NumberScanner.integerText(whole.value) + "." + digits) else { return whole }
    return multiplied((skipSpaces(point) + run.count, value))
  }

  private static func integerText(_ value: Double) -> String { value < 1e15 ? String(Int(value)) : String(value) }

  private func multiplied(_ number: Value) -> Value {
    var result = number
    while result.end < text.count, let factor = NumberSigns.bigUnits[text[result.end]] ?? NumberSigns.units[text[result.end]] {
      result = (result.end + 1, result.value.scaled(by: factor))
    }
    return result
  }

  /// The next piece of a numeral. Behind a space only a unit, or a digit with a unit behind it, continues the numeral.
  private func token(_ start: Int, inNumeral: Bool) -> (ChineseNumeral.Token, Int)? {
    let at = inNumeral ? skipSpaces(start) : start
    guard at < text.count, let (token, end) = bareToken(at) else { return nil }
    if at == start || token.isUnit { return (token, end) }
    let next = skipSpaces(end)
    if isZeroBetween(token, at, next) { return (token, end) }
    guard next < text.count, let (following, _) = bareToken(next) else { return isLastDigit(token, at, next) ? (token, end) : nil }
    // 三百 五百 are two numbers.
    if let unit = NumberSigns.units[text[next]], unitBefore(at) ?? .infinity <= unit { return nil }
    return following.isUnit ? (token, end) : nil
  }

  /// 三百 五 with nothing behind it, or 又 and a fraction: the five counts in tens, as in 三百五.
  private func isLastDigit(_ token: ChineseNumeral.Token, _ at: Int, _ next: Int) -> Bool {
    guard case .digit = token, NumberSigns.arabic(text[at]) == nil, unitBefore(at) ?? 0 >= 100 else { return false }
    return next == text.count || NumberSigns.and.contains(text[next]) || ScalarKind(text[next]) == .mark
  }

  /// 两百 零 三: the zero behind a unit, and the digit behind it.
  private func isZeroBetween(_ token: ChineseNumeral.Token, _ at: Int, _ next: Int) -> Bool {
    guard case .digit(let digit) = token else { return false }
    if digit != 0 { return text[..<at].last { !NumberSigns.isSpace($0) }.flatMap { NumberSigns.chinese[$0] } == 0 }
    return unitBefore(at) ?? 0 >= 100 && next < text.count && NumberSigns.chinese[text[next]] ?? 0 > 0
  }

  /// 十, 百 or 千 before a place, over spaces.
  private func unitBefore(_ at: Int) -> Double? {
    text[..<at].last { !NumberSigns.isSpace($0) }.flatMap { NumberSigns.units[$0] }
  }

  private func bareToken(_ at: Int) -> (ChineseNumeral.Token, Int)? {
    let scalar = text[at]
    if let number = decimal(at), NumberSigns.arabic(scalar) != nil { return (.arabic(number.value), number.end) }
    if let digit = NumberSigns.chinese[scalar] ?? NumberSigns.pairWords[scalar] { return (.digit(Double(digit)), at + 1) }
    if let tens = NumberSigns.tens[scalar] { return (.tens(tens), at + 1) }
    if let unit = NumberSigns.units[scalar] { return (.unit(unit), at + 1) }
    if let unit = NumberSigns.bigUnits[scalar] { return (.bigUnit(unit), at + 1) }
    return nil
  }

  // MARK: Ranges

  /// 5到10万, 八百到九百亿: the big unit behind the second number counts for the first too, if that is the smaller one.
  ///
  /// 100到1万 stays as it is: 100 万 to 1 万 is no range.
  func withSharedScale(_ found: [Found]) -> [Found] {
    found.map { number in
      guard number.kind == .number, number.value > 0, number.end > 0, NumberSigns.bigUnits[text[number.end - 1]] == nil,
        let next = rangeSign(number.end), let upper = chinese(next), upper.value >= 10_000
      else { return number }
      var end = upper.end
      var scale = 1.0
      while end > next, let unit = NumberSigns.bigUnits[text[end - 1]] {
        scale *= unit
        end -= 1
      }
      guard scale > 1, number.value < upper.value / scale else { return number }
      return Found(end: number.end, value: number.value.scaled(by: scale), kind: .number)
    }
  }

  private func rangeSign(_ end: Int) -> Int? {
    let at = skipSpaces(end)
    return (skip(NumberSigns.to, at) ?? skip(NumberSigns.dashes, at)).map(skipSpaces)
  }

  // MARK: Fractions

  /// 三分之一, 百分之二十 (percent), 三又二分之一, 一半.
  func fractions(_ start: Int) -> [Found] {
    guard start < text.count else { return [] }
    if NumberSigns.chinese[text[start]] == 1, let end = skip(NumberSigns.half, start + 1) {
      return [Found(end: end, value: 0.5, kind: .number)]
    }
    guard let first = chinese(start) ?? arabic(start).last.map({ $0 }) else { return [] }
    if let fraction = fraction(first) {
      // 百分之, 万分之 without a count before the unit are rates.
      let isRate = NumberSigns.units[text[start]] != nil || NumberSigns.bigUnits[text[start]] != nil
      return [Found(end: fraction.end, value: fraction.value * (isRate ? 100 : 1), kind: isRate ? .percent : .number)]
    }
    guard let next = skip(NumberSigns.and, skipSpaces(first.end)) else { return [] }
    let second = skipSpaces(next)
    guard let bottom = chinese(second) ?? arabic(second).last, let fraction = fraction(bottom) else { return [] }
    return [Found(end: fraction.end, value: first.value + fraction.value, kind: .number)]
  }

  /// 分之 and what stands behind it.
  private func fraction(_ bottom: Value) -> Value? {
    guard bottom.value > 0, let part = skip(NumberSigns.part, skipSpaces(bottom.end)),
      let of = skip(NumberSigns.of, skipSpaces(part))
    else { return nil }
    let negative = skip(NumberSigns.negative, skipSpaces(of))
    let at = skipSpaces(negative ?? of)
    guard let top = chinese(at) ?? decimal(at) else { return nil }
    return (top.end, (negative == nil ? 1 : -1) * top.value / bottom.value)
  }

  /// 三成, 七成六, 半成: tenths, in percent.
  func tenths(_ start: Int) -> [Found] {
    plain(start).compactMap { number in
      guard let end = skip(NumberSigns.tenths, skipSpaces(number.end)) else { return nil }
      let next = skipSpaces(end)
      let more = next < text.count ? NumberSigns.chinese[text[next]] : nil
      return Found(end: more == nil ? end : next + 1, value: number.value * 10 + Double(more ?? 0), kind: .percent)
    }
  }
}

/// Adds up a Chinese numeral piece by piece.
struct ChineseNumeral {
  enum Token {
    case digit(Double), arabic(Double), tens(Double), unit(Double), bigUnit(Double)

    var isUnit: Bool {
      switch self {
      case .unit, .bigUnit: true
      default: false
      }
    }
  }

  /// End of the last piece that may end a numeral.
  var end = 0
  private(set) var hasChinese = false
  /// A zero was the last piece: 一百零.
  private(set) var isOpen = false
  private var count = 0
  private var upper = 0.0
  private var middle = 0.0
  private var section = 0.0
  private var current: Double?
  private var currentIsDigit = false
  private var sectionUnit = Double.infinity
  private var lastUnit = 0.0
  private var afterZero = false

  /// Whether the piece continues the numeral.
  mutating func take(_ token: Token) -> Bool {
    defer { count += 1 }
    switch token {
    case .digit(0) where count > 0: return takeZero()
    case .digit(let value): return takeValue(value, isDigit: true)
    case .arabic(let value): return takeValue(value, isDigit: false)
    case .tens(let value): return takeTens(value)
    case .unit(let unit): return takeUnit(unit)
    case .bigUnit(let unit): return takeBigUnit(unit)
    }
  }

  /// The value so far; a last bare digit counts in tenths of the unit before it: 一千三 is 1300, 一千零三 is 1003.
  var value: Double {
    let last = current ?? 0
    let isShort = currentIsDigit && !afterZero && lastUnit >= 100
    return upper + middle + section + (isShort ? last * lastUnit / 10 : last)
  }

  private mutating func takeZero() -> Bool {
    guard current == nil, !isOpen else { return false }
    afterZero = true
    isOpen = true
    return true
  }

  private mutating func takeValue(_ value: Double, isDigit: Bool) -> Bool {
    guard current == nil, isDigit || value < 10_000 || count == 0 else { return false }
    current = value
    currentIsDigit = isDigit || value < 10
    hasChinese = hasChinese || isDigit
    isOpen = false
    return true
  }

  private mutating func takeTens(_ value: Double) -> Bool {
    guard current == nil, sectionUnit > 10 else { return false }
    section += value
    finish(unit: 10)
    sectionUnit = 10
    return true
  }

  private mutating func takeUnit(_ unit: Double) -> Bool {
    guard sectionUnit > unit, current != nil || count == 0 || afterZero || (unit == 10 && lastUnit > 10) else { return false }
    section += (current ?? 1).scaled(by: unit)
    finish(unit: unit)
    sectionUnit = unit
    return true
  }

  private mutating func takeBigUnit(_ unit: Double) -> Bool {
    let low = section + (current ?? 0)
    if low == 0, upper + middle == 0, count > 0 { return false }
    let amount = low > 0 || middle > 0 || upper > 0 ? low : 1
    switch unit {
    case 1e4: middle = low > 0 || middle == 0 ? middle + amount.scaled(by: unit) : middle * unit
    case 1e8: upper += (middle + amount).scaled(by: unit); middle = 0
    default: upper = (upper + middle + amount).scaled(by: unit); middle = 0
    }
    section = 0
    finish(unit: unit)
    sectionUnit = .infinity
    return true
  }

  private mutating func finish(unit: Double) {
    current = nil
    lastUnit = unit
    afterZero = false
    isOpen = false
    hasChinese = true
  }
}
