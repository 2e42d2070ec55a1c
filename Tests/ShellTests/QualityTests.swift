import Glibc
import TestSupport
import Testing

/// Rules of tables, from the file to the answer.
@Suite struct QualityTests {
  private let folder: String

  init() {
    folder = Program.scratch("quality-\(UInt64.random(in: 0 ... .max))")
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/shop"])
    Program.write("name: shop\nlanguage: en\nwarehouse: {file: warehouse.sqlite}\n", to: folder + "/shop/dataset.yaml")
  }

  private func file(_ name: String, _ text: String) -> String {
    Program.write(text, to: folder + "/" + name)
    return folder + "/" + name
  }

  private func wenshu(_ command: String, _ arguments: String...) -> ProgramRun {
    ProgramRun.wenshu([command, "--dataset", folder + "/shop", "--lang", "en", "--cache", folder + "/cache"] + arguments)
  }

  private func load(_ arguments: String...) -> ProgramRun {
    ProgramRun.wenshu(["load", "--dataset", folder + "/shop", "--lang", "en", "--most-rejects", "100"] + arguments)
  }

  private func quality(_ today: String = "2026-11-01", _ arguments: String...) -> ProgramRun {
    ProgramRun.wenshu(["quality", "--dataset", folder + "/shop", "--lang", "en", "--today", today, "--cache", folder + "/cache"] + arguments)
  }

  private func rows(_ table: String) -> String {
    ProgramRun.run("/usr/bin/sqlite3", [folder + "/shop/warehouse.sqlite", "SELECT * FROM \(table)"]).output
  }

  private func tables(_ text: String) { Program.write(text, to: folder + "/shop/tables.yaml") }

  // MARK: At load

  @Test func rowsThatDisagreeAreSetAsideAndMended() {
    tables(
      """
      tables:
        orders:
          key: id
          rules:
            - paid <= amount
            - amount = price * pieces within 0.01
          columns: {id: integer, amount: decimal(2), paid: decimal(2), price: decimal(3), pieces: integer}
      """)
    let text = "id,amount,paid,price,pieces\n1,10,10,2.5,4\n2,10,10.01,2.5,4\n3,10,9,2.503,4\n4,10,9,2.5025,4\n5,,9,2.5,4\n6,10,9,2.502,4\n"
    let run = load(file("orders.csv", text))
    #expect(run.output.contains("6 rows read, 3 loaded, 3 set aside"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("set aside 1 × paid, amount “10.01, 10” breaks the rule paid <= amount, first on line 3"), "\(run.output)")
    #expect(rows("orders") == "1|1000|1000|2500|4\n5||900|2500|4\n6|1000|900|2502|4\n")
    // The mended row is checked again, and its old place is cleared.
    var lines = wenshu("rejects", "--format", "csv").lines
    lines[1] = lines[1].replacing("2,10,10.01,2.5,4", with: "2,10,9.99,2.5,4")
    let mended = load(file("mended.csv", lines.joined(separator: "\n") + "\n"), "--table", "orders")
    #expect(mended.output.contains("3 rows read, 1 loaded, 2 set aside"), "\(mended.output)\(mended.errors)")
    #expect(wenshu("rejects", "--format", "json").lines.count == 2)
  }

  private static let two = """
    tables:
      orders:
        key: id
        rules: [store in stores]
        columns: {id: integer, store: integer}
      stores: {key: store, columns: {store: integer, city: text}}

    """

