import Metrics
import Session
import SourceText
import Testing

@testable import Shell

/// The prompt at a real terminal: tables turned, corrections by one key, lines where they belong.
@Suite(.serialized) struct HabitsTests {
  private static let retail: Void = { _ = ProgramRun.wenshu("metrics") }()

  private func open(_ name: String, _ arguments: [String] = [], environment: [String: String] = [:], columns: UInt16 = 100) -> TerminalRun {
    _ = Self.retail
    let environment = ["XDG_STATE_HOME": Program.scratch(name + "-state"), "PAGER": "cat", "NO_COLOR": "1"].merging(environment) { $1 }
    return TerminalRun(["--private"] + arguments, environment: environment, columns: columns)
  }

  private func leave(_ run: TerminalRun) {
    run.type("\u{4}")
    #expect(run.end() == 0)
  }

  @Test func `months stand across by themselves, and rows are counted as they are seen`() {
    let run = open("turned")
    #expect(run.waits(for: "问› "))
    run.type("近3个月各大区每月销售额\n")
    #expect(run.waits(for: "销售额 · 月横排（竖排：:pivot none 或 --pivot none）"))
    #expect(run.waits(for: "大区     2026-08     2026-09     2026-10"))
    #expect(run.waits(for: "\n问› "))
    run.type(":rows 2\n")
    #expect(run.waits(for: "近3个月，大区为华北，按大区、月，销售额"), "\(run.screen)")
    #expect(run.waits(for: "\n问› "))
    run.type(":drill 2\n")
    #expect(run.waits(for: "销售额 · 华北 · 按月、省份"), "\(run.screen)")
    #expect(run.waits(for: "\n问› "))
    run.type(":undo\n")
    #expect(run.waits(for: "\n问› "))
    run.type(":rows 7\n")
    #expect(run.waits(for: "答案里没有第 7 行"))
    run.type(":pivot none\n")
    #expect(run.waits(for: "大区  月           销售额"))
    #expect(run.waits(for: "\n问› "))
    run.type("近3个月各渠道每月销售额\n")
    #expect(run.waits(for: "渠道    月           销售额"))
    #expect(run.waits(for: "\n问› "))
    run.type(":pivot auto\n")
    #expect(run.waits(for: "渠道       2026-08"))
    #expect(run.waits(for: "\n问› "))
    leave(run)
  }

  @Test func `time stands down by flag, in a ranking, and for programs`() {
    _ = Self.retail
    func ask(_ arguments: String...) -> String { ProgramRun.wenshu(["--private"] + arguments).output }
    #expect(ask("近3个月各大区每月销售额").contains("月横排"))
    #expect(ask("sales by region and month, last 3 months").contains("month across (down again: :pivot none or --pivot none)"))
    #expect(!ask("--pivot", "none", "近3个月各大区每月销售额").contains("横排"))
    #expect(!ask("近3个月每月销售额前2的大区").contains("横排"))
    #expect(ask("--format", "csv", "近3个月各大区每月销售额").split(separator: "\n").count == 19)
    #expect(ProgramRun.wenshu("--pivot", "never", "x").status == 1)
  }

  @Test func `what a mistyped line may have been is taken by Enter, once`() {
    let run = open("enter")
    #expect(run.waits(for: "问› "))
    run.type(":hlep\n")
    #expect(run.waits(for: "回车就用它"))
    run.type("\n")
    #expect(run.waits(for: "问› :help\n"), "\(run.screen)")
    #expect(run.waits(for: ":quit"))
    #expect(run.waits(for: "\n问› "))
    run.type("\n")
    #expect(!run.waits(for: ":quit", seconds: 1))
    run.type(":exprot\n")
    #expect(run.waits(for: "是 :export 吗"), "\(run.screen)")
    #expect(run.waits(for: "回车就用它"))
    run.type("\n")
    #expect(run.waits(for: ":export 后面要写"), "\(run.screen)")
    #expect(run.waits(for: "问› "))
    run.type("上月外星区的转化率\n")
    #expect(run.waits(for: "回车就用它"))
    #expect(run.waits(for: "问› "))
    run.type("\n")
    #expect(run.waits(for: "转化率 · 2026-10-01"))
    #expect(run.waits(for: "\n问› "))
    run.type("上月外星区的转化率\n")
    #expect(run.waits(for: "回车就用它"))
    run.type("\u{1B}[200~\n上月华东销售额\u{1B}[201~\n")
    #expect(run.waits(for: "¥73,632.70"))
    #expect(run.waits(for: "\n问› "))
    #expect(!run.screen.components(of: "转化率 · 2026-10-01").isEmpty)
    #expect(run.screen.components(of: "转化率 · 2026-10-01").count == 2, "an empty line among pasted ones is no Enter")
    leave(run)
  }

