@testable import Answers
import Metrics
import Questions
import SourceText
import Tables
import Testing

@testable import Terminal

/// What people see of a table that programs don't: time across, arrows, signs of a terminal that draws them wide.
@Suite struct ShownTableTests {
  /// Regions by month, in the order of either.
  private func grid(_ regions: [String], months: Int, timeFirst: Bool = true, header: String = "销售额（万元）") -> Answer {
    var answer = Answer(status: .answered, language: .chinese, question: "q", headline: "销售额 · 按大区、月")
    answer.columns = [
      AnswerColumn(name: "region", title: "大区", type: .text, role: .group),
      AnswerColumn(name: "month", title: "月", type: .period, role: .group),
      AnswerColumn(name: "sales", title: "销售额", header: header, type: .integer, unit: "CNY", role: .value),
    ]
    let times = (1...months).map { "2026-0\($0)" }
    let pairs = timeFirst ? times.flatMap { time in regions.map { ($0, time) } } : regions.flatMap { region in times.map { (region, $0) } }
    answer.rows = pairs.enumerated().map { [.text($1.0), .text($1.1), .integer(Int64($0))] }
    answer.texts = answer.rows.map { $0.map(\.plainText) }
    return answer
  }

  @Test(arguments: [true, false])
  func `time stands across where that reads better, and it is said with the unit`(timeFirst: Bool) {
    let lines = PlainFormat(width: 80).text(grid(["华东", "华北", "华南"], months: 4, timeFirst: timeFirst)).split(separator: "\n").map(String.init)
    #expect(lines[1] == "  销售额（万元） · 月横排（竖排：:pivot none 或 --pivot none）")
    #expect(lines[2] == "  大区  2026-01  2026-02  2026-03  2026-04")
    #expect(lines.filter { $0.hasPrefix("  华") }.count == 3)
    let down = PlainFormat(width: 80, turnsTime: false).text(grid(["华东", "华北", "华南"], months: 4, timeFirst: timeFirst))
    #expect(down.contains("大区  月       销售额（万元）") && !down.contains("横排"))
  }

