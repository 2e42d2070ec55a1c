import CivilTime
import Metrics
import Parsing
import Phrasebook
import Questions
import SourceText
import Testing

/// Misspelt names on a grammar and a table of the test's own: what is read, what is asked, what must never be touched.
@Suite struct SpellingTests {
  private static let grammar = """
    weights
      misspelt 300
    words filler
      the | please | 的 | 到
    words particle
      的
    words joiner
      and | 和
    words opener
      in | by
    rule measure
      {m:metric}
      => measure {m}
    rule where
      {v:value}
      => where {v}
      in {v:value}
      => where {v}
    rule by
      by {d:dimension}
      => by {d}
      各 {d:dimension}
      => by {d}
    rule bare cost 90
      {d:dimension}
      => loose-by {d}
    """

  private static let tables = """
    sounds
      xiao 销消
      dong 东动
      hua 花华化画
      dian 店电
      hu 湖
      shan 山陕
      dao 道到
      yi 一衣
    shapes
      额颜
    known
      county prophet 陕西
    """

  static func metric(_ name: String, _ titles: [String], synonyms: [String] = []) -> Metric {
    var metric = Metric(name: name, versions: [MetricVersion(number: 1, formula: .number(1))])
    metric.title = LocalText([.chinese: titles[0], .english: titles.count > 1 ? titles[1] : titles[0]])
    metric.synonyms = LocalWords([.english: synonyms])
    return metric
  }

  static func reader(defaults: WordDefaults = WordDefaults()) -> QuestionReader {
    var phrasebook = PhrasebookReader()
    phrasebook.read(grammar, file: "test.grammar", language: "en")
    precondition(phrasebook.diagnostics.isEmpty, "\(phrasebook.diagnostics)")
    var place = Dimension(name: "place", source: .column(ColumnPath("t.place")))
    place.title = LocalText([.chinese: "省份", .english: "province"])
    place.suffixes = ["省", "区"]
    var channel = Dimension(name: "channel", source: .column(ColumnPath("t.channel")))
    channel.title = LocalText([.chinese: "渠道", .english: "channel"])
    var country = Dimension(name: "country", source: .column(ColumnPath("t.country")))
    country.title = LocalText([.chinese: "国家", .english: "country"])
    var dictionary = MetricDictionary(
      name: "test", dimensions: [place, channel, country],
      metrics: [
        metric("net_sales", ["销售额", "net sales"]), metric("rate", ["转化率", "conversion rate"]), metric("profit", ["毛利润", "gross profit"]),
        metric("margin", ["利润率", "profit margin"]), metric("orders", ["订单数", "orders"]),
      ])
    dictionary.defaults = defaults
    let values = [
      "place": ["华东区", "山西省", "湖南省", "Shanghai", "Paris"], "channel": ["Paris", "Store 24", "线下店"], "country": ["Germany", "Austria"],
    ]
    let vocabulary = Vocabulary(rules: phrasebook.rules, dictionary: dictionary, values: values)
    return QuestionReader(
      grammar: CompiledGrammar(phrasebook.rules, vocabulary), dictionary: dictionary,
      spelling: Spelling {
        var read = SpellingTables()
        read.read(tables, file: "test.spelling")
        return read
      })
  }

  private static let shared = reader()
  private func read(_ text: String, preferences: Preferences = Preferences()) -> Reading {
    Self.shared.read(text, context: TimeContext(today: Day(2026, 11, 1)!), preferences: preferences)
  }

  /// Each is read as a name, and said so.
  @Test(arguments: [
    ("消售额", "measure net_sales", "销售额"), ("销售颜", "measure net_sales", "销售额"), ("转画率", "measure rate", "转化率"),
    ("华动区销售额", "measure net_sales | where place = 华东区", "华东区"), ("销 售 额", "measure net_sales", "销售额"),
    ("订单的数", "measure orders", "订单数"), ("转率化", "measure rate", "转化率"), ("各渠到销售额", "measure net_sales | by channel", "渠道"),
    ("conversoin rate", "measure rate", "conversion rate"), ("conversionrate", "measure rate", "conversion rate"),
    ("net-sales", "measure net_sales", "net sales"), ("Converison Rate", "measure rate", "conversion rate"),
    ("ordres in Shanghia", "measure orders | where place = Shanghai", "orders"), ("orders by chanel", "measure orders | by channel", "channel"),
    ("orders in Germny", "measure orders | where country = Germany", "Germany"),
  ])
  func readsAndSays(_ test: (text: String, notation: String, name: String)) {
    let reading = read(test.text)
    #expect(reading.question?.description == test.notation, "\(reading.outcome)")
    #expect(reading.corrections.first?.nearest == [test.name])
    #expect(reading.notices.contains { if case .readAs(_, test.name) = $0 { true } else { false } })
    // Who wants no guess gets none, but is offered it.
    #expect(reading.strict.question == nil)
    #expect(reading.strict.offers.map(\.question) == [reading.question])
  }

