import Glibc
import TestSupport
import Testing

/// What is kept summed up, from loading to the answer: the same rows as without it, whatever happened in between.
@Suite struct RollupTests {
  private let folder: String

  init() {
    folder = Program.scratch("rollups-\(UInt64.random(in: 0 ... .max))")
    _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/shop"])
    Program.write(Self.dataset, to: folder + "/shop/dataset.yaml")
    Program.write("store_id,store,region\n1,Alma,North\n2,Bern,North\n3,Caen,South\n4,Dora,\n", to: folder + "/stores.csv")
    Program.write(Self.orders(1...400), to: folder + "/orders.csv")
    let run = load(folder + "/stores.csv", folder + "/orders.csv")
    #expect(run.status == 0, "\(run.errors)")
  }

  private static let dataset = """
    name: shop
    language: en
    warehouse: {file: warehouse.sqlite}
    rollups: {share: 10000, from: 0}
    tables:
      stores:
        key: store_id
        columns: {store_id: integer, store: text, region: text}
      orders:
        key: id
        time: day
        columns: {id: integer, day: timestamp, store_id: integer, buyer: integer, status: text, amount: decimal(2)}
        joins: {stores: store_id}
    dimensions:
      region: {column: stores.region}
      store: {column: stores.store}
      status: {column: orders.status}
      buyer: {column: orders.buyer}
    hierarchies: {places: [region, store]}
    metrics:
      sales: {formula: "sum(orders.amount where orders.status = 'paid')", unit: EUR}
      orders: {formula: count(orders)}
      buyers: {formula: "count(distinct orders.buyer where orders.status = 'paid')"}
      mean: {formula: avg(orders.amount)}
      largest: {formula: max(orders.amount)}
      middle: {formula: median(orders.amount)}

    """