  @Test func `it does not where something would be lost or cut`() {
    let whole = grid(["华东", "华北", "华南"], months: 4)
    func isTurned(_ change: (inout Answer) -> Void = { _ in }, width: Int = 80) -> Bool {
      var answer = whole
      change(&answer)
      return PivotTable(suiting: answer, width: width) != nil
    }
    #expect(isTurned())
    #expect(!isTurned(width: 24), "cut")
    #expect(!isTurned { $0.isRanked = true }, "its order was asked for")
    #expect(!isTurned { answer in [10, 7, 5, 3].forEach { answer.rows.remove(at: $0); answer.texts.remove(at: $0) } }, "full of gaps")
    #expect(!isTurned { $0.columns[1].type = .text }, "no time")
    #expect(!isTurned { $0.columns[0].type = .period }, "two times")
    #expect(!isTurned { $0.rows[0][1] = .null }, "a time that is none")
    #expect(!isTurned { $0.rows[1][0] = .text("华东") }, "two numbers in one place")
    #expect(!isTurned { answer in
      answer.columns.append(AnswerColumn(name: "growth", title: "同比", type: .real, role: .growth))
      for row in answer.rows.indices {
        answer.rows[row].append(.null)
        answer.texts[row].append("—")
      }
    }, "two numbers a row")
    #expect(PivotTable(suiting: grid(["华东"], months: 8), width: 200) == nil, "one row")
    #expect(PivotTable(suiting: grid(["a", "b"], months: 2), width: 200) == nil, "four numbers")
  }

  @Test func `of more times than there is room for, the other grouping stands across`() throws {
    let turned = try #require(PivotTable(suiting: grid(["华东", "华北", "华南"], months: 9), width: 60)).answer
    #expect(turned.columns.map(\.title) == ["月", "华东", "华北", "华南"])
    #expect(turned.texts.prefix(2) == [["2026-01", "0", "1", "2"], ["2026-02", "3", "4", "5"]])
    var sameTitle = grid(["1", "2"], months: 9)
    for row in sameTitle.texts.indices { sameTitle.texts[row][0] = "同名" }
    #expect(PivotTable(suiting: sameTitle, width: 60) == nil, "two columns of one name")
  }

  @Test func `two members with one title stay two rows`() throws {
    var answer = grid(["1", "2"], months: 3)
    for row in answer.texts.indices { answer.texts[row][0] = "同名" }
    let turned = try #require(PivotTable(suiting: answer, width: 80))
    #expect(turned.answer.texts == [["同名", "0", "2", "4"], ["同名", "1", "3", "5"]])
    #expect(turned.firstRows == [0, 1])
  }

  @Test func `a row of a turned table is the first of the answer's rows that it was made from`() {
    let answer = grid(["华东", "华北", "华南"], months: 4, timeFirst: false)
    let shown = ShownTable(answer, width: 80, turnsTime: true)
    #expect(shown.turnedRow(2)?.row == 5 && shown.turnedRow(2)?.across == 1)
    #expect(shown.turnedRow(4) == nil)
    #expect(ShownTable(answer, width: 80, turnsTime: false).turnedRow(1) == nil)
  }

  @Test func `formats for programs are never turned`() {
    let answer = grid(["华东", "华北", "华南"], months: 2)
    for name in ["csv", "tsv", "jsonl"] {
      let text = AnswerFormats.named(name)!.text(answer)
      #expect(!text.contains("横排") && !text.contains("▲"))
      if name != "jsonl" { #expect(text.split(separator: "\n").count == 7) }
    }
    #expect(AnswerFormats.named("markdown")!.text(answer).contains("| 大区 | 2026-01 | 2026-02 |"))
    #expect(AnswerFormats.named("markdown", turnsTime: false)!.text(answer).contains("| 大区 | 月 | 销售额（万元） |"))
    #expect(AnswerFormats.named("html")!.text(answer).contains("<th class=\"n\" scope=\"col\">2026-02</th>"))
  }

  @Test func `a pivot that was asked for says what has no place in it`() {
    var answer = grid(["华东", "华北"], months: 2)
    answer.columns.append(AnswerColumn(name: "growth", title: "同比", type: .real, unit: "%", role: .growth))
    for row in answer.rows.indices {
      answer.rows[row].append(.real(0.5))
      answer.texts[row].append("+50.00%")
    }
    answer.presentation = .pivot
    #expect(PlainFormat().text(answer).contains("  销售额（万元） · 月横排，不含同比\n"))
    answer.columns[1].role = .value
    #expect(PlainFormat().text(answer).contains("没有横排"))
  }

  // MARK: Changes

  private func changes(_ direction: Metric.Direction, _ values: [(Cell, String)]) -> Answer {
    var answer = Samples.cities
    answer.columns.append(AnswerColumn(name: "net_sales_growth", title: "同比", type: .real, unit: "%", role: .growth))
    for (row, value) in values.enumerated() {
      answer.rows[row].append(value.0)
      answer.texts[row].append(value.1)
    }
    answer.metrics = [
      AnswerMetric(
        name: "net_sales", title: "净销售额", version: 1, formula: "", formulaText: "", meaning: "", owner: "", department: "",
        status: .certified, direction: direction)
    ]
    return answer
  }
  private let values: [(Cell, String)] = [(.real(0.1234), "+12.34%"), (.real(-0.000001), "0.00%"), (.null, "—")]

  @Test func `changes have arrows behind them, by what is read`() {
    let texts = ChangeMarks.texts(changes(.up, values)).map { $0[2] }
    #expect(texts == ["+12.34% ▲", "0.00%  ", "—  "])
    #expect(ChangeMarks.texts(changes(.up, [(.real(-0.5), "-50.00%"), values[1], values[2]]))[0][2] == "-50.00% ▼")
    #expect(ChangeMarks.texts(changes(.up, [values[1], values[1], values[2]])).map { $0[2] } == ["0.00%", "0.00%", "—"], "nothing changed")
    let text = PlainFormat().text(changes(.up, values))
    #expect(text.contains("+12.34% ▲\n"))
    #expect(HTMLFormat().text(changes(.down, values)).contains("<td class=\"n neg\">+12.34% ▲</td>"))
    #expect(HTMLFormat().text(changes(.up, values)).contains("<td class=\"n good\">+12.34% ▲</td>"))
  }

  @Test(arguments: [(Metric.Direction.up, "32"), (.down, "31"), (.none, "")])
  func `they are painted by the good direction of the metric`(direction: Metric.Direction, colour: String) {
    let text = PlainFormat(theme: .coloured).text(changes(direction, values))
    #expect(text.contains(colour.isEmpty ? "  +12.34% ▲" : "\u{1B}[\(colour)m+12.34% ▲\u{1B}[0m"))
  }

  // MARK: The terminal

  @Test func `nothing is yellow or bright on a light ground`() {
    #expect(Theme.coloured(ground: "0;15") == .colouredOnLight && Theme.coloured(ground: "0;default;7") == .colouredOnLight)
    for ground in [nil, "15;0", "7;8", "x", ""] { #expect(Theme.coloured(ground: ground) == .coloured) }
    let light = Theme.colouredOnLight
    let painted = (0..<8).map { light.paint("x", series: $0) } + [light.paint("x", as: .notice), light.paint("x", as: .choice)]
    for text in painted { #expect(!text.contains("33m") && !text.contains("[9"), "\(text.debugDescription)") }
  }

  @Test func `where ambiguous characters are wide, they are counted so and nothing is drawn with them`() throws {
    let widths = [("÷·—…─", 10), ("“销售额”", 10), ("▲", 2), ("转化率", 6), ("abc", 3), ("\u{E9}", 2), ("⣿▚░", 3), ("e\u{301}", 1), ("¥", 1), ("€", 2)]
    DisplayWidth.$ambiguousIsWide.withValue(true) {
      for (text, width) in widths { #expect(DisplayWidth.of(text) == width, "\(text)") }
      #expect(DisplayWidth.truncated("转化率转化率", to: 6) == "转化…")
      #expect(DisplayWidth.truncated("转化率", to: 1) == ".")
    }
    #expect(DisplayWidth.of("÷·—…─") == 5)
    for wish in [Presentation.chart, .line, .bar, .spark, .stack, .table] {
      var answer = grid(["a", "b", "c"], months: 3, header: "sales")
      answer.presentation = wish
      let text = DisplayWidth.$ambiguousIsWide.withValue(true) { PlainFormat(width: 60).text(answer) }
      #expect(!text.contains { "─│┤└█▓▒▁▄▏".contains($0) }, "\(text)")
      let lines = text.split(separator: "\n").map(String.init)
      DisplayWidth.$ambiguousIsWide.withValue(true) { #expect(lines.allSatisfy { DisplayWidth.of($0) <= 60 }) }
    }
  }

  @Test func `bars are as long as the table leaves room for, and stand below where it leaves none`() {
    var answer = Samples.cities
    answer.presentation = .bar
    answer.rows[1][1] = .decimal(units: 5, scale: 2)
    answer.texts[1] = ["b", "¥0.05"]
    func text(_ width: Int) -> [String] { PlainFormat(width: width).text(answer).split(separator: "\n").map(String.init) }
    #expect(text(80).contains { $0.hasPrefix("  上海") && $0.hasSuffix("  " + String(repeating: "█", count: 24)) })
    #expect(text(32).contains { $0.hasPrefix("  上海") && $0.hasSuffix("  " + String(repeating: "█", count: 11)) }, "\(text(32))")
    #expect(text(24).contains { $0.hasPrefix("  上海") && $0.contains("█") && $0.hasSuffix(" ¥1,234.50") }, "\(text(24))")
    #expect(text(24).allSatisfy { DisplayWidth.of($0) <= 24 })
  }

  @Test(arguments: [
    (Presentation.line, "没有时间可以连成线，画成了柱" as String?), (.spark, "没有时间可以连成线，画成了柱"), (.chart, nil), (.bar, nil),
    (.stack, "有负数，分不成各部分，画成了柱"),
  ])
  func `a picture of another kind than was asked for says why`(wish: Presentation, note: String?) {
    var answer = Samples.cities
    answer.presentation = wish
    #expect(Picture.note(answer) == note)
    let texts = [PlainFormat().text(answer), MarkdownFormat().text(answer), HTMLFormat().text(answer)]
    for text in texts { #expect(text.contains("画成了柱") == (note != nil)) }
  }

  @Test func `what a chat would take for its own marks is escaped, and nothing else`() {
    var answer = Samples.cities
    answer.headline = "a_b *c* snake_case 1 < 2 & co &amp; ~~x~~ ~3"
    answer.rows = [[.text("x"), .integer(1)]]
    answer.texts = [["上|海\n`[x](y)`", "1"]]
    answer.explanation = [AnswerDetail("SQL", ["```", "x"])]
    let lines = MarkdownFormat().text(answer).split(separator: "\n").map(String.init)
    #expect(lines[0] == "**a_b \\*c\\* snake_case 1 \\< 2 & co \\&amp; \\~\\~x\\~\\~ ~3**")
    #expect(lines.contains("| 上\\|海 \\`\\[x](y)\\` | 1 |"))
    #expect(lines.contains("- **公式**: 净销售额 = 求和(订单.金额)"))
    #expect(lines.contains("- **口径**") && lines.contains("  - 不含退款"))
    #expect(lines.filter { $0 == "````" }.count == 2, "a fence longer than any in the text")
  }
}
