/// Singular and plural of English nouns, by spelling alone.
///
/// A wrong form does no harm: it is a word nobody types. Example: `otherForms(of: "Category")` is `["Categories"]`.
enum EnglishNumber {
  /// The plural of a word in the singular.
  static func plurals(of word: String) -> [String] {
    let lower = word.lowercased()
    if lower.hasSuffix("s"), !lower.hasSuffix("ss") { return [] }
    return otherForms(of: word)
  }

  static func otherForms(of word: String) -> [String] {
    guard let last = word.last, last.isASCII, last.isLetter, word.count > 2 else { return [] }
    let lower = word.lowercased()
    if lower.hasSuffix("ies"), word.count > 4 { return [String(word.dropLast(3)) + "y"] }
    if ["ses", "xes", "zes", "ches", "shes"].contains(where: lower.hasSuffix) {
      return [String(word.dropLast(2)), String(word.dropLast())]
    }
    if lower.hasSuffix("ss") || lower.hasSuffix("x") || lower.hasSuffix("ch") || lower.hasSuffix("sh") { return [word + "es"] }
    // Earnings and savings are no plural of what is earning and saving.
    if lower.hasSuffix("ings") { return [] }
    if lower.hasSuffix("s") { return [String(word.dropLast())] }
    if lower.hasSuffix("y"), let before = lower.dropLast().last, !"aeiou".contains(before) {
      return [String(word.dropLast()) + "ies"]
    }
    return [word + "s"]
  }
}
