import Glibc
import TestSupport
import Testing

/// Loading, from the command line to the answer.
@Suite struct LoadTests {
  private let folder: String

  init() {
    folder = Program.scratch("load-\(UInt64.random(in: 0 ... .max))")
  }

  private func file(_ name: String, _ text: String) -> String {
    Program.write(text, to: folder + "/" + name)
    return folder + "/" + name
  }

  private func load(_ arguments: String..., input: String = "") -> ProgramRun {
    ProgramRun.wenshu(["load", "--dataset", folder + "/shop", "--lang", "en"] + arguments, input: Array(input.utf8))
  }

  private func rows(_ table: String) -> String {
    ProgramRun.run("/usr/bin/sqlite3", [folder + "/shop/warehouse.sqlite", "SELECT * FROM \(table)"]).output
  }

  private func tables(_ text: String) {
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/shop"])
    Program.write("name: shop\nlanguage: en\nwarehouse: {file: warehouse.sqlite}\n", to: folder + "/shop/dataset.yaml")
    Program.write(text, to: folder + "/shop/tables.yaml")
  }

  private let orders = "order id,date,city,amount\n1,5/1/24,Lyon,\"€1,200.50\"\n2,31/1/24,Nice,(3)\n"

  /// Each kind of line that is no row: the program once went down at a NUL.
  @Test(arguments: [("2026-10-02,\u{0}6", "a byte 0 in a text"), ("2026-10-02", "1"), ("2026-10-02,6,7", "3"), ("2026-10-02,\"6\"7", "quote")])
  func aLineThatIsNoRowIsSetAside(_ line: String, _ said: String) {
    let run = load(file("days.csv", "day,amount\n2026-10-01,5\n\(line)\n2026-10-03,7\n2026-10-04,8\n"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("4 rows read, 3 loaded, 1 set aside"), "\(run.output)")
    let rejects = ProgramRun.wenshu(["rejects", "--dataset", folder + "/shop", "--lang", "en"])
    #expect(rejects.output.contains(said) && rejects.output.contains("3"), "\(rejects.output)")
    #expect(rows("days").split(separator: "\n").count == 3)
  }

  @Test func aFileAloneBecomesADataset() {
    let run = load(file("orders.csv", orders))
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.hasSuffix(
        """
        orders.csv → orders: 2 rows read, 2 loaded (UTF-8, commas)
          date: date rewritten 2, year of two digits 2
          amount: money sign 1, thousands separators 1, brackets as minus 1

        """), "\(run.output)")
    #expect(rows("orders") == "1|2024-01-05|Lyon|120050\n2|2024-01-31|Nice|-300\n")
    let written = ProgramRun.run("/bin/cat", [folder + "/shop/tables.yaml"]).output
    #expect(written.contains("order_id: {type: integer, column: 'order id', title: 'order id'}"), "\(written)")
    #expect(written.contains("date: {type: date, format: 'd/m/y'}") && written.contains("amount: {type: decimal(2)}"), "\(written)")
  }

  @Test func theSameFileTwiceChangesNothing() {
    let path = file("orders.csv", orders)
    _ = load(path)
    let again = load(path)
    #expect(again.output.hasSuffix("orders.csv → orders: loaded before, nothing changed\n") && again.status == 0)
    _ = load(path, "--append")
    #expect(rows("orders").split(separator: "\n").count == 2)
    // Another content makes the old rows way; appended, it adds to them.
    _ = load(file("orders.csv", orders + "3,1/2/24,Lyon,5\n"))
    #expect(rows("orders").split(separator: "\n").count == 3)
    _ = load(file("orders.csv", "order id,date,city,amount\n4,2/2/24,Nice,6\n"), "--append")
    #expect(rows("orders").split(separator: "\n").count == 4)
    let loads = ProgramRun.wenshu("loads", "--dataset", folder + "/shop", "--format", "json")
    #expect(loads.lines.count == 3 && loads.lines[0].contains("\"mode\":\"append\",\"unchanged\":false,\"read\":1,\"loaded\":1"), "\(loads.output)")
  }

