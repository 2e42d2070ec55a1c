import SourceText
import TestSupport
import Testing

@Suite struct YAMLReadingTests {
  private enum Colour: String, CaseIterable { case red, green }

  private func defects(_ text: String, _ read: (YAMLMapping) -> Void) throws -> [String] {
    let report = DiagnosticCollector()
    let mapping = YAMLMapping(try YAMLNode.parse(text, file: "f"), "a thing", report)
    read(mapping)
    mapping.finish()
    return report.diagnostics.map(\.description)
  }

  @Test func readsWhatIsAsked() throws {
    let text = "n: 3\nt: true\nw: one\nc: green\nl: [a, b]\nz: {zh: 甲, en: x}\ns: {en: [p, q]}\nnothing:\n"
    let found = try defects(text) { node in
      #expect(node.integer("n") == 3)
      #expect(node.boolean("t") == true)
      #expect(node.texts("w") == ["one"])
      #expect(node.choice("c", of: Colour.self) == .green)
      #expect(node.texts("l") == ["a", "b"])
      #expect(node.localText("z", .english) == LocalText([.chinese: "甲", .english: "x"]))
      #expect(node.localWords("s", .chinese) == LocalWords([.english: ["p", "q"]]))
      #expect(node.text("nothing") == nil)
      #expect(node.text("missing") == nil)
    }
    #expect(found == [])
  }

  @Test func saysFoundAndExpected() throws {
    let found = try defects("n: x\nt: 是\nc: gren\nl: {a: b}\nm: [1]\ntitel: y") { node in
      _ = node.integer("n")
      _ = node.boolean("t")
      _ = node.choice("c", of: Colour.self)
      _ = node.texts("l")
      _ = node.entries("m")
      _ = node.text("title")
    }
    #expect(
      found == [
        "f:1:4: error[wrong-type]: \"x\"; expected a whole number",
        "f:2:4: error[wrong-type]: \"是\"; expected true or false",
        "f:3:4: error[unknown-choice]: \"gren\"; expected red, green; did you mean green?",
        "f:4:4: error[wrong-type]: a mapping; expected a list of texts",
        "f:5:4: error[wrong-type]: a list; expected a mapping",
        "f:6:1: error[unknown-key]: \"titel\"; expected a key of a thing; did you mean title?",
      ])
  }
}
