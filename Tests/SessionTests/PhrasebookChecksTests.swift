import Phrasebook
import Session
import Testing

@Suite struct PhrasebookChecksTests {
  private func findings(_ text: String, language: String = "shared") -> [String] {
    var reader = PhrasebookReader()
    reader.read(text, file: "x.grammar", language: language)
    #expect(reader.diagnostics.isEmpty)
    return PhrasebookChecks(reader.rules).findings().map { "\($0.place.map(\.line) ?? 0) \($0.code)" }
  }

  @Test func nothingToSay() {
    #expect(
      findings(
        """
        words unit
          day
        rule last : time
          last {u:unit}
          => unit({u}, -1)
          ? last day => day(-1)
        """) == [])
  }

  @Test func aSlotThatNothingFills() {
    #expect(
      findings(
        """
        words unit
          day
        rule last : time
          last {u:unitt}
          => unit({u}, -1)
          ? last day => day(-1)
        """) == ["4 dead-rule", "2 dead-words"])
  }

  @Test func aWordingTwice() {
    #expect(
      findings(
        """
        rule a : time
          lately
          => day(-1)
          ? lately => day(-1)
        rule b : time
          lately
          => day(-1)
          ? lately => day(-1)
        rule c : moment
          lately
          => day(-1)
          ? lately => day(-1)
        """) == ["6 wording-twice"])
  }

  @Test func aRuleWithoutAnExample() {
    #expect(
      findings(
        """
        rule a : time alone
          lately
          => day(-1)
          ! late
        """, language: "en") == ["2 rule-without-example"])
  }

  @Test func aRuleInOneLanguage() {
    let text = """
      rule a : time
        lately
        => day(-1)
        ? lately => day(-1)
      """
    #expect(findings(text, language: "en") == ["2 rule-in-one-language"])
    #expect(findings(text.replacing(": time", with: ": time alone"), language: "en") == [])
    #expect(findings(text, language: "shared") == [])
  }
}
