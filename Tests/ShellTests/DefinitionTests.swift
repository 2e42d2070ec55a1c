import Testing

/// Questions by an older definition, by the real program.
@Suite struct DefinitionTests {
  private static let folder = Governed.folder("definitions")

  private func ask(_ question: String, _ more: String...) -> ProgramRun {
    ProgramRun.wenshu(["--dataset", Self.folder, "--today", "2026-11-01"] + more + [question])
  }

  @Test(arguments: [
    ("revenue last month", "€180.00"), ("revenue last month under the old definition", "€188.00"),
    ("revenue last month under the definition as of 2026-09-30", "€188.00"), ("revenue in September 2026 by the definition at the time", "€15.00"),
    ("revenue in September 2026", "€10.00"), ("revenue last month by version 1 of the definition", "€188.00"),
    ("上月revenue，按旧口径", "188.00"), ("上月revenue按2026年9月底的口径", "188.00"), ("按v1口径，上月revenue", "188.00"),
    // What is computed from it is by its old definition too.
    ("average sale last month under the old definition", "€37.60"),
  ])
  func `a definition is the one that was asked for`(question: String, value: String) {
    let run = ask(question)
    #expect(run.status == 0 && run.output.contains(value), "\(run.output)\(run.errors)")
  }

  @Test func `the notation names the day, and the answer the version`() {
    let run = ask("revenue last month under the old definition", "--format", "json")
    #expect(run.output.contains("measure revenue | during month(-1) | as of 2026-09-30"))
    #expect(run.output.contains("\"version\": 1") || run.output.contains("\"version\":1"), "\(run.output)")
    #expect(run.output.contains("earlier-version"))
    let again = ProgramRun.wenshu("query", "--dataset", Self.folder, "--today", "2026-11-01", "measure revenue | during month(-1) | as of 2026-09-30")
    #expect(again.output.contains("€188.00") && again.output.contains("in force through 2026-09-30"), "\(again.output)")
  }

  @Test func `a series across a change marks the day, under either definition`() {
    let now = ask("revenue by month in 2026")
    #expect(now.output.contains("changed to v2 on 2026-10-01"), "\(now.output)")
    #expect(now.output.contains("€10.00") && now.output.contains("€180.00"))
    let then = ask("revenue by month in 2026 under the old definition")
    #expect(then.output.contains("€15.00") && then.output.contains("€188.00"))
    #expect(then.output.contains("in force through 2026-09-30"), "\(then.output)")
    // The change of a part marks what is computed from it.
    #expect(ask("average sale by month in 2026").output.contains("2026-10-01"))
  }

  @Test func `today decides which version is in force`() {
    let run = ProgramRun.wenshu("--dataset", Self.folder, "--today", "2026-09-25", "revenue this month")
    #expect(run.output.contains("€15.00") && run.output.contains("v1"), "\(run.output)")
  }

  @Test func `what is compared with from before a change is told`() {
    let run = ask("revenue last month vs previous month")
    #expect(run.output.contains("lies before 2026-10-01"), "\(run.output)")
  }

  @Test func `an older definition that never was is refused by name`() {
    let none = ask("sold last month under the old definition")
    #expect(none.status == 2 && none.output.contains("has never changed"), "\(none.output)")
    let version = ask("revenue last month by version 7 of the definition")
    #expect(version.status == 2 && version.output.contains("no version 7") && version.output.contains("v1"), "\(version.output)")
    let two = ask("revenue last month vs previous month by the definition at the time")
    #expect(two.status == 2, "\(two.output)")
  }

  @Test func `a follow-up keeps the definition`() {
    let run = ProgramRun.wenshu("--dataset", Self.folder, "--today", "2026-11-01", input: "revenue last month under the old definition\nonly Nice\n")
    #expect(run.output.contains("€57.00"), "\(run.output)")
    let back = ProgramRun.wenshu("--dataset", Self.folder, "--today", "2026-11-01", input: "revenue last month under the old definition\nunder the current definition\n")
    #expect(back.output.contains("€188.00") && back.output.contains("€180.00"), "\(back.output)")
  }

  @Test func `statuses show in answers`() {
    #expect(ask("guess last month").output.contains("draft"))
    #expect(ask("old sold last month").output.contains("deprecated") || ask("old sold last month").output.contains("replaced"))
  }

  @Test func `certification falls off when the formula changes`() {
    let sealed = Governed.dictionary.replacing("    level: strategic\n", with: "    level: strategic\n    certified: {formula: \"sum( sales.amount where sales.kind = 'paid' )\", by: Ada}\n")
    let good = Governed.folder("certified", dictionary: sealed)
    #expect(ProgramRun.wenshu("--dataset", good, "--today", "2026-11-01", "revenue last month").output.contains("certified"))
    let changed = sealed.replacing("    formula: \"sum(sales.amount where sales.kind = 'paid')\"\n", with: "    formula: sum(sales.amount)\n")
    let bad = Governed.folder("uncertified", dictionary: changed)
    let run = ProgramRun.wenshu("--dataset", bad, "--today", "2026-11-01", "revenue last month")
    #expect(run.output.contains("· draft") && run.output.contains("counts as a draft"), "\(run.output)")
    let chinese = ProgramRun.wenshu("--dataset", bad, "--today", "2026-11-01", "上月revenue")
    #expect(chinese.output.contains("认证已失效"), "\(chinese.output)")
    // Certified again, it is.
    #expect(ProgramRun.wenshu("dictionary", "certify", "revenue", "--by", "Grace", "--dataset", bad).status == 0)
    let again = ProgramRun.wenshu("--dataset", bad, "--today", "2026-11-01", "revenue last month")
    #expect(again.output.contains("certified") && !again.output.contains("draft"), "\(again.output)")
  }

  @Test func `required dimensions are enforced`() {
    let none = ask("mean paid last month")
    #expect(none.status == 2 && none.output.contains("city"), "\(none.output)")
    #expect(ask("mean paid by city last month").status == 0)
    #expect(ask("mean paid in Lyon last month").status == 0)
    // Also where it is only a part; unless the formula says which.
    let part = ask("twice mean last month")
    #expect(part.status == 2 && part.output.contains("city"), "\(part.output)")
    #expect(ask("lyon mean last month").status == 0)
    #expect(ask("sold divided by mean paid last month").status == 2)
  }

  @Test func `private metrics are enforced, their definitions too`() {
    let folder = Governed.folder("private", policy: Governed.policy)
    func run(_ user: String?, _ arguments: String...) -> ProgramRun {
      ProgramRun.wenshu(arguments + ["--dataset", folder, "--today", "2026-11-01"] + (user.map { ["--user", $0] } ?? []))
    }
    #expect(run("ada", "secret last month").output.contains("€100.00"))
    for question in ["secret last month", "definition of secret", "上月secret"] {
      let refused = run("ben", question)
      #expect(refused.status == 3 && !refused.output.contains("100.00") && !refused.output.contains("max"), "\(refused.output)")
    }
    #expect(run(nil, "secret last month").status == 3)
    #expect(!run("ben", "list metrics").output.contains("secret") && run("ada", "list metrics").output.contains("secret"))
    #expect(!run("ben", "dictionary", "list").output.contains("secret"))
    #expect(run("ben", "dictionary", "show", "secret").status == 3)
    #expect(!run("ben", "dictionary", "export", "--format", "csv").output.contains("secret"))
  }
}