  @Test func upsertBringsUpToDateByKey() {
    tables("tables:\n  orders:\n    key: id\n    columns: {id: integer, city: text, amount: decimal(2)}\n")
    _ = load(file("orders.csv", "id,city,amount\n1,Lyon,1\n2,Nice,2\n"))
    let run = load(file("orders.csv", "id,amount\n2,2.5\n3,4\n"), "--upsert")
    #expect(run.output.contains("2 rows read, 1 loaded, 1 brought up to date"), "\(run.output)\(run.errors)")
    #expect(rows("orders") == "1|Lyon|100\n2|Nice|250\n3||400\n")
  }

  @Test func rowsThatBreakRulesAreSetAsideAndMended() {
    tables(
      """
      tables:
        orders:
          key: id
          columns:
            id: integer
            day: {type: date, required: true}
            channel: {type: text, allowed: [web, app]}
            amount: {type: decimal(2), range: [0, 1000]}
            code: {type: text, pattern: 'SO-[0-9]+'}
      """)
    let text = """
      id,day,channel,amount,code
      1,2024-01-05,web,10,SO-1
      2,,web,10,SO-2
      3,2024-01-05,shop,10,SO-3
      4,2024-01-05,web,2000,SO-4
      5,2024-01-05,web,10,X5
      1,2024-01-06,app,11,SO-6
      7,2024-01-05,web,ten,SO-7
      8,2024-01-05
      id,day,channel,amount,code
      ,2024-01-05,web,10,SO-9
      10,2024-01-07,app,12,

      """
    let run = load(file("orders.csv", text))
    #expect(run.status == 0 && run.output.contains("11 rows read, 2 loaded, 9 set aside"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("set aside 1 × amount “2000” is outside 0–1000, first on line 5"), "\(run.output)")
    #expect(rows("orders") == "1|2024-01-05|web|1000|SO-1\n10|2024-01-07|app|1200|\n")
    let rejects = ProgramRun.wenshu("rejects", "--dataset", folder + "/shop", "--format", "csv", "--lang", "en")
    let reasons = rejects.lines.dropFirst().map { $0.split(separator: ",", maxSplits: 3)[2] }
    #expect(reasons == ["3", "4", "5", "6", "7", "8", "9", "10", "11"], "\(rejects.output)")
    #expect(rejects.output.contains("id “1” is there already,1,2024-01-06,app,11,SO-6"), "\(rejects.output)")
    // Three of them are mended.
    var lines = rejects.lines
    guard lines.count == 10 else { return }
    lines[1] = lines[1].replacing("2,,web", with: "2,2024-01-05,web")
    lines[3] = lines[3].replacing("2000", with: "200")
    lines[6] = lines[6].replacing("ten", with: "10")
    let mended = load(file("mended.csv", lines.joined(separator: "\n") + "\n"), "--table", "orders")
    #expect(mended.output.contains("9 rows read, 3 loaded, 6 set aside"), "\(mended.output)\(mended.errors)")
    #expect(rows("orders").split(separator: "\n").count == 5)
    let left = ProgramRun.wenshu("rejects", "--dataset", folder + "/shop", "--format", "json")
    #expect(left.lines.count == 6, "\(left.output)")
  }

  @Test func foldersStandardInputAndSeveralFilesOfOneTable() {
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/exports"])
    Program.write("id,city\n1,Lyon\n", to: folder + "/exports/orders_2024.csv")
    Program.write("id,city\n2,Nice\n", to: folder + "/exports/orders_2025.csv")
    Program.write("{\"id\": 1, \"name\": \"x\"}\n", to: folder + "/exports/buyers.jsonl")
    Program.write("nothing", to: folder + "/exports/readme.md")
    let run = load(folder + "/exports")
    #expect(run.status == 0 && run.errors.contains("readme.md: left out"), "\(run.errors)")
    #expect(rows("orders") == "1|Lyon\n2|Nice\n" && rows("buyers") == "1|x\n")
    let piped = load("-", "--table", "orders", "--append", input: "id,city\n3,Paris\n")
    #expect(piped.status == 0 && rows("orders") == "1|Lyon\n2|Nice\n3|Paris\n", "\(piped.errors)")
  }

