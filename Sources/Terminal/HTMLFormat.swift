import Answers
import SourceText

/// An answer as one page of its own (`html`): headline, table, picture, formula, definition, dates, SQL.
///
/// It loads nothing and runs nothing; all texts are escaped. Readable on a phone and on paper, light and dark.
package struct HTMLFormat: AnswerFormat {
  /// Whether time may stand across where that reads better.
  package var turnsTime: Bool
  package init(turnsTime: Bool = true) { self.turnsTime = turnsTime }

  package func text(_ answer: Answer) -> String {
    HTMLFormat.page(
      title: answer.headline, language: answer.language, sections: [HTMLFormat.section(answer, turnsTime: turnsTime)])
  }

  /// A whole page of several sections.
  package static func page(title: String, language: Language, sections: [String]) -> String {
    """
    <!doctype html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <title>\(Markup.escaped(title))</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <main>
    \(sections.joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  /// One answer of a page.
  package static func section(_ answer: Answer, turnsTime: Bool = true) -> String {
    let words = PageWords(answer.language)
    var parts = ["<section>", "<h2>\(Markup.escaped(answer.headline))</h2>"]
    if !answer.choices.isEmpty { parts.append("<ol>" + answer.choices.map { "<li>\(Markup.escaped($0.text))</li>" }.joined() + "</ol>") }
    parts += answer.notices.map { "<p class=\"note\">\(Markup.escaped($0.text))</p>" }
    if answer.presentation != .unpictured, let picture = Picture(answer, answer.presentation.flatMap { $0.isDrawn ? $0 : nil } ?? .chart) {
      parts.append("<figure>\(SVGPicture(picture, title: answer.headline, language: answer.language).text)</figure>")
    }
    if !answer.columns.isEmpty, !answer.rows.isEmpty { parts.append(table(ShownTable(answer, width: ShownTable.pageWidth, turnsTime: turnsTime), words)) }
    parts += details(answer.details)
    parts += details(answer.explanation, preformatted: true)
    parts.append(facts(answer, words))
    if let sql = answer.sql {
      let arguments = sql.arguments.enumerated().map { "-- ?\($0 + 1) = \(JSONValue($1).compact)" }
      parts.append(
        "<details><summary>\(words.sql)</summary><pre>\(lines([sql.text] + arguments))</pre></details>")
    }
    return (parts + ["</section>"]).joined(separator: "\n")
  }

  /// More rows than a browser scrolls well are in the CSV, not in the page.
  private static let mostRows = 2000

  private static func table(_ shown: ShownTable, _ words: PageWords) -> String {
    let columns = shown.columns
    let header = columns.map { "<th\($0.isNumeric ? " class=\"n\"" : "") scope=\"col\">\(Markup.escaped($0.header))</th>" }.joined()
    let rows = shown.texts.prefix(mostRows).enumerated().map { index, row in
      "<tr>" + zip(columns, row).enumerated().map { place, cell in
        let (column, text) = cell
        let tone = index < shown.tones.count && place < shown.tones[index].count ? shown.tones[index][place] : nil
        return "<td\(style(column, text, tone))>\(Markup.escaped(text.trimmedEnd))</td>"
      }.joined() + "</tr>"
    }
    let count = shown.texts.count
    let told = count > mostRows ? words.shown(mostRows, of: count) : words.rows(count)
    let notes = (count > 1 ? [told] : []) + shown.notes.filter { $0 != words.rows(count) }
    return (shown.caption.map { "<p class=\"count\">\(Markup.escaped($0))</p>\n" } ?? "")
      + "<div class=\"wide\"><table><thead><tr>\(header)</tr></thead>\n<tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table></div>\n"
      + notes.map { "<p class=\"count\">\(Markup.escaped($0))</p>" }.joined(separator: "\n")
  }

  /// Changes by the metric's good direction, other numbers below zero as such.
  private static func style(_ column: AnswerColumn, _ text: String, _ tone: Theme.Role?) -> String {
    guard column.isNumeric else { return "" }
    let isChange = [.change, .growth].contains(column.role)
    switch tone {
    case .good: return " class=\"n good\""
    case .bad: return " class=\"n neg\""
    default: return !isChange && text.hasPrefix("-") ? " class=\"n neg\"" : " class=\"n\""
    }
  }

  private static func details(_ details: [AnswerDetail], preformatted: Bool = false) -> [String] {
    let shown = details.filter { !$0.lines.isEmpty }
    if shown.isEmpty { return [] }
    if preformatted {
      return shown.map { "<details><summary>\(Markup.escaped($0.label))</summary><pre>\(lines($0.lines))</pre></details>" }
    }
    let items = shown.map { detail in
      "<dt>\(Markup.escaped(detail.label))</dt><dd>\(detail.lines.map(Markup.escaped).joined(separator: "<br>"))</dd>"
    }
    return ["<dl>\(items.joined(separator: "\n"))</dl>"]
  }

  /// What the same answer can be had again with.
  private static func facts(_ answer: Answer, _ words: PageWords) -> String {
    var facts = [(words.question, answer.question)]
    if !answer.canonical.isEmpty { facts.append((words.canonical, answer.canonical)) }
    if let period = answer.period { facts.append((words.dates, period.text)) }
    if let compare = answer.compare { facts.append((words.dates, compare.text)) }
    if let day = answer.dataAsOf { facts.append((words.dataThrough, day.description)) }
    let versions = answer.metrics.map { "\($0.name) v\($0.version)" }
    if !versions.isEmpty { facts.append((words.versions, versions.joined(separator: ", "))) }
    if !answer.id.isEmpty { facts.append((words.answerID, answer.id)) }
    let items = facts.filter { !$0.1.isEmpty }.map { "<dt>\(Markup.escaped($0.0))</dt><dd><code>\(Markup.escaped($0.1))</code></dd>" }
    return "<dl class=\"facts\">\(items.joined(separator: "\n"))</dl>"
  }

  /// Lines that stay lines.
  private static func lines(_ texts: [String]) -> String {
    texts.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map { Markup.escaped(String($0)) }.joined(separator: "\n")
  }

  private static let style = """
    :root{color-scheme:light dark}
    html{font-size:16px}body{font:1rem/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0;color:#222;background:#fff}
    main{max-width:960px;margin:0 auto;padding:1rem}
    h1{font-size:1.4rem}h2{font-size:1.15rem;margin:1.2rem 0 .6rem}
    section{border-bottom:1px solid #ddd;padding-bottom:1rem}section:last-child{border:0}
    .wide{overflow-x:auto}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    th,td{padding:.25rem .75rem;text-align:left;border-bottom:1px solid #e5e5e5;white-space:nowrap}
    th{border-bottom:2px solid #999}.n{text-align:right}.neg{color:#b3261e}.good{color:#1a7f37}
    figure{margin:0 0 .8rem;overflow-x:auto}svg{max-width:100%;height:auto}@media(min-width:760px){svg{width:640px}}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.8rem 0}
    dt{color:#666}dd{margin:0;overflow-wrap:anywhere}
    .facts{font-size:.85rem}.note{color:#8a5a00;margin:.3rem 0}.count{color:#666;font-size:.85rem;margin:.3rem 0}
    pre{overflow-x:auto;background:#f6f6f6;padding:.6rem;font-size:.85rem}
    summary{cursor:pointer;color:#555}
    @media(max-width:520px){main{padding:.6rem}table{font-size:.88rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}th,td{padding:.2rem .4rem}}
    @media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}th,td{border-color:#333}dt,.count,summary{color:#999}pre{background:#222}.note{color:#e0a93f}.neg{color:#ff8a80}.good{color:#6fdd8b}section{border-color:#333}}
    @media print{@page{margin:12mm}html{font-size:11px}body{color:#000;background:#fff}svg{width:420px}main{max-width:none;padding:0}details{display:none}.wide,figure{overflow:visible}table{font-size:.9rem}th,td{padding:.15rem .35rem}h2{break-after:avoid}figure,tr,dl{break-inside:avoid}thead{display:table-header-group}}
    """
}

extension AnswerFormat where Self == HTMLFormat {
  package static func html(turnsTime: Bool = true) -> HTMLFormat { HTMLFormat(turnsTime: turnsTime) }
}
