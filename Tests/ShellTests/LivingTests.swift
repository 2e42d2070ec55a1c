import Testing

/// The prompt at a real terminal: what is offered, marked, pasted and stopped.
@Suite(.serialized) struct LivingTests {
  private static let retail: Void = { _ = ProgramRun.wenshu("metrics") }()

  private func open(_ name: String, _ arguments: [String] = [], environment: [String: String] = [:], columns: UInt16 = 100) -> TerminalRun {
    _ = Self.retail
    let environment = ["XDG_STATE_HOME": Program.scratch(name + "-state"), "PAGER": "cat"].merging(environment) { $1 }
    return TerminalRun(["--private"] + arguments, environment: environment, columns: columns)
  }

  private func leave(_ run: TerminalRun) {
    run.type("\u{4}")
    #expect(run.end() == 0)
  }

  @Test func `next questions are offered and chosen by number`() {
    let run = open("next")
    #expect(run.waits(for: "问› "))
    run.type("上月各大区销售额\n")
    #expect(run.waits(for: "接着可以问"))
    #expect(run.waits(for: "1  上月，按大区，销售额，占比"))
    #expect(run.waits(for: "问› "))
    run.type("1\n")
    #expect(run.waits(for: "39.59%"))
    #expect(run.waits(for: "问› "))
    leave(run)
    let quiet = open("next-quiet", ["--quiet"])
    #expect(quiet.waits(for: "问› "))
    quiet.type("上月各大区销售额\n")
    #expect(quiet.waits(for: "数据截至"))
    #expect(quiet.waits(for: "问› "))
    #expect(!quiet.screen.contains("接着可以问"))
    leave(quiet)
  }

  @Test func `words that were assumed or not known are underlined without colour, painted with it`() {
    let plain = open("echo", environment: ["NO_COLOR": "1"])
    #expect(plain.waits(for: "问› "))
    plain.type("上月华动区销售额\n")
    #expect(plain.waits(for: "~~~~"), "\(plain.screen)")
    #expect(plain.waits(for: "问› "))
    plain.type("上月外星区的转化率\n")
    #expect(plain.waits(for: "^^"), "\(plain.screen)")
    #expect(plain.waits(for: "问› "))
    leave(plain)
    let coloured = open("echo-colour")
    #expect(coloured.waits(for: "问› "))
    coloured.type("上月销售额\n")
    #expect(coloured.waits(for: "\n上月销售额\n销售额 · 2026-10-01"), "\(coloured.screen)")
    #expect(coloured.waits(for: "问› "))
    leave(coloured)
  }

  @Test func `Tab finds names by pinyin and shows titles beside names`() {
    let run = open("pinyin")
    #expect(run.waits(for: "问› "))
    run.type("上月huad\t")
    #expect(run.waits(for: "华东"))
    run.type("\u{15}毛利\t\t")
    #expect(run.waits(for: "毛利率"))
    #expect(run.waits(for: "gross margin"))
    run.type("\u{15}")
    leave(run)
  }

  @Test func `pasted lines are asked one by one`() {
    let run = open("paste")
    #expect(run.waits(for: "问› "))
    run.type("\u{1B}[200~上月华东销售额\n上月华北销售额\u{1B}[201~\n")
    #expect(run.waits(for: "¥73,632.70"))
    #expect(run.waits(for: "问› 上月华北销售额"))
    #expect(run.waits(for: "¥29,562.09"))
    #expect(run.waits(for: "问› "))
    leave(run)
    let history = ProgramRun.run("/bin/cat", [Program.folder + "/shell-tests/paste-state/wenshu/history"]).lines
    #expect(history.suffix(2) == ["上月华东销售额", "上月华北销售额"])
  }

  @Test func `the tour goes on by Enter`() {
    let run = open("tour")
    #expect(run.waits(for: "问› "))
    run.type(":tour\n")
    #expect(run.waits(for: "【1/10】"))
    #expect(run.waits(for: "回车继续"))
    #expect(run.waits(for: "问› "))
    run.type("\n")
    #expect(run.waits(for: "【2/10】"))
    #expect(run.waits(for: "回车继续"))
    #expect(run.waits(for: "问› "))
    leave(run)
  }

  @Test func `long answers are paged, and none in a pipe`() {
    let run = open("pager", environment: ["PAGER": "sed s/^/PAGED-/"])
    #expect(run.waits(for: "问› "))
    run.type("近90天每天销售额\n")
    #expect(run.waits(for: "PAGED-"))
    #expect(run.waits(for: "90 行"))
    #expect(run.waits(for: "问› "))
    leave(run)
    #expect(!ProgramRun.wenshu(["近90天每天销售额"], environment: ["PAGER": "sed s/^/PAGED-/"]).output.contains("PAGED-"))
  }

  @Test func `less is told of colours and of Han, unless the user told it otherwise`() {
    for (said, shown) in [([String: String](), "FR utf-8"), (["LESS": "S", "LESSCHARSET": "latin1"], "S latin1")] {
      let run = open("less", environment: ["PAGER": "cat >/dev/null; echo \"[$LESS $LESSCHARSET]\""].merging(said) { $1 })
      #expect(run.waits(for: "问› "))
      run.type("近90天每天销售额\n")
      #expect(run.waits(for: "[\(shown)]"), "\(run.screen)")
      #expect(run.waits(for: "\n问› "))
      leave(run)
    }
  }

  @Test func `rows under a policy are those that the user may see`() {
    _ = Self.retail
    func rows(_ user: String) -> String {
      ProgramRun.wenshu(["--private", "--user", user], input: Array("sales last month\n:rows\n".utf8)).output
    }
    #expect(rows("admin").contains("line cost"))
    #expect(rows("lin").contains("order lines · the first 20 of 3,792 rows"))
    #expect(rows("chen").contains("order lines · the first 20 of 1,489 rows"), "the rows of 华东 only")
  }

  @Test(arguments: [40, 80, 120, 200] as [UInt16])
  func `no line is wider than the terminal`(columns: UInt16) {
    let run = open("width-\(columns)", ["--quiet"], environment: ["NO_COLOR": "1"], columns: columns)
    #expect(run.waits(for: "› "))
    for line in ["各渠道10月销售额同比", ":chart bar", "近12个月各大区每月销售额", ":chart line", ":pivot"] {
      run.type(line + "\n")
      #expect(run.waits(for: "\n问› ", seconds: 20))
    }
    leave(run)
    let wide = run.screen.split(separator: "\n").filter { Self.width(String($0)) > Int(columns) }
    #expect(wide.allSatisfy { $0.hasPrefix("问数") || $0.hasPrefix("问› ") }, "\(wide)")
  }

  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ((0x1100...0xFFE6).contains($1.value) && !(0x2000...0x2BFF).contains($1.value) ? 2 : 1) }
  }
}
