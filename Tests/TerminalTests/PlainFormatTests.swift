import Answers
import Testing

@testable import Terminal

@Suite struct PlainFormatTests {
  @Test func headlineTableLinesAndNotices() {
    #expect(
      PlainFormat().text(Samples.cities) == """
        净销售额 · 按城市 · 2026-10-01 至 2026-10-31（上月）

          城市              净销售额
          ───────────────  ─────────
          上海             ¥1,234.50
          👨‍👩‍👧 a␛[31m"b",␊c     -¥0.05
          （空）                   —

          公式  净销售额 = 求和(订单.金额)
          口径  v1 · 已认证
                不含退款
          来源  orders（8,412 行）· 数据截至 2026-10-31
          注意  最后一名并列。

        """)
  }

  /// Bars stand beside the rows, from a zero of their own; a value below it goes to the left.
  @Test func barsBesideRows() throws {
    var answer = Samples.cities
    answer.presentation = .chart
    let bars = try #require(BarColumn(answer)).bars
    #expect(bars == [" " + String(repeating: "█", count: 24), "█", " "])
    let lines = PlainFormat().text(answer).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("  上海") && $0.hasSuffix(bars[0]) })
    #expect(!PlainFormat().text(Samples.cities).contains("█"))
    answer.rows = [answer.rows[0]]
    #expect(BarColumn(answer) == nil)
  }

  @Test func choicesAreNumbered() {
    #expect(
      PlainFormat().text(Samples.choice) == """
        This can be read in 2 ways. Choose one:

          1  net sales
          2  GMV

        """)
  }

  @Test func noRowsNoTable() {
    #expect(
      PlainFormat().text(Samples.empty) == """
        GMV · by city

          Note  There is no data in this period.

        """)
  }

  @Test func sqlWithItsArguments() {
    var answer = Samples.empty
    answer.notices = []
    answer.sql = AnswerSQL(text: "SELECT 1\nWHERE a = ?1", arguments: [.text("华东"), .null])
    #expect(
      PlainFormat(showsSQL: true).text(answer) == """
        GMV · by city

          SELECT 1
          WHERE a = ?1
          -- ?1 = "华东"
          -- ?2 = null

        """)
  }

  @Test func explanationSections() {
    var answer = Samples.empty
    answer.notices = []
    answer.explanation = [AnswerDetail("Words", ["a → b", "c"])]
    #expect(PlainFormat().text(answer) == "GMV · by city\n\n  Words\n    a → b\n    c\n")
  }

  @Test func coloursStandAroundOurTextOnly() {
    let text = PlainFormat(theme: .coloured).text(Samples.choice)
    #expect(text.hasPrefix("\u{1B}[33mThis can be read in 2 ways. Choose one:\u{1B}[0m\n"))
    #expect(text.contains("\u{1B}[36m1\u{1B}[0m  net sales"))
    #expect(!PlainFormat().text(Samples.cities).contains("\u{1B}"))
  }
}
