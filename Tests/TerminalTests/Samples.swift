import CivilTime
import Questions
import SourceText
import Tables

@testable import Answers

/// Answers made by hand, so that formats are tested alone.
enum Samples {
  /// Two rows with Chinese, an emoji family, a quote, a comma, a line break and no value.
  static var cities: Answer {
    var answer = Answer(
      status: .answered, language: .chinese, question: "上月各城市净销售额", canonical: "measure net_sales | by city",
      headline: "净销售额 · 按城市 · 2026-10-01 至 2026-10-31（上月）")
    answer.period = AnswerPeriod(
      period: Period(Day(2026, 10, 1), Day(2026, 11, 1)), label: "上月", text: "2026-10-01 至 2026-10-31")
    answer.columns = [
      AnswerColumn(name: "city", title: "城市", type: .text, role: .group),
      AnswerColumn(name: "net_sales", title: "净销售额", type: .decimal, unit: "CNY", role: .value),
    ]
    answer.rows = [
      [.text("上海"), .decimal(units: 123_450, scale: 2)],
      [.text("👨‍👩‍👧 a\u{1B}[31m\"b\",\nc"), .decimal(units: -5, scale: 2)],
      [.null, .null],
    ]
    answer.texts = [["上海", "¥1,234.50"], ["👨‍👩‍👧 a\u{1B}[31m\"b\",\nc", "-¥0.05"], ["（空）", "—"]]
    answer.details = [
      AnswerDetail("公式", ["净销售额 = 求和(订单.金额)"]), AnswerDetail("口径", ["v1 · 已认证", "不含退款"]),
      AnswerDetail("来源", ["orders（8,412 行）· 数据截至 2026-10-31"]),
    ]
    answer.sources = [AnswerSource(table: "orders", title: "订单", rows: 8412)]
    answer.dataAsOf = Day(2026, 10, 31)
    answer.notices = [AnswerNotice(notice: .tie(count: 1), text: "最后一名并列。")]
    answer.id = "0123456789"
    return answer
  }

  static var choice: Answer {
    var answer = Answer(
      status: .unclear, language: .english, question: "sales", headline: "This can be read in 2 ways. Choose one:")
    answer.problem = .ambiguous([])
    answer.choices = [
      AnswerChoice(text: "net sales", notation: "measure net_sales"),
      AnswerChoice(text: "GMV", notation: "measure gmv"),
    ]
    return answer
  }

  static var empty: Answer {
    var answer = Answer(
      status: .empty, language: .english, question: "q", canonical: "measure gmv | by city", headline: "GMV · by city")
    answer.columns = [
      AnswerColumn(name: "city", title: "City", type: .text, role: .group),
      AnswerColumn(name: "gmv", title: "GMV", type: .real, role: .value),
    ]
    answer.notices = [AnswerNotice(notice: .noData(available: nil), text: "There is no data in this period.")]
    return answer
  }
}
