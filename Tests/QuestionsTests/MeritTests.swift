import Metrics
import Questions
import SourceText
import Testing

/// Better and worse, of refunds whose low values are good and of sales whose high ones are.
@Suite struct MeritTests {
  private static let dictionary = MetricDictionary(
    name: "merit",
    metrics: [("sales", .up), ("refunds", .down), ("stock", .none)].map { (name: String, direction: Metric.Direction) in
      var metric = Metric(name: name, versions: [MetricVersion(number: 1, formula: .aggregate(Aggregate(function: .count, table: "orders")))])
      metric.direction = direction
      return metric
    })

  private func settled(_ notation: String) throws -> String {
    Merit(Self.dictionary, after: nil).settled(try TermReader.clauses(notation)).map(\.description).joined(separator: " | ")
  }

  @Test(arguments: [
    ("having growth(sales) better", "having growth(sales) > 0"), ("having growth(refunds) better", "having growth(refunds) < 0"),
    ("test change(refunds) worse", "test change(refunds) > 0"), ("having refunds worse average", "having refunds > average"),
    ("having sales better of(city = a)", "having sales > of(city = a)"),
    ("run 3 month growth(refunds) worse", "run 3 month growth(refunds) > 0"),
    ("measure refunds | having * better average", "measure refunds | having * < average"),
    // Neither is good: left for the resolver to refuse.
    ("having growth(stock) better", "having growth(stock) better"),
  ])
  func boundsAreOfTheGoodDirection(_ pair: (String, String)) throws { #expect(try settled(pair.0) == pair.1) }

  @Test func lowValuesTakenForGoodOnesAreSaid() throws {
    let clauses = try TermReader.clauses("measure refunds | having growth(refunds) better")
    #expect(Merit(Self.dictionary, after: nil).notices(clauses) == [.lowIsGood(metric: "refunds")])
  }
}
