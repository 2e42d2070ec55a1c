import CivilTime
import Questions
import Testing

/// What random questions found, each as small as it became, with rows counted by hand.
@Suite struct FoundCasesTests {
  private static let shop = MadeDataset(
    tables: [
      .init(
        name: "stores", columns: [("store_id", "integer"), ("city", "text"), ("size", "integer")], key: "store_id",
        rows: [["1", "Lyon", "10"], ["2", "Nice", "30"]]),
      .init(
        name: "orders",
        columns: [("store_id", "integer"), ("ordered", "timestamp"), ("channel", "text"), ("buyer", "integer"), ("freight", "decimal(2)")],
        time: "ordered", joins: ["stores: store_id"],
        rows: [
          ["1", "2024-02-28 10:00:00", "app", "7", "1.00"], ["1", "2024-03-28 10:00:00", "web", "7", "2.00"],
          ["9", "2024-03-29 10:00:00", "web", "8", "90.00"], ["2", "2024-03-30 10:00:00", "app", "9", "4.00"],
        ]),
      .init(
        name: "stock", columns: [("store_id", "integer"), ("day", "date"), ("quantity", "integer")], time: "day",
        joins: ["stores: store_id"],
        rows: [["1", "2024-03-01", "5"], ["2", "2024-03-02", "7"]]),
      .init(
        name: "returns", columns: [("buyer", "integer"), ("day", "date")], time: "day", rows: [["7", "2024-02-28"]]),
    ],
    dimensions: [
      .init(name: "city", text: "{column: stores.city}"), .init(name: "size", text: "{column: stores.size, kind: number}"),
      .init(name: "channel", text: "{column: orders.channel}"),
    ],
    metrics: [
      .init(name: "orders", text: "{formula: count(orders)}"), .init(name: "freight", text: "{formula: sum(orders.freight)}"),
      .init(name: "app", text: "{formula: \"count(orders where channel = 'app')\"}"),
      .init(name: "lead", text: "{formula: \"count(orders where channel = 'app') - count(orders where channel = 'phone')\"}"),
      .init(name: "stock", text: "{formula: last(stock.quantity over day)}"),
      .init(name: "returned", text: "{formula: convert(orders.buyer -> returns.buyer within 3 days)}"),
    ], today: Day(2024, 3, 31)!)

  private func rows(_ notation: String) throws -> [String] {
    let dataset = try OpenedDataset(Self.shop)
    let question = try Resolver(dictionary: dataset.dictionary, context: dataset.context).question(notation: notation)
    let trial = Trial(dataset: dataset, question: question)
    if case .differs(let text) = trial.verdict() { Issue.record("the oracle says otherwise: \(text)") }
    return try trial.rows()
  }

  @Test func `a mean over days is the same beside another mean`() throws {
    // Two and 97.00 in the 32 days from 28 February through 30 March.
    #expect(try rows("measure avg(app per day) | during year(0)") == ["0.0625"])
    #expect(try rows("measure avg(app per day), avg(freight per day) | during year(0)") == ["0.0625 | 3.03125"])
  }

  @Test func `days that no filter of a formula lets through are no days of it`() throws {
    #expect(try rows("measure lead | by channel | during year(0)") == ["app | 2"])
    #expect(try rows("measure avg(lead per day) | during year(0)") == ["0.0625"])
  }

  @Test func `the last day of a shorter month is the base of that day`() throws {
    let first = "2024-03-28 | 1 | 1 | 0 | 0.0"
    #expect(try rows("measure orders | by day | during range(2024-03-28, 2024-03-28) | compare shift -1 month") == [first])
    // Up to the 30th: February has no such day, and its 28th is still in.
    #expect(try rows("measure orders | by day | during range(2024-03-28, 2024-03-30) | compare shift -1 month").first == first)
  }

  @Test func `the last day of a stock is that of the table, also in ranges`() throws {
    #expect(try rows("measure stock | by size") == ["30 | 7"])
    #expect(try rows("measure stock | by bucket(size, 20)") == ["20 | 7"])
  }

  @Test func `rows without a member take no place in a ranking of members`() throws {
    #expect(try rows("measure orders | where city among top(1, freight)") == ["1"])
  }

  @Test func `a day without a clock counts with the moments of it`() throws {
    // Buyer 7 ordered on the morning of the day of the return.
    #expect(try rows("measure returned | during 2024-02") == ["1.0"])
  }
}
