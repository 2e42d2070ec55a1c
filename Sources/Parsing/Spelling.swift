import Phrasebook
import SourceText
import Synchronization

/// Finds what a word that nothing covers may have meant. Made with the reader, but it reads and indexes nothing until the
/// first word that is not understood.
package final class Spelling: Sendable {
  struct Knowledge: Sendable {
    var tables: SpellingTables
    var names: NameSpellings
  }

  private let tables: @Sendable () -> SpellingTables
  private let knowledge = Mutex<Knowledge?>(nil)

  /// - Parameter tables: reads `lexicon/*/*.spelling`; called once at most.
  package init(tables: @escaping @Sendable () -> SpellingTables = { SpellingTables() }) { self.tables = tables }

  func knowledge(of grammar: CompiledGrammar) -> Knowledge {
    knowledge.withLock { known in
      if let known { return known }
      let made = Knowledge(tables: tables(), names: NameSpellings(grammar))
      known = made
      return made
    }
  }
}

/// A word of the vocabulary that a stretch of text may stand for, though it is spelt otherwise.
struct SpellingCandidate: Sendable {
  enum Use: Sendable, Comparable {
    /// Near enough to be read so, and said.
    case read
    /// Only to be offered: a part of a name, a word that is also something else, a short word.
    case offer
  }

  var start: Int
  var end: Int
  var word: VocabularyWord
  var edits: Int
  var use: Use
  /// Whether what was typed is a part of the name, not a misspelling of it.
  var isPart = false
}

/// The names of a dictionary, in the two shapes that misspelt words are compared with.
struct NameSpellings: Sendable {
  struct Name: Sendable {
    var scalars: [Unicode.Scalar]
    var words: [VocabularyWord]
    var isValue: Bool
    /// Latin words of the name; empty if it has a Han character.
    var tokens: [[Unicode.Scalar]]
  }

  /// Names with a Han character, then by length.
  private(set) var han: [Name] = []
  private(set) var latin: [Name] = []
  /// Where each Latin word stands in names.
  private(set) var byToken: [[Unicode.Scalar]: [(name: Int, position: Int)]] = [:]
  /// Latin names without spaces, hyphens and underscores.
  private(set) var joined: [[Unicode.Scalar]: [Int]] = [:]
  /// By Han character, the names of `han` that it stands in, each once and in their order.
  private(set) var byCharacter: [Unicode.Scalar: [Int]] = [:]
  /// Names that suggestions may offer, with their small letters.
  private let suggestions: [(name: String, letters: [Unicode.Scalar])]
  /// Every Latin word there is in names, words and rules: what is typed so is meant so.
  private(set) var tokens: Set<[Unicode.Scalar]> = []

  init(_ grammar: CompiledGrammar) {
    suggestions = grammar.suggestions.map { ($0, Array($0.lowercased().unicodeScalars)) }
    let kinds = (0..<grammar.categoryCount).map { category in
      let name = grammar.categoryName(category)
      return (isName: Self.isName(name), isValue: Self.isValue(name), isMetric: name == BuiltIn.metric)
    }
    let entries = (0..<grammar.entryCount).map { (scalars: grammar.scalars(of: $0), entry: $0) }
    for (scalars, entry) in entries.sorted(by: { Self.precedes($0.scalars, $1.scalars) }) {
      let parts = Self.tokens(of: scalars)
      tokens.formUnion(parts)
      // A wording that asks for a metric without being a name of it has a cost, and is offered to nobody.
      let words = grammar.words(of: entry).filter { kinds[$0.category].isName && !(kinds[$0.category].isMetric && $0.cost > 0) }
      guard !words.isEmpty else { continue }
      let isValue = words.allSatisfy { kinds[$0.category].isValue }
      let hasHan = scalars.contains { ScalarKind($0) == .han }
      let name = Name(scalars: scalars, words: words, isValue: isValue, tokens: hasHan ? [] : parts)
      if hasHan { addHan(name) } else { addLatin(name) }
    }
  }

  private mutating func addHan(_ name: Name) {
    han.append(name)
    for scalar in name.scalars where ScalarKind(scalar) == .han && byCharacter[scalar]?.last != han.count - 1 {
      byCharacter[scalar, default: []].append(han.count - 1)
    }
  }

  /// The names with Han characters that hold one of some characters, by number, in their order.
  func han(withAnyOf characters: some Sequence<Unicode.Scalar>) -> [Int] {
    Set(Set(characters).flatMap { byCharacter[$0] ?? [] }).sorted()
  }

  /// The names that suggestions may offer for a word, as `NearMiss` has them; most are told to be too far without counting edits.
  func suggestions(near word: String) -> [String] {
    let letters = Array(word.lowercased().unicodeScalars)
    let allowed = max(1, letters.count / 3)
    let near = suggestions.filter { _, other in
      if abs(other.count - letters.count) > allowed { return Self.holds(other, letters) || other.count >= 2 && Self.holds(letters, other) }
      return Self.leastEdits(letters, other) <= allowed
    }
    return NearMiss.nearest(to: word, among: near.map(\.name))
  }

  /// Whether a run of scalars stands in another.
  static func holds(_ text: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
    guard let first = part.first, text.count >= part.count else { return part.isEmpty }
    for start in 0...(text.count - part.count) where text[start] == first {
      var length = 1
      while length < part.count, text[start + length] == part[length] { length += 1 }
      if length == part.count { return true }
    }
    return false
  }

  private mutating func addLatin(_ name: Name) {
    latin.append(name)
    let id = latin.count - 1
    for (position, token) in name.tokens.enumerated() { byToken[token, default: []].append((id, position)) }
    joined[Array(name.tokens.joined()), default: []].append(id)
  }

  private static func precedes(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
  }

  /// The categories whose words may be meant: what the dictionary and the data name.
  static func isName(_ category: String) -> Bool {
    [BuiltIn.metric, BuiltIn.dimension, BuiltIn.pluralDimension, BuiltIn.countable].contains(category) || isValue(category)
  }

  static func isValue(_ category: String) -> Bool {
    category == BuiltIn.value || category == BuiltIn.namedValue
  }

  /// Runs of letters, and runs of digits.
  static func tokens(of scalars: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var result: [[Unicode.Scalar]] = []
    var last: ScalarKind?
    for scalar in scalars {
      let kind = scalar == "_" ? .mark : ScalarKind(scalar)
      if kind == .letter || kind == .digit {
        if kind == last { result[result.count - 1].append(scalar) } else { result.append([scalar]) }
      }
      last = kind
    }
    return result
  }
}