  @Test func datesThatCanBeTwoDaysAreAskedAbout() {
    let path = file("orders.csv", "id,day\n1,5/1/24\n2,6/2/24\n")
    let run = load(path)
    #expect(run.status == 1 && run.errors.contains("say --dates d/m/y or --dates m/d/y"), "\(run.errors)")
    #expect(load(path, "--dates", "d/m/y").status == 0)
    #expect(rows("orders") == "1|2024-01-05\n2|2024-02-06\n")
  }

  @Test func whatIsLoadedCanBeAsked() {
    tables("tables:\n  sales:\n    time: day\n    columns: {day: date, city: text, amount: decimal(2)}\n")
    Program.write("dimensions:\n  city: {column: sales.city}\n", to: folder + "/shop/dimensions.yaml")
    Program.write("metrics:\n  revenue: {formula: sum(sales.amount), unit: EUR}\n", to: folder + "/shop/metrics.yaml")
    _ = load(file("sales.csv", "day,city,amount\n2026-10-05,Lyon,12.50\n2026-10-06,Nice,1\n"))
    let ask = ["--dataset", folder + "/shop", "--today", "2026-11-01", "--format", "csv", "revenue by city in October 2026"]
    #expect(ProgramRun.wenshu(ask).output == "city,revenue\nLyon,12.50\nNice,1.00\n")
    _ = load(file("more.csv", "day,city,amount\n2026-10-07,Lyon,0.50\n"), "--append", "--table", "sales")
    #expect(ProgramRun.wenshu(ask).output == "city,revenue\nLyon,13.00\nNice,1.00\n")
  }

  @Test func aTypeThatChangedAfterTheLoadIsRefused() {
    tables("tables:\n  sales:\n    columns: {city: text, amount: decimal(2)}\n")
    Program.write("metrics:\n  revenue: {formula: sum(sales.amount)}\n", to: folder + "/shop/metrics.yaml")
    _ = load(file("sales.csv", "city,amount\nLyon,12.50\n"))
    tables("tables:\n  sales:\n    columns: {city: text, amount: decimal(3)}\n")
    let ask = ProgramRun.wenshu("--dataset", folder + "/shop", "revenue")
    #expect(ask.status == 1 && ask.errors.contains("amount, a decimal(3), was loaded as decimal(2)"), "\(ask.output)\(ask.errors)")
    let more = load(file("more.csv", "city,amount\nNice,1\n"), "--append", "--table", "sales")
    #expect(more.status == 1 && more.errors.contains("load all files of sales again"), "\(more.errors)")
    #expect(load(file("sales.csv", "city,amount\nLyon,12.505\n")).status == 0 && rows("sales") == "Lyon|12505\n")
  }

  @Test func rowsOfTotalsAreSetAside() {
    tables("tables:\n  sales:\n    columns: {city: text, day: date, amount: decimal(2)}\n")
    let run = load(file("sales.csv", "city,day,amount\nLyon,2024-01-05,1\n合 计：,,1\nTotal,,1\nTotal,2024-01-06,2\n"))
    #expect(run.output.contains("4 rows read, 2 loaded, 2 set aside") && run.output.contains("a row of totals: “合 计：”"), "\(run.output)")
  }

  @Test func aFileNewerThanWhatWasLoadedIsTold() {
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/shop/data"])
    Program.write("name: shop\ntables:\n  sales:\n    columns: {city: text}\nmetrics:\n  orders: {formula: count(sales)}\n", to: folder + "/shop/dataset.yaml")
    Program.write("city\nLyon\n", to: folder + "/shop/data/sales.csv")
    _ = load(folder + "/shop/data/sales.csv")
    let ask = ["--dataset", folder + "/shop", "--format", "csv", "orders"]
    #expect(!ProgramRun.wenshu(ask).errors.contains("changed since"))
    usleep(20_000)
    Program.write("city\nLyon\nNice\n", to: folder + "/shop/data/sales.csv")
    let run = ProgramRun.wenshu(ask)
    #expect(run.output == "orders\n1\n" && run.errors.contains("changed since warehouse.sqlite was loaded"), "\(run.output)\(run.errors)")
  }

