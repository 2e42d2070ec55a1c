import SourceText

/// A text in the one shape that words are compared in, with the way back to what was typed.
///
/// Full width becomes half width, upper case lower case, traditional characters simplified, runs of white space one space; marks that show nothing (zero
/// width, direction, control) are dropped. Every scalar knows where it stood, so spans always speak of the typed text.
package struct NormalisedText: Sendable, Hashable {
  package private(set) var scalars: [Unicode.Scalar] = []
  /// For each scalar, its place in the original.
  package private(set) var origins: [Int] = []
  package let original: [Unicode.Scalar]

  /// - Parameter isParticle: whether a character joins words without a meaning of its own; a language knows.
  package init(_ text: String, isParticle: (Unicode.Scalar) -> Bool = { _ in false }) {
    original = Array(text.unicodeScalars)
    for (index, scalar) in original.enumerated() {
      if let sign = groupSign(index, isParticle) {
        for scalar in sign.unicodeScalars {
          scalars.append(scalar)
          origins.append(index)
        }
        continue
      }
      guard let plain = Self.plain(scalar) else { continue }
      if plain == " ", scalars.last == " " || scalars.isEmpty { continue }
      scalars.append(plain)
      origins.append(index)
    }
    while scalars.last == " " {
      scalars.removeLast()
      origins.removeLast()
    }
  }

  /// What stands for a sign between two groups of digits: a space that does not break groups them (1 234 567); a comma of
  /// full width behind an amount with its own sign lists them ($20，300元 are two). nil for every other sign.
  private func groupSign(_ index: Int, _ isParticle: (Unicode.Scalar) -> Bool) -> String? {
    func isDigit(_ at: Int) -> Bool { original.indices.contains(at) && ("0"..."9").contains(original[at]) }
    let isSpace = [0xA0, 0x2009, 0x202F].contains(original[index].value)
    guard isSpace || original[index] == "，", isDigit(index - 1), isDigit(index + 1) else { return nil }
    if isSpace { return isDigit(index + 2) && isDigit(index + 3) && !isDigit(index + 4) ? "," : nil }
    let behind = original[index...].dropFirst().first { !("0"..."9").contains($0) && $0 != "." }
    guard let behind, !isParticle(behind), ScalarKind(behind) == .han else { return nil }
    let before = original[..<index].last { !("0"..."9").contains($0) && $0 != "," && $0 != "." }
    return before.map { NumberSigns.currencies.contains($0) } == true ? ", " : nil
  }

  /// The normalised form of a word from a file, to be looked up.
  package static func word(_ text: String) -> [Unicode.Scalar] {
    let scalars = Array(text.unicodeScalars)
    // Nearly all words of files are in this form already; thousands are looked at in every start.
    return scalars.allSatisfy(isNormalised) ? scalars : NormalisedText(text).scalars
  }

  /// Lower case letters, digits, Han without a simpler form; spaces are left to the long way.
  private static func isNormalised(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9": true
    case "\u{4E00}"..."\u{9FFF}": HanFolding.simplified(scalar) == scalar
    default: false
    }
  }

  /// The whole in the shape words are compared in.
  var words: String { String(String.UnicodeScalarView(scalars)) }

  /// A stretch of it in that shape.
  func words(_ start: Int, _ end: Int) -> String { String(String.UnicodeScalarView(scalars[start..<end])) }

  /// Whether a stretch was typed in capitals, in a text that has small letters.
  func isCode(_ start: Int, _ end: Int) -> Bool {
    original[span(start, end).range].allSatisfy { ("A"..."Z").contains($0) } && original.contains { ("a"..."z").contains($0) }
  }

  /// The span of the original that a run of normalised scalars came from.
  package func span(_ start: Int, _ end: Int) -> Span {
    guard start < end else { return Span(origins.last.map { $0 + 1 } ?? 0, origins.last.map { $0 + 1 } ?? 0) }
    return Span(origins[start], origins[end - 1] + 1)
  }

  /// What each scalar is to the lattice.
  var kinds: [ScalarKind] { scalars.map { ScalarKind($0) } }

  /// Whether a word may begin or end at each place, with the end of the text as the last.
  var boundaries: [Bool] {
    var boundaries = Array(repeating: true, count: scalars.count + 1)
    for place in scalars.indices.dropFirst() { boundaries[place] = ScalarKind.isBoundary(scalars[place - 1], scalars[place]) }
    return boundaries
  }

  /// What was typed there.
  package func text(_ span: Span) -> String { String(String.UnicodeScalarView(original[span.range])) }

  /// The next position that is not a space.
  package func skipSpace(_ position: Int) -> Int {
    position < scalars.count && scalars[position] == " " ? position + 1 : position
  }

  /// Whether nothing follows, or a mark that ends a sentence or a part of it.
  func isEndOfSentence(_ position: Int) -> Bool {
    let next = skipSpace(position)
    guard next < scalars.count else { return true }
    let isInNumber = next + 1 < scalars.count && ScalarKind(scalars[next + 1]) == .digit
    return [".", ",", ";", "!", "?", "。", "、"].contains(scalars[next]) && !isInNumber
  }

  /// nil for a scalar that shows nothing.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x41...0x5A: return Unicode.Scalar(scalar.value + 32)
    case 0x20...0x7E: return scalar
    case 0x09...0x0D, 0x85, 0xA0, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return " "
    case 0...0x1F, 0x7F...0x9F, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF:
      return nil
    case 0xFF01...0xFF5E: return plain(Unicode.Scalar(scalar.value - 0xFEE0)!)
    case 0x2018, 0x2019, 0x02BC: return "'"
    case 0x201C, 0x201D, 0x300C, 0x300D, 0x300E, 0x300F: return "\""
    case 0x2010...0x2015, 0x2212: return "-"
    case 0x301C: return "~"
    case 0x4E00...0x9FFF: return HanFolding.simplified(scalar)
    default:
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      return lower.count == 1 ? lower.first! : scalar
    }
  }
}

/// What a scalar is to the lattice: letters and digits keep together, Han stand alone.
enum ScalarKind {
  case letter, digit, han, space, mark

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x61...0x7A, 0x41...0x5A, 0x5F: self = .letter
    case 0x30...0x39: self = .digit
    case 0x20: self = .space
    case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: self = .han
    case 0x21...0x7F: self = .mark
    default:
      // Letters of other scripts (é, ü, Cyrillic, Kana) keep together as words do.
      self = scalar.properties.isAlphabetic ? .letter : scalar.properties.numericType != nil ? .digit : .mark
    }
  }

  /// Whether a word may begin or end between these two: not inside a run of letters or of digits.
  static func isBoundary(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    switch (ScalarKind(left), ScalarKind(right)) {
    case (.letter, .letter), (.digit, .digit): false
    default: true
    }
  }
}
