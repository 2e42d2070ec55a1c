import Metrics
import SourceText
import Terminal
import Testing

@testable import Shell

@Suite struct CompletionTests {
  private static let dictionary: MetricDictionary = {
    func metric(_ name: String, _ chinese: String, _ english: String) -> Metric {
      var metric = Metric(name: name, versions: [MetricVersion(number: 1, formula: .number(1))])
      metric.title = LocalText([.chinese: chinese, .english: english])
      return metric
    }
    var dictionary = MetricDictionary(name: "test")
    dictionary.metrics = [metric("rate", "转化率", "conversion rate"), metric("gmv", "成交总额", "GMV")]
    return dictionary
  }()
  private let commands = PromptCommands(dictionary: dictionary, datasets: ["retail", "shop"])
  private var completion: Completion {
    Completion(dictionary: Self.dictionary, values: [("华东", "大区"), ("华北", "大区")], commands: commands,
      readings: { ["转": ["zhuan"], "化": ["hua"], "率": ["lv", "shuai"], "华": ["hua"], "东": ["dong"], "北": ["bei"]][$0] ?? [] })
  }

  @Test(arguments: [
    ("上月华东转", ["上月华东转化率"]), ("上月华", ["上月华东", "上月华北"]), ("show me con", ["show me conversion rate"]),
    ("conversion r", ["conversion rate"]), ("gm", ["GMV"]), ("dgm", []), ("转化率", []), ("", []), ("zzz", []),
    ("zhl", ["转化率"]), ("上月huad", ["上月华东"]), ("hd", ["华东"]), ("zhuanhual", ["转化率"]), ("h", []), ("azhl", []),
  ])
  func `a name is completed wherever it begins`(typed: String, lines: [String]) {
    #expect(completion.completions(of: typed).lines == lines)
  }

  @Test func `titles stand beside names`() {
    #expect(completion.completions(of: "转").notes == ["conversion rate"])
    #expect(completion.completions(of: "华").notes == ["大区", "大区"])
    #expect(completion.completions(of: ":und").notes == [commands.named("undo")!.help[.english]])
  }

  @Test func `a key is answered within 10 ms with 10,000 names`() {
    let syllables = ["zhong", "guo", "hua", "dong", "bei", "jing", "shang", "hai"]
    let han = Array("中国华东北京上海".unicodeScalars)
    let values = (0..<10_000).map { number in
      (value: String(String.UnicodeScalarView((0..<6).map { han[(number >> ($0 * 2)) % han.count] })) + "\(number)", dimension: "d")
    }
    let large = Completion(
      dictionary: Self.dictionary, values: values, commands: commands,
      readings: { scalar in han.firstIndex(of: scalar).map { [syllables[$0]] } ?? [] })
    let clock = ContinuousClock()
    for typed in ["中", "上月中国", "zhong", "zg", "上月各大区的销售额按zhongg", "no such name at all, whatever is typed here"] {
      // The best of three: other tests run beside this one.
      let spent = (0..<3).map { _ in clock.measure { _ = large.completions(of: typed) } }.min()!
      #expect(spent < .milliseconds(10), "\(typed): \(spent)")
    }
  }

  @Test func `times are offered behind names`() {
    let timed = Completion(
      dictionary: Self.dictionary, values: [("上海", "城市")], commands: commands, times: ["上月", "last month"], language: .chinese,
      readings: { ["上": ["shang"], "月": ["yue"], "海": ["hai"]][$0] ?? [] })
    #expect(timed.completions(of: "上").lines == ["上海", "上月"] && timed.completions(of: "上").notes == ["城市", "时间"])
    #expect(timed.completions(of: "转化率 shangy").lines == ["转化率 上月"])
    #expect(timed.completions(of: "GMV las").lines == ["GMV last month"])
  }

  @Test func `all names are offered, however many`() {
    let values = (0..<1000).map { (value: "Name \($0 < 900 ? "a" : "b")\($0)", dimension: "d") }
    let many = Completion(dictionary: Self.dictionary, values: values, commands: commands)
    #expect(many.completions(of: "na").lines.count == 1000)
  }

  @Test func `lists leave out what stands before the name`() {
    #expect(completion.completions(of: "上月华").shownFrom == "上月".utf8.count)
  }

  @Test(arguments: [
    (":he", [":help"]), (":use ", [":use retail", ":use shop"]), (":format md", []), (":format mark", [":format markdown"]),
    (":lang e", [":lang en"]), (":nothing x", []),
  ])
  func `commands and their arguments are completed`(typed: String, lines: [String]) {
    #expect(completion.completions(of: typed).lines == lines)
  }

  @Test func `each command has help in both languages and an example of its own`() {
    for command in commands.all {
      for language in Language.allCases {
        #expect(command.help.texts[language]?.isEmpty == false, "\(command.name) has no help in \(language)")
        #expect(commands.help(in: language).contains(":" + command.name))
      }
      #expect(command.example == ":" + command.name || command.example.hasPrefix(":\(command.name) "))
      #expect((command.arity == .none) == command.argument.isEmpty)
      #expect(command.arity != .required || command.example.contains(" "))
    }
    #expect(Set(commands.all.map(\.name)).count == commands.all.count)
  }
}
