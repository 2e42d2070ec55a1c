import Testing

/// `wenshu dictionary`: out to another format and in again.
@Suite struct DictionaryCommandTests {
  @Test func `what is exported can be imported and asked`() {
    let shop = Shop.folder("osi-shop")
    let file = Program.scratch("osi-out") + "/model.yaml"
    let written = ProgramRun.wenshu("dictionary", "export", "osi", shop, "--out", file)
    #expect(written.status == 0)
    #expect(written.errors.contains("unit of metric revenue"), "\(written.errors)")
    let made = Shop.folder("osi-made", dictionary: "", sales: Shop.sales)
    _ = ProgramRun.run("/bin/rm", [made + "/dataset.yaml"])
    let read = ProgramRun.wenshu("dictionary", "import", "osi", file, "--out", made)
    #expect(read.status == 0 && read.output.isEmpty, "\(read.output)\(read.errors)")
    let answer = ProgramRun.wenshu("--dataset", made, "--cache", made + "/cache", "--format", "csv", "revenue by city in October 2026")
    #expect(answer.status == 0 && answer.output.contains("Lyon,220.4"), "\(answer.output)\(answer.errors)")
  }

  @Test(arguments: [
    (["import", "looker", "a.yml", "--out", "x"], "there are dbt and osi"), (["import", "osi", "a.yml"], "--out"),
    (["export", "dbt", "retail"], "osi"), (["rename", "osi", "a"], "import"), (["export", "osi", "nowhere"], "known datasets"),
  ])
  func `what cannot be done is told`(_ arguments: [String], _ said: String) {
    let run = ProgramRun.wenshu(["dictionary"] + arguments)
    #expect(run.status == 1 && run.errors.contains(said), "\(run.status) \(run.errors)")
  }
}
