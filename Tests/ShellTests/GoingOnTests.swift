import Metrics
import SourceText
import Testing

@testable import Shell

/// Commands that go on from an answer, in pipes: each says what the same words would.
@Suite(.serialized) struct GoingOnTests {
  private static let retail: Void = { _ = ProgramRun.wenshu("metrics") }()
  private static let data = Program.scratch("going-data")

  private func say(_ lines: String..., folder: String? = nil) -> String {
    _ = Self.retail
    return ProgramRun.wenshu(
      ["--private"], input: Array((lines.joined(separator: "\n") + "\n").utf8), environment: ["XDG_DATA_HOME": Self.data], folder: folder
    ).output
  }

  @Test(arguments: [
    ("上月各大区销售额", ":drill", "下钻"), ("上月各大区销售额", ":drill city", "下钻到城市"), ("上月各省份销售额", ":up", "上卷"),
    ("上月各大区销售额", ":by 渠道", "按渠道看"), ("上月各大区销售额", ":compare yoy", "和去年同期比"), ("上月各大区销售额", ":compare 去年", "同比"),
    ("上月各大区销售额", ":limit 3", "只看前3"), ("上月各大区销售额", ":share", "占比"), ("上月各大区销售额", ":chart line", "换成折线图"),
    ("近6个月各月销售额", ":chart line", "换成折线图"), ("近6个月各月销售额", ":chart bar", "换成柱状图"), ("上月各渠道销售额", ":chart stack", "换成饼图"),
    ("近6个月各月销售额", ":chart spark", "换成迷你图"), ("近3个月各大区每月销售额", ":pivot", "转成透视表"),
    ("sales by region last month", ":drill", "drill down"), ("sales by province last month", ":up", "roll up"),
    ("sales by region last month", ":by channel", "by channel"), ("sales by region last month", ":compare previous", "compared with the previous month"),
    ("sales by month over the last 6 months", ":chart line", "as a line chart"), ("sales by region last month", ":limit 3", "top 3"),
  ])
  func `a command says what its words say`(question: String, command: String, words: String) {
    func told(_ line: String) -> String { String(say(question, ":chart none", line).dropFirst(say(question, ":chart none").count)) }
    let byCommand = told(command)
    #expect(!byCommand.isEmpty)
    #expect(byCommand == told(words))
  }

  @Test func `why opens the formula and the parts`() {
    let sum = say("上月销售额", ":why")
    #expect(sum.contains("销售额 = 支付金额 - 退款金额 = ¥191,158.78 - ¥5,147.27"))
    #expect(sum.contains("按大区") && sum.contains("39.59%"))
    let change = say("上月销售额同比", ":why")
    #expect(change.contains("支付金额 · 2026-10-01"), "\(change)")
  }

  @Test func `rows are those that went in`() {
    let rows = say("sales by region last month", ":rows 1")
    #expect(rows.contains("refunds · the first 20 of 40 rows"), "\(rows)")
    #expect(rows.contains("order lines · the first 20 of 1,489 rows"))
    #expect(say("sales by region last month", ":rows 9").contains("the answer has no row 9"))
  }

  @Test func `a question is saved, listed and run by its name`() {
    let said = say("上月各大区销售额", ":limit 2", ":note 给周会", ":save weekly", ":saved", ":reset", ":run weekly")
    #expect(said.contains("weekly") && said.contains("# 给周会"))
    #expect(said.components(of: "前2名").count >= 3, "asked, listed and run: \(said)")
    #expect(say(":run weekyl").contains("weekly"))
    #expect(say("上月销售额", ":save a/b").contains("a/b"))
  }