  // MARK: Bad input

  @Test(arguments: [
    ("id,name\n1,x\n2", "the file was cut off"), ("id,name\n1,\"x\n2,y\n", "a quote that is never closed"), ("", "no rows"),
    ((1...10_000).map { "c\($0)" }.joined(separator: ",") + "\n", "10000 columns"), ("SQLite format 3\0", "a SQLite database"),
  ])
  func filesThatCannotBeReadAreTold(text: String, said: String) {
    let run = load(file("bad.csv", text))
    #expect(run.status == 1 && run.errors.contains(said) && run.errors.contains("bad.csv:"), "\(run.errors)")
    #expect(access(folder + "/shop/warehouse.sqlite", F_OK) != 0)
  }

  @Test func aSecondEncodingEndsTheLoadAndLeavesWhatWasThere() {
    let path = file("orders.csv", "id,city\n1,上海\n")
    _ = load(path)
    Program.write(Array("id,city\n1,上海\n2,".utf8) + [0xB1, 0xB1, 0xBE, 0xA9, 0x0A], to: path)
    let run = load(path)
    #expect(run.status == 1 && run.errors.contains("orders.csv:3:") && run.errors.contains("not UTF-8"), "\(run.errors)")
    #expect(rows("orders") == "1|上海\n")
  }

  @Test func aColumnThatChangesItsTypeLateEndsTheLoad() {
    tables("tables:\n  orders:\n    columns: {id: integer, n: integer}\n")
    let good = (1...30_000).map { "\($0),5\n" }.joined()
    let bad = (30_001...60_000).map { "\($0),five\n" }.joined()
    let run = load(file("orders.csv", "id,n\n" + good + bad))
    #expect(run.status == 1 && run.errors.contains("orders.csv:30002:") && run.errors.contains("rows would be set aside"), "\(run.errors)")
    #expect(access(folder + "/shop/warehouse.sqlite", F_OK) != 0)
    let allowed = load(file("orders.csv", "id,n\n" + good + bad), "--most-rejects", "60")
    #expect(allowed.status == 0 && allowed.output.contains("30,000 loaded, 30,000 set aside"), "\(allowed.output)\(allowed.errors)")
  }

  @Test func aFullDiskLeavesWhatWasThere() {
    let path = file("orders.csv", "id,city\n1,x\n")
    _ = load(path)
    Program.write("id,city\n" + (1...200_000).map { "\($0),city of some length \($0)\n" }.joined(), to: path)
    let command = "ulimit -f 2000; exec '\(Program.path)' load --dataset '\(folder)/shop' '\(path)'"
    let run = ProgramRun.run("/bin/sh", ["-c", command])
    #expect(run.status == 4 && run.errors.contains("nothing was loaded"), "\(run.status) \(run.errors)")
    #expect(rows("orders") == "1|x\n")
  }

  @Test func aDatabaseOfSomebodyElseIsNeverWritten() {
    tables("tables:\n  orders:\n    columns: {id: integer}\n")
    _ = ProgramRun.run("/usr/bin/sqlite3", [folder + "/shop/warehouse.sqlite", "CREATE TABLE orders (id INTEGER)"])
    let run = load(file("orders.csv", "id\n1\n"))
    #expect(run.status == 1 && run.errors.contains("not made by wenshu load"), "\(run.errors)")
  }

  @Test func formulasComeBackAsTheyWere() {
    let path = file("notes.csv", "id,note\n1,=cmd|' /C calc'!A0\n2,@x\n")
    _ = load(path)
    #expect(rows("notes") == "1|=cmd|' /C calc'!A0\n2|@x\n")
  }

