import CivilTime
import Questions
import Testing

/// Decimals to the last digit, beyond what a double holds, and errors beyond 64 bits.
@Suite struct ExactnessTests {
  private func rows(_ amounts: [String], quantity: String = "1", _ notation: String) throws -> [String] {
    let made = MadeDataset(
      tables: [
        .init(
          name: "orders", columns: [("day", "date"), ("amount", "decimal(2)"), ("quantity", "integer")], time: "day",
          rows: amounts.map { ["2024-03-01", $0, quantity] })
      ],
      metrics: [
        .init(name: "amount", text: "{formula: sum(orders.amount)}"),
        .init(name: "total", text: "{formula: sum(orders.amount * orders.quantity)}"),
        .init(name: "half", text: "{formula: 0.5 * amount}"), .init(name: "orders", text: "{formula: count(orders)}"),
      ], today: Day(2024, 3, 31)!)
    let dataset = try OpenedDataset(made)
    let question = try Resolver(dictionary: dataset.dictionary, context: dataset.context).question(notation: notation)
    return try Trial(dataset: dataset, question: question).rows()
  }

  @Test func `sums beyond two to the 53rd keep their cents`() throws {
    // 2^53 cents are 90,071,992,547,409.92; a double has no odd cents behind it.
    #expect(try rows(["90071992547409.92", "0.01"], "measure amount") == ["90071992547409.93"])
    #expect(try rows(["92233720368547758.06", "0.01"], "measure amount") == ["92233720368547758.07"])
    #expect(try rows(["90071992547409.93"], "measure half") == ["45035996273704.965"])
    #expect(try rows(["0.10", "0.20"], "measure amount | by day | having amount = 0.3") == ["2024-03-01 | 0.30"])
  }

  @Test func `sums and products beyond 64 bits are errors`() {
    #expect(throws: Problem.overflow) { try rows(["92233720368547758.07", "0.01"], "measure amount") }
    #expect(throws: Problem.overflow) { try rows(["92233720368547758.07"], quantity: "2", "measure total") }
    #expect(throws: Problem.overflow) { try rows(["-92233720368547758.07"], quantity: "3", "measure total") }
  }

  @Test func `a quotient is the nearest double and by zero nothing`() throws {
    #expect(try rows(["1.00", "0.00", "0.00"], "measure ratio(amount, orders)") == ["0.3333333333333333"])
    #expect(try rows([], "measure ratio(amount, orders)") == ["–"])
  }
}
