/// A table of texts in aligned columns: numbers flush right, a rule under the header, two spaces of indent.
///
/// Columns that do not fit the width are narrowed, the widest text column first; a text that no longer fits goes on in the
/// lines below. A table whose narrowest form is still too wide goes beyond the width rather than hiding a column.
/// ```
///   城市  净销售额
///   ────  ────────
///   上海    123.45
/// ```
package struct TableLayout: Hashable, Sendable {
  package struct Column: Hashable, Sendable {
    package var header: String
    package var flushRight: Bool
    package init(_ header: String, flushRight: Bool = false) {
      self.header = header
      self.flushRight = flushRight
    }
  }

  package var columns: [Column]
  package var rows: [[String]]
  /// Columns of the terminal, indent included.
  package var width: Int
  package var indent: Int
  package var theme: Theme
  /// How cells are painted, row by row; empty or nil: as they are.
  package var tones: [[Theme.Role?]] = []

  package init(columns: [Column], rows: [[String]], width: Int = 80, indent: Int = 2, theme: Theme = .plain) {
    self.columns = columns.map { Column(DisplayWidth.safe($0.header), flushRight: $0.flushRight) }
    self.rows = rows.map { $0.map(DisplayWidth.safe) }
    self.width = width
    self.indent = indent
    self.theme = theme
  }

  /// Whether it is within the width without anything cut.
  var isWhole: Bool { wholeWidth <= width }

  /// Columns of the terminal that it takes with nothing cut.
  var wholeWidth: Int { columns.isEmpty ? 0 : indent + naturalWidths().reduce(0, +) + 2 * (columns.count - 1) }

  /// Whether its narrowest form is within the width.
  package var fits: Bool { columns.isEmpty || indent + fittedWidths().reduce(0, +) + 2 * (columns.count - 1) <= width }

  /// Header, rule and rows, without a line break at the end of a line.
  package var lines: [String] {
    guard !columns.isEmpty else { return [] }
    let widths = fittedWidths()
    let margin = String(repeating: " ", count: indent)
    let header = lines(of: columns.map(\.header), widths)
    let rule = widths.map { DrawingSigns.current.rule($0) }.joined(separator: "  ")
    return header.map { margin + theme.paint($0.trimmedEnd, as: .header) } + [margin + theme.paint(rule, as: .rule)]
      + rows.enumerated().flatMap { index, row in
        lines(of: row, widths, index < tones.count ? tones[index] : []).map { (margin + $0).trimmedEnd }
      }
  }

  /// A row, in as many lines as its longest text needs.
  private func lines(of cells: [String], _ widths: [Int], _ tones: [Theme.Role?] = []) -> [String] {
    let parts = zip(columns.indices, widths).map { index, width in
      let text = index < cells.count ? cells[index] : ""
      return columns[index].flushRight || DisplayWidth.of(text) <= width ? [text] : DisplayWidth.wrapped(text, to: width)
    }
    return (0..<(parts.map(\.count).max() ?? 1)).map { number in
      line(parts.map { number < $0.count ? $0[number] : "" }, widths, tones)
    }
  }

  private func line(_ cells: [String], _ widths: [Int], _ tones: [Theme.Role?] = []) -> String {
    zip(columns, widths).enumerated().map { index, pair in
      let text = index < cells.count ? cells[index] : ""
      let padded = DisplayWidth.padded(
        DisplayWidth.truncated(text, to: pair.1), to: pair.1, flushRight: pair.0.flushRight)
      guard index < tones.count, let tone = tones[index] else { return padded }
      return theme.paint(padded, as: tone)
    }.joined(separator: "  ")
  }

  private func naturalWidths() -> [Int] {
    columns.indices.map { index in
      max(
        DisplayWidth.of(columns[index].header),
        rows.map { index < $0.count ? DisplayWidth.of($0[index]) : 0 }.max() ?? 0, 1)
    }
  }

  /// Numbers are never cut, since a cut number is a wrong one; texts shrink to no less than eight columns.
  private func fittedWidths() -> [Int] {
    var widths = naturalWidths()
    let room = width - indent - 2 * (columns.count - 1)
    let texts = columns.indices.filter { !columns[$0].flushRight }
    while widths.reduce(0, +) > room {
      guard let widest = texts.max(by: { widths[$0] < widths[$1] || (widths[$0] == widths[$1] && $0 > $1) }),
        widths[widest] > TableLayout.narrowest
      else { break }
      let second = texts.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let excess = widths.reduce(0, +) - room
      let floor = max(TableLayout.narrowest, min(second, widths[widest] - 1))
      widths[widest] = max(floor, widths[widest] - excess)
    }
    return widths
  }

  private static let narrowest = 8
}