  @Test func `a question is painted behind the prompt it was typed at, in whichever language the answer is`() {
    let run = open("lead", environment: ["NO_COLOR": "", "TERM": "xterm"])
    #expect(run.waits(for: "问› "))
    run.type("sales last month\n")
    #expect(run.waits(for: "Net sales · "))
    #expect(run.waits(for: "\n? "))
    run.type("上月销售额\n")
    #expect(run.waits(for: "销售额 · "))
    #expect(run.waits(for: "\n问› "))
    leave(run)
    let moves = run.painted.components(of: "\u{1B}[1A\r\u{1B}[").dropFirst().map { $0.prefix { $0 != "C" } }
    #expect(moves == ["4", "2"], "\(moves)")
  }

  @Test func `a long question is said once more with its marks`() {
    let run = open("long", columns: 40)
    #expect(run.waits(for: "问› "))
    run.type("上月华动区的各个渠道的各个城市的销售额和访客数\n")
    #expect(run.waits(for: "  上月华动区的各个渠道的各个城市的销售额\n      ~~~~~~\n  和访客数\n"), "\(run.screen)")
    #expect(run.waits(for: "\n问› "))
    leave(run)
  }

  @Test(arguments: [("zh_CN.UTF-8", [String](), "------"), ("zh_CN.UTF-8", ["--ambiguous", "narrow"], "──────"), ("C.UTF-8", [], "──────"),
    ("ko_KR.UTF-8", [], "------"), ("C.UTF-8", ["--ambiguous", "wide"], "------")])
  func `signs that a terminal may draw wide are left out by locale or by flag`(language: String, flags: [String], rule: String) {
    let run = open("ambiguous", flags, environment: ["LANG": language])
    #expect(run.waits(for: "› ") || run.waits(for: "? "))
    run.type("各渠道10月销售额同比\n")
    #expect(run.waits(for: "\n  \(rule)"), "\(run.screen)")
    #expect(run.waits(for: "▲"))
    #expect(run.waits(for: "\n问› "))
    leave(run)
    #expect(ProgramRun.wenshu(["--private", "各渠道10月销售额同比"], environment: ["LANG": language]).output.contains("──────"), "no terminal")
  }

  @Test func `help is broken between words at every width`() {
    for columns in [40, 60, 80, 120] as [UInt16] {
      let run = open("help-\(columns)", ["--lang", "en"], columns: columns)
      #expect(run.waits(for: "? "))
      run.type(":help\n")
      #expect(run.waits(for: ":quit"))
      #expect(run.waits(for: "\n? "))
      leave(run)
      let lines = run.screen.split(separator: "\n").filter { !$0.hasPrefix("?") }
      #expect(lines.allSatisfy { $0.unicodeScalars.count <= Int(columns) }, "\(lines.filter { $0.unicodeScalars.count > Int(columns) })")
      #expect(lines.contains { $0.hasSuffix("leave (or Ctrl-D)") })
    }
  }

  @Test func `sorting keeps what is sorted`() {
    func say(_ lines: String...) -> String { ProgramRun.wenshu(["--private"], input: Array(lines.map { $0 + "\n" }.joined().utf8)).output }
    for sort in [":sort asc", ":sort net_sales asc", ":sort 销售额 asc"] {
      let said = say("上月各大区销售额", sort)
      #expect(said.contains("销售额 · 按大区 · 2026-10-01 至 2026-10-31（上月）· 按销售额升序"), "\(sort): \(said.suffix(800))")
      #expect(said.contains("  东北   ¥5,747.27\n  华中  ¥19,327.59\n"))
    }
    #expect(say("上月各大区销售额", ":sort 大区").contains("按大区 · 2026-10-01 至 2026-10-31（上月）"))
  }

