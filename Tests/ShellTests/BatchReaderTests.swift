import Answers
import CivilTime
import Testing

@testable import Shell

@Suite struct BatchReaderTests {
  private func entries(_ bytes: [UInt8], _ name: String, kind: BatchKind? = nil) throws -> [BatchEntry] {
    let path = Program.scratch("batch-reader-" + name) + "/" + name
    Program.write(bytes, to: path)
    var reader = try BatchReader(path: path, kind: kind)
    var entries: [BatchEntry] = []
    while let entry = reader.next() { entries.append(entry) }
    return entries
  }

  private func items(_ text: String, _ name: String, kind: BatchKind? = nil) throws -> [BatchItem] {
    try entries(Array(text.utf8), name, kind: kind).compactMap { if case .item(let item) = $0 { item } else { nil } }
  }

  @Test func `text is one question a line`() throws {
    let items = try items("\u{FEFF}上月GMV\r\n\n# a comment\n  gmv # 1 by city \n", "q.txt")
    #expect(items == [
      BatchItem(id: .number(1), turns: ["上月GMV"]), BatchItem(id: .number(4), turns: ["gmv # 1 by city"]),
    ])
  }

  @Test func `a line of a questions file that is none is a defect, in its place`() throws {
    let text = "上月GMV\n?上月销售额\ntoday 2026-13-01\n? 上月订单数\n=> measure orders\nrow\n"
    let read = try entries(Array(text.utf8), "odd.questions").map { entry in
      switch entry {
      case .item(let item): item.turns[0]
      case .defect(let defect): "\(defect.diagnostic.code) \(defect.diagnostic.place?.line ?? 0)"
      }
    }
    #expect(read == ["bad-questions-line 1", "上月销售额", "bad-questions-line 3", "上月订单数", "bad-questions-line 6"])
  }

  @Test func `an object holds a question, turns or notation`() throws {
    let items = try items(
      #"""
      {"id":"a","question":"上月GMV","today":"2016-11-07T16:12:00","user":"chen","more":1}
      {"id":7,"turns":["gmv","and by city?"],"today":null}
      {"query":"list metrics"}
      """#, "q.jsonl")
    #expect(items == [
      BatchItem(id: .text("a"), turns: ["上月GMV"], today: Day(2016, 11, 7), user: "chen"),
      BatchItem(id: .number(7), turns: ["gmv", "and by city?"]),
      BatchItem(id: .number(3), turns: [], notation: "list metrics"),
    ])
  }

  @Test func `turns lead up to the question beside them`() throws {
    let items = try items(
      #"""
      {"turns":["gmv","by city"],"question":"and by month?"}
      {"turns":["gmv","by city"],"question":"by city"}
      """#, "turns.jsonl")
    #expect(items.map(\.turns) == [["gmv", "by city", "and by month?"], ["gmv", "by city"]])
  }

  @Test func `the first line tells what standard input is`() throws {
    #expect(try items(#"{"id":1,"question":"gmv"}"#, "q").first?.turns == ["gmv"])
  }

  @Test func `questions files give their questions, follow-ups in the same conversation`() throws {
    let items = try items(
      """
      # comment
      today 2026-11-01
      user chen
      ? 上月GMV  # why
      ? gmv last month
      => measure gmv | during month(-1)
      sql SELECT 1
        FROM orders
      then 那华北呢
      """, "q.questions")
    #expect(items.map(\.turns) == [["上月GMV"], ["gmv last month"], ["那华北呢"]])
    #expect(items.map(\.follows) == [false, false, true])
    #expect(items.allSatisfy { $0.today == Day(2026, 11, 1) && $0.user == "chen" })
  }

  @Test func `a line that cannot be read says where, and the others go on`() throws {
    let text = Array("{\"id\":1,\"question\":\"gmv\"}\n{\"id\":2,}\n{\"id\":3}\n[1]\n".utf8) + [0x22, 0xFF, 0x0A]
      + Array("{\"id\":4,\"question\":\"gmv\",\"today\":\"never\"}\n{\"id\":5,\"question\":\"gmv\"}".utf8)
    let entries = try entries(text, "bad.jsonl")
    #expect(entries.count == 7)
    let defects = entries.compactMap { if case .defect(let defect) = $0 { defect.diagnostic } else { nil } }
    #expect(defects.map(\.code) == ["bad-json", "no-question", "bad-json", "not-utf8", "bad-day"])
    #expect(defects.map { $0.place?.line } == [2, 3, 4, 5, 6])
    #expect(defects[0].place?.column == 9)
    #expect(defects[3].found == "byte 2 is not UTF-8")
  }

  @Test func `a file that is not there stops with its name`() {
    #expect(throws: Stop.self) { _ = try BatchReader(path: "/no/such/file.txt") }
  }
}
