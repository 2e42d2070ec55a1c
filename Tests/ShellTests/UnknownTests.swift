import Testing

/// Words that were not understood: kept, listed, accepted, and never kept in private.
@Suite(.serialized) struct UnknownTests {
  private static let dictionary = """
    name: shop
    language: en
    tables:
      sales:
        time: sold_on
        columns: {sold_on: date, city: text, seller: text, amount: decimal(2)}
    dimensions:
      city: {column: sales.city, synonyms: {en: [place]}}
      seller: {column: sales.seller}
    metrics:
      # what was sold
      revenue: {formula: sum(sales.amount), unit: EUR}
      gross_profit: {formula: sum(sales.amount), unit: EUR}
      net_profit: {formula: sum(sales.amount), unit: EUR}
    """
  private static let sales = "sold_on,city,seller,amount\n2026-10-01,Lyon,Nice,1.00\n2026-10-02,Nice,Paul,2.00\n"

  private func shop(_ name: String) -> (dataset: String, cache: String) {
    (Shop.folder(name, dictionary: Self.dictionary, sales: Self.sales), Program.scratch(name + "-cache"))
  }

  private func ask(_ shop: (dataset: String, cache: String), _ more: String..., input: String = "", off: Bool = false) -> ProgramRun {
    ProgramRun.wenshu(
      more + ["--dataset", shop.dataset, "--cache", shop.cache, "--today", "2026-11-01"], input: Array(input.utf8),
      environment: off ? ["WENSHU_UNANSWERED": "off"] : [:])
  }

  @Test func `the most frequent first, with a synonym to accept`() {
    let shop = shop("unknown")
    for question in ["turnover by city", "turnover last month", "profit by month"] { _ = ask(shop, question) }
    _ = ask(shop, "secret by city", "--private")
    _ = ask(shop, "secret by city", off: true)
    _ = ask(shop, "batch", "-", input: "turnover\n")
    let list = ask(shop, "unknown")
    #expect(list.lines.count == 3, "\(list)")
    #expect(list.lines[2].contains("turnover") && list.lines[2].contains("3"))
    #expect(!list.output.contains("secret"))
    let json = ask(shop, "unknown", "--format", "json")
    #expect(json.lines[0].contains(#""times":3,"word":"turnover""#), "\(json.output)")
    #expect(ask(shop, "unknown", "--accept", "1").errors.contains("--as NAME"))
    let accepted = ask(shop, "unknown", "--accept", "1", "--as", "revenue")
    #expect(accepted.status == 0 && accepted.output.contains("turnover = revenue"), "\(accepted)")
    #expect(ask(shop, "turnover").output.contains("€3.00"))
    #expect(ask(shop, "unknown").output.isEmpty)
    let written = ProgramRun.run("/bin/cat", [shop.dataset + "/dataset.yaml"]).output
    #expect(written.contains("# what was sold") && written.contains("unit: EUR, synonyms: {en: [turnover]}}"))
  }

  @Test func `what the check refuses is not written`() {
    let shop = shop("unknown-refused")
    let run = ask(shop, "synonym", "city", "revenue")
    #expect(run.status == 1 && run.errors.contains("word-with-two-meanings"), "\(run)")
    #expect(ProgramRun.run("/bin/cat", [shop.dataset + "/dataset.yaml"]).output == Self.dictionary)
    #expect(ask(shop, "synonym", "x", "revenu").errors.contains("did you mean revenue"))
  }

  @Test func `a choice is kept for the conversation, and in the dictionary`() {
    let shop = shop("choice")
    let run = ask(shop, input: "profit\n2\nprofit by city\n:keep\n")
    #expect(run.output.contains("gross profit") || run.output.contains("gross_profit"), "\(run.output)")
    #expect(run.output.contains("as chosen before"), "\(run.output)")
    #expect(run.output.contains("profit = gross_profit"), "\(run.output)")
    // A value of two dimensions is kept as a default, which is said.
    let value = ask(shop, input: "revenue Nice\n2\n:keep\n")
    #expect(value.output.contains("Nice = seller=Nice") || value.output.contains("nice = seller=Nice"), "\(value.output)")
    #expect(ask(shop, "revenue Nice").output.contains("dataset's default"))
    #expect(ask(shop, "check").status == 0)
  }

  @Test func `two processes never mix their lines`() {
    let shop = shop("unknown-two")
    _ = ask(shop, "revenue")
    let questions = (1...40).map { "zzz\($0 % 7)word by city\n" }.joined()
    let script = "for i in 1 2 3; do printf '\(questions.replacing("\n", with: "\\n"))' | '\(Program.path)' batch - --dataset '\(shop.dataset)' --cache '\(shop.cache)' >/dev/null & done; wait"
    _ = ProgramRun.run("/bin/sh", ["-c", script])
    let log = ProgramRun.run("/bin/sh", ["-c", "cat '\(shop.cache)'/unanswered-*"])
    #expect(log.lines.count == 120)
    #expect(log.lines.allSatisfy { $0.split(separator: "\t").count >= 3 })
  }
}
