import Glibc
import TestSupport
import Testing

/// Files that are odd or broken: what is loaded of them, what is said, and what is left behind.
@Suite struct OddFilesTests {
  private let folder: String

  init() {
    folder = Program.scratch("odd-\(UInt64.random(in: 0 ... .max))")
  }

  private func file(_ name: String, _ bytes: [UInt8]) -> String {
    Program.write(bytes, to: folder + "/" + name)
    return folder + "/" + name
  }

  private func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }

  private func load(_ arguments: String..., input: String = "") -> ProgramRun {
    ProgramRun.wenshu(["load", "--dataset", folder + "/shop", "--lang", "en"] + arguments, input: Array(input.utf8))
  }

  private func rows(_ table: String) -> String {
    ProgramRun.run("/usr/bin/sqlite3", [folder + "/shop/warehouse.sqlite", "SELECT * FROM \(table)"]).output
  }

  private func read(_ name: String) -> String { ProgramRun.run("/bin/cat", [folder + "/shop/" + name]).output }

  // MARK: Guesses

  @Test func oneBadAmountAmongFewCostsItsRowAndNotTheColumn() {
    let run = load(file("orders.csv", "no,day,amount\n1,2024-01-05,10.5\n2,2024-01-06,20\n3,2024-01-07,ten\n4,2024-01-08,40.25\n5,2024-01-09,50\n"))
    #expect(run.errors.contains("amount decimal(2)") && run.errors.contains("amount: 1 of 5 values looked at are not: ten"), "\(run.errors)")
    #expect(run.output.contains("5 rows read, 4 loaded, 1 set aside"), "\(run.output)")
    #expect(rows("orders") == "1|2024-01-05|1050\n2|2024-01-06|2000\n4|2024-01-08|4025\n5|2024-01-09|5000\n")
  }

  @Test(arguments: ["38,39,XL,40,41", "1,2,3,4,B"])
  func aWordAmongFewWholeNumbersIsASizeAndIsSaid(_ sizes: String) {
    let lines = sizes.split(separator: ",").map { "x,\($0)\n" }.joined()
    let run = load(file("goods.csv", "name,size\n" + lines))
    #expect(run.errors.contains("size text") && run.errors.contains("4 values are numbers"), "\(run.errors)")
    #expect(run.output.contains("5 rows read, 5 loaded"), "\(run.output)")
  }

  @Test func aRowOfTotalsSaysNothingOfTheTypes() {
    let run = load(file("sales.csv", "日期,城市,金额\n2024-01-05,上海,5\n2024-01-06,北京,6\n合计,,11\n"))
    #expect(run.errors.contains("日期 date") && rows("sales") == "2024-01-05|上海|5\n2024-01-06|北京|6\n", "\(run.errors)\(run.output)")
  }

  // MARK: Bytes

  @Test func signsThatYAMLHasNoPlaceForDoNotBreakTheDictionary() {
    let run = load(file("odd.csv", "id,ci\u{0}ty,no\u{1}te\n1,Lyon,a\u{1B}b\u{7F}c\n2,Nice,\u{2028}d\n"))
    #expect(run.status == 0 && run.output.contains("2 rows read, 2 loaded"), "\(run.output)\(run.errors)")
    #expect(rows("odd").contains("Lyon|a\u{1B}b\u{7F}c"), "\(rows("odd"))")
    let drafted = ProgramRun.wenshu("draft", folder + "/odd.csv", "--out", folder + "/drafted")
    #expect(drafted.status == 0, "\(drafted.errors)")
    #expect(ProgramRun.wenshu("metrics", "--dataset", folder + "/drafted").status == 0)
  }

  /// 訂單,城市 and 臺北: read as Latin letters they would be loaded as others.
  @Test func anEncodingThatIsNotKnownIsNotGuessed() {
    let big5: [UInt8] = [0xAD, 0x71, 0xB3, 0xE6, 0x2C, 0xAB, 0xB0, 0xA5, 0xAB, 0x0A, 0x31, 0x2C, 0xBB, 0x4F, 0xA5, 0x5F, 0x0A]
    let path = file("taipei.csv", big5)
    let run = load(path)
    #expect(run.status == 1 && run.errors.contains("an encoding that is not known"), "\(run.errors)\(run.output)")
    #expect(access(folder + "/shop", F_OK) != 0)
    let told = load(path, "--encoding", "big5")
    #expect(told.status == 0 && rows("taipei") == "1|臺北\n", "\(told.errors)\(told.output)")
  }

  @Test(arguments: [
    ("Orl\u{E9}ans", "Orléans"), ("Stra\u{DF}e 5 \u{80}", "Straße 5 €"), ("S\u{E3}o Jo\u{E3}o, a\u{E7}\u{E3}o", "São João, ação"),
  ])
  func latinLettersAreStillRead(_ bytes: String, _ text: String) {
    let run = load(file("city.csv", Array("id,city\n1,\"".utf8) + bytes.unicodeScalars.map { UInt8($0.value) } + Array("\"\n".utf8)))
    #expect(run.status == 0 && run.output.contains("windows-1252") && rows("city") == "1|\(text)\n", "\(run.errors)\(run.output)")
  }

  @Test func aLastLineWithoutAnEndIsSaid() {
    #expect(load(file("a.csv", "id,city\n1,Lyon\n2,Ni")).output.contains("no line end at the end"))
    #expect(!load(file("a.csv", "id,city\n1,Lyon\n2,Nice\n")).output.contains("no line end"))
  }

  @Test func rowsOfDifferentLengthsAreToldApart() {
    let run = load(file("ragged.csv", "id,city,amount\n1,Lyon,5\n2,Nice\n3,Paris,5,6\n4,Lyon,6\n5,x\n"))
    #expect(run.output.contains("set aside 2 × 2 fields instead of 3, first on line 3"), "\(run.output)")
    #expect(run.output.contains("set aside 1 × 4 fields instead of 3, first on line 4"), "\(run.output)")
  }

  // MARK: Folders

  @Test func foldersInFoldersAreLoadedAndCirclesAreNot() {
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/in/2024", folder + "/in/2025", folder + "/in/other"])
    Program.write("id,city\n1,Lyon\n", to: folder + "/in/2024/orders.csv")
    Program.write("id,city\n2,Nice\n", to: folder + "/in/2025/orders.csv")
    Program.write("name: other\n", to: folder + "/in/other/dataset.yaml")
    Program.write("id,city\n3,Rome\n", to: folder + "/in/other/orders.csv")
    symlink(folder + "/in", folder + "/in/2024/up")
    let run = load(folder + "/in")
    #expect(run.status == 0 && run.errors.contains("other: left out, a dataset"), "\(run.errors)")
    #expect(rows("orders ORDER BY id") == "1|Lyon\n2|Nice\n")
  }

  @Test func aNewTableIsAddedToADatasetThatHasOthers() {
    _ = load(file("orders.csv", "id,city\n1,Lyon\n"))
    let path = file("buyers.csv", "id,name\n7,x\n")
    let refused = load(path)
    #expect(refused.status == 1 && refused.errors.contains("--new adds one"), "\(refused.errors)")
    let run = load(path, "--new")
    #expect(run.status == 0 && rows("buyers") == "7|x\n" && rows("orders") == "1|Lyon\n", "\(run.errors)\(run.output)")
    #expect(run.errors.contains("added to \(folder)/shop/tables.yaml"), "\(run.errors)")
    #expect(read("tables.yaml").contains("\n  orders:") && read("tables.yaml").contains("\n  buyers:"))
    // A load that fails leaves no table without rows behind, which nobody could ask around.
    let before = read("tables.yaml")
    let mixed = Array("id,name\n".utf8) + (0..<200_000).flatMap { Array("\($0),上海\n".utf8) } + [0x31, 0x2C, 0xB1, 0xB1, 0x0A]
    let failed = load(file("visits.csv", mixed), "--new")
    #expect(failed.status == 1 && failed.errors.contains("again as it was") && read("tables.yaml") == before, "\(failed.errors)")
    // What cannot stand there is not written.
    let text = "tables: {orders: {columns: {id: integer, city: text}}}\n"
    Program.write(text, to: folder + "/shop/tables.yaml")
    let odd = load(file("cities.csv", "id,name\n7,x\n"), "--new")
    #expect(odd.status == 1 && odd.errors.contains("write them by hand") && read("tables.yaml") == text, "\(odd.errors)")
  }

  // MARK: Full disks

  @Test func whatCannotBeWrittenIsSaid() {
    let run = ProgramRun.run("/bin/sh", ["-c", "exec '\(Program.path)' metrics --dataset retail > /dev/full"])
    #expect(run.status == 4 && run.errors.contains("No space left on device"), "\(run.status) \(run.errors)")
    // Nobody reading is no failure.
    let closed = ProgramRun.run("/bin/sh", ["-c", "'\(Program.path)' metrics --dataset retail | true; echo done"])
    #expect(closed.output == "done\n" && closed.errors.isEmpty, "\(closed.errors)")
  }

  @Test func standardInputThatDoesNotFitIsAFullDisk() {
    let command = "ulimit -f 8; yes 1,x | head -200000 | TMPDIR='\(folder)' '\(Program.path)' load - --table orders --dataset '\(folder)/shop'"
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder])
    let run = ProgramRun.run("/bin/sh", ["-c", "trap '' XFSZ; " + command])
    #expect(run.status == 4 && run.errors.contains("disk-full") && run.errors.contains("TMPDIR"), "\(run.status) \(run.errors)")
    #expect(access(folder + "/shop/warehouse.sqlite", F_OK) != 0)
  }

  // MARK: Words

  @Test(arguments: [
    ("id,name\n1,\"x\n2,y\n", ":2：引号一直没有合上"), ("id,name\n1,x\n2", ":3：最后一行没有换行，只有 1 个字段，应有 2 个"), ("", "没有数据"),
    ("SQLite format 3\0", "是 SQLite 数据库"), ("%PDF-1.7", "是 PDF 文件"), ((1...2_001).map { "c\($0)" }.joined(separator: ",") + "\n", "有 2001 列"),
  ])
  func failuresAreToldInChineseToo(_ text: String, _ said: String) {
    let run = load(file("坏.csv", text), "--lang", "zh")
    #expect(run.status == 1 && run.errors.contains("坏.csv") && run.errors.contains(said), "\(run.errors)")
  }

  @Test func tooManyRowsToBeSetAsideAreToldInChineseToo() {
    let lines = (1...3_000).map { "\($0),\($0 < 1_500 ? "5" : "五个")\n" }.joined()
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/shop"])
    Program.write("tables:\n  orders:\n    columns: {id: integer, n: integer}\n", to: folder + "/shop/tables.yaml")
    let run = load(file("orders.csv", "id,n\n" + lines), "--lang", "zh")
    #expect(run.status == 1 && run.errors.contains("orders.csv:1501：读") && run.errors.contains("n “五个” 不是整数"), "\(run.errors)")
    #expect(run.errors.contains("没有载入任何数据") && access(folder + "/shop/warehouse.sqlite", F_OK) != 0)
    let other = load(file("orders.csv", "a,b\n1,2\n"), "--lang", "zh")
    #expect(other.status == 1 && other.errors.contains("没有一列属于表 orders（id、n）"), "\(other.errors)")
  }

  @Test func aNameThatStandsTwiceInTheHeaderIsAskedToo() {
    let path = file("orders.csv", "no,city,city,amount\n" + (1...60).map { "O\($0),\(["Lyon", "Nice"][$0 % 2]),\(["east", "west", "north"][$0 % 3]),\($0).50\n" }.joined())
    let run = ProgramRun.wenshu("--data", path, "--format", "csv", "amount by city")
    #expect(run.status == 0 && run.output.contains("Lyon,") && run.output.contains("Nice,"), "\(run.output)\(run.errors)")
  }

  // MARK: Nothing lost, nothing counted wrongly

  @Test func aFileNoneOfWhoseRowsFitsLeavesWhatWasThere() {
    _ = load(file("orders.csv", "id,amount\n1,5\n2,6\n"))
    let run = load(file("orders.csv", "id,amount\n1,x\n2,y\n"))
    #expect(run.status == 1 && run.errors.contains("2 of 2 rows would be set aside") && rows("orders") == "1|5\n2|6\n", "\(run.errors)\(run.output)")
    #expect(load(folder + "/orders.csv", "--most-rejects", "100").status == 0 && rows("orders").isEmpty)
    // A day without sales is a file without rows, or with its total alone.
    #expect(load(file("orders.csv", "id,amount\nTotal,\n")).status == 0)
  }

  @Test func aDecimalCommaIsNoSeparator() {
    let lines = (1...40).map { "\($0 % 28 + 1).\($0 % 3 + 8).2026;\(["Nord", "Süd"][$0 % 2]);\($0 * 37),50\n" }.joined()
    let run = load(file("umsatz.csv", "Datum;Region;Umsatz\n" + lines), "--dates", "d/m/y")
    #expect(run.output.contains("40 rows read, 40 loaded (UTF-8, semicolons)"), "\(run.output)\(run.errors)")
    #expect(rows("umsatz LIMIT 1") == "2026-09-02|Süd|3750\n", "\(rows("umsatz LIMIT 1"))")
  }

  /// 12.5 in a column of 万元 are 125,000 yuan.
  @Test(arguments: [("金额(万元)", "3125000"), ("金额（亿元）", "31250000000"), ("金额(元)", "312"), ("amount (thousand EUR)", "312500")])
  func whatAHeaderIsInIsCounted(_ header: String, _ sum: String) {
    let path = file("sales.csv", "单号,日期,\(header)\n" + (1...25).map { "D\($0),2026-10-\($0 < 10 ? "0" : "")\($0),12.5\n" }.joined())
    let drafted = folder + "/drafted"
    let run = ProgramRun.wenshu("draft", path, "--out", drafted)
    #expect(run.status == 0, "\(run.errors)")
    let asked = ProgramRun.wenshu("query", "--dataset", drafted, "--format", "csv", "measure order_total")
    #expect(asked.output.contains(sum), "\(asked.output)\(asked.errors)")
  }

  @Test func aBareLetterInAHeaderMayBeALength() {
    let path = file("parts.csv", "单号,length (m),宽(米)\n" + (1...25).map { "D\($0),1\($0).5,2\($0).5\n" }.joined())
    #expect(ProgramRun.wenshu("draft", path, "--out", folder + "/parts").status == 0)
    #expect(!ProgramRun.run("/bin/cat", [folder + "/parts/tables.yaml"]).output.contains("unit:"))
  }

  @Test func aRowOfTotalsIsNotAskedToo() {
    let path = file("sales.csv", "日期,地区,销售额\n" + (1...60).map { "2026-10-\($0 % 28 + 1 < 10 ? "0" : "")\($0 % 28 + 1),\(["华东", "华北"][$0 % 2]),2.5\n" }.joined() + "合计,,150\n")
    let run = ProgramRun.wenshu("--data", path, "--today", "2026-11-10", "--format", "csv", "上月销售额")
    #expect(run.status == 0 && run.output.contains("150") && !run.output.contains("300"), "\(run.output)\(run.errors)")
  }
}
