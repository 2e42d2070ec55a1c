import Testing

/// Boards, batches as regression tests, and what a shell wants to know of a program.
@Suite(.serialized) struct BoardTests {
  private static let shop = Shop.folder("board")
  private static let questions = """
    # Morning
    today 2026-11-01
    ? revenue
    rows
      380.40
    ? revenue by city
    => measure revenue | by city
    rows
      Lyon | 300.40
      Nice | 80.00
    ? revenue by day
    then only Lyon
    rows
      2026-09-30 | 80.00
      2026-10-01 | 120.50
      2026-10-31 | 99.90

    """

  private func file(_ name: String, _ text: String = questions) -> String {
    Program.write(text, to: Self.shop + "/" + name)
    return Self.shop + "/" + name
  }
  private func run(_ arguments: [String]) -> ProgramRun { ProgramRun.wenshu(arguments + ["--dataset", Self.shop]) }

  @Test func `a board is a screen, or a page`() {
    let path = file("board.questions")
    let screen = run(["board", path])
    #expect(screen.status == 0, "\(screen.errors)")
    #expect(screen.output.hasPrefix("Morning  Data up to 2026-10-31\n"))
    for part in ["€380.40", "Lyon", "█"] { #expect(screen.output.contains(part), "\(part)") }
    let page = run(["board", path, "--format", "html"]).output
    #expect(page.contains("<h1>Morning</h1>") && page.components(of: "<section>").count == 5)
    #expect(run(["board", path, "--watch", "1"]).status == 1, "no terminal")
    #expect(run(["board", path, "--format", "csv"]).status == 1)
  }

  @Test func `a watched board is drawn again and left by Ctrl-C`() {
    let terminal = TerminalRun(["board", file("watched.questions"), "--watch", "1", "--dataset", Self.shop])
    #expect(terminal.waits(for: "Morning"))
    #expect(terminal.waits(for: "Morning"))
    terminal.type("\u{3}")
    #expect(terminal.end() == 0)
  }

  @Test func `rows that are expected are compared`() {
    #expect(run(["batch", file("right.questions")]).status == 0)
    let wrong = run(["batch", file("wrong.questions", Self.questions.replacing("300.40", with: "301")), "--summary"])
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("“revenue by city” has other rows than expected\n  - Lyon | 301.00") || wrong.errors.contains("  - Lyon | 301\n  + Lyon | 300.40\n"), "\(wrong.errors)")
    #expect(wrong.errors.contains("4 questions: 4 answered; rows differ in 1"))
    let stopped = run(["batch", file("wrong.questions", Self.questions.replacing("380.40", with: "1")), "--fail-fast", "--jobs", "1"])
    #expect(stopped.status == 1)
    #expect(!stopped.output.contains("Lyon"))
  }

  @Test func `many questions are answered at once and told in order`() {
    let lines = (0..<200).map { "{\"id\": \($0), \"question\": \"\($0 % 3 == 0 ? "revenue" : "revenue by city")\"}" }.joined(separator: "\n")
    let path = file("many.jsonl", lines + "\n")
    func rows(_ jobs: String) -> [String] {
      run(["batch", path, "--format", "jsonl", "--jobs", jobs]).lines.map { String($0.prefix(40)) }
    }
    let one = rows("1")
    #expect(one.count == 200)
    #expect(one == rows("4"))
  }

  @Test func `what a shell wants to know`() {
    for shell in ["bash", "zsh", "fish"] {
      let script = ProgramRun.wenshu("completions", shell)
      #expect(script.status == 0 && script.output.contains("dictionary") && script.output.contains("dataset"), "\(shell)")
    }
    #expect(ProgramRun.wenshu("completions", "tcsh").status == 1)
    let manual = ProgramRun.wenshu("manual").output
    #expect(manual.hasPrefix(".TH WENSHU 1") && manual.contains(".B :drill") && manual.contains(".SS wenshu batch"))
    #expect(ProgramRun.wenshu("--version").output.hasPrefix("wenshu 0.1.0"))
  }

  @Test func `flags may stand in a file, and those given come first`() {
    let folder = Program.scratch("config")
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/wenshu"])
    Program.write("# mine\nformat: csv\nlang: zh\n", to: folder + "/wenshu/config")
    func ask(_ arguments: String...) -> ProgramRun {
      ProgramRun.wenshu(arguments + ["--dataset", Self.shop, "revenue by city"], environment: ["XDG_CONFIG_HOME": folder])
    }
    #expect(ask().output == "city,revenue\nLyon,300.40\nNice,80.00\n")
    #expect(ask("--format", "tsv").output.hasPrefix("city\trevenue\n"))
    Program.write("fromat: csv\n", to: folder + "/wenshu/config")
    #expect(ask().status == 1)
    #expect(ask().errors.contains("config:1:1: error[bad-setting]"), "\(ask().errors)")
    #expect(ask().errors.contains("did you mean format?"))
  }

  @Test func `charts by flag`() {
    #expect(run(["--chart", "bar", "revenue by city"]).output.contains("█"))
    #expect(!run(["--chart", "none", "revenue by city"]).output.contains("█"))
    #expect(run(["--chart", "line", "revenue by day"]).output.contains("┤"))
    #expect(run(["--chart", "cake", "revenue by day"]).status == 1)
  }
}
