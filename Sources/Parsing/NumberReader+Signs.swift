/// The characters numerals are written with.
enum NumberSigns {
  static let ordinalPrefix: Set<Unicode.Scalar> = ["第"]
  static let currencies: Set<Unicode.Scalar> = ["$", "€", "£", "¥", "￥", "＄"]
  static let minus: Set<Unicode.Scalar> = ["-", "−", "－"]
  static let negative: Set<Unicode.Scalar> = ["负", "負"]
  static let points: Set<Unicode.Scalar> = ["点", "點"]
  static let percents: Set<Unicode.Scalar> = ["%", "％"]
  static let vague: Set<Unicode.Scalar> = ["几", "幾", "数", "數", "若"]
  static let dashes: Set<Unicode.Scalar> = ["-", "–", "—"]
  static let to: Set<Unicode.Scalar> = ["到", "至", "~"]
  static let half: Set<Unicode.Scalar> = ["半"]
  static let tenths: Set<Unicode.Scalar> = ["成"]
  static let dozen: Set<Unicode.Scalar> = ["打"]
  static let pair: Set<Unicode.Scalar> = ["对", "對"]
  static let part: Set<Unicode.Scalar> = ["分"]
  static let of: Set<Unicode.Scalar> = ["之"]
  static let and: Set<Unicode.Scalar> = ["又"]

  /// 0–9 in ASCII or full width.
  static func arabic(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x30...0x39: Int(scalar.value - 0x30)
    case 0xFF10...0xFF19: Int(scalar.value - 0xFF10)
    default: nil
    }
  }

  /// 0–9 in any script it is written in one by one: 5, ５, 五, 伍.
  static func digit(_ scalar: Unicode.Scalar) -> Int? {
    arabic(scalar) ?? (scalar.value < 0x3007 ? nil : chinese[scalar])
  }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    (0x61...0x7A).contains(scalar.value | 0x20) && scalar.value < 0x80
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\u{3000}" || scalar == "\u{A0}" }

  /// A first look, so that ordinary characters cost nothing.
  static func mayStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80
      ? isLetter(scalar) || arabic(scalar) != nil || scalar == "." || scalar == "-" || scalar == "$"
      : starters.contains(scalar) || arabic(scalar) != nil || fractions[scalar] != nil
  }

  static let chinese: [Unicode.Scalar: Int] = [
    "零": 0, "〇": 0, "○": 0, "一": 1, "壹": 1, "二": 2, "贰": 2, "貳": 2, "三": 3, "叁": 3, "參": 3, "参": 3, "四": 4, "肆": 4,
    "五": 5, "伍": 5, "六": 6, "陆": 6, "陸": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
  ]
  /// Digits that never stand in a row of digits.
  static let pairWords: [Unicode.Scalar: Int] = ["两": 2, "兩": 2, "俩": 2, "倆": 2]
  static let tens: [Unicode.Scalar: Double] = ["廿": 20, "卅": 30]
  static let units: [Unicode.Scalar: Double] = [
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000,
  ]
  static let bigUnits: [Unicode.Scalar: Double] = ["万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12]
  static let fractions: [Unicode.Scalar: Double] = [
    "½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1.0 / 3, "⅔": 2.0 / 3, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8, "⅙": 1.0 / 6,
    "⅚": 5.0 / 6, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875,
  ]

  private static let starters: Set<Unicode.Scalar> = Set(chinese.keys).union(pairWords.keys).union(tens.keys)
    .union(units.keys).union(bigUnits.keys).union(minus).union(negative).union(currencies).union(half)
    .union(ordinalPrefix)
}