  @Test func `answers are exported by the ending, and no file is written over unasked`() {
    let folder = Program.scratch("going-files")
    let said = say("上月各大区销售额", ":export a.csv", ":export a.html", ":export a.svg", ":export a.md", ":export a.json", ":export a.csv", ":export! a.csv", ":export a.doc", folder: folder)
    #expect(said.contains("a.csv 已存在"))
    #expect(said.contains("没有 a.doc"))
    func file(_ name: String) -> String { ProgramRun.run("/bin/cat", [folder + "/" + name]).output }
    #expect(file("a.csv").hasPrefix("region,net_sales\n华东,73632.70\n"))
    #expect(file("a.html").hasPrefix("<!doctype html>") && file("a.html").contains("¥73,632.70"))
    #expect(file("a.svg").hasPrefix("<svg"))
    #expect(file("a.md").contains("| 华东 | ¥73,632.70 |"))
    #expect(file("a.json").contains("\"canonical\""))
  }

  @Test func `formula, plan and SQL of the last answer`() {
    let said = say("上月转化率", ":formula", ":plan", ":sql", ":formula gmv")
    #expect(said.contains("conversion_rate = paying_buyers / visitors"))
    #expect(said.contains("  1  "))
    #expect(said.contains("SELECT"))
  }

  @Test func `nothing asked yet is said, not guessed`() {
    for command in [":why", ":rows", ":drill", ":by city", ":compare", ":share", ":sort", ":pivot", ":export a.csv", ":note x", ":save x", ":plan", ":formula"] {
      #expect(say(":lang en", command).contains("nothing was asked yet"), "\(command)")
    }
  }

  @Test func `after a question that was not answered, commands act on the answer before and name it`() {
    for command in [":by 城市", ":why", ":rows 1", ":share", ":formula", ":plan", ":sql", ":pivot", ":export x.csv", ":note x"] {
      let alone = say("上月外星区的转化率", command)
      #expect(alone.contains("没有答上来，之前也没有答案"), "\(command): \(alone)")
    }
    let said = say("上月各大区销售额", "上月外星区的转化率", ":drill 1", "那环比呢")
    #expect(said.contains("上一个问题没有答上来，接着更早的：上月，按大区，销售额\n"), "\(said)")
    #expect(said.contains("上海市") && said.contains("环比"), "\(said)")
    #expect(say("上月各大区销售额", "上月外星区的转化率", ":undo").contains("接着：上月，按大区，销售额"))
    #expect(say(":lang en", "sales last month by region", "churn rate last month", ":why").contains("going on from the one before: net sales, by region, last month"))
    // What was not understood is still what is explained.
    #expect(say("上月各大区销售额", "上月外星区的转化率", ":explain").contains("“外星区” 不认识"))
  }

  @Test func `what an answer is not cut by does not sort it`() {
    let said = say("上月各大区销售额", ":sort 渠道", ":lang en", ":sort channel")
    #expect(said.contains("不能以它排序") && said.contains("can't be sorted by it") && !said.contains("no such column"), "\(said)")
  }

  @Test func `a word alone is answered in the language of the conversation`() {
    let said = say("上月销售额", "GMV")
    #expect(said.contains("公式  成交总额") && !said.contains("Formula"), "\(said)")
    #expect(say("sales last month", "GMV").components(of: "Formula  ").count == 3)
  }

  @Test func `plans and comments of SQL are in the language of the answer`() {
    let said = say("上月各大区销售额同比", ":plan", ":sql")
    #expect(said.contains("按大区，2025-10-01 至 2025-10-31") && said.contains("-- 列出销售额，按大区。"), "\(said)")
    #expect(!said.contains("Put ") && !said.contains("-- Show"), "\(said)")
    #expect(say("sales by region last month", ":sql").contains("-- Show net_sales by region."))
  }

  @Test func `a picture chosen before there is anything to draw is acknowledged`() {
    #expect(say(":chart bar").contains("之后的答案都这样画"))
    #expect(say(":lang en", ":chart none").contains("are not drawn"))
  }

  @Test func `a trend runs by what the period is made of`() {
    #expect(say("上月销售额", ":trend").contains("按天"))
    #expect(say("近12个月销售额", ":trend").contains("按月"))
    #expect(say("上月销售额", ":trend week").contains("按周"))
  }

