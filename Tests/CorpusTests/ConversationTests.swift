import Answers
import CivilTime
import Questions
import Session
import Testing

/// The whole pipeline on the flagship dataset, where a corpus line cannot say what is to be seen.
@Suite struct ConversationTests {
  private func conversation(user: String? = nil) throws -> Conversation {
    Conversation(try Corpus.workspace.get(), options: AskOptions(today: Corpus.today, user: user))
  }

  /// Two days had 91 orders; one is shown, and the other is not passed over in silence.
  @Test func aTieAtTheCutIsSaid() throws {
    var talk = try conversation()
    #expect(talk.ask("上月哪天订单最多").notices.map(\.notice).contains(.tie(count: 1)))
    #expect(!talk.ask("上月销售额前3的城市").notices.contains { if case .tie = $0.notice { true } else { false } })
  }

  /// After a question that was not understood, a follow-up does not reach back to the one before.
  @Test func aBrokenThreadIsNotGuessedAt() throws {
    var talk = try conversation()
    #expect(talk.ask("上月华东销售额").status == .answered)
    #expect(talk.ask("上月华东的幸福指数").status == .notUnderstood)
    #expect(talk.ask("那华北呢").problem == .noContext)
  }

  /// Same question, data, dictionary, user and day: the same answer, to its id; another user, another id.
  @Test func answersRepeat() throws {
    var (first, second, other) = (try conversation(), try conversation(), try conversation(user: "lin"))
    let question = "上月各渠道销售额同比"
    let (a, b, c) = (first.ask(question), second.ask(question), other.ask(question))
    #expect(a.id == b.id && a.rows == b.rows && a.notices == b.notices)
    #expect(a.rows == c.rows && a.id != c.id)
  }

  /// Row rights narrow every table of an answer, and the answer says so.
  @Test func rightsNarrowAndAreSaid() throws {
    var (all, east) = (try conversation(), try conversation(user: "chen"))
    let (whole, part) = (all.ask("上月转化率"), east.ask("上月转化率"))
    #expect(part.rows == all.ask("上月华东转化率").rows)
    #expect(part.rows != whole.rows)
    #expect(part.notices.contains { if case .narrowedByPolicy = $0.notice { true } else { false } })
  }

  @Test func ungrantedMetricsAreRefused() throws {
    var talk = try conversation(user: "lin")
    #expect(talk.ask("上月毛利率").status == .refused)
    #expect(talk.ask("上月毛利率高于30%的品类").status == .refused)
  }

  /// A choice is answered by its number.
  @Test func choicesAreTakenByNumber() throws {
    var talk = try conversation()
    #expect(talk.ask("上月销售额增长多少").status == .unclear)
    #expect(talk.choices.count == 2)
    #expect(talk.choose(3) == nil)
    #expect(talk.choose(1)?.canonical == "measure net_sales | during month(-1) | compare yoy")
  }

  /// Who signed up yesterday may still come back within seven days: it is said, and only where it is so.
  @Test func `a conversion whose time is not over says so`() throws {
    var talk = Conversation(try Corpus.open("app").get(), options: AskOptions(today: Corpus.today))
    func follows(_ question: String) -> [Notice] {
      talk.ask(question).notices.map(\.notice).filter { if case .followUnfinished = $0 { true } else { false } }
    }
    let lastDay = Day(unchecked: 2026, 10, 31)
    let said = Notice.followUnfinished(metric: "day7_retention", days: 7, from: Day(unchecked: 2026, 10, 25), lastDay: lastDay)
    #expect(follows("D7 retention last month") == [said])
    #expect(follows("D7 retention in September 2026").isEmpty)
    #expect(follows("new users last month").isEmpty)
  }
}
