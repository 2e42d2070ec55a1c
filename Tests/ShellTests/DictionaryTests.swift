import Testing

/// `wenshu dictionary …`, by the real program.
@Suite struct DictionaryTests {
  private static let folder = Governed.folder("dictionary")

  private func run(_ arguments: String...) -> ProgramRun {
    ProgramRun.wenshu(["dictionary"] + arguments + ["--dataset", Self.folder, "--today", "2026-11-01"])
  }

  @Test func `list names every metric with version and status`() {
    let table = run("list")
    #expect(table.status == 0 && table.output.contains("Metrics · 13"), "\(table.output)\(table.errors)")
    let csv = run("list", "--format", "csv")
    #expect(csv.lines.first == "title,name,level,category,unit,version,valid_from,status,owner")
    #expect(csv.lines.contains("revenue,revenue,strategic,,EUR,2,2026-10-01,certified,Ada"), "\(csv.output)")
    #expect(csv.lines.contains { $0.hasPrefix("guess,guess,") && $0.contains("draft") })
  }

  @Test func `show tells all that is known of one`() {
    let text = run("show", "revenue").output
    for line in ["Paid sales", "v2", "v1", "First version", "sales.amount", "strategic", "Ada", "average_sale"] {
      #expect(text.lowercased().contains(line.lowercased()), "\(line) in \(text)")
    }
    let unknown = run("show", "revenu")
    #expect(unknown.status == 1 && unknown.errors.contains("revenue"), "\(unknown.errors)")
    #expect(run("show", "revenue", "--format", "markdown").output.hasPrefix("**"))
  }

  @Test func `the tree goes down to columns and up to users`() {
    let all = run("tree")
    #expect(all.output.contains("└─ refused_sold") && all.output.contains("├─ paid_sold"), "\(all.output)")
    let one = run("tree", "average_sale").output
    #expect(one.contains("part of the formula") && one.contains("sales.kind") && one.contains("column"), "\(one)")
    let above = run("tree", "revenue", "--above", "--format", "csv")
    for user in ["average_sale", "mean_paid", "guess", "doubled"] {
      #expect(above.lines.contains { $0.contains(",\(user),user,") }, "\(above.output)")
    }
  }

  @Test func `history and differences of versions`() {
    let history = run("history", "revenue", "--format", "csv")
    #expect(history.lines[1].hasPrefix("revenue,revenue,2,2026-10-01,,"))
    #expect(history.lines[2].hasPrefix("revenue,revenue,1,2026-01-01,2026-09-30,sum(sales.amount),First version"), "\(history.output)")
    #expect(run("history").output.contains("Paid sales only"))
    let versions = run("diff", "revenue", "1", "2", "--format", "csv")
    #expect(versions.lines.contains { $0.contains("formula,sum(sales.amount),") }, "\(versions.output)")
    let days = run("diff", "2026-09-30", "2026-10-01", "--format", "csv")
    #expect(days.lines.contains { $0.hasPrefix("revenue,revenue,changed,formula,sum(sales.amount),") }, "\(days.output)")
    #expect(run("diff", "2026-10-01", "2026-10-02").output.contains("No difference"))
    #expect(run("diff", "revenue", "1", "9").status == 1)
  }

  @Test func `export writes every version, or a section for each metric`() {
    let csv = run("export", "--format", "csv")
    #expect(csv.lines.count == 15, "\(csv.output)")
    #expect(csv.lines.contains { $0.contains("2026-01-01,2026-09-30,sum(sales.amount)") })
    let lines = run("export", "--format", "jsonl")
    #expect(lines.status == 0 && lines.output.contains("valid_through") || lines.output.contains("valid_to"))
    let markdown = run("export", "--format", "markdown").output
    #expect(markdown.contains("Paid sales") && markdown.contains("mean") && markdown.split(separator: "\n").count { $0.hasPrefix("**") } == 13)
  }

  @Test func `a draft moves the answers that hang on it, and no other`() {
    let draft = Self.folder + "/draft.yaml"
    Program.write("metrics:\n  revenue: {formula: sum(sales.amount)}\n", to: draft)
    let asked = Self.folder + "/board.txt"
    Program.write("sold last month\naverage sale last month\nrevenue by city last month\nmean paid by city last month\n", to: asked)
    let run = run("impact", draft, "--questions", asked, "--format", "csv")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.contains { $0.hasPrefix("revenue last month,measure revenue | during month(-1),moved,Revenue,€180.00,€188.00,8,0.04") }, "\(run.output)")
    #expect(run.lines.contains { $0.hasPrefix("average sale last month,") })
    #expect(!run.output.contains("sold last month,measure sold"))
    let table = ProgramRun.wenshu("dictionary", "impact", draft, "--questions", asked, "--dataset", Self.folder, "--today", "2026-11-01", "--lang", "zh")
    #expect(table.output.contains("会变"), "\(table.output)")
    let difference = self.run("diff", draft, "--format", "csv")
    #expect(difference.lines.contains { $0.hasPrefix("revenue,revenue,changed,status,certified,draft") }, "\(difference.output)")
    // What is to hold later is asked as if it did, and the versions before it are kept.
    Program.write("metrics:\n  revenue: {formula: sum(sales.amount) * 2, version: 3, valid_from: 2027-01-01}\n", to: draft)
    let later = self.run("impact", draft, "--format", "csv")
    #expect(later.lines.contains { $0.contains(",moved,Revenue,€180.00,€376.00,196,") }, "\(later.output)\(later.errors)")
    Program.write("metrics:\n  revenue: null\n", to: draft)
    let broken = self.run("impact", draft)
    #expect(broken.status == 1 && broken.errors.contains("unknown-metric"), "\(broken.errors)")
    Program.write("metrics:\n  takings: null\n", to: draft)
    let lost = self.run("impact", draft, "--questions", asked)
    #expect(lost.status == 0, "\(lost.errors)")
  }

  @Test func `lint names what is amiss, with the gap of trees that do not add up`() {
    let run = run("lint", "--format", "csv")
    #expect(run.status == 1)
    func found(_ code: String, _ metric: String) -> Bool { run.lines.contains { $0.contains(",\(metric),\(code),") } }
    #expect(found("unowned", "takings") && found("undescribed", "takings") && found("never-asked", "takings"), "\(run.output)")
    #expect(!found("unowned", "revenue") && !found("never-asked", "revenue"))
    #expect(found("same-formula", "takings") && found("same-formula", "revenue"))
    // Five sales in October, of which three are paid and one refused.
    #expect(found("unbalanced", "sold") && run.output.contains("a gap of -1 (2026-10)"), "\(run.output)")
    #expect(!found("unbalanced", "revenue"))
    #expect(found("on-uncertified", "doubled") && found("private-without-policy", "secret"))
  }

  @Test func `what it takes is told`() {
    #expect(run("show").status == 1)
    #expect(run("shew", "revenue").status == 1)
    #expect(run("impact").status == 1)
    #expect(run("certify", "revenue").status == 1)
    #expect(run("import", "other", "x").status == 1)
  }
}
