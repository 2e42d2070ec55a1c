import Metrics
import Testing

@testable import Shell

/// The ways in: one question, a pipe, a batch, the notation, parse, check.
@Suite struct ProgramTests {
  private static let shop = Shop.folder("program")
  private var shop: String { Self.shop }

  @Test func `a question is answered once`() {
    let run = ProgramRun.wenshu("--dataset", shop, "--today", "2026-11-01", "revenue by city last month")
    #expect(run.status == 0)
    #expect(run.output.contains("2026-10-01 to 2026-10-31"))
    #expect(run.output.contains("€220.40") && run.output.contains("€80.00"))
  }

  @Test func `words without quotes are joined`() {
    let joined = ProgramRun.wenshu("--dataset", shop, "revenue", "by", "city")
    #expect(joined.output == ProgramRun.wenshu("--dataset", shop, "revenue by city").output)
    #expect(joined.status == 0)
  }

  @Test func `the same question gives the same bytes`() {
    let runs = (0..<3).map { _ in ProgramRun.wenshu("--dataset", shop, "revenue by city").output }
    #expect(Set(runs).count == 1)
  }

  @Test func `a pipe is a conversation`() {
    let run = ProgramRun.wenshu("--dataset", shop, input: "revenue by city last month\n# comment\n\nonly Nice\n:undo\n")
    #expect(run.output.contains("€220.40"))
    #expect(run.output.contains("going on from: revenue, by city"), "\(run.output)")
  }

  @Test func `one of several readings is picked by its number`() {
    let folder = Program.scratch("trips")
    _ = ProgramRun.run("/bin/mkdir", [folder + "/data"])
    Program.write("day,origin,destination,fare\n2026-10-01,Lyon,Nice,10.00\n2026-10-02,Nice,Lyon,7.00\n", to: folder + "/data/trips.csv")
    Program.write(
      """
      name: trips
      language: en
      tables:
        trips: {time: day, columns: {day: date, origin: text, destination: text, fare: decimal(2)}}
      dimensions:
        origin: {column: trips.origin}
        destination: {column: trips.destination}
      metrics:
        fares: {formula: sum(trips.fare), unit: EUR}
      """, to: folder + "/dataset.yaml")
    let run = ProgramRun.wenshu("--dataset", folder, input: "fares Lyon\n2\n:explain\n7\n")
    #expect(run.output.contains("  1  ") && run.output.contains("  2  "))
    #expect(run.output.contains("€7.00") && !run.output.contains("€10.00"), "\(run.output)")
    #expect(run.output.contains("where destination = Lyon"))
    #expect(ProgramRun.wenshu("--dataset", folder, "fares Lyon").status == 2)
  }

