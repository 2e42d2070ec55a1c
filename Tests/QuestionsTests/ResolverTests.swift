import Questions
import SourceText
import Testing

@Suite struct ResolverTests {
  /// What is written in canonical form reads as itself.
  @Test(arguments: [
    "measure sales", "measure sales, profit | by region, month | where channel = 线上 | during month(-1)",
    "measure sales | where city in (上海, 苏州), channel != 线上 | during 2026-Q3",
    "measure sales(where channel = 线上), orders", "measure avg(sales per day) | during year(0)",
    "measure sales | by city | during month(-1) | compare yoy | top 3",
    "measure sales | by region, city | top 2 in region", "measure sales | by city | bottom 5 by profit",
    "measure sales | by city | having sales > 500000, share(profit) >= 0.1, orders < average",
    "measure sales | by city | having sales > of(city = 上海)",
    "measure sales | by city | share of region", "measure sales | share where channel = 线上",
    "measure sales | during 2026 | compare with 2025", "measure sales | during month(0) | compare previous full",
    "measure sales | where city contains \"海 门\", channel is not null, discount between (0.1, 0.3)",
    "measure sales | where city among top(10, orders)", "measure sales | by hour_of_day | where weekend = 1",
    "measure sales | by bucket(discount, 0.1), city", "measure sales | by bucket(discount) | sort bucket(discount) desc",
    "measure sales | by city, bucket(discount, 5) | top 2 in bucket(discount, 5)",
    "measure sales | by city | during year(0) | compare previous | run all month growth(sales) > 0",
    "measure sales | during except(month(-1), holiday(national_break))", "measure sales | by bucket(discount, edges 0.1, 0.3)",
    "measure sales | by city | sort sales desc", "about definition sales, profit", "list metrics", "list values city",
  ])
  func readsWhatItPrints(_ notation: String) { #expect(SmallDictionary.outcome(notation) == notation) }

  /// Wordings of one meaning, in whatever order, print alike.
  @Test(arguments: [
    ("by city | measure sales", "measure sales | by city"),
    ("measure sales | where channel = a, region = b", "measure sales | where region = b, channel = a"),
    ("measure sales | where city = a | where city = b", "measure sales | where city in (a, b)"),
    ("measure sales | where city != a, city != b", "measure sales | where city not in (a, b)"),
    ("measure sales | where not(member(city, a), member(city, b))", "measure sales | where city not in (a, b)"),
    ("measure sales | where any(member(city, a), member(city, b))", "measure sales | where city in (a, b)"),
    ("measure sales | by city | top 3 by sales", "measure sales | by city | top 3"),
    ("by city | having profit < 0", "measure profit | by city | having profit < 0"),
    ("measure sales | by region | rank top 2 of city | by city", "measure sales | by region, city | top 2 in region"),
    ("measure sales | by city | rank top 2 of city", "measure sales | by city | top 2"),
    ("measure sales | by region, city | share | within region", "measure sales | by region, city | share of region"),
    ("measure sales | versus 2025, 2026", "measure sales | during 2026 | compare with 2025"),
    ("measure sales | during 2025 | against 2026", "measure sales | during 2026 | compare with 2025"),
    ("measure sales | trend | during 2026", "measure sales | by month | during 2026"),
    ("measure sales | trend | during month(-1)", "measure sales | by day | during month(-1)"),
    ("measure sales | listed in(year(-1), named(month, 3)), named(month, 12)",
      "measure sales | by month | during several(in(year(-1), named(month, 3)), 2025-12)"),
    ("measure sales | listed in(year(0), named(month, 1)), named(month, 10)",
      "measure sales | by month | during several(in(year(0), named(month, 1)), 2026-10)"),
    ("measure sales | listed in(year(-1), named(month, 12)), named(month, 1)",
      "measure sales | by month | during several(in(year(-1), named(month, 12)), 2026-01)"),
    ("measure sales | listed named(month, 3), in(year(-1), named(month, 12))",
      "measure sales | by month | during several(2026-03, in(year(-1), named(month, 12)))"),
    ("measure sales | listed named(month, 3), named(month, 12), within(year(-1))",
      "measure sales | by month | during several(2025-03, in(year(-1), named(month, 12)))"),
    ("measure sales | listed named(month, 12), named(month, 1), within(2026)", "measure sales | by month | during several(2025-12, 2026-01)"),
    ("measure sales | listed named(date, 12, 5), named(day, 20)",
      "measure sales | by day | during several(named(date, 12, 5), named(date, 12, 20))"),
    ("measure sales | by city | during through(named(month, 10)) | run 2 month growth(sales) > 0",
      "measure sales | by city | during range(2026-09, 2026-10) | compare previous | run 2 month growth(sales) > 0"),
    ("measure sales | by city | during before(2026-10) | run 2 quarter sales > 5",
      "measure sales | by city | during range(2026-Q2, 2026-Q3) | run 2 quarter sales > 5"),
    ("measure sales | by city | during range(named(month, 7), named(month, 10)) | run rising month growth(sales) > 0",
      "measure sales | by city | during range(2026-08, 2026-10) | compare previous | run all month growth(sales) > 0"),
    ("measure sales | during month(-1) | without holiday(national_break)", "measure sales | during except(month(-1), holiday(national_break))"),
    // Today is none of the last seven days; this week holds some of the last thirty.
    ("measure sales | during last(7, day) | without day(0)", "measure sales | during last(7, day)"),
    ("measure sales | during last(30, day) | without week(0)", "measure sales | during except(last(30, day), week(0))"),
    ("measure sales | by bucket(discount, edges, percent(0.1), 0.1, 0.3)", "measure sales | by bucket(discount, edges 0.1, 0.3)"),
    ("measure sales | share | share where region = a", "measure sales | share where region = a"),
    ("measure sales | spread discount", "measure sales | by bucket(discount)"),
    ("measure sales | spread bucket(discount, percent(0.05))", "measure sales | by bucket(discount, 0.05)"),
    ("measure sales | loose-by city", "measure sales | by city"),
    ("measure sales | where member(city, a), member(city, b)", "measure sales | by city | where city in (a, b)"),
    ("measure sales | where member(city, a, b)", "measure sales | where city in (a, b)"),
    ("measure sales | by month | where member(city, a), member(city, b)",
      "measure sales | by month, city | where city in (a, b)"),
  ])
  func bringsIntoOneShape(_ pair: (String, String)) { #expect(SmallDictionary.outcome(pair.0) == pair.1) }

  /// What cannot hold is a problem, never half an answer.
  @Test func conflictsAreSaid() throws {
    let years = try ["2025", "2026"].map { Clash.time(try TimeNotation.time(.symbol($0))) }
    #expect(throws: Problem.conflicting("during", years)) {
      try SmallDictionary.question("measure sales | during 2025 | during 2026")
    }
    // Of two periods beside a base, none is dropped.
    #expect(throws: Problem.conflicting("during", ["2025-07", "2026", "2025-06"].map { Clash.time(try! TimeNotation.time(.symbol($0))) })) {
      try SmallDictionary.question("measure sales | during 2025-07 | against 2025-06 | during 2026")
    }
    #expect(throws: Problem.unsupported("compare unlike periods")) {
      try SmallDictionary.question("measure sales | during 2026 | compare with 2025-Q1")
    }
    #expect(throws: Problem.unsupported("compare a period with itself")) {
      try SmallDictionary.question("measure sales | during month(-1) | compare with 2026-10")
    }
    #expect(throws: Problem.unsupported("compare periods that overlap")) {
      try SmallDictionary.question("measure sales | during last(7, day) | compare with last(30, day)")
    }
    #expect(throws: Problem.unsupported("compare unlike periods")) {
      try SmallDictionary.question("measure sales | during last(7, day) | preceding 30 day")
    }
    #expect(throws: Problem.unsupported("days left out of no period")) { try SmallDictionary.question("measure sales | without month(-1)") }
    #expect(throws: Problem.unsupported("compare days left out")) {
      try SmallDictionary.question("measure sales | during except(month(-1), holiday(national_break)) | compare yoy")
    }
    #expect(throws: Problem.unsupported("every unit of no period")) {
      try SmallDictionary.question("measure sales | by city | run all month growth(sales) > 0")
    }
    #expect(throws: Problem.unsupported("edges of ranges")) { try SmallDictionary.question("measure sales | by bucket(discount, edges 0.3, 0.1)") }
    #expect(throws: Problem.unsupported("several shares")) { try SmallDictionary.question("measure sales | share where region = a | share") }
    #expect(throws: Problem.unsupported("several shares")) {
      try SmallDictionary.question("measure sales | where region = a | share where region = b")
    }
    #expect(throws: Problem.unsupported("several shares")) {
      try SmallDictionary.question("measure sales | where member(region, a) | share | where member(region, b) | share")
    }
    #expect(throws: Problem.unsupported("total beside its parts")) {
      try SmallDictionary.question("measure sales | where member(region, a), member(region, b) | split | together")
    }
    #expect(throws: Problem.unsupported("total beside its parts")) {
      try SmallDictionary.question("measure sales | by city | where member(region, a), member(region, b) | together")
    }
    #expect(throws: Problem.unsupported("no good direction")) {
      try SmallDictionary.question("measure sales | by city | compare yoy | having growth(sales) better")
    }
    #expect(throws: Problem.unsupported("best of each, cut up")) {
      try SmallDictionary.question("by region | measure orders | rank top 1 by orders of city | by channel | measure sales")
    }
    #expect(throws: Problem.unsupported("ranges of names")) { try SmallDictionary.question("measure sales | by bucket(city, 5)") }
    #expect(throws: Problem.unsupported("distribution")) { try SmallDictionary.question("measure sales | spread city") }
    #expect(throws: Problem.unsupported("average over ranges")) {
      try SmallDictionary.question("measure avg(sales per bucket(discount, 5))")
    }
    #expect(throws: Problem.self) { try SmallDictionary.question("measure sales | by bucket(discount, 0)") }
    #expect(throws: Problem.unsupported("bound of another kind")) {
      try SmallDictionary.question("measure sales | by channel | having sales > of(city = 上海)")
    }
    #expect(throws: Problem.unsupported("bound beside a limit")) {
      try SmallDictionary.question("measure sales | by city | where region = 华北 | having sales > of(city = 上海)")
    }
    #expect(throws: Problem.unsupported("top without by")) { try SmallDictionary.question("measure sales | top 3") }
    #expect(throws: Problem.unsupported("having without by")) {
      try SmallDictionary.question("measure sales | having sales > 3")
    }
    #expect(throws: Problem.noMetric(nearest: [])) { try SmallDictionary.question("by city") }
    #expect(throws: Problem.unknownName("sale", kind: .metric, nearest: ["sales"])) {
      try SmallDictionary.question("measure sale")
    }
  }

  /// A definition beside a filter would drop the filter.
  @Test func definitionsStandAlone() {
    #expect(throws: Problem.self) { try SmallDictionary.question("about definition sales | where city = a") }
  }

  /// A dimension more, beside groups that were asked for in words, is a guess.
  @Test func looseGroupsAreNotAdded() {
    #expect(throws: Problem.self) { try SmallDictionary.question("measure sales | by city | loose-by channel") }
  }

  /// Growth of what against what is a choice of the two usual bases.
  @Test func growthWithoutBaseAsks() {
    do throws(Problem) {
      _ = try SmallDictionary.resolver.question(notation: "measure sales | during month(-1) | growth")
      Issue.record("a base was guessed")
    } catch {
      guard case .ambiguous(let choices) = error else {
        Issue.record("found \(error)")
        return
      }
      #expect(choices.map(\.question.description) == [
        "measure sales | during month(-1) | compare yoy", "measure sales | during month(-1) | compare previous",
      ])
    }
  }
}
