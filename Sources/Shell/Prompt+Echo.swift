import Session
import SourceText
import Terminal

/// The question once more with its words marked, so that what was assumed or not known is seen at a glance.
extension Prompt {
  /// In colour the typed line is painted where it stands; without colour what is not sure is underlined below it.
  func echo(_ text: String) {
    guard Surroundings.isConversing, !setup.options.quiet, text == typed else { return }
    let marked = EchoedWords(text, conversation.words)
    let lead = DisplayWidth.of(words.prompt)
    let fits = lead + DisplayWidth.of(text) < Surroundings.width()
    if Surroundings.theme().isColoured, fits {
      // The prompt itself stays as it is.
      Output.standard.write("\u{1B}[1A\r\u{1B}[\(lead)C\u{1B}[K" + marked.painted(Surroundings.theme()) + "\n")
    } else if fits, let line = marked.underlined {
      Output.standard.line(String(repeating: " ", count: lead) + line + "  " + words.marks)
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
