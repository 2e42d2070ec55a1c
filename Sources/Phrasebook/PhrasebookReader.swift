import SourceText

/// Reads `.lexicon` and `.grammar` files.
///
/// A lexicon is blocks `words <category>` of lines `word | word => meaning`; without `=>` the word means itself.
/// A grammar is blocks `rule <name> [: category] [cost n] [alone]`, of wordings, `=> meaning`, and examples; `alone`
/// says that other languages need no rule of that name.
/// `weights` blocks, in either, set what covers cost.
package struct PhrasebookReader {
  package private(set) var rules = PhraseRules()
  package private(set) var diagnostics: [Diagnostic] = []

  private let readsExamples: Bool

  /// - Parameter examples: whether the examples under rules are kept; without them reading is faster.
  package init(examples: Bool = true) { readsExamples = examples }

  /// Adds one file; `language` is the folder it stands in: zh, en or shared.
  package mutating func read(_ text: String, file: String, language: String) {
    var block = Block.none
    for line in LineReader.lines(text, file: file) {
      do {
        if line.atMargin { try finish(block) ; block = try open(line) } else { try add(line, to: &block, language) }
      } catch { diagnostics.append(error) }
    }
    do { try finish(block) } catch { diagnostics.append(error) }
  }

  private enum Block {
    case none
    case words(category: String)
    case weights
    case rule(RuleHead)
  }

  private struct RuleHead {
    var name: String
    var category: String?
    var cost: Int
    var isAlone = false
    var place: SourcePlace
    /// Wordings that wait for their meaning.
    var patterns: [Pattern] = []
    var hasMeaning = false
  }

  // MARK: Blocks

  private func open(_ line: SourceLine) throws(Diagnostic) -> Block {
    let parts = LineReader.parts(line.text, separator: " ")
    switch (parts[0], parts.count) {
    case ("words", 2): return .words(category: parts[1])
    case ("weights", 1): return .weights
    case ("rule", 2...): return .rule(try head(parts, line.place))
    default:
      throw Diagnostic(
        code: "unknown-block", at: line.place, found: line.text, expected: "words <category>, rule <name> or weights")
    }
  }

  private func head(_ parts: [String], _ place: SourcePlace) throws(Diagnostic) -> RuleHead {
    var head = RuleHead(name: parts[1], category: nil, cost: 0, place: place)
    var rest = Array(parts.dropFirst(2))
    if rest.first == ":", rest.count >= 2 {
      head.category = rest[1]
      rest.removeFirst(2)
    }
    if rest.first == "cost", rest.count >= 2, let cost = Int(rest[1]) {
      head.cost = cost
      rest.removeFirst(2)
    }
    if rest.first == "alone" {
      head.isAlone = true
      rest.removeFirst()
    }
    guard rest.isEmpty else {
      throw Diagnostic(
        code: "bad-rule-head", at: place, found: rest.joined(separator: " "), expected: "rule name [: category] [cost n] [alone]")
    }
    return head
  }

  private func finish(_ block: Block) throws(Diagnostic) {
    guard case .rule(let head) = block else { return }
    if !head.hasMeaning || !head.patterns.isEmpty {
      throw Diagnostic(
        code: "rule-without-meaning", at: head.place, found: "rule \(head.name)", expected: "a line => meaning behind its wordings")
    }
  }

  private mutating func add(_ line: SourceLine, to block: inout Block, _ language: String) throws(Diagnostic) {
    switch block {
    case .none:
      throw Diagnostic(code: "outside-block", at: line.place, found: line.text, expected: "words, rule or weights first")
    case .words(let category): try addWords(line, category, language)
    case .weights: try addWeight(line)
    case .rule(var head):
      try addRuleLine(line, &head, language)
      block = .rule(head)
    }
  }

  // MARK: Lines

  private mutating func addWords(_ line: SourceLine, _ category: String, _ language: String) throws(Diagnostic) {
    let sides = LineReader.sides(line.text)
    let words = LineReader.parts(sides?.left ?? line.text, separator: "|")
    let meaning = try sides.map { (sides) throws(Diagnostic) in try items(sides.right, line.place) }
    for word in words {
      rules.entries.append(
        LexiconEntry(
          word: word, category: category, meaning: meaning ?? [[.text(word)]], language: language, place: line.place))
    }
  }

  private mutating func addWeight(_ line: SourceLine) throws(Diagnostic) {
    let parts = LineReader.parts(line.text, separator: " ")
    guard parts.count == 2, let key = Weights.names[parts[0]], let value = Int(parts[1]) else {
      throw Diagnostic(
        code: "unknown-weight", at: line.place, found: line.text, expected: "a name and a whole number",
        hint: "names: " + Weights.names.keys.sorted().joined(separator: ", "))
    }
    rules.weights[keyPath: key] = value
  }

  private mutating func addRuleLine(_ line: SourceLine, _ head: inout RuleHead, _ language: String) throws(Diagnostic) {
    if line.text.hasPrefix("=>") {
      try addMeaning(line, &head, language)
    } else if line.text.hasPrefix("?") || line.text.hasPrefix("!") {
      if readsExamples { try addExample(line, head, language) }
    } else {
      head.patterns.append(try PatternReader.read(line.text, place: line.place))
    }
  }

  private mutating func addMeaning(_ line: SourceLine, _ head: inout RuleHead, _ language: String) throws(Diagnostic) {
    let text = String(LineReader.trim(line.text.dropFirst(2)))
    let template: Rule.Template =
      head.category == nil ? .clauses(try clauses(text, line.place)) : .items(try items(text, line.place))
    if head.patterns.isEmpty {
      throw Diagnostic(code: "meaning-without-wording", at: line.place, found: line.text, expected: "a wording above it")
    }
    for pattern in head.patterns {
      if let missing = template.slots.first(where: { !pattern.slots.contains($0) }) {
        throw Diagnostic(
          code: "unbound-slot", at: line.place, found: "{\(missing)}", expected: "a slot of «\(pattern.source)»",
          hint: NearMiss.nearest(to: missing, among: pattern.slots.sorted()).first.map { "did you mean {\($0)}?" } ?? "")
      }
      rules.rules.append(
        Rule(
          name: head.name, category: head.category, cost: head.cost, pattern: pattern, template: template,
          language: language, isAlone: head.isAlone, place: pattern.place, order: rules.rules.count))
    }
    head.patterns = []
    head.hasMeaning = true
  }

  private mutating func addExample(_ line: SourceLine, _ head: RuleHead, _ language: String) throws(Diagnostic) {
    let body = String(LineReader.trim(line.text.dropFirst()))
    let sides = LineReader.sides(body)
    if line.text.hasPrefix("?"), sides == nil {
      throw Diagnostic(code: "example-without-meaning", at: line.place, found: line.text, expected: "? text => meaning")
    }
    rules.examples.append(
      RuleExample(
        rule: head.name, category: head.category, text: sides?.left ?? body,
        expected: line.text.hasPrefix("?") ? sides?.right : nil, language: language, place: line.place))
  }

  private func items(_ text: String, _ place: SourcePlace) throws(Diagnostic) -> [Term.Item] {
    do { return try TermReader.items(text) } catch { throw notation(error, text, place) }
  }

  private func clauses(_ text: String, _ place: SourcePlace) throws(Diagnostic) -> [Clause] {
    do { return try TermReader.clauses(text) } catch { throw notation(error, text, place) }
  }

  private func notation(_ error: any Error, _ text: String, _ place: SourcePlace) -> Diagnostic {
    let failure = error as? TermReader.Failure
    return Diagnostic(
      code: "bad-notation", at: place, found: text, expected: failure?.expected ?? "notation",
      hint: failure.map { "at character \($0.offset + 1) of the meaning" } ?? "")
  }
}

extension Rule.Template {
  /// Names of the holes in it.
  package var slots: Set<String> {
    switch self {
    case .items(let items): Rule.Template.slots(items)
    case .clauses(let clauses): Set(clauses.flatMap { Rule.Template.slots($0.items) })
    }
  }

  private static func slots(_ items: [Term.Item]) -> Set<String> {
    var result: Set<String> = []
    for term in items.joined() {
      switch term {
      case .slot(let name): result.insert(name)
      case .call(_, let inner): result.formUnion(slots(inner))
      case .symbol, .number, .text: break
      }
    }
    return result
  }
}
