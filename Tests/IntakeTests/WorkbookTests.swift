import Testing

@testable import Intake

/// Excel workbooks, made here by hand.
@Suite struct WorkbookTests {
  private let folder = Temporary()

  /// A row of texts.
  private func row(_ number: Int, _ texts: String...) -> String {
    "<row r=\"\(number)\">" + texts.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
  }

  @Test func cellsOfEveryKind() throws {
    let rows =
      row(1, "日期", "金额", "城市", "会员", "备注", "时长")
      + """
      <row r="2"><c r="A2" s="1"><v>45296</v></c><c r="B2" s="3"><v>19.989999999999998</v></c><c r="C2" t="s"><v>0</v></c>\
      <c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#DIV/0!</v></c><c r="F2" s="4"><v>1.5</v></c></row>
      <row r="4"><c r="A4" s="2"><v>45296.354166666664</v></c><c r="C4" t="s"><v>1</v></c><c r="D4" t="b"><v>0</v></c>\
      <c r="E4" t="str"><f>A1&amp;"x"</f><v>a&amp;b</v></c></row>
      """
    let book = WorkbookWriter.workbook([("订单", rows)], shared: ["<t>上海</t>", "<r><t>北</t></r><r><t>京</t></r><rPh><t>bei</t></rPh>"])
    let found = try read(folder.file("a.xlsx", book))
    #expect(found.table.name == "订单" && found.table.form.kind == .sheet(name: "订单"))
    #expect(found.table.columns == ["日期", "金额", "城市", "会员", "备注", "时长"])
    #expect(
      found.rows == [
        ["2024-01-05", "19.99", "上海", "true", "#DIV/0!", "1.5"], ["2024-01-05 08:30:00", "", "北京", "false", "a&b", ""],
      ])
  }

  @Test func everySheetWithRowsIsATable() throws {
    let book = WorkbookWriter.workbook([
      ("orders", row(1, "id", "city") + row(2, "1", "x")), ("empty", ""), ("Sheet3", row(1, "a", "b") + row(2, "2", "y")),
    ])
    let tables = try InputFile(path: folder.file("shop.xlsx", book)).tables()
    #expect(tables.map(\.name) == ["orders", "shop_Sheet3"])
    let one = WorkbookWriter.workbook([("Sheet1", row(1, "id", "city") + row(2, "1", "x"))])
    #expect(try InputFile(path: folder.file("shop2.xlsx", one)).tables().map(\.name) == ["shop2"])
  }

  @Test func linesAreRowsOfTheSheet() throws {
    let rows = row(3, "id", "city") + row(7, "1", "x") + "<row r=\"9\"><c r=\"D9\"><v>1</v></c></row>"
    let table = try InputFile(path: folder.file("a.xlsx", WorkbookWriter.workbook([("s", rows)]))).tables()[0]
    let reader = try table.rows()
    #expect(try reader.next() && reader.line == 7 && reader.defect == nil)
    #expect(try reader.next() && reader.line == 9 && reader.defect == .fieldCount(4, expected: 2))
    #expect(try !reader.next())
  }

  @Test func titlesAboveAndBlankRowsAreNoData() throws {
    let rows = row(1, "销售报表") + row(3, "日期", "城市", "金额") + row(4, "1", "x", "2") + row(5, "2", "y", "3")
    let found = try read(folder.file("a.xlsx", WorkbookWriter.workbook([("s", rows)])))
    #expect(found.table.columns == ["日期", "城市", "金额"] && found.rows.count == 2)
  }

  @Test func mergedCellsHoldForAllTheirRows() throws {
    let rows = row(1, "大区", "城市") + row(2, "华东", "上海") + row(3, "", "杭州") + row(4, "", "南京") + row(5, "", "无")
    let found = try read(folder.file("a.xlsx", WorkbookWriter.workbook([("s", rows + "||<mergeCells><mergeCell ref=\"A2:A4\"/></mergeCells>")])))
    #expect(found.rows == [["华东", "上海"], ["华东", "杭州"], ["华东", "南京"], ["", "无"]])
  }

  @Test func daysFrom1904() throws {
    let rows = row(1, "d", "x") + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>43834</v></c><c><v>1</v></c></row>"
    #expect(try read(folder.file("a.xlsx", WorkbookWriter.workbook([("s", rows)], is1904: true))).rows == [["2024-01-05", "1"]])
  }

  @Test func manyRowsAreReadInPieces() throws {
    let shared = (0..<100).map { "<t>name \($0)</t>" }
    let rows = row(1, "n", "name", "note") + (2...30_000).map {
      "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c><c r=\"B\($0)\" t=\"s\"><v>\($0 % 100)</v></c>"
        + "<c r=\"C\($0)\" t=\"inlineStr\"><is><r><t>note </t></r><r><t>\($0)</t></r></is></c></row>"
    }.joined()
    let found = try read(folder.file("a.xlsx", WorkbookWriter.workbook([("s", rows)], shared: shared)))
    #expect(found.rows.count == 29_999)
    for (index, row) in found.rows.enumerated() {
      try #require(row == ["\(index + 2)", "name \((index + 2) % 100)", "note \(index + 2)"])
    }
  }

  // MARK: Bad ones

  private func failure(_ bytes: [UInt8]) -> IntakeFailure? {
    do throws(IntakeFailure) {
      let rows = try InputFile(path: folder.file("bad.xlsx", bytes)).tables()[0].rows()
      while try rows.next() {}
      return nil
    } catch { return error }
  }

  @Test func bombsAreRefused() {
    var zip = WorkbookWriter()
    zip.add("xl/workbook.xml", [UInt8](repeating: 32, count: 300 << 20))
    guard case .workbook(.bomb(part: "xl/workbook.xml", _, _))? = failure(zip.archive) else { Issue.record("no bomb found"); return }
    // One that says it is small.
    var liar = WorkbookWriter()
    liar.add("xl/workbook.xml", [UInt8](repeating: 32, count: 300 << 20), lie: -(299 << 20))
    guard case .workbook(.damaged(part: "xl/workbook.xml", _))? = failure(liar.archive) else { Issue.record("no lie found"); return }
  }

  @Test func entitiesAreRefused() {
    var zip = WorkbookWriter()
    zip.add("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><workbook>&a;</workbook>")
    #expect(failure(zip.archive) == .workbook(.damaged(part: "xl/workbook.xml", reason: "a document type, line 1")))
  }

  @Test func cutOffAndBrokenFilesAreTold() {
    let whole = WorkbookWriter.workbook([("s", row(1, "id", "city") + (2...500).map { row($0, "\($0)", "x") }.joined())])
    #expect(failure(whole) == nil)
    for count in [40, whole.count / 3, whole.count / 2, whole.count - 30] {
      guard case .workbook(.damaged)? = failure(Array(whole[..<count])) else { Issue.record("cut at \(count) not told"); continue }
    }
    var zip = WorkbookWriter()
    zip.add("readme.txt", "no workbook")
    #expect(failure(zip.archive) == .kind(.zip))
    // A byte turned over somewhere in the middle is a bad part, a bad checksum, or a value that differs; never a crash.
    for place in stride(from: 0, to: whole.count, by: 7) {
      var broken = whole
      broken[place] ^= 0x55
      _ = failure(broken)
    }
  }

  @Test(arguments: [
    ("yyyy/m/d", true), ("h:mm AM/PM", true), ("[$-804]yyyy\"年\"m\"月\"", true), ("[Red]#,##0", false), ("\"day\"0", false), ("0.00E+00", false),
    ("[h]:mm", false), ("#,##0\\d", false), ("General", false), ("d-mmm-yy;@", true), ("0;[Red]d", false),
  ])
  func dateFormats(code: String, isDate: Bool) { #expect(DateStyles.isDate(code) == isDate, "\(code)") }
}
