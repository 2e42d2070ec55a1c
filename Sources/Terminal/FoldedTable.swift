import Answers
import SourceText

/// A table wider than the terminal: its columns in several tables one under another, each led by the columns that name the
/// row; where not even that fits, each row as a record.
struct FoldedTable {
  private let layout: TableLayout
  private let words: PageWords

  init(_ layout: TableLayout, language: Language) {
    self.layout = layout
    words = PageWords(language)
  }

  var blocks: [[String]] {
    // One row has nothing to be compared with down its columns.
    let parts = layout.rows.count == 1 ? [] : parts
    if parts.isEmpty { return [records] }
    return parts.map { part in
      let chosen = keys + part
      var table = TableLayout(
        columns: chosen.map { layout.columns[$0] }, rows: layout.rows.map { row in chosen.map { row[$0] } }, width: layout.width,
        indent: layout.indent, theme: layout.theme)
      table.tones = layout.tones.map { tones in chosen.map { $0 < tones.count ? tones[$0] : nil } }
      let title = words.columns(part[0] + 1, part[part.count - 1] + 1, of: layout.columns.count)
      return ["  " + layout.theme.paint(title, as: .faint)] + table.lines
    }
  }

  /// The leading columns that are no numbers: what names the row.
  private var keys: [Int] { Array(layout.columns.indices.prefix { !layout.columns[$0].flushRight }.prefix(3)) }

  /// The other columns, as many at a time as fit beside the keys; none where one alone does not.
  private var parts: [[Int]] {
    let widths = layout.columns.indices.map { index in
      max(DisplayWidth.of(layout.columns[index].header), layout.rows.map { DisplayWidth.of($0[index]) }.max() ?? 0)
    }
    let keyRoom = layout.indent + keys.reduce(0) { $0 + min(24, widths[$1]) + 2 }
    var parts: [[Int]] = []
    var used = 0
    for index in layout.columns.indices.dropFirst(keys.count) {
      let need = widths[index]
      if keyRoom + need > layout.width { return [] }
      if parts.isEmpty || keyRoom + used + need > layout.width {
        parts.append([])
        used = 0
      }
      parts[parts.count - 1].append(index)
      used += need + 2
    }
    return parts
  }

  /// `── 1 ──`, then a line for each column: its header and the value, wrapped.
  private var records: [String] {
    let margin = String(repeating: " ", count: layout.indent)
    let headers = layout.columns.map { DisplayWidth.truncated($0.header, to: max(8, layout.width / 2)) }
    let width = headers.map { DisplayWidth.of($0) }.max() ?? 0
    var lines: [String] = []
    for (index, row) in layout.rows.enumerated() {
      if layout.rows.count > 1 {
        let rule = DrawingSigns.current.rule(2)
        lines.append(margin + layout.theme.paint("\(rule) \(index + 1) \(rule)", as: .rule))
      }
      for (header, text) in zip(headers, row) {
        let parts = DisplayWidth.wrapped(text, to: max(8, layout.width - layout.indent - width - 2))
        for (number, part) in parts.enumerated() {
          let label = DisplayWidth.padded(number == 0 ? header : "", to: width)
          lines.append((margin + layout.theme.paint(label, as: .label) + "  " + part).trimmedEnd)
        }
      }
    }
    return lines
  }
}
