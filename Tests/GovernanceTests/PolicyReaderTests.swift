import Governance
import SourceText
import TestSupport
import Testing

@Suite struct PolicyReaderTests {
  @Test func readsRolesAndUsers() throws {
    let (policy, diagnostics) = PolicySample.read(PolicySample.policy)
    #expect(diagnostics.isEmpty)
    let analyst = try #require(policy?.role("analyst"))
    #expect(analyst.allMetrics && analyst.except == ["profit"] && analyst.hide == ["phone"] && analyst.smallestGroup == 5)
    #expect(policy?.role("admin")?.metrics == ["payroll"])
    #expect(policy?.user("own")?.attributes == ["regions": ["华东", "华北"]])
    #expect(policy?.defaultRole == "analyst")
  }

  @Test(arguments: [
    ("roles:\n  r: {metrics: [⟦sale⟧]}", "unknown-metric"),
    ("roles:\n  r: {metrics: all, except: [⟦profits⟧]}", "unknown-metric"),
    ("roles:\n  r: {metrics: all, hide: [⟦phon⟧]}", "unknown-dimension"),
    ("roles:\n  r: {metrics: all, rows: ⟦\"regio = 华东\"⟧}", "bad-rows"),
    ("roles:\n  r: {metrics: all, rows: \"region = (华东⟦\"⟧}", "bad-rows"),
    ("roles:\n  r: {metrics: all, rows: ⟦\"华东\"⟧}", "bad-rows"),
    ("roles:\n  r: {metrics: all, ⟦smallest_group⟧: 0}", "bad-group"),
    ("roles:\n  ⟦r⟧: {hide: [phone]}", "no-grant"),
    ("roles:\n  r: {metrics: all, ⟦row⟧: x}", "unknown-key"),
    ("roles:\n  r: {metrics: all}\nusers: {a: [⟦s⟧]}", "unknown-role"),
    ("roles:\n  r: {metrics: all}\ndefault: ⟦s⟧", "unknown-role"),
    ("roles:\n  r: {metrics: all}\nusers:\n  ⟦a⟧: {region: x}", "no-roles"),
    ("roles:\n  r: {metrics: all, rows: \"region = user.region\"}\nusers:\n  ⟦a⟧: [r]", "missing-attribute"),
    ("⟦users⟧: {}", "no-roles"),
  ])
  func placesDefects(sample: String, code: String) throws {
    let marked = MarkedText(sample)
    let (policy, diagnostics) = PolicySample.read(marked.text)
    #expect(policy == nil)
    #expect(diagnostics.map(\.code) == [code])
    let mark = try #require(marked.marks.first)
    #expect(diagnostics.first?.place == SourcePlace(file: "policy.yaml", line: mark.line, column: mark.column))
  }

  @Test func aFolderWithoutAPolicyHasNone() {
    let (policy, diagnostics) = PolicyReader.read(folder: "no/such/folder", dictionary: PolicySample.dictionary)
    #expect(policy == nil && diagnostics.isEmpty)
  }
}