  /// Days of 2026 from January on, one order each ten hours; some without a store, some without a day.
  private static func orders(_ ids: ClosedRange<Int>, status: String? = nil) -> String {
    var lines = ["id,day,store_id,buyer,status,amount"]
    for id in ids {
      let hours = id * 10
      let (month, day) = (1 + hours / 24 / 28 % 12, 1 + hours / 24 % 28)
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let moment = id % 97 == 0 ? "" : "2026-\(two(month))-\(two(day)) \(two(hours % 24)):15:00"
      let store = id % 31 == 0 ? "" : "\(1 + id * 7 % 5)"
      lines.append("\(id),\(moment),\(store),\(id * 13 % 61),\(status ?? ["paid", "paid", "open", ""][id % 4]),\(id % 50 == 0 ? "" : "\(id * 37 % 900).\(two(id % 100))")")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func load(_ arguments: String...) -> ProgramRun {
    ProgramRun.wenshu(["load", "--dataset", folder + "/shop", "--lang", "en"] + arguments)
  }

  private static let questions = [
    "measure sales", "measure sales, orders | by region | during year(0)", "measure sales | by store, month | during year(0)",
    "measure buyers | by month", "measure buyers | where region = North | during month(-1)",
    "measure mean, largest | by region, quarter", "measure orders | by weekday | where status != paid", "measure sales | by day | during month(-1)",
    "measure sales | by region | during month(-1) | compare previous", "measure orders | where region is null", "measure sales | by week | during year(0)",
    "measure buyers | by region, status", "measure middle | by region", "measure sales | where buyer = 13", "measure orders | by hour_of_day",
  ]

  private func answer(_ question: String, _ flags: String...) -> ProgramRun {
    ProgramRun.wenshu(["query", question, "--dataset", folder + "/shop", "--today", "2026-07-10", "--lang", "en"] + flags)
  }

  /// Whether each question has the same answer with and without rollups; the source line with its rows stands in the answer.
  private func expectSame(_ when: Comment) {
    for question in Self.questions {
      let (kept, bare) = (answer(question), answer(question, "--no-rollups"))
      #expect(kept.output == bare.output && kept.status == 0, "\(when), \(question): \(kept.output)\(kept.errors)\n\(bare.output)")
    }
  }

  private func isServed(_ question: String) -> Bool { answer(question, "--sql").output.contains("Read from orders_by_") }

  private func sql(_ text: String) -> String { ProgramRun.run("/usr/bin/sqlite3", [folder + "/shop/warehouse.sqlite", text]).output }

  @Test func answersAreTheSame() {
    expectSame("loaded")
    for question in Self.questions.dropLast(4) { #expect(isServed(question), "\(question)") }
    // A median, a key with many values, the hour of a moment: only the rows tell.
    for question in Self.questions.suffix(3) where !question.contains("buyer") { #expect(!isServed(question), "\(question)") }
    #expect(!answer("measure sales", "--sql", "--no-rollups").output.contains("Read from"))
    #expect(answer("measure sales", "--explain").output.contains("Read from orders_by_"))
  }

  @Test func anAppendSumsUpItsMonthsAgain() throws {
    Program.write(Self.orders(401...420), to: folder + "/more.csv")
    let kept = "SELECT group_concat(rowid) FROM \"_wenshu_rollup_orders_by_day_store_members\" WHERE period < '2026-05-01'"
    let before = sql(kept)
    #expect(before.count > 10, "\(sql("SELECT name FROM _wenshu_rollups"))")
    #expect(load(folder + "/more.csv", "--table", "orders", "--append").status == 0)
    expectSame("appended")
    #expect(isServed("measure sales"))
    // The rows of months before are the same rows as they were.
    #expect(sql(kept) == before)
  }

  @Test func anUpsertThatMovesRowsSumsUpBothMonths() {
    // Rows of January go to July, others change their status and their store.
    let moved = "id,day,store_id,buyer,status,amount\n3,2026-07-03 10:00:00,2,99,paid,12.50\n4,2026-07-04 10:00:00,3,99,paid,1\n5,,1,7,paid,3\n"
    Program.write(moved, to: folder + "/moved.csv")
    #expect(load(folder + "/moved.csv", "--table", "orders", "--upsert").status == 0)
    expectSame("moved")
    Program.write(Self.orders(100...140, status: "open"), to: folder + "/changed.csv")
    #expect(load(folder + "/changed.csv", "--table", "orders", "--upsert").status == 0)
    expectSame("changed")
    #expect(isServed("measure sales"))
  }

  @Test func aChangedTableThatIsJoinedChangesTheSums() {
    Program.write("store_id,store,region\n2,Bern,South\n5,Eger,East\n", to: folder + "/stores2.csv")
    #expect(load(folder + "/stores2.csv", "--table", "stores", "--upsert").status == 0)
    expectSame("joined table changed")
    #expect(answer("measure orders | by region").output.contains("East"))
    #expect(isServed("measure orders | by region"))
    #expect(load(folder + "/stores.csv", "--table", "stores").status == 0)
    expectSame("joined table replaced")
    #expect(!answer("measure orders | by region").output.contains("East"))
  }

  @Test func anotherDictionaryDoesNotReadThem() {
    Program.write(Self.dataset.replacing("column: stores.region", with: "column: stores.store"), to: folder + "/shop/dataset.yaml")
    expectSame("dimension changed")
    #expect(!isServed("measure sales"))
    let list = ProgramRun.wenshu("rollups", "--dataset", folder + "/shop", "--format", "json")
    #expect(list.output.contains("\"state\":\"stale\""), "\(list.output)\(list.errors)")
    #expect(ProgramRun.wenshu("rollups", "--make", "--dataset", folder + "/shop").status == 0)
    #expect(isServed("measure sales"))
    expectSame("made anew")
    // Off: nothing is read, and the next load drops them.
    Program.write(Self.dataset.replacing("rollups: {share: 10000, from: 0}", with: "rollups: off"), to: folder + "/shop/dataset.yaml")
    #expect(!isServed("measure sales"))
    Program.write(Self.orders(401...402), to: folder + "/more.csv")
    #expect(load(folder + "/more.csv", "--table", "orders", "--append").status == 0)
    #expect(sql("SELECT count(*) FROM _wenshu_rollups") == "0\n")
  }

  /// A moment with a zone is another day to SQLite than its text says.
  @Test func whatCannotBeSummedUpExactlyIsReadRowByRow() {
    _ = sql("UPDATE orders SET day = '2026-03-01 01:00:00+08:00' WHERE id = 17")
    #expect(ProgramRun.wenshu("rollups", "--make", "--dataset", folder + "/shop").status == 0)
    let list = ProgramRun.wenshu("rollups", "--dataset", folder + "/shop", "--format", "json")
    #expect(list.output.contains("\"state\":\"doubtful\""), "\(list.output)")
    #expect(!isServed("measure sales"))
    expectSame("doubtful")
  }

  @Test func useIsCountedAndWhatIsMissingTold() {
    _ = answer("measure sales | by region")
    _ = answer("measure sales | by region", "--private")
    _ = answer("measure middle")
    let list = ProgramRun.wenshu("rollups", "--dataset", folder + "/shop", "--lang", "en")
    #expect(list.status == 0 && list.output.contains("orders_by_month"), "\(list.output)\(list.errors)")
    // A question asked in private is not counted, and one that looks at single rows used none.
    func used(_ times: Int) -> Int {
      ProgramRun.wenshu("rollups", "--dataset", folder + "/shop", "--format", "json").output.split(separator: "\"used\":\(times)}").count - 1
    }
    #expect(used(1) == 1)
    #expect(ProgramRun.wenshu("rollups", "--clear", "--dataset", folder + "/shop").status == 0)
    #expect(used(1) == 0)
  }

  /// Killed at any moment, rollups say what the rows say.
  @Test func aKillLeavesRollupsThatAgree() {
    for round in 0..<16 {
      let first = 401 + round * 10
      Program.write(Self.orders(first...(first + 9)), to: folder + "/more.csv")
      let child = Program.starting.withLock { _ in
        Program.start(
          Program.path, ["load", "--dataset", folder + "/shop", "--table", "orders", "--append", folder + "/more.csv"], Program.environment([:]),
          prepare: {
            posix_spawn_file_actions_addopen(&$0, 1, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_addopen(&$0, 2, "/dev/null", O_WRONLY, 0)
          })
      }
      usleep(UInt32(round * 7000))
      kill(child, SIGKILL)
      _ = Program.wait(child)
      for question in ["measure sales, orders | by store, month", "measure buyers | by day"] {
        let (kept, bare) = (answer(question), answer(question, "--no-rollups"))
        #expect(kept.output == bare.output, "round \(round): \(kept.output)\(kept.errors)\n\(bare.output)")
      }
    }
  }
}
