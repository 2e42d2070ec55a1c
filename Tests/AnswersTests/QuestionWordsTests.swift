import CivilTime
import Metrics
import Questions
import SourceText
import Testing

@testable import Answers

@Suite struct QuestionWordsTests {
  func check(_ question: Question, _ chinese: String, _ english: String, _ place: SourceLocation = #_sourceLocation) {
    #expect(QuestionWords(Shop.dictionary, in: .chinese).text(question) == chinese, sourceLocation: place)
    #expect(QuestionWords(Shop.dictionary, in: .english).text(question) == english, sourceLocation: place)
  }

  func asked(
    _ conditions: [Condition] = [], _ groups: [Grouping] = [], period: TimeExpression? = nil,
    comparison: Comparison? = nil, having: [Threshold] = [], share: Share? = nil, ranking: Ranking? = nil,
    order: [Ordering] = [], measure: Measure = Measure("net_sales")
  ) -> Question {
    Question(
      subject: .measures([measure]), groups: groups, conditions: conditions, period: period, comparison: comparison,
      thresholds: having, share: share, ranking: ranking, order: order)
  }

  @Test func everyClauseHasItsWords() {
    check(
      asked(
        [Shop.east], [.dimension("city")], period: Shop.lastMonth, comparison: Comparison(.yearBefore),
        ranking: Ranking(.top, 3)),
      "上月，大区为华东，按城市，净销售额，同比，前3名",
      "net sales, by city, region is East China, last month, vs a year before, top 3")
  }

  @Test func conditions() {
    let cities: [Value] = [.text("上海"), .text("苏州")]
    check(
      asked([.oneOf(.dimension("city"), cities, negated: false)]), "城市为上海、苏州，净销售额",
      "net sales, city is 上海 or 苏州")
    check(
      asked([.oneOf(.dimension("city"), cities, negated: true)]), "城市不是上海、苏州，净销售额",
      "net sales, city is not 上海 or 苏州")
    check(
      asked([.comparison(.dimension("discount"), .atLeast, .number(0.3))]), "折扣至少0.3，净销售额",
      "net sales, discount at least 0.3")
    check(
      asked([.matches(.dimension("city"), .contains, "州", negated: true)]), "城市不包含“州”，净销售额",
      "net sales, city does not contain \"州\"")
    check(
      asked([.comparison(.part(.weekend), .equal, .number(1))]), "周末，净销售额",
      "net sales, weekends")
    check(
      asked([.among(dimension: "city", .top, 10, metric: "gmv")]), "城市属于成交总额前10名，净销售额",
      "net sales, city among the top 10 by GMV")
    check(
      asked([.any([Shop.east, .missing(.dimension("city"), negated: false)])]), "（大区为华东或者城市为空），净销售额",
      "net sales, (region is East China or city is empty)")
  }

  @Test func thresholdsInTheUnitOfTheMetric() {
    check(
      asked(having: [Threshold(.metric("net_sales"), .greater, .number(500_000))]), "净销售额，净销售额超过50万",
      "net sales, net sales above 500,000")
    check(
      asked(having: [Threshold(.growth("net_sales"), .less, .number(0))]), "净销售额，净销售额增长率低于0%",
      "net sales, net sales growth below 0%")
    check(
      asked(having: [Threshold(.metric("conversion_rate"), .atMost, .number(0.125))]), "净销售额，转化率至多12.5%",
      "net sales, conversion rate at most 12.5%")
    check(
      asked(having: [Threshold(.metric("net_sales"), .greater, .average)]), "净销售额，净销售额超过平均值",
      "net sales, net sales above average")
    #expect(Numerals.text(123_456, .chinese) == "123456")
    #expect(Numerals.text(120_000_000, .chinese) == "1.2亿")
  }

