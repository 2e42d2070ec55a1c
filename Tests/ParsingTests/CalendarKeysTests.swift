import CivilTime
import Metrics
import Questions
import SourceText
import Testing

@testable import Parsing

/// What `calendar` of a dataset says reaches the days a question reads.
@Suite struct CalendarKeysTests {
  /// Wednesday, 18 March 2026.
  private static let today = Day(unchecked: 2026, 3, 18)

  private func dictionary(_ calendar: String, language: String = "en") -> MetricDictionary? {
    let text = """
      name: shop
      language: \(language)
      \(calendar)
      tables:
        sales:
          time: sold_on
          columns: {sold_on: date, amount: decimal(2)}
      metrics:
        revenue: {formula: sum(sales.amount), unit: CNY, means: x, owner: y, title: {zh: 收入, en: revenue}}
      """
    return DictionaryReader.read([.init(name: "dataset.yaml", text: text)]).dictionary
  }

  private func period(_ question: String, _ dictionary: MetricDictionary?) throws -> String {
    let dictionary = try #require(dictionary)
    let vocabulary = Vocabulary(rules: RepositoryGrammar.reader.rules, dictionary: dictionary, values: [:])
    let reader = QuestionReader(grammar: CompiledGrammar(RepositoryGrammar.reader.rules, vocabulary), dictionary: dictionary)
    let context = TimeContext(today: Self.today, calendar: dictionary.calendar)
    let asked = try reader.read(question, context: context).outcome.get()
    let period = try #require(asked.period)
    do { return try period.resolve(context).period.description } catch { return "\(error)" }
  }

  @Test(arguments: [
    ("revenue in FY25", "2024-04-01..<2025-04-01"), ("revenue in Q3 FY25", "2024-10-01..<2025-01-01"),
    ("FY2026收入", "2025-04-01..<2026-04-01"), ("2025财年第四季度收入", "2025-01-01..<2025-04-01"),
    ("revenue last fiscal year", "2024-04-01..<2025-04-01"), ("上个财季收入", "2025-10-01..<2026-01-01"),
    // The calendar's own quarters stay.
    ("revenue in Q3 2025", "2025-07-01..<2025-10-01"),
  ])
  func fiscalYearStart(_ question: String, _ expected: String) throws {
    #expect(try period(question, dictionary("calendar: {fiscal_start: 4}")) == expected)
    #expect(try period(question, dictionary("calendar: {fiscal_year_start: 4}")) == expected)
  }

  @Test func withoutFiscalYearItIsAskedFor() throws {
    #expect(try period("revenue in FY25", dictionary("title: Shop")) == "noFiscalYear")
  }

  @Test(arguments: [
    ("monday", "2026-03-09..<2026-03-16"), ("sunday", "2026-03-08..<2026-03-15"), ("saturday", "2026-03-07..<2026-03-14"),
  ])
  func weekStart(_ start: String, _ expected: String) throws {
    #expect(try period("revenue last week", dictionary("calendar: {week_start: \(start)}")) == expected)
    #expect(try period("近一周收入", dictionary("calendar: {week_start: \(start)}")) == expected)
  }

  @Test func workdaysByTable() throws {
    // Spring Festival 2026 ran from 15 to 23 February; the 28th, a Saturday, was worked.
    let february = "2月最后一个工作日的收入"
    #expect(try period(february, dictionary("calendar: {holidays: china}")) == "2026-02-28..<2026-03-01")
    #expect(try period(february, dictionary("calendar: {holidays: none}", language: "zh")) == "2026-02-27..<2026-02-28")
    #expect(try period(february, dictionary("title: x", language: "zh")) == "2026-02-28..<2026-03-01")
    #expect(try period(february, dictionary("title: x")) == "2026-02-27..<2026-02-28")
    #expect(try period("revenue on the last trading day", dictionary("calendar: {trading_days: china}")) == "2026-03-17..<2026-03-18")
    #expect(try period("revenue on the last trading day", dictionary("title: x")) == "noTradingDays")
  }

  @Test func ownDays() throws {
    let calendar = """
      calendar:
        holidays:
          table: china
          off: [2026-03-17]
          days:
            anniversary: {days: [2024-08-18..2024-08-20, 2025-08-16], zh: [店庆], en: [shop birthday]}
            payday: {days: [03-10], zh: [发薪日]}
      """
    let own = dictionary(calendar)
    #expect(try period("店庆收入", own) == "2025-08-16..<2025-08-17")
    #expect(try period("revenue on shop birthday 2024", own) == "2024-08-18..<2024-08-21")
    #expect(try period("2024年店庆期间收入", own) == "2024-08-18..<2024-08-21")
    #expect(try period("去年发薪日的收入", own) == "2025-03-10..<2025-03-11")
    #expect(try period("revenue last working day", own) == "2026-03-16..<2026-03-17")
  }

  @Test(arguments: [
    ("calendar: {week_start: tuesday}", "unknown-choice"), ("calendar: {holidays: france}", "unknown-choice"),
    ("calendar: {fiscal_year_start: 0}", "bad-month"), ("calendar: {holidays: {days: {a: {days: [yesterday]}}}}", "bad-day"),
    ("calendar: {holidays: {off: [2026-13-01]}}", "bad-day"), ("calendar: {holidays: {dyas: {}}}", "unknown-key"),
    ("calendar: {trading_days: nyse}", "unknown-choice"),
  ])
  func defects(_ calendar: String, _ code: String) {
    let read = DictionaryReader.read([.init(name: "dataset.yaml", text: "name: a\n" + calendar)])
    #expect(read.diagnostics.map(\.code).contains(code))
  }
}