  @Test func `rows of a table too long to be spoken of are not said to be missing`() {
    func say(_ lines: String...) -> String { ProgramRun.wenshu(["--private"], input: Array(lines.map { $0 + "\n" }.joined().utf8)).output }
    #expect(say("近200天每天销售额", ":rows 2").contains("答案有 200 行；行号只用于不超过 100 行的表"))
    #expect(say("近3天每天销售额", ":rows 4").contains("答案里没有第 4 行"))
  }

  @Test func `after a definition, questions about its metric are offered`() {
    let run = open("definition")
    #expect(run.waits(for: "问› "))
    run.type("转化率怎么算的\n")
    #expect(run.waits(for: "接着可以问"))
    #expect(run.waits(for: "1  上月华东区转化率多少"))
    run.type("1\n")
    #expect(run.waits(for: "7.25%"))
    #expect(run.waits(for: "\n问› "))
    leave(run)
  }

  @Test func `help for a command of the program`() {
    #expect(ProgramRun.wenshu("help").output.contains("EXAMPLES:"))
    #expect(ProgramRun.wenshu("help", "batch").output.contains("--record"))
    #expect(ProgramRun.wenshu("help", "bacth").errors.contains("did you mean batch"))
    #expect(ProgramRun.wenshu("--help").output.contains("printf '上月销售额\\n:why\\n' | wenshu"))
  }
}

/// Nothing, zero, no data and what may not be seen are four things, and look like four.
@Suite struct NothingTests {
  private static func shop(_ name: String) -> String {
    let folder = Shop.folder(name, sales: "sold_on,city,amount\n2026-10-01,Lyon,120.50\n2026-10-02,Nice,0.00\n2026-10-03,Metz,\n")
    Program.write(
      "roles:\n  staff: {metrics: all, smallest_group: 2}\n  boss: {metrics: all}\nusers:\n  ann: [staff]\ndefault: boss\n", to: folder + "/policy.yaml")
    return folder
  }

  @Test func `nothing, zero, no data, hidden`() {
    let shop = Self.shop("nothing")
    func ask(_ question: String, _ more: String...) -> String {
      ProgramRun.wenshu(["--private", "--dataset", shop, "--today", "2026-11-01"] + more + [question]).output
    }
    let open = ask("revenue by city last month")
    #expect(open.contains("Lyon  €120.50\n") && open.contains("Nice    €0.00\n") && open.contains("Metz        —\n"), "\(open)")
    #expect(ask("revenue by city in August 2026").contains("no data"))
    let closed = ask("revenue by city last month", "--user", "ann")
    #expect(closed.contains("Lyon   hidden\n") && closed.contains("Metz   hidden\n"), "\(closed)")
    #expect(!closed.contains("no data") && !closed.contains("120"), "\(closed)")
    let alone = ask("revenue in Lyon last month", "--user", "ann", "--lang", "zh")
    #expect(alone.contains("不公开") && !alone.contains("120"), "\(alone)")
    #expect(ask("revenue by city last month", "--user", "ann", "--format", "csv").contains("Lyon,\n"))
  }

  /// Lyon has three sales in October, the others one each; that of Lille has no amount.
  @Test func `only small groups are hidden, and how many is said`() {
    let shop = Shop.folder(
      "small-groups",
      sales: "sold_on,city,amount\n2026-10-01,Lyon,10.00\n2026-10-02,Lyon,20.00\n2026-10-03,Lyon,\n2026-10-02,Nice,7.00\n2026-10-03,Metz,9.00\n2026-09-03,Lille,4.00\n2026-09-02,Lyon,3.00\n2026-10-31,Lille,\n")
    Program.write("roles:\n  staff: {metrics: all, smallest_group: 2}\ndefault: staff\n", to: shop + "/policy.yaml")
    func ask(_ question: String, _ more: String...) -> String {
      ProgramRun.wenshu(["--private", "--dataset", shop, "--today", "2026-11-01"] + more + [question]).output
    }
    let cities = ask("revenue by city last month")
    #expect(cities.contains("Lyon    €30.00\n") && cities.contains("Nice    hidden\n") && cities.contains("Lille   hidden\n"), "\(cities)")
    #expect(cities.contains("Your access hides 3 rows"), "\(cities)")
    #expect(ask("revenue last month").contains("€46.00"))
    let zh = ask("revenue by city last month", "--lang", "zh")
    #expect(zh.contains("有 3 行不公开"), "\(zh)")
    // One side of a comparison is enough to be small.
    let compared = ask("revenue by city last month compared with the month before")
    #expect(!compared.contains("€30.00") && !compared.contains("€4.00"), "\(compared)")
    let alone = ask("revenue in Nice last month")
    #expect(alone.contains("hidden") && !alone.contains("1 row)") && !alone.contains("no data"), "\(alone)")
    #expect(ask("revenue by city last month", "--format", "json").contains("\"hidden-groups\""))
  }
}

