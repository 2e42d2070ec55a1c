import Terminal
import Testing

@testable import Shell

@Suite struct JSONReaderTests {
  @Test(arguments: [
    #"{"id":1,"question":"上月GMV"}"#, #"[1,-0.5,1e3,true,false,null,"a\"b\\"]"#, #"{}"#, #"[]"#, #""""#,
    #"{"id":12345678901234567890}"#,
  ])
  func `what it reads prints as it was`(text: String) throws {
    #expect(try JSONReader.value(text).compact == text)
  }

  @Test func `escapes become characters`() throws {
    #expect(try JSONReader.value(#""\u4e0a\ud83d\ude00\n\/""#) == .string("上😀\n/"))
    #expect(try JSONReader.value(#""\ud83d""#) == .string("\u{FFFD}"))
  }

  @Test(arguments: [
    ("", 0, "a JSON value"), ("{", 1, "a key in quotes"), (#"{"a" 1}"#, 5, "a colon"), ("[1,]", 3, "a JSON value"),
    (#""a"#, 2, "a closing quote"), ("1 2", 2, "the end of the line"), ("nul", 0, "a JSON value"),
    ("\"\u{1}\"", 1, "a control character as an escape"), (#""\x""#, 2, "an escape"), ("+1", 0, "a JSON value"),
    (#""\u12""#, 3, "four hexadecimal digits"),
  ])
  func `a mistake is placed`(text: String, offset: Int, expected: String) {
    #expect(throws: JSONReader.Failure(offset: offset, expected: expected)) { try JSONReader.value(text) }
  }

  @Test func `depth is bounded`() {
    #expect(throws: JSONReader.Failure.self) { try JSONReader.value(String(repeating: "[", count: 100_000)) }
  }

  @Test func `of a key twice the last counts, and null is none`() throws {
    let value = try JSONReader.value(#"{"a":"x","a":"y","b":null}"#)
    #expect(value["a"]?.string == "y")
    #expect(value["b"] == nil)
  }
}
