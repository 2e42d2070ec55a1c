import CivilTime
import Metrics
import Questions
import SourceText
import Testing

@testable import Answers

@Suite struct MessagesTests {
  let chinese = Names(Shop.dictionary, in: .chinese).messages
  let english = Names(Shop.dictionary, in: .english).messages

  @Test func unknownWordsNameTheNearest() {
    let problem = Problem.unknownWords([
      UnknownWord(text: "库存周转率", span: Span(0, 5), nearest: ["库存数量"]), UnknownWord(text: "运费", span: Span(5, 7)),
    ])
    #expect(chinese.text(problem) == "没有听懂“库存周转率”。相近：库存数量。没有听懂“运费”。")
    #expect(english.text(problem) == "I don't know “库存周转率”. Nearest: 库存数量. I don't know “运费”.")
  }

  @Test func namesAreShownByTheirTitles() {
    let unreachable = Problem.unreachable(metric: "visitors", dimension: "city", reachable: ["region"])
    #expect(chinese.text(unreachable) == "访客数不能按城市来看。可用的维度：大区。")
    #expect(english.text(unreachable) == "Visitors can't be cut or filtered by city. It can be by: region.")
    #expect(
      english.text(Problem.noMetric(nearest: ["gmv"]))
        == "I can't tell which metric you mean. Metrics you can ask for: GMV.")
    #expect(chinese.text(Problem.notGranted(["gmv"])) == "您没有权限查看“成交总额”。如需使用，请联系指标负责人。")
    let times = [Clash.time(.unit(.month, offset: -1)), .time(.unit(.year, offset: -1))]
    #expect(chinese.text(Problem.conflicting("during", times)) == "时间互相冲突：“上月”、“去年”。请只留一个。")
  }

  /// Parts of a question that cannot hold together are told as they are told in a headline, not as the program holds them.
  @Test func whatClashesIsToldInWords() {
    let shares = [Clash.share(Share(.total)), .share(Share(.parent("region")))]
    #expect(chinese.text(Problem.conflicting("share", shares)) == "占比互相冲突：“占比”、“占所属大区的比例”。请只留一个。")
    #expect(english.text(Problem.conflicting("share", shares)) == "Only one share can hold, found “share of total”, “share within region”. Keep one of them.")
    let ranks = [Clash.ranking(Ranking(.top, 5)), .ranking(Ranking(.bottom, 3))]
    #expect(chinese.text(Problem.conflicting("top", ranks)) == "排名互相冲突：“前5名”、“后3名”。请只留一个。")
    #expect(english.text(Problem.conflicting("top", ranks)) == "Only one ranking can hold, found “top 5”, “bottom 3”. Keep one of them.")
  }

  @Test func noticesPrintDatesWithBothEndsIn() {
    let fair = Notice.fairComparison(
      this: Period(Day(2026, 11, 1), Day(2026, 11, 16)), base: Period(Day(2025, 11, 1), Day(2025, 11, 16)))
    #expect(chinese.text(fair) == "本期未完，按相同天数对比：2026-11-01 至 2026-11-15 对 2025-11-01 至 2025-11-15。")
    #expect(
      english.text(fair)
        == "The period is not over, so equal numbers of days are compared: 2026-11-01 to 2026-11-15 with 2025-11-01 to 2025-11-15."
    )
    #expect(chinese.text(Notice.deprecated(metric: "gmv", successor: "net_sales")) == "成交总额已停用，请改用净销售额。")
    #expect(english.text(Notice.noData(available: nil)) == "There is no data in this period.")
    #expect(chinese.text(Notice.narrowedByPolicy([Shop.east])) == "按您的权限，只统计了：大区为华东。")
  }

  @Test func doubtsAboutDataStandInOneLine() {
    let reasons = [SetAsideReason(.empty, column: "amount", rows: 3), SetAsideReason(.type, column: "order_day", rows: 9)]
    let aside = QualityFault.setAside(table: "orders", rows: 12, of: 1330, reasons: reasons)
    #expect(chinese.text(Notice.quality([aside])) == "数据质量：订单有 12 行（0.9%）未入库：3 行金额为空，9 行 order_day 类型不对。见 wenshu rejects。")
    #expect(
      english.text(Notice.quality([aside]))
        == "Data quality: 12 rows of orders (0.9%) were set aside: 3 with no amount, 9 with order_day of another type; see wenshu rejects.")
    let rest: [QualityFault] = [
      .broken(table: "orders", rule: "paid <= amount", rows: 1, of: 100_000), .late(table: "orders", last: Day(unchecked: 2026, 10, 28), allowed: 2, days: 1),
      .unusual(table: "orders", unit: "2026-10-28", rows: 3, usual: 1200),
    ]
    #expect(
      chinese.text(Notice.quality(rest))
        == "数据质量：订单有 1 行（<0.1%）不合规则“paid <= amount”；订单只到 2026-10-28，晚了 1 天（最多 2 天）；订单 2026-10-28 只有 3 行，平时约 1,200 行。见 wenshu quality。")
    #expect(
      english.text(Notice.quality(rest))
        == "Data quality: 1 row of orders (<0.1%) breaks the rule “paid <= amount”; orders end on 2026-10-28, 1 day late (2 allowed); orders of 2026-10-28 are 3 rows, about 1,200 are usual; see wenshu quality."
    )
  }

  @Test func manyBrokenRulesOfOneTableAreSummedUp() {
    let faults = ["a", "b", "c", "d"].map { QualityFault.broken(table: "orders", rule: $0, rows: 1, of: 4) }
    #expect(
      chinese.text(Notice.quality(Array(faults.prefix(2)))) == "数据质量：订单有 1 行（25%）不合规则“a”、1 行（25%）不合“b”。见 wenshu quality。")
    #expect(
      english.text(Notice.quality(faults))
        == "Data quality: 1 row of orders (25%) breaks the rule “a”, 1 row (25%) “b”, 1 row (25%) “c” and 1 more rule; see wenshu quality.")
  }

  @Test func sharesAreNeverRoundedToNothing() {
    #expect([0, 1, 5, 333, 999, 1000].map { QualityShare.text($0, of: 1000) } == ["0%", "0.1%", "0.5%", "33.3%", "99.9%", "100%"])
    #expect(QualityShare.text(1, of: 5000) == "<0.1%" && QualityShare.text(0, of: 0) == "0%")
  }

  @Test func whatCannotBeDoneSaysWhatWouldHelp() {
    #expect(chinese.text(Problem.unsupported("top without by")) == "要排名，先要分组。请说明排的是什么，例如“前3名的城市”。")
    #expect(
      english.text(Problem.unsupported("compare without period"))
        == "A comparison needs a period. Name one, such as “last month”.")
  }

  @Test func problemsSortIntoExitCodes() {
    #expect(Answer.Status(.emptyQuestion).exitCode == 2)
    #expect(Answer.Status(.ambiguous([])) == .unclear)
    #expect(Answer.Status(.notGranted([])).exitCode == 3)
    #expect(Answer.Status(.warehouse("x")).exitCode == 4)
    #expect(Answer.Status.notUnderstood.rawValue == "not-understood")
  }
}
