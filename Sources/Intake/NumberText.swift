import Metrics
import Tables

/// A number as people write it: `1,234.50`, `¥1.2万`, `(300)`, `12.5%`, `１２`.
///
/// Exact: `mantissa × 10^exponent`. Brackets and a minus behind are negative; separators of thousands stand between groups of
/// three. With a decimal comma, point and comma change places.
struct NumberText: Equatable {
  var mantissa: Int64
  var exponent: Int
  /// What had to be understood beyond digits, a minus and a point.
  var rules: CleaningRules = []
  /// Digits behind the decimal point as written.
  var decimals = 0

  /// The number in units of `10^-scale`; nil if it has more decimals than that, or beyond 64 bits.
  func units(_ scale: Int) -> Int64? {
    var (value, power) = (mantissa, exponent + scale)
    if value == 0 { return 0 }
    while power < 0 {
      if value % 10 != 0 { return nil }
      value /= 10
      power += 1
    }
    while power > 0 {
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      if over { return nil }
      value = product
      power -= 1
    }
    return value
  }

  /// Decimals that the value needs: 2 for 12.5 %, 0 for 1.2万.
  var neededScale: Int {
    var (value, power) = (mantissa, exponent)
    while power < 0, value % 10 == 0 {
      value /= 10
      power += 1
      if value == 0 { return 0 }
    }
    return max(0, -power)
  }

  var double: Double {
    if exponent >= 0, exponent <= 22, mantissa.magnitude < 1 << 53 { return Double(mantissa) * NumberText.powers[exponent] }
    if exponent < 0, exponent >= -22, mantissa.magnitude < 1 << 53 { return Double(mantissa) / NumberText.powers[-exponent] }
    return Double("\(mantissa)e\(exponent)") ?? .nan
  }

  private static let powers: [Double] = (0...22).map { Double("1e\($0)")! }

  /// - Parameter hasDecimalComma: whether `1.234,5` is one thousand two hundred and thirty-four and a half.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, hasDecimalComma: Bool = false) {
    var reader = Reader(bytes)
    guard let number = reader.number(hasDecimalComma) else { return nil }
    self = number
  }

  private init(mantissa: Int64, exponent: Int) { (self.mantissa, self.exponent) = (mantissa, exponent) }

  private struct Reader {
    private var text: [UInt8] = []
    private var rules: CleaningRules = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      guard bytes.contains(where: { $0 >= 0x80 }) else {
        text = Array(bytes)
        return
      }
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        switch scalar.value {
        case 0xFF01...0xFF5E where scalar != "￥":
          text.append(UInt8(scalar.value - 0xFEE0))
          rules.insert(.fullWidth)
        case 0x2212: text.append(UInt8(ascii: "-"))
        case 0x3000, 0xA0, 0x2009, 0x202F: text.append(32)
        default: text.append(contentsOf: Array(String(scalar).utf8))
        }
      }
    }

    mutating func number(_ hasDecimalComma: Bool) -> NumberText? {
      trim()
      var negative = false
      if text.first == UInt8(ascii: "("), text.last == UInt8(ascii: ")") {
        text = Array(text.dropFirst().dropLast())
        negative = true
        rules.insert(.brackets)
      }
      negative = takeSign() != negative
      let hadMoney = takeCurrency()
      if hadMoney { negative = takeSign() != negative }
      var power = takeMultiplier()
      if takeCurrency(), power == 0 { power = takeMultiplier() }
      if text.last == UInt8(ascii: "-"), text.count > 1 {
        text.removeLast()
        negative.toggle()
        rules.insert(.minusBehind)
      }
      trim()
      guard var number = digits(hasDecimalComma) else { return nil }
      number.exponent += power
      if negative { number.mantissa = -number.mantissa }
      number.rules = rules
      return number
    }

    private mutating func trim() {
      while text.last == 32 || text.last == 9 { text.removeLast() }
      let start = text.firstIndex { $0 != 32 && $0 != 9 } ?? text.count
      text.removeFirst(start)
    }

    private mutating func takeSign() -> Bool {
      guard let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else { return false }
      text.removeFirst()
      trim()
      return first == UInt8(ascii: "-")
    }

    private static let currencies: [[UInt8]] = [
      "US$", "HK$", "RMB", "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "人民币", "¥", "￥", "$", "€", "£", "元", "块",
    ].map { Array($0.utf8) }

    private mutating func takeCurrency() -> Bool {
      for sign in Reader.currencies {
        if text.starts(with: sign) { text.removeFirst(sign.count) } else if text.count > sign.count, text.suffix(sign.count).elementsEqual(sign) {
          text.removeLast(sign.count)
        } else { continue }
        rules.insert(.currency)
        trim()
        return true
      }
      return false
    }

    private static let multipliers: [(text: [UInt8], power: Int, rule: CleaningRules)] =
      [(Array("%".utf8), -2, .percent), (Array("‰".utf8), -3, .percent)] + MagnitudeWords.behindValues.map { (Array($0.word.utf8), $0.power, .myriads) }

    private mutating func takeMultiplier() -> Int {
      for (sign, power, rule) in Reader.multipliers where text.count > sign.count && text.suffix(sign.count).elementsEqual(sign) {
        text.removeLast(sign.count)
        rules.insert(rule)
        trim()
        return power
      }
      return 0
    }

    /// Digits in groups or not, decimals, an exponent; nothing else.
    private mutating func digits(_ hasDecimalComma: Bool) -> NumberText? {
      let point = UInt8(ascii: hasDecimalComma ? "," : ".")
      let comma = UInt8(ascii: hasDecimalComma ? "." : ",")
      var (mantissa, exponent, count, group, decimals) = (Int64(0), 0, 0, -1, -1)
      var index = 0
      while index < text.count {
        let byte = text[index]
        if (48...57).contains(byte) {
          let (product, over) = mantissa.multipliedReportingOverflow(by: 10)
          let (sum, overAgain) = product.addingReportingOverflow(Int64(byte - 48))
          if over || overAgain { return nil }
          mantissa = sum
          count += 1
          if decimals >= 0 { decimals += 1 } else if group >= 0 { group += 1 }
        } else if byte == comma || byte == UInt8(ascii: "'") || byte == 32, decimals < 0, count > 0 {
          if group < 0 ? count > 3 : group != 3 { return nil }
          group = 0
          rules.insert(.thousands)
        } else if byte == point, decimals < 0 {
          if group >= 0 && group != 3 { return nil }
          decimals = 0
        } else if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"), count > 0 {
          guard let power = Int(String(decoding: text[(index + 1)...], as: UTF8.self)), abs(power) < 400 else { return nil }
          exponent = power
          rules.insert(.exponent)
          break
        } else {
          return nil
        }
        index += 1
      }
      if count == 0 || (decimals < 0 && group >= 0 && group != 3) { return nil }
      if hasDecimalComma, decimals >= 0 { rules.insert(.decimalComma) }
      var number = NumberText(mantissa: mantissa, exponent: exponent - max(0, decimals))
      number.decimals = max(0, decimals)
      return number
    }
  }
}
