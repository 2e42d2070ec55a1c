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
    \(HTMLStyle.text)
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
    if !answer.columns.isEmpty, !answer.rows.isEmpty { parts.append(HTMLTable(ShownTable(answer, width: ShownTable.pageWidth, turnsTime: turnsTime), words).text) }
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
}

extension AnswerFormat where Self == HTMLFormat {
  package static func html(turnsTime: Bool = true) -> HTMLFormat { HTMLFormat(turnsTime: turnsTime) }
}
