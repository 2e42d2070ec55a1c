import Testing

@testable import Terminal

@Suite struct TableLayoutTests {
  func lines(_ columns: [(String, Bool)], _ rows: [[String]], width: Int = 80) -> String {
    TableLayout(columns: columns.map { .init($0.0, flushRight: $0.1) }, rows: rows, width: width).lines
      .joined(separator: "\n")
  }

  @Test func alignsChineseEmojiAndNumbers() {
    #expect(
      lines([("城市", false), ("净销售额", true)], [["上海", "¥1,234.50"], ["👨‍👩‍👧 x", "-¥0.05"], ["（空）", "—"]]) == """
          城市     净销售额
          ──────  ─────────
          上海    ¥1,234.50
          👨‍👩‍👧 x       -¥0.05
          （空）          —
        """)
  }

  @Test func narrowsTextsNotNumbers() {
    #expect(
      lines(
        [("product", false), ("city", false), ("sales", true)],
        [["a very long name of a product", "Rio de Janeiro", "1,234,567.89"]], width: 40) == """
            product      city                sales
            ───────────  ───────────  ────────────
            a very long  Rio de       1,234,567.89
            name of a    Janeiro
            product
          """)
  }

  @Test func chineseTextsAreWrappedBetweenCharacters() {
    #expect(
      lines([("代号", false), ("定义", false)], [["net_sales", "支付金额减退款金额，不含运费"]], width: 26) == """
          代号       定义
          ─────────  ─────────────
          net_sales  支付金额减退
                     款金额，不含
                     运费
        """)
  }

  @Test func goesBeyondTheWidthRatherThanCutANumber() {
    let text = lines([("a", true), ("b", true)], [["1,234,567", "7,654,321"]], width: 10)
    #expect(text.hasSuffix("  1,234,567  7,654,321"))
  }

  @Test func withoutColumnsThereIsNothing() {
    #expect(lines([], [[]]) == "")
    #expect(lines([("a", false)], []) == "  a\n  ─")
  }

  @Test func missingCellsAreBlank() {
    #expect(lines([("a", false), ("b", false)], [["x"]]) == "  a  b\n  ─  ─\n  x")
  }
}
