import Governance
import Questions
import SourceText
import Testing

@Suite struct AdmissionTests {
  @Test(arguments: [
    ("measure sales | by region", "ada", "measure sales | by region"),
    ("measure margin", "ada", "measure margin"),
    ("measure payroll", "ada", "measure payroll"),
    ("measure sales | by buyer", "ada", "measure sales | by buyer"),
    ("measure sales | by region", "lin", "measure sales | by region"),
    ("measure sales", "chen", "measure sales | where region = 华东"),
    ("measure sales | by product", "both", "measure sales | by product | where any(region = 华东, region = 华南)"),
    ("measure sales", "own", "measure sales | where region in (华东, 华北)"),
    ("list values region", "chen", "list values region | where region = 华东"),
    // sales from one role, cost from another: the filters of both hold.
    ("measure sales, cost", "mixed", "measure sales, cost | where region = 华南"),
    ("measure cost", "mixed", "measure cost"),
  ])
  func narrowsToTheRole(asked: String, user: String, admitted: String) throws {
    #expect(try PolicySample.admit(asked, user) == admitted)
  }

  /// Two equalities on one dimension are alternatives in the notation; a filter must not become one, even when the
  /// admitted question is printed and read again.
  @Test func aFilterNeverWidens() throws {
    let text = try PolicySample.admit("measure sales | where region = 华北", "chen")
    #expect(text == "measure sales | where region = 华北, all(region = 华东)")
    #expect(QuestionText.text(of: try PolicySample.question(text)) == text)
  }

  @Test func saysWhatItAdded() throws {
    let admitted = try PolicySample.admission().admit(PolicySample.question("measure sales"), user: "chen")
    #expect(admitted.notices == [.narrowedByPolicy([.comparison(.dimension("region"), .equal, .text("华东"))])])
    let free = try PolicySample.admission().admit(PolicySample.question("measure sales"), user: nil)
    #expect(free.notices.isEmpty && free.smallestGroup == 5)
  }

  @Test(arguments: [
    ("measure profit", "lin", ["profit"]),
    // A ratio over a forbidden metric shows it in its formula.
    ("measure margin", "lin", ["margin"]),
    ("measure once_profit", "lin", ["once_profit"]),
    ("measure sales | by region | having margin > 0.3", "lin", ["margin"]),
    ("measure sales | by region | top 3 by profit", "lin", ["profit"]),
    ("measure sales | by region | sort profit desc", "lin", ["profit"]),
    ("measure sales | by region | where region among top(3, profit)", "lin", ["profit"]),
    ("about definition profit", "lin", ["profit"]),
    ("measure payroll", "lin", ["payroll"]),
    ("measure sales | by phone", "lin", ["phone"]),
    ("measure sales | where phone = 1", "lin", ["phone"]),
    ("measure sales(where phone = 1)", "lin", ["phone"]),
    ("measure sales | share where phone = 1", "lin", ["phone"]),
    ("measure avg(sales per phone)", "lin", ["phone"]),
    ("list values phone", "lin", ["phone"]),
    ("measure sales | by buyer", "lin", ["buyer"]),
    ("measure margin, visits", "chen", ["margin", "visits"]),
  ])
  func refusesWhatIsNotGranted(asked: String, user: String, names: [String]) {
    #expect(throws: Problem.notGranted(names)) { try PolicySample.admit(asked, user) }
  }

  @Test func driversOutsideTheFormulaDoNotCount() throws {
    #expect(try PolicySample.admit("measure sales", "lin") == "measure sales")
  }

  @Test func aMetricWhoseRowsCannotBeFilteredIsRefused() throws {
    let (policy, _) = PolicySample.read("roles: {r: {metrics: all, rows: \"region = 华东\"}}\ndefault: r")
    let admission = Admission(policy: policy, dictionary: PolicySample.dictionary)
    #expect(throws: Problem.notGranted(["sales_per_visit"])) {
      try admission.admit(PolicySample.question("measure sales_per_visit"))
    }
  }

  @Test func strangersAreRefused() {
    #expect(throws: Problem.unknownUser("eve")) { try PolicySample.admit("measure sales", "eve") }
    let (policy, _) = PolicySample.read("roles: {r: {metrics: all}}\nusers: {a: [r]}")
    #expect(throws: Problem.unknownUser("")) {
      try Admission(policy: policy, dictionary: PolicySample.dictionary).admit(PolicySample.question("measure sales"))
    }
  }

  @Test func withoutTheirValuesNoRowPasses() throws {
    let (policy, _) = PolicySample.read("roles: {r: {metrics: all, rows: \"region != user.region\"}}\ndefault: r")
    #expect(throws: Problem.notGranted(["user.region"])) {
      try Admission(policy: policy, dictionary: PolicySample.dictionary).admit(PolicySample.question("measure sales"))
    }
  }

  @Test func withoutAPolicyAllIsGranted() throws {
    let admission = Admission(policy: nil, dictionary: PolicySample.dictionary)
    let question = try PolicySample.question("measure payroll | by buyer")
    #expect(try admission.admit(question, user: "anyone").question == question)
  }

  @Test func listsWhatMayBeAsked() throws {
    let admission = PolicySample.admission()
    #expect(try admission.visibleMetrics(user: "lin") == ["sales", "cost", "visits", "sales_per_visit"])
    #expect(try admission.visibleMetrics(user: "chen") == ["sales", "cost"])
    #expect(try admission.visibleDimensions(user: "lin") == ["region", "product"])
  }
}
