import Metrics
import SourceText

/// The words of a header or a table's name, however they are run together.
///
/// `cust_nm`, `CustName` and `Customer Name` are `[customer, name]`; `订单 ID` is `订单id`.
struct HeaderText: Sendable {
  /// As it stands in the file, without spaces around it and a unit in brackets behind it.
  let shown: String
  /// English words in small letters, abbreviations written out; empty for a Chinese header.
  var tokens: [String] = []
  /// Of a Chinese header: small letters, no spaces.
  var chinese = ""
  /// What stood in brackets: 元, USD.
  var unit = ""

  var isChinese: Bool { !chinese.isEmpty }
  /// The English words with spaces between.
  var phrase: String { tokens.joined(separator: " ") }
  /// The power of ten that the unit begins with: 万 of 万元; empty if there is none. A bare k or m may be a length.
  var magnitude: String {
    let unit = unit.lowercased()
    if let word = MagnitudeWords.behindValues.map(\.word).first(where: unit.hasPrefix) { return word }
    if unit == "千" + MagnitudeWords.ofMoney { return "千" }
    let words = unit.split(whereSeparator: { !$0.isLetter }).map { HeaderText.singular(String($0)) }
    return ["thousand", "million", "billion"].first(where: words.contains) ?? ""
  }
  /// A header in codes (`c7`, `f_012`, `x`) tells nothing.
  var isCode: Bool {
    if isChinese { return false }
    let letters = tokens.joined().filter(\.isLetter)
    return letters.count <= 2 || tokens.allSatisfy { token in token.contains(where: \.isNumber) && token.filter(\.isLetter).count <= 3 }
  }

  init(_ raw: String, _ lexicon: DraftLexicon, vocabulary: Set<String>) {
    var text = raw.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for (open, close) in [("(", ")"), ("（", "）"), ("[", "]")] where text.hasSuffix(close) {
      guard let start = text.lastIndex(of: Character(open)), start > text.startIndex else { continue }
      unit = String(text[text.index(after: start)...].dropLast())
      text = String(text[..<start]).split(separator: " ").joined(separator: " ")
    }
    shown = text
    if text.unicodeScalars.contains(where: \.properties.isIdeographic) {
      chinese = text.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
      return
    }
    tokens = HeaderText.words(text).flatMap { HeaderText.expanded($0, lexicon, vocabulary) }
  }

  /// Parts at spaces, signs and changes of case.
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      guard character.isLetter || character.isNumber || character == "%" else {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      let before = index > 0 ? characters[index - 1] : " "
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      let begins = character.isUppercase && (before.isLowercase || before.isNumber || (before.isUppercase && after.isLowercase && after != "s"))
      if begins, !word.isEmpty {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    if !word.isEmpty { words.append(word) }
    return words.map { $0.lowercased() }
  }

  /// An abbreviation written out, or known words that were run together: `orderid`, `custname`.
  private static func expanded(_ word: String, _ lexicon: DraftLexicon, _ vocabulary: Set<String>) -> [String] {
    if let long = lexicon.abbreviations[word] { return [long] }
    if vocabulary.contains(singular(word)) || word.count < 5 { return [word] }
    return split(Array(word), lexicon, vocabulary) ?? [word]
  }

  private static func split(_ letters: [Character], _ lexicon: DraftLexicon, _ vocabulary: Set<String>) -> [String]? {
    for cut in stride(from: letters.count - 2, through: 2, by: -1) {
      let (head, tail) = (String(letters[..<cut]), String(letters[cut...]))
      guard head.count > 2 || lexicon.abbreviations[head] != nil else { continue }
      guard vocabulary.contains(singular(head)) || lexicon.abbreviations[head] != nil,
        vocabulary.contains(singular(tail)) || lexicon.abbreviations[tail] != nil
      else { continue }
      return [lexicon.abbreviations[head] ?? head, lexicon.abbreviations[tail] ?? tail]
    }
    return nil
  }

  /// `categories` is `category`, `names` is `name`; `status` stays.
  static func singular(_ word: String) -> String {
    if word.count > 4, word.hasSuffix("ies") { return word.dropLast(3) + "y" }
    if word.count > 3, word.hasSuffix("s"), !["ss", "us", "is"].contains(where: word.hasSuffix) { return String(word.dropLast()) }
    return word
  }
}
