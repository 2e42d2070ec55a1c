import GRDB
import Testing

/// The prompt at a real terminal.
@Suite(.serialized) struct PromptTests {
  private func open(_ name: String, dataset: String, language: String = "C.UTF-8") -> TerminalRun {
    let state = Program.scratch(name + "-state")
    return TerminalRun(["--dataset", dataset], environment: ["XDG_STATE_HOME": state, "LANG": language])
  }

  @Test func `questions, follow-ups, commands, Ctrl-D`() {
    let run = open("prompt", dataset: Shop.folder("prompt"))
    #expect(run.waits(for: "Wenshu · shop · data through 2026-10-31"))
    #expect(run.waits(for: "? "))
    run.type("revenue by city\n")
    #expect(run.waits(for: "€300.40"))
    run.type(":sql\n")
    #expect(run.waits(for: "FROM sales"))
    run.type(":hlep\n")
    #expect(run.waits(for: "did you mean :help"))
    run.type(":values\n")
    #expect(run.waits(for: ":values needs DIMENSION"))
    run.type(":values city\n")
    #expect(run.waits(for: "Nice"))
    run.type(":lang zh\n")
    #expect(run.waits(for: "问› "))
    run.type("\u{4}")
    #expect(run.end() == 0)
  }

  @Test func `Tab completes names and commands`() {
    let run = open("tab", dataset: Shop.folder("tab"))
    #expect(run.waits(for: "? "))
    run.type("rev\t by ci\t\n")
    #expect(run.waits(for: "by city"))
    #expect(run.waits(for: "€300.40"))
    run.type(":qu\ti\t\n")
    #expect(run.end() == 0)
  }

  @Test func `Ctrl-C at the prompt gives the line up`() {
    let run = open("ctrl-c", dataset: Shop.folder("ctrl-c"))
    #expect(run.waits(for: "? "))
    run.type("rev")
    #expect(run.waits(for: "rev"))
    run.type("\u{3}")
    #expect(run.waits(for: "^C"))
    #expect(run.waits(for: "? "))
    run.type("revenue\n")
    #expect(run.waits(for: "€380.40"))
    run.type(":quit\n")
    #expect(run.end() == 0)
  }

  @Test func `lines are remembered once, and never with a space before them`() {
    let dataset = Shop.folder("history")
    let state = Program.scratch("history-state")
    for _ in 0..<2 {
      let run = TerminalRun(["--dataset", dataset], environment: ["XDG_STATE_HOME": state, "PAGER": "cat"])
      #expect(run.waits(for: "? "))
      for line in ["revenue", " :metrics", ":help", "revenue"] {
        run.type(line + "\n")
        #expect(run.waits(for: "? "))
      }
      run.type("\u{4}")
      #expect(run.end() == 0)
    }
    let history = ProgramRun.run("/bin/cat", [state + "/wenshu/history"]).lines
    #expect(Set(history) == ["revenue", ":help"])
    let third = TerminalRun(["--dataset", dataset], environment: ["XDG_STATE_HOME": state, "PAGER": "cat"])
    #expect(third.waits(for: "? "))
    third.type("\u{10}\n")  // the line before
    #expect(third.waits(for: "€380.40"))
    #expect(third.waits(for: "? "))
    third.type("\u{4}")
    #expect(third.end() == 0)
    #expect(ProgramRun.run("/bin/cat", [state + "/wenshu/history"]).lines == [":help", "revenue", "revenue"])
  }

  /// A view whose `heavy` column takes minutes to compute, and nothing else in it does.
  private func slowDataset() throws -> String {
    let folder = Program.scratch("slow")
    Program.write(
      """
      name: slow
      language: en
      warehouse: {file: slow.sqlite}
      tables:
        slow:
          columns: {id: integer, heavy: integer}
      metrics:
        weight: {formula: sum(slow.heavy)}
        rows_held: {title: {en: row count}, formula: count(slow)}
      """, to: folder + "/dataset.yaml")
    try DatabaseQueue(path: folder + "/slow.sqlite").write { db in
      try db.execute(
        sql: """
          CREATE TABLE few (id INTEGER);
          INSERT INTO few VALUES (1), (2), (3);
          CREATE VIEW slow AS SELECT id, (
            WITH RECURSIVE c(i) AS (SELECT few.id UNION ALL SELECT i + 1 FROM c WHERE i < 1000000000) SELECT max(i) FROM c
          ) AS heavy FROM few;
          """)
    }
    return folder
  }

  @Test func `Ctrl-C during a query stops it and gives the prompt back`() throws {
    let run = open("slow", dataset: try slowDataset())
    #expect(run.waits(for: "? "))
    run.type("weight\n")
    #expect(run.waits(for: "weight"))
    #expect(!run.waits(for: "? ", seconds: 1.5), "the query is meant to be slow")
    let pressed = TerminalRun.now()
    run.type("\u{3}")
    #expect(run.waits(for: "? ", seconds: 20))
    // 50 ms by itself; other tests run beside this one.
    #expect(TerminalRun.now() - pressed < 1)
    run.type("row count\n")
    #expect(run.waits(for: "Row count"))
    #expect(run.waits(for: "? "))
    run.type("\u{4}")
    #expect(run.end() == 0)
  }
}
