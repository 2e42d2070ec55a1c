/// Adds up an English numeral word by word.
struct EnglishNumeral {
  /// Pieces taken, and how many of them were words.
  private(set) var count = 0
  private(set) var words = 0
  private(set) var isOrdinal = false
  var afterAnd = false
  private var total = 0.0
  private var group = 0.0
  /// The smallest scale used in `total`; the next must be smaller.
  private var lastScale = Double.infinity
  /// What may still be added to the group: below 1000, 100, 10, 1.
  private var room = 1000.0

  var value: Double { total + group }
  /// "and" joins only behind hundred, thousand …: two hundred and five.
  var mayTakeAnd: Bool { words > 0 && !afterAnd && (group >= 100 && room == 100 || group == 0 && total > 0) }

  /// Takes a word; `next` is the word behind it, which a lone "a" needs.
  mutating func take(_ word: String, followedBy next: String) -> Bool {
    if word == "a" || word == "an", count == 0, EnglishNumeral.isMultiplier(next) { return add(1, below: 1000) }
    if word == "half", count == 0 { return add(0.5, below: 1) && { room = 0.4; return true }() }
    if word == "a", value == 0.5, count == 1, EnglishNumeral.isMultiplier(next) { return true }
    if let value = EnglishNumeral.small[word] { return add(value, below: value < 10 ? 10 : 100) }
    if let value = EnglishNumeral.tens[word], isSpokenHundred { return addTens(value) }
    if let value = EnglishNumeral.tens[word] { return add(value, below: 100) && { room = 10; return true }() }
    if EnglishNumeral.hundreds.contains(word) { return hundred() }
    if let scale = EnglishNumeral.scales[word] { return multiply(scale) }
    if ["dozen", "dozens", "doz", "dozs"].contains(word) { return multiply(12) }
    return takeOrdinal(word)
  }

  /// Digits inside a numeral in words: 4 thousand 3 hundred and 21.
  mutating func takeDigits(_ value: Double) -> Bool {
    let continues = words > 0 && value > 0 && value < room && value == value.rounded() && (group == 0 || afterAnd)
    guard count == 0 || continues else { return false }
    group += value
    count += 1
    room = 1
    afterAnd = false
    return true
  }

  /// one twenty two is 122: a lone digit before tens counts hundreds.
  private var isSpokenHundred: Bool { count == 1 && words == 1 && total == 0 && (1...9).contains(group) && !isOrdinal }

  private mutating func addTens(_ value: Double) -> Bool {
    group = group * 100 + value
    room = 10
    count += 1
    words += 1
    return true
  }

  /// Zero adds nothing to a number that has begun: "three hundred and zero" are two.
  private mutating func add(_ value: Double, below limit: Double) -> Bool {
    guard room >= limit, value < lastScale, value > 0 || count == 0 else { return false }
    group += value
    room = 1
    count += 1
    words += 1
    afterAnd = false
    return true
  }

  private mutating func hundred() -> Bool {
    guard group > 0, group < 100 || words == 0, room <= 1 || room == 10 else { return false }
    group *= 100
    room = 100
    count += 1
    words += 1
    return true
  }

  private mutating func multiply(_ scale: Double) -> Bool {
    guard group > 0 || (total > 0 && lastScale <= scale && count > 0), scale != 12 || total == 0 else { return false }
    if group == 0 { total *= scale } else if scale < lastScale { total += group * scale } else { total = (total + group) * scale }
    lastScale = scale
    group = 0
    room = 1000
    count += 1
    words += 1
    return true
  }

  private mutating func takeOrdinal(_ word: String) -> Bool {
    guard let value = EnglishNumeral.ordinals[word] else { return false }
    let taken: Bool
    switch value {
    case 100: taken = group == 0 ? add(100, below: 1000) : hundred()
    case 1000...: taken = group == 0 ? add(value, below: 1000) : multiply(value)
    default: taken = add(value, below: value < 10 ? 10 : 100)
    }
    isOrdinal = taken
    return taken
  }

  private static func isMultiplier(_ word: String) -> Bool {
    hundreds.contains(word) || scales[word] != nil || word == "dozen"
  }

  /// Whether a numeral, or a sign of one, begins with a word.
  static func mayBegin(_ word: String) -> Bool {
    if beginnings.contains(word) { return true }
    // twentyfive
    return word.utf8.count > 5 && tens.keys.contains { word.hasPrefix($0) }
  }

  private static let beginnings: Set<String> = Set(["a", "an", "half", "minus", "negative"]).union(small.keys).union(tens.keys)
    .union(ordinals.keys)

  static let hundreds: Set<String> = ["hundred", "hundreds"]
  static let small: [String: Double] = [
    "zero": 0, "nil": 0, "naught": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
  ]
  static let tens: [String: Double] = [
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
  ]
  static let tensValues: Set<String> = ["20", "30", "40", "50", "60", "70", "80", "90"]
  static let scales: [String: Double] = [
    "thousand": 1e3, "thousands": 1e3, "lakh": 1e5, "lac": 1e5, "lakhs": 1e5, "million": 1e6, "millions": 1e6,
    "crore": 1e7, "crores": 1e7, "cr": 1e7, "billion": 1e9, "billions": 1e9, "trillion": 1e12, "trillions": 1e12,
  ]
  static let ordinals: [String: Double] = [
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "nineth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
    "hundredth": 100, "thousandth": 1e3, "millionth": 1e6, "billionth": 1e9, "trillionth": 1e12,
  ]
}
