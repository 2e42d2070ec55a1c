import CivilTime
import Planning
import Questions
import SQLText
import Testing

/// Means over units of time: each unit counts as far as there is data, by numbers counted by hand.
@Suite struct AllUnitsTests {
  /// Orders from 29 January through 4 March 2024, a leap year; refunds on three days of it; stock on two.
  private static let shop = MadeDataset(
    tables: [
      .init(
        name: "stores", columns: [("store_id", "integer"), ("city", "text")], key: "store_id", rows: [["1", "Lyon"], ["2", "Nice"], ["3", "Metz"]]),
      .init(
        name: "orders", columns: [("store_id", "integer"), ("ordered", "timestamp"), ("paid", "date"), ("freight", "decimal(2)")],
        time: "ordered", joins: ["stores: store_id"],
        rows: [
          ["1", "2024-01-29 08:10:00", "2024-02-01", "1.00"], ["1", "2024-01-31 08:50:00", "2024-02-01", "2.00"],
          ["1", "2024-02-01 09:00:00", "2024-02-05", "4.00"], ["2", "2024-02-29 10:00:00", "2024-03-20", "8.00"],
          ["2", "2024-03-04 11:00:00", nil, "16.00"], ["2", nil, "2024-02-02", "32.00"],
        ]),
      .init(
        name: "refunds", columns: [("store_id", "integer"), ("day", "date"), ("amount", "decimal(2)")], time: "day", joins: ["stores: store_id"],
        rows: [["1", "2024-02-01", "3.00"], ["1", "2024-02-03", "-5.00"], ["2", "2024-03-03", "1.00"]]),
      .init(
        name: "stock", columns: [("store_id", "integer"), ("day", "date"), ("quantity", "integer")], time: "day", joins: ["stores: store_id"],
        rows: [["1", "2024-02-10", "5"], ["1", "2024-02-20", "7"]]),
    ],
    dimensions: [
      .init(name: "city", text: "{column: stores.city}"),
      .init(name: "order_month", text: "{expression: month(orders.ordered)}"),
    ],
    metrics: [
      .init(name: "orders", text: "{formula: count(orders)}"), .init(name: "freight", text: "{formula: sum(orders.freight)}"),
      .init(name: "paid", text: "{formula: count(orders), time: orders.paid}"),
      .init(name: "refunds", text: "{formula: sum(refunds.amount)}"), .init(name: "net", text: "{formula: freight - refunds}"),
      .init(name: "mean_freight", text: "{formula: avg(orders.freight)}"), .init(name: "share", text: "{formula: refunds / freight}"),
      .init(name: "stock", text: "{formula: last(stock.quantity over day)}"),
      .init(name: "known", text: "{formula: sum(refunds.amount), nulls: \"null\"}"),
      .init(name: "rolled", text: "{formula: \"rolling(paid, 2 days)\"}"),
    ], today: Day(2024, 3, 5)!)

  /// What is shown, and what is hidden: how many units there are, how many of them have nothing.
  private func rows(_ notation: String) throws -> [String] {
    let dataset = try OpenedDataset(Self.shop)
    let question = try Resolver(dictionary: dataset.dictionary, context: dataset.context).question(notation: notation)
    let trial = Trial(dataset: dataset, question: question)
    if case .differs(let text) = trial.verdict() { Issue.record("the oracle says otherwise: \(text)") }
    let plan = try Planner(dictionary: dataset.dictionary, coverage: try dataset.database.coverage()).plan(question, context: dataset.context)
    return try dataset.database.run(SQLWriter.query(plan)).rows.map { row in
      zip(plan.columns, row).filter { column, _ in
        if case .units = column.role { return true }
        return !column.isHidden
      }.map { $1.isNull ? "–" : $1.number.map { String(($0 * 1_000).rounded() / 1_000) } ?? $1.plainText }.joined(separator: " | ")
    }
  }