  @Test func referencesMustLeadSomewhere() {
    tables(Self.two)
    let orders = file("orders.csv", "id,store\n1,7\n2,8\n3,\n")
    // Alone there is nothing yet that they could refer to.
    let alone = load(orders)
    #expect(alone.status == 1 && alone.errors.contains("tables.yaml:4:13: error[nothing-to-refer-to]: stores has no rows yet"), "\(alone.errors)")
    // Named first, they still come last.
    let both = load(orders, file("stores.csv", "store,city\n7,Lyon\n"))
    #expect(both.output.contains("3 rows read, 2 loaded, 1 set aside") && rows("orders") == "1|7\n3|\n", "\(both.output)\(both.errors)")
    #expect(both.output.contains("store “8” is nowhere there: store in stores"), "\(both.output)")
    // Adding keeps to the rule too, and so does bringing up to date: the row that was there stays.
    let more = file("more.csv", "id,store\n1,9\n4,7\n")
    #expect(load(more, "--table", "orders", "--upsert").output.contains("2 rows read, 1 loaded, 0 brought up to date, 1 set aside"))
    #expect(rows("orders") == "1|7\n3|\n4|7\n")
  }

  @Test func theSameRowTwiceIsSetAside() {
    tables("tables:\n  visits:\n    rules: [distinct rows]\n    columns: {day: date, page: text}\n")
    let run = load(file("visits.csv", "day,page\n2024-01-05,a\n2024-01-05,b\n2024-01-05,a\n,\n2024-01-05,\n2024-01-05,\n"))
    #expect(run.output.contains("6 rows read, 4 loaded, 2 set aside"), "\(run.output)\(run.errors)")
    #expect(wenshu("rejects", "--format", "csv").lines.dropFirst().map { $0.split(separator: ",")[2] } == ["4", "7"])
    let more = load(file("more.csv", "day,page\n2024-01-05,c\nnever,c\n2024-01-05,b\n2024-01-05,c\n"), "--table", "visits", "--append")
    #expect(more.output.contains("4 rows read, 1 loaded, 3 set aside"), "\(more.output)")
    let lines = wenshu("rejects", "--format", "json").lines.suffix(3)
    #expect(lines.map { $0.contains("\"line\":3") } == [true, false, false] && lines.last?.contains("\"line\":5") == true, "\(lines)")
  }

  @Test func ofSeveralRowsTheNewestStays() {
    tables("tables:\n  orders:\n    key: id\n    keep: newest by at\n    columns: {id: integer, at: date, state: text}\n")
    let run = load(file("orders.csv", "id,at,state\n1,2024-01-05,new\n2,2024-01-05,new\n1,2024-01-07,paid\n1,2024-01-06,packed\n2,2024-01-05,same\n"))
    #expect(run.output.contains("5 rows read, 2 loaded") && run.output.contains("id: rows that made way for a newer one 3"), "\(run.output)")
    #expect(rows("orders ORDER BY id") == "1|2024-01-07|paid\n2|2024-01-05|same\n")
    let more = file("more.csv", "id,at,state\n1,2024-01-06,late\n2,2024-01-08,sent\n3,2024-01-01,new\n")
    #expect(load(more, "--table", "orders", "--append").output.contains("3 rows read, 1 loaded"))
    #expect(rows("orders ORDER BY id") == "1|2024-01-07|paid\n2|2024-01-08|sent\n3|2024-01-01|new\n")
    let loads = wenshu("loads", "--format", "json")
    #expect(loads.lines.last?.contains("{\"column\":\"id\",\"rule\":\"older-row\",\"values\":3}") == true, "\(loads.output)")
  }

  @Test func valuesArePutRightAndCounted() {
    tables(
      """
      tables:
        stores:
          columns:
            city: {type: text, width: half, case: lower, map: {bj: Beijing, sh: Shanghai, gz: Guangzhou, sz: Shenzhen}, default: unknown}
            sales: {type: decimal(2), unit: 万元}
            old: {type: integer, default: 0}
      """)
    let run = load(file("stores.csv", "city,sales\nＢＪ,1.5\nLYON,2万\n,3\n"))
    #expect(run.output.contains("city: full width 1, upper or lower case 2, mapped to another 1, default filled in 1"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("sales: 万 or 亿 1, unit converted 2"), "\(run.output)")
    // The order of a map in memory is another in every run; what is loaded is not.
    #expect(load(folder + "/stores.csv").output.contains("loaded before") && load(folder + "/stores.csv").output.contains("loaded before"))
    #expect(rows("stores") == "Beijing|1500000|0\nlyon|2000000|0\nunknown|3000000|0\n")
  }

