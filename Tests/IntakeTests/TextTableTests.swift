import Intake
import Testing

/// Separators, headers, and rows that are not as they should be.
@Suite struct TextTableTests {
  private let folder = Temporary()

  @Test(arguments: [
    ("a,b,c\n1,2,3\n", ","), ("a\tb\tc\n1\t2,5\t3\n", "\t"), ("a;b;c\n1,5;2,5;3,5\n", ";"), ("a|b|c\n1|2|3\n", "|"),
    ("a;b;c\n\"x,y\";\"1,2\";3\n\"u,v\";\"1,2\";3\n", ";"),
  ])
  func separatorsAreFound(text: String, separator: Character) throws {
    let found = try read(folder.file("a.txt", text))
    #expect(found.table.form.kind == .delimited(separator: separator) && found.table.columns == ["a", "b", "c"])
  }

  @Test func oneColumnNeedsNone() throws {
    #expect(try read(folder.file("a.csv", "name\nx\ny\n")).rows == [["x"], ["y"]])
  }

  @Test(arguments: [
    // One comma in every row of a file with semicolons, the header's too.
    ("Preis, EUR;Menge\n1,50;3\n2,75;4\n", ";", 2), ("name, first;city\nDupont, Jean;Lyon\nMartin, Anne;Nice\n", ";", 2),
    ("a;b;c\n1,5;x;2\n2,5;y;3\n", ";", 3), ("city;amount\nLyon, France;3\nNice, France;4\n", ";", 2),
    // And the other way round.
    ("id,note; remark\n1,a; b\n2,c; d\n", ",", 2), ("id,note\n1,a;b\n2,c;d\n", ",", 2), ("a,b\n1,5\n2,6\n", ",", 2), ("a, b\nx, y\nz, w\n", ",", 2),
    ("zeit|wert\n10:05|1,5\n10:06|2,5\n", "|", 2),
  ])
  func whatTheFieldsAreDecides(text: String, separator: Character, columns: Int) throws {
    let found = try read(folder.file("a.txt", text))
    #expect(found.table.form.kind == .delimited(separator: separator) && found.table.columns.count == columns, "\(text)")
  }

  @Test func excelTellsItsSeparator() throws {
    let found = try read(folder.file("a.csv", "sep=;\na;b\n1;2\n"))
    #expect(found.table.columns == ["a", "b"] && found.rows == [["1", "2"]])
  }

  @Test(arguments: [
    ("id,name\n1,x\n2,y\n", true), ("1,x\n2,y\n", false), ("name,city\nx,y\nz,u\n", true), ("x,y\nz,y\nx,w\n", false),
    ("product,2023,2024\nx,1,2\n", true), ("2024-01-05,x\n2024-01-06,y\n", false), ("city\nx\n", true),
  ])
  func headersAreTold(text: String, expected: Bool) throws {
    let found = try read(folder.file("a.csv", text))
    #expect(found.table.form.hasHeader == expected)
    #expect(expected || found.table.columns[0] == "column_1")
  }

  @Test func namesOfColumnsAreThereOnce() throws {
    let found = try read(folder.file("a.csv", " amount ,amount,,城市\u{3000}名\n1,2,3,x\n"))
    #expect(found.table.columns == ["amount", "amount_2", "column_3", "城市 名"])
  }

  @Test func titlesAboveTheHeaderAreNoData() throws {
    let found = try read(folder.file("a.csv", "销售报表,,\n,,\n日期,城市,金额\n2024-01-01,上海,3\n2024-01-02,北京,4\n"))
    #expect(found.table.columns == ["日期", "城市", "金额"] && found.rows.count == 2 && found.table.form.preamble == 2)
  }

  @Test func rowsSayWhatIsWrongWithThem() throws {
    let table = try InputFile(path: folder.file("a.csv", "id,name\n1,x\n2\n3,y,z\nid,name\n4,\"q\"r\n5,a\0b\n6,ok\n")).tables()[0]
    let rows = try table.rows()
    var defects: [Int: RowDefect] = [:]
    while try rows.next() { defects[rows.line] = rows.defect }
    #expect(
      defects == [
        3: .fieldCount(1, expected: 2), 4: .fieldCount(3, expected: 2), 5: .headerAgain, 6: .textBehindQuote, 7: .nul,
      ])
  }

  @Test func aFileThatWasCutOffIsRefused() throws {
    #expect(throws: IntakeFailure.cutOff(line: 3, fields: 1, expected: 2)) { _ = try read(folder.file("a.csv", "id,name\n1,x\n2")) }
    #expect(throws: IntakeFailure.openQuote(line: 3)) { _ = try read(folder.file("b.csv", "id,name\n1,x\n2,\"abc")) }
  }

  @Test func whatIsNoTextIsNamed() throws {
    #expect(throws: IntakeFailure.folder) { _ = try InputFile(path: folder.folder) }
    #expect(throws: IntakeFailure.empty) { _ = try read(folder.file("a.csv", "")) }
    #expect(throws: IntakeFailure.kind(.sqlite)) { _ = try read(folder.file("b.csv", "SQLite format 3\0 and more")) }
    #expect(throws: IntakeFailure.cannotRead(reason: "No such file or directory")) { _ = try InputFile(path: folder.folder + "/none") }
    #expect(throws: IntakeFailure.kind(.binary)) { _ = try read(folder.file("c.csv", [UInt8](repeating: 0, count: 500) + [1, 2, 3])) }
    // Random bytes; a text with a bell in it is one all the same.
    var state: UInt64 = 7
    let noise = (0..<3000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    #expect(throws: IntakeFailure.kind(.binary)) { _ = try read(folder.file("d.csv", noise)) }
    #expect(try read(folder.file("e.csv", "id,name\n1,x\u{7}\n")).rows.count == 1)
  }

  @Test func columnsBeyondMeasureAreRefused() throws {
    let header = (1...10_000).map { "c\($0)" }.joined(separator: ",")
    #expect(throws: IntakeFailure.tooManyColumns(10_000)) { _ = try read(folder.file("a.csv", header + "\n")) }
  }

  // MARK: JSON

  @Test func objectsOneALine() throws {
    let found = try read(
      folder.file(
        "a.jsonl",
        #"{"id": 1, "buyer": {"city": "上海", "vip": true}, "tags": ["a", "b"]}"# + "\n\n"
          + #"{"id": 2.5, "note": "一\"二\n\u4e09\ud83d\ude00", "buyer": {"city": null}}"# + "\n"))
    #expect(found.table.columns == ["id", "buyer.city", "buyer.vip", "tags", "note"])
    #expect(found.rows == [["1", "上海", "true", #"["a", "b"]"#, ""], ["2.5", "", "", "", "一\"二\n三😀"]])
  }

  @Test(arguments: [
    "[{\"a\": 1}, {\"a\": 2}]", "[\n{\"a\": 1},\n{\"a\": 2}\n]\n", "[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]",
    "{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n",
  ])
  func arraysAndObjectsOverSeveralLines(text: String) throws {
    #expect(try read(folder.file("a.json", text)).rows == [["1"], ["2"]])
  }

  @Test func badObjectsAreTold() throws {
    let text = "{\"a\": 1}\n{\"a\": \n{\"a\": 3}\n{\"a\": 1 \"b\": 2}\nnonsense\n{\"a\": 5}\n"
    let rows = try InputFile(path: folder.file("a.jsonl", text)).tables()[0].rows()
    var lines: [Int] = []
    while try rows.next() { if case .notJSON? = rows.defect { lines.append(rows.line) } }
    #expect(lines == [2, 4, 5])
  }
}