/// Commands in words, and times among what Tab offers.
@Suite(.serialized) struct SentenceTests {
  @Test func `every command has a sentence in both languages, which is that command`() {
    let sentences = PromptSentences(home: ProjectHome.home)
    #expect(sentences.diagnostics.isEmpty)
    let commands = PromptCommands(dictionary: .init(name: ""), datasets: [], sentences: sentences)
    for command in commands.all {
      for language in Language.allCases {
        let sentence = command.sentence.texts[language] ?? ""
        #expect(!sentence.isEmpty, ":\(command.name) in \(language)")
        // Of others the grammar knows the words: GoingOnTests asks them.
        guard let said = sentences.command(saying: sentence.replacing("…", with: "X y.csv")) else { continue }
        #expect(said.split(separator: " ").first.map(String.init) == command.name)
        if command.arity == .required { #expect(said.hasSuffix(" X y.csv"), "\(said)") }
      }
    }
  }

  @Test(arguments: [
    ("撤销。", "undo"), ("存为 早报", "save 早报"), ("把2026-11-01当作今天", "today 2026-11-01"), ("SHOW THE SQL", "sql"), ("export to A.csv", "export A.csv"),
    ("用英文回答！", "lang en"), ("以陈的身份问", "as 陈"),
  ])
  func `a whole line in words is a command`(line: String, command: String) {
    #expect(PromptSentences(home: ProjectHome.home).command(saying: line) == command)
  }

  @Test(arguments: ["存为", "为什么销售额下降", "why did sales fall", "把当作今天", "撤销了多少订单", "", "。", "销售额"])
  func `what is more or less than one is none`(line: String) {
    #expect(PromptSentences(home: ProjectHome.home).command(saying: line) == nil)
  }

  @Test func `they do what the commands do, in a pipe too`() {
    func run(_ lines: String...) -> String { ProgramRun.wenshu(["--private"], input: Array(lines.map { $0 + "\n" }.joined().utf8)).output }
    for (sentence, command) in [("这个数怎么来的", ":why"), ("看SQL", ":sql"), ("看原始数据", ":rows"), ("分几步算的", ":plan"), ("转化率可以怎么问", ":examples 转化率")] {
      let said = run("上月销售额", sentence)
      #expect(said == run("上月销售额", command) && said.count > run("上月销售额").count, "\(sentence)")
    }
    #expect(run("sales last month", "answer in Chinese", "sales last month").contains("销售额 · "))
  }

  @Test func `every time that Tab offers is understood`() {
    let words = TimesOffered.words(home: ProjectHome.home)
    #expect(words.count > 40 && Set(words).count == words.count)
    // Growth is over a time.
    let questions = words.map { word in
      if word.contains("over") { return "sales last month \(word)" }
      if word.hasSuffix("比") { return "上月销售额\(word)" }
      return word.unicodeScalars.allSatisfy(\.isASCII) ? "sales \(word)" : "\(word)销售额"
    }
    let run = ProgramRun.wenshu(["batch", "-", "--private", "--format", "jsonl"], input: Array(questions.map { $0 + "\n" }.joined().utf8))
    for (question, line) in zip(questions, run.lines) {
      #expect(line.contains("\"status\":\"answered\"") || line.contains("\"status\":\"empty\""), "\(question): \(line.prefix(200))")
    }
  }
}

private enum ProjectHome {
  static let home = try! Home.find(named: Program.home, environment: [:], executable: Program.path, currentFolder: "/")
}
