import Questions
import SourceText
import Testing

@Suite struct FollowUpTests {
  private func after(_ previous: String, _ clauses: String) throws -> String {
    let thread = Thread.question(try SmallDictionary.question(previous))
    return try FollowUp(SmallDictionary.resolver).question(TermReader.clauses(clauses), after: thread).description
  }

  /// (before, follow-up, after): each slot is replaced, added to, narrowed or dropped; the others stay.
  @Test(arguments: [
    ("measure sales | by region | during 2026", "follow | measure profit", "measure profit | by region | during 2026"),
    ("measure sales | by region | during 2026", "during 2025", "measure sales | by region | during 2025"),
    ("measure sales | by region | during 2026", "by city", "measure sales | by city | during 2026"),
    ("measure sales | where region = a", "follow | where member(region, b)", "measure sales | where region = b"),
    ("measure sales | where region = a", "follow | where member(city, c)", "measure sales | where city = c"),
    ("measure sales | where region = a", "only | where member(city, c)", "measure sales | where region = a, city = c"),
    ("measure sales | where channel = a", "where member(region, b)", "measure sales | where region = b, channel = a"),
    ("measure sales | by region", "only | where member(region, a), member(region, b)",
      "measure sales | by region | where region in (a, b)"),
    ("measure sales | by channel", "only | where member(region, a), member(region, b)",
      "measure sales | by channel | where region in (a, b)"),
    ("measure sales | by region", "also-measure profit", "measure sales, profit | by region"),
    ("measure sales | by region", "also-by channel", "measure sales | by region, channel"),
    ("measure sales | by region, channel", "drop-by channel", "measure sales | by region"),
    ("measure sales | where channel = a", "drop-where member(channel, a)", "measure sales"),
    ("measure sales", "drop-where member(channel, a)", "measure sales | where channel != a"),
    ("measure sales | by city", "follow | rank top 5", "measure sales | by city | top 5"),
    ("measure sales | by city | top 5", "those | measure profit", "measure profit | by city | where city among top(5, sales)"),
    ("measure sales | during 2026", "compare yoy", "measure sales | during 2026 | compare yoy"),
    ("measure sales | during 2026 | compare yoy, previous", "compare with 2024", "measure sales | during 2026 | compare with 2024"),
    ("measure sales | during 2026 | compare yoy, previous", "follow | where member(region, a)",
      "measure sales | where region = a | during 2026 | compare yoy, previous"),
    ("measure sales | by city | having sales > 5 | count", "follow | where member(region, a)",
      "measure sales | by city | where region = a | having sales > 5 | count"),
    ("measure sales | by city | having sales > 5", "count", "measure sales | by city | having sales > 5 | count"),
    ("measure sales | test sales > 5", "during 2025", "measure sales | during 2025 | test sales > 5"),
    ("measure sales | during last(30, day)", "preceding 30 day", "measure sales | during last(30, day) | compare shift -30 day"),
  ])
  func overlays(_ test: (String, String, String)) throws { #expect(try after(test.0, test.1) == test.2) }

  /// A text with a metric and without a mark starts afresh.
  @Test func wholeQuestionsStartAfresh() throws {
    #expect(try after("measure sales | by city | during 2026", "measure profit") == "measure profit")
    #expect(try after("measure sales | by city", "by region | having profit < 0") == "measure profit | by region | having profit < 0")
  }

  /// How many cities, by region: how many in each, and not the number of regions.
  @Test func aCountIsCutUp() throws {
    let whole = "measure sales | by city | having sales > 5 | count"
    #expect(try after(whole, "by region") == "measure sales | by region, city | having sales > 5 | count in region")
    #expect(throws: Problem.unsupported("count within groups")) { try after(whole, "by city") }
    #expect(throws: Problem.unsupported("count within groups")) { try after("measure sales | by city | top 3 | count", "by region") }
  }

  /// A bare metric is a whole question, and its answer says that it left the thread.
  @Test func aBareMetricLeavesTheThread() throws {
    let before = Thread.question(try SmallDictionary.question("measure sales | by city | during 2026"))
    #expect(FollowUp.startsAfresh(try TermReader.clauses("measure profit"), after: before))
    #expect(!FollowUp.startsAfresh(try TermReader.clauses("follow | measure profit"), after: before))
    #expect(!FollowUp.startsAfresh(try TermReader.clauses("measure profit | during 2025"), after: before))
    #expect(!FollowUp.startsAfresh(try TermReader.clauses("measure profit"), after: .none))
  }

  @Test func aFollowUpNeedsSomethingToFollow() throws {
    let followUp = FollowUp(SmallDictionary.resolver)
    #expect(throws: Problem.noContext) { try followUp.question([Clause("follow"), Clause("during", [[.number(2025)]])], after: .none) }
    // "and the profit?" as the first question loses nothing by its "and" …
    let profit = [Clause("follow"), Clause("measure", [[.symbol("profit")]])]
    #expect(try followUp.question(profit, after: .none).description == "measure profit")
    // … but after a question that was not understood it has lost its thread.
    #expect(throws: Problem.noContext) { try followUp.question(profit, after: .broken) }
  }
}
