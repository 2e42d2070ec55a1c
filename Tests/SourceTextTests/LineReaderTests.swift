import SourceText
import Testing

@Suite struct LineReaderTests {
  private func lines(_ text: String) -> [SourceLine] { LineReader.lines(text, file: "f") }

  @Test func commentsStandAtTheStartOrBehindTwoSpaces() {
    let text = "# head\nwords x  # note\n  # alone\n  a # b | c#d  # e\n"
    #expect(lines(text).map(\.text) == ["words x", "a # b | c#d"])
  }

  @Test func blocksStandAtTheMargin() {
    let found = lines("rule a\n  x\n\n  y\nrule b\n")
    #expect(found.map(\.atMargin) == [true, false, false, true])
    #expect(found.map(\.place.line) == [1, 2, 4, 5])
    #expect(found.map(\.place.column) == [1, 3, 3, 1])
    #expect(found.map(\.afterBlank) == [true, false, true, false])
  }

  @Test func theArrowHasTwoSides() throws {
    let sides = try #require(LineReader.sides("前3个城市  => by city | top 3"))
    #expect(sides.left == "前3个城市" && sides.right == "by city | top 3")
    #expect(LineReader.sides("by city >= 3") == nil)
  }

  @Test func linesOfOtherSystemsReadAlike() {
    #expect(lines("a\r\n  b\r\n").map(\.text) == ["a", "b"])
  }
}
