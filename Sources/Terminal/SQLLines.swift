/// SQL broken at the width of a terminal so that it still is the same SQL when it is copied.
package enum SQLLines {
  /// One line in as many as it needs: comments go on as comments, code goes on behind spaces, deeper; names and texts in
  /// quotes are never broken.
  package static func broken(_ line: String, to width: Int) -> [String] {
    if DisplayWidth.of(line) <= width { return [line] }
    let margin = String(line.prefix { $0 == " " })
    let body = String(line.dropFirst(margin.count))
    if body.hasPrefix("-- ") {
      let room = max(12, width - margin.count - 3)
      return DisplayWidth.wrapped(String(body.dropFirst(3)), to: room).map { margin + "-- " + $0 }
    }
    var lines: [String] = []
    var text = margin
    let room = width - margin.count - 4
    for word in words(body) {
      // Names that are too long together stand below each other: SQL may be broken behind dots and brackets as well.
      if DisplayWidth.of(word) > room {
        for part in parts(word) {
          if text.contains(where: { $0 != " " }), DisplayWidth.of(text + part) > width {
            lines.append(text.trimmedEnd)
            text = margin + "    "
          }
          text += part
        }
        text += " "
        continue
      }
      if text.contains(where: { $0 != " " }), DisplayWidth.of(text + word) > width {
        lines.append(text.trimmedEnd)
        text = margin + "    "
      }
      text += word + " "
    }
    return lines + [text.trimmedEnd]
  }

  /// A word in the parts that end with a dot, bracket or comma outside quotes.
  private static func parts(_ word: String) -> [String] {
    var parts = [""]
    var quote: Character?
    for character in word {
      if let open = quote { if character == open { quote = nil } } else if character == "'" || character == "\"" { quote = character }
      parts[parts.count - 1].append(character)
      if quote == nil, "(,.".contains(character) { parts.append("") }
    }
    return parts.filter { !$0.isEmpty }
  }

  /// Split at spaces outside quotes.
  private static func words(_ text: String) -> [String] {
    var words = [""]
    var quote: Character?
    for character in text {
      if let open = quote { if character == open { quote = nil } } else if character == "'" || character == "\"" { quote = character }
      if character == " ", quote == nil { words.append("") } else { words[words.count - 1].append(character) }
    }
    return words
  }
}
