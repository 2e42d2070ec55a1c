import Session
import SourceText
import Terminal

/// The question once more with its words marked, so that what was assumed or not known is seen at a glance.
extension Prompt {
  /// In colour the typed line is painted where it stands; without colour what is not sure is underlined below it.
  ///
  /// - Parameter prompt: what it was typed behind.
  func echo(_ text: String, behind prompt: String) {
    guard Surroundings.isConversing, !setup.options.quiet, text == typed else { return }
    let marked = EchoedWords(text, conversation.words)
    let lead = DisplayWidth.of(prompt)
    let fits = lead + DisplayWidth.of(text) < Surroundings.width()
    if Surroundings.theme().isColoured, fits {
      // The prompt itself stays as it is.
      Output.standard.write("\u{1B}[1A\r\u{1B}[\(lead)C\u{1B}[K" + marked.painted(Surroundings.theme()) + "\n")
    } else if fits, let line = marked.underlined {
      let note = lead + DisplayWidth.of(line) + 2 + DisplayWidth.of(words.marks) < Surroundings.width() ? "  " + words.marks : ""
      Output.standard.line(String(repeating: " ", count: lead) + line + note)
    } else if !fits, marked.underlined != nil {
      // The line above is broken where the terminal breaks it: said once more, with its marks.
      Output.standard.line(marked.lines(width: Surroundings.width() - 2, Surroundings.theme()).map { "  " + $0 }.joined(separator: "\n"))
    }
  }
}

/// A text with marks under or in its words.
struct EchoedWords {
  private let pieces: [(text: String, mark: MarkedWord.Mark?)]

  init(_ text: String, _ words: [MarkedWord]) {
    var pieces: [(String, MarkedWord.Mark?)] = []
    var rest = text[...]
    for word in words {
      guard let range = rest.firstRange(of: word.text) else { continue }
      if range.lowerBound > rest.startIndex { pieces.append((String(rest[..<range.lowerBound]), nil)) }
      pieces.append((String(rest[range]), word.mark))
      rest = rest[range.upperBound...]
    }
    if !rest.isEmpty { pieces.append((String(rest), nil)) }
    self.pieces = pieces
  }

  func painted(_ theme: Theme) -> String {
    pieces.map { piece in
      let text = DisplayWidth.safe(piece.text)
      switch piece.mark {
      case .sure: return theme.paint(text, as: .choice)
      case .assumed: return theme.paint(text, as: .notice)
      case .unknown: return theme.paint(text, as: .failure)
      case nil: return text
      }
    }.joined()
  }

  /// The text in lines of a width, painted, or without colour each with its marks beneath.
  func lines(width: Int, _ theme: Theme) -> [String] {
    var lines: [[(text: String, mark: MarkedWord.Mark?)]] = [[]]
    var used = 0
    for piece in pieces {
      for character in DisplayWidth.safe(piece.text) {
        if used + DisplayWidth.of(character) > width {
          lines.append([])
          used = 0
        }
        lines[lines.count - 1].append((String(character), piece.mark))
        used += DisplayWidth.of(character)
      }
    }
    return lines.map { EchoedWords(pieces: $0) }.flatMap { line in
      theme.isColoured ? [line.painted(theme)] : [line.pieces.map(\.text).joined()] + (line.underlined.map { [$0] } ?? [])
    }
  }

  private init(pieces: [(text: String, mark: MarkedWord.Mark?)]) { self.pieces = pieces }

  /// `    ~~~~   ^^`: nil if all of it is sure.
  var underlined: String? {
    guard pieces.contains(where: { $0.mark == .assumed || $0.mark == .unknown }) else { return nil }
    return pieces.map { piece in
      let sign = switch piece.mark {
      case .assumed: "~"
      case .unknown: "^"
      case .sure, nil: " "
      }
      return String(repeating: sign, count: DisplayWidth.of(piece.text))
    }.joined().trimmedEnd
  }
}
