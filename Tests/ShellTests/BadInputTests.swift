import Testing

/// What must not break the program, each with clear words and the right exit status (issue 2, item 8).
@Suite struct BadInputTests {
  private static let shop = Shop.folder("bad-input")
  private var shop: String { Self.shop }

  private func ask(_ question: String) -> ProgramRun { .wenshu("--dataset", shop, "--", question) }

  private func expectCalm(_ run: ProgramRun, status: Int32, _ says: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(run.status == status, "\(run.output)\(run.errors)", sourceLocation: location)
    #expect((run.output + run.errors).contains(says), "\(run.output)\(run.errors)", sourceLocation: location)
    #expect(!(run.output + run.errors).contains("Fatal error"), sourceLocation: location)
  }

  // MARK: Questions

  @Test(arguments: ["", "   ", "?!…", "。。"])
  func `nothing asked is not understood`(question: String) {
    expectCalm(ask(question), status: 2, "\n")
  }

  @Test func `ten thousand characters are too many, and said so`() {
    expectCalm(ask(String(repeating: "revenue ", count: 1250)), status: 2, "500")
    expectCalm(ask(String(repeating: "转", count: 10_000)), status: 2, "500")
  }

  @Test func `control characters never reach the terminal`() {
    let run = ask("revenue \u{1B}[31mred\u{7}\u{0}")
    #expect(run.status == 2)
    #expect(!run.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func `marks that cannot be seen change nothing`() {
    let plain = ask("revenue by city")
    let marked = ask("\u{202E}\u{200F}rev\u{200B}enue\u{FEFF} by\u{200D} city\u{202C}")
    #expect(plain.status == 0)
    #expect(marked.output == plain.output)
  }

  @Test func `SQL in a question is words, not SQL`() {
    expectCalm(ask("revenue'; DROP TABLE sales; --"), status: 2, "not changed or deleted")
    expectCalm(ask("revenue where city = 'Lyon' OR 1=1"), status: 2, "1=1")
    #expect(ask("revenue").status == 0)
  }

  @Test func `bytes that are no UTF-8 are that line's failure`() {
    let input = Array("revenue\n".utf8) + [0x72, 0xC3, 0x28, 0x0A] + Array("revenue by city\n".utf8)
    let run = ProgramRun.wenshu(["batch", "-", "--format", "jsonl", "--dataset", shop], input: input)
    #expect(run.status == 1)
    #expect(run.lines.count == 3)
    #expect(run.lines[1].contains(#""status":"failed""#) && run.lines[1].contains("byte 2 is not UTF-8"))
    #expect(run.lines[2].contains(#""status":"answered""#))
  }

  @Test func `an argument that is no UTF-8 is named`() {
    // The shell makes the byte, since a Swift text cannot hold it.
    let run = ProgramRun.run("/bin/sh", ["-c", "exec \"$0\" \"$(printf 'revenue \\377')\"", Program.path])
    #expect(run.status == 1)
    #expect(run.errors == "wenshu: argument 1 is not UTF-8 text\n")
  }

  // MARK: Flags

  @Test(arguments: [
    (["--fromat", "json", "x"], "Did you mean '--format'?"), (["--format", "jsn", "x"], "jsonl"),
    (["--today", "tomorrow", "x"], "tomorrow"), (["batch"], "<file>"), (["check", "--nonsense"], "--nonsense"),
    (["sample", "shop", "--out", "x"], "retail"), (["parse"], "--jsonl"), (["--lang", "fr", "x"], "fr"),
  ])
  func `bad usage is one line and status 1`(arguments: [String], says: String) {
    let run = ProgramRun.wenshu(arguments)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(says), "\(run.errors)")
    #expect(run.errors.hasPrefix("wenshu: ") && run.errors.contains("--help"))
  }

  @Test func `a dataset or home that is not there is named`() {
    expectCalm(.wenshu("--dataset", "/no/such", "x"), status: 1, "/no/such")
    expectCalm(.wenshu("--home", "/no/such", "x"), status: 1, "/no/such")
    expectCalm(.wenshu("batch", "/no/such.txt", "--dataset", shop), status: 1, "/no/such.txt")
  }

  // MARK: Files

  @Test func `a cache folder that cannot be written to is no reason not to answer`() {
    let run = ProgramRun.wenshu("--cache", "/proc/wenshu", "--dataset", shop, "revenue")
    expectCalm(run, status: 0, "€380.40")
    #expect(run.errors.contains("/proc/wenshu"))
  }

  @Test func `a missing CSV is placed in the dictionary`() {
    let folder = Shop.folder("missing-csv", sales: nil)
    expectCalm(.wenshu("--dataset", folder, "revenue"), status: 1, "dataset.yaml:4:3")
  }

  @Test func `a row with a field too many is placed in the CSV`() {
    let folder = Shop.folder("extra-field", sales: Shop.sales + "2026-10-31,Nice,1.00,more\n")
    expectCalm(.wenshu("--dataset", folder, "revenue"), status: 1, "sales.csv:6")
  }

  @Test func `a file that is no database is named`() {
    let folder = Shop.folder("not-sqlite", dictionary: "warehouse: {file: shop.sqlite}\n" + Shop.dictionary)
    Program.write("this is no database, whatever its name says\n", to: folder + "/shop.sqlite")
    expectCalm(.wenshu("--dataset", folder, "revenue"), status: 1, "shop.sqlite")
  }

  @Test(arguments: [
    ("  city: {column: sales.city}", "  city:\t{column: sales.city}\n\tx: 1", ":9:"),
    ("language: en", "language: en\nlanguage: zh", ":3:"),
    ("language: en", "langage: en", ":2:"),
    ("decimal(2)", "decimal(two)", ":6:"),
    ("sum(sales.amount)", "sum(sales.amout)", ":10:"),
    ("sum(sales.amount)", "revenue + 1", ":10:"),
    ("sum(sales.amount)", "sum(sales.city)", ":10:"),
  ])
  func `a defect of the dictionary is placed`(written: String, instead: String, place: String) {
    let name = "defect-" + String(instead.hashValue.magnitude)
    let folder = Shop.folder(name, dictionary: Shop.dictionary.replacing(written, with: instead))
    let run = ProgramRun.wenshu("--dataset", folder, "revenue")
    expectCalm(run, status: 1, "dataset.yaml" + place)
    #expect(ProgramRun.wenshu("check", "--dataset", folder).status == 1)
  }

  // MARK: Pipes

  @Test func `a closed pipe ends the program quietly`() {
    #expect(ask("revenue").status == 0)  // the warehouse is built
    let questions = String(repeating: "revenue by city\n", count: 2000)
    let run = ProgramRun.wenshu(
      ["batch", "-", "--format", "jsonl", "--dataset", shop], input: Array(questions.utf8), readsOnly: 100)
    #expect(run.errors.isEmpty, "\(run.errors)")
    #expect(run.status == 128 + 13)
  }
}