  @Test func aDatabaseInPlaceIsNotCleaned() {
    tables("tables:\n  stores:\n    columns: {city: {type: text, case: upper}}\n")
    _ = ProgramRun.run("/usr/bin/sqlite3", [folder + "/shop/warehouse.sqlite", "CREATE TABLE stores (city TEXT)"])
    let run = quality()
    #expect(run.status == 1 && run.errors.contains("error[cleaning-in-place]"), "\(run.errors)")
  }

  @Test func filesBesideTheDictionaryAreCleanedToo() {
    Program.write("name: shop\nlanguage: en\n", to: folder + "/shop/dataset.yaml")
    tables("tables:\n  stores:\n    key: id\n    keep: last\n    columns: {id: integer, sales: {type: decimal(2), unit: thousand}}\n")
    Program.write("metrics:\n  sales: {formula: sum(stores.sales)}\n", to: folder + "/shop/metrics.yaml")
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/shop/data"])
    Program.write("id,sales\n1,1.5\n2,2\n1,3\n", to: folder + "/shop/data/stores.csv")
    let run = ProgramRun.wenshu("--dataset", folder + "/shop", "--cache", folder + "/cache", "--format", "csv", "sales")
    #expect(run.output == "sales\n5000.00\n", "\(run.output)\(run.errors)")
  }

  // MARK: Scores

  private func aShop() {
    tables(
      """
      tables:
        orders:
          key: id
          time: day
          fresh: 2 days
          rows: {per: day, range: [50%, 200%], of: 3}
          rules:
            - soft: paid <= amount
            - soft: amount = sum(lines.amount)
          columns:
            id: integer
            day: {type: date, required: true}
            amount: {type: decimal(2), at_most: 100}
            paid: decimal(2)
            channel: {type: text, allowed: [web, app], soft: true}
        lines:
          joins: {orders: id}
          columns: {id: integer, amount: decimal(2)}
      """)
    Program.write("dimensions:\n  channel: {column: orders.channel}\n", to: folder + "/shop/dimensions.yaml")
    Program.write(
      "metrics:\n  sales: {formula: sum(orders.amount)}\n  number: {formula: count(orders), title: number of orders}\n  line_sales: {formula: sum(lines.amount)}\n",
      to: folder + "/shop/metrics.yaml")
    let orders = """
      id,day,amount,paid,channel
      1,2026-10-25,10,10,web
      2,2026-10-26,10,11,web
      3,2026-10-27,10,10,fax
      4,2026-10-28,10,10,app
      5,2026-10-28,10,10,app
      6,,10,10,app
      7,2026-10-29,999,10,app

      """
    let lines = "id,amount\n1,4\n1,6\n2,10\n3,10\n4,10\n5,9\n"
    let run = load(file("orders.csv", orders), file("lines.csv", lines))
    #expect(run.output.contains("7 rows read, 5 loaded, 2 set aside"), "\(run.output)\(run.errors)")
  }

