import Phrasebook
import SourceText
import Testing

@Suite struct PhrasebookReaderTests {
  private func read(_ text: String) -> PhrasebookReader {
    var reader = PhrasebookReader()
    reader.read(text, file: "x.grammar", language: "zh")
    return reader
  }

  @Test func wordsRulesExamplesAndWeights() {
    let reader = read(
      """
      # a comment
      words unit
        天 | 日   => day   # behind two spaces
        周        => week
      weights
        phrase 90
      rule last-unit : time cost 5
        上 [个] {u:unit}
        => unit({u}, -1)
        ? 上周 => week(-1)
        ! 上海
      """)
    #expect(reader.diagnostics.isEmpty)
    #expect(reader.rules.entries.map(\.word) == ["天", "日", "周"])
    #expect(reader.rules.entries.map { Term.itemsText($0.meaning) } == ["day", "day", "week"])
    #expect(reader.rules.weights.phrase == 90)
    #expect(reader.rules.rules.map(\.name) == ["last-unit"])
    #expect(reader.rules.rules[0].category == "time")
    #expect(reader.rules.rules[0].cost == 5)
    #expect(reader.rules.examples.map(\.expected) == ["week(-1)", nil])
  }

  /// Each mistake is named with the line it stands in.
  @Test(arguments: [
    ("word x\n  a", "x.grammar:1:1", "unknown-block"),
    ("  a | b", "x.grammar:1:3", "outside-block"),
    ("rule r\n  a {b", "x.grammar:2", "bad-pattern"),
    ("rule r\n  a {b:c}\n  => by {d}", "x.grammar:3:3", "unbound-slot"),
    ("rule r\n  a", "x.grammar:1:1", "rule-without-meaning"),
    ("rule r\n  => by a", "x.grammar:2:3", "meaning-without-wording"),
    ("rule r\n  [a]\n  => by a", "x.grammar:2:3", "empty-pattern"),
    ("rule r\n  a\n  => by (", "x.grammar:3:3", "bad-notation"),
    ("rule r\n  a\n  => by b\n  ? text", "x.grammar:4:3", "example-without-meaning"),
    ("weights\n  phrases 3", "x.grammar:2:3", "unknown-weight"),
    ("rule r : c costly\n  a\n  => b", "x.grammar:1:1", "bad-rule-head"),
  ])
  func mistakesHaveAPlace(_ test: (text: String, place: String, code: String)) {
    let found = read(test.text).diagnostics
    #expect(found.first?.code == test.code)
    #expect(found.first?.place?.description.hasPrefix(test.place) == true, "\(found)")
  }
}