  @Test func `every command of the prompt does what its example asks`() {
    let commands = PromptCommands(dictionary: MetricDictionary(name: "none"), datasets: [])
    let lines = commands.all.map(\.example).filter { $0 != ":quit" }
    let folder = Program.scratch("examples")
    func told(_ text: String) -> ProgramRun {
      ProgramRun.wenshu(["--lang", "en"], input: Array(text.utf8), environment: ["XDG_DATA_HOME": folder], folder: folder)
    }
    let first = "sales by region last month\n"
    let quiet = told(first)
    for line in lines {
      let run = told(first + line + "\n")
      #expect(run.status == 0, "\(line)")
      #expect(!run.output.contains("no command") && run.output.hasPrefix(quiet.output), "\(line): \(run.output)")
      if !line.hasPrefix(":format"), line != ":lang en" { #expect(run.output.count > quiet.output.count, "\(line) says nothing") }
    }
  }

  @Test func `a word that is not understood is named, with status 2`() {
    let run = ProgramRun.wenshu("--dataset", shop, "rev by city")
    #expect(run.status == 2)
    #expect(run.output.contains("“rev”"))
    let strict = ProgramRun.wenshu("--dataset", shop, "--strict", "revnue by city")
    #expect(strict.status == 2 && strict.output.contains("revnue") && strict.output.contains("revenue"))
  }

  @Test func `rows alone say the rest on standard error`() {
    let run = ProgramRun.wenshu("--dataset", shop, "--format", "csv", "revenue by city")
    #expect(run.output == "city,revenue\nLyon,300.40\nNice,80.00\n")
    let refused = ProgramRun.wenshu("--dataset", shop, "--format", "csv", "rev")
    #expect(refused.output.isEmpty && refused.errors.contains("“rev”") && refused.status == 2)
  }

  @Test func `the notation is answered too`() {
    let run = ProgramRun.wenshu("query", "--dataset", shop, "measure revenue | by city | top 1")
    #expect(run.status == 0 && run.output.contains("€300.40") && !run.output.contains("€80.00"))
    #expect(ProgramRun.wenshu("query", "--dataset", shop, "measure nothing").status == 2)
  }

  @Test func `the metrics are listed`() {
    let run = ProgramRun.wenshu("metrics", "--dataset", shop)
    #expect(run.status == 0 && run.output.contains("revenue"))
  }

  @Test func `a batch answers every question and ends with the highest status`() {
    let input = """
      {"id":"a","question":"revenue last month","today":"2026-11-01"}
      {"id":2,"question":"nonsense"}
      {"id":3,"turns":["revenue by city","only Nice"]}
      {"id":4,"query":"measure revenue"}
      """
    let run = ProgramRun.wenshu("batch", "-", "--format", "jsonl", "--dataset", shop, input: input)
    #expect(run.status == 2)
    #expect(run.lines.count == 4)
    #expect(run.lines[0].hasPrefix(#"{"id":"a","status":"answered""#) && run.lines[0].contains("300.40"))
    #expect(run.lines[1].hasPrefix(#"{"id":2,"status":"not-understood""#))
    #expect(run.lines[2].contains("Nice") && !run.lines[2].contains("Lyon"))
    #expect(run.lines[3].contains("380.40") && run.lines[3].contains(#""seconds":"#) && run.lines[3].contains(#""text":"#))
  }

  @Test(arguments: ["table", "json", "jsonl", "csv", "tsv", "markdown"])
  func `a batch is written in every format`(format: String) {
    let run = ProgramRun.wenshu("batch", "-", "--format", format, "--dataset", shop, input: "revenue\nrevenue by city\n")
    #expect(run.status == 0)
    #expect(run.output.contains("380.40") && run.output.contains("300.40"))
  }

  @Test func `times and numbers are found without a dataset`() {
    let run = ProgramRun.wenshu(
      "parse", "--jsonl",
      input: """
        {"id":"t","text":"😀 上月比2015年","today":"2016-11-07T16:12:00"}
        {"id":"broken"}
        nonsense
        """)
    #expect(run.status == 1)
    #expect(run.lines.count == 3)
    #expect(run.lines[0].contains(#""text":"上月","offset":2,"start":"2016-10-01","end":"2016-11-01","grain":"month""#))
    #expect(run.lines[0].contains(#""start":"2015-01-01","end":"2016-01-01","grain":"year""#))
    #expect(run.lines[1].contains(#""id":"broken","error":"#))
    #expect(run.lines[2].contains("standard input:3:1"))
  }

  @Test func `parse shows the question`() {
    let run = ProgramRun.wenshu("parse", "--dataset", shop, "--today", "2026-11-01", "revenue by city last month")
    #expect(run.status == 0)
    #expect(run.output.contains(#""canonical": "measure revenue | by city | during month(-1)""#))
  }

  @Test func `parse tells how long texts take`() throws {
    let run = ProgramRun.wenshu(
      "parse", "--timings", "3", "--dataset", shop, "--today", "2026-11-01", input: "revenue\n\nrevenue by city\nwhat is churn\n")
    #expect(run.status == 0 && run.lines.count == 1)
    let said = try JSONReader.value(run.lines[0])
    func number(_ key: String) -> Double { if case .number(let text)? = said[key] { Double(text) ?? -1 } else { -1 } }
    #expect(number("count") == 3 && number("understood") == 2 && number("rounds") == 3)
    #expect(0 < number("p50") && number("p50") <= number("p99") && number("p99") <= number("longest"))
    #expect(number("longest") < number("total") && number("total") < 3 * number("longest") + 0.1)
    for (arguments, input) in [(["0"], "revenue\n"), (["2", "revenue"], ""), (["2", "--jsonl"], ""), (["2"], "\n")] {
      let run = ProgramRun.wenshu(["parse", "--dataset", shop, "--timings"] + arguments, input: Array(input.utf8))
      #expect(run.status == 1 && run.output.isEmpty && !run.errors.isEmpty)
    }
  }

  @Test func `the sample is written`() {
    let folder = Program.scratch("sample")
    let run = ProgramRun.wenshu("sample", "retail", "--orders", "500", "--out", folder + "/data")
    #expect(run.status == 0)
    #expect(ProgramRun.run("/bin/ls", [folder + "/data"]).lines.contains("orders.csv"))
    #expect(ProgramRun.wenshu("sample", "retail", "--orders", "5", "--out", "/proc/no").status == 1)
    for (name, file) in [("manufacturing", "runs.csv"), ("app", "activity.csv")] {
      #expect(ProgramRun.wenshu("sample", name, "--out", folder + "/" + name).status == 0)
      #expect(ProgramRun.run("/bin/ls", [folder + "/" + name]).lines.contains(file))
    }
    #expect(ProgramRun.wenshu("sample", "app", "--orders", "5", "--out", folder + "/more").status == 1)
  }

  @Test func `version and help go to standard output`() {
    #expect(ProgramRun.wenshu("--version").output.hasPrefix("wenshu "))
    for arguments in [["--help"], ["batch", "--help"], ["parse", "--help"], ["check", "--help"], ["sample", "--help"]] {
      let run = ProgramRun.wenshu(arguments)
      #expect(run.status == 0 && run.output.contains("USAGE: wenshu") && run.errors.isEmpty)
    }
  }

  @Test func `a command that is mistyped is a question, with a hint`() {
    let run = ProgramRun.wenshu("--dataset", shop, "bacth", "q.txt")
    #expect(run.status == 2)
    #expect(run.errors.contains("wenshu batch"))
  }

  @Test func `a name of a command can be asked`() {
    let run = ProgramRun.wenshu("--dataset", shop, "--", "batch")
    #expect(run.status == 2 && run.output.contains("batch"))
  }

  @Test func `it runs from any folder`() {
    #expect(ProgramRun.wenshu(["--dataset", shop, "revenue"], folder: "/").status == 0)
  }
}
