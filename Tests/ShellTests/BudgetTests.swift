import Glibc
import TestSupport
import Testing

/// What a question may cost, with the real program.
@Suite struct BudgetTests {
  private func ask(_ arguments: String...) -> ProgramRun { ProgramRun.wenshu(["--dataset", "retail", "--today", "2026-11-01"] + arguments) }

  @Test func moreRowsThanAllowedAreNotGiven() {
    let english = ask("--most-rows", "5", "--format", "csv", "sales by day in October 2026")
    #expect(english.status == 4 && english.output.isEmpty && english.errors.contains("over its limit (5 rows)"), "\(english.output)\(english.errors)")
    let chinese = ask("--most-rows", "5", "10月每天销售额")
    #expect(chinese.status == 4 && (chinese.output + chinese.errors).contains("查询超出限额（5 行）"), "\(chinese.output)\(chinese.errors)")
    #expect(ask("--most-rows", "31", "--format", "csv", "sales by day in October 2026").status == 0)
  }

  @Test func aQueryThatTakesTooLongIsStopped() {
    let run = ask("--most-seconds", "0.000001", "sales by day and store in 2026")
    #expect(run.status == 4 && (run.output + run.errors).contains("over its limit (1e-06 seconds)"), "\(run.output)\(run.errors)")
  }

  @Test func aBudgetIsANumber() {
    for flag in ["--most-rows", "--most-seconds", "--most-memory"] {
      let run = ask(flag, "0", "sales")
      #expect(run.status == 1 && run.errors.contains("\(flag) takes a number above 0"), "\(run.errors)")
    }
  }

  @Test func theSettingsFileSaysItToo() {
    let folder = Program.scratch("budget-\(UInt64.random(in: 0 ... .max))")
    Program.write("most-rows: 5\n", to: folder + "/config")
    let run = ProgramRun.run("/bin/sh", ["-c", "WENSHU_CONFIG='\(folder)/config' exec '\(Program.path)' --dataset retail --today 2026-11-01 'sales by day in October 2026'"])
    #expect(run.status == 4 && (run.output + run.errors).contains("(5 rows)"), "\(run.output)\(run.errors)")
  }
}