  @Test func everyAspectIsTheShareOfChecksThatHold() {
    aShop()
    let run = quality("2026-10-29", "--format", "json")
    #expect(run.status == 5, "\(run.errors)")
    for part in [
      // Key and day of five rows, and one that was set aside.
      "\"completeness\":{\"score\":0.9090909090909091,\"held\":10,\"checked\":11}", "\"uniqueness\":{\"score\":1,\"held\":5,\"checked\":5}",
      // Five amounts, five channels, and one amount set aside.
      "\"validity\":{\"score\":0.8181818181818182,\"held\":9,\"checked\":11}", "\"consistency\":{\"score\":0.8,\"held\":8,\"checked\":10}",
      "\"timeliness\":{\"score\":1,\"held\":2,\"checked\":2}", "{\"reason\":\"empty\",\"column\":\"day\",\"rows\":1}",
      "\"rule\":\"amount = sum(lines.amount)\",\"columns\":[\"orders.amount\",\"lines.amount\"],\"checked\":5,\"broken\":1",
    ] { #expect(run.output.contains(part), "\(part)\n\(run.output)") }
    let late = quality("2026-11-01", "--format", "json")
    #expect(late.output.contains("\"timeliness\":{\"score\":0.5,\"held\":1,\"checked\":2}"), "\(late.output)")
  }

  @Test func theTableSaysWhatIsBrokenInBothLanguages() {
    aShop()
    let english = quality("2026-10-29").output
    #expect(english.contains("orders     5     90.9%    100%  81.8%         80%    100%"), "\(english)")
    #expect(english.contains("soft") == false && english.contains("of 5 (20%)") && english.contains("set aside: no day"), "\(english)")
    let chinese = ProgramRun.wenshu("quality", "--dataset", folder + "/shop", "--lang", "zh", "--today", "2026-10-29", "--cache", folder + "/cache").output
    #expect(chinese.contains("完整性") && chinese.contains("未入库： day 为空") && chinese.contains("/ 5（20%）"), "\(chinese)")
  }

  @Test func aRuleThatHoldsEndsWellAndTheTrendIsSaid() {
    tables("tables:\n  orders:\n    rules: [{soft: paid <= amount}]\n    columns: {amount: integer, paid: integer}\n")
    _ = load(file("orders.csv", "amount,paid\n1,1\n2,3\n,5\n"))
    let before = quality()
    #expect(before.status == 5 && before.output.contains("50%"), "\(before.output)")
    // Once more changes nothing in the history.
    _ = quality()
    _ = load(file("orders.csv", "amount,paid\n1,1\n3,3\n"))
    let after = quality()
    #expect(after.status == 0 && after.output.contains("↑50") && after.output.contains("Every rule holds."), "\(after.output)")
    let history = quality("2026-11-01", "--history", "--format", "json")
    #expect(history.lines.count == 2 && history.lines[0].contains("\"orders\":{\"score\":0.5,\"held\":1,\"checked\":2}"), "\(history.output)")
  }

  @Test func aDatabaseInPlaceIsMeasuredAndNeverWritten() {
    tables("tables:\n  orders:\n    key: id\n    rules: [paid <= amount]\n    columns: {id: integer, amount: integer, paid: integer, kind: {type: text, allowed: [a]}}\n")
    let path = folder + "/shop/warehouse.sqlite"
    _ = ProgramRun.run(
      "/usr/bin/sqlite3", [path, "CREATE TABLE orders (id, amount, paid, kind); INSERT INTO orders VALUES (1, 1, 1, 'a'), (1, 2, 'three', 'b'), (NULL, 1, NULL, 'a')"])
    _ = ProgramRun.run("/bin/chmod", ["a-w", path])
    let sum = ProgramRun.run("/usr/bin/sha1sum", [path]).output
    let run = quality("2026-11-01", "--format", "json")
    #expect(run.status == 5, "\(run.errors)")
    for part in [
      "\"completeness\":{\"score\":0.6666666666666666,\"held\":2,\"checked\":3}", "\"uniqueness\":{\"score\":0.5,\"held\":1,\"checked\":2}",
      // Three kinds, and the types of two ids and five numbers, one of which is a word.
      "\"validity\":{\"score\":0.8,\"held\":8,\"checked\":10}", "\"rule\":\"paid of type integer\",\"columns\":[\"orders.paid\"],\"checked\":2,\"broken\":1",
      "\"consistency\":{\"score\":0.5,\"held\":1,\"checked\":2}",
    ] { #expect(run.output.contains(part), "\(part)\n\(run.output)") }
    #expect(ProgramRun.run("/usr/bin/sha1sum", [path]).output == sum && access(path + ".quality.jsonl", F_OK) != 0)
  }

  @Test(arguments: ["retail", "manufacturing", "app"])
  func theDataThatComesWithTheProgramKeepsItsRules(dataset: String) {
    let run = ProgramRun.wenshu("quality", "--dataset", dataset, "--today", "2026-11-01", "--lang", "en")
    #expect(run.status == 0 && run.output.contains("Every rule holds."), "\(run.output)\(run.errors)")
  }

  // MARK: Beside answers

  private func ask(_ question: String, _ today: String = "2026-10-29") -> String {
    ProgramRun.wenshu(
      "--dataset", folder + "/shop", "--today", today, "--cache", folder + "/cache", "--format", "json", question
    ).output
  }

  @Test func anAnswerSaysWhatItRestsOn() {
    aShop()
    let sales = ask("sales")
    #expect(
      sales.contains(
        "Data quality: 2 rows of orders (28.6%) were set aside: 1 with amount that is not allowed, 1 with no day; 1 row of orders (20%) breaks the rule “paid <= amount”, 1 row (20%) “amount = sum(lines.amount)”"
      ), "\(sales)")
    #expect(sales.contains("\"quality\""), "\(sales)")
    // Only rules about what is read: the count looks at no amount, but rows are missing from it.
    let number = ask("number of orders")
    #expect(number.contains("2 rows of orders") && !number.contains("breaks the rule"), "\(number)")
    let cut = ask("number of orders by channel")
    #expect(cut.contains("breaks the rule “channel one of web, app”") && !cut.contains("“paid"), "\(cut)")
    let lines = ask("line sales")
    #expect(lines.contains("breaks the rule “amount = sum(lines.amount)”") && !lines.contains("set aside"), "\(lines)")
    #expect(!ask("number of orders").contains("late") && ask("number of orders", "2026-11-02").contains("orders end on 2026-10-28, 3 days late (2 allowed)"))
  }

  @Test func goodDataIsSilent() {
    tables("tables:\n  orders:\n    key: id\n    rules: [paid <= amount]\n    columns: {id: integer, amount: integer, paid: integer}\n")
    Program.write("metrics:\n  sales: {formula: sum(orders.amount)}\n", to: folder + "/shop/metrics.yaml")
    _ = load(file("orders.csv", "id,amount,paid\n1,1,1\n2,,5\nid,amount,paid\nTotal,,3\n"))
    let answer = ask("sales")
    #expect(!answer.contains("Data quality") && answer.contains("\"rows\""), "\(answer)")
  }

  @Test func aRuleOfColumnsThatCannotBeReadIsToldWhereverTheDataIs() {
    Program.write("name: shop\nlanguage: en\n", to: folder + "/shop/dataset.yaml")
    tables("tables:\n  stores:\n    columns:\n      opened: {type: date, at_least: soon}\n")
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/shop/data"])
    Program.write("opened\n2024-01-05\n", to: folder + "/shop/data/stores.csv")
    let run = quality()
    #expect(run.status == 1 && run.errors.contains("tables.yaml:4:7: error[bad-rule]: at least: soon of opened; expected a day"), "\(run.errors)")
  }

  /// A refund on the day of the sale is no earlier than the sale, whatever the hour.
  @Test func daysAndMomentsAreComparedByDay() {
    tables("tables:\n  sales:\n    rules: [back >= sold]\n    columns: {id: integer, sold: timestamp, back: date}\n")
    let run = load(file("sales.csv", "id,sold,back\n1,2024-01-05 10:00:00,2024-01-05\n2,2024-01-05 10:00:00,2024-01-04\n3,2024-01-05 10:00:00,\n"))
    #expect(run.output.contains("3 rows read, 2 loaded, 1 set aside") && rows("sales").hasPrefix("1|"), "\(run.output)\(run.errors)")
  }
}
