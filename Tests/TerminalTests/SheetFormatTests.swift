import Answers
import Tables
import Testing

@testable import Terminal

@Suite struct CSVFormatTests {
  @Test func quotesAndNothingForNull() {
    #expect(
      CSVFormat().text(Samples.cities)
        == "city,net_sales\n上海,1234.50\n\"👨‍👩‍👧 a\u{1B}[31m\"\"b\"\",\nc\",-0.05\n,\n")
  }

  @Test func headerAloneWithoutRowsAndNothingForProblems() {
    #expect(CSVFormat().text(Samples.empty) == "city,gmv\n")
    #expect(CSVFormat().text(Samples.choice) == "")
  }

  @Test func notANumberIsNoValue() {
    var answer = Samples.empty
    answer.rows = [[.text("=1+1"), .real(.infinity)], [.text(""), .real(0.5)]]
    #expect(CSVFormat().text(answer) == "city,gmv\n=1+1,\n\"\",0.5\n")
  }
}

@Suite struct TSVFormatTests {
  @Test func escapesInsteadOfQuotes() {
    #expect(
      TSVFormat().text(Samples.cities)
        == "city\tnet_sales\n上海\t1234.50\n👨‍👩‍👧 a\u{1B}[31m\"b\",\\nc\t-0.05\n\t\n")
    var answer = Samples.empty
    answer.rows = [[.text("a\tb\\c\r\n"), .integer(1)]]
    #expect(TSVFormat().text(answer) == "city\tgmv\na\\tb\\\\c\\r\\n\t1\n")
  }
}

@Suite struct MarkdownFormatTests {
  @Test func tableAndList() {
    #expect(
      MarkdownFormat().text(Samples.cities) == """
        **净销售额 · 按城市 · 2026-10-01 至 2026-10-31（上月）**

        | 城市 | 净销售额 |
        | --- | ---: |
        | 上海 | ¥1,234.50 |
        | 👨‍👩‍👧 a␛\\[31m"b", c | -¥0.05 |
        | （空） | — |

        - **公式**: 净销售额 = 求和(订单.金额)
        - **口径**
          - v1 · 已认证
          - 不含退款
        - **来源**: orders（8,412 行）· 数据截至 2026-10-31
        - **注意**: 最后一名并列。

        """)
  }

  @Test func choicesAreAList() {
    #expect(
      MarkdownFormat().text(Samples.choice) == "**This can be read in 2 ways. Choose one:**\n\n1. net sales\n2. GMV\n")
  }
}

@Suite struct AnswerFormatsTests {
  @Test func everyNameHasItsFormat() {
    for name in AnswerFormats.names { #expect(AnswerFormats.named(name) != nil, "\(name)") }
    #expect(AnswerFormats.named("xml") == nil)
    #expect(AnswerFormats.named("jsonl") is JSONLinesFormat)
  }
}