  @Test func aFolderWithNothingToLoadIsSaid() {
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/none"])
    let run = load(folder + "/none")
    #expect(run.status == 1 && run.errors.contains("a folder without files to load"), "\(run.errors)")
    let missing = load(folder + "/nowhere.csv")
    #expect(missing.status == 1 && missing.errors.contains("No such file"), "\(missing.errors)")
  }

  @Test func chineseFilesAreToldInChinese() {
    let path = folder + "/订单.csv"
    // 日期,城市,金额 and 2024年1月5日,上海,1.2万 in GBK.
    Program.write(
      [
        0xC8, 0xD5, 0xC6, 0xDA, 0x2C, 0xB3, 0xC7, 0xCA, 0xD0, 0x2C, 0xBD, 0xF0, 0xB6, 0xEE, 0x0A, 0x32, 0x30, 0x32, 0x34, 0xC4, 0xEA, 0x31,
        0xD4, 0xC2, 0x35, 0xC8, 0xD5, 0x2C, 0xC9, 0xCF, 0xBA, 0xA3, 0x2C, 0x31, 0x2E, 0x32, 0xCD, 0xF2, 0x0A,
      ], to: path)
    let run = ProgramRun.wenshu("load", path, "--dataset", folder + "/shop")
    #expect(run.output.hasSuffix("订单.csv → 订单：读 1 行，载入 1 行（GB18030，逗号分隔）\n  日期：日期改写 1\n  金额：万、亿 1\n"), "\(run.output)\(run.errors)")
    #expect(rows("订单") == "2024-01-05|上海|12000\n")
  }

  @Test func aTerminalSeesProgressAndAPipeNothing() {
    let path = file("orders.csv", "id,city\n" + (1...100_000).map { "\($0),x\n" }.joined())
    tables("tables:\n  orders:\n    columns: {id: integer, city: text}\n")
    #expect(load(path).errors.isEmpty)
  }

  @Test func aTerminalSeesHowFarALoadIs() {
    tables("tables:\n  orders:\n    columns: {id: integer, city: text}\n")
    let path = file("orders.csv", "id,city\n" + (1...400_000).map { "\($0),a city of some length\n" }.joined())
    let run = TerminalRun(["load", "--dataset", folder + "/shop", "--lang", "en", path])
    #expect(run.waits(for: "loading orders: "), "\(run.screen)")
    #expect(run.waits(for: "400,000 rows read, 400,000 loaded"), "\(run.screen)")
    #expect(run.end() == 0)
    let line = run.screen.split(separator: "loading orders: ").dropFirst()
    #expect(line.contains { $0.firstMatch(of: /[0-9,]+ rows, [0-9]+ %/) != nil }, "\(run.screen)")
  }

