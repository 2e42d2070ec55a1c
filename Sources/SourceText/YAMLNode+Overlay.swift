extension YAMLNode {
  /// This mapping with the entries of another laid over it: an entry of both is laid over in turn, as far down as `depth`, else
  /// replaced; `key: null` takes it away.
  package func overlaid(by other: YAMLNode, depth: Int) -> YAMLNode {
    guard case .mapping(var entries) = content, case .mapping(let changes) = other.content else { return other }
    for change in changes {
      guard let place = entries.firstIndex(where: { $0.key == change.key }) else {
        if !change.value.isNull { entries.append(change) }
        continue
      }
      if change.value.isNull {
        entries.remove(at: place)
      } else if depth > 1 {
        entries[place] = Entry(
          key: change.key, keyPlace: change.keyPlace, value: entries[place].value.overlaid(by: change.value, depth: depth - 1))
      } else {
        entries[place] = change
      }
    }
    return YAMLNode(content: .mapping(entries), line: line, column: column, source: source)
  }
}
