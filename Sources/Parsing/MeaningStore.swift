import SourceText

/// Notation as numbers: every term, item, list of items and list of clauses once, so that equal meanings have equal numbers and a
/// rule's template is filled without touching a text.
struct MeaningStore {
  /// What a node is, and what its cells hold.
  enum Kind: Int32 {
    /// (text)
    case symbol
    /// The low and the high half of its bits.
    case number
    /// (text)
    case text
    /// (text, list of items)
    case call
    /// (text)
    case slot
    /// Terms side by side.
    case item
    /// A list of items.
    case items
    /// Keywords (text), each with its list of items.
    case clauses
  }

  struct Node {
    var kind: Kind
    /// Whether filling can change it.
    var isOpen: Bool
    var start: Int32
    var count: Int32
    var hash: UInt32
  }

  private(set) var nodes: [Node] = []
  private(set) var cells: [Int32] = []
  private var table: [Int32]
  private var texts: [String] = []
  private var textNumbers: [String: Int32] = [:]
  /// Numbers on their way into a node; those of the innermost node lie last.
  var stack: [Int32] = []
  /// What the slots of the template being filled hold: the name's text and a list of items.
  var bindings: [(name: Int32, items: Int32)] = []

  // What templates and fillings look for.
  private(set) var whereWord: Int32 = 0, emptyItems: Int32 = 0, same: Int32 = 0, beside: Int32 = 0, soMany: Int32 = 0

  init(soMany keyword: String) {
    table = Array(repeating: -1, count: 4096)
    same = number(of: TemplateFilling.same)
    beside = number(of: TemplateFilling.beside)
    soMany = number(of: keyword)
    whereWord = number(of: Term.symbol("where"))
    emptyItems = number(of: [Term.Item]())
  }

  var count: Int { nodes.count + texts.count }

  // MARK: Making

  mutating func number(of text: String) -> Int32 {
    if let known = textNumbers[text] { return known }
    let number = Int32(texts.count)
    texts.append(text)
    textNumbers[text] = number
    return number
  }

  /// The node of what lies on the stack from `base` on, which is taken off.
  mutating func node(_ kind: Kind, from base: Int) -> Int32 {
    var hash = UInt64(UInt32(bitPattern: kind.rawValue)) &+ 0x9E37_79B9_7F4A_7C15
    for place in base..<stack.count {
      hash = (hash ^ UInt64(UInt32(bitPattern: stack[place]))) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
    }
    let short = UInt32(truncatingIfNeeded: hash)
    let count = stack.count - base
    let mask = table.count - 1
    var place = Int(short) & mask
    search: while table[place] >= 0 {
      let node = nodes[Int(table[place])]
      if node.hash == short, node.kind == kind, Int(node.count) == count {
        var isEqual = true
        for offset in 0..<count where cells[Int(node.start) + offset] != stack[base + offset] {
          isEqual = false
          break
        }
        if isEqual {
          stack.removeLast(count)
          return table[place]
        }
      }
      place = (place + 1) & mask
    }
    let made = Node(kind: kind, isOpen: isOpen(kind, from: base), start: Int32(cells.count), count: Int32(count), hash: short)
    cells.append(contentsOf: stack[base...])
    stack.removeLast(count)
    let number = Int32(nodes.count)
    nodes.append(made)
    table[place] = number
    if nodes.count * 2 > table.count { grow() }
    return number
  }

  private func isOpen(_ kind: Kind, from base: Int) -> Bool {
    switch kind {
    case .symbol, .number, .text: return false
    case .slot: return true
    case .call: return stack[base] == same || nodes[Int(stack[base + 1])].isOpen
    case .item, .items: return stack[base...].contains { nodes[Int($0)].isOpen }
    case .clauses:
      return stride(from: base, to: stack.count, by: 2).contains { stack[$0] == beside || nodes[Int(stack[$0 + 1])].isOpen }
    }
  }

  private mutating func grow() {
    table = Array(repeating: -1, count: table.count * 2)
    let mask = table.count - 1
    for (number, node) in nodes.enumerated() {
      var place = Int(node.hash) & mask
      while table[place] >= 0 { place = (place + 1) & mask }
      table[place] = Int32(number)
    }
  }

  // MARK: From the notation

  mutating func number(of items: [Term.Item]) -> Int32 {
    let base = stack.count
    for item in items {
      let inner = stack.count
      for term in item {
        let number = number(of: term)
        stack.append(number)
      }
      let number = node(.item, from: inner)
      stack.append(number)
    }
    return node(.items, from: base)
  }

  mutating func number(of clauses: [Clause]) -> Int32 {
    let base = stack.count
    for clause in clauses {
      let (keyword, items) = (number(of: clause.keyword), number(of: clause.items))
      stack.append(keyword)
      stack.append(items)
    }
    return node(.clauses, from: base)
  }

  mutating func number(of value: Double) -> Int32 {
    // The two zeros are one number.
    let bits = value == 0 ? 0 : value.bitPattern
    stack.append(Int32(truncatingIfNeeded: bits))
    stack.append(Int32(truncatingIfNeeded: bits >> 32))
    return node(.number, from: stack.count - 2)
  }

  /// The list of one item of one term.
  mutating func items(of term: Int32) -> Int32 {
    stack.append(term)
    let item = node(.item, from: stack.count - 1)
    stack.append(item)
    return node(.items, from: stack.count - 1)
  }

  mutating func number(of term: Term) -> Int32 {
    switch term {
    case .number(let value): return number(of: value)
    case .symbol(let name): return leaf(.symbol, name)
    case .text(let text): return leaf(.text, text)
    case .slot(let name): return leaf(.slot, name)
    case .call(let name, let items):
      let (name, items) = (number(of: name), number(of: items))
      stack.append(name)
      stack.append(items)
      return node(.call, from: stack.count - 2)
    }
  }

  private mutating func leaf(_ kind: Kind, _ text: String) -> Int32 {
    let text = number(of: text)
    stack.append(text)
    return node(kind, from: stack.count - 1)
  }

  // MARK: Back into the notation

  func text(_ number: Int32) -> String { texts[Int(number)] }

  func meaning(_ number: Int32) -> Phrase.Meaning {
    let node = nodes[Int(number)]
    guard node.kind == .clauses else { return .items(items(number)) }
    let start = Int(node.start)
    return .clauses(
      stride(from: start, to: start + Int(node.count), by: 2).map { Clause(texts[Int(cells[$0])], items(cells[$0 + 1])) })
  }

  private func items(_ number: Int32) -> [Term.Item] {
    children(number).map { item in children(item).map(term) }
  }

  private func children(_ number: Int32) -> ArraySlice<Int32> {
    let node = nodes[Int(number)]
    return cells[Int(node.start)..<Int(node.start + node.count)]
  }

  private func term(_ number: Int32) -> Term {
    let node = nodes[Int(number)]
    let start = Int(node.start)
    switch node.kind {
    case .symbol: return .symbol(texts[Int(cells[start])])
    case .text: return .text(texts[Int(cells[start])])
    case .slot: return .slot(texts[Int(cells[start])])
    case .number:
      let (low, high) = (UInt64(UInt32(bitPattern: cells[start])), UInt64(UInt32(bitPattern: cells[start + 1])))
      return .number(Double(bitPattern: high << 32 | low))
    case .call: return .call(texts[Int(cells[start])], items(cells[start + 1]))
    case .item, .items, .clauses: preconditionFailure("a list of terms where a term stands")
    }
  }
}
