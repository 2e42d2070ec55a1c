import Answers

/// An answer for people at a terminal (`table`): headline, table, lines of explanation, notices, choices.
package struct PlainFormat: AnswerFormat {
  /// Columns of the terminal.
  package var width: Int
  package var theme: Theme
  /// Whether the SQL and its arguments follow.
  package var showsSQL: Bool
  /// Whether time may stand across where that reads better.
  package var turnsTime: Bool
  /// Whether also SQL and the lines of an explanation are broken at the width, as a person reads them; files and pipes get
  /// them as they are.
  package var breaksCode: Bool

  package init(width: Int = 80, theme: Theme = .plain, showsSQL: Bool = false, turnsTime: Bool = true, breaksCode: Bool = false) {
    self.width = width
    self.breaksCode = breaksCode
    self.theme = theme
    self.showsSQL = showsSQL
    self.turnsTime = turnsTime
  }

  package var separator: String { "\n" }

  package func text(_ answer: Answer) -> String {
    var blocks = [headline(answer)]
    if !answer.choices.isEmpty { blocks.append(choices(answer)) }
    if !answer.columns.isEmpty, !answer.rows.isEmpty { blocks += tables(answer) }
    let details = labelled(answer.details, as: .label) + notices(answer)
    if !details.isEmpty { blocks.append(details) }
    blocks += answer.explanation.map(section)
    if showsSQL, let sql = answer.sql { blocks.append(self.sql(sql)) }
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func headline(_ answer: Answer) -> [String] {
    let role: Theme.Role = answer.problem == nil ? .headline : answer.status == .failed ? .failure : .notice
    return DisplayWidth.wrapped(DisplayWidth.safe(answer.headline), to: width).map { theme.paint($0, as: role) }
  }

  /// The table, whatever is drawn under it, and what has to be said of both.
  private func tables(_ answer: Answer) -> [[String]] {
    let picture = Picture(answer)
    let table = ShownTable(answer, width: width, turnsTime: turnsTime, saysHow: true)
    var columns = table.columns.map { TableLayout.Column($0.header, flushRight: $0.isNumeric) }
    var rows = table.texts
    let room = width - TableLayout(columns: columns, rows: rows, width: width).wholeWidth - 2
    var barsAreDrawn = false
    if let picture, picture.standsBesideRows, let chart = BarColumn(table.answer, room: room) {
      barsAreDrawn = true
      // Flush right, since a bar that was cut would be a wrong one; padded, since it begins at zero.
      let longest = chart.bars.map { DisplayWidth.of($0) }.max() ?? 0
      // Beside several numbers it has to be said which one the bars are of.
      let title = table.columns.filter(\.isNumeric).count > 1 ? DisplayWidth.truncated(DisplayWidth.safe(chart.title), to: longest) : ""
      columns.append(TableLayout.Column(title.isEmpty ? "" : DisplayWidth.padded(title, to: longest), flushRight: true))
      rows = zip(rows, chart.bars).map { $0 + [DisplayWidth.padded($1, to: longest)] }
    }
    var layout = TableLayout(columns: columns, rows: rows, width: width, theme: theme)
    if theme.isColoured { layout.tones = table.tones }
    var blocks = layout.fits ? [layout.lines] : FoldedTable(layout, language: answer.language).blocks
    if let caption = table.caption { blocks[0].insert(contentsOf: faint([caption]), at: 0) }
    if !table.notes.isEmpty { blocks.append(faint(table.notes)) }
    let drawn = picture?.lines(width: width, theme: theme, language: answer.language, besideRows: barsAreDrawn) ?? []
    return drawn.isEmpty ? blocks : blocks + [drawn]
  }

  private func faint(_ lines: [String]) -> [String] {
    lines.flatMap { DisplayWidth.wrapped(DisplayWidth.safe($0), to: width - 2) }.map { "  " + theme.paint($0, as: .faint) }
  }

  private func choices(_ answer: Answer) -> [String] {
    let digits = String(answer.choices.count).count
    return answer.choices.enumerated().flatMap { index, choice in
      let number = DisplayWidth.padded(String(index + 1), to: digits, flushRight: true)
      return DisplayWidth.wrapped(DisplayWidth.safe(choice.text), to: max(12, width - digits - 4)).enumerated().map { line, text in
        "  " + (line == 0 ? theme.paint(number, as: .choice) : String(repeating: " ", count: digits)) + "  " + text
      }
    }
  }

  private func notices(_ answer: Answer) -> [String] {
    labelled([AnswerDetail(answer.noticeLabel, answer.notices.map(\.text))], as: .notice, beside: answer.details)
  }

  /// `  公式  …` with further lines aligned under the first.
  private func labelled(_ details: [AnswerDetail], as role: Theme.Role, beside others: [AnswerDetail] = [])
    -> [String]
  {
    let shown = details.filter { !$0.lines.isEmpty }
    let labelWidth = (shown + others).map { DisplayWidth.of($0.label) }.max() ?? 0
    return shown.flatMap { detail in
      let lines = detail.lines.flatMap { DisplayWidth.wrapped(DisplayWidth.safe($0), to: width - labelWidth - 4) }
      return lines.enumerated().map { index, line in
        let label = DisplayWidth.padded(index == 0 ? detail.label : "", to: labelWidth)
        let text = role == .notice ? theme.paint(line, as: .notice) : line
        return ("  " + theme.paint(label, as: role) + "  " + text).trimmedEnd
      }
    }
  }

  private func section(_ section: AnswerDetail) -> [String] {
    let lines = section.label == "SQL" ? code(section.lines, indent: 4) : section.lines.flatMap { text in
      let text = DisplayWidth.safe(text)
      if !breaksCode { return ["    " + text] }
      let indent = text.prefix { $0 == " " }.count
      return DisplayWidth.wrapped(String(text.dropFirst(indent)), to: max(12, width - indent - 6)).enumerated().map {
        String(repeating: " ", count: 4 + indent + ($0 == 0 ? 0 : 2)) + $1
      }
    }
    return ["  " + theme.paint(section.label, as: .header)] + lines
  }

  private func sql(_ sql: AnswerSQL) -> [String] {
    let lines = sql.text.split(separator: "\n", omittingEmptySubsequences: false)
    let arguments = sql.arguments.enumerated().map { "-- ?\($0 + 1) = \(JSONValue($1).compact)" }
    return code(lines.map(String.init) + arguments, indent: 2)
  }

  private func code(_ lines: [String], indent: Int) -> [String] {
    let safe = lines.map(DisplayWidth.safe)
    let broken = breaksCode ? safe.flatMap { SQLLines.broken($0, to: width - indent) } : safe
    return broken.map { String(repeating: " ", count: indent) + $0 }
  }
}

extension AnswerFormat where Self == PlainFormat {
  package static func plain(width: Int = 80, theme: Theme = .plain, showsSQL: Bool = false, turnsTime: Bool = true) -> PlainFormat {
    PlainFormat(width: width, theme: theme, showsSQL: showsSQL, turnsTime: turnsTime)
  }
}
