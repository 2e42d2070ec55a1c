import Testing

@testable import Terminal

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("转化率", 6), ("ＡＢ", 4), ("ｱ", 1), ("÷·—…─", 5), ("é", 1), ("e\u{301}", 1), ("한글", 4),
    ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("1️⃣", 2), ("❤️", 2), ("❤", 1), ("a\u{200B}b", 2), ("、。（）", 8), ("𠮷", 2),
    ("\u{00AD}", 0), ("ก็", 1), ("¥₫€", 3),
  ])
  func columns(text: String, expected: Int) {
    #expect(DisplayWidth.of(text) == expected)
  }

  @Test func dataCannotDriveTheTerminal() {
    #expect(DisplayWidth.safe("a\u{1B}[2Jb\tc\nd\r\ne\u{7F}\u{9B}31m") == "a␛[2Jb␉c␊d␍␊e␡�31m")
    #expect(DisplayWidth.safe("abc\u{202E}fed") == "abc�fed")
    #expect(DisplayWidth.safe("普通文字 👨‍👩‍👧") == "普通文字 👨‍👩‍👧")
    #expect(DisplayWidth.safeLines("a\nb\tc") == "a\nb␉c")
  }

  @Test func cutTextsEndInDots() {
    #expect(DisplayWidth.truncated("转化率", to: 6) == "转化率")
    #expect(DisplayWidth.truncated("转化率", to: 5) == "转化…")
    #expect(DisplayWidth.truncated("转化率", to: 4) == "转…")
    #expect(DisplayWidth.truncated("abc", to: 1) == "…")
    #expect(DisplayWidth.truncated("abc", to: 0) == "")
  }

  @Test func paddingCountsColumns() {
    #expect(DisplayWidth.padded("上海", to: 6) == "上海  ")
    #expect(DisplayWidth.padded("上海", to: 6, flushRight: true) == "  上海")
    #expect(DisplayWidth.padded("上海", to: 2) == "上海")
  }

  @Test func wrapsBehindSpacesAndBetweenCharacters() {
    #expect(DisplayWidth.wrapped("the quick brown fox", to: 10) == ["the quick", "brown fox"])
    #expect(DisplayWidth.wrapped("一二三四五，六", to: 10) == ["一二三四", "五，六"])
    #expect(DisplayWidth.wrapped("abcdefghij", to: 4) == ["abcd", "efgh", "ij"])
    #expect(DisplayWidth.wrapped("", to: 4) == [""])
    #expect(DisplayWidth.wrapped("转化率 = 支付买家数 ÷ 访客数", to: 16) == ["转化率 = 支付买", "家数 ÷ 访客数"])
    // A part of a headline stays whole where it fits a line.
    #expect(DisplayWidth.wrapped("销售额 · 2026-10（上月）· 按销售额降序", to: 36) == ["销售额 · 2026-10（上月）·", "按销售额降序"])
    #expect(DisplayWidth.wrapped("一 · 一二三四五六七", to: 8) == ["一 · 一", "二三四五", "六七"])
  }

  @Test func brokenSQLIsTheSameSQL() {
    #expect(SQLLines.broken("SELECT a", to: 20) == ["SELECT a"])
    #expect(SQLLines.broken("  WHERE a = 'x y z' AND b >= ? AND c < ?", to: 24) == ["  WHERE a = 'x y z' AND", "      b >= ? AND c < ?"])
    #expect(SQLLines.broken("  -- Sum visits by month and region.", to: 24) == ["  -- Sum visits by month", "  -- and region."])
    #expect(SQLLines.broken("  JOIN some_rows_of_a_kind.member ON a", to: 24) == ["  JOIN", "      some_rows_of_a_kind.", "      member ON a"])
    #expect(SQLLines.broken("  sum('a.b(c' || lines.long_name)", to: 20).joined().replacing(" ", with: "") == "sum('a.b(c'||lines.long_name)")
    #expect(SQLLines.broken("'a text without an end that is long", to: 10) == ["'a text without an end that is long"])
  }
}
