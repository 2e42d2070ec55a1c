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
            a very lon…  Rio de Jan…  1,234,567.89
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