  @Test func aWorkbookLoadsSheetBySheet() {
    let rows = ["<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>city</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>amount</t></is></c></row>",
      "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>上海</t></is></c><c r=\"B2\"><v>12.5</v></c></row>"].joined()
    let path = folder + "/book.xlsx"
    Program.write(
      StoredZip.bytes([
        ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"sales\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>\(rows)</sheetData></worksheet>"),
      ]), to: path)
    let run = load(path)
    #expect(run.status == 0 && run.output.contains("1 row read, 1 loaded (sheet sales)"), "\(run.output)\(run.errors)")
    #expect(self.rows("sales") == "上海|125\n" || self.rows("sales") == "上海|1250\n", "\(self.rows("sales"))")
    // Cut off, it is told so, and asking it without a dictionary too.
    Program.write(Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 65, count: 100), to: path)
    #expect(load(path).errors.contains("book.xlsx:1:1: error[unreadable-file]"))
    #expect(ProgramRun.wenshu("--data", path, "total").errors.contains("was the file cut off?"))
  }

  @Test func whatIsNoTextIsNamedWhenAskedToo() {
    var state: UInt64 = 11
    let noise = (0..<2000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    Program.write(noise, to: folder + "/noise.csv")
    let run = ProgramRun.wenshu("--data", folder + "/noise.csv", "total")
    #expect(run.status == 1 && run.errors.contains("noise.csv:1:1: error[unreadable-file]: no text; expected CSV"), "\(run.errors)")
  }

  static let dirty = ProjectFolder.shared + "/data/usregional/raw/orders_dirty.csv"
  static let clean = ProjectFolder.shared + "/data/usregional/orders.csv"

  /// Dates day first in three shapes, amounts with money signs and separators: every one as in the clean table.
  @Test(.enabled(if: access(dirty, F_OK) == 0)) func aDirtyRealFileLoadsWhole() {
    let run = load(Self.dirty, Self.clean)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("7,991 rows read, 7,991 loaded"), "\(run.output)")
    #expect(run.output.contains("orderdate: date rewritten 7,991, year of two digits"), "\(run.output)")
    #expect(run.output.contains("unit_cost: money sign 7,991, thousands separators 4,182"), "\(run.output)")
    let same = """
      SELECT count(*) FROM orders_dirty d JOIN orders o USING (OrderNumber) WHERE d.OrderDate = o.OrderDate AND d.ShipDate = o.ShipDate
      AND d.DeliveryDate = o.DeliveryDate AND d.ProcuredDate = o.ProcuredDate
      """
    #expect(ProgramRun.run("/usr/bin/sqlite3", [folder + "/shop/warehouse.sqlite", same]).output == "7991\n")
  }

  @Test func mendedRowsGoToACopyOrInPlaceAlike() {
    tables("tables:\n  orders:\n    key: id\n    columns: {id: integer, name: text}\n")
    _ = load(file("orders.csv", Self.many("a")))
    let small = load(file("more.csv", "id,name\n20001,b\n1,again\n"), "--table", "orders", "--append")
    #expect(small.output.contains("2 rows read, 1 loaded, 1 set aside") && small.output.contains("id “1” is there already"), "\(small.output)")
    let large = load(file("large.csv", Self.many("c")), "--table", "orders", "--upsert")
    #expect(large.output.contains("20,000 rows read, 0 loaded, 20,000 brought up to date"), "\(large.output)\(large.errors)")
    #expect(rows("orders").hasSuffix("20000|c\n20001|b\n"))
  }

  /// Killed at any moment, the warehouse is as before or as after: fifty times, at moments that differ.
  @Test func aKillLeavesBeforeOrAfter() {
    let (a, b) = (file("a.csv", Self.many("a")), file("b.csv", Self.many("b")))
    tables("tables:\n  orders:\n    key: id\n    columns: {id: integer, name: text}\n")
    var (befores, afters) = (0, 0)
    #expect(load(a, "--table", "orders").status == 0)
    var current = "a"
    for round in 0..<50 {
      let next = current == "a" ? "b" : "a"
      let child = Program.starting.withLock { _ in
        Program.start(
          Program.path, ["load", "--dataset", folder + "/shop", "--table", "orders", next == "a" ? a : b], Program.environment([:]), prepare: {
            posix_spawn_file_actions_addopen(&$0, 1, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_addopen(&$0, 2, "/dev/null", O_WRONLY, 0)
          })
      }
      usleep(UInt32(round * 4000 % 190_000))
      kill(child, SIGKILL)
      _ = Program.wait(child)
      // Asking through the program recovers what a kill left; sqlite3 itself would too.
      _ = ProgramRun.wenshu("loads", "--dataset", folder + "/shop")
      let found = ProgramRun.run(
        "/usr/bin/sqlite3",
        [folder + "/shop/warehouse.sqlite", "SELECT count(*), min(name), max(name) FROM orders; PRAGMA integrity_check"]
      ).output
      if found == "20000|\(next)|\(next)\nok\n" {
        afters += 1
        current = next
      } else {
        befores += 1
        #expect(found == "20000|\(current)|\(current)\nok\n", "round \(round)")
      }
    }
    #expect(befores > 0, "no kill came before the end; \(afters) after")
  }

  private static func many(_ name: String) -> String { "id,name\n" + (1...20_000).map { "\($0),\(name)\n" }.joined() }
}
