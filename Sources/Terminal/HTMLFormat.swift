import Answers
import SourceText

/// An answer as one page of its own (`html`): headline, table, picture, formula, definition, dates, SQL.
///
/// It loads nothing and runs nothing; all texts are escaped. Readable on a phone and on paper, light and dark.
package struct HTMLFormat: AnswerFormat {
  package init() {}

  package func text(_ answer: Answer) -> String {
    HTMLFormat.page(title: answer.headline, language: answer.language, sections: [HTMLFormat.section(answer, isOpen: true)])
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
  package static func section(_ answer: Answer, isOpen: Bool) -> String {
    let words = PageWords(answer.language)
    var parts = ["<section>", "<h2>\(Markup.escaped(answer.headline))</h2>"]
    if !answer.choices.isEmpty { parts.append("<ol>" + answer.choices.map { "<li>\(Markup.escaped($0.text))</li>" }.joined() + "</ol>") }
    parts += answer.notices.map { "<p class=\"note\">\(Markup.escaped($0.text))</p>" }
    if answer.presentation != .unpictured, let picture = Picture(answer, answer.presentation.flatMap { $0.isDrawn ? $0 : nil } ?? .chart) {
      parts.append("<figure>\(SVGPicture(picture, title: answer.headline, language: answer.language).text)</figure>")
    }
    if !answer.columns.isEmpty, !answer.rows.isEmpty { parts.append(table(answer, words)) }
    parts += details(answer.details, isOpen: isOpen)
    parts += details(answer.explanation, isOpen: false, preformatted: true)
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

  private static func table(_ answer: Answer, _ words: PageWords) -> String {
    let turned = answer.presentation == .pivot ? PivotTable(answer)?.answer ?? answer : answer
    let columns = turned.shownColumns
    let header = columns.map { "<th\($0.isNumeric ? " class=\"n\"" : "") scope=\"col\">\(Markup.escaped($0.header))</th>" }.joined()
    let rows = turned.shownTexts.prefix(mostRows).map { row in
      "<tr>" + zip(columns, row).map { column, text in
        let isNegative = column.isNumeric && text.hasPrefix("-")
        let style = column.isNumeric ? " class=\"n\(isNegative ? " neg" : "")\"" : ""
        return "<td\(style)>\(Markup.escaped(text))</td>"
      }.joined() + "</tr>"
    }
    let count = turned.rows.count
    let told = count > mostRows ? words.shown(mostRows, of: count) : words.rows(count)
    return "<div class=\"wide\"><table><thead><tr>\(header)</tr></thead>\n<tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table></div>\n"
      + (count > 1 ? "<p class=\"count\">\(told)</p>" : "")
  }

  private static func details(_ details: [AnswerDetail], isOpen: Bool, preformatted: Bool = false) -> [String] {
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
    body{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0;color:#222;background:#fff}
    main{max-width:960px;margin:0 auto;padding:1rem}
    h1{font-size:1.4rem}h2{font-size:1.15rem;margin:1.2rem 0 .6rem}
    section{border-bottom:1px solid #ddd;padding-bottom:1rem}section:last-child{border:0}
    .wide{overflow-x:auto}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    th,td{padding:.25rem .75rem;text-align:left;border-bottom:1px solid #e5e5e5;white-space:nowrap}
    th{border-bottom:2px solid #999}.n{text-align:right}.neg{color:#b3261e}
    figure{margin:0 0 .8rem;overflow-x:auto}svg{max-width:100%;height:auto}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.8rem 0}
    dt{color:#666}dd{margin:0;overflow-wrap:anywhere}
    .facts{font-size:.85rem}.note{color:#8a5a00;margin:.3rem 0}.count{color:#666;font-size:.85rem;margin:.3rem 0}
    pre{overflow-x:auto;background:#f6f6f6;padding:.6rem;font-size:.85rem}
    summary{cursor:pointer;color:#555}
    @media(max-width:520px){main{padding:.6rem}svg{min-width:540px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}th,td{padding:.2rem .4rem}}
    @media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}th,td{border-color:#333}dt,.count,summary{color:#999}pre{background:#222}.note{color:#e0a93f}.neg{color:#ff8a80}section{border-color:#333}}
    @media print{body{color:#000;background:#fff}details{display:none}section{break-inside:avoid}}
    """
}

extension AnswerFormat where Self == HTMLFormat {
  package static func html() -> HTMLFormat { HTMLFormat() }
}