  @Test func `every day of a period counts`() throws {
    #expect(try rows("measure avg(orders per day) | during 2024-02") == ["0.069 | 29.0 | 27.0"])
    #expect(try rows("measure min(freight per day), max(refunds per day), median(freight per day) | during 2024-02") == [
      "0.0 | 3.0 | 0.0 | 29.0 | 27.0 | 29.0 | 27.0 | 29.0 | 27.0",
    ])
  }

  @Test func `days before and behind the data are none of it`() throws {
    // From 29 January: three days of the month, two of them with an order.
    #expect(try rows("measure avg(orders per day) | during 2024-01") == ["0.667 | 3.0 | 1.0"])
    #expect(try rows("measure avg(orders per day) | during 2024-03") == ["0.25 | 4.0 | 3.0"])
    #expect(try rows("measure avg(orders per day)") == ["0.139 | 36.0 | 31.0"])
    #expect(try rows("measure avg(orders per day) | during 2023") == ["–"])
  }

  @Test func `data that is quiet has not stopped`() throws {
    // The last refund is of 3 March; nothing was refunded on the 4th.
    #expect(try rows("measure avg(refunds per day) | during 2024-03") == ["0.25 | 4.0 | 3.0"])
    // Stock is no sum over days: its two days count.
    #expect(try rows("measure avg(stock per day) | during 2024-02") == ["6.0"])
  }

  @Test func `by groups`() throws {
    #expect(try rows("measure avg(orders per day) | by month") == ["2024-01 | 0.667 | 3.0 | 1.0", "2024-02 | 0.069 | 29.0 | 27.0", "2024-03 | 0.25 | 4.0 | 3.0"])
    #expect(try rows("measure avg(orders per day) | by city | during 2024-02") == ["Lyon | 0.034 | 29.0 | 28.0", "Nice | 0.034 | 29.0 | 28.0"])
    // Two stores with orders, each with 29 days.
    #expect(try rows("measure avg(orders per city day) | during 2024-02") == ["0.034 | 58.0 | 56.0"])
    #expect(try rows("measure max(orders per city day) | during 2024-02") == ["1.0 | 58.0 | 56.0"])
  }

  @Test func `hours, weeks and kinds of days`() throws {
    #expect(try rows("measure avg(orders per hour) | during 2024-01") == ["0.028 | 72.0 | 70.0"])
    #expect(try rows("measure avg(orders per day) | where weekday = 4 | during 2024-02") == ["0.4 | 5.0 | 3.0"])
    #expect(try rows("measure avg(orders per hour) | where hour_of_day between (8, 9) | during 2024-01") == ["0.333 | 6.0 | 4.0"])
    // Weeks from 29 January through 4 March: the sixth has one day.
    #expect(try rows("measure avg(orders per week)") == ["0.833 | 6.0 | 3.0"])
  }

  @Test func `what has no value without rows keeps to days with rows`() throws {
    #expect(try rows("measure avg(mean_freight per day) | during 2024-02") == ["6.0"])
    #expect(try rows("measure avg(share per day) | during 2024-02") == ["0.375"])
    #expect(try rows("measure avg(known per day) | during 2024-02") == ["-1.0"])
    // The month itself says which days it has.
    #expect(try rows("measure avg(orders per day) | by order_month | during 2024-02") == ["2024-02 | 1.0"])
  }

  @Test func `two tables are one span`() throws {
    #expect(try rows("measure avg(net per day) | during 2024-02") == ["0.483 | 29.0 | 26.0"])
  }

  @Test func `a base has its own days`() throws {
    // January's three days, then all 29 of February: not only those that the other month has too.
    #expect(try rows("measure avg(freight per day) | by month | during 2024-02 | compare previous") == ["2024-02 | 0.414 | 1.0 | -0.586 | -0.586 | 29.0 | 27.0"])
    #expect(try rows("measure avg(freight per day) | by month | during 2024-03 | compare previous full") == ["2024-03 | 4.0 | 0.414 | 3.586 | 8.667 | 4.0 | 3.0"])
  }

  @Test func `a metric with a time of its own has the days of that time`() throws {
    // Paid from 1 February through 20 March.
    #expect(try rows("measure avg(paid per day)") == ["0.102 | 49.0 | 45.0"])
    #expect(try rows("measure rolled | by day") == ["2024-02-01 | 2.0", "2024-02-02 | 3.0", "2024-02-03 | 1.0", "2024-02-05 | 1.0", "2024-02-06 | 1.0"])
    // Its base is February by the days of payment, which all orders have rows of.
    #expect(try rows("measure paid | by month | during 2024-03 | compare previous full") == ["2024-03 | 1.0 | 4.0 | -3.0 | -0.75"])
  }

  @Test func `a fold of a fold`() throws {
    // Of each city the mean of its days; Lyon 7.00 over 36 days, Nice 24.00.
    #expect(try rows("measure max(avg(freight per day) per city)") == ["0.667"])
    #expect(try rows("measure avg(max(orders per day) per month)") == ["1.0"])
    // January 1.5 a city that has any, February 4.00 and 8.00, March 16.00.
    #expect(try rows("measure max(avg(freight per city) per month)") == ["16.0"])
  }
}
