/// Adds a word or a setting to a YAML file that a person wrote, and leaves every other byte as it is: comments, order, layout.
package struct YAMLInsertion {
  /// What is put at the end of a path.
  package enum Leaf: Sendable {
    /// A member more of the list there; the list is made if there is none.
    case member(String)
    /// A text, where there is none yet.
    case text(String)
    /// A text, in the place of another of one line if there is one.
    case setting(String)
  }

  /// The text with the addition.
  package private(set) var text: String
  /// Where it was made.
  package private(set) var place: SourcePlace

  /// - Parameter path: the keys from the top of the file; those that are missing are made.
  /// - Throws: `Diagnostic` if the file is no YAML, or holds something else where the addition belongs.
  package init(_ leaf: Leaf, at path: [String], in text: String, file: String) throws(Diagnostic) {
    self.text = text
    place = SourcePlace(file: file, line: 1)
    let root = try YAMLNode.parse(text, file: file)
    try add(leaf, path[...], to: root, isRoot: true)
  }

  private mutating func add(_ leaf: Leaf, _ path: ArraySlice<String>, to node: YAMLNode, isRoot: Bool = false) throws(Diagnostic) {
    switch node.content {
    case .sequence(let members):
      guard case .member(let word) = leaf else { throw misplaced(node) }
      addMember(word, to: node, members)
    case .mapping(let entries):
      guard let key = path.first else { throw misplaced(node) }
      guard let entry = entries.first(where: { $0.key == key }) else {
        return addKey(Self.written(path, leaf), to: node, entries, isRoot: isRoot)
      }
      if !entry.value.isNull { return try add(leaf, path.dropFirst(), to: entry.value) }
      let start = offset(entry.keyPlace.line, entry.keyPlace.column)
      let colon = scalars[start...].firstIndex(of: ":") ?? start
      insert(" " + Self.flow(path.dropFirst(), leaf), at: colon + 1)
    case .scalar(let old, let isQuoted):
      guard case .setting(let new) = leaf, path.isEmpty else { throw misplaced(node) }
      try replace(old, isQuoted: isQuoted, with: new, at: node)
    }
  }

  private func misplaced(_ node: YAMLNode) -> Diagnostic {
    Diagnostic(
      code: "cannot-add", at: node.place, found: node.kind, expected: "a place for one more",
      hint: "write it by hand, as a list in brackets")
  }

  /// A scalar that stands on one line just as it reads.
  private mutating func replace(_ old: String, isQuoted: Bool, with new: String, at node: YAMLNode) throws(Diagnostic) {
    let start = offset(node.line, node.column)
    var scalars = scalars
    let mark = scalars.indices.contains(start) ? scalars[start] : " "
    let written = isQuoted ? "\(mark)" + old + "\(mark)" : old
    let end = start + written.unicodeScalars.count
    guard end <= scalars.count, String(String.UnicodeScalarView(scalars[start..<end])) == written else { throw misplaced(node) }
    scalars.removeSubrange(start..<end)
    text = String(String.UnicodeScalarView(scalars))
    insert(Self.quoted(new), at: start)
  }

  // MARK: Writing

  private mutating func addMember(_ word: String, to node: YAMLNode, _ members: [YAMLNode]) {
    let start = offset(node.line, node.column)
    if scalars.indices.contains(start), scalars[start] == "[" {
      insert((members.isEmpty ? "" : ", ") + Self.quoted(word), at: end(of: start))
    } else if let last = members.last {
      let indent = String(repeating: " ", count: node.column - 1)
      insert("\(indent)- \(Self.quoted(word))\n", at: lineAfter(last.line))
    }
  }

  private mutating func addKey(_ line: String, to node: YAMLNode, _ entries: [YAMLNode.Entry], isRoot: Bool) {
    let start = offset(node.line, node.column)
    if scalars.indices.contains(start), scalars[start] == "{" {
      return insert((entries.isEmpty ? "" : ", ") + line, at: end(of: start))
    }
    if isRoot || entries.isEmpty {
      return insert((scalars.last == nil || scalars.last == "\n" ? "" : "\n") + line + "\n", at: scalars.count)
    }
    let indent = String(repeating: " ", count: entries[0].keyPlace.column - 1)
    // Behind a title of one line, else in front.
    let isShort = entries.count == 1 || entries[1].keyPlace.line == entries[0].keyPlace.line + 1
    let isTitle = entries[0].key == "title" && entries[0].value.line == entries[0].keyPlace.line && isShort
    insert(indent + line + "\n", at: isTitle ? lineAfter(entries[0].keyPlace.line) : lineAfter(entries[0].keyPlace.line - 1))
  }

  /// `key: {rest: [word]}`
  private static func written(_ path: ArraySlice<String>, _ leaf: Leaf) -> String {
    "\(quoted(path.first!)): \(flow(path.dropFirst(), leaf))"
  }

  private static func flow(_ path: ArraySlice<String>, _ leaf: Leaf) -> String {
    guard let key = path.first else {
      switch leaf {
      case .member(let word): return "[\(quoted(word))]"
      case .text(let text), .setting(let text): return quoted(text)
      }
    }
    return "{\(quoted(key)): \(flow(path.dropFirst(), leaf))}"
  }

  /// A word as YAML reads it back: in quotes unless it is plain letters.
  static func quoted(_ word: String) -> String {
    let scalars = word.unicodeScalars
    let isPlain = scalars.first.map { $0.properties.isAlphabetic } == true && scalars.last != " "
      && scalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == " " || $0 == "-" }
    let isTaken = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(word.lowercased())
    if isPlain, !isTaken { return word }
    return "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  // MARK: Places

  private var scalars: [Unicode.Scalar] { Array(text.unicodeScalars) }

  private mutating func insert(_ addition: String, at offset: Int) {
    var scalars = scalars
    let before = scalars[..<offset]
    place = SourcePlace(file: place.file, line: before.count { $0 == "\n" } + 1, column: before.reversed().prefix { $0 != "\n" }.count + 1)
    scalars.insert(contentsOf: addition.unicodeScalars, at: offset)
    text = String(String.UnicodeScalarView(scalars))
  }

  private func offset(_ line: Int, _ column: Int) -> Int { lineAfter(line - 1) + column - 1 }

  /// Where the line behind a line begins.
  private func lineAfter(_ line: Int) -> Int {
    var rest = line
    for (offset, scalar) in scalars.enumerated() {
      if rest == 0 { return offset }
      if scalar == "\n" { rest -= 1 }
    }
    return scalars.count
  }

  /// Where the bracket that closes the one at `start` stands, behind the last thing in it.
  private func end(of start: Int) -> Int {
    let scalars = scalars
    var depth = 0
    var quote: Unicode.Scalar?
    for place in start..<scalars.count {
      let scalar = scalars[place]
      if let open = quote {
        if scalar == open, open == "'" || scalars[place - 1] != "\\" { quote = nil }
      } else if scalar == "\"" || scalar == "'", [" ", ",", "[", "{", ":"].contains(scalars[place - 1]) {
        quote = scalar
      } else if scalar == "[" || scalar == "{" {
        depth += 1
      } else if scalar == "]" || scalar == "}" {
        depth -= 1
        if depth == 0 {
          var last = place
          while last > start + 1, scalars[last - 1] == " " || scalars[last - 1] == "\n" { last -= 1 }
          return last
        }
      }
    }
    return scalars.count
  }
}
