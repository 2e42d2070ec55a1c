import Answers
import SourceText

/// The table of a page. One wider than paper is there twice: whole for the screen, which scrolls, and for print in parts
/// one under another, each led by the columns that name the row.
struct HTMLTable {
  private let shown: ShownTable
  private let words: PageWords

  /// More rows than a browser scrolls well are in the CSV, not in the page.
  private static let mostRows = 2000
  /// Columns of text that paper has room for, upright.
  private static let paper = 110

  init(_ shown: ShownTable, _ words: PageWords) {
    self.shown = shown
    self.words = words
  }

  var text: String {
    let all = Array(shown.columns.indices)
    let parts = parts
    let tables = parts.isEmpty
      ? "<div class=\"wide\">\(table(all))</div>\n"
      : "<div class=\"wide many\">\(table(all))</div>\n<div class=\"parts\">\n" + parts.map { part in
        let title = words.columns(part.columns[0] + 1, part.columns[part.columns.count - 1] + 1, of: all.count)
        return "<p class=\"count\">\(Markup.escaped(title))</p>\n\(table(part.keys + part.columns))\n"
      }.joined() + "</div>\n"
    let count = shown.texts.count
    let told = count > Self.mostRows ? words.shown(Self.mostRows, of: count) : words.rows(count)
    let notes = (count > 1 ? [told] : []) + shown.notes.filter { $0 != words.rows(count) }
    return (shown.caption.map { "<p class=\"count\">\(Markup.escaped($0))</p>\n" } ?? "") + tables
      + notes.map { "<p class=\"count\">\(Markup.escaped($0))</p>" }.joined(separator: "\n")
  }

  /// Of a table wider than paper, as many columns at a time as fit beside those that name the row.
  private var parts: [(keys: [Int], columns: [Int])] {
    let widths = shown.columns.indices.map { index in
      shown.texts.prefix(Self.mostRows).reduce(DisplayWidth.of(shown.columns[index].header)) { max($0, DisplayWidth.of($1[index])) } + 2
    }
    guard widths.reduce(0, +) > Self.paper else { return [] }
    let keys = Array(shown.columns.indices.prefix { !shown.columns[$0].isNumeric }.prefix(3))
    let keyRoom = keys.reduce(0) { $0 + min(30, widths[$1]) }
    var parts: [(keys: [Int], columns: [Int])] = []
    var used = 0
    for index in shown.columns.indices.dropFirst(keys.count) {
      if parts.isEmpty || keyRoom + used + widths[index] > Self.paper {
        parts.append((keys, []))
        used = 0
      }
      parts[parts.count - 1].columns.append(index)
      used += widths[index]
    }
    return parts
  }

  private func table(_ places: [Int]) -> String {
    let header = places.map { place in
      let column = shown.columns[place]
      return "<th\(column.isNumeric ? " class=\"n\"" : "") scope=\"col\">\(Markup.escaped(column.header))</th>"
    }.joined()
    let rows = shown.texts.prefix(Self.mostRows).enumerated().map { index, row in
      "<tr>" + places.map { place in
        let tone = index < shown.tones.count && place < shown.tones[index].count ? shown.tones[index][place] : nil
        return "<td\(style(shown.columns[place], row[place], tone))>\(Markup.escaped(row[place].trimmedEnd))</td>"
      }.joined() + "</tr>"
    }
    return "<table><thead><tr>\(header)</tr></thead>\n<tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table>"
  }

  /// Changes by the metric's good direction, other numbers below zero as such.
  private func style(_ column: AnswerColumn, _ text: String, _ tone: Theme.Role?) -> String {
    guard column.isNumeric else { return "" }
    let isChange = [.change, .growth].contains(column.role)
    switch tone {
    case .good: return " class=\"n good\""
    case .bad: return " class=\"n neg\""
    default: return !isChange && text.hasPrefix("-") ? " class=\"n neg\"" : " class=\"n\""
    }
  }
}