  @Test func `a picture of every answer is drawn of numbers alone, in the format that was chosen`() {
    let said = say(":chart bar", "上月各大区销售额", ":metrics", ":rows 1", ":format markdown", "上月各渠道销售额")
    #expect(said.contains("█") && !said.contains("没有可以画的"), "\(said)")
    #expect(said.contains("| 到店 |"), "\(said)")
    let rows = said.split(separator: "显示前 20 行")[1].split(separator: "**")[0]
    #expect(!rows.contains("█"), "\(rows)")
  }

  @Test func `another dataset is asked in the language of the one before, and one there is not is named`() {
    let said = say("上月销售额", ":use app", ":use xx")
    #expect(said.contains("问数 · ") && said.contains("没有 xx；可以是 app、manufacturing、retail"), "\(said)")
  }

  @Test func `what is not known is named with what is near`() {
    let said = say(":lang en", "sales last month", ":by regoin", ":sort profti", ":limit few", ":compare whenever", ":help dril", ":examples gvm")
    for near in ["region", "there is no profti", "not a number", "yoy", ":drill", "GMV"] { #expect(said.contains(near), "\(near) in \(said)") }
  }

  @Test func `a mistyped command is taken by its number`() {
    #expect(say(":lang en", ":dimensoins", "1").contains("region"))
  }

  /// What `:help` says may be said instead is understood.
  @Test func `every sentence beside a command is answered`() {
    let commands = PromptCommands(dictionary: MetricDictionary(name: ""), datasets: [])
    for (language, first) in [(Language.chinese, "近3个月各大区每月销售额"), (.english, "sales by region by month over the last 3 months")] {
      for command in commands.all {
        guard let sentence = command.sentence.texts[language], !sentence.isEmpty else { continue }
        _ = Self.retail
        let run = ProgramRun.wenshu(["--private"], input: Array("\(first)\n\(sentence)\n".utf8))
        #expect(run.status == 0, "\(sentence): \(run.output.suffix(300))")
      }
    }
  }

  @Test(arguments: ["zh", "en"])
  func `the tour has ten stops, and each is answered`(language: String) {
    _ = Self.retail
    let run = ProgramRun.wenshu(["--private", "--lang", language], input: Array(String(repeating: ":tour\n", count: 10).utf8))
    #expect(run.status == 0, "\(run.output)")
    let marks = language == "zh" ? (1...10).map { "【\($0)/10】" } : (1...10).map { "[\($0)/10]" }
    for mark in marks { #expect(run.output.contains(mark), "\(mark)") }
  }

  @Test func `examples are of the metric and can be asked by number`() {
    #expect(say(":examples 转化率", "1").contains("公式  转化率"))
  }
}

extension String {
  func components(of text: String) -> [Substring] { split(separator: text, omittingEmptySubsequences: false) }
}

extension GoingOnTests {
  @Test func `a format alone writes a file that is named after the question`() {
    let folder = Program.scratch("going-named")
    let said = say("上月各大区销售额", ":export html", ":export html", ":export csv", folder: folder)
    let files = ProgramRun.run("/bin/ls", [folder]).lines
    #expect(files.sorted() == ["上月-按大区-销售额-2.html", "上月-按大区-销售额.csv", "上月-按大区-销售额.html"], "\(files) \(said)")
    #expect(say("上月各大区销售额", ":export doc", folder: folder).contains("没有 doc；可以是 *.csv"))
  }

  @Test func `only a declared user can be asked as`() {
    #expect(say(":as chen", "上月销售额").contains("用户：chen（角色 east_manager）"))
    let wrong = say(":as chenn", "上月销售额")
    #expect(wrong.contains("权限文件里没有用户 chenn；可以是 chen"), "\(wrong)")
    #expect(say(":lang en", ":as nobody").contains("the policy declares no user nobody; it can be admin, lin, chen"))
  }

  @Test func `a clause of notation that says nothing is named`() {
    for clause in ["measure", "by", "where", "having", "sort", "compare"] {
      let run = ProgramRun.wenshu("query", clause == "measure" ? "measure | by region" : "measure net_sales | \(clause)", "--lang", "en")
      #expect(run.status != 0 && run.output.contains("“\(clause)” of the notation can't be read"), "\(clause): \(run.output)")
    }
  }
}
