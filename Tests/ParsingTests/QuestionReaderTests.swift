import CivilTime
import Metrics
import Parsing
import Phrasebook
import Questions
import SourceText
import Testing

/// The engine on a grammar of its own, small enough to be read beside the tests; it has no language of ours in it.
@Suite struct QuestionReaderTests {
  private static let grammar = """
    words filler
      the | please
    words joiner
      and
    rule metrics : metrics
      {a:metric}
      => {a}
      {a:metrics} {j:joiner} {b:metric}
      => {a}, {b}
    rule measure
      {m:metrics}
      => measure {m}
    rule where
      {v:value}
      => where {v}
    rule except
      not {v:value}
      => where not({v})
    rule by
      by {d:dimension}
      => by {d}
    rule top
      top {n:number} {d:dimension}
      => by {d} | rank top {n} of {d}
    """

  private static let reader: QuestionReader = {
    var phrasebook = PhrasebookReader()
    phrasebook.read(grammar, file: "test.grammar", language: "en")
    precondition(phrasebook.diagnostics.isEmpty, "\(phrasebook.diagnostics)")
    var sales = Metric(name: "sales", versions: [MetricVersion(number: 1, formula: .number(1))])
    sales.title = LocalText([.english: "sales", .chinese: "销售额"])
    var margin = Metric(name: "margin", versions: [MetricVersion(number: 1, formula: .number(1))])
    margin.title = LocalText([.english: "sales margin"])
    var place = Dimension(name: "place", source: .column(ColumnPath("t.place")))
    place.suffixes = ["市"]
    let maker = Dimension(name: "maker", source: .column(ColumnPath("t.maker")))
    let dictionary = MetricDictionary(name: "test", dimensions: [place, maker], metrics: [sales, margin])
    let vocabulary = Vocabulary(
      rules: phrasebook.rules, dictionary: dictionary,
      values: ["place": ["上海市", "Paris", "In-Store"], "maker": ["Paris", "Acme Bikes", "ANDRE", "ANDRES"]])
    return QuestionReader(grammar: CompiledGrammar(phrasebook.rules, vocabulary), dictionary: dictionary)
  }()

  private func read(_ text: String) -> Reading {
    Self.reader.read(text, context: TimeContext(today: Day(2026, 11, 1)!))
  }

  @Test(arguments: [
    ("sales", "measure sales"), ("SALES", "measure sales"), ("ｓａｌｅｓ", "measure sales"), ("销售额", "measure sales"),
    ("please the sales", "measure sales"), ("sales margin", "measure margin"), ("sales and sales margin", "measure sales, margin"),
    ("sales 上海", "measure sales | where place = 上海市"), ("sales 上海市", "measure sales | where place = 上海市"),
    ("sales in-store", "measure sales | where place = In-Store"), ("sales in store", "measure sales | where place = In-Store"),
    ("sales acme bike", "measure sales | where maker = \"Acme Bikes\""),
    ("sales andre", "measure sales | where maker = ANDRE"), ("sales andres", "measure sales | where maker = ANDRES"),
    ("sales not 上海", "measure sales | where place != 上海市"), ("top 3 places sales", "measure sales | by place | top 3"),
    ("by maker, sales", "measure sales | by maker"), ("sa\u{200B}les", "measure sales"), ("  sales \u{7}", "measure sales"),
  ])
  func understands(_ test: (text: String, notation: String)) {
    #expect(read(test.text).question?.description == test.notation, "\(read(test.text).outcome)")
  }

  /// What no list has is named with its span in what was typed, in code points; nothing is dropped.
  @Test(arguments: [
    ("sales tomorrow", ["tomorrow"], [6]), ("销售额大幅", ["大幅"], [3]), ("the vague sales of now", ["vague", "of now"], [4, 16]),
    ("wholesales", ["wholesales"], [0]), ("sales 7", ["7"], [6]),
  ])
  func namesUnknownWords(_ test: (text: String, words: [String], starts: [Int])) {
    guard case .failure(.unknownWords(let words)) = read(test.text).outcome else {
      Issue.record("\(read(test.text).outcome)")
      return
    }
    #expect(words.map(\.text) == test.words)
    #expect(words.map(\.span.start) == test.starts)
  }

  /// A value of two dimensions is a choice, in the order of the dictionary.
  @Test func twoReadingsAreAChoice() {
    guard case .failure(.ambiguous(let choices)) = read("sales Paris").outcome else {
      Issue.record("\(read("sales Paris").outcome)")
      return
    }
    #expect(choices.map(\.question.description) == ["measure sales | where place = Paris", "measure sales | where maker = Paris"])
  }

  @Test func emptyAndEndlessTexts() {
    #expect(throws: Problem.emptyQuestion) { try read(" ？！ \u{200F}").outcome.get() }
    #expect(throws: Problem.tooLong(count: 9000, limit: QuestionReader.longestQuestion)) {
      try read(String(repeating: "x", count: 9000)).outcome.get()
    }
  }

  /// The same text is read the same way, to the last word of the explanation.
  @Test func readingRepeats() {
    let (first, second) = (read("top 3 places sales not 上海"), read("top 3 places sales not 上海"))
    #expect(first.tree == second.tree)
    #expect(first.words == second.words)
    #expect(first.details.rivals == second.details.rivals)
  }
}