  @Test func measuresSharesAndOrder() {
    check(
      asked(measure: Measure("net_sales", conditions: [Shop.east], fold: Fold(.average, over: [.time(.day)]))), "日均净销售额（大区为华东）",
      "daily average net sales (region is East China)")
    check(asked([], [.dimension("city")], share: Share(.total)), "按城市，净销售额，占比", "net sales, by city, share of total")
    check(asked(share: Share(.matching([Shop.east]))), "净销售额，其中大区为华东的占比", "net sales, share where region is East China")
    check(
      asked(
        [], [.dimension("city")], ranking: Ranking(.bottom, 2, by: .metric("gmv"), within: [.dimension("region")]),
        order: [Ordering(.quantity(.metric("gmv")), descending: true)]),
      "按城市，净销售额，按成交总额排名每个大区后2名，按成交总额降序",
      "net sales, by city, bottom 2 by GMV in each region, sorted by GMV descending")
  }

  @Test func everyUnitDaysLeftOutAndOwnEdges() {
    var every = asked([], [.dimension("city")], period: .unit(.year, offset: 0))
    every.streak = Streak(nil, .month, [Threshold(.metric("net_sales"), .greater, .number(5000))])
    check(
      every, "今年，按城市，净销售额，全期逐月都有净销售额超过5000", "net sales, by city, this year, in each and every month with net sales above 5,000")
    check(
      asked(period: .except(Shop.lastMonth, .holiday("national_break", of: nil))), "上月除去国庆假期，净销售额",
      "net sales, last month except for National Day holiday")
    check(
      asked([], [.ranges("discount", edges: [0.1, 0.3])]), "按折扣以0.1、0.3为界分档，净销售额",
      "net sales, by discount in ranges split at 0.1 or 0.3")
  }

  @Test func definitionsAndLists() {
    check(Question(subject: .about(.owner, ["net_sales"])), "净销售额的负责人", "owner of net sales")
    check(Question(subject: .list(.metrics)), "有哪些指标", "list metrics")
    check(Question(subject: .list(.values("city"))), "有哪些城市", "list the values of city")
  }

  @Test(arguments: [
    (TimeExpression.unit(.day, offset: -1), "昨天", "yesterday"),
    (.unit(.quarter, offset: 0), "本季度", "this quarter"),
    (.unit(.month, offset: -4), "4个月前", "4 months ago"),
    (.last(7, .day), "近7天", "last 7 days"),
    (.rolling(30, .day), "近30天含今天", "last 30 days including today"),
    (.toDate(.year), "本年至今", "year to date"),
    (.absolute(.quarter(2026, 3)), "2026年第3季度", "Q3 2026"),
    (.absolute(.month(2026, 3)), "2026年3月", "March 2026"),
    (.absolute(.day(Day(unchecked: 2026, 3, 5))), "2026年3月5日", "2026-03-05"),
    (.inside(.unit(.year, offset: -1), .month(3)), "去年3月", "March of last year"),
    (.named(.weekday(1)), "周一", "Monday"),
    (.nth(2, .week, of: .unit(.month, offset: 0)), "本月第2周", "second week of this month"),
    (.third(1, of: .unit(.month, offset: -1)), "上月上旬", "first third of last month"),
    (.vague(.close, of: .unit(.year, offset: -1)), "去年底", "end of last year"),
    (
      .range(.absolute(.month(2026, 1)), .absolute(.month(2026, 3))), "2026年1月到2026年3月",
      "from January 2026 to March 2026"
    ),
    (.since(.named(.month(3))), "3月以来", "since March"),
    (.fiscalNamed(year: 2025, quarter: 3), "2025财年第3季度", "Q3 of fiscal 2025"),
    (.holiday("singles_day", of: nil), "双十一", "Singles' Day"),
    (.shifted(.unit(.month, offset: -1), -1, .year), "上月往前1年", "last month shifted back 1 year"),
  ])
  func times(expression: TimeExpression, chinese: String, english: String) {
    #expect(ChineseTimeWords.text(expression) == chinese)
    #expect(EnglishTimeWords.text(expression) == english)
  }
}
