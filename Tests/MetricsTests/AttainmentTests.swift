import Metrics
import Testing

@Suite struct AttainmentTests {
  private static func metrics(_ attainment: String, _ formula: String = "amount / aim") -> String {
    """
    metrics:
      amount: {formula: sum(orders.amount), means: a, owner: b}
      aim: {formula: sum(orders.freight), attainment: \(attainment), means: a, owner: b}
      reached: {formula: "\(formula)", unit: "%", direction: down, means: a, owner: b}
    """
  }

  @Test func aTargetNamesItsAttainment() throws {
    let found = Sample.dictionary(Self.metrics("reached")).attainments
    #expect(found.count == 1)
    let attainment = try #require(found.first)
    #expect(attainment.name == "reached" && attainment.target == "aim" && attainment.actual == "amount" && attainment.isLowGood)
    #expect(attainment.concerns("amount") && !attainment.concerns("orders"))
  }

  /// 1 must mean reached: anything but a metric over the target is a defect of the file.
  @Test func anAttainmentIsOverItsTarget() {
    for formula in ["aim / amount", "amount - aim", "(amount + aim) / aim"] {
      #expect(Sample.read(Self.metrics("reached", formula)).diagnostics.map(\.code).contains("attainment-of-another"))
    }
    #expect(!Sample.read(Self.metrics("reached")).diagnostics.map(\.code).contains("attainment-of-another"))
    #expect(Sample.read(Self.metrics("nowhere")).diagnostics.map(\.code).contains("unknown-metric"))
  }

  @Test func aTableSaysWhatItsRowsSpan() throws {
    let tables = Sample.tables.replacing("  visits: {key: visit_id,", with: "  visits: {key: visit_id, spans: month,")
    #expect(try #require(Sample.read(tables: tables).dictionary).schema["visits"]?.spans == .month)
    #expect(Sample.dictionary("").schema["visits"]?.spans == nil)
    let wrong = Sample.tables.replacing("  visits: {key: visit_id,", with: "  visits: {key: visit_id, spans: fortnight,")
    #expect(!Sample.read(tables: wrong).diagnostics.isEmpty)
  }
}
