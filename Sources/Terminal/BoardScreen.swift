import Answers
import SourceText

/// Several answers on one screen: a tile each, as many beside each other as the terminal has room for.
package struct BoardScreen {
  private let title: String
  private let dataThrough: String?
  private let answers: [Answer]
  private let width: Int
  private let theme: Theme
  /// Columns that a tile wants at least.
  private static let tile = 56
  private static let gap = 3
  /// More rows are counted, not shown.
  private static let mostRows = 8

  package init(title: String, dataThrough: String?, answers: [Answer], width: Int, theme: Theme) {
    self.title = title
    self.dataThrough = dataThrough
    self.answers = answers
    self.width = width
    self.theme = theme
  }

  /// - Parameter height: lines of the terminal; what is below them is cut. Nil: everything.
  package func text(height: Int?) -> String {
    let language = answers.first?.language ?? .chinese
    let day = dataThrough.map { "  " + PageWords(language).dataThrough + " " + $0 } ?? ""
    var lines = [theme.paint(DisplayWidth.truncated(DisplayWidth.safe(title), to: width), as: .headline) + theme.paint(day, as: .faint), ""]
    let count = max(1, min(3, (width + Self.gap) / (Self.tile + Self.gap)))
    let room = (width - Self.gap * (count - 1)) / count
    for start in stride(from: 0, to: answers.count, by: count) {
      let tiles = answers[start..<min(answers.count, start + count)].map { tile($0, room) }
      for row in 0..<(tiles.map(\.count).max() ?? 0) {
        lines.append(tiles.map { row < $0.count ? Self.padded($0[row], room) : String(repeating: " ", count: room) }
          .joined(separator: String(repeating: " ", count: Self.gap)).trimmedEnd)
      }
      lines.append("")
    }
    if let height { lines = Array(lines.prefix(max(1, height - 1))) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The headline, the first rows or the one number, the picture.
  private func tile(_ answer: Answer, _ room: Int) -> [String] {
    var brief = answer
    brief.explanation = []
    // What is offered in place of a question that is not understood belongs to what is said of it.
    if brief.problem == nil { brief.choices = [] }
    // Of a number the formula stands in the page; a definition is nothing but such lines.
    if !brief.rows.isEmpty { brief.details = [] }
    let count = brief.rows.count
    if count > Self.mostRows, Picture(brief).map({ $0.kind == .line }) == true { brief.presentation = .line }
    // Of a comparison the changes are what is looked for; a picture has none.
    if brief.presentation == .chart, brief.columns.contains(where: { $0.isShown && [.change, .growth].contains($0.role) }), count <= Self.mostRows {
      brief.presentation = .table
    }
    let picture = Picture(brief)
    // Turned before rows are left out: what would be missing then is there.
    if brief.presentation == .pivot, let turned = PivotTable(brief)?.answer {
      brief = turned
      brief.presentation = .table
    }
    if let picture, !picture.standsBesideRows {
      (brief.rows, brief.texts) = ([], [])
    } else if count > Self.mostRows {
      brief.rows = Array(brief.rows.prefix(Self.mostRows))
      brief.texts = Array(brief.texts.prefix(Self.mostRows))
    }
    var lines = PlainFormat(width: room, theme: theme, turnsTime: count <= Self.mostRows).text(brief).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    if !brief.rows.isEmpty, count > Self.mostRows {
      lines.append("  " + theme.paint(PageWords(answer.language).shown(Self.mostRows, of: count), as: .faint))
    }
    if let picture, !picture.standsBesideRows { lines += [""] + picture.lines(width: room, theme: theme, language: answer.language) }
    return lines.map { DisplayWidth.of(Self.bare($0)) > room ? DisplayWidth.truncated(Self.bare($0), to: room) : $0 }
  }

  /// Up to a width, colours not counted.
  private static func padded(_ line: String, _ width: Int) -> String {
    line + String(repeating: " ", count: max(0, width - DisplayWidth.of(bare(line))))
  }

  /// Without colours.
  private static func bare(_ line: String) -> String {
    var (text, isInside) = ("", false)
    for character in line {
      if character == "\u{1B}" { isInside = true } else if isInside { if character == "m" { isInside = false } } else { text.append(character) }
    }
    return text
  }
}
