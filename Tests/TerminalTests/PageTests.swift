@testable import Answers
import Metrics
import Questions
import Tables
import Testing

@testable import Terminal

/// Answers of every size: folded, recorded, counted, as pages.
@Suite struct PageTests {
  private func wide(_ columns: Int, rows: Int = 2) -> Answer {
    var answer = Answer(status: .answered, language: .english, question: "q", headline: "Wide")
    answer.columns = [AnswerColumn(name: "city", title: "City", type: .text, role: .group)]
      + (1...columns).map { AnswerColumn(name: "n\($0)", title: "Number \($0)", type: .integer, role: .value) }
    answer.rows = (0..<rows).map { row in [.text("城市\(row)")] + (1...columns).map { .integer(Int64($0 * 1000 + row)) } }
    answer.texts = answer.rows.map { $0.map(\.plainText) }
    return answer
  }

  @Test(arguments: [40, 80, 120, 200])
  func `a hundred columns are folded within the width, and none is left out`(width: Int) {
    let lines = PlainFormat(width: width).text(wide(99)).split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    for number in 1...99 { #expect(lines.contains { $0.contains("Number \(number) ") || $0.hasSuffix("Number \(number)") }) }
    #expect(lines.contains { $0.contains("columns 2–") && $0.hasSuffix("of 100") })
    #expect(lines.contains { $0.hasPrefix("  城市1") })
  }

  @Test func `what does not fit beside its name becomes a record`() {
    var answer = wide(1)
    answer.texts[0][1] = String(repeating: "9", count: 24)
    let lines = PlainFormat(width: 30).text(answer).split(separator: "\n").map(String.init)
    #expect(lines.contains("  ── 1 ──"))
    #expect(lines.contains { $0.contains("City") && $0.hasSuffix("城市0") })
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 30 })
  }

  @Test func `a page wider than paper has its table in parts for print, and none is left out`() {
    let page = HTMLFormat().text(wide(99))
    #expect(page.contains("<div class=\"wide many\">") && page.contains(".many{display:none}.parts{display:block}"))
    let parts = page.split(separator: "<div class=\"parts\">").last.map(String.init) ?? ""
    #expect(parts.split(separator: "<table>").count > 5 && parts.contains("columns 2–"))
    for number in 1...99 { #expect(parts.contains(">Number \(number)<")) }
    let narrow = HTMLFormat().text(wide(3))
    #expect(!narrow.contains("wide many") && !narrow.contains("class=\"parts\""))
  }

  @Test func `long tables say how many rows there are`() {
    #expect(!PlainFormat().text(wide(1, rows: 20)).contains("20 rows"))
    #expect(PlainFormat().text(wide(1, rows: 21)).contains("\n  21 rows\n"))
    #expect(PlainFormat().text(wide(1, rows: 100_000)).contains("100,000 rows"))
  }

  @Test func `a pivot has the last grouping across, and no value where there is none`() throws {
    var answer = wide(1)
    answer.columns.insert(AnswerColumn(name: "month", title: "Month", type: .period, role: .group), at: 1)
    answer.rows = [
      [.text("a"), .text("2026-02"), .integer(2)], [.text("a"), .text("2026-01"), .integer(1)], [.text("b"), .text("2026-02"), .integer(3)],
    ]
    answer.texts = answer.rows.map { $0.map(\.plainText) }
    let turned = try #require(PivotTable(answer)).answer
    #expect(turned.columns.map(\.title) == ["City", "2026-01", "2026-02"])
    #expect(turned.texts == [["a", "1", "2"], ["b", "—", "3"]])
    answer.presentation = .pivot
    #expect(PlainFormat().text(answer).contains("City  2026-01  2026-02"))
    #expect(PivotTable(wide(2)) == nil)
  }

  @Test func `a page is whole, loads nothing and shows data as text`() {
    var answer = Samples.cities
    answer.texts[0][0] = "<img src=x onerror=alert(1)>"
    answer.question = "</title><script>alert(2)</script>"
    answer.sql = AnswerSQL(text: "SELECT 1 -- <b>", arguments: [.text("</pre>")])
    let page = HTMLFormat().text(answer)
    #expect(page.hasPrefix("<!doctype html>\n<html lang=\"zh\">") && page.hasSuffix("</html>\n"))
    for bad in ["<img", "<script", "</pre>\"", "<b>", "src=", "href=", "@import", "url("] {
      #expect(!page.replacing("&lt;img src=x", with: "").contains(bad), "\(bad)")
    }
    #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;"))
    #expect(page.contains("👨‍👩‍👧") && page.contains("净销售额") && page.contains("v1 · 已认证"))
    #expect(page.contains("<svg") && page.contains("viewport") && page.contains("@media print"))
    #expect(HTMLFormat().text(Samples.empty).contains("There is no data in this period."))
    #expect(HTMLFormat().text(Samples.choice).contains("<ol><li>net sales</li><li>GMV</li></ol>"))
  }

  @Test func `a page of a great table shows its first rows and says how many there are`() {
    let page = HTMLFormat().text(wide(1, rows: 100_000))
    #expect(page.contains("the first 2,000 of 100,000 rows"))
    #expect(page.utf8.count < 1_000_000)
  }

  @Test func `tiles stand beside each other as far as there is room`() {
    let answers = [wide(1), Samples.cities, wide(1, rows: 30)]
    for width in [40, 80, 120, 200] {
      let text = BoardScreen(title: "Morning", dataThrough: "2026-10-31", answers: answers, width: width, theme: .plain).text(height: nil)
      #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= width })
      #expect(text.contains("Morning") && text.contains("净销售额"))
    }
    let cut = BoardScreen(title: "Morning", dataThrough: nil, answers: answers, width: 80, theme: .plain).text(height: 10)
    #expect(cut.split(separator: "\n", omittingEmptySubsequences: false).count == 10)
  }
}

/// Colours say whether a change is good; without colour its sign says which way it goes.
@Suite struct ChangeToneTests {
  private func change(_ direction: Metric.Direction) -> Answer {
    var answer = Answer(status: .answered, language: .english, question: "q", headline: "Change")
    answer.metrics = [
      AnswerMetric(
        name: "m", title: "M", version: 1, formula: "", formulaText: "", meaning: "", owner: "", department: "", status: .certified,
        direction: direction)
    ]
    answer.columns = [
      AnswerColumn(name: "m", title: "M", type: .integer, role: .value), AnswerColumn(name: "m_change", title: "Change", type: .integer, role: .change),
    ]
    answer.rows = [[.integer(5), .integer(2)], [.integer(5), .integer(-2)], [.integer(5), .integer(0)], [.integer(5), .null]]
    answer.texts = [["5", "+2"], ["5", "-2"], ["5", "0"], ["5", "—"]]
    return answer
  }

  @Test func `green is the good way, red the other`() {
    #expect(ChangeTones.of(change(.up)) == [[nil, .good], [nil, .bad], [nil, nil], [nil, nil]])
    #expect(ChangeTones.of(change(.down)) == [[nil, .bad], [nil, .good], [nil, nil], [nil, nil]])
    #expect(ChangeTones.of(change(.none)).allSatisfy { $0.allSatisfy { $0 == nil } })
    #expect(PlainFormat(theme: .coloured).text(change(.down)).contains("\u{1B}[31m  +2 ▲\u{1B}[0m"))
    #expect(!PlainFormat().text(change(.down)).contains("\u{1B}"))
  }
}
