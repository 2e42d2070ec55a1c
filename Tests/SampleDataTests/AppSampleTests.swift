import Testing

@testable import SampleData

@Suite struct AppSampleTests {
  @Test func committedFilesAreReproduced() throws {
    try SampleFolder.expectReproduced("app") { try AppSample().write(to: $0) }
  }

  @Test func seedDecidesTheRows() throws {
    try SampleFolder.with({ try AppSample(seed: 7).write(to: $0) }) { folder in
      let (other, kept) = (try SampleFolder.rows("users.csv", in: folder), try SampleFolder.rows("users.csv", in: committed))
      #expect(other != kept)
    }
  }

  /// Each user is active on the day of signing up, without a returning number, and only behind it with one.
  @Test func returningUsersCameBefore() throws {
    let joined = try SampleFolder.rows("users.csv", in: committed).map { $0[1] }
    var first = 0
    for row in try SampleFolder.rows("activity.csv", in: committed) {
      let day = joined[Int(row[1])! - 1]
      #expect(row[2].isEmpty ? row[0] == day : row[2] == row[1] && row[0] > day, "\(row)")
      if row[2].isEmpty { first += 1 }
    }
    #expect(first == joined.count)
  }

  /// Steps are taken in their order, none on a day before the one in front of it.
  @Test func stepsFollowEachOther() throws {
    var last: (user: Substring, step: Int, day: Substring) = ("", 0, "")
    for row in try SampleFolder.rows("funnel_steps.csv", in: committed) {
      let step = Int(row[1])!
      #expect(row[0] == last.user ? step == last.step + 1 && row[2] >= last.day : step == 1, "\(row)")
      last = (row[0], step, row[2])
    }
  }

  /// The first payment of a user is the day of subscribing; no refund is larger than its payment.
  @Test func paymentsFitTheFunnel() throws {
    let payments = try SampleFolder.rows("payments.csv", in: committed)
    let subscribed = try SampleFolder.rows("funnel_steps.csv", in: committed).filter { $0[1] == "5" }
    #expect(Set(payments.filter { $0[4] == "New" }.map { "\($0[1]) \($0[2].prefix(10))" }) == Set(subscribed.map { "\($0[0]) \($0[2])" }))
    for refund in try SampleFolder.rows("refunds.csv", in: committed) { #expect(refund[3] == payments[Int(refund[1])! - 1][5]) }
  }

  /// Android crashes on 5.3.0 many times as often as iOS does.
  @Test func plantedFaultIsThere() throws {
    let platforms = try SampleFolder.rows("users.csv", in: committed).map { $0[2] }
    let place = try #require(AppCalendar.versions.firstIndex { $0.name == AppCalendar.faultyVersion }) + 1
    let hit = try SampleFolder.rows("activity.csv", in: committed).filter { $0[3] == "\(place)" }
    let android = hit.filter { platforms[Int($0[1])! - 1] == "2" }, iOS = hit.filter { platforms[Int($0[1])! - 1] == "1" }
    #expect(android.count > 300 && iOS.count > 300)
    #expect(crashRate(android) > 0.09)
    #expect(crashRate(iOS) < 0.02)
  }

  private let committed = SampleFolder.committed("app")

  private func crashRate(_ days: [[Substring]]) -> Double {
    Double(days.reduce(0) { $0 + Int($1[6])! }) / Double(days.reduce(0) { $0 + Int($1[4])! })
  }
}
