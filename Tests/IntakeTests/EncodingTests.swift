import FoundationEssentials
import Intake
import Testing

/// Texts in every encoding we read, and those that are in two at once.
@Suite struct EncodingTests {
  private let folder = Temporary()
  private let text = "城市,金额\n上海,12.5\n北京，海淀,3\n"
  private let rows = [["上海", "12.5"], ["北京，海淀", "3"]]

  private func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
    let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
    return units.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  /// `城市,金额\n上海,12.5\n北京，海淀,3\n` in GBK.
  private let chinese: [UInt8] = [
    0xB3, 0xC7, 0xCA, 0xD0, 0x2C, 0xBD, 0xF0, 0xB6, 0xEE, 0x0A, 0xC9, 0xCF, 0xBA, 0xA3, 0x2C, 0x31, 0x32, 0x2E, 0x35, 0x0A, 0xB1,
    0xB1, 0xBE, 0xA9, 0xA3, 0xAC, 0xBA, 0xA3, 0xB5, 0xED, 0x2C, 0x33, 0x0A,
  ]

  @Test func utf8WithAndWithoutMark() throws {
    let plain = try read(folder.file("a.csv", text))
    #expect(plain.table.form.encoding == .utf8 && plain.rows == rows && plain.table.columns == ["城市", "金额"])
    let marked = try read(folder.file("b.csv", [0xEF, 0xBB, 0xBF] + Array(text.utf8)))
    #expect(marked.table.form.encoding == .utf8Mark && marked.rows == rows && marked.table.columns == ["城市", "金额"])
  }

  @Test(arguments: [true, false])
  func utf16WithMark(bigEndian: Bool) throws {
    let found = try read(folder.file("a.csv", utf16(text, bigEndian: bigEndian, mark: true)))
    #expect(found.table.form.encoding == (bigEndian ? .utf16BigEndian : .utf16LittleEndian))
    #expect(found.rows == rows && found.table.columns == ["城市", "金额"])
  }

  @Test(arguments: [true, false])
  func utf16WithoutMarkIsKnownByItsZeros(bigEndian: Bool) throws {
    let found = try read(folder.file("a.csv", utf16("id,amount,city\n1,2.5,上海\n2,3.5,北京\n", bigEndian: bigEndian, mark: false)))
    #expect(found.rows == [["1", "2.5", "上海"], ["2", "3.5", "北京"]])
  }

  @Test func chinesePages() throws {
    let found = try read(folder.file("a.csv", chinese))
    #expect(found.table.form.encoding == .gb18030 && found.rows == rows)
  }

  @Test func asciiHasNoEncodingUntilAWideByteComes() throws {
    #expect(try read(folder.file("a.csv", "a,b\n1,2\n")).table.form.encoding == nil)
    // The first wide byte beyond what is looked at first.
    let long = "city,n\n" + String(repeating: "abc,1\n", count: 100_000)
    let late = try read(folder.file("b.csv", Array(long.utf8) + chinese[10...]))
    #expect(late.rows.last == rows.last && late.rows.count == 100_002)
  }

  @Test func westernAccentsStandAlone() throws {
    let found = try read(folder.file("a.csv", Array("name,n\nJos".utf8) + [0xE9] + Array(" Garc".utf8) + [0xED] + Array("a,2\n".utf8)))
    #expect(found.table.form.encoding == .windows1252 && found.rows == [["José García", "2"]])
  }

  @Test func mixedEncodingsAreToldWithTheLine() throws {
    let mixed = folder.file("a.csv", Array(text.utf8) + chinese[10...])
    #expect(throws: IntakeFailure.mixedEncodings(line: 4, encoding: .utf8)) { _ = try read(mixed) }
    // Chinese first, and bytes that are nothing in it behind.
    let other = folder.file("b.csv", chinese + [0x31, 0x2C, 0xFF, 0xFF, 0x0A])
    #expect(throws: IntakeFailure.mixedEncodings(line: 4, encoding: .gb18030)) { _ = try read(other) }
  }

  /// 上海 in UTF-8 is valid in GB18030 too, as other characters.
  @Test func linesValidInBothAreToldApart() throws {
    let inUTF8 = folder.file("a.csv", Array("id,city\n1,上海\n2,".utf8) + [0xB1, 0xB1, 0xBE, 0xA9, 0x0A])
    #expect(throws: IntakeFailure.mixedEncodings(line: 3, encoding: .utf8)) { _ = try read(inUTF8) }
    let inChinese = folder.file("b.csv", chinese + Array("上海,4\n".utf8) + chinese[10...])
    #expect(throws: IntakeFailure.mixedEncodings(line: 4, encoding: .gb18030)) { _ = try read(inChinese) }
  }

  @Test func anEncodingCanBeSaid() throws {
    let found = try read(folder.file("a.csv", chinese), IntakeOptions(encoding: TextEncoding(name: "GBK")))
    #expect(found.rows == rows)
  }
}
