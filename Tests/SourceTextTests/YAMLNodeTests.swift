import SourceText
import TestSupport
import Testing

@Suite struct YAMLNodeTests {
  @Test func keepsOrderAndPlaces() throws {
    let node = try YAMLNode.parse("b: 1\na:\n  - x\n  - {y: z}\n", file: "f.yaml")
    guard case .mapping(let entries) = node.content, case .sequence(let members) = entries[1].value.content else {
      Issue.record("no mapping with a list")
      return
    }
    #expect(entries.map(\.key) == ["b", "a"])
    #expect(entries[1].keyPlace == SourcePlace(file: "f.yaml", line: 2))
    #expect(members.map(\.place.line) == [3, 4] && members.map(\.place.column) == [5, 5])
  }

  @Test func tellsNothingFromTheTextNull() throws {
    let node = try YAMLNode.parse("[null, ~, 'null', \"\", no]", file: "f")
    guard case .sequence(let members) = node.content else { return }
    #expect(members.map(\.isNull) == [true, true, false, false, false])
  }

  @Test func anchorsStandForWhatTheyName() throws {
    let report = DiagnosticCollector()
    let mapping = YAMLMapping(try YAMLNode.parse("a: &x [1, 2]\nb: *x", file: "f"), "a test", report)
    #expect(mapping.texts("b") == ["1", "2"])
  }

  @Test func anEmptyFileIsAnEmptyMapping() throws {
    guard case .mapping(let entries) = try YAMLNode.parse("# nothing\n", file: "f").content else { return }
    #expect(entries.isEmpty)
  }

  @Test(arguments: [
    ("a:\n⟦\t⟧b: 1", "tab-indent"),
    ("a: 1\n⟦a⟧: 2", "duplicate-key"),
    ("x:\n  a: 1\n  b: 2\n  ⟦a⟧: 3\ny:\n  a: 4", "duplicate-key"),
    ("a: [1, 2\n⟦⟧", "bad-yaml"),
    ("a: ⟦*⟧nowhere", "bad-yaml"),
    ("a: 1\n⟦---⟧\nb: 2", "bad-yaml"),
  ])
  func placesDefects(sample: String, code: String) throws {
    let marked = MarkedText(sample)
    let mark = marked.marks[0]
    let defect = #expect(throws: Diagnostic.self) { try YAMLNode.parse(marked.text, file: "f") }
    #expect(defect?.code == code)
    #expect(defect?.place == SourcePlace(file: "f", line: mark.line, column: mark.column))
  }

  /// The mark is placed through the value's text, whatever YAML did to it.
  @Test(arguments: [
    "a: plain ⟦mark⟧ here", "a: 'it''s ⟦mark⟧ here'", "a: \"say \\\"x\\\" ⟦mark⟧\"", "a: |\n  one\n  two ⟦mark⟧\n",
    "a: >\n  one\n  two ⟦mark⟧\n  three\n", "a: one\n   two\n   ⟦mark⟧ three", "a: \"中文 \\u4e2d ⟦mark⟧\"",
    "a: 'one\n  two ⟦mark⟧'", "a: ⟦mark⟧", "b: 1\r\nc: 2\r\na: >\r\n  one\r\n  ⟦mark⟧", "a: x = '' or ⟦mark⟧",
  ])
  func placesOffsetsInsideScalars(sample: String) throws {
    let marked = MarkedText(sample)
    let mapping = YAMLMapping(try YAMLNode.parse(marked.text, file: "f"), "a test", DiagnosticCollector())
    let node = try #require(mapping.value("a"))
    let text = try #require(mapping.text("a"))
    let offset = text.unicodeScalars.distance(
      from: text.startIndex, to: try #require(text.range(of: "mark")).lowerBound)
    let mark = marked.marks[0]
    #expect(node.place(atOffset: offset) == SourcePlace(file: "f", line: mark.line, column: mark.column))
  }
}

extension String {
  fileprivate func range(of part: String) -> Range<String.Index>? { ranges(of: part).first }
}
