import SourceText

/// Puts the meanings of slots into a rule's template, by number; `TemplateFilling` tells what is filled how, and does the rare rest.
extension MeaningStore {
  /// Puts a phrase's items into a slot, before those of phrases behind it.
  mutating func bind(_ name: Int32, _ items: Int32) {
    // Clauses are nothing that a slot can hold.
    let items = nodes[Int(items)].kind == .items ? items : emptyItems
    guard let place = bindings.firstIndex(where: { $0.name == name }) else {
      bindings.append((name, items))
      return
    }
    let base = stack.count
    push(items)
    push(bindings[place].items)
    bindings[place].items = node(.items, from: base)
  }

  /// The template's meaning under the bindings; −1 where it has none.
  mutating func fill(_ template: Int32) -> Int32 {
    let open = nodes[Int(template)]
    if !open.isOpen { return template }
    guard open.kind == .clauses else { return fillItems(template) }
    let base = stack.count
    var place = Int(open.start)
    let end = place + Int(open.count)
    while place < end {
      let (keyword, template) = (cells[place], cells[place + 1])
      let items = fillItems(template)
      guard items >= 0 else {
        stack.removeLast(stack.count - base)
        return -1
      }
      if keyword == beside {
        pushNamed(items)
      } else if keyword != soMany || nodes[Int(items)].count == nodes[Int(template)].count {
        stack.append(keyword)
        stack.append(items)
      }
      place += 2
    }
    return node(.clauses, from: base)
  }

  private mutating func push(_ list: Int32) {
    let node = nodes[Int(list)]
    for place in Int(node.start)..<Int(node.start + node.count) { stack.append(cells[place]) }
  }

  /// The clauses that items name.
  private mutating func pushNamed(_ items: Int32) {
    let list = nodes[Int(items)]
    for place in Int(list.start)..<Int(list.start + list.count) {
      let item = nodes[Int(cells[place])]
      guard item.count == 1 else { continue }
      let term = nodes[Int(cells[Int(item.start)])]
      guard term.kind == .call else { continue }
      stack.append(cells[Int(term.start)])
      stack.append(cells[Int(term.start) + 1])
    }
  }

  private func binding(of slot: Node) -> Int32 {
    let name = cells[Int(slot.start)]
    for binding in bindings where binding.name == name { return binding.items }
    return -1
  }

  private mutating func fillItems(_ template: Int32, inCall: Bool = false) -> Int32 {
    let list = nodes[Int(template)]
    if !list.isOpen { return template }
    let base = stack.count
    for place in Int(list.start)..<Int(list.start + list.count) {
      let item = cells[place]
      guard nodes[Int(item)].isOpen else {
        stack.append(item)
        continue
      }
      if pushSlot(item) || pushWhere(item, inCall: inCall) { continue }
      guard pushItem(item) else {
        stack.removeLast(stack.count - base)
        return -1
      }
    }
    return node(.items, from: base)
  }

  /// A slot that is an item of its own: all items it holds, none where nothing was said.
  private mutating func pushSlot(_ number: Int32) -> Bool {
    let item = nodes[Int(number)]
    guard item.count == 1 else { return false }
    let slot = nodes[Int(cells[Int(item.start)])]
    guard slot.kind == .slot else { return false }
    let items = binding(of: slot)
    if items >= 0 { push(items) }
    return true
  }

  /// `share where {c}` of several values: the first beside the word, the others as items of their own. In a call that has
  /// clauses of its own, `each(m, v > 0, where {c})`, nothing stands for conditions that were not said.
  private mutating func pushWhere(_ number: Int32, inCall: Bool) -> Bool {
    let item = nodes[Int(number)]
    guard item.count == 2, cells[Int(item.start)] == whereWord else { return false }
    let slot = nodes[Int(cells[Int(item.start) + 1])]
    guard slot.kind == .slot else { return false }
    let items = binding(of: slot)
    if items < 0 { return inCall }
    guard nodes[Int(items)].count > 1 else { return false }
    let list = nodes[Int(items)]
    let base = stack.count
    stack.append(whereWord)
    push(cells[Int(list.start)])
    let first = node(.item, from: base)
    stack.append(first)
    for place in Int(list.start) + 1..<Int(list.start + list.count) { stack.append(cells[place]) }
    return true
  }

  /// Terms side by side, of which slots must hold a single item each.
  private mutating func pushItem(_ number: Int32) -> Bool {
    let item = nodes[Int(number)]
    let base = stack.count
    for place in Int(item.start)..<Int(item.start + item.count) {
      let term = cells[place]
      let node = nodes[Int(term)]
      guard node.isOpen else {
        stack.append(term)
        continue
      }
      if node.kind == .slot {
        guard pushOnly(binding(of: node)) else { return false }
        continue
      }
      let (name, inner) = (cells[Int(node.start)], cells[Int(node.start) + 1])
      let filled = fillItems(inner, inCall: true)
      guard filled >= 0 else { return false }
      if name == same {
        guard pushSame(filled) else { return false }
      } else {
        stack.append(name)
        stack.append(filled)
        let call = self.node(.call, from: stack.count - 2)
        stack.append(call)
      }
    }
    let filled = self.node(.item, from: base)
    stack.append(filled)
    return true
  }

  private mutating func pushOnly(_ items: Int32) -> Bool {
    guard items >= 0, nodes[Int(items)].count == 1 else { return false }
    push(cells[Int(nodes[Int(items)].start)])
    return true
  }

  /// `same({a}, {b})` is a where both mean the same.
  private mutating func pushSame(_ items: Int32) -> Bool {
    let list = nodes[Int(items)]
    guard list.count > 0 else { return false }
    let first = cells[Int(list.start)]
    for place in Int(list.start)..<Int(list.start + list.count) where cells[place] != first { return false }
    push(first)
    return true
  }
}

extension MeaningStore {
  /// The bindings in the notation, for `TemplateFilling`.
  var boundItems: [String: [Term.Item]] {
    var bound: [String: [Term.Item]] = [:]
    for (name, items) in bindings { if case .items(let items) = meaning(items) { bound[text(name)] = items } }
    return bound
  }
}
