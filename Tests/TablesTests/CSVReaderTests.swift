import FoundationEssentials
import Tables
import Testing

@Suite struct CSVReaderTests {
  private func rows(_ text: String) throws -> [[String]] {
    let reader = CSVReader(bytes: Array(text.utf8))
    var rows: [[String]] = []
    while try reader.next() { rows.append(reader.fields) }
    return rows
  }

  @Test(arguments: ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2", "\u{FEFF}a,b\n\n1,2\n\n", "\"a\",b\n1,\"2\""])
  func lineEndsMarksAndQuotesAreNoContent(text: String) throws {
    #expect(try rows(text) == [["a", "b"], ["1", "2"]])
  }

  @Test func quotedFieldsHoldAnything() throws {
    #expect(try rows("备注,x\n\"一,\"\"二\"\"\n三\",4\n") == [["备注", "x"], ["一,\"二\"\n三", "4"]])
  }

  @Test func emptyFieldsStay() throws {
    #expect(try rows("a,,\n,b,") == [["a", "", ""], ["", "b", ""]])
  }

  @Test func knowsItsLineEvenBehindFieldsOfManyLines() throws {
    let reader = CSVReader(bytes: Array("h\n\"a\nb\"\n\nc\n".utf8))
    var lines: [Int] = []
    while try reader.next() { lines.append(reader.line) }
    #expect(lines == [1, 2, 5])
  }

  @Test func tellsQuotedNothingFromNothing() throws {
    let reader = CSVReader(bytes: Array("\"\",\n".utf8))
    #expect(try reader.next())
    #expect(reader.isEmpty(0) && reader.isQuoted(0))
    #expect(reader.isEmpty(1) && !reader.isQuoted(1))
  }

  @Test(arguments: [
    ("a\n\"b\nc", CSVFailure.openQuote(line: 2)),
    ("a\n\"b\"c\n", .textBehindQuote(line: 2)),
  ])
  func defectsCarryTheirLine(text: String, failure: CSVFailure) {
    #expect(throws: failure) { try rows(text) }
  }

  @Test func bytesThatAreNoTextAreRefused() {
    let reader = CSVReader(bytes: Array("a\n".utf8) + [0xC4, 0xE3, 0x0A])  // 你 in GBK
    #expect(throws: CSVFailure.notUTF8(line: 2)) { while try reader.next() {} }
  }

  @Test func aMissingFileIsSaid() {
    #expect(throws: CSVFailure.cannotRead(path: "no/such.csv", reason: "No such file or directory")) {
      _ = try CSVReader(path: "no/such.csv")
    }
  }

  @Test func writesWhatItReads() throws {
    var writer = CSVWriter()
    let sample = [["城市", "a,b"], ["\"引号\"", "x\ny"], ["", " 前后 "], ["😀", "end"]]
    for row in sample { writer.row(row) }
    #expect(try rows(writer.text) == sample)
    #expect(writer.text.hasPrefix("城市,\"a,b\"\n\"\"\"引号\"\"\",\"x\ny\"\n,\" 前后 \"\n"))
  }

  @Test func cellsTellNullFromEmptyText() {
    var writer = CSVWriter()
    writer.row([Cell.null, .text(""), .decimal(units: 1230, scale: 2), .integer(-1)])
    #expect(writer.text == ",\"\",12.30,-1\n")
  }

  @Test func cellsAreWrittenAsTheyRead() {
    let cells: [[Cell]] = [
      [.integer(.min), .integer(.max), .integer(0), .integer(-10)], [.decimal(units: -5, scale: 2), .real(1.5), .real(2), .boolean(true)],
      [.text("a,b"), .text("1"), .text(" 前"), .text("\"")],
    ]
    for row in cells {
      var (writer, texts) = (CSVWriter(), CSVWriter())
      writer.row(row)
      texts.row(row.map(\.plainText))
      #expect(writer.text == texts.text)
    }
  }

  @Test func whatIsNoNumberIsNothing() {
    var writer = CSVWriter()
    for cell in [Cell.real(.infinity), .real(.nan), .null, .text("")] { writer.row([cell]) }
    #expect(writer.text == "\"\"\n\"\"\n\"\"\n\"\"\n")
    writer.removeAll()
    writer.row([.real(-.infinity), .integer(1), .null])
    #expect(writer.text == ",1,\n")
  }

  /// Fields, quotes and letters of several bytes fall across the ends of the blocks a file is read in.
  @Test func filesLargerThanABlockReadWhole() throws {
    var writer = CSVWriter()
    let rows = (0..<40_000).map { ["\($0)", "上海\($0 % 7)", $0 % 3 == 0 ? "a \"b\"\n\($0)" : "plain"] }
    for row in rows { writer.row(row) }
    let path = FileManager.default.temporaryDirectory.path + "/csv-reader-tests-\(UInt64.random(in: 0 ... .max)).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(FileManager.default.createFile(atPath: path, contents: Data(writer.bytes)))
    #expect(writer.bytes.count > 600_000)
    let reader = try CSVReader(path: path)
    var index = 0
    while try reader.next() {
      try #require(reader.fields == rows[index], "row \(index)")
      index += 1
    }
    #expect(index == rows.count)
  }
}
