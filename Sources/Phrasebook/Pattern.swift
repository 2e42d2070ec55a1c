import SourceText

/// One wording of a rule: words, optional parts and slots, as a small automaton.
///
/// `前 {n:number} [大|名|个] {d:dimension}` reads: 前, a number, perhaps one of three words, a dimension.
/// `(a|b)` is a choice that must be made. States are numbered from 0 (start).
package struct Pattern: Hashable, Sendable {
  package enum Symbol: Hashable, Sendable {
    /// A word as it stands in the text.
    case word(String)
    /// A phrase or word of a category, kept under the slot's name.
    case slot(name: String, category: String)
  }

  package struct Arc: Hashable, Sendable {
    package var symbol: Symbol
    package var target: Int
  }

  package var source: String
  package var place: SourcePlace
  /// Arcs that leave each state.
  package var states: [[Arc]]
  /// Whether the pattern may end in a state, by its number.
  package var accepting: [Bool]
  package var slots: [String]
}

/// Reads a pattern.
struct PatternReader {
  /// A pattern before it becomes an automaton.
  private indirect enum Node {
    case symbol(Pattern.Symbol)
    case sequence([Node])
    case choice([Node], optional: Bool)
  }

  /// Bytes: every sign of the pattern language is ASCII, so words of any script pass through whole.
  private let bytes: [UInt8]
  private var position = 0
  private let place: SourcePlace

  private init(_ text: String, place: SourcePlace) {
    bytes = Array(text.utf8)
    self.place = place
  }

  /// - Throws: `Diagnostic` with the column of the fault.
  static func read(_ text: String, place: SourcePlace) throws(Diagnostic) -> Pattern {
    var reader = PatternReader(text, place: place)
    let node = try reader.sequence(until: [])
    var builder = Builder()
    let ends = builder.add(node, from: [0])
    if ends.contains(0) {
      throw Diagnostic(code: "empty-pattern", at: place, found: "a pattern that matches nothing", expected: "at least one word or slot")
    }
    return Pattern(
      source: text, place: place, states: builder.states,
      accepting: builder.states.indices.map(ends.contains), slots: builder.slots)
  }

  private mutating func sequence(until stops: [UInt8]) throws(Diagnostic) -> Node {
    var nodes: [Node] = []
    while position < bytes.count, !stops.contains(bytes[position]) {
      switch bytes[position] {
      case UInt8(ascii: " "): position += 1
      case UInt8(ascii: "["): nodes.append(try choice(close: UInt8(ascii: "]"), optional: true))
      case UInt8(ascii: "("): nodes.append(try choice(close: UInt8(ascii: ")"), optional: false))
      case UInt8(ascii: "{"): nodes.append(try slot())
      default: nodes.append(.symbol(.word(word())))
      }
    }
    return .sequence(nodes)
  }

  private mutating func choice(close: UInt8, optional: Bool) throws(Diagnostic) -> Node {
    position += 1
    var options: [Node] = []
    while true {
      options.append(try sequence(until: [UInt8(ascii: "|"), close]))
      guard position < bytes.count else { throw fault("end of line", String(UnicodeScalar(close))) }
      position += 1
      if bytes[position - 1] == close { break }
    }
    return .choice(options, optional: optional)
  }

  private mutating func slot() throws(Diagnostic) -> Node {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "}") { position += 1 }
    guard position < bytes.count else { throw fault("an open {", "}") }
    position += 1
    let parts = LineReader.parts(String(decoding: bytes[(start + 1)..<(position - 1)], as: UTF8.self), separator: ":")
    guard parts.count == 2 else { throw fault("{\(parts.joined())}", "{name:category}") }
    return .symbol(.slot(name: parts[0], category: parts[1]))
  }

  private static let signs = Set(" []()|{}".utf8)

  /// Everything up to a space or a sign of the pattern language; Latin words keep apart by spaces, as in the text.
  private mutating func word() -> String {
    let start = position
    while position < bytes.count, !Self.signs.contains(bytes[position]) { position += 1 }
    if position == start { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func fault(_ found: String, _ expected: String) -> Diagnostic {
    Diagnostic(
      code: "bad-pattern", at: SourcePlace(file: place.file, line: place.line, column: place.column + position),
      found: found, expected: expected)
  }

  /// Builds states; no empty arcs: a set of states stands for "after an optional part or without it".
  private struct Builder {
    var states: [[Pattern.Arc]] = [[]]
    var slots: [String] = []

    /// Adds what leads on from `from`; gives the states it ends in, each once.
    mutating func add(_ node: Node, from: [Int]) -> [Int] {
      switch node {
      case .symbol(let symbol):
        states.append([])
        connect(symbol, from: from, to: states.count - 1)
        return [states.count - 1]
      case .sequence(let nodes): return nodes.reduce(from) { add($1, from: $0) }
      case .choice(let options, let optional): return choice(options, optional, from: from)
      }
    }

    /// Options of one word or slot end in one common state: long lists of words make no more states than one word.
    private mutating func choice(_ options: [Node], _ optional: Bool, from: [Int]) -> [Int] {
      var ends = optional ? from : []
      var common: Int?
      for option in options {
        if case .sequence(let nodes) = option, nodes.count == 1, case .symbol(let symbol) = nodes[0] {
          if common == nil {
            states.append([])
            common = states.count - 1
          }
          connect(symbol, from: from, to: common!)
        } else {
          for end in add(option, from: from) where !ends.contains(end) { ends.append(end) }
        }
      }
      return ends + (common.map { [$0] } ?? [])
    }

    private mutating func connect(_ symbol: Pattern.Symbol, from: [Int], to target: Int) {
      if case .slot(let name, _) = symbol, !slots.contains(name) { slots.append(name) }
      for state in from { states[state].append(Pattern.Arc(symbol: symbol, target: target)) }
    }
  }
}
