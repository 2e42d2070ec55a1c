import Glibc
import Testing

/// `wenshu batch FILE --record`: the answers' rows written under the questions.
@Suite(.serialized) struct RecordTests {
  private static let shop = Shop.folder("record")

  private func file(_ name: String, _ text: String) -> String {
    Program.write(text, to: Self.shop + "/" + name)
    return Self.shop + "/" + name
  }
  private func text(_ path: String) -> String { ProgramRun.run("/bin/cat", [path]).output }
  private func batch(_ path: String, _ more: String...) -> ProgramRun {
    ProgramRun.wenshu(["batch", path, "--dataset", Self.shop] + more)
  }

  @Test func `rows are put under each question, and everything else stays`() {
    let path = file("new.questions", """
      # Morning   \t
      today 2026-11-01

      ? revenue   # all of it
      => measure revenue
      ? revenue by city
      => measure revenue | by city
      # what follows goes on
      then only Lyon
      ? revenue of Paris
      => not-understood Paris

      # the end
      """)
    let run = batch(path, "--record")
    #expect(run.status == 0 && run.output.isEmpty, "\(run.errors)")
    #expect(run.errors.contains("wenshu: 4: “revenue”\n  + 380.40\nwenshu: 6: “revenue by city”\n  + Lyon | 300.40\n  + Nice | 80.00\n"), "\(run.errors)")
    #expect(run.errors.contains("new.questions: 3 recorded, 1 unchanged"))
    #expect(text(path) == """
      # Morning   \t
      today 2026-11-01

      ? revenue   # all of it
      => measure revenue
      rows
        380.40
      ? revenue by city
      => measure revenue | by city
      rows
        Lyon | 300.40
        Nice | 80.00
      # what follows goes on
      then only Lyon
      rows
        Lyon | 300.40
      ? revenue of Paris
      => not-understood Paris

      # the end

      """)
    let checked = batch(path, "--summary", "--format", "tsv")
    #expect(!checked.errors.contains("rows differ"), "\(checked.errors)")
    let before = text(path)
    let again = batch(path, "--record")
    #expect(again.status == 0 && again.errors.contains("new.questions: 0 recorded, 4 unchanged") && text(path) == before)
  }

  @Test func `rows that are no longer right make way, right ones stay as they were written`() {
    let path = file("old.questions", "? revenue by city\nrows\n  Lyon | 300\n  # once 80\n  Nice\n? revenue\nrows\n  380.4\n")
    let run = batch(path, "--record")
    #expect(run.status == 0)
    #expect(run.errors.contains("wenshu: 1: “revenue by city”\n  - Lyon | 300\n  + Lyon | 300.40\n"), "\(run.errors)")
    #expect(!run.errors.contains("380"))
    #expect(text(path) == "? revenue by city\nrows\n  Lyon | 300.40\n  Nice | 80.00\n  # once 80\n? revenue\nrows\n  380.4\n")
  }

  @Test func `one that cannot be recorded leaves all of them`() {
    for (bad, reason) in [("revenue of Atlantis", "has no rows"), ("churn", "has no rows"), ("x\u{7}y", "has no rows")] {
      let before = "? revenue\n? \(bad)\n=> measure revenue\n"
      let path = file("bad.questions", before)
      let run = batch(path, "--record")
      #expect(run.status == 1 && run.errors.contains(reason) && run.errors.contains("nothing is recorded"), "\(bad): \(run.errors)")
      #expect(text(path) == before)
    }
    let wordings = file("wordings.questions", "? revenue\n? revenue by city\n=> measure revenue\n")
    #expect(batch(wordings, "--record").errors.contains("other rows than another wording"))
    let broken = Self.shop + "/broken.questions"
    _ = ProgramRun.run("/bin/sh", ["-c", "printf '? revenue\\n? \\377\\n' > '\(broken)'"])
    #expect(batch(broken, "--record").status == 1)
    #expect(ProgramRun.run("/bin/sh", ["-c", "od -c '\(broken)' | head -1"]).output.contains("377"))
    #expect(batch(file("q.txt", "revenue\n"), "--record").errors.contains("--record writes into a file of .questions"))
    #expect(ProgramRun.wenshu(["batch", "-", "--record", "--dataset", Self.shop], input: Array("? revenue\n".utf8)).status == 1)
  }

  @Test func `line breaks, links and modes of the file are kept`() {
    let target = file("crlf.questions", "? revenue\r\n\r\n? revenue by city")
    let link = Self.shop + "/link.questions"
    _ = ProgramRun.run("/bin/sh", ["-c", "chmod 640 '\(target)'; ln -sf '\(target)' '\(link)'"])
    #expect(batch(link, "--record").status == 0)
    #expect(text(target) == "? revenue\r\nrows\r\n  380.40\r\n\r\n? revenue by city\r\nrows\r\n  Lyon | 300.40\r\n  Nice | 80.00\r\n")
    #expect(ProgramRun.run("/usr/bin/stat", ["-c", "%a %F", target]).output == "640 regular file\n")
    #expect(ProgramRun.run("/usr/bin/stat", ["-c", "%F", link]).output == "symbolic link\n")
  }

  @Test func `a folder that cannot be written to leaves the file as it is`() {
    // Nothing can be created beside it, whoever asks.
    let path = file("kept.questions", "? revenue\n")
    #expect(batch(path).status == 0)
    let run = ProgramRun.run("/bin/sh", ["-c", "ulimit -f 0; exec \"$0\" \"$@\"", Program.path, "batch", path, "--record", "--dataset", Self.shop])
    #expect(run.status == 1, "\(run.errors)")
    #expect(text(path) == "? revenue\n")
  }

  @Test func `texts of the data come back as they are`() {
    let shop = Shop.folder("record-texts")
    let names = ["a|b", "#1", "two  # words", "\"quoted\"", "back\\slash", "上海 | 北京", "😀"]
    let rows = names.enumerated().map { "2026-10-0\($0 + 1),\"\($1.replacing("\"", with: "\"\""))\",\($0 + 1).00" }
    Program.write("sold_on,city,amount\n" + rows.joined(separator: "\n") + "\n2026-10-09,\"line\nbreak\",9.00\n", to: shop + "/data/sales.csv")
    let path = shop + "/texts.questions"
    Program.write("? revenue by city\n", to: path)
    let recorded = ProgramRun.wenshu("batch", path, "--record", "--dataset", shop)
    #expect(recorded.status == 0, "\(recorded.errors)")
    let checked = ProgramRun.wenshu("batch", path, "--dataset", shop)
    #expect(checked.status == 0, "\(checked.errors)\n\(text(path))")
    #expect(text(path).contains("  \"a|b\" | 1.00\n") && text(path).contains("  \"\\u00231\" | 2.00\n") && text(path).contains("  \"line\\nbreak\" | 9.00\n"))
    Program.write(text(path).replacing("a|b", with: "a|c"), to: path)
    #expect(ProgramRun.wenshu("batch", path, "--dataset", shop).status == 1)
  }

  @Test func `what is expected after a follow-up is not expected of the question before it`() {
    let path = file("then.questions", "? revenue\nthen by city\n? revenue by day\nrows\n  2026-09-30 | 80.00\n  2026-10-01 | 120.50\n  2026-10-31 | 99.90\n")
    #expect(!batch(path).errors.contains("“by city”"))
  }
}
