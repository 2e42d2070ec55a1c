import Testing

@testable import SampleData

@Suite struct ManufacturingSampleTests {
  @Test func committedFilesAreReproduced() throws {
    try SampleFolder.expectReproduced("manufacturing") { try ManufacturingSample().write(to: $0) }
  }

  @Test func seedDecidesTheRows() throws {
    try SampleFolder.with({ try ManufacturingSample(seed: 7).write(to: $0) }) { folder in
      let (other, kept) = (try SampleFolder.rows("runs.csv", in: folder), try SampleFolder.rows("runs.csv", in: committed))
      #expect(other != kept)
      let (names, same) = (try SampleFolder.rows("machines.csv", in: folder), try SampleFolder.rows("machines.csv", in: committed))
      #expect(names == same)
    }
  }

  /// What a run lost is what the log says of its machine in that time, planned maintenance left out.
  @Test func minutesStoppedAreThoseOfTheLog() throws {
    var lost = 0
    for row in try SampleFolder.rows("stoppages.csv", in: committed) where row[6] != "保养" {
      let (start, end) = (minute(row[4]), minute(row[5]))
      lost += end - start + (end < start ? 1440 : 0)
    }
    #expect(try SampleFolder.rows("runs.csv", in: committed).reduce(0) { $0 + Int($1[5])! } == lost)
  }

  /// No run makes more good pieces than pieces, and none stands still longer than it was planned.
  @Test func runsAreSound() throws {
    for row in try SampleFolder.rows("runs.csv", in: committed) {
      let (planned, stopped, output, scrap, rework) = (Int(row[4])!, Int(row[5])!, Int(row[7])!, Int(row[8])!, Int(row[9])!)
      #expect(stopped < planned && output <= Int(row[10])! && scrap + rework <= output, "\(row)")
    }
  }

  /// Everything happened by the last day.
  @Test func nothingLiesBehindTheLastDay() throws {
    let last = FactoryCalendar.lastDay.description
    for row in try SampleFolder.rows("stoppages.csv", in: committed) { #expect(row[5].prefix(10) <= last) }
    for row in try SampleFolder.rows("work_orders.csv", in: committed) { #expect(row[6] <= last) }
    #expect(try SampleFolder.rows("stock.csv", in: committed).last?[0] == last[...])
  }

  /// The worn mould spoils the nights of one machine; by day it is as good as its neighbour.
  @Test func plantedFaultIsThere() throws {
    let machine = try #require(FactoryMachine.all.firstIndex { $0.name == FactoryCalendar.wornMachine }) + 1
    let runs = try SampleFolder.rows("runs.csv", in: committed).filter { $0[0].hasPrefix("2026-08-2") }
    let own = runs.filter { $0[1] == "\(machine)" }
    #expect(scrapRate(own.filter { $0[2] == "3" }) > 0.08)
    #expect(scrapRate(own.filter { $0[2] != "3" }) < 0.03)
    #expect(scrapRate(runs.filter { $0[1] == "\(machine - 1)" }) < 0.03)
  }

  private let committed = SampleFolder.committed("manufacturing")

  private func scrapRate(_ runs: [[Substring]]) -> Double {
    Double(runs.reduce(0) { $0 + Int($1[8])! }) / Double(runs.reduce(0) { $0 + Int($1[7])! })
  }

  /// `2026-10-31 18:05:00` → minutes of the day
  private func minute(_ text: Substring) -> Int {
    let parts = text.suffix(8).split(separator: ":")
    return Int(parts[0])! * 60 + Int(parts[1])!
  }
}