  /// Words of their own, numbers, short words, and words whose first letter differs are never read as a name.
  @Test(arguments: [
    "orders by county", "orders 陕西省", "prophet margin", "orders in store 25", "orders in Store 2A", "odrs", "conversion rtae", "orders in Shnghi", "borders",
    "销售二", "orders in Bermany", "orderssing",  "转化衣", "转折率", "orders wherever",
  ])
  func neverReads(_ text: String) {
    let reading = read(text)
    #expect(reading.question == nil, "\(text) was read as \(reading.question?.description ?? "")")
    guard case .failure(.unknownWords(let words)) = reading.outcome else {
      Issue.record("«\(text)» \(reading.outcome)")
      return
    }
    #expect(!words.isEmpty)
  }

  /// What stands as typed is never put right: a name is never traded for one beside it.
  @Test(arguments: [("orders in Austria", "measure orders | where country = Austria"), ("湖南省订单数", "measure orders | where place = 湖南省")])
  func leavesWhatStands(_ test: (text: String, notation: String)) {
    #expect(read(test.text).question?.description == test.notation)
    #expect(read(test.text).corrections.isEmpty)
  }

  /// A part of several names is a question with several readings; a choice is kept, and so is a default.
  @Test func partsOfNamesAreAChoice() throws {
    let reading = read("利润")
    guard case .failure(.ambiguous(let choices)) = reading.outcome else {
      Issue.record("\(reading.outcome)")
      return
    }
    #expect(Set(choices.map(\.question.description)) == ["measure profit", "measure margin"])
    var preferences = Preferences()
    preferences.senses = Array(reading.senses[choices[1].question] ?? [])
    #expect(preferences.senses.count == 1)
    let again = read("利润", preferences: preferences)
    #expect(again.question == choices[1].question)
    #expect(again.notices.contains { if case .chosen("利润", _, .conversation) = $0 { true } else { false } })
  }

  /// A value of two dimensions is asked about, unless the dataset says which is meant.
  @Test func defaultsDecide() throws {
    guard case .failure(.ambiguous(let choices)) = read("orders in Paris").outcome else {
      Issue.record("\(read("orders in Paris").outcome)")
      return
    }
    #expect(choices.count == 2)
    var byWord = WordDefaults()
    byWord.entries = [WordDefaults.Entry(word: "PARIS", target: "channel")]
    var byDimension = WordDefaults()
    byDimension.dimensionsOfValues = ["channel", "place"]
    for defaults in [byWord, byDimension] {
      let reading = Self.reader(defaults: defaults).read("orders in Paris", context: TimeContext(today: Day(2026, 11, 1)!))
      #expect(reading.question?.description == "measure orders | where channel = Paris", "\(reading.outcome)")
      #expect(reading.notices.contains { if case .chosen(_, "channel", .dataset) = $0 { true } else { false } })
    }
  }

  /// A value that the data does not have is told from a word that nobody knows.
  @Test(arguments: [
    ("台湾省订单数", "台湾", "place", []), ("orders 渠道 火星", "火星", "channel", []), ("orders in Shanghai and Tokyo", "Tokyo", "place", []),
    ("华东区和华西区订单数", "华西", "place", ["华东区", "山西省"]), ("orders in Mars province", "Mars", "place", []), ("orders in Mars", "Mars", nil, []),
    ("手机号订单数", "手机号", nil, []),
  ])
  func tellsMissingValues(_ test: (text: String, word: String, dimension: String?, nearest: [String])) {
    guard case .failure(.unknownWords(let words)) = read(test.text).outcome else {
      Issue.record("\(test.text): \(read(test.text).outcome)")
      return
    }
    #expect(words.map(\.text) == [test.word])
    #expect(words[0].dimension == test.dimension)
    if !test.nearest.isEmpty { #expect(words[0].nearest == test.nearest) }
  }

  /// What would be answered without the word is offered, never answered.
  @Test func offersTheRest() {
    let reading = read("orders by channel in Mars")
    #expect(reading.question == nil)
    #expect(reading.offers.map(\.question.description) == ["measure orders | by channel"])
    #expect(read("手机号").offers.isEmpty)
  }
}
